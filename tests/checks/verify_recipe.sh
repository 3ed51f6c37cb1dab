#!/usr/bin/env bash
# The recipe in docs/verify.md works as it is written: every block marked with "recipe" is run, line by line.
#   tests/checks/verify_recipe.sh FOLDER WIJKSIM
set -euo pipefail
source=$(cd "$(dirname "$0")/../.." && pwd)
program=$(realpath "$2")
rm -rf "$1"
mkdir -p "$1/bin"
cd "$1"
ln -s "$source/scenarios" scenarios
ln -s "$program" bin/wijksim
PATH=$PWD/bin:$PATH WIJKSIM_DATA=$source
export PATH WIJKSIM_DATA

# Lines between ``` that follow a line with <!-- recipe -->.
awk '/<!-- recipe -->/ { wanted = 1; next } wanted && /```/ { inside = !inside; if (!inside) wanted = 0; next } inside' "$source/docs/verify.md" \
    | sed 's/^ *//' >recipe.sh
[ "$(grep -c '^wijksim' recipe.sh)" -eq 8 ] || { echo "docs/verify.md has another recipe than this test knows" >&2; exit 1; }
bash -euo pipefail -x recipe.sh >recipe.out
[ "$(grep -c '^identical' recipe.out)" -eq 4 ] || { echo "an untouched folder is not identical" >&2; cat recipe.out >&2; exit 1; }
grep -q '^results/changed/city.csv, line 2, value: the rerun gives another row; expected ' recipe.out \
    || { echo "the changed digit is not found" >&2; cat recipe.out >&2; exit 1; }
grep -q '^results/study-changed/trials.csv, line 2, y: the journal gives another line; expected ' recipe.out \
    || { echo "the changed digit of the study is not found" >&2; cat recipe.out >&2; exit 1; }
