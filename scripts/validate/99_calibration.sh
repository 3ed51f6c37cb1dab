#!/usr/bin/env bash
# Does calibration recover parameters that are known, because the targets were made by the model itself under other luck?
#   QUICK=1: the queue only, some minutes.
set -euo pipefail
cd "$(dirname "$0")/../.."
truths=10
quick=${QUICK:-0}
failed=0

# Truth i of parameter p as a share of its range: a Weyl sequence, so that truths are spread and the same everywhere.
share() { awk -v i="$1" -v p="$2" 'BEGIN { step[1] = 0.754877666246693; step[2] = 0.569840290998053; step[3] = 0.368023; x = 0.5 + i * step[p]; printf "%.6f", x - int(x) }'; }
linear() { awk -v u="$1" -v a="$2" -v b="$3" 'BEGIN { printf "%.9g", a + u * (b - a) }'; }
logarithmic() { awk -v u="$1" -v a="$2" -v b="$3" 'BEGIN { printf "%.9g", a * exp(u * log(b / a)) }'; }

# "VALUE SD" of an indicator at the last tick: of the first replication, and its spread over all of them.
observed() { # RUN INDICATOR GROUP
    awk -F, -v indicator="$2" -v group="$3" '$5 == indicator && $6 == group && $8 != "" { if ($3 > last) last = $3; value[$2, $3] = $8; seen[$2] = 1 }
        END { for (r in seen) { x = value[r, last]; n++; s += x; q += x * x; if (first == "" || r + 0 < first) first = r + 0 }
              printf "%.9g %.9g", value[first, last], sqrt((q - s * s / n) / (n - 1)) }' "$1/city.csv"
}
# Whether truth lies in columns ci_low..ci_high of parameter i (row i + 1), or for a set between its smallest and largest member.
inside() { # FOLDER ROW COLUMN TRUTH METHOD
    if [ "$5" = history ]; then
        awk -F, -v c="$3" -v x="$4" 'NR > 1 { if (n++ == 0 || $c < low) low = $c; if (n == 1 || $c > high) high = $c } END { print (n > 0 && low <= x && x <= high) }' "$1/members.csv"
    else
        awk -F, -v row="$2" -v x="$4" 'NR == row + 1 { print ($9 <= x && x <= $10) }' "$1/calibration.csv"
    fi
}
narrower() { awk -F, 'NR > 1 && $11 != "" { s += $11; n++ } END { printf "%.2f", (n > 0 ? s / n : 0) }' "$1/calibration.csv"; }
points() { awk 'END { print NR - 1 }' "$1/evaluations.csv"; }
row() { # MODEL METHOD N_INSIDE N JOINT SHRINKAGE POINTS
    local verdict='as expected'
    if ! awk -v a="$3" -v n="$4" 'BEGIN { exit !(a >= 0.9 * n) }'; then verdict='NOT 9 IN 10'; failed=1; fi
    printf '| %s | %s | %s of %s | %s of %s | %s | %s | %s |\n' "$1" "$2" "$3" "$4" "$5" "$truths" "$6" "$7" "$verdict"
}

# --- a queue without a city ---------------------------------------------------------------------------------------------------
queue_study() { # METHOD WAIT WAIT_SD LEFT LEFT_SD
    cat <<CFG
name = "truth"; scenarios = ( "$PWD/scenarios/exact/impatience.cfg" ); set = ( "warmup=2000" ); ticks = 12000; replications = 5;
parameters = ( { name = "arrivals"; path = "queue.arrivals"; low = 0.05; high = 0.09; }, { name = "patience"; path = "queue.patience"; low = 40.0; high = 300.0; log = true; } );
outcomes = ( { name = "wait"; indicator = "wait_mean"; }, { name = "left"; indicator = "left_share"; } );
targets = ( { outcome = "wait"; value = $2; sd = $3; }, { outcome = "left"; value = $4; sd = $5; } );
calibration = { $1 };
CFG
}
queue_case() { # METHOD SETTINGS
    local method=$1 settings=$2 n_inside=0 joint=0 shrinkage=0 n_points=0 i arrivals patience run out a b wait left
    for ((i = 1; i <= truths; i++)); do
        arrivals=$(linear "$(share "$i" 1)" 0.05 0.09)
        patience=$(logarithmic "$(share "$i" 2)" 40 300)
        run=$WIJKSIM_OUT/queue_$i out=$WIJKSIM_OUT/queue_${method}_$i
        [ -f "$run/summary.csv" ] || "$WIJKSIM_BIN/wijksim" run scenarios/exact/impatience.cfg --set queue.arrivals="$arrivals" --set queue.patience="$patience" --set warmup=2000 \
            -t 12000 -s $((1000 + i)) -r 20 -q --force -o "$run" >/dev/null
        wait=$(observed "$run" wait_mean '') left=$(observed "$run" left_share '')
        # shellcheck disable=SC2086 # a value and its error are two words
        queue_study "$settings" $wait $left >"$out.cfg"
        "$WIJKSIM_BIN/wijksim" calibrate "$out.cfg" -q --force -o "$out" >"$out.txt"
        a=$(inside "$out" 1 2 "$arrivals" "$method") b=$(inside "$out" 2 3 "$patience" "$method")
        n_inside=$((n_inside + a + b)) joint=$((joint + a * b)) n_points=$((n_points + $(points "$out")))
        shrinkage=$(awk -v a="$shrinkage" -v b="$(narrower "$out")" 'BEGIN { print a + b }')
        echo "99_calibration: queue, $method, truth $i: $a $b" >&2
    done
    row 'queue with impatience' "$method" "$n_inside" $((2 * truths)) "$joint" "$(awk -v s="$shrinkage" -v n="$truths" 'BEGIN { printf "%.0f %%", 100 * s / n }')" $((n_points / truths))
}

# --- a city ---------------------------------------------------------------------------------------------------------------------
city_study() { # METHOD VALUES
    cat <<CFG
name = "truth"; scenarios = ( "$PWD/scenarios/00_reference.cfg" ); ticks = 12; replications = 2;
parameters = ( { name = "accept"; path = "processes.allocation.accept"; low = -1.5; high = 1.5; }, { name = "start"; path = "processes.search.start"; low = 0.6; high = 1.8; },
  { name = "leave"; path = "processes.search.leave"; low = 0.5; high = 1.5; } );
outcomes = ( { name = "refusals"; indicator = "refusals_per_letting"; }, { name = "moves"; indicator = "moves"; }, { name = "left"; indicator = "moves_out_share"; },
  { name = "active"; indicator = "active"; } );
targets = ( { outcome = "refusals"; value = $2; sd = $3; }, { outcome = "moves"; value = $4; sd = $5; }, { outcome = "left"; value = $6; sd = $7; }, { outcome = "active"; value = $8; sd = $9; } );
calibration = { $1 };
CFG
}
# All truths share their prior draws (abc) or their first wave (history): the journal of the first one goes on under the targets of the next.
city_case() { # METHOD SETTINGS
    local method=$1 settings=$2 n_inside=0 joint=0 shrinkage=0 n_points=0 i p accept start leave run out last='' hit sum
    for ((i = 1; i <= truths; i++)); do
        accept=$(linear "$(share "$i" 1)" -1.5 1.5) start=$(linear "$(share "$i" 2)" 0.6 1.8) leave=$(linear "$(share "$i" 3)" 0.5 1.5)
        run=$WIJKSIM_OUT/city_$i out=$WIJKSIM_OUT/city_${method}_$i
        [ -f "$run/summary.csv" ] || "$WIJKSIM_BIN/wijksim" run scenarios/00_reference.cfg --set processes.allocation.accept="$accept" --set processes.search.start="$start" \
            --set processes.search.leave="$leave" -t 12 -s $((1000 + i)) -r 8 -q --force -o "$run" >/dev/null
        # shellcheck disable=SC2046 # a value and its error are two words
        city_study "$settings" $(observed "$run" refusals_per_letting '') $(observed "$run" moves '') $(observed "$run" moves_out_share '') $(observed "$run" active '') >"$out.cfg"
        if [ -n "$last" ] && [ ! -d "$out" ]; then cp -r "$last" "$out"; fi
        "$WIJKSIM_BIN/wijksim" calibrate "$out.cfg" -q --resume -o "$out" >"$out.txt"
        last=$out sum=0 p=1
        for value in "$accept" "$start" "$leave"; do
            hit=$(inside "$out" $p $((p + 1)) "$value" "$method")
            sum=$((sum + hit)) p=$((p + 1))
        done
        n_inside=$((n_inside + sum)) joint=$((joint + (sum == 3))) n_points=$((n_points + $(points "$out")))
        shrinkage=$(awk -v a="$shrinkage" -v b="$(narrower "$out")" 'BEGIN { print a + b }')
        echo "99_calibration: modelstad, $method, truth $i: $sum of 3" >&2
    done
    row modelstad "$method" "$n_inside" $((3 * truths)) "$joint" "$(awk -v s="$shrinkage" -v n="$truths" 'BEGIN { printf "%.0f %%", 100 * s / n }')" $((n_points / truths))
}

cat <<TXT
## Calibration of known truths

Question: when targets are made by the model itself, under values that are known and other seeds, do the values come back? $truths truths spread over the ranges; targets are the outcomes of one run (queue: 20 runs of
12,000 ticks, modelstad: 8 of 12 months, tell the error of one run). Inside: truths of parameters within the 95 % interval of the posterior (abc, abc_smc), or between the smallest and the largest value that is not ruled out
(history). Joint: truths with all parameters inside. Narrower: mean of 1 less sd over the sd of the range. Expected: 9 in 10 inside.

| model | method | inside | joint | narrower | points a truth | verdict |
|---|---|---|---|---|---|---|
TXT
queue_case abc_smc 'method = "abc_smc"; accepted = 200;'
queue_case history 'method = "history"; points = 30; accepted = 60; evaluations = 300;'
if [ "$quick" = 0 ]; then
    city_case history 'method = "history"; points = 40; waves = 3;'
    city_case abc 'method = "abc"; evaluations = 400; accepted = 40;'
fi
cat <<'TXT'

A truth may lie outside once in twenty intervals by right; an interval that always holds it is too wide. History matching keeps what is not implausible (three errors), so its ranges are wider than a posterior's.
TXT
exit $failed
