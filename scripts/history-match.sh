#!/usr/bin/env bash
# Matches theory T1 to three patterns at once and writes its accepted set (docs/odd.md, theories). Deterministic: the same program and number of members give the same file.
#   scripts/history-match.sh [-n MEMBERS] [-o FILE] [-k]      default 24, scenarios/theories/t1.csv; -k goes on with the runs that are there
# Finds the programs in $WIJKSIM_BIN (default build/release/bin), keeps runs and tables in $WIJKSIM_OUT (default results/history-match): design.csv, patterns.csv, match.csv.
set -euo pipefail
cd "$(dirname "$0")/.."
WIJKSIM_BIN=${WIJKSIM_BIN:-$PWD/build/release/bin}
out=${WIJKSIM_OUT:-$PWD/results/history-match}
n=24 file=scenarios/theories/t1.csv keep=0
while getopts n:o:k option; do
    case $option in
    n) n=$OPTARG ;;
    o) file=$OPTARG ;;
    k) keep=1 ;;
    *) exit 2 ;;
    esac
done
[ $keep = 1 ] || rm -rf "$out"
mkdir -p "$out"
names=(reference art8 sloop_koop sloop_huur)
scenarios=("${names[@]/#/scenarios/theories/}")
scenarios=("${scenarios[@]/%/.cfg}")

# A Latin hypercube in steps: each coefficient once in every n-th of its range, in an order of its own (Fisher-Yates; Park-Miller numbers keyed by the column).
design() {
    awk -v n="$n" 'BEGIN {
        split("d_s a_v a_m a_n a_w a_l a_l_onv", name); split("0 0 0 0 -0.2 0 0", low); split("1.3 0.45 0.4 0.008 0 0.02 0.02", high)
        printf "member"
        for (c = 1; c <= 7; c++) {
            printf ",processes.neighbourhood.%s", name[c]
            x = 20250101 + 7919 * c
            for (i = 1; i <= 20; i++) x = (x * 16807) % 2147483647
            for (i = 1; i <= n; i++) at[c, i] = i
            for (i = n; i > 1; i--) { x = (x * 16807) % 2147483647; j = 1 + int(x / 2147483647 * i); t = at[c, i]; at[c, i] = at[c, j]; at[c, j] = t }
        }
        print ""
        for (i = 1; i <= n; i++) {
            printf "%d", i
            for (c = 1; c <= 7; c++) printf ",%.6g", low[c] + (high[c] - low[c]) * (at[c, i] - 0.5) / n
            print ""
        }
    }'
}

compare() { # FOLDER REPLICATIONS SETTING...
    local folder=$1 replications=$2 sets=()
    shift 2
    for one in "$@"; do sets+=(--set "$one"); done
    [ -f "$folder/report.html" ] || "$WIJKSIM_BIN/wijksim" compare "${scenarios[@]}" -r "$replications" -q --force -o "$folder" "${sets[@]}" >/dev/null
}

# What three differences of a replication say, one line: MEMBER REPLICATION art8 own own_stock rent own_less_rent. Means over the areas, weighted by households of the reference.
patterns() { # MEMBER FOLDER
    awk -F, -v member="$1" '
        FNR == 1 { file++ }
        FNR == 1 || $3 != 60 || $5 != "buurt" || $6 !~ /^BU990104/ { next }
        $7 == "households" { homes[file, $2, $6] = $9 }
        $7 == "leefbaarheid" || $7 == "leefbaarheid_won" || $7 == "leefbaarheid_fys" { value[file, $2, $6, $7] = $9 }
        { seen[$2] = 1; buurt[$6] = 1 }
        function change(file, r, what, only,   b, sum, weight) {
            for (b in buurt) if (only == "" || b ~ only) {
                sum += homes[1, r, b] * (value[file, r, b, what] - value[1, r, b, what]); weight += homes[1, r, b]
            }
            return sum / weight
        }
        END {
            for (r in seen) {
                own = change(3, r, "leefbaarheid", "0[12]$"); rent = change(4, r, "leefbaarheid", "0[12]$")
                stock = change(3, r, "leefbaarheid_won", "0[12]$") + change(3, r, "leefbaarheid_fys", "0[12]$")
                printf "%d,%d,%.6f,%.6f,%.6f,%.6f,%.6f\n", member, r, change(2, r, "leefbaarheid", ""), own, stock, rent, own - rent
            }
        }' "$2"/{zonder_ingreep,art8,sloop_koop,sloop_huur}/buurt.csv
}

design >"$out/design.csv"
echo 'member,replication,art8,own,own_stock,rent,own_less_rent' >"$out/patterns.csv"
# Chance: the coefficients as the scenarios have them, replications 1 to 4 (member 0).
compare "$out/0" 4
patterns 0 "$out/0" | sort -t, -k2n >>"$out/patterns.csv"
IFS=, read -r -a key <"$out/design.csv"
while IFS=, read -r -a value; do
    sets=()
    for ((c = 1; c < ${#key[@]}; c++)); do sets+=("${key[c]}=${value[c]}"); done
    compare "$out/${value[0]}" 1 "${sets[@]}"
    patterns "${value[0]}" "$out/${value[0]}" >>"$out/patterns.csv"
    echo "history-match: member ${value[0]} of $n" >&2
done < <(tail -n +2 "$out/design.csv")

awk -F, -f scripts/validate/match.awk "$out/design.csv" "$out/patterns.csv" >"$out/match.csv"
{
    printf '# Accepted set of theory T1: coefficients that three patterns at once do not rule out (docs/odd.md, theories). Assumption: the ranges they were drawn from.\n'
    printf '# Made by scripts/history-match.sh -n %d: a Latin hypercube on modelstad, 60 months, replication 1; implausibility below 3 for every pattern.\n' "$n"
    awk -F, 'NR == FNR { if ($NF == "accepted") kept[$1] = 1; next } FNR == 1 || $1 in kept' "$out/match.csv" "$out/design.csv"
} >"$out/accepted.csv"
mkdir -p "$(dirname "$file")"
mv "$out/accepted.csv" "$file"
printf 'history-match: %d of %d members accepted, in %s\n' "$(grep -c accepted "$out/match.csv" || true)" "$n" "$file" >&2
