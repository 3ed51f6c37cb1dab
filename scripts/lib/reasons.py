#!/usr/bin/env python3
"""Reasons why a lever shows no effect where it names one (or the other sign), each checked by runs: for scripts/validate/95_reasons.sh.

    reasons.py FOLDER REPLICATIONS LEVER.cfg...      $WIJKSIM_BIN: folder of the program; $WIJKSIM_JOBS: runs side by side (default: processors)

In the first comment of a lever, after its claims:
    // Why: lettings:uitkering: the reason, in one line or more
    //   (further lines begin so)
    // Check: WHAT[/WHAT] SIGN [months=24] [reference=lever] [KEY=VALUE...]
A check compares lever and doing nothing by what it names (indicator:group@area; a ratio with /) after so many months, with the keys set: keys of `processes` in
both, others in the lever only; with reference=lever the other side is the lever without the keys. SIGN is + or - (the interval must lie on that side of 0), or
0 (the interval must have 0 in it). Ends with 1 when a check fails, a claim has no check, or a Why names what the file does not claim.
"""
import concurrent.futures
import csv
import hashlib
import math
import os
import re
import subprocess
import sys

sys.dont_write_bytecode = True  # no __pycache__ in the tree
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import levers  # noqa: E402

WHY = re.compile(r"^// Why: ([\w:@]+): (.+(?:\n//   .+)*)$", re.M)
CHECK = re.compile(r"^// Check: (\S+) ([-+0])((?: \S+=\S+)*)$", re.M)
FEW = ("output.city_every=12", "output.buurt_every=12", "output.lettings=false", "output.monitor=false")
NOTHING = "scenarios/levers/00_nothing.cfg"


def read(path):
    """[(claim, reason, [(what, sign, months, on_lever, sets)])] of a lever file."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    claims = {levers.label((i, g, a)) for i, g, a, _ in levers.CLAIM.findall(text)}
    out = []
    for m in list(WHY.finditer(text)):
        if m[1] not in claims:
            sys.exit("reasons: %s claims no %s" % (path, m[1]))
        rest = text[m.end():]
        following = WHY.search(rest)
        checks = []
        for c in CHECK.finditer(rest[: following.start()] if following else rest):
            words = c[3].split()
            months = [int(w[7:]) for w in words if w.startswith("months=")]
            sets = tuple(w for w in words if not w.startswith(("months=", "reference=")))
            checks.append((c[1], c[2], months[0] if months else 24, "reference=lever" in words, sets))
        if not checks:
            sys.exit("reasons: %s: no check of the reason for %s" % (path, m[1]))
        out.append((m[1], re.sub(r"\n//   *", " ", m[2]), checks))
    return out


def sides(path, check):
    """The two runs of a check: (scenario, sets) each, doing nothing or the plain lever first."""
    _, _, _, on_lever, sets = check
    if on_lever:
        return (path, ()), (path, sets)
    return (NOTHING, tuple(s for s in sets if s.startswith("processes."))), (path, sets)


def folder_of(root, run):
    scenario, sets = run
    name = os.path.basename(scenario)[:-4]
    return os.path.join(root, name + ("-" + hashlib.sha256(" ".join(sets).encode()).hexdigest()[:8] if sets else ""))


def perform(root, replications, run, months):
    folder = folder_of(root, run)
    if os.path.exists(os.path.join(folder, "done-%d-%d" % (months, replications))):
        return
    command = [os.path.join(os.environ["WIJKSIM_BIN"], "wijksim"), "run", run[0], "-o", folder, "-t", str(months), "-r", str(replications), "-j", "1", "-q", "--force"]
    for s in FEW + run[1]:
        command += ["--set", s]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    open(os.path.join(folder, "done-%d-%d" % (months, replications)), "w").close()


def table(folder, cache={}):
    """{(label, tick): {replication: value}} of a run folder."""
    if folder not in cache:
        out = cache[folder] = {}
        for name in ("city.csv", "buurt.csv"):
            with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    if row["value"] != "" and not row.get("scale"):
                        key = levers.label((row["indicator"], row["group"], row.get("area", "")))
                        out.setdefault((key, int(row["tick"])), {})[row["replication"]] = float(row["value"])
    return cache[folder]


def values(folder, what, tick):
    over = [table(folder).get((part, tick), {}) for part in what.split("/")]
    if len(over) == 1:
        return over[0]
    return {r: v / over[1][r] for r, v in over[0].items() if over[1].get(r)}


def row(root, path, check):
    what, expected, months, on_lever, sets = check
    a, b = (values(folder_of(root, side), what, months) for side in sides(path, check))
    d = [b[r] - v for r, v in a.items() if r in b]
    if len(d) < 2:
        return False, "| `%s` | | | | not defined |" % what
    mean = math.fsum(d) / len(d)
    half = levers.t_point(len(d) - 1) * math.sqrt(math.fsum((x - mean) ** 2 for x in d) / (len(d) - 1) / len(d))
    found = "+" if mean - half > 0 else "-" if mean + half < 0 else "0"
    how = "%d months" % months + "".join(", `%s`" % s for s in sets) + (" (against the lever without)" if on_lever else "")
    return found == expected, "| `%s` %s | %s | %.4g | %+.3g (%+.3g to %+.3g) | %s |" % (
        what, "none" if expected == "0" else expected, how, math.fsum(a.values()) / len(a), mean, mean - half, mean + half, "yes" if found == expected else "**NO**")


def main():
    root, replications, files = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    reasons = [(path, own) for path, own in ((path, read(path)) for path in files) if own]
    longest = {}
    for path, own in reasons:
        for check in (c for _, _, checks in own for c in checks):
            for side in sides(path, check):
                longest[side] = max(longest.get(side, 0), check[2])
    print("reasons: %d runs" % len(longest), file=sys.stderr)
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("WIJKSIM_JOBS", os.cpu_count()))) as pool:
        for done in [pool.submit(perform, root, replications, run, months) for run, months in longest.items()]:
            done.result()
    failed = 0
    for path, own in reasons:
        for claim, reason, checks in own:
            print("**%s**, `%s`: %s\n" % (os.path.basename(path)[:-4], claim, reason))
            print("| check | how | other side | difference (95 % interval) | holds |\n|---|---|---|---|---|")
            for check in checks:
                holds, text = row(root, path, check)
                failed += not holds
                print(text)
            print()
    n = sum(len(own) for _, own in reasons)
    print("%d reasons; %s." % (n, "every check holds" if failed == 0 else "%d checks do NOT hold" % failed))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
