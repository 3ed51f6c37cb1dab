#!/usr/bin/env python3
"""Draws all assumption parameters of the processes at once, for studies that ask whether a sign holds.

    wijksim describe keys --assumptions --json | scripts/lib/draws.py DRAW [KEY...]

Prints the section `processes` of a scenario for draw number DRAW (the same on every machine). KEYs are left as they are, as are
switches, choices and what is off (default 0). The range is the one that the source of the parameter states ("; 0.1 to 0.5", "within 6 to 24");
where it states none, the default over and times 1.5 (1.1 where the source is "near CBS": births and deaths are known better), inside what the
program accepts. Values above 0 are drawn evenly on a logarithmic scale.
"""
import json
import math
import random
import re
import sys

PROCESSES = "demography livelihood arrivals stock search allocation market departures support encounter neighbourhood".split()
# Not the city's or people's ways, but the law's, the length of the run, or what the start of the city is fitted to.
FIXED = ("neighbourhood.theory", "allocation.reactions_per_round", "arrivals.student_month")
STATED = re.compile(r"(?:;|within|:|,) *(-?[0-9][0-9.]*) to (-?[0-9][0-9.]*)(?: |$|,|:|;)")


def bounds(parameter):
    value = float(parameter["default"])
    low, high = (float(x) for x in parameter["range"].replace(",", "").split(" to "))
    stated = STATED.search(parameter["source"])
    if stated:
        a, b = float(stated.group(1)), float(stated.group(2))
        if low <= a < b <= high and a <= value <= b:
            return a, b
    factor = 1.1 if "near CBS" in parameter["source"] or parameter["name"].startswith("fertility") else 1.5
    a, b = sorted((value / factor, value * factor))
    return max(a, low), min(b, high)


def main():
    draw, keep = int(sys.argv[1]), set(sys.argv[2:])
    section = {}
    for parameter in json.load(sys.stdin):
        key = parameter["owner"] + "." + parameter["name"]
        path = "processes." + key
        if parameter["owner"] not in PROCESSES or parameter["type"] not in ("number", "integer") or key in FIXED or path in keep:
            continue
        try:
            value = float(parameter["default"])
        except ValueError:
            continue
        if value == 0 or not parameter["range"]:
            continue
        low, high = bounds(parameter)
        u = random.Random("%d %s" % (draw, key)).random()
        x = low * math.exp(u * math.log(high / low)) if low > 0 else low + u * (high - low)
        text = "%d" % round(x) if parameter["type"] == "integer" else "%.6f" % x if abs(x) >= 0.001 else "%.12f" % x
        section.setdefault(parameter["owner"], []).append("    %s = %s;\n" % (parameter["name"], text))
    print("processes = {")
    for process, lines in section.items():
        print("  %s = {\n%s  };" % (process, "".join(lines)))
    print("};")


main()
