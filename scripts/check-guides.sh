#!/usr/bin/env bash
# The guides can be typed: every command they show exists, every option is one of that command, the scenarios are there, and the pages of
# both languages show the same commands. Commands are lines of code blocks that hold $bin/wijksim, also continued with a backslash.
#   scripts/check-guides.sh [BIN [PAGE...]]    folder with the programs, default build/dev/bin; default pages: guides, manuals, lessons
# Options of import are looked up only where wijksim-import was built (GDAL).
set -euo pipefail
cd "$(dirname "$0")/.."
bin=${1:-build/dev/bin}
pages=("${@:2}")
pairs=()
if [ ${#pages[@]} -eq 0 ]; then
    pairs=("docs/guide-own-city.md docs/gids-eigen-gemeente.md" "docs/manual.md docs/handleiding.md" "docs/tutorial-adviser.md docs/les-beleidsadviseur.md")
    # shellcheck disable=SC2206 # a pair is two words
    pages=(${pairs[@]} docs/tutorial-researcher.md)
fi
failed=0
problem() { echo "error: $1"; failed=1; }

# Lines of code blocks without a language, continued lines joined.
blocks() {
    awk '/^```/ { inside = !inside; plain = $0 == "```"; next }
         inside && plain { line = line $0; if (sub(/\\$/, "", line)) next; print line; line = "" }' "$1" | tr -s ' '
}

declare -A help
help_of() {
    if [ "$1" = import ]; then
        "$bin/wijksim-import" cbs --help
    else
        "$bin/wijksim" "$1" --help
    fi
}
for command in $("$bin/wijksim" manual markdown | sed -n 's/^## //p'); do
    if [ "$command" != import ] || [ -x "$bin/wijksim-import" ]; then help[$command]=$(help_of "$command"); fi
done

help[program]=" --help --version "

# has HELP OPTION: --name or -x as argp lists it
has() { grep -qE -- "(^|[ ,])$2([] =,[]|\$)" <<<"$1"; }

for page in "${pages[@]}"; do
    while read -r line; do
        # shellcheck disable=SC2016 # the guides name a variable of their own
        case "$line" in *'$bin/wijksim '*) ;; *) continue ;; esac
        read -ra words <<<"${line#*\$bin/wijksim }"
        command=${words[0]}
        if [ -z "${help[$command]:-}" ]; then
            [ "$command" = import ] || problem "$page: 'wijksim $command' is no command"
            continue
        fi
        for word in "${words[@]:1}"; do
            case "$word" in
            -*) has "${help[$command]}" "${word%%=*}" || problem "$page: '$word' is no option of wijksim $command: $line" ;;
            scenarios/*) [ -e "$word" ] || problem "$page: $word does not exist" ;;
            esac
        done
    done < <(blocks "$page")
    # In running text an option may be of any command; cmake's are not ours.
    [ -n "${help[import]:-}" ] || continue
    while read -r option; do
        has "${help[*]}" "$option" || problem "$page: '$option' is no option of any command"
    done < <(grep -v '`cmake ' "$page" | grep -oE '(^|[^-a-zA-Z|])--[a-z][a-z-]*' | grep -oE -- '--[a-z-]+' | sort -u)
done

for pair in "${pairs[@]}"; do
    read -r first second <<<"$pair"
    diff <(blocks "$first" | sed 's/ --lang [a-z]*//') <(blocks "$second" | sed 's/ --lang [a-z]*//') || problem "$first and $second show other commands"
done
[ "$failed" -ne 0 ] || echo "guides: commands and options exist"
exit "$failed"
