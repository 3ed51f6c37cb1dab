#!/usr/bin/env bash
# A real Slurm of this user in a temporary folder: a comparison as an array of 8 parts by scripts/slurm, of which one is killed (kill -9) and
# requeued by hand and one is told that its time is up, requeues itself and goes on; joined they have the bytes of one process.
#   slurm.sh OUT WIJKSIM    exit code 77: skipped, munged, slurmctld or slurmd is not installed
# Packages: slurm-wlm munge (scripts/install-deps.sh --tests). Needs no root, no configuration of the machine, two free ports.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
results=$1 wijksim=$2
PATH=$PATH:/usr/sbin:/sbin
for program in munged slurmctld slurmd sbatch scontrol squeue scancel sinfo python3; do
    command -v "$program" >/dev/null || { echo "skipped: no $program (apt-get install --no-install-recommends slurm-wlm munge)"; exit 77; }
done

dir=$(mktemp -d "${TMPDIR:-/tmp}/wks-slurm-XXXXXX") # short: the path of munge's socket has room for 108 bytes
daemons=() one=""
fail() {
    echo "error: $1"
    tail -n 20 "$dir"/*.log "$dir"/out/*.log 2>/dev/null || true
    exit 1
}

# Whatever happens, nothing of ours stays behind: first the jobs, then the daemons, last whatever still names our folder.
# shellcheck disable=SC2317 # called by the trap
clean_up() {
    trap - EXIT
    [ -z "$one" ] || kill "$one" 2>/dev/null || true
    if [ ${#daemons[@]} -gt 1 ]; then
        timeout 5 scancel --quiet --user="$(id -un)" || true
        for ((i = 0; i < 50; i++)); do [ -n "$(timeout 5 squeue --noheader 2>/dev/null)" ] || break; sleep 0.1; done
        timeout 5 scontrol shutdown >/dev/null 2>&1 || true
    fi
    kill "${daemons[@]}" 2>/dev/null || true
    for ((i = 0; i < 20; i++)); do kill -0 "${daemons[@]}" 2>/dev/null || break; sleep 0.1; done
    kill -9 "${daemons[@]}" 2>/dev/null || true
    local left
    left=$(pgrep -f "$dir" || true)
    # shellcheck disable=SC2086 # numbers
    [ -z "$left" ] || kill -9 $left 2>/dev/null || true
    rm -rf "$dir"
}
trap clean_up EXIT
trap 'exit 1' INT TERM

until_true() { # SECONDS WHAT COMMAND...
    local end=$((SECONDS + $1)) what=$2
    shift 2
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || fail "$what"
        sleep 0.05
    done
}

# --- the cluster ---
me=$(id -un) host=$(hostname -s)
mkdir -p "$dir"/{munge,state,spool,out}
chmod 755 "$dir" "$dir/munge" # munged refuses a folder that others cannot enter
head -c 128 /dev/urandom >"$dir/munge.key"
chmod 400 "$dir/munge.key"
ports=$(python3 -c 'import socket
sockets = [socket.socket() for _ in range(2)]
[s.bind(("127.0.0.1", 0)) for s in sockets]
print(*(s.getsockname()[1] for s in sockets))')
echo 'CgroupPlugin=cgroup/v1' >"$dir/cgroup.conf" # read even though nothing here uses cgroups
cat >"$dir/slurm.conf" <<CONF
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=${ports% *}
SlurmdPort=${ports#* }
SlurmUser=$me
SlurmdUser=$me
AuthType=auth/munge
CredType=cred/munge
# A requeued task waits for the life of its credential: two minutes on a real cluster, 5 s is the least.
AuthInfo=socket=$dir/munge/s,cred_expire=5
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd.pid
SlurmctldLogFile=$dir/slurmctld.log
SlurmdLogFile=$dir/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SwitchType=switch/none
MpiDefault=none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
MailProg=/bin/true
ReturnToService=2
JobRequeue=1
MinJobAge=3600
KillWait=2
SlurmdTimeout=0
SlurmdParameters=config_overrides
SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 RealMemory=4000 State=UNKNOWN
PartitionName=test Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$dir/slurm.conf

munged -F --key-file="$dir/munge.key" --socket="$dir/munge/s" --pid-file="$dir/munged.pid" --seed-file="$dir/munge.seed" 2>"$dir/munged.log" &
daemons+=($!)
until_true 20 "munged does not start" test -S "$dir/munge/s"
slurmctld -D -c 2>/dev/null &
daemons+=($!)
slurmd -D -c -N "$host" 2>/dev/null &
daemons+=($!)
is_idle() { [ "$(timeout 5 sinfo --noheader --format=%T 2>/dev/null)" = idle ]; }
until_true 40 "the node is not idle" is_idle

# --- one process, and the array beside it ---
rm -rf "$results"
mkdir -p "$results"
arguments=(compare "$root/scenarios/00_reference.cfg" "$root/scenarios/01_cap.cfg" --set "city=$root/tests/data/cities/valid/small" -t 48 -r 96 -q)
"$wijksim" "${arguments[@]}" -j 2 -o "$results/whole" >/dev/null &
one=$!
cd "$dir/out" # logs
array=$(WIJKSIM=$wijksim "$root/scripts/slurm/submit.sh" "$results/parts" 8 --time=10 --hold -- "${arguments[@]}" 2>/dev/null) || fail "sbatch refuses"

state_of() { timeout 10 scontrol --oneliner show job "${array}_$1" 2>/dev/null | sed -n 's/.* JobState=\([A-Z]*\).*/\1/p'; }
restarts_of() { timeout 10 scontrol --oneliner show job "${array}_$1" 2>/dev/null | sed -n 's/.* Restarts=\([0-9]*\).*/\1/p'; }
status_of() { sed -n 's/^  "status": "\([a-z]*\)".*/\1/p' "$results/parts/part-$1/manifest.json"; }
has_begun() { [ -e "$results/parts/part-$1/plafond/parts/$(printf %06d $((12 * $1 - 11))).queue.csv" ]; }
# The program of a task: a process whose command line ends as the template has it, below this folder.
program_of() { pgrep -f -- "--part $1/8 -o $results/parts/part-$1 " || fail "part $1 has no program"; }

# Tasks are held until they are watched: in whichever order Slurm would take them, none is over before we look.
release() { for i in "$@"; do scontrol release "${array}_$i" || fail "part $i cannot be released"; done; }

# Part 2: its program is killed, as by a machine that has no memory left.
release 2
until_true 60 "part 2 does not begin" has_begun 2
kill -9 "$(program_of 2)"
is_failed() { [ "$(state_of "$1")" = FAILED ]; }
until_true 30 "part 2 was killed and is not FAILED but $(state_of 2)" is_failed 2
[ "$(status_of 2)" = running ] || fail "part 2 was killed too late: its status is $(status_of 2)"
scontrol requeue "${array}_2" || fail "part 2 cannot be requeued"

# Part 3: Slurm says that its time is nearly up, as --signal=B:USR1@120 does.
release 3
until_true 60 "part 3 does not begin" has_begun 3
timeout 2 scancel --quiet --batch --signal=USR1 "${array}_3" || true # asks again while the task is already on its way out
has_restarted() { [ "$(restarts_of "$1")" = 1 ]; }
until_true 30 "part 3 does not requeue itself" has_restarted 3
[ "$(status_of 3)" = interrupted ] || fail "part 3 was stopped too late: its status is $(status_of 3)"

# A part that is cancelled does not come back by itself.
release 4
until_true 60 "part 4 does not begin" has_begun 4
scancel "${array}_4"
is_cancelled() { [ "$(state_of "$1")" = CANCELLED ]; }
until_true 30 "part 4 was cancelled and is $(state_of 4)" is_cancelled 4
resubmitted=$(WIJKSIM=$wijksim sbatch --parsable --array=4 --time=10 "$root/scripts/slurm/wijksim.sbatch" "$results/parts" 8 "${arguments[@]}") ||
    fail "sbatch refuses part 4 by itself"

release 1 5 6 7 8
for i in 1 2 3 5 6 7 8; do
    is_completed() { [ "$(state_of "$i")" = COMPLETED ]; }
    until_true 120 "part $i does not end" is_completed
done
array=$resubmitted i=4
until_true 120 "part 4, submitted again, does not end" is_completed
wait "$one" || fail "the run in one process fails"

# --- the same bytes ---
"$wijksim" merge "$results/merged" "$results"/parts/part-* -q || fail "merge refuses"
diff -rq --exclude=manifest.json --exclude=report.html --exclude=map.gpkg "$results/whole" "$results/merged" || fail "the parts do not have the bytes of one process"
# The log of a task that was put back holds both of its lives.
[ "$(grep -c . "$dir"/out/wijksim-*_3.log)" -ge 2 ] || fail "the first log of part 3 is lost"
echo "slurm: 8 parts of 96 replications, one killed, one stopped, one cancelled: the bytes of one process"
