#!/usr/bin/env bash
# Submits a run or comparison in N parts as a Slurm array, with the memory that `wijksim check` estimates.
#   scripts/slurm/submit.sh OUT N [SBATCH OPTION...] -- run SCENARIO [OPTION...]
#   scripts/slurm/submit.sh OUT N [SBATCH OPTION...] -- compare BASE ALT... [OPTION...]
# Options before -- go to sbatch and win, as --partition=..., --time=01:00:00, --cpus-per-task=4. Prints the number of the array.
#   WIJKSIM    the program (default: wijksim in PATH)
#   WIJKSIM_DRY_RUN=yes    prints the sbatch command and submits nothing
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
usage() { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
[ $# -ge 5 ] || usage
out=$1 parts=$2
shift 2
[[ "$parts" =~ ^[1-9][0-9]*$ ]] || usage
sbatch=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do sbatch+=("$1"); shift; done
[ $# -ge 3 ] || usage
shift
wijksim=$(command -v "${WIJKSIM:-wijksim}") || { echo "submit.sh: no program ${WIJKSIM:-wijksim}; set WIJKSIM" >&2; exit 1; }

threads=1
for option in "${sbatch[@]}"; do
    case "$option" in --cpus-per-task=*) threads=${option#*=} ;; esac
done

# Scenarios are what ends in .cfg; of the options only these change what a run needs.
scenarios=() wanted=()
for ((i = 2; i <= $#; i++)); do
    word=${!i} next=$((i + 1))
    case "$word" in
        --set | -t | --ticks) wanted+=("$word" "${!next}"); i=$next ;;
        --set=* | --ticks=* | -t?*) wanted+=("$word") ;;
        *.cfg) scenarios+=("$word") ;;
    esac
done
[ ${#scenarios[@]} -gt 0 ] || { echo "submit.sh: no scenario (FILE.cfg) after --" >&2; exit 2; }

# The largest of the scenarios, as if every thread had a replication of its own; half as much again and 64 MiB, for an estimate is no promise.
memory=0
for scenario in "${scenarios[@]}"; do
    mib=$("$wijksim" check "$scenario" "${wanted[@]}" -r "$((threads + 1))" -j "$threads" --json -q | sed -n 's/.*"memory_mib": *\([0-9]*\).*/\1/p')
    [ -n "$mib" ] || { echo "submit.sh: check tells no memory of $scenario" >&2; exit 1; }
    [ "$mib" -le "$memory" ] || memory=$mib
done
memory=$((memory * 3 / 2 + 64))

command=(sbatch --parsable "--array=1-$parts" "--mem=${memory}M" "${sbatch[@]}" "$here/wijksim.sbatch" "$out" "$parts" "$@")
if [ "${WIJKSIM_DRY_RUN:-no}" = yes ]; then
    printf '%q ' "${command[@]}"
    echo
    exit 0
fi
mkdir -p "$out"
WIJKSIM=$wijksim "${command[@]}"
echo "When all tasks have ended (squeue -u \"\$USER\"): $wijksim merge RESULT $out/part-*" >&2
