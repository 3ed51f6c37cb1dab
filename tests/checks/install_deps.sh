#!/usr/bin/env bash
# scripts/install-deps.sh asks before it acts: with everything there it touches nothing, without a package it installs just that one, says
# why, and leaves out what it is told to leave out. dpkg-query, apt-get, sudo and id are stand-ins here; nothing is installed.
#   install_deps.sh OUT
set -euo pipefail
script=$(cd "$(dirname "$0")/../../scripts" && pwd)/install-deps.sh
rm -rf "$1"
mkdir -p "$1/bin"
cd "$1"
log=$PWD/log
failed=0
complain() { echo "error: $1"; cat log said; failed=1; }

stand_in() { printf '#!/bin/sh\n%s\n' "$2" >"bin/$1"; chmod +x "bin/$1"; }
# shellcheck disable=SC2016 # for the stand-in to expand
stand_in dpkg-query 'for package; do :; done; case " $MISSING " in *" $package "*) exit 1 ;; *) echo "ii " ;; esac'
stand_in apt-get "echo apt-get \"\$@\" >>'$log'"
stand_in apt-cache 'echo "  Candidate: 1.0"'
# shellcheck disable=SC2016
stand_in id 'echo "$USER_ID"'
stand_in sudo "echo sudo >>'$log'; exec \"\$@\""
stand_in npm 'exit 0'

# run MISSING USER_ID ARGUMENT...
run() {
    : >log
    MISSING=$1 USER_ID=$2 PATH="$PWD/bin:$PATH" "$script" "${@:3}" >said 2>&1 || complain "install-deps.sh failed"
}

run '' 1000 --tests
[ ! -s log ] || complain "something was done though nothing is missing"
run 'valgrind nodejs npm' 1000
[ ! -s log ] || complain "a test package or a second npm was installed"
run 'valgrind libcsv-dev' 0 --tests
grep -q '^apt-get .*install --no-install-recommends libcsv-dev valgrind$' log || complain "expected just libcsv-dev and valgrind"
if grep -q sudo log; then complain "sudo used as root"; fi
grep -q 'libcsv-dev *reads CSV' said || complain "it does not say why"
run 'libcsv-dev' 1000
grep -q '^sudo$' log || complain "no sudo as an ordinary user"
WIJKSIM_WITHOUT='gdal chromium' run 'libgdal-dev chromium' 0 --tests
[ ! -s log ] || complain "parts to be left out were installed"

[ "$failed" -ne 0 ] || echo "install-deps: does what is asked and no more"
exit "$failed"
