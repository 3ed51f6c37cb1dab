#!/usr/bin/env python3
"""How time and memory grow with households and with active seekers.

Question: by which exponents do seconds of a month and bytes grow, and what would a billion household-years cost at that rate?
Source:   invented countries of several sizes (scripts/make-country.py) under the reference scenario, default tables written to disk; for
          seekers one size with several values of processes.search.start, the odds of beginning to look.
Result:   a table of medians, and the slope of the straight line through log(y) against log(x) (least squares), with its standard error.
          With --json FILE one JSON object a line too. Not a test: seconds depend on the machine.

Use: tests/bench/scaling.py [--program BIN] [--buurten 175,350,...] [--months N] [--runs N] [--threads N] [--regio] [--json FILE]
Seconds of a month are processor seconds of the process (user and system, all threads) of 1 + N months less those of 1 month, over N, so that
start and population fall away and other work on the machine hardly counts. Memory is peak_rss_mib of the manifest. Python 3.8 or later, standard library only.
"""
import argparse
import csv
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SEEKER_BUURTEN = 350
STARTS = (0.1, 0.3, 1.1, 3, 8)  # odds of beginning to look; 1.1 is the default


def slope(points):
    """Slope of log(y) against log(x) and its standard error (NaN with fewer than three points)."""
    x, y = [math.log(p[0]) for p in points], [math.log(p[1]) for p in points]
    n, mx, my = len(x), statistics.fmean(x), statistics.fmean(y)
    sxx = sum((a - mx) ** 2 for a in x)
    b = sum((a - mx) * (c - my) for a, c in zip(x, y)) / sxx
    rest = sum((c - my - b * (a - mx)) ** 2 for a, c in zip(x, y))
    return b, math.sqrt(rest / (n - 2) / sxx) if n > 2 else math.nan


def run_once(options, city, months, extra, out):
    command = [options.program, "run", os.path.join(ROOT, "scenarios/00_reference.cfg"), "--set", "city=" + city, "-t", str(months), "-r", "1",
               "-j", str(options.threads), "-q", "--progress", "none", "--force", "-o", out] + extra
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit("scaling.py: failed: " + " ".join(command))
    with open(os.path.join(out, "manifest.json"), encoding="utf-8") as f:
        return used.ru_utime + used.ru_stime, json.load(f)["peak_rss_mib"]


def mean_of(out, indicator):
    """Mean over the months after the first of an indicator of the whole city."""
    with open(os.path.join(out, "city.csv"), encoding="utf-8", newline="") as f:
        values = [float(r["value"]) for r in csv.DictReader(f)
                  if r["indicator"] == indicator and not r["group"] and r["value"] and int(r["tick"]) > 0]
    return statistics.fmean(values)


def measure(options, city, extra, out):
    month_s, peak = [], 0.0
    for _ in range(options.runs):
        short = run_once(options, city, 1, extra, out)
        long = run_once(options, city, 1 + options.months, extra, out)
        month_s.append((long[0] - short[0]) / options.months)
        peak = max(peak, long[1])
    return {"households": mean_of(out, "households"), "active": mean_of(out, "active"), "month_s": statistics.median(month_s), "peak_mib": peak}


def tell(rows, x, options):
    print(f"{'buurten':>8} {'start':>6} {'households':>11} {'active':>9} {'cpu s/month':>11} {'M hh-months/s':>14} {'peak MiB':>9}")
    for r in rows:
        print(f"{r['buurten']:>8} {r['start']:>6} {r['households']:>11.0f} {r['active']:>9.0f} {r['month_s']:>11.4f} "
              f"{r['households'] / r['month_s'] / 1e6:>14.2f} {r['peak_mib']:>9.0f}")
    for y in ("month_s", "peak_mib"):
        b, error = slope([(r[x], r[y]) for r in rows])
        print(f"{y} grows as {x}^{b:.3f} (standard error {error:.3f})")
        if options.json:
            with open(options.json, "a", encoding="utf-8") as f:
                f.write(json.dumps({"x": x, "y": y, "exponent": b, "standard_error": error, "rows": rows}) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=os.path.join(ROOT, "build/release/bin/wijksim"))
    parser.add_argument("--buurten", default="175,350,700,1400,2800", help="sizes of the country, of 14000")
    parser.add_argument("--months", type=int, default=11)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--regio", action="store_true", help="homes are looked for by gemeente, as in a folder of the whole country")
    parser.add_argument("--json", default="")
    options = parser.parse_args()
    sizes = [int(n) for n in options.buurten.split(",")]
    if len(sizes) < 2 or options.months < 1 or options.runs < 1:
        sys.exit("scaling.py: two sizes, one month and one run at least")
    with tempfile.TemporaryDirectory() as work:
        by_size, by_seekers, out = [], [], os.path.join(work, "out")
        cities = {}
        for n in sorted(set(sizes + [SEEKER_BUURTEN])):
            cities[n] = os.path.join(work, str(n))
            subprocess.run([os.path.join(ROOT, "scripts/make-country.py"), cities[n], str(n)], check=True, stdout=subprocess.DEVNULL)
            if options.regio:
                with open(os.path.join(cities[n], "city.cfg"), "a", encoding="utf-8") as f:
                    f.write('regio = "gemeente";\n')
        for n in sizes:
            by_size.append({"buurten": n, "start": 1.1, **measure(options, cities[n], [], out)})
        for start in STARTS:
            extra = ["--set", f"processes.search.start={start}"]
            by_seekers.append({"buurten": SEEKER_BUURTEN, "start": start, **measure(options, cities[SEEKER_BUURTEN], extra, out)})
        tell(by_size, "households", options)
        print()
        tell(by_seekers, "active", options)
    largest = by_size[-1]
    rate = largest["households"] / largest["month_s"]
    print(f"\na billion household-years at the rate of the largest ({rate / 1e6:.2f} M household-months per processor second): "
          f"{12e9 / rate / 3600:.1f} processor hours")


if __name__ == "__main__":
    main()
