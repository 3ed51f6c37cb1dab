#!/usr/bin/env bash
# Holds the code to its layers (docs/decisions/0001): every folder of src/ includes only folders that its library links in CMakeLists.txt,
# processes do not include each other, and each third-party library is known to the files named below only.
#   scripts/check-layers.sh [FOLDER]     another tree than this one (the test of this script uses it)
set -euo pipefail
cd "${1:-$(dirname "$0")/..}"

# header (as included)          files that may include it
third_party='
libconfig\.h                    src/base/config\.c
omp\.h                          src/base/par\.c
Random123/.*                    src/base/rng\.[ch]
jansson\.h                      src/base/json\.c
csv\.h                          src/base/csv\.c
sodium(/.*)?\.h                 src/base/(file|pseudonym)\.c
zstd\.h                         src/output/checkpoint\.c
xxhash\.h                       src/output/checkpoint\.c
sqlite3\.h                      src/(city/geometry|city/geopackage(_format)?|output/geopackage|export/database)\.c
xlsxwriter\.h                   src/export/workbook\.c
geos_c\.h                       src/(city/geometry|output/geopackage|import/.*)\.c
(gdal|ogr|cpl)[a-z_]*\.h        src/import/.*\.c
gsl/.*                          src/(num/.*|design/.*|fit/.*|base/rng_gsl)\.[ch]
nlopt\.h                        src/fit/search\.c
'
processes='demography livelihood arrivals stock search allocation market departures neighbourhood relocation'

mapfile -t sources < <(find src -name '*.[ch]' | LC_ALL=C sort)
awk -v third_party="$third_party" -v processes="$processes" '
function problem(text) { printf "%s:%d: error: %s\n", FILENAME, FNR, text; failed = 1 }
function process_of(file,   i) {
    for (i = 1; i <= n_processes; i++) if (file == process[i] || index(file, process[i] "_") == 1) return process[i]
    return ""
}
BEGIN {
    n_processes = split(processes, process, " ")
    n_lines = split(third_party, line, "\n")
    for (i = 1; i <= n_lines; i++) if (split(line[i], field, " ") == 2) { header[++n_headers] = "^" field[1] "$"; allowed[n_headers] = "^" field[2] "$" }
}
# CMakeLists.txt comes first: wks_library(folder LINKS a b PACKAGES ...), wks_program(name FOLDER folder LINKS a b ...)
FILENAME == "CMakeLists.txt" {
    sub(/#.*/, ""); gsub(/\)/, "")
    if (match($0, /wks_(library|program)\(/) == 0) next
    n = split(substr($0, RSTART + RLENGTH), word, " ")
    folder = word[1]; part = ""
    for (i = 2; i <= n; i++) {
        if (word[i] ~ /^(FOLDER|LINKS|PACKAGES)$/) part = word[i]
        else if (part == "FOLDER") folder = word[i]
        else if (part == "LINKS") links[folder, word[i]] = 1
    }
    known[folder] = 1; links[folder, folder] = 1; n_folders++
    next
}
FNR == 1 {
    split(FILENAME, part_of, "/"); folder = part_of[2]
    stem = part_of[3]; sub(/\..*/, "", stem)
    if (!(folder in known)) problem("folder src/" folder " is not in CMakeLists.txt")
}
/^[ \t]*#[ \t]*include[ \t]*"/ {
    name = $0; sub(/^[^"]*"/, "", name); sub(/".*/, "", name); n_includes++
    # Headers that CMake generates lie in no folder.
    if (split(name, path, "/") < 2) {
        if (name !~ /^(report_assets|version)\.h$/) problem("include \"" name "\" names no folder; write \"" folder "/" name "\"")
        next
    }
    if (!((folder, path[1]) in links)) problem(folder " may not include " name "; CMakeLists.txt does not link it to " path[1])
    other = path[2]; sub(/\..*/, "", other)
    if (folder == "process" && path[1] == "process" && process_of(stem) != "" && process_of(other) != "" && process_of(stem) != process_of(other))
        problem("process " process_of(stem) " includes process " process_of(other) "; they meet in the tables of world")
}
/^[ \t]*#[ \t]*include[ \t]*</ {
    name = $0; sub(/^[^<]*</, "", name); sub(/>.*/, "", name)
    for (i = 1; i <= n_headers; i++)
        if (name ~ header[i] && FILENAME !~ allowed[i]) problem("<" name "> belongs in " substr(allowed[i], 2, length(allowed[i]) - 2) " only")
}
/^[ \t]*#[ \t]*pragma[ \t]+omp/ && FILENAME != "src/base/par.c" { problem("OpenMP belongs in src/base/par.c only") }
/^[ \t]*#[ \t]*pragma[ \t]+omp.*reduction/ { problem("a reduction adds in an order that depends on the threads") }
END {
    if (n_folders == 0) { print "CMakeLists.txt: error: no wks_library found"; failed = 1 }
    if (!failed) printf "layers: %d folders, %d includes, all allowed\n", n_folders, n_includes
    exit failed
}
' CMakeLists.txt "${sources[@]}"
