#!/usr/bin/env python3
"""The table of scripts/validate/94_levers.sh out of its runs.

    levers.py FOLDER MONTHS DRAWS THEORIES LEVER.cfg...      THEORIES: words in one argument, may be empty

FOLDER has T1, draw1 ..., and a folder a theory, in each a run folder a lever and 00_nothing. Ends with 1 when a lever acts on nothing that it names.
"""
import csv
import math
import os
import re
import sys

WHY = re.compile(r"^// Why: ([\w:@]+): ", re.M)
CLAIM = re.compile(r"^// Acts on: (\w+)(?::(\w+))?(?:@(\w+))? ([-+?])$", re.M)
# 97.5 % points of Student's t for 1 to 30 degrees of freedom; beyond, the normal distribution's with a correction of first order.
T = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
     2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042)


def t_point(freedom):
    return T[freedom - 1] if freedom <= len(T) else 1.96 + 2.4 / freedom


def values(folder, tick, wanted):
    """{claim: {replication: value}} of a run folder; None when there is none."""
    out = {}
    for name in ("city.csv", "buurt.csv"):
        path = os.path.join(folder, name)
        if not os.path.exists(path):
            return None
        with open(path, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                key = (row["indicator"], row["group"], row.get("area", ""))
                if key in wanted and row["tick"] == tick and not row.get("scale") and row["value"] != "":
                    out.setdefault(key, {})[row["replication"]] = float(row["value"])
    return out


def difference(reference, run, key):
    """Mean, half width and number of pairs."""
    if reference is None or run is None or key not in reference or key not in run:
        return None
    d = [run[key][r] - v for r, v in reference[key].items() if r in run[key]]
    if not d:
        return None
    mean = math.fsum(d) / len(d)
    if len(d) < 2:
        return mean, math.inf, len(d)
    sd = math.sqrt(math.fsum((x - mean) ** 2 for x in d) / (len(d) - 1))
    return mean, t_point(len(d) - 1) * sd / math.sqrt(len(d)), len(d)


def label(key):
    """A claim as it is written: indicator:group@area."""
    return key[0] + (":" + key[1] if key[1] else "") + ("@" + key[2] if key[2] else "")


def sign(x):
    return "+" if x > 0 else "-" if x < 0 else "0"


def verdict(expected, mean, half):
    if mean == 0 and half == 0:
        return "exactly nothing"
    if abs(mean) <= half:
        return "no detectable effect"
    if expected == "?":
        return "up" if mean > 0 else "down"
    return "as expected" if sign(mean) == expected else "**other sign**"


def main():
    root, tick, n_draws, theories, files = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4].split(), sys.argv[5:]
    claims, reasons = {}, {}
    for path in files:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        lever = os.path.basename(path)[:-4]
        claims[lever] = [((i, g, a), s) for i, g, a, s in CLAIM.findall(text)]
        reasons[lever] = set(WHY.findall(text))
    wanted = {key for own in claims.values() for key, _ in own}
    sets = ["T1"] + ["draw%d" % d for d in range(1, n_draws + 1)] + theories
    nothing = {s: values(os.path.join(root, s, "00_nothing"), tick, wanted) for s in sets}
    print("| lever | acts on | expected | doing nothing | difference | 95 %% interval | sign holds in draws | %sverdict |" % "".join(t + " | " for t in theories))
    print("|---|---|---|---|---|---|---|%s---|" % ("---|" * len(theories)))
    idle = []
    count = {}
    for lever, own in claims.items():
        runs = {s: values(os.path.join(root, s, lever), tick, wanted) for s in sets}
        acts = False
        for key, expected in own:
            found = difference(nothing["T1"], runs["T1"], key)
            name = label(key)
            if found is None:
                print("| %s | %s | %s | not defined | | | | %s |" % (lever, name, expected, " | " * len(theories)))
                continue
            mean, half, _ = found
            base = nothing["T1"][key]
            acts = acts or any(runs["T1"][key][r] != base[r] for r in base if r in runs["T1"][key])
            drawn = [difference(nothing[s], runs[s], key) for s in sets if s.startswith("draw")]
            drawn = [d for d in drawn if d is not None]
            holds = sum(sign(d[0]) == sign(mean) for d in drawn)
            others = []
            for t in theories:
                d = difference(nothing[t], runs[t], key)
                others.append("" if d is None else "%+.3g (%.2g)" % (d[0], d[1]))
            word = verdict(expected, mean, half)
            count[word.strip("*")] = count.get(word.strip("*"), 0) + 1
            if word == "no detectable effect":
                word += ", smallest %.2g" % half
            if word.startswith(("no detectable", "**")):
                word += "; why: below" if name in reasons[lever] else "; why: not looked into"
            print("| %s | %s | %s | %.4g | %+.3g | %+.3g to %+.3g | %d of %d | %s%s |" % (
                lever, name, expected, math.fsum(base.values()) / len(base), mean, mean - half, mean + half, holds, len(drawn),
                "".join(o + " | " for o in others), word))
        if not acts:
            idle.append(lever)
    print("\n%s." % "; ".join("%d %s" % (n, word) for word, n in sorted(count.items(), key=lambda x: -x[1])).capitalize())
    if theories:
        print("Columns %s: the same under these theories, half width of the interval in brackets, fewer replications; for levers that name leefbaarheid." % ", ".join(theories))
    if idle:
        print("Act on nothing that they name: %s." % ", ".join(idle))
    sys.exit(1 if idle or "other sign" in count else 0)


if __name__ == "__main__":
    main()
