#!/usr/bin/env bash
# Writes the generated pages of docs/ from the program's own tables.
#   scripts/docs.sh [BIN [FOLDER]]    BIN: folder with the program (default build/dev/bin); FOLDER: default docs
set -euo pipefail
cd "$(dirname "$0")/.."
bin=${1:-build/dev/bin}
folder=${2:-docs}
target=$folder

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
page study-keys.md 'Keys of a study file' studies
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
{
    cat <<'TXT'
# Levers and experiments

Written by `scripts/docs.sh` from the first comments in `scenarios/levers/` and `scenarios/experiments/`; do not edit.

Every lever is a whole scenario on modelstad, held against `scenarios/levers/00_nothing.cfg` (doing nothing): `wijksim compare scenarios/levers/00_nothing.cfg scenarios/levers/support_wijkteam.cfg`.
"Acts on" is what must differ within 24 months (`indicator:group@area`), with the sign expected before any run: + up, − down, ? either way. The lines `Off` in a file set it to zero, after which nothing
differs. Tests hold every file to both; [validation.md](validation.md) has what each lever did, with intervals, and whether its sign holds when all assumptions are drawn anew. Where a lever
shows no effect, its file says why ("Why") and what was run to check it ("Check"). Policy texts by title; numbers in brackets: [sources.md](sources.md).
TXT
    awk -f scripts/lib/levers.awk scenarios/levers/[a-z]*.cfg
    cat <<'TXT'

## Experiments

A folder each: the reference is file 0, the others state the sign they expect; 9 is an ablation where a switch is not enough. `scripts/experiments.sh 06` runs one, prints contrasts against what was
expected, who loses, and the ablation. By hand: `wijksim compare scenarios/experiments/06_wbmgp/*.cfg`.
What came of them, with how few pairs: [validation.md](validation.md), "Experiments"; there too what spreading and support do at equal programme money without the gains that renewal and enforcement
are given by assumption.

| folder | question | ablation |
|---|---|---|
TXT
    for folder in scenarios/experiments/*/; do
        # shellcheck disable=SC2016
        printf '| `%s` | %s | %s |\n' "$(basename "$folder")" "$(sed -n '1,/^\/\/ Source/{/^\/\/ Source/d; s|^// Question: ||; s|^// *||; p}' "$folder"0_*.cfg | paste -sd' ')" \
            "$(sed -n 's|^// Ablation[a-z ]*: ||p' "$folder"0_*.cfg | paste -sd' ' | sed 's/[a-z_.]*=[^ ]*/`&`/g')"
    done
} >"$target/levers.md.new"
mv "$target/levers.md.new" "$target/levers.md"
