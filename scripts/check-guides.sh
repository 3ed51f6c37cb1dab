#!/usr/bin/env bash
# The guides can be typed: every command they show exists, every option is one of that command, the scenarios are there, and the guides of
# both languages show the same commands. Commands are lines of code blocks that hold $bin/wijksim, also continued with a backslash.
#   scripts/check-guides.sh [BIN [PAGE...]]    folder with the programs, default build/dev/bin; default pages: the two guides
# Options of import are looked up only where wijksim-import was built (GDAL).
set -euo pipefail
cd "$(dirname "$0")/.."
bin=${1:-build/dev/bin}
pages=("${@:2}")
[ ${#pages[@]} -gt 0 ] || pages=(docs/guide-own-city.md docs/gids-eigen-gemeente.md)
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
    # In running text an option may be of any command.
    [ -n "${help[import]:-}" ] || continue
    while read -r option; do
        has "${help[*]}" "$option" || problem "$page: '$option' is no option of any command"
    done < <(grep -oE '(^|[^-a-zA-Z|])--[a-z][a-z-]*' "$page" | grep -oE -- '--[a-z-]+' | sort -u)
done

if [ ${#pages[@]} -eq 2 ]; then
    diff <(blocks "${pages[0]}" | sed 's/ --lang [a-z]*//') <(blocks "${pages[1]}" | sed 's/ --lang [a-z]*//') ||
        problem "${pages[0]} and ${pages[1]} show other commands"
fi
[ "$failed" -ne 0 ] || echo "guides: commands and options exist"
exit "$failed"
