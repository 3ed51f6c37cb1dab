"""What the files have for a row of a table of the report that its words tell apart: the name of a buurt, an outcome, a group, a pair of wijken."""

import math
import re

from page import clean
from paired import paired

ENDS = {"buiten de stad": "outside", "outside the city": "outside", "opvang": "shelter", "shelter": "shelter"}
SCALES = {"wooncomplex": "complex", "housing complex": "complex", "vak van 100 meter": "100m", "square of 100 metres": "100m", "buurt": "buurt",
          "wijk": "wijk"}
ALL = ("Iedereen", "Everybody", "Allen", "All")
WAITS = { # captions of differences that are of queue.csv, no contrasts.csv
    "Mediane inschrijfduur bij toewijzing": "wait_p50", "Median registration time at letting": "wait_p50",
    "Slaagkans in 12 maanden": "success_rate", "Chance of success in 12 months": "success_rate",
    "Mediane zoektijd": "search_p50", "Median search time": "search_p50",
}
QUEUE = ("wait_p10", "wait_p50", "wait_p90", "success_rate", "search_p50")


def cells_of(has, row):
    """The columns that a cell shows, of a row of summary.csv."""
    return ["" if row is None else row[column] for column in (("mean",) if "data-v" in has else ("ci_low", "ci_high"))]


class Rows:
    def __init__(self, folder):
        self.folder, self.recount = folder, folder.recount
        self.group_of = {label: name for name, label in folder.groups.items()}
        self.pairs, self.n = None, {}

    def of(self, table, row):
        """For every row of the files that it may be, a function of the place of a cell; None for a table that is not told apart so."""
        if row["heads"] and row["cells"] and clean(row["heads"][0]) in ("Bestemming", "Destination"):
            return self.destinations(clean(table["caption"]), row)
        if "contrasts" in table["class"]:
            column = next((WAITS[words] for words in WAITS if clean(table["caption"]).startswith(words)), None)
            if column is not None:
                return self.waits(row, column)
        elif row["heads"] and clean(row["heads"][0]) in ("Groep", "Group") and len(row["cells"]) == 1 + len(QUEUE):
            return self.queue(row, clean(row["cells"][0]["text"]))
        for name in ("areas", "losers", "streams", "scales", "drift", "precision", "tenants"):
            if name in table["class"] and row["cells"]:
                found = getattr(self, name)(table, row, clean(row["cells"][0]["text"]))
                return found or None
        return None

    def scenario(self, at):
        return self.folder.scenarios[at or 0]

    # ---- buurten: levels of the reference and differences from it, chances of another class, a dimension a column ----

    def areas(self, table, row, name):
        code = row["cells"][0]["has"].get("title") # of an area that has a name
        if code is not None:
            return [lambda at: self.of_area(table, row, at, code)] if self.folder.words.names.get(code) == name else []
        return [lambda at, code=code: self.of_area(table, row, at, code) for code in self.folder.codes.get(name, [name])]

    def of_area(self, table, row, at, code):
        folder, has, head = self.folder, row["cells"][at]["has"], clean(row["heads"][at])
        if "classes" in table["class"]:
            return [self.recount(f"changes|{('higher', 'lower')[(at - 1) % 2]}|{self.scenario((at - 1) // 2)}|{code}")]
        is_outcome = row["columns"][at] is None and (head, folder.scenarios[0], code) in folder.areas # a scenario may be called as an outcome
        label = head if is_outcome else self.label_of(clean(table["caption"]))
        level, difference = folder.areas.get((label, self.scenario(row["columns"][at]), code), (None, None))
        if "data-d" in has or "data-d" in row["cells"][at - 1]["has"]:
            column = ("mean_difference",) if "data-d" in has else ("ci_low", "ci_high")
            return ["" if difference is None else difference[one] for one in column]
        return cells_of(has, level)

    def label_of(self, caption):
        """The outcome in "outcome per buurt, month" and "outcome: share in the reference ..."."""
        labels = {label for label, _, _ in self.folder.areas}
        return max((one for one in labels if re.match(re.escape(one) + r"(: | per buurt| by buurt)", caption)), key=len, default="")

    # ---- winners and losers ----

    def losers(self, _, row, name):
        group = row["group"][0].split("·")[1].strip() if row["group"] and "·" in row["group"][0] else ""
        key = {"scenario": self.scenario(row["of_group"]), "group": self.group_of.get(group, group), "outcome": self.folder.outcomes.get(name, name)}
        found = self.recount.row("losers.csv", theory=self.recount.theory(), **key)
        if found is None:
            return []
        return [lambda at: [found[("better", "equal", "worse", "n")[at - 1]]]]

    # ---- segregation by scale ----

    def scales(self, _, row, name):
        group, scale = row["group"][0], SCALES.get(name)
        if scale is None:
            return []

        def wanted(at):
            expected = row["columns"][at] is None
            found = self.recount.row("summary.csv", scenario=self.scenario(row["columns"][at]), theory=self.recount.theory(), tick=str(self.folder.last),
                                     indicator="ED_binom" if expected else "D", group=self.group_of.get(group, group), scale=scale, area="")
            return cells_of(row["cells"][at]["has"], found)
        return [wanted]

    # ---- moves between wijken ----

    def streams(self, _, row, name):
        if self.pairs is None:
            self.pairs = dict(self.folder.streams())
        ends = []
        for cell in row["cells"][:2]:
            code, word = clean(cell["unit"]), clean(cell["text"]) # without a name the code is the word
            ends.append(code or ENDS.get(word, word))
        group = row["group"][0] if row["group"] else ""
        told = self.pairs.get((*ends, self.group_of.get(group, group)))

        def wanted(at):
            has = row["cells"][at]["has"]
            mean, difference, low, high = told[row["columns"][at] or 0]
            return [mean] if "data-v" in has else [difference] if "data-d" in has else [low, high]
        return [wanted] if told else []

    # ---- precision reached ----

    def precision(self, table, row, name):
        scenario = self.scenario(row["cells"][1]["scenario"])
        if "asked" in table["class"]:
            rows = [one for one in self.recount.rows("precision.csv")
                    if self.folder.label(one) == name and one["scenario"] == scenario and one["theory"] == self.recount.theory()]
            columns = {2: "threshold", 3: "half_width_asked", 4: "half_width", 5: "n_pairs", 7: "n_needed"}
            return [lambda at, one=one: [one[columns[at]]] for one in rows]
        found = self.folder.contrast(name, scenario)
        if found is None:
            return []
        gain, n = found["variance_reduction"], int(found["n_pairs"])
        half = (float(found["ci_high"]) - float(found["ci_low"])) / 2 if found["ci_low"] else ""
        return [lambda at: [(n, half, gain, math.ceil(float(gain) * n) if gain else "")[at - 2]]]

    def drift(self, _, row, name):
        """Every drift.csv of the theory, by outcome and scenario."""
        scenario = self.scenario(row["cells"][1]["scenario"])
        rows = [one for one in self.recount.rows(self.recount.run(scenario) + "drift.csv") if self.folder.label(one) == name]

        def wanted(at, one):
            return [one["drift_per_year"]] if "data-d" in row["cells"][at]["has"] else [one["ci_low"], one["ci_high"]]
        return [lambda at, one=one: wanted(at, one) for one in rows]

    # ---- who waits: means over the replications of the reference at the last tick that they have ----

    def queue(self, row, name):
        rows = self.recount.rows(self.recount.run(self.folder.scenarios[0]) + "queue.csv")
        last = max(int(one["tick"]) for one in rows)
        group = "" if name in ALL else self.group_of.get(name, name)

        def wanted(at):
            column = QUEUE[at - 1]
            told = [float(one[column]) for one in rows if int(one["tick"]) == last and one["group"] == group and one[column]]
            return [sum(told) / len(told)] if told else [""]
        return [wanted]

    def waits(self, row, column):
        """Paired over the replications of the reference; each scenario at its last tick."""
        name = row["group"][0] if row["group"] and row["group"][0] else clean(row["cells"][0]["text"])
        group = "" if name in ALL else self.group_of.get(name, name)
        place = next((cell["scenario"] for cell in row["cells"] if cell["scenario"] is not None), row["of_group"])
        place = 1 if place is None and len(self.folder.scenarios) == 2 else place
        if place is None:
            return []
        told = [self.by_replication(scenario, group, column) for scenario in (self.scenario(0), self.scenario(place))]
        both = [one for one in told[0] if one in told[1]]
        if not both:
            return []
        pair = [[told[which][one] for one in both] for which in (0, 1)]
        difference, low, high = paired(*pair)

        def wanted(at):
            has = row["cells"][at]["has"]
            if "data-d" in has:
                return [difference]
            levels = [one for one, cell in enumerate(row["cells"]) if "data-v" in cell["has"]]
            return [sum(pair[levels.index(at)]) / len(both)] if at in levels else [low, high]
        return [wanted]

    def by_replication(self, scenario, group, column):
        rows = self.recount.rows(self.recount.run(scenario) + "queue.csv")
        last = max((int(one["tick"]) for one in rows), default=0)
        return {one["replication"]: float(one[column]) for one in rows if int(one["tick"]) == last and one["group"] == group and one[column]}

    # ---- where people end up: households a replication, of a cause, by destination and distance ----

    def destinations(self, cause, row):
        words = {"cause": {}, "destination": {}, "distance": {}}
        for one in self.recount.rows("codebook.csv"):
            if one["file"] == "destinations.csv" and one["column"] in words and one["indicator"]:
                words[one["column"]][one["label_" + self.folder.lang]] = one["indicator"]
        name, distance = (clean(cell["text"]) for cell in row["cells"][:2])
        if cause not in words["cause"] or (name not in words["destination"] and name not in ALL):
            return []
        wanted_of = {"cause": words["cause"][cause]}
        if name not in ALL:
            wanted_of.update(destination=words["destination"][name], distance=words["distance"].get(distance, ""))

        def wanted(at):
            run = self.recount.run(self.scenario(row["columns"][at]))
            if run not in self.n:
                self.n[run] = len({one["replication"] for one in self.recount.read(run + "flows.csv")})
            return [sum(int(one["households"]) for one in self.recount.rows(run + "destinations.csv")
                        if all(one[column] == value for column, value in wanted_of.items())) / self.n[run]]
        return [wanted]

    # ---- who rents or seeks: a question a row, with the levels of one outcome ----

    def tenants(self, _, row, name):
        def of(label):
            return lambda at: cells_of(row["cells"][at]["has"], self.folder.summary.get((label, self.scenario(row["columns"][at])), {}).get(self.folder.last))
        return [of(label) for label in {label for label, _ in self.folder.summary}]
