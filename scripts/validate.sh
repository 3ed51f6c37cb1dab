#!/usr/bin/env bash
# The long studies (tier 2, hours rather than minutes): builds release, runs every study in scripts/validate/ and writes docs/validation.md.
#   scripts/validate.sh [--write] [--keep] [STUDY...]    names without .sh; default all, which writes the page. Some studies are shown; with --write their sections of the page are
#   replaced, and the others keep the commit they were measured at. With --keep a study goes on with the runs that an interrupted one left.
# A study is a program scripts/validate/NN_name.sh that
#   - finds the programs in $WIJKSIM_BIN and may fill the folder $WIJKSIM_OUT;
#   - writes its section of the page as Markdown to standard output: the question, how it was measured, the figures, the verdict;
#   - writes progress to standard error, and ends with 0 (as expected) or 1 (not).
# A new study is a new file there; nothing here changes.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-deps.sh
scripts/build.sh release
WIJKSIM_BIN=$PWD/build/release/bin
export WIJKSIM_BIN WIJKSIM_OUT

write=0 keep=0
while [[ "${1:-}" == --* ]]; do
    case $1 in
    --write) write=1 ;;
    --keep) keep=1 ;;
    *) echo "validate: unknown option $1; expected --write or --keep" >&2; exit 2 ;;
    esac
    shift
done
[ $# -gt 0 ] || write=1
studies=()
if [ $# -gt 0 ]; then
    for name in "$@"; do studies+=("scripts/validate/${name%.sh}.sh"); done
else
    for study in scripts/validate/*.sh; do [ ! -e "$study" ] || studies+=("$study"); done
fi

folder=results/validation
mkdir -p "$folder"
page=docs/validation.md
commit=$(git describe --always --dirty 2>/dev/null || echo unknown)

# Puts a section into the page: in the place of the study's old one, else behind the last one. A section begins with a line <!-- study NAME -->.
put() { # NAME FILE
    [ -f "$page" ] || printf '# Validation\n\nWritten by `scripts/validate.sh`; do not edit. What each study asks and does stands in its file in `scripts/validate/`. The line under a section says at which commit it was measured.\n' >"$page"
    awk -v name="$1" -v file="$2" '
        function section(line) { while ((getline line < file) > 0) print line; close(file); done = 1 }
        /^<!-- study / {
            skip = $3 == name
            if (!done && $3 >= name) { section(); if (!skip) print "" }
        }
        !skip { print }
        END { if (!done) { print ""; section() } }' "$page" >"$folder/page.md"
    cat -s "$folder/page.md" >"$page"
}

failed=0
for study in "${studies[@]}"; do
    name=$(basename "$study" .sh)
    WIJKSIM_OUT=$PWD/$folder/$name
    [ "$keep" = 1 ] || rm -rf "$WIJKSIM_OUT"
    mkdir -p "$WIJKSIM_OUT"
    echo "validate: $name" >&2
    begin=$SECONDS
    verdict='as expected'
    "$study" >"$WIJKSIM_OUT/study.md" || { verdict='NOT as expected'; failed=1; }
    {
        echo "<!-- study $name -->"
        cat "$WIJKSIM_OUT/study.md"
        echo
        echo "*$name: $verdict; $((SECONDS - begin)) s; commit $commit, $(nproc) processors.*"
        echo
    } >"$WIJKSIM_OUT/section.md"
    cat "$WIJKSIM_OUT/section.md"
    [ "$write" -eq 0 ] || put "$name" "$WIJKSIM_OUT/section.md"
    echo "validate: $name: $verdict" >&2
done
exit "$failed"
