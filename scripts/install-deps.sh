#!/usr/bin/env bash
# Installs the Debian packages that building wijksim needs and are not there yet; nothing else, and without questions.
#   scripts/install-deps.sh            what building and running needs
#   scripts/install-deps.sh --tests    also what scripts/test.sh needs
#   WIJKSIM_WITHOUT="gdal xlsx npm chromium slurm libreoffice r" scripts/install-deps.sh    leaves those parts out
# When nothing is missing it does nothing and needs neither network nor root.
set -euo pipefail

usage() { sed -n '2,5s/^# \{0,1\}//p' "$0"; }

with_tests=no
for argument in "$@"; do
    case "$argument" in
        --tests) with_tests=yes ;;
        -h | --help) usage; exit 0 ;;
        *) echo "install-deps.sh: unknown argument '$argument'" >&2; usage >&2; exit 2 ;;
    esac
done

without() { case " ${WIJKSIM_WITHOUT:-} " in *" $1 "*) return 0 ;; *) return 1 ;; esac; }

# package, why (one a line)
wanted() {
    cat <<'LIST'
build-essential    C compiler, make and the C library's headers
cmake              configures the build
ninja-build        runs the build
pkg-config         finds the libraries below
git                writes the commit into the results' manifest
ca-certificates    lets git and npm check whom they talk to
libgsl-dev         statistics and distributions (GSL)
libnlopt-dev       calibration: searches for the best fit (NLopt)
libconfig-dev      reads scenarios
librandom123-dev   counter-based random numbers (Philox)
libcsv-dev         reads CSV
libjansson-dev     writes and reads JSON
libsqlite3-dev     GeoPackages
libgeos-dev        geometry: which buurten are neighbours
libsodium-dev      SHA-256 of inputs and states
libzstd-dev        packs checkpoints
libxxhash-dev      sums of checkpoints
LIST
    if ! without gdal; then
        echo 'libgdal-dev        reads xlsx and maps (wijksim-import)'
    fi
    if ! without xlsx; then
        echo 'libxlsxwriter-dev  writes xlsx (wijksim export)'
    fi
    if ! without npm && ! command -v npm >/dev/null; then
        # With a Node from elsewhere Debian's npm cannot be installed; then an npm is already there.
        echo 'nodejs             runs npm'
        echo 'npm                fetches the chart libraries of the report'
    fi
    [ "$with_tests" = yes ] || return 0
    cat <<'LIST'
libcmocka-dev      unit tests
clang              second compiler: the results must have the same bytes
libomp-dev         threads with clang
libclang-rt-14-dev thread sanitizer and fuzzing
clang-format       checks the layout of the code
valgrind           finds memory errors
sqlite3            tests look into GeoPackages
python3            independent recounts of results in tests
LIST
    if ! without gdal; then
        echo 'gdal-bin           opens exported sheets and maps in a test'
    fi
    if ! without libreoffice; then
        echo 'libreoffice-calc-nogui opens exported sheets in a test'
    fi
    if ! without r; then
        echo 'r-base-core        reads exported tables, runs the snippets of the lessons'
        echo 'r-cran-rsqlite     snippets on exported databases'
        without gdal || echo 'r-cran-sf          snippets on exported maps'
    fi
    if ! without slurm; then
        echo 'slurm-wlm          a cluster of this machine alone: arrays of parts in a test'
        echo 'munge              lets its daemons trust each other'
    fi
    if ! without chromium; then
        echo 'chromium           opens the report in a test'
        echo 'poppler-utils      reads the print of the report in a test (pdftotext)'
    fi
}

installed() { [ "$(dpkg-query -W -f='${db:Status-Abbrev}' "$1" 2>/dev/null | cut -c1-2)" = ii ]; }

if ! command -v dpkg-query >/dev/null; then
    echo "install-deps.sh: this is not Debian; install the equivalents of these packages yourself:" >&2
    wanted >&2
    exit 1
fi

missing=()
while read -r package why; do
    installed "$package" && continue
    [ ${#missing[@]} -gt 0 ] || echo "Missing Debian packages, to be installed now:"
    printf '  %-18s %s\n' "$package" "$why"
    missing+=("$package")
done <<<"$(wanted)"

if [ ${#missing[@]} -eq 0 ]; then
    echo "All needed Debian packages are there."
    exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "install-deps.sh: not root and no sudo; as root run: apt-get install --no-install-recommends ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300)

# The package lists of a fresh machine are empty; those of an old one may name versions that are gone: then refresh and try again.
for package in "${missing[@]}"; do
    if ! apt-cache policy "$package" | grep -q 'Candidate: [0-9]'; then
        "${apt[@]}" update
        break
    fi
done
if ! "${apt[@]}" install --no-install-recommends "${missing[@]}"; then
    "${apt[@]}" update
    "${apt[@]}" install --no-install-recommends "${missing[@]}"
fi
