#!/usr/bin/env bash
# Seconds, peak memory and size of the report of a large comparison: 4 scenarios, 240 months, 30 replications. The months and replications are
# made cheaply: 14 months and 2 replications are run, and the rows of the last 12 months repeated (below), so that tables are as long as those
# of the whole comparison. Utrecht when its CBS files are beside the project, else modelstad (43 buurten).
#   tests/bench/report.sh [--program BIN] [--city FOLDER] [--runs N] [--keep FOLDER]
# Asked: under 5 s and 500 MB; page under 5 MB for 150 buurten. Not a test: seconds depend on the machine.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
program=$root/build/release/bin/wijksim city="" runs=3 keep=""
while [ $# -gt 0 ]; do
    case "$1" in
        --program) program=$2; shift 2 ;;
        --city) city=$2; shift 2 ;;
        --runs) runs=$2; shift 2 ;;
        --keep) keep=$2; shift 2 ;;
        *) sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
    esac
done
[ -x "$program" ] || { echo "report.sh: no program $program" >&2; exit 1; }
[ -x /usr/bin/time ] || { echo "report.sh: /usr/bin/time is not installed (package time)" >&2; exit 1; }

work=${keep:-$(mktemp -d "${TMPDIR:-/tmp}/wks-report-XXXXXX")}
[ -n "$keep" ] || trap 'rm -rf "$work"' EXIT
mkdir -p "$work"
data=${WKS_SHARED_DATA:-$root/../shared/data}
if [ -z "$city" ] && [ -f "$data/kwb/CBS-Utrecht-kwb-2023.xlsx" ]; then
    city=$work/utrecht
    [ -d "$city" ] || "$program" import cbs "$data/kwb/CBS-Utrecht-kwb-2023.xlsx" --geometry "$data/geo/GM0344_utrecht_buurten_lbm2024.geojson" \
        --leefbaarometer "$data/leefbaarometer/lbm3_buurtscore24.csv" -o "$city" >/dev/null
fi
city=${city:-$root/scenarios/cities/modelstad}

mkdir -p "$work/scenarios"
for name in 00_reference 01_cap 02_loting; do cp "$root/scenarios/$name.cfg" "$work/scenarios/"; done
sed 's/^name *=.*/name = "loting_twee";/' "$root/scenarios/02_loting.cfg" >"$work/scenarios/03_loting_twee.cfg"
(cd "$root/scenarios" && "$program" compare "$work"/scenarios/0[0123]*.cfg --set "city=$city" -t 14 -r 2 -q --force -o "$work/compare" >/dev/null)

python3 - "$work/compare" <<'PYTHON'
"""Rows of months 3 to 14 again as months 15 to 240; replications 1 and 2 as 1 to 30; numbers of replications as 30."""
import csv, pathlib, sys
MONTHS, RUNS = 240, 30
skip = {"lettings.csv", "buurt.csv", "city.csv", "flows.csv", "destinations.csv"}  # replication tables the report does not read, or reads once
state = 1


def chance():
    """Even between -0.5 and 0.5; the same numbers on every machine."""
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return (state >> 11) / 2**53 - 0.5


def wobble(row, at):
    """Another month is not the same month: a level moves by up to a fortieth of it, a difference by a twentieth of its interval, which is narrowed to that of 30
    replications and, as a bootstrap makes it, longer on one side."""
    mean = "mean_difference" if "mean_difference" in at else "mean"
    names = [name for name in (mean, "ci_low", "ci_high", "p10", "p50", "p90") if name in at and row[at[name]] != ""]
    if mean not in names:
        return
    value = {name: float(row[at[name]]) for name in names}
    shift = 0.05 * abs(value[mean]) * chance()
    if mean != "mean" and "ci_low" in value and "ci_high" in value:
        half = (value["ci_high"] - value["ci_low"]) / 2
        shift = 0.1 * half * chance()
        value["ci_low"], value["ci_high"] = value[mean] - 0.04 * half, value[mean] + 0.04 * half * (1.1 + 0.4 * chance())
    for name in names:
        row[at[name]] = "%.10g" % (value[name] + shift)


for path in sorted(pathlib.Path(sys.argv[1]).glob("**/*.csv")):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    head, body = rows[0], rows[1:]
    at = {name: i for i, name in enumerate(head)}
    if path.name in skip or "tick" not in at:
        continue
    ticks = sorted({int(row[at["tick"]]) for row in body})
    if len(ticks) < 2:
        continue
    by_tick = {}
    for row in body:
        by_tick.setdefault(int(row[at["tick"]]), []).append(row)
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(head)
        for tick in range(MONTHS + 1):
            source = tick if tick <= 14 else 3 + (tick - 3) % 12
            for row in by_tick.get(source, []):
                made = list(row)
                made[at["tick"]] = str(tick)
                if source != tick:
                    wobble(made, at)
                if "date" in at and len(row[at["date"]]) == 7:
                    year, month = map(int, row[at["date"]].split("-"))
                    count = year * 12 + month - 1 + tick - source
                    made[at["date"]] = f"{count // 12}-{count % 12 + 1:02d}"
                for name in ("n", "n_pairs"):
                    if name in at and made[at[name]] == "2":
                        made[at[name]] = str(RUNS)
                if "replication" not in at:
                    out.writerow(made)
                    continue
                for run in range(int(row[at["replication"]]), RUNS + 1, 2):
                    made[at["replication"]] = str(run)
                    out.writerow(made)
PYTHON

# A city without polygons (scripts/make-country.py) has those of modelstad in turn, one over the other: the page weighs what it would.
[ -f "$work/compare/reference/map.gpkg" ] || python3 - "$root/scenarios/cities/modelstad/buurten.gpkg" "$city/buurten.csv" "$work/compare/map.gpkg" <<'PYTHON'
import csv, os, shutil, sqlite3, sys
source, table, path = sys.argv[1:]
shutil.copyfile(source, path)
os.chmod(path, 0o644)
db = sqlite3.connect(path)
db.execute("ALTER TABLE buurten RENAME TO areas")
for catalogue in ("gpkg_contents", "gpkg_geometry_columns"):
    db.execute(f"UPDATE {catalogue} SET table_name = 'areas'")
shapes = [row[0] for row in db.execute("SELECT geom FROM areas")]
db.execute("DELETE FROM areas")
with open(table, newline="", encoding="utf-8") as file:
    for i, row in enumerate(csv.DictReader(file)):
        db.execute("INSERT INTO areas (geom, code, name) VALUES (?, ?, ?)", (shapes[i % len(shapes)], row["code"], row["name"]))
db.commit()
PYTHON

summary=$(wc -c <"$work/compare/summary.csv")
contrasts=$(wc -c <"$work/compare/contrasts.csv")
areas=$(awk 'NR > 1' "$city/buurten.csv" | wc -l)
echo "city of $areas buurten; summary.csv $((summary / 1000000)) MB, contrasts.csv $((contrasts / 1000000)) MB"
echo "| run | seconds | processor time | peak MiB | page, bytes |"
echo "|---|---|---|---|---|"
for ((i = 1; i <= runs; i++)); do
    /usr/bin/time -f '%e %U %M' -o "$work/time" "$program" report "$work/compare" >/dev/null
    read -r seconds user peak <"$work/time"
    echo "| $i | $seconds | $user | $((peak / 1024)) | $(wc -c <"$work/compare/report.html") |"
done
left=$(grep -o 'id="map-left-out"><span[^>]*>[0-9]*' "$work/compare/report.html" | grep -o '[0-9]*$' || true)
coarse=$(grep -o 'id="map-coarse"><span[^>]*>[0-9]*' "$work/compare/report.html" | grep -o '[0-9]*$' || true)
echo "outcomes by buurt on the map with fewer months than the others: ${coarse:-0}; that do not fit: ${left:-0}"
