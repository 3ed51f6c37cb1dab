#!/usr/bin/env bash
# Configures and builds one preset of CMakePresets.json.
#   scripts/build.sh [PRESET] [TARGET...]    default: release, everything; the programs are then in build/PRESET/bin
#   WKS_CONFIGURE="-DWKS_WITH_NPM=OFF" scripts/build.sh    hands options on to cmake
set -euo pipefail
cd "$(dirname "$0")/.."

preset=${1:-release}
[ $# -eq 0 ] || shift
targets=()
[ $# -eq 0 ] || targets=(--target "$@")

# shellcheck disable=SC2086 # several options in one variable
cmake --preset "$preset" ${WKS_CONFIGURE:-}
cmake --build --preset "$preset" --parallel "$(nproc)" "${targets[@]}"
