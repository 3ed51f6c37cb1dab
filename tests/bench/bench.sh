#!/usr/bin/env bash
# Whole-program benchmarks with default outputs written to disk: the demo, and Utrecht when its CBS files are there. Prints a table; with --json FILE
# also one JSON object a line. Not a test: figures depend on the machine; docs/performance.md says on which they were measured.
#   tests/bench/bench.sh [--program BIN] [--city FOLDER] [--runs N] [--threads N] [--buurten N] [--json FILE]
#                        [demo|utrecht|tick|month|round|segregation|kernel|state|memory|schelling|country|nederland ...]
# memory: bytes a household by table and column of modelstad (with --city a folder too), at the start and after two years (bench_memory.c, preset bench)
# schelling: medians of --runs (say 5) runs of the shipped grid scenarios; the machine should be idle
# nederland: the real country from its CBS files, imported, made into people and run for --months N (240; 6 GB of memory)
# country: a city as large as the Netherlands, or --buurten N of 14000, made by scripts/make-country.py in a temporary folder (needs 6 GB of disk and GNU time)
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
program=$root/build/release/bin/wijksim
city="" runs=3 threads=2 buurten=14000 months=240 json="" what=()
while [ $# -gt 0 ]; do
    case $1 in
        --program) program=$2; shift 2 ;;
        --city) city=$2; shift 2 ;;
        --runs) runs=$2; shift 2 ;;
        --threads) threads=$2; shift 2 ;;
        --buurten) buurten=$2; shift 2 ;;
        --months) months=$2; shift 2 ;;
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

# Bytes a household by table; the columns go into a table beside it.
memory() {
    local bench=$root/build/bench/bin/bench/bench_memory file=$root/scenarios/00_reference.cfg folder name
    if [ ! -x "$bench" ]; then
        echo "memory: not built; scripts/build.sh bench bench_memory" >&2
        exit 2
    fi
    for folder in "" $city; do
        name=$([ -z "$folder" ] && echo modelstad || basename "$folder")
        "$bench" "$file" 24 "$threads" $folder >"memory-$name.tsv"
        echo "$name: tick, table, rows, bytes a row, bytes a household, of those resident (by column: memory-$name.tsv)"
        awk -F'\t' '$3 == "TOTAL" { printf "%4d %-14s %10d %8s %10s %10s\n", $1, $2, $5, $6, $7, $8 } $2 == "process" { print }' "memory-$name.tsv"
    done
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
    measure "Nederland, 1 x $months months" "$program" run "$root/scenarios/03_country.cfg" --set "city=$folder" -t "$months" -r 1 -o "$work/out" -j "$threads" -q
}

utrecht_folder() {
    local data=$root/../shared/data
    [ -n "$city" ] && { echo "$city"; return; }
    [ -f "$data/kwb/CBS-Utrecht-kwb-2023.xlsx" ] || return 1
    "$program" import cbs "$data/kwb/CBS-Utrecht-kwb-2023.xlsx" --geometry "$data/geo/GM0344_utrecht_buurten_lbm2024.geojson" \
        --leefbaarometer "$data/leefbaarometer/lbm3_buurtscore24.csv" -o "$work/utrecht" >/dev/null
    echo "$work/utrecht"
}

# Schelling's model by the ordinary command on the shipped scenarios, each run in turn with the others and with STREAM's triad (bench_grid.c, preset bench): time inside the
# simulation (manifest), of the whole process on the clock, and of the processor; updates are agents times passes. One replication, one thread, default tables.
schelling() {
    local bench=$root/build/bench/bin/bench/bench_grid log=$work/schelling item name updates bytes order start end k inside cpu wall peak rate=""
    # name of the file, order, agents times passes, bytes that a visit must at least read and write in memory's order (0: not told)
    local items="schelling_small:random:20000:21 schelling_large:random:160000:22 schelling_250:random:1000000:21 schelling_500:random:4000000:21
        schelling_1000:random:16000000:21 schelling_2000:random:64000000:21 schelling_4000:random:256000000:21
        schelling_1000_event:event:16000000:0 schelling_1000_long:random:160000000:21 schelling_1000_long_event:event:160000000:0 schelling_4000:event:256000000:0
        schelling_1000_synchronous:synchronous:16000000:1.25 schelling_4000:synchronous:256000000:1.25"
    [ -x "$bench" ] || echo "schelling: no bandwidth measured; scripts/build.sh bench bench_grid" >&2
    : >"$log"
    for k in $(seq "$runs"); do
        [ ! -x "$bench" ] || rate=$("$bench" 1 stream | sed 's/.*_s":\([0-9.]*\).*/\1/')
        for item in $items; do
            IFS=: read -r name order updates bytes <<<"$item"
            rm -rf "$work/out"
            start=$(date +%s.%N)
            /usr/bin/time -o "$work/time" -f '%U %S %M' "$program" run "$root/scenarios/classic/$name.cfg" --set "relocation.order=$order" -r 1 -j 1 -q \
                --progress none -o "$work/out" >/dev/null
            end=$(date +%s.%N)
            inside=$(number simulation_s "$work/out/manifest.json")
            wall=$(awk -v a="$start" -v b="$end" 'BEGIN { printf "%.4f", b - a }')
            read -r cpu peak < <(awk 'END { print $1 + $2, $3 }' "$work/time")
            echo "$name,$order $updates $bytes $inside $wall $cpu $peak ${rate:-0}" >>"$log"
        done
    done
    awk -v json="$json" -v load="$(cut -d' ' -f1-3 /proc/loadavg)" '
        function middle(text, v, n, i, k, t) {
            n = split(text, v, " ")
            for (i = 2; i <= n; i++) for (k = i; k > 1 && v[k] + 0 < v[k - 1] + 0; k--) { t = v[k]; v[k] = v[k - 1]; v[k - 1] = t }
            least = v[1]
            return v[int((n + 1) / 2)]
        }
        !($1 in inside) { name[++count] = $1 }
        { updates[$1] = $2; bytes[$1] = $3; inside[$1] = inside[$1] " " $4; wall[$1] = wall[$1] " " $5; cpu[$1] = cpu[$1] " " $6; peak[$1] = $7 / 1024; rate[$1] = rate[$1] " " $8 }
        END {
            printf "load at the end: %s; inside and whole in s: median (least); M/s and ns by the median and by the least\n", load
            printf "%-40s %22s %16s %10s %18s %16s %8s %9s\n", "scenario,order", "inside s", "M updates/s", "ns", "whole s", "processor s", "MiB", "triad"
            for (i = 1; i <= count; i++) {
                x = name[i]
                m = middle(inside[x]); l = least
                w = middle(wall[x]); wl = least
                c = middle(cpu[x]); cl = least
                s = middle(rate[x])
                share = s > 0 && bytes[x] > 0 ? sprintf("%.2f", updates[x] * bytes[x] / l / 1e9 / s) : "-"
                printf "%-40s %10.5f (%9.5f) %7.1f (%6.1f) %4.1f (%4.1f) %8.3f (%6.3f) %7.2f (%6.2f) %7.0f %9s\n", x, m, l, updates[x] / m / 1e6, updates[x] / l / 1e6, \
                    1e9 * m / updates[x], 1e9 * l / updates[x], w, wl, c, cl, peak[x], share
                if (json != "")
                    printf "{\"name\":\"schelling %s\",\"updates\":%d,\"inside_s\":%s,\"least_inside_s\":%s,\"updates_per_us\":%.2f,\"ns_per_update\":%.3f,\"wall_s\":%s,\"processor_s\":%s,\"peak_rss_mib\":%.0f,\"triad_gb_s\":%s}\n", \
                        x, updates[x], m, l, updates[x] / m / 1e6, 1e9 * m / updates[x], w, c, peak[x], s >>json
            }
        }' "$log"
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
        memory) memory ;;
        schelling) schelling ;;
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
