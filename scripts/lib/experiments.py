#!/usr/bin/env python3
"""The section of scripts/validate/96_experiments.sh out of the runs of scripts/experiments.sh.

    experiments.py FOLDER EXPERIMENT...      EXPERIMENT: a folder of scenarios/experiments; FOLDER has EXPERIMENT and EXPERIMENT-ablation

In an experiment's files: // Expects: WHAT SIGN [imposed|fitted]; without a last word the outcome is emergent. Ends with 1 when an outcome has the other sign, when a
scenario has no contrast that it names, or when a file that "never binds" differs.
"""
import csv
import glob
import math
import os
import re
import sys

sys.dont_write_bytecode = True  # no __pycache__ in the tree
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import levers  # noqa: E402

EXPECTS = re.compile(r"^// Expects: (\S+) ([-+?])(?: (\w+))?$", re.M)
WISHES = ("left_city", "months_at_address", "only_reference", "only_scenario")  # may have been what the household wanted


def rows(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def contrasts(folder, cache={}):
    """{(scenario, theory, what): row} of the last month, and that month. The file may be hundreds of megabytes: only lines of that month are taken apart."""
    path = os.path.join(folder, "contrasts.csv")
    if folder in cache or not os.path.exists(path):
        return cache.get(folder, ({}, 0))
    with open(path, encoding="utf-8", newline="") as file:
        head = file.readline()
        last = max(int(line.split(",", 3)[2]) for line in file)
    out = {}
    with open(path, encoding="utf-8", newline="") as file:
        file.readline()
        own = (line for line in file if line.split(",", 3)[2] == str(last))
        for r in csv.DictReader(own, next(csv.reader([head]))):
            if r["scale"] in ("", "buurt"):
                out[r["scenario"], r["theory"] or "T1", levers.label((r["indicator"], r["group"], r["area"]))] = r
    cache[folder] = out, last
    return cache[folder]


def cell(r):
    if r is None or r["ci_low"] == "":
        return ""
    return "%+.3g (%+.3g to %+.3g)" % tuple(float(r[k]) for k in ("mean_difference", "ci_low", "ci_high"))


def found(r):
    low, high = float(r["ci_low"]), float(r["ci_high"])
    return "=" if low == high == 0 else "+" if low > 0 else "-" if high < 0 else "0"


def verdict(expected, r):
    if r is None or r["ci_low"] == "":
        return "not defined"
    f = found(r)
    if f == "=":
        return "exactly nothing"
    if f == "0":
        return "not seen"
    if expected == "?":
        return "up" if f == "+" else "down"
    return "pass" if f == expected else "FAIL"


class Scenario:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.text = file.read()
        self.file = os.path.basename(path)[:-4]
        self.name = re.search(r'^name = "(.*)";$', self.text, re.M)[1]
        self.expects = [(w, s, k or "emergent") for w, s, k in EXPECTS.findall(self.text)]
        self.question = re.sub(r"\n// *", " ", re.search(r"^// Question: ((?:.|\n)*?)\n// Source", self.text)[1])

    def source(self):
        head = self.text[: self.text.index("\nbase = ")]
        return ", ".join(dict.fromkeys(r for group in re.findall(r"\[([SD]\d[^\]]*)\]", head) for r in group.split(", "))) or "assumption"


def claims_table(scenarios, found_in, theories):
    """Prints; returns (verdicts, failed)."""
    count, failed = {}, False
    print("| scenario | outcome | expected | kind | source | reference | %s | verdict |" % " | ".join(theories))
    print("|---|---|---|---|---|---|%s---|" % ("---|" * len(theories)))
    reference = scenarios[0].source()
    for s in scenarios[1:]:
        source = s.source() if s.source() != "assumption" else reference
        for what, sign, kind in s.expects:
            over = [found_in.get((s.name, t, what)) for t in theories]
            main = over[theories.index("T1")]
            word = verdict(sign, main)
            if word in ("not defined", "FAIL") or ("never_binds" in s.file and word != "exactly nothing"):
                failed = True
            count[word] = count.get(word, 0) + 1
            signs = {found(r) for r in over if r is not None and r["ci_low"] != ""} - {"0", "="}
            if len(signs) > 1:
                word += ", theories differ"
            print("| %s | `%s` | %s | %s | %s | %s | %s | %s |" % (s.file, what, sign, kind, source, "" if main is None else "%.4g" % float(main["mean_reference"] or "nan"),
                                                            " | ".join(cell(r) for r in over), word))
    return count, failed


def ablation_table(scenarios, found_in, without, text):
    if not without:
        return
    print("\nWithout the mechanism (T1; %s):\n\n| scenario | outcome | as it is | without |\n|---|---|---|---|" % text)
    for s in scenarios[1:]:
        for what, _, _ in s.expects:
            print("| %s | `%s` | %s | %s |" % (s.file, what, cell(found_in.get((s.name, "T1", what))), cell(without.get((s.name, "T1", what)))))


def losers(scenarios, folder):
    worst = []
    for s in scenarios[1:]:
        own = [r for r in rows(os.path.join(folder, "losers.csv")) if r["scenario"] == s.name and (r["theory"] or "T1") == "T1" and r["outcome"] not in WISHES and int(r["n"]) >= 100]
        own.sort(key=lambda r: (int(r["worse"]) - int(r["better"])) / int(r["n"]), reverse=True)
        told = ["%s, `%s`: %.1f %% worse, %.1f %% better" % (r["group"] or "everybody", r["outcome"], 100 * int(r["worse"]) / int(r["n"]), 100 * int(r["better"]) / int(r["n"]))
                for r in own[:2] if int(r["worse"]) > int(r["better"])]
        worst.append("| %s | %s |" % (s.file, "; ".join(told) or "none"))
    print("\nWho loses most (the same households under both, T1; largest surplus of worse over better):\n\n| scenario | group and outcome |\n|---|---|\n%s" % "\n".join(worst))


def breakeven(scenarios, folder):
    over = [r for r in rows(os.path.join(folder, "breakeven.csv")) if r["indicator"] == "leefbaarheid"]
    if not over:
        return
    file_of = {s.name: s.file for s in scenarios}
    count = {}
    for r in over:
        count[r["verdict"]] = count.get(r["verdict"], 0) + 1
    print("\nOrder of the scenarios by the city's leefbaarheid, T0 to T2: %s (pairs of scenarios)." % "; ".join("%d %s" % (n, v) for v, n in sorted(count.items())))
    if "08_" not in folder:
        return
    print("\n| pair (second less first) | T0 | T1 | T2 | break-even, of T2 | verdict |\n|---|---|---|---|---|---|")
    for r in over:
        at = "-" if r["breakeven"] == "" else "%.0f %%" % (100 * float(r["breakeven"]) / float(r["strength_t2"]))
        print("| %s, %s | %s | %s | %s | %s | %s |" % (file_of.get(r["scenario_a"], r["scenario_a"]), file_of.get(r["scenario_b"], r["scenario_b"]),
                                                    *("%+.5f" % float(r["difference_" + t]) for t in ("t0", "t1", "t2")), at, r["verdict"]))


def score(folder, tick, area):
    """{replication: leefbaarheid} of a run folder at a tick; area "" for the city."""
    path = os.path.join(folder, "buurt.csv" if area else "city.csv")
    out = {}
    with open(path, encoding="utf-8", newline="") as file:
        head = next(csv.reader([file.readline()]))
        for line in file:
            if ",leefbaarheid," in line and ",%d," % tick in line:
                r = dict(zip(head, next(csv.reader([line]))))
                if r["indicator"] == "leefbaarheid" and r["tick"] == str(tick) and r["group"] == "" and r.get("area", "") == area and not r.get("scale"):
                    out[r["replication"]] = float(r["value"])
    return out


def sides(scenarios, folder, theories, tick):
    """Experiment 8 in a table: all on spreading less all on support, with and without what renewal and enforcement are given."""
    name = {s.file: s.name for s in scenarios}
    print("\nAll on spreading less all on support, leefbaarheid (+: spreading does more):\n\n| where | gains | %s |\n|---|---|%s" % (" | ".join(theories), "---|" * len(theories)))
    for area in ("WK990104", ""):
        for gains, a, b in (("as assumed", "1_spread_000", "5_spread_100"), ("none by itself", "9_support_plain", "9_spread_plain")):
            cells = []
            for t in theories:
                x, y = (score(os.path.join(folder, t, name[f]), tick, area) for f in (a, b))
                d = [y[r] - v for r, v in x.items() if r in y]
                mean = math.fsum(d) / len(d)
                half = levers.t_point(len(d) - 1) * math.sqrt(math.fsum((v - mean) ** 2 for v in d) / (len(d) - 1) / len(d))
                cells.append("%+.4f (%+.4f to %+.4f)" % (mean, mean - half, mean + half))
            print("| %s | %s | %s |" % (area or "city", gains, " | ".join(cells)))


def payers(scenarios, folder):
    """EUR a year by payer and what corporaties order on their own account, more than the reference, T1."""
    items = ("building", "demolition", "relocation", "sales", "rent")
    owners = ("gemeente", "corporaties", "rijk", "zorg")
    mean = {}
    for s in scenarios:
        total, years = {}, set()
        for r in rows(os.path.join(folder, "T1", s.name, "budget.csv")):
            if r["amount"] == "":
                continue
            key = None
            if r["measured_in"] == "EUR" and r["owner"] in owners and r["item"] in ("total", "pool", "care"):
                key, sign = r["owner"], -1 if r["item"] != "total" else 1
            elif r["measured_in"] == "EUR" and r["owner"] == "" and r["item"] in items:
                key, sign = r["item"], 1
            if key:
                total[key] = total.get(key, 0.0) + sign * float(r["amount"])
            years.add((r["replication"], r["year"]))
        runs = len({x for x, _ in years})
        months = contrasts(folder)[1]
        mean[s.file] = {k: v / runs / (months / 12) for k, v in total.items()} if runs else {}
    base = mean[scenarios[0].file]
    print("\nMoney by who pays, EUR 1,000 a year more than doing nothing (`budget.csv`, T1, mean of the run; social programmes less pool and care), and beside it what corporaties spend and earn")
    print("on their own account. The programme money is held equal; the own account is not.\n\n| scenario | %s | %s | %s |\n|---|%s" % (
        " | ".join(owners), "programme in all", " | ".join("own: " + i for i in items), "---|" * (len(owners) + 1 + len(items))))
    for s in scenarios[1:]:
        d = {k: mean[s.file].get(k, 0) - base.get(k, 0) for k in owners + items}
        sums = [0.0 - d[o] for o in owners]
        print("| %s | %s | %.0f | %s |" % (s.file, " | ".join("%.0f" % (x / 1000 + 0.0) for x in sums), math.fsum(sums) / 1000, " | ".join("%+.0f" % (d[i] / 1000) for i in items)))


def main():
    root, names = sys.argv[1], sys.argv[2:]
    total, any_failed = {}, False
    for name in names:
        scenarios = [Scenario(p) for p in sorted(glob.glob("scenarios/experiments/%s/[0-9]_*.cfg" % name))]
        folder = os.path.join(root, name)
        found_in, last = contrasts(folder)
        without, without_last = contrasts(folder + "-ablation")
        theories = sorted({t for _, t, _ in found_in})
        pairs = max((int(r["n_pairs"]) for r in found_in.values()), default=0)
        print("### %s\n\n%s %d paired replications of %d months, %s.\n" % (name, scenarios[0].question, pairs, last, ", ".join(theories)))
        count, failed = claims_table(scenarios, found_in, theories)
        any_failed = any_failed or failed
        for word, n in count.items():
            total[word] = total.get(word, 0) + n
        text = " ".join("`%s`" % w for w in re.search(r"^// Ablation: (.*)$", scenarios[0].text, re.M)[1].split()) if without else ""
        if without and without_last != last:
            text += "; %d months" % without_last
        ablation_table(scenarios, found_in, without, text)
        losers(scenarios, folder)
        breakeven(scenarios, folder)
        if name.startswith("08_"):
            sides(scenarios, folder, theories, last)
            payers(scenarios, folder)
        print()
    print("All ten under T1: %s." % "; ".join("%d %s" % (n, w) for w, n in sorted(total.items(), key=lambda x: -x[1])))
    sys.exit(1 if any_failed else 0)


if __name__ == "__main__":
    main()
