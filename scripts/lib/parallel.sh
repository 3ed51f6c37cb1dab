# Runs of a study side by side, to be sourced.
# parallel_lines PROGRAM ARGUMENT...: for every line "SCENARIO FOLDER" on standard input the program with its first argument, the scenario, the other arguments
# and -o FOLDER; as many at a time as there are processors ($WIJKSIM_JOBS). Fails when one of them does.
parallel_lines() {
    local program=$1 command=$2
    shift 2
    xargs -P "${WIJKSIM_JOBS:-$(nproc)}" -n 2 sh -c 'program=$1; command=$2; shift 2; n=$#
        while [ "$n" -gt 2 ]; do word=$1; shift; set -- "$@" "$word"; n=$((n - 1)); done
        scenario=$1; folder=$2; shift 2; exec "$program" "$command" "$scenario" -o "$folder" "$@" >/dev/null' parallel_lines "$program" "$command" "$@"
}
