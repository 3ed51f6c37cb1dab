#!/usr/bin/env bash
# The documentation is up to date: generated pages equal what the program describes, every process has its section in docs/odd.md, every
# decision has its three parts, links between our pages lead somewhere, every source [S12] that is cited is in docs/sources.md, and what the
# guides tell to type exists.
#   scripts/check-docs.sh [BIN]    folder with the program, default build/dev/bin
set -euo pipefail
cd "$(dirname "$0")/.."
bin=${1:-build/dev/bin}
failed=0
problem() { echo "error: $1"; failed=1; }

fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
scripts/docs.sh "$bin" "$fresh"
for page in "$fresh"/*.md; do
    name=docs/$(basename "$page")
    diff -u "$name" "$page" || problem "$name is stale; run scripts/docs.sh $bin"
done

for source in src/process/*.c; do
    [ -e "$source" ] || continue
    name=$(basename "$source" .c)
    case "$name" in registry | process | *_*) continue ;; esac
    grep -qE "^#+ .*\b$name\b" docs/odd.md || problem "docs/odd.md has no section for process $name"
done

for decision in docs/decisions/[0-9]*.md; do
    for part in Context Choice Consequences; do
        grep -q "\*\*$part" "$decision" || problem "$decision has no **$part**"
    done
done

while IFS= read -r page; do
    while IFS= read -r target; do
        case "$target" in *://* | mailto:* | '#'* | '') continue ;; esac
        [ -e "$(dirname "$page")/${target%%#*}" ] || problem "$page links to $target, which does not exist"
    done < <(grep -oE '\]\([^) ]+\)' "$page" | sed 's/^](//; s/)$//')
done < <(find . -name '*.md' -not -path './build*' -not -path './results/*' -not -path '*/node_modules/*')

# Sources: [S12], [S2b, S2c], [D1]; each has its row in docs/sources.md, and no row is left behind.
cited=$(grep -rhoE --include='*.[ch]' --include='*.cfg' --include='*.md' --include='*.sh' --exclude=sources.md --exclude=check-docs.sh \
    '\[[SD][0-9]+[a-z]?(, ?[SD][0-9]+[a-z]?)*\]' src scenarios docs scripts README.md | grep -oE '[SD][0-9]+[a-z]?' | sort -u)
listed=$(grep -oE '^\| [SD][0-9]+[a-z]? \|' docs/sources.md | grep -oE '[SD][0-9]+[a-z]?' | sort -u)
for id in $(comm -23 <(echo "$cited") <(echo "$listed")); do problem "[$id] is cited but not in docs/sources.md"; done
for id in $(comm -13 <(echo "$cited") <(echo "$listed")); do problem "docs/sources.md lists $id, which nothing cites"; done
scripts/check-guides.sh "$bin" || failed=1
if grep -rniE 'domain dossier|seed texts? [0-9]|model\.md' src scenarios docs README.md; then problem "a source that is not in the repository"; fi

[ "$failed" -ne 0 ] || echo "docs: up to date"
exit "$failed"
