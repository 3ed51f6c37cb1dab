#!/usr/bin/env bash
# Pictures of a report: phone, laptop and projector; the top of the page, the map (with its slider, with differences) and the lines over time.
#   scripts/screenshots.sh REPORT.html OUTDIR    the names begin with the report's language: nl-phone-brief.png, nl-laptop-map.png, ...
# Needs Chromium and playwright-core: WKS_NODE_MODULES, or what a build with tests fetched (build/*/report-tests/node_modules). Each picture is
# one screen; it says so when one is larger than 300 kB.
set -euo pipefail
[ $# -eq 2 ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2; }
root=$(cd "$(dirname "$0")/.." && pwd)
[ -f "$1" ] || { echo "screenshots.sh: $1: no such report" >&2; exit 3; }

modules=${WKS_NODE_MODULES:-}
for folder in "$root"/build/*/report-tests/node_modules; do
    [ -n "$modules" ] || [ ! -d "$folder/playwright-core" ] || modules=$folder
done
[ -n "$modules" ] || { echo "screenshots.sh: no playwright-core; build with tests and npm, or set WKS_NODE_MODULES" >&2; exit 1; }
command -v node >/dev/null || { echo "screenshots.sh: no node" >&2; exit 1; }

mkdir -p "$2"
node "$root/tests/report/screenshots.mjs" "$modules" "$1" "$2"
for picture in "$2"/*.png; do
    [ "$(wc -c <"$picture")" -le 300000 ] || echo "screenshots.sh: $picture is larger than 300 kB" >&2
done
