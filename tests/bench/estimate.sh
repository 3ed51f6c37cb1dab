#!/usr/bin/env bash
# Peak memory as `check` estimates it against peak_rss_mib of the manifest of the run itself: one line a case, with the ratio; exit 1 when one is off by more than 20 %.
#   tests/bench/estimate.sh [--program BIN] [--runs BIN] [--cities FOLDER] [--large] [CASE...]
# CASE: some of the names below. --runs: another build of the same program that runs what --program estimates. FOLDER: where scripts/make-cities.sh put breda and ede; without it their cases are left out. --large: also a made city of
# 475,000 households (scripts/make-country.py). Time is printed beside its estimate but not judged: it depends on the machine.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
program=$root/build/release/bin/wijksim
cities="" large="" runs="" wanted=()
while [ $# -gt 0 ]; do
    case $1 in
        --program) program=$2; shift 2 ;;
        --runs) runs=$2; shift 2 ;;
        --cities) cities=$(cd "$2" && pwd); shift 2 ;;
        --large) large=yes; shift ;;
        *) wanted+=("$1"); shift ;;
    esac
done
runs=${runs:-$program}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
reference=$root/scenarios/00_reference.cfg cap=$root/scenarios/01_cap.cfg lottery=$root/scenarios/02_loting.cfg

number() { # KEY FILE: a top-level number of JSON as the program writes it; of several objects the last
    sed -n "s/^  \"$1\": \\([0-9.e+-]*\\),\\{0,1\\}$/\\1/p" "$2" | tail -n 1
}

# NAME SCENARIO... -- OPTION...: one scenario is run, several are compared
case_of() {
    local name=$1 files=() command=run
    shift
    if [ ${#wanted[@]} -gt 0 ] && ! printf '%s\n' "${wanted[@]}" | grep -qxF "$name"; then return; fi
    while [ "$1" != -- ]; do files+=("$1"); shift; done
    shift
    [ ${#files[@]} -eq 1 ] || command=compare
    "$program" check "${files[@]}" "$@" --json -q >"$work/check.json"
    rm -rf "$work/out"
    "$runs" "$command" "${files[@]}" "$@" -q -o "$work/out" >/dev/null
    awk -v name="$name" -v e="$(number memory_mib "$work/check.json")" -v m="$(number peak_rss_mib "$work/out/manifest.json")" \
        -v t="$(number processor_seconds "$work/check.json")" -v s="$(number simulation_s "$work/out/manifest.json")" 'BEGIN {
        ratio = e / m; off = ratio < 0.8 || ratio > 1.2
        printf "%-34s %8.0f MiB estimated %8.0f MiB measured  ratio %.2f%s   %6.1f s estimated %6.1f s\n", name, e, m, ratio, off ? " OFF" : "", t, s
        exit off
    }' || failed=1
}

# NAME COMMAND STUDY OPTION...: sweep or calibrate, whose --dry-run says what is estimated
study_of() {
    local name=$1 command=$2 study=$3 estimated
    shift 3
    if [ ${#wanted[@]} -gt 0 ] && ! printf '%s\n' "${wanted[@]}" | grep -qxF "$name"; then return; fi
    rm -rf "$work/out"
    estimated=$("$program" "$command" "$study" "$@" -q --dry-run -o "$work/out" | sed -n 's/^  memory  *about \([0-9]*\) MiB.*/\1/p')
    "$runs" "$command" "$study" "$@" -q -o "$work/out" >/dev/null
    awk -v name="$name" -v e="$estimated" -v m="$(number peak_rss_mib "$work/out/manifest.json")" 'BEGIN {
        ratio = e / m; off = ratio < 0.8 || ratio > 1.2
        printf "%-34s %8.0f MiB estimated %8.0f MiB measured  ratio %.2f%s\n", name, e, m, ratio, off ? " OFF" : ""
        exit off
    }' || failed=1
}

case_of run-1-thread "$reference" -- -r 1 -j 1 -t 60
case_of run-1-month "$reference" -- -r 1 -j 1 -t 1
case_of run-240-months "$reference" -- -r 1 -j 1 -t 240
case_of run-2-threads-inside "$reference" -- -r 1 -j 2 -t 60
case_of run-4-threads-inside "$reference" -- -r 1 -j 4 -t 24
case_of runs-after-each-other "$reference" -- -r 3 -j 1 -t 24
case_of runs-side-by-side "$reference" -- -r 4 -j 2 -t 60
case_of runs-many "$reference" -- -r 24 -j 2 -t 12
case_of runs-every-month-buurt "$reference" -- -r 4 -j 2 -t 36 --set output.buurt_every=1
case_of compare-3 "$reference" "$cap" "$lottery" -- -r 2 -j 2 -t 60
case_of compare-3-many "$reference" "$cap" "$lottery" -- -r 8 -j 2 -t 24
case_of compare-1-thread "$reference" "$cap" -- -r 2 -j 1 -t 24
sed 's/^name = .*/name = "andere";/; s/^city = .*/city = "modelregio";/' "$reference" >"$work/regio.cfg"
case_of compare-2-cities "$reference" "$work/regio.cfg" -- -r 2 -j 2 -t 24
printf 'base = "%s"; name = "areas"; timeline = ( { at = "2026-07"; event = "designate"; areas = [ "WK990104" ]; } );\n' "$reference" >"$work/areas.cfg"
printf 'base = "%s"; name = "param"; timeline = ( { at = "2027-01"; event = "set"; set = "processes.search.start"; value = 1.9; } );\n' \
    "$reference" >"$work/param.cfg"
case_of branched "$reference" "$work/areas.cfg" "$work/param.cfg" -- -r 3 -j 2 -t 36
case_of branched-1-thread "$reference" "$work/areas.cfg" "$work/param.cfg" -- -r 1 -j 1 -t 36
case_of branched-every-month-buurt "$reference" "$work/areas.cfg" "$work/param.cfg" -- -r 3 -j 2 -t 36 --set output.buurt_every=1
case_of compare-every-month-buurt "$reference" "$cap" -- -r 4 -j 2 -t 36 --set output.buurt_every=1
case_of runs-120-months-buurt "$reference" -- -r 4 -j 2 -t 120 --set output.buurt_every=1
sed "s|\"../00_reference.cfg\"|\"$reference\"|; s/points = 40/points = 14/; s/waves = 2/waves = 1/" \
    "$root/scenarios/studies/10_calibrate_matching.cfg" >"$work/calibrate.cfg"
study_of sweep-1-thread sweep "$root/scenarios/studies/01_cap_morris.cfg" -j 1 -t 2 -r 1
study_of sweep-side-by-side sweep "$root/scenarios/studies/01_cap_morris.cfg" -j 2 -t 2 -r 1
study_of calibrate-side-by-side calibrate "$work/calibrate.cfg" -j 2 -t 12 -r 1
for city in breda ede; do
    [ -n "$cities" ] && [ -d "$cities/$city" ] || continue
    case_of "$city-1-thread" "$reference" -- -r 1 -j 1 -t 60 --set "city=$cities/$city"
    case_of "$city-side-by-side" "$reference" -- -r 2 -j 2 -t 24 --set "city=$cities/$city"
    case_of "$city-compare" "$reference" "$cap" -- -r 2 -j 2 -t 24 --set "city=$cities/$city"
done
if [ -n "$large" ]; then
    "$root/scripts/make-country.py" "$work/large" 800
    case_of large-2-threads-inside "$reference" -- -r 1 -j 2 -t 12 --set "city=$work/large"
    case_of large-side-by-side "$reference" -- -r 2 -j 2 -t 6 --set "city=$work/large"
fi
exit $failed
