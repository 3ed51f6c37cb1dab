"""Finds or counts anew, from the files of a results folder, the numbers that a report refers to (data-of="KIND|PART|...", src/report/proof.h)."""

import bisect
import json
import math
import re

import tables

FEW = 10         # households under which a cell is greyed
CLASSES = (-0.428, -0.354, -0.2815, -0.164, -0.103, 0.0102, 0.0896, 0.168) # bounds of the Leefbaarometer 3.0
KEY = ("tick", "scenario", "theory", "indicator", "group", "scale", "level", "area")
LEAST_PAIRS = 10 # replications under which there is no interval

# Numbers that no file has and this script does not work out, each with its reason: their text is held against the value they carry.
NOT_RECOUNTED = {
    "assumed": "follows from the parameters of the reference by the formula of the process; `wijksim check` prints the same, tests/unit holds it",
    "members": "counts rows and columns of a file that the scenario names and the folder does not hold",
    "listed": "how many rows a table is long at most: layout",
    "preset": "of the program's catalogue and of no results folder; `wijksim describe` prints the same",
    "fits": "how many outcomes the map of a file of at most so many bytes has no room for: layout",
    "folded": "how many lines of differences.txt are folded away: layout, and the lines themselves follow",
}


def number(text):
    try:
        return float(text)
    except ValueError:
        return math.nan


class Recount:
    """Every kind of reference is a method; it gives the number, or None where the files have none."""

    def __init__(self, path, streams, sweep=None):
        self.path, self.streams_of, self.sweep = path, streams, sweep # sweep: of the one that the page shows beside
        self.tables, self.found, self.counts, self.told = {}, {}, {}, {}

    def __call__(self, reference):
        if reference not in self.told:
            kind, *parts = reference.split("|")
            method = getattr(self, "of_" + kind, None)
            self.told[reference] = method(*parts) if method else None
        return self.told[reference]

    # ---- tables ----

    def rows(self, name):
        if name not in self.tables:
            self.tables[name] = list(self.read(name))
        return self.tables[name]

    def read(self, name):
        """One row after the other of a table that is too large to be held, none without the file."""
        return tables.read(self.path / name) if (self.path / name).exists() else ()

    def row(self, name, **key):
        """The one row with these cells; columns that a table lacks say nothing."""
        columns = tuple(key)
        if (name, columns) not in self.found:
            index = {}
            for row in self.rows(name):
                key_of = tuple([row.get(column, "") for column in columns])
                index[key_of] = None if key_of in index else row # of several none
            self.found[name, columns] = index
        return self.found[name, columns].get(tuple(key.values()))

    def keyed(self, file, parts):
        return self.row(file, **self.named(parts))

    @staticmethod
    def named(parts):
        """The key of a row: by name, or in the order of KEY."""
        return dict(part.split("=", 1) for part in parts) if all("=" in part for part in parts) else dict(zip(KEY, parts))

    def scenarios(self):
        if "scenarios" not in self.counts:
            self.counts["scenarios"] = list(dict.fromkeys(row["scenario"] for row in self.rows("summary.csv")))
        return self.counts["scenarios"]

    def theory(self):
        if "theory" not in self.counts:
            theories = list(dict.fromkeys(row["theory"] for row in self.rows("summary.csv")))
            self.counts["theory"] = "T1" if "T1" in theories else theories[0]
        return self.counts["theory"]

    def last(self):
        if "last" not in self.counts:
            self.counts["last"] = max(int(row["tick"]) for row in self.rows("summary.csv") if not row["area"])
        return self.counts["last"]

    def run(self, scenario):
        """The folder of a scenario's run, as part of a file's name."""
        for one in (f"{self.theory()}/{scenario}/", f"{scenario}/"):
            if (self.path / one).is_dir():
                return one
        return ""

    def of_last(self):
        return self.last()

    # ---- cells, and what is worked out of one row ----

    def of_cell(self, file, column, *key):
        row = self.keyed(file, key)
        return None if row is None else number(row[column])

    def of_size(self, file, column, *key):
        value = self.of_cell(file, column, *key)
        return None if value is None else abs(value)

    def of_half(self, file, _, *key):
        row = self.keyed(file, key)
        return None if row is None else (float(row["ci_high"]) - float(row["ci_low"])) / 2

    def of_independent(self, file, column, *key):
        row = self.keyed(file, key)
        return None if row is None else math.ceil(float(row[column]) * int(row["n_pairs"]))

    def of_most(self, file, column):
        return max(int(row[column]) for row in self.rows(file))

    def of_rows(self, file):
        return len(self.rows(file))

    def of_waterbed(self, scenario, indicator, group, band):
        row = self.row("waterbed.csv", scenario=scenario, indicator=indicator, group=group, band=band, tick=str(self.last()), theory=self.theory())
        return None if row is None else number(row["mean_difference"])

    def of_theories(self, column, a, b, indicator):
        row = self.row("breakeven.csv", scenario_a=a, scenario_b=b, indicator=indicator)
        return None if row is None else number(row[column])

    def of_strength(self, column, a, b, indicator):
        return self.of_theories(column, a, b, indicator) / self.of_theories("strength_t2", a, b, indicator)

    def of_million(self, scenario):
        values = {number(row["eur_difference"]) for row in self.rows("effects.csv")
                  if row["scenario"] == scenario and row.get("theory", self.theory()) == self.theory() and row["eur_difference"]}
        return values.pop() / 1e6 if len(values) == 1 else None

    def of_losers(self, column, scenario, outcome):
        row = self.row("losers.csv", scenario=scenario, outcome=outcome, group="", theory=self.theory())
        return None if row is None else number(row[column]) / number(row["n"])

    def of_drift(self, column):
        for scenario in self.scenarios():
            for row in self.rows(self.run(scenario) + "drift.csv"):
                return number(row[column])
        return None

    # ---- counts ----

    def verdicts(self):
        """Whether a rule was met, year by year and replication by replication, by scenario, owner and rule."""
        if "verdicts" not in self.counts:
            told = {}
            for scenario in self.scenarios():
                for row in self.rows(self.run(scenario) + "compliance.csv"):
                    if row["met"]:
                        told.setdefault((scenario, row["owner"], row["rule"]), []).append(row["met"] == "yes")
            self.counts["verdicts"] = told
        return self.counts["verdicts"]

    def of_years(self, what, rule, scenario=None, owner=""):
        if what in ("met", "judged"):
            met = self.verdicts().get((scenario, owner, rule), [])
            return sum(met) if what == "met" else len(met)
        kept = [met for key, met in self.verdicts().items() if key[2] == rule and all(met)]
        return len(kept) if what == "owners" else sum(map(len, kept))

    def of_kept(self):
        return sum(map(all, self.verdicts().values()))

    def manifest(self):
        return json.loads((self.path / "manifest.json").read_text(encoding="utf-8"))

    def of_replications(self, what):
        listed = self.manifest()["replications"]
        return len(listed) if what == "all" else sum(one["status"] == "complete" for one in listed)

    def of_months(self, year):
        """Of a year that is not whole, months in it."""
        found = {row["months"] for scenario in self.scenarios() for row in self.rows(self.run(scenario) + "compliance.csv") if row["year"] == year}
        return number(found.pop()) if len(found) == 1 else None

    def of_pairs(self):
        """The most pairs of replications of a difference of a buurt."""
        return max((int(row["n_pairs"]) for row in self.rows("contrasts.csv") if row["area"]), default=0)

    def of_class(self, column, area):
        """The class, from 1, of a bound of the replications of the reference."""
        row = self.row("summary.csv", indicator="leefbaarheid", group="", scale="", level="buurt", area=area, tick=str(self.last()),
                       scenario=self.scenarios()[0], theory=self.theory())
        return None if row is None else 1 + bisect.bisect_right(CLASSES, number(row[column]))

    def of_buurten(self, file, what, *key):
        key = self.named(key)
        households = {row["area"]: number(row["mean"]) for row in self.city("households", "", key)}
        shares = {row["area"]: float(row["mean"]) for row in self.city(key["indicator"], key["group"], key) if row["mean"]}
        few = {area for area in households if households[area] * (shares.get(area, 1.0) if key["indicator"] == "share" else 1.0) < FEW}
        if what == "few":
            return len(few)
        n = 0
        for row in self.area_contrasts().get((key["scenario"], key["indicator"], key["group"], key["theory"]), []):
            if row["area"] in few or not row["ci_low"]:
                continue
            low, high = float(row["ci_low"]), float(row["ci_high"])
            n += {"higher": low > 0, "lower": high < 0, "unclear": low <= 0 <= high}[what]
        return n

    def city(self, indicator, group, key):
        """Rows of the buurten of the reference at the last tick."""
        if "levels" not in self.counts:
            index = {}
            for row in self.rows("summary.csv"):
                if row["level"] == "buurt" and row["area"] and int(row["tick"]) == self.last():
                    index.setdefault((row["scenario"], row["theory"], row["indicator"], row["group"]), []).append(row)
            self.counts["levels"] = index
        return self.counts["levels"].get((self.scenarios()[0], key["theory"], indicator, group), [])

    def area_contrasts(self):
        if "contrasts" not in self.counts:
            index = {}
            for row in self.rows("contrasts.csv"):
                if row["level"] == "buurt" and row["area"] and not row["scale"] and int(row["tick"]) == self.last():
                    index.setdefault((row["scenario"], row["indicator"], row["group"], row["theory"]), []).append(row)
            self.counts["contrasts"] = index
        return self.counts["contrasts"]

    def of_streams(self, what, scenario):
        if "streams" not in self.counts:
            self.counts["streams"] = list(self.streams_of())
        place = self.scenarios().index(scenario)
        streams = [values[place] for pair, values in self.counts["streams"] if pair[2] == "" and values[0][0] >= FEW]
        shown = sum(low > 0 or high < 0 for _, _, low, high in streams)
        return {"all": len(streams), "shown": shown, "chance": 0.05 * len(streams)}[what]

    def of_changes(self, what, scenario, area):
        """The share of the replications in which a buurt ends in a higher or a lower class than it began in."""
        if ("changes", scenario) not in self.counts:
            classes = {}
            for row in self.read(self.run(scenario) + "buurt.csv"):
                if row["indicator"] == "leefbaarheid_class" and row["value"] and int(row["tick"]) in (0, self.last()):
                    classes.setdefault(row["area"], {}).setdefault(row["replication"], {})[int(row["tick"])] = float(row["value"])
            self.counts["changes", scenario] = classes
        pairs = [(one[0], one[self.last()]) for one in self.counts["changes", scenario].get(area, {}).values() if len(one) == 2]
        return sum(b > a if what == "higher" else b < a for a, b in pairs) / len(pairs) if pairs else None

    def of_classes(self):
        """Buurten that end in another class than they began in, in any replication of any scenario."""
        changed = set()
        for scenario in self.scenarios():
            by_tick = {}
            for row in self.read(self.run(scenario) + "buurt.csv"):
                if row["indicator"] == "leefbaarheid_class" and row["value"]:
                    by_tick.setdefault(int(row["tick"]), {})[row["area"], row["replication"]] = float(row["value"])
            start, end = by_tick.get(0, {}), by_tick.get(self.last(), {})
            changed |= {key[0] for key in end if key in start and start[key] != end[key]}
        return len(changed)

    # ---- early warnings ----

    def monitor(self, scenario):
        """Replications, and the rows of the last quarter."""
        if ("monitor", scenario) not in self.counts:
            rows = list(self.read(self.run(scenario) + "monitor.csv"))
            last = max((row["quarter"] for row in rows), default="")
            self.counts["monitor", scenario] = len({row["replication"] for row in rows}), [row for row in rows if row["quarter"] == last]
        return self.counts["monitor", scenario]

    def of_signal(self, column, scenario, area, signal):
        n, rows = self.monitor(scenario)
        values = [float(row[column]) for row in rows if row["area"] == area and row["signal"] == signal and row[column]]
        return sum(values) / n if len(values) == n else None

    def of_warnings(self, kind, scenario, area=None):
        n, rows = self.monitor(scenario)
        if kind == "replications":
            return n
        signal, alarms = {"load": ("load", ("alarm",)), "weak": ("leefbaarheid", ("alarm",)), "early": ("leefbaarheid", ("early", "early_early"))}[kind]
        return sum(row["area"] == area and row["signal"] == signal and row["trend"] != "" and row["alarm"] in alarms for row in rows)

    def of_warned(self):
        areas = {row["area"] for scenario in self.scenarios() for row in self.monitor(scenario)[1]}
        return sum(any(2 * self.of_warnings(kind, scenario, area) >= max(1, self.monitor(scenario)[0])
                       for kind in ("early", "weak", "load") for scenario in self.scenarios()) for area in areas)

    # ---- a city ----

    def origins_of(self):
        """Origins by column and area; what quality.csv does not name was published."""
        if "origins" not in self.counts:
            areas = {row["code"] for row in self.rows("buurten.csv")}
            self.counts["origins"] = areas, [(row["column"], row["area"], row["origin"]) for row in self.rows("quality.csv")
                                             if row["area"] in areas and row["origin"] != "published"]
        return self.counts["origins"]

    def counted(self, of, name, columns):
        areas, rows = self.origins_of()
        rows = [row for row in rows if of == "all" or row[0 if of == "column" else 1] == name]
        return rows, {"column": len(areas), "area": columns, "all": len(areas) * columns}[of]

    def columns(self):
        header = self.rows("buurten.csv")[0]
        return sum(name not in ("code", "name", "wijk", "wijk_name", "gemeente", "gemeente_name", "x_m", "y_m") for name in header)

    def of_origins(self, of, name, origin):
        rows, n = self.counted(of, name, self.columns())
        return sum(row[2] == origin for row in rows) if origin != "published" else n - len(rows)

    def of_filled(self, of, name=""):
        rows, n = self.counted(of, name, self.columns())
        return sum(row[2] != "rounded" for row in rows) / n

    def of_misfit(self, level, area, margin, category):
        row = self.row("fit.csv", level=level, area=area, margin=margin, category=category)
        return None if row is None else float(row["met"]) - float(row["published"])

    def of_margins(self, what):
        gaps = [abs(number(row["met"]) - number(row["published"])) for row in self.rows("fit.csv")]
        return {"all": sum(math.isfinite(one) for one in gaps), "met": sum(one < 1 for one in gaps), "missed": sum(one >= 1 for one in gaps)}[what]

    def of_scores(self, origin):
        """Buurten whose score at the start is of that origin; all."""
        return self.manifest().get("scores", {}).get(origin)

    # ---- a study ----

    def of_varied(self, name, bound):
        """What the study asked of a parameter."""
        text = (self.path / "study.cfg").read_text(encoding="utf-8")
        found = re.search(r'\{\s*name = "' + re.escape(name) + r'";[^{}]*?\b' + bound + r" = ([^;]+);", text)
        return number(found[1]) if found else None

    def of_ticks(self):
        return self.manifest()["ticks"]

    def of_beside(self, *reference):
        """Of the sweep that is shown beside."""
        return self.sweep("|".join(reference)) if self.sweep is not None else None

    def of_error(self, target):
        row = self.row("targets.csv", target=target)
        return None if row is None else math.hypot(float(row["sd"]), float(row["discrepancy"]))

    def of_targets(self, use, what):
        rows = [row for row in self.rows("targets.csv") if row["use"] == use]
        return len(rows) if what == "all" else sum(row["verdict"].endswith(": met") for row in rows)

    def of_correlation(self, a, b):
        row = self.row("correlations.csv", parameter_a=a, parameter_b=b)
        return None if row is None else number(row["correlation"])

    def of_failed(self):
        return sum(row["status"] == "failed" for row in self.rows("trials.csv"))

    def of_variance(self, column, outcome):
        row = self.row("variance.csv", outcome=outcome)
        if row is None:
            return None
        return min(float(row["error_of_point"]) / float(row["between_points"]), 1.0) if column == "share" else number(row[column])
