"""What the files have for a row of a table of the report that its words tell apart: the name of a buurt, an outcome, a group, a pair of wijken."""

import math
import re

from page import clean

OUTSIDE = ("buiten de stad", "outside the city")
WITHIN = ("binnen de wijk", "within the wijk")
SCALES = {"wooncomplex": "complex", "complex": "complex", "vak van 100 meter": "100m", "square of 100 metres": "100m", "buurt": "buurt", "wijk": "wijk"}


def cells_of(has, row):
    """The columns that a cell shows, of a row of summary.csv."""
    return ["" if row is None else row[column] for column in (("mean",) if "data-v" in has else ("ci_low", "ci_high"))]


class Rows:
    def __init__(self, folder):
        self.folder, self.recount = folder, folder.recount
        self.group_of = {label: name for name, label in folder.groups.items()}
        self.pairs = None

    def of(self, table, row):
        """For every row of the files that it may be, a function of the place of a cell; None for a table that is not told apart so."""
        for name in ("areas", "losers", "streams", "scales", "precision", "tenants"):
            if name in table["class"] and row["cells"]:
                found = getattr(self, name)(table, row, clean(row["cells"][0]["text"]))
                return found or None
        return None

    def scenario(self, at):
        return self.folder.scenarios[at or 0]

    # ---- buurten: levels of the reference and differences from it, chances of another class, a dimension a column ----

    def areas(self, table, row, name):
        return [lambda at, code=code: self.of_area(table, row, at, code) for code in self.folder.codes.get(name, [])]

    def of_area(self, table, row, at, code):
        folder, has, head = self.folder, row["cells"][at]["has"], clean(row["heads"][at])
        if "classes" in table["class"]:
            return [self.recount(f"changes|{('higher', 'lower')[(at - 1) % 2]}|{self.scenario((at - 1) // 2)}|{code}")]
        label = head if (head, folder.scenarios[0], code) in folder.areas else self.label_of(clean(table["caption"]))
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
            word = clean(cell["unit"])
            ends.append(word if word else "outside" if clean(cell["text"]) in OUTSIDE else None)
        if None in ends:
            return []
        group = row["group"][0] if row["group"] else ""
        told = self.pairs.get((*ends, self.group_of.get(group, group)))

        def wanted(at):
            has = row["cells"][at]["has"]
            mean, difference, low, high = told[row["columns"][at] or 0]
            return [mean] if "data-v" in has else [difference] if "data-d" in has else [low, high]
        return [wanted] if told else []

    # ---- precision reached ----

    def precision(self, table, row, name):
        found = self.folder.contrasts.get((name, self.scenario(row["cells"][1]["scenario"])))
        if found is None or "asked" in table["class"]:
            return []
        gain, n = found["variance_reduction"], int(found["n_pairs"])
        half = (float(found["ci_high"]) - float(found["ci_low"])) / 2 if found["ci_low"] else ""
        return [lambda at: [(n, half, gain, math.ceil(float(gain) * n) if gain else "")[at - 2]]]

    # ---- who rents or seeks: a question a row, with the levels of one outcome ----

    def tenants(self, _, row, name):
        def of(label):
            return lambda at: cells_of(row["cells"][at]["has"], self.folder.summary.get((label, self.scenario(row["columns"][at])), {}).get(self.folder.last))
        return [of(label) for label in {label for label, _ in self.folder.summary}]
