#!/usr/bin/env bash
# What the lessons and manuals tell to type works: every block of them is run in the order of the page, in a folder of its own, at a small size (few replications of
# few months), and the worked memo holds the tables that its commands give, with no number in its text that stands in none of them.
#   tutorials.sh OUT BIN [PAGE...]    BIN: folder with the programs; default pages: all below. Exit 77: all went well, but something was left out, which is said.
# Blocks without a language are shell, ```r and ```python snippets; ```sql DATABASE is asked of that SQLite file, each statement of it must give rows; ```cfg NAME is a file to
# make; ```text is what a program says and is not run. CBS files are not
# in the repository: downloads are made from modelstad in the form of a kwb csv; without wijksim-import modelstad itself stands where the import would have put it.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD out=$(realpath -m "$1") bin=$(realpath "$2")
pages=("${@:3}")
[ ${#pages[@]} -gt 0 ] || pages=(docs/handleiding.md docs/manual.md docs/les-beleidsadviseur.md docs/tutorial-adviser.md docs/tutorial-researcher.md docs/export.md)
left_out=()
fail() { echo "error: $1"; exit 1; }

# kwb FILE: modelstad as CBS would publish it
kwb() {
    awk -F, 'NR == 1 {
        n = split("code gwb_code,name regio,gemeente_name gm_naam,persons a_inw,men a_man,women a_vrouw,age_00_14 a_00_14,age_15_24 a_15_24,age_25_44 a_25_44," \
            "age_45_64 a_45_64,age_65_plus a_65_oo,origin_nl a_nl_all,origin_europe a_eur_al,origin_outside_europe a_neu_al,households a_hh," \
            "households_one_person a_1p_hh,households_without_children a_hh_z_k,households_with_children a_hh_m_k,dwellings a_woning,woz_eur g_wozbag," \
            "share_single_family p_1gezw,share_vacant p_leegsw,share_owner p_koopw,share_corporatie p_wcorpw,share_private_rent p_ov_hw," \
            "share_built_since_2000 p_bjo2k,bijstand a_soz_wb,ao a_soz_ao,ww a_soz_ww,income_per_person_eur g_ink_pi,area_ha a_lan_ha,address_density ste_oad", pair, ",")
        for (i = 1; i <= NF; i++) at[$i] = i
        line = "recs"
        for (i = 1; i <= n; i++) { split(pair[i], names, " "); from[i] = at[names[1]]; to[i] = names[2]; line = line ";" to[i] }
        print line; next }
    { line = "Buurt"
      for (i = 1; i <= n; i++) {
          value = $from[i]
          if (to[i] ~ /^p_/) value = sprintf("%.0f", 100 * value)
          if (to[i] == "g_wozbag") value = sprintf("%.0f", value / 1000)
          if (to[i] == "g_ink_pi") value = sprintf("%.1f", value / 1000)
          if (to[i] ~ /^a_/ && to[i] != "a_lan_ha") total[i] += value
          line = line ";" value }
      rows = rows line "\n" }
    END {
        line = "Gemeente"
        for (i = 1; i <= n; i++) line = line ";" (to[i] == "gwb_code" ? "GM9901" : to[i] == "regio" || to[i] == "gm_naam" ? "Modelstad" : i in total ? total[i] : ".")
        printf "%s\n%s", line, rows }' scenarios/cities/modelstad/buurten.csv >"$1"
}

# blocks PAGE DIR: DIR/01.sh, 02.cfg ... in order; first line of a cfg is its name
blocks() {
    awk -v dir="$2" '
        /^```/ && inside { close(file); inside = 0; next }
        /^```/ {
            inside = 1; language = substr($1, 4)
            kind = language == "" ? "sh" : language == "r" ? "R" : language == "python" ? "py" : (language == "cfg" || language == "sql") && NF == 2 ? language : ""
            file = kind == "" ? "/dev/null" : sprintf("%s/%02d.%s", dir, ++n, kind)
            if (kind == "cfg") print $2 >file
            if (kind == "sql") print "-- " $2 >file
            next }
        inside { print >file }' "$1"
}

# packages FILE: the packages that a snippet of R names (package::function) and that are not there
packages() {
    local name
    for name in $(grep -oE '[A-Za-z][A-Za-z0-9.]*::' "$1" | tr -d : | sort -u); do
        "$rscript" --vanilla -e "quit(status = !requireNamespace('$name', quietly = TRUE))" >/dev/null 2>&1 || echo "$name"
    done
}

# ask DATABASE FILE: every statement of the file, which has to give rows
ask() {
    python3 - "$1" "$2" <<'ASK'
import pathlib, sqlite3, sys
if not pathlib.Path(sys.argv[1]).exists():
    sys.exit(f"{sys.argv[1]} is not there")
db = sqlite3.connect(sys.argv[1])
statement = ""
n = 0
for line in open(sys.argv[2], encoding="utf-8"):
    statement += line
    if not sqlite3.complete_statement(statement):
        continue
    rows = db.execute(statement).fetchall()
    print(len(rows), "rows, the first", rows[:1])
    if not rows:
        sys.exit(f"no rows:\n{statement}")
    n, statement = n + 1, ""
if n == 0 or statement.strip():
    sys.exit(f"no whole statement: {statement}")
ASK
}

# Few replications of few months, and the files that are there.
small() {
    sed -E 's/ -r (20|10)\b/ -r 3/g; s/ -t (120|60|36)\b/ -t 4/g; s/kwb-2023\.xlsx/kwb-2023.csv/g; s/--gemeente Utrecht/--gemeente Modelstad/g;
        s# ~/Downloads/[^ ]*\.gpkg##g; s#~/Downloads/buurtscore24\.csv##g' "$1"
}

rm -rf "$out"
mkdir -p "$out/home/Downloads"
kwb "$out/home/Downloads/kwb-2023.csv"
rscript=$(command -v Rscript || true)
[ -n "$rscript" ] || left_out+=("snippets in R: no Rscript here (r-base-core)")
python=$(command -v python3 || true)
[ -n "$python" ] || left_out+=("snippets in Python and SQL: no python3 here")
has_xlsx=yes
if "$bin/wijksim" export "$out" --to xlsx 2>&1 | grep -q libxlsxwriter; then
    has_xlsx=no
    left_out+=("export --to xlsx: a build without libxlsxwriter")
fi

for page in "${pages[@]}"; do
    name=$(basename "$page" .md)
    work=$out/$name
    mkdir -p "$work/build/release" "$work/.blocks"
    ln -s "$bin" "$work/build/release/bin"
    ln -s "$root/scenarios" "$root/scripts" "$work/"
    [ -x "$bin/wijksim-import" ] || { cp -r "$root/scenarios/cities/modelstad" "$work/utrecht"; left_out+=("import: no wijksim-import here (GDAL)"); }
    blocks "$page" "$work/.blocks"
    ran=0
    for block in "$work"/.blocks/*; do
        [ -e "$block" ] || fail "$page has no blocks"
        say=$work/.said
        status=0
        case "$block" in
        *.cfg) sed 1d "$block" | sed -E 's/replications = [0-9]+/replications = 2/; s/ticks = [0-9]+/ticks = 3/; s/trajectories = [0-9]+/trajectories = 2/' \
            >"$work/$(head -n 1 "$block")" ;;
        *.R)
            lacks=$([ -z "$rscript" ] || packages "$block")
            if [ -n "$lacks" ]; then
                left_out+=("$page: a snippet that needs packages of R which are not here: ${lacks//$'\n'/, }")
            elif [ -n "$rscript" ]; then
                (cd "$work" && "$rscript" --vanilla "$block") >"$say" 2>&1 || status=$?
            fi
            ;;
        *.sql) [ -z "$python" ] || (cd "$work" && ask "$(sed -n '1s/^-- //p' "$block")" "$block") >"$say" 2>&1 || status=$? ;;
        *.py) [ -z "$python" ] || (cd "$work" && "$python" "$block") >"$say" 2>&1 || status=$? ;;
        *.sh)
            small "$block" >"$block.small"
            [ -x "$bin/wijksim-import" ] || sed -i -E ':a; /\\$/{N; ba}; /wijksim import /d' "$block.small"
            [ "$has_xlsx" = yes ] || sed -i '/--to xlsx/d' "$block.small"
            (cd "$work" && HOME=$out/home bash -euo pipefail -c 'bin=build/release/bin; . "$1"' - "$block.small") >"$say" 2>&1 || status=$?
            ;;
        esac
        [ "$status" -eq 0 ] || { cat "$block" "$say"; fail "$page: this block ends with exit code $status"; }
        ran=$((ran + 1))
    done
    echo "$page: $ran blocks"
done

# memo PAGE LANG: the tables of the page are those of the program, and its text quotes only them.
memo() {
    local page=$1 lang=$2 numbers='[0-9]+\.[0-9]+'
    [ "$lang" = en ] || numbers='[0-9]+,[0-9]+'
    diff <(sed -n '/<!-- memo table -->/,/<!-- memo end -->/p' "$page" | grep '^|') <("$root/scripts/memo.sh" --lang "$lang" "$out/memo" | grep '^|') ||
        fail "$page: the tables of the worked memo are not those of its commands; paste what scripts/memo.sh --lang $lang gives"
    while read -r number; do
        sed -n '/<!-- memo table -->/,/<!-- memo end -->/p' "$page" | grep -qE "(^|[^0-9])${number//./\\.}([^0-9]|$)" || fail "$page: the memo quotes $number, which its tables do not have"
    done < <(sed -n '/<!-- memo prose -->/,/<!-- memo end -->/p' "$page" | grep -oE "$numbers" | sort -u)
}
if [ $# -le 2 ]; then
    "$bin/wijksim" compare scenarios/00_reference.cfg scenarios/01_cap.cfg scenarios/02_loting.cfg -r 10 -t 36 -q -o "$out/memo" >/dev/null
    # What else the memos say: the ceiling is met in no whole year of any replication.
    awk -F, '$5 == "spreiding.cap_share" && $8 != "" { n++; met += $8 != "no" } END { exit !(n > 0 && met == 0) }' "$out/memo/plafond/compliance.csv" ||
        fail "the worked memos say that the ceiling is never kept; compliance.csv says otherwise"
    memo docs/les-beleidsadviseur.md nl
    memo docs/tutorial-adviser.md en
    echo "memos: as their tables"
fi
if [ ${#left_out[@]} -gt 0 ]; then
    echo "left out:"
    printf '  %s\n' "${left_out[@]}" | sort -u
    exit 77
fi
