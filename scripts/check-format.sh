#!/usr/bin/env bash
# The layout of all C files is what clang-format 14 makes of them (.clang-format).
#   scripts/check-format.sh          names what differs
#   scripts/check-format.sh --fix    formats it
set -euo pipefail
cd "$(dirname "$0")/.."

mode=(--dry-run -Werror)
[ "${1:-}" != --fix ] || mode=(-i)
folders=()
for folder in src tests; do [ ! -d "$folder" ] || folders+=("$folder"); done
find "${folders[@]}" -path tests/data -prune -o -name '*.[ch]' -print0 | LC_ALL=C sort -z | xargs -0 clang-format "${mode[@]}"
echo "format: clang-format has nothing to change"
