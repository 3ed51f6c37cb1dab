#!/usr/bin/env bash
# The tests of every day (tier 1, at most 15 minutes on 2 cores): installs what is missing, builds with gcc and warnings as errors,
# then runs unit tests, command-line tests, checks of the tree, sanitizers, valgrind and the same-bytes comparison as one ctest.
#   scripts/test.sh [CTEST OPTION...]    e.g. -L unit, -LE other-builds, -R evenness
# The long studies are in scripts/validate.sh.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-deps.sh --tests
WKS_CONFIGURE="-DWKS_OTHER_BUILDS=ON ${WKS_CONFIGURE:-}" scripts/build.sh dev
ctest --test-dir build/dev --output-on-failure --parallel 2 "$@"
