#!/usr/bin/env bash
# What does not belong in the repository: addresses of package registries in the lockfile, fetched packages, large files, scripts that
# cannot be run, unfinished work.
set -euo pipefail
cd "$(dirname "$0")/.."
failed=0
problem() { echo "error: $1"; failed=1; }

lock=src/report/assets/package-lock.json
if grep -n '"resolved"' "$lock"; then problem "$lock names a registry; regenerate it in its folder, where .npmrc leaves that out"; fi
grep -q '"integrity"' "$lock" || problem "$lock has no integrity sums"
grep -q '^omit-lockfile-registry-resolved=true$' src/report/assets/.npmrc || problem "src/report/assets/.npmrc lost omit-lockfile-registry-resolved"

while IFS= read -r file; do
    case "$file" in *node_modules/*) problem "$file is fetched, not written here" ;; esac
    [ -f "$file" ] || continue
    [ "$(stat -c %s "$file")" -le 1048576 ] || problem "$file is larger than 1 MiB"
    case "$file" in scripts/*.sh | .ci/run) [ -x "$file" ] || problem "$file has no run bit" ;; esac
done < <(git ls-files --cached --others --exclude-standard)

if git grep --untracked -nIwE 'TODO|FIXME|XXX|HACK' -- src tests scripts ':!scripts/check-tree.sh'; then problem "unfinished work"; fi
[ "$failed" -ne 0 ] || echo "tree: clean"
exit "$failed"
