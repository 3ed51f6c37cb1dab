#!/usr/bin/env bash
# From a fresh clone to a report: installs what is missing, builds, compares the rules of today with a ceiling per buurt and with loting in the
# built-in city.
#   scripts/demo.sh [OPTION...]    options go on to `wijksim demo`, e.g. --replications 3 --ticks 12 or -o FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."

case " $* " in *" -h "* | *" --help "*) sed -n '2,4s/^# \{0,1\}//p' "$0"; exit 0 ;; esac

scripts/install-deps.sh
scripts/build.sh release

output=results/demo
own_output=yes
previous=
for argument in "$@"; do
    case "$previous" in -o | --output) output=$argument; own_output=no ;; esac
    case "$argument" in
        --output=*) output=${argument#*=}; own_output=no ;;
        -o?*) output=${argument#-o}; own_output=no ;;
    esac
    previous=$argument
done
arguments=("$@")
# Our own folder is ours to replace; a folder the user names is not.
[ "$own_output" = no ] || arguments+=(-o "$output" --force)

build/release/bin/wijksim demo "${arguments[@]}"

[ -e "$output/report.html" ] || exit 0
echo
echo "The report: $(cd "$output" && pwd)/report.html"
echo "Open it in a browser; it needs no network."
