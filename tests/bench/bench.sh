#!/usr/bin/env bash
# Whole-program benchmarks with default outputs written to disk: the demo, and Utrecht when its CBS files are there. Prints a table; with --json FILE
# also one JSON object a line. Not a test: figures depend on the machine; docs/performance.md says on which they were measured.
#   tests/bench/bench.sh [--program BIN] [--city FOLDER] [--runs N] [--threads N] [--buurten N] [--json FILE] [demo|utrecht|tick|month|round|segregation|kernel|state|country|nederland ...]
# country: a city as large as the Netherlands, or --buurten N of 14000, made by scripts/make-country.py in a temporary folder (needs 6 GB of disk and GNU time)
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
program=$root/build/release/bin/wijksim
city="" runs=3 threads=2 buurten=14000 json="" what=()
while [ $# -gt 0 ]; do
    case $1 in
        --program) program=$2; shift 2 ;;
        --city) city=$2; shift 2 ;;
        --runs) runs=$2; shift 2 ;;
        --threads) threads=$2; shift 2 ;;
        --buurten) buurten=$2; shift 2 ;;
        --json) json=$2; shift 2 ;;
        *) what+=("$1"); shift ;;
    esac
done
[ ${#what[@]} -gt 0 ] || what=(demo utrecht)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

number() { # KEY FILE: a top-level number of a manifest
    sed -n "s/^  \"$1\": \\([0-9.e+-]*\\),\\{0,1\\}$/\\1/p" "$2"
}

# name, then the command that writes its results into $work/out
measure() {
    local name=$1 k start end wall best="" peak=0 simulation
    shift
    for k in $(seq "$runs"); do
        rm -rf "$work/out"
        start=$(date +%s.%N)
        "$@" >/dev/null
        end=$(date +%s.%N)
        wall=$(awk -v a="$start" -v b="$end" 'BEGIN { printf "%.2f", b - a }')
        peak=$(number peak_rss_mib "$work/out/manifest.json")
        simulation=$(number simulation_s "$work/out/manifest.json")
        best="$best $wall"
    done
    local median
    median=$(printf '%s\n' $best | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }')
    printf '%-34s %8s s (median of %s:%s)  %8.0f MiB  %8.2f s inside replications\n' "$name" "$median" "$runs" "$best" "$peak" "$simulation"
    [ -z "$json" ] || printf '{"name":"%s","wall_s":%s,"runs":[%s],"peak_rss_mib":%s,"simulation_s":%s,"threads":%s}\n' "$name" "$median" \
        "$(echo $best | tr ' ' ,)" "$peak" "$simulation" "$threads" >>"$json"
}

# One round of woonruimteverdeling in a made city (bench_round.c, preset bench): as asked, with ten times the applicants, and with one thread.
round() {
    local bench=$root/build/bench/bin/bench/bench_round line
    if [ ! -x "$bench" ]; then
        echo "round: not built; scripts/build.sh bench bench_round" >&2
        exit 2
    fi
    for line in "100000 2000 30 $threads" "1000000 2000 30 $threads" "100000 2000 30 1" "1000000 2000 30 1"; do
        # shellcheck disable=SC2086 # four numbers
        line=$("$bench" $line 11)
        echo "$line"
        [ -z "$json" ] || echo "$line" >>"$json"
    done
}

# State between two ticks (bench_state.c, preset bench): size, time to write and to read it, and that the run goes on as it was. With --city a city folder too.
state() {
    local bench=$root/build/bench/bin/bench/bench_state file=$root/scenarios/00_reference.cfg
    if [ ! -x "$bench" ]; then
        echo "state: not built; scripts/build.sh bench bench_state" >&2
        exit 2
    fi
    "$bench" "$file" 0 12 "$threads"
    "$bench" "$file" 24 36 "$threads"
    [ -z "$city" ] || {
        printf 'base = "%s";\nname = "city";\ncity = "%s";\n' "$file" "$(realpath "$city")" >"$work/city.cfg"
        "$bench" "$work/city.cfg" 12 24 "$threads"
    }
}

# A month from inside (bench_month.c, preset bench): rates, bytes a household, the share of each process, against reading the hot columns once.
month() {
    local bench=$root/build/bench/bin/bench/bench_month folder="" ticks=120
    if [ ! -x "$bench" ]; then
        echo "month: not built; scripts/build.sh bench bench_month" >&2
        exit 2
    fi
    for folder in "" "$(utrecht_folder || true)"; do
        for n in 1 "$threads"; do
            "$bench" "$root/scenarios/00_reference.cfg" "$ticks" "$n" "$runs" ${folder:+"$folder"}
            [ -z "$json" ] || "$bench" --json "$root/scenarios/00_reference.cfg" "$ticks" "$n" "$runs" ${folder:+"$folder"} >>"$json"
        done
        ticks=24
    done
}

# The indices of segregation that need no place (bench_segregation.c, preset bench), then the same formulas in Debian's numpy where it is installed
# (sudo apt-get install python3-numpy).
segregation() {
    local bench=$root/build/bench/bin/bench/bench_segregation line
    if [ ! -x "$bench" ]; then
        echo "segregation: not built; scripts/build.sh bench bench_segregation" >&2
        exit 2
    fi
    for line in "1000000 5 $threads" "1000000 5 1" "2000 5 1"; do
        # shellcheck disable=SC2086 # three numbers
        line=$("$bench" $line 9)
        echo "$line"
        [ -z "$json" ] || echo "$line" >>"$json"
    done
    bench=$root/build/bench/bin/bench/bench_number_table # reading such a table
    if [ -x "$bench" ]; then
        "$bench" 1000000 5 "$threads"
    else
        echo "reading: not built; scripts/build.sh bench bench_number_table" >&2
    fi
    if ! /usr/bin/python3 -c 'import numpy' 2>/dev/null; then
        echo "segregation: no numpy to compare with"
        return
    fi
    line=$(/usr/bin/python3 "$root/tests/bench/segregation_numpy.py" 1000000 5 5)
    echo "$line"
    [ -z "$json" ] || echo "$line" >>"$json"
}

# Kernel indices of a made table (bench_kernel.c, preset bench), with both threads and one; then the same in Debian's numpy, where it is installed.
kernel() {
    local bench=$root/build/bench/bin/bench/bench_kernel line
    if [ ! -x "$bench" ]; then
        echo "kernel: not built; scripts/build.sh bench bench_kernel" >&2
        exit 2
    fi
    for line in "100000 50 5 $threads" "100000 50 5 1" "1000000 50 5 $threads"; do
        # shellcheck disable=SC2086 # four numbers
        line=$("$bench" $line 5)
        echo "$line"
        [ -z "$json" ] || echo "$line" >>"$json"
    done
    if ! /usr/bin/python3 -c 'import numpy' 2>/dev/null; then
        echo "kernel: no numpy to compare with"
        return
    fi
    line=$("$root/tests/bench/kernel_numpy.py" 100000 50 5 3)
    echo "$line"
    [ -z "$json" ] || echo "$line" >>"$json"
}

# name, then a command that writes no manifest into $work/out: time, processor time and peak memory of the process
measure_process() {
    local name=$1 k wall user system cpu peak all="" most=0
    shift
    for k in $(seq "$runs"); do
        rm -rf "$work/out"
        /usr/bin/time -o "$work/time" -f '%e %U %S %M' "$@" >/dev/null
        read -r wall user system peak <"$work/time"
        cpu=$(awk -v u="$user" -v s="$system" 'BEGIN { printf "%.1f", u + s }')
        all="$all $wall"
        [ "$peak" -le "$most" ] || most=$peak
    done
    local median
    median=$(printf '%s\n' $all | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }')
    printf '%-34s %8s s (median of %s:%s)  %8.0f MiB  %8s s of processor time in the last\n' "$name" "$median" "$runs" "$all" \
        "$(awk -v k="$most" 'BEGIN { print k / 1024 }')" "$cpu"
    [ -z "$json" ] || printf '{"name":"%s","wall_s":%s,"runs":[%s],"peak_rss_mib":%s,"processor_s":%s,"threads":%s}\n' "$name" "$median" \
        "$(echo $all | tr ' ' ,)" "$(awk -v k="$most" 'BEGIN { printf "%.0f", k / 1024 }')" "$cpu" "$threads" >>"$json"
}

country() {
    local folder=$work/country reference=$root/scenarios/00_reference.cfg
    "$root/scripts/make-country.py" "$folder" "$buurten"
    measure_process "country: synth, -j $threads" "$program" synth "$folder" -o "$work/out" -j "$threads"
    (cd "$work/out" && cat *.csv | wc -c | awk '{ printf "%-34s %8.2f GB\n", "country: tables of synth", $1 / 1e9 }')
    measure_process "country: check" "$program" check "$reference" --set "city=$folder"
    measure_process "country: check --population" "$program" check "$reference" --set "city=$folder" --population -j "$threads"
    measure_process "country: run, 1 x 1 month" "$program" run "$reference" --set "city=$folder" -t 1 -r 1 -o "$work/out" -j "$threads" -q
}

nederland() { # the real country of 2024: 335 gemeenten by buurt, seven as one area each
    local data=$root/../shared/data folder=$work/nederland
    if [ ! -f "$data/statline/Kerncijfers_wijken_en_buurten_2024_geslachten.csv" ]; then
        echo "Nederland: skipped, its CBS files are not beside the project"
        return
    fi
    measure_process "Nederland: import --gemeente all" "${program}-import" cbs "$data/statline/Kerncijfers_wijken_en_buurten_2024_geslachten.csv" \
        "$data/statline/Kerncijfers_wijken_en_buurten_2024_11122025_141648.csv" "$data/kwb_gemeente/kwb2024_clean.csv" \
        "$data/statline/Regionale_kerncijfers_Nederland_11122025_133649.csv" "$data/statline/Inkomen_van_huishoudens__regio_11122025_135329.csv" \
        "$data/tmap/NLD_dist_2022.csv" "$data/leefbaarometer/lbm3_buurtscore24.csv" --gemeente all -o "$work/out"
    mv "$work/out" "$folder"
    measure_process "Nederland: synth, -j $threads" "$program" synth "$folder" -o "$work/out" -j "$threads"
    wc -l <"$work/out/households.csv" | awk '{ printf "%-34s %8d households with a home\n", "Nederland", $1 - 1 }'
}

utrecht_folder() {
    local data=$root/../shared/data
    [ -n "$city" ] && { echo "$city"; return; }
    [ -f "$data/kwb/CBS-Utrecht-kwb-2023.xlsx" ] || return 1
    "$program" import cbs "$data/kwb/CBS-Utrecht-kwb-2023.xlsx" --geometry "$data/geo/GM0344_utrecht_buurten_lbm2024.geojson" \
        --leefbaarometer "$data/leefbaarometer/lbm3_buurtscore24.csv" -o "$work/utrecht" >/dev/null
    echo "$work/utrecht"
}

for item in "${what[@]}"; do
    case $item in
        demo) measure "demo: 3 scenarios x 20 x 120 months" "$program" demo -o "$work/out" -j "$threads" -q ;;
        tick) measure "modelstad, 1 x 240 months" "$program" run "$root/scenarios/00_reference.cfg" -t 240 -r 1 -o "$work/out" -j "$threads" -q ;;
        month) month ;;
        round) round ;;
        segregation) segregation ;;
        kernel) kernel ;;
        state) state ;;
        country) country ;;
        nederland) nederland ;;
        utrecht)
            if folder=$(utrecht_folder); then
                measure "Utrecht, 1 x 240 months" "$program" run "$root/scenarios/00_reference.cfg" --set "city=$folder" -t 240 -r 1 -o "$work/out" -j "$threads" -q
            else
                echo "Utrecht: skipped, its CBS files are not beside the project"
            fi ;;
        *) echo "unknown benchmark: $item" >&2; exit 2 ;;
    esac
done
