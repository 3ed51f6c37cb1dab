#!/usr/bin/env python3
"""The section of scripts/validate/98_pairing.sh: variance of paired differences against independent ones, and households that live the same life.

    pairing.py FOLDER REPLICATIONS MONTHS LEVER...
"""
import csv
import math
import os
import sys

AREA = "WK990104"  # what the levers aim at
TICKS = (12, 24, 60, 120)
OUTCOMES = (
    ("D of benefit, buurten", ("D", "uitkering", "buurt")),
    ("D of vulnerable, buurten", ("D", "kwetsbaar", "buurt")),
    ("mean wait at letting, everybody", ("wait_mean_months", "", "")),
    ("mean wait at letting, families", ("wait_mean_months", "gezinnen", "")),
    ("mean wait at letting, benefit", ("wait_mean_months", "uitkering", "")),
    ("households on a benefit", ("households", "uitkering", "")),
    ("leefbaarheid of the area", ("area", "leefbaarheid", "")),
)


def read_run(folder):
    """{outcome: {(tick, replication): value}}"""
    wanted = {key for _, key in OUTCOMES}
    out = {key: {} for key in wanted}
    with open(os.path.join(folder, "city.csv"), encoding="utf-8") as file:
        for row in csv.DictReader(file):
            key = (row["indicator"], row["group"], row["scale"])
            if key in wanted and row["value"]:
                out[key][int(row["tick"]), int(row["replication"])] = float(row["value"])
    with open(os.path.join(folder, "buurt.csv"), encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["level"] == "wijk" and row["area"] == AREA and row["indicator"] == "leefbaarheid" and row["value"]:
                out["area", "leefbaarheid", ""][int(row["tick"]), int(row["replication"])] = float(row["value"])
    return out


def variance(values):
    mean = math.fsum(values) / len(values)
    return math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1)


def gain(a, b, other, tick):
    """(formula, with runs of another seed, n): variance of the difference of independent runs over that of pairs; None without ten pairs."""
    numbers = sorted(r for t, r in a if t == tick and (t, r) in b)
    if len(numbers) < 10:
        return None
    left, right = [a[tick, r] for r in numbers], [b[tick, r] for r in numbers]
    paired = variance([y - x for x, y in zip(left, right)])
    formula = variance(left) + variance(right)
    apart = [other[tick, r] - a[tick, r] for r in numbers if (tick, r) in other]
    if paired <= 1e-18 * max(formula, 1e-300):
        return math.inf, math.inf, len(numbers)
    return formula / paired, variance(apart) / paired if len(apart) >= 10 else math.nan, len(numbers)


def text(value):
    return "always equal" if math.isinf(value) else "-" if math.isnan(value) else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def print_gains(folder, months, levers):
    best, logs = 0.0, []
    nothing = read_run(os.path.join(folder, "nothing"))
    ticks = [tick for tick in TICKS if tick <= months]
    print("| lever | outcome | " + " | ".join(f"{tick} months" for tick in ticks) + " |")
    print("|---" * (2 + len(ticks)) + "|")
    for lever in levers:
        run, other = read_run(os.path.join(folder, lever)), read_run(os.path.join(folder, "other_" + lever))
        for name, key in OUTCOMES:
            cells = []
            for tick in ticks:
                found = gain(nothing[key], run[key], other[key], tick)
                cells.append("too few" if found is None else f"{text(found[0])} ({text(found[1])})")
                if found is not None and not math.isinf(found[0]):
                    best = max(best, found[0])
                    if not math.isnan(found[1]):
                        logs.append(math.log(found[1] / found[0]))
            print(f"| {lever} | {name} | " + " | ".join(cells) + " |")
    mean = math.exp(math.fsum(logs) / len(logs)) if logs else math.nan
    return best, mean


def print_lives(folder, levers):
    """Shares of households with the same life; returns whether the scenario against itself was equal everywhere."""
    share, equal = {}, True
    with open(os.path.join(folder, "lives", "untouched.csv"), encoding="utf-8") as file:
        for row in csv.DictReader(file):
            share[row["scenario"], row["area"], int(row["tick"])] = (row["share_identical"], row["only_reference"])
            if row["scenario"] == "again":
                equal = equal and row["identical"] == row["households"] and row["only_reference"] == row["only_scenario"] == "0"
    with open(os.path.join(folder, "lives", "contrasts.csv"), encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["scenario"] == "again" and row["mean_difference"] and float(row["mean_difference"]) != 0:
                equal = False
    ticks = [tick for tick in TICKS if ("again", "", tick) in share]
    print("| lever | area | " + " | ".join(f"{tick} months" for tick in ticks) + " |")
    print("|---" * (2 + len(ticks)) + "|")
    for lever in ["again", *levers]:
        for area in ("", "inside", "outside"):
            if (lever, area, ticks[0]) in share:
                cells = " | ".join(f"{100 * float(share[lever, area, tick][0]):.1f} %" for tick in ticks)
                print(f"| {'nothing against itself' if lever == 'again' else lever} | {area or 'city'} | {cells} |")
    return equal


def print_two(folder):
    is_first = True
    for name, words in (("two", "as it is"), ("two_no_market", "nobody looks at the market"), ("two_all_seen", "seekers see 64 vacancies of a kind, not 5"),
                        ("two_no_lots", "every private landlord takes the highest income"), ("two_rounds", "eight market rounds a month, not two")):
        with open(os.path.join(folder, name, "untouched.csv"), encoding="utf-8") as file:
            rows = [row for row in csv.DictReader(file) if row["area"] == "" and row["tick"] != "0"]
        cells = [f"{100 * float(row['share_identical']):.1f} %" for row in rows]
        if is_first:
            print("| two homes demolished | " + " | ".join(f"{row['tick']} months" for row in rows) + " |\n" + "|---" * (len(rows) + 1) + "|")
        is_first = False
        print(f"| {words} | " + " | ".join(cells) + " |")


def main():
    folder, replications, months, *levers = sys.argv[1:]
    print(f"""## Pairing

Question: how much smaller is the variance of a difference over pairs (same seed, draws by event) than over independent runs, and how long do households live the same life under both? Modelstad,
{replications} pairs, each lever against `00_nothing`; no target was set per cell. First number: (var a + var b) / var(b - a); in brackets with b of another seed, var(b' - a) / var(b - a), which is what the first
estimates. With 30 pairs a ratio is known to within a factor of about two. Waits are means over the lettings of a year; the area is {AREA}.
""")
    best, identity = print_gains(folder, int(months), levers)
    print(f"""
Formula against real independent seeds: the ratios in brackets over those before them are {text(identity)} in (geometric) mean. Largest gain with a difference: {text(best)}.

Share of households that have lived the same life so far (`untouched.csv`, two pairs):
""")
    equal = print_lives(folder, levers)
    print("\nWhat two homes of 31,000 do to the lives of all, and through what (four pairs):\n")
    print_two(folder)
    print(f"\nA scenario against itself: {'exactly equal in every number and every household' if equal else 'NOT equal'}.")
    print("\nWhy it falls with time: [pairing.md](pairing.md).")
    return 0 if equal and best >= 10 else 1


sys.exit(main())
