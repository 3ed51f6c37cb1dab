#!/usr/bin/env bash
# Writes the generated pages of docs/ from the program's own tables.
#   scripts/docs.sh [BIN [FOLDER]]    BIN: folder with the program (default build/dev/bin); FOLDER: default docs
set -euo pipefail
cd "$(dirname "$0")/.."
bin=${1:-build/dev/bin}
folder=${2:-docs}

# page FILE TITLE WHAT: one page from `wijksim describe WHAT`
page() {
    {
        printf '# %s\n\n' "$2"
        # shellcheck disable=SC2016 # backquotes of Markdown
        printf 'Written by `scripts/docs.sh` from `wijksim describe %s`; do not edit.\n\n' "$3"
        echo '```text'
        "$bin/wijksim" describe "$3"
        echo '```'
    } >"$folder/$1.new"
    mv "$folder/$1.new" "$folder/$1"
}

page keys.md 'Scenario keys' keys
page indicators.md 'Indicators' indicators
page processes.md 'Processes and timeline events' processes
page law.md 'Law by year' law
page groups.md 'Attributes for groups and predicates' groups
page columns.md 'Columns of the results' results
# The importer is a program of its own, and not in every build.
if [ -x "$bin/wijksim-import" ]; then
    {
        printf '# Fields, column names and words of own data\n\n'
        # shellcheck disable=SC2016
        printf 'Written by `scripts/docs.sh` from `wijksim import own --describe`; do not edit. What they are for: [import-own.md](import-own.md).\n\n'
        "$bin/wijksim-import" own --describe
    } >"$folder/own-fields.md.new"
    mv "$folder/own-fields.md.new" "$folder/own-fields.md"
fi
"$bin/wijksim" manual markdown >"$folder/commands.md.new"
mv "$folder/commands.md.new" "$folder/commands.md"
{
    "$bin/wijksim" manual rules
    # shellcheck disable=SC2016
    printf '\n## Ready rule sets\n\nFiles in `scenarios/rules/`, each with its source, date and basis in its first lines; start from one with `base = "..."`.\n\n'
    for file in scenarios/rules/*.cfg; do
        # shellcheck disable=SC2016
        printf -- '- `%s`: %s\n' "$(basename "$file")" "$(sed -n '1s|^// *||p' "$file")"
    done
} >"$folder/rules.md.new"
mv "$folder/rules.md.new" "$folder/rules.md"
