#!/usr/bin/env bash
# The long studies (tier 2, hours rather than minutes): builds release, runs every study in scripts/validate/ and writes docs/validation.md.
#   scripts/validate.sh [STUDY...]    names without .sh; default all. One study is shown, not written.
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

studies=()
if [ $# -gt 0 ]; then
    for name in "$@"; do studies+=("scripts/validate/${name%.sh}.sh"); done
else
    for study in scripts/validate/*.sh; do [ ! -e "$study" ] || studies+=("$study"); done
fi

folder=results/validation
mkdir -p "$folder"
page=$folder/validation.md
{
    echo '# Validation'
    echo
    # shellcheck disable=SC2016 # backquotes of Markdown
    echo 'Written by `scripts/validate.sh`; do not edit. What each study asks and does stands in its file in `scripts/validate/`.'
    echo
    echo "Version $("$WIJKSIM_BIN/wijksim" --version | head -n 1), commit $(git describe --always --dirty 2>/dev/null || echo unknown), $(nproc) processors."
} >"$page"

failed=0
for study in "${studies[@]}"; do
    name=$(basename "$study" .sh)
    WIJKSIM_OUT=$PWD/$folder/$name
    rm -rf "$WIJKSIM_OUT"
    mkdir -p "$WIJKSIM_OUT"
    echo "validate: $name" >&2
    begin=$SECONDS
    verdict='as expected'
    "$study" >"$WIJKSIM_OUT/section.md" || { verdict='NOT as expected'; failed=1; }
    {
        echo
        cat "$WIJKSIM_OUT/section.md"
        echo
        echo "*$name: $verdict; $((SECONDS - begin)) s.*"
    } | tee -a "$page"
    echo "validate: $name: $verdict" >&2
done

if [ $# -eq 0 ]; then
    cp "$page" docs/validation.md
    echo "validate: ${#studies[@]} studies written to docs/validation.md" >&2
fi
exit "$failed"
