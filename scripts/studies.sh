#!/usr/bin/env bash
# Runs the shipped studies (scenarios/studies) and keeps what each prints: the rankings that docs/studies.md tells come from here.
#   scripts/studies.sh [BIN [FOLDER]]    BIN: folder with the program (default build/release/bin); FOLDER: default results/studies
# What was begun goes on.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=${1:-build/release/bin}
folder=${2:-results/studies}

mkdir -p "$folder"
for study in scenarios/studies/*.cfg; do
    grep -q '^design' "$study" || continue # for calibrate
    name=$(basename "$study" .cfg)
    echo "$name" >&2
    begin=$(date +%s)
    "$bin/wijksim" sweep "$study" -o "$folder/$name" --resume >"$folder/$name.txt.new"
    mv "$folder/$name.txt.new" "$folder/$name.txt"
    echo "$name: $(($(date +%s) - begin)) s of wall time on $(nproc) processors" | tee "$folder/$name.time"
done
