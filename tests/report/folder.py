"""The files of a results folder by the words that a report uses for them."""

import bisect
import contextlib
import csv
import json
import math
import re
import sqlite3

from recount import Recount

# Numbers that are words of the page and no results: removed from a sentence before a digit that is left counts as a fault.
WORDING = (
    r"\b9[05]\s?%", # the intervals of the method
    r"(?i)\b(minder dan|fewer than|under|onder) 10\b", # below which cells are grey and intervals are not told
    r"\bT[012] (is|\()? ?0\s?%", # the scale of the break-even value
    r"\bT[012]\b", # names of theories
    r"Leefbaarometer(-| )?3\.0|wijksim 0\.\d+\.\d+", # versions
    r"(Herhaling|herhaling|Replication|replication) 1\b", # an example
    r"(bijvoorbeeld|for example) 5–6",
    r"(deel|part) 2\b", # a part of the page
    r"(laatste|last) 12 (maanden|months)",
    r"1[,.]5 (keer|times)", # bound of the alarm of load
    r"(lopen gewoonlijk|usually differ by) 0[,.]14", # a published spread
    r"(per|Per|for|For|and|en) 1[.,]000\b|^1[.,]000 (uur|hours)", # units
    r"(hoogstens|at most) 2\b", # the bound of z
    r"(aandeel|share) \(0 (tot|to) 1\)|\(1(: ja|: yes| is [a-z]+)\)", # units
    r"\b(S1|mu\*)|(minder dan|less than) 1\b|1 januari|\b0 tot en met 14|15 tot en met 24|25 tot en met 44|45 tot en met 64|65 jaar|vanaf 2000", # labels
    r"\b(by|per) 100m\b|100 met(er|res)\b|\b[a-z]+_\d+\b", # scales and groups by their name
    r"\bart\. \d+((,| and| en| lid) \d+)*|Huisvestingswet 2014", # articles of law
    r"(nummers|numbers) [\d–, ]+\)|SHA-256|\(\d{4}-\d\d-\d\d\)", # the account: replications by number, date of the city
    r"\b0: (overal hetzelfde aandeel|the same share everywhere); 1: |(bij toeval niet|D is not) 0\b", # what D is
    r"jonger dan 28 jaar|younger than 28|65 or older", # who is in a group
    r"\b(BU|WK|GM)\d+\b|\b\d\d_[a-z]+\.cfg", # codes of areas, names of files
    r"\b20\d\d (?=\( (maand|month))", # of which the months behind it, a reference, are counted
    r"^\d\d_\d\d$", # a category of ages by its name
    r"^(0|15|25|45|65) (tot|to) \d\d( jaar)?$|^(65|80) (jaar en ouder|and over|and older|or older)$", # categories of ages
    r"1 January|\b0 to 14 years|15 to 24 years|25 to 44 years|45 to 64 years|65 years and over|in or after 2000", # labels
    r"(binnen|within) 2 sd\b|\(0[,.]95 is (goed|right)\)", # what is counted of an emulator, and what to expect
    r"\bcorporatie \d+\b", # a name
    r"BW 7:274c (en|and) 274d", # articles of law
    r"CC BY 4\.0|GPL-3\.0", # licences
    r"\[[A-Z]\d+(, [A-Z]\d+)*\]", # sources of docs/sources.md, in what a parameter is
    r"(per aandeel van|for a share of) 1\b", # a unit
)
# Files of one replication a row: the page shows no number as it stands in them.
NOT_SHOWN = ("buurt.csv", "city.csv", "lettings.csv", "monitor.csv", "flows.csv", "households.csv", "vacancies.csv")
MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december".split(),
    "January February March April May June July August September October November December".split(),
)
NUMBER = re.compile(r"[-+]?\d+(\.\d+)?(e[-+]?\d+)?")


def student(n):
    """The 0.975 quantile of Student's t with n degrees of freedom, by Simpson's rule and halving."""
    scale = math.exp(math.lgamma((n + 1) / 2) - math.lgamma(n / 2)) / math.sqrt(n * math.pi)

    def between(x, steps=2000):
        heights = [scale * (1 + (x * i / steps) ** 2 / n) ** (-(n + 1) / 2) for i in range(steps + 1)]
        return x / steps / 3 * (heights[0] + 4 * sum(heights[1::2]) + 2 * sum(heights[2:-1:2]) + heights[-1])

    low, high = 0.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if between(middle) < 0.475 else (low, middle)
    return low


class Folder:
    """The tables of a results folder, by the words that the page uses for them."""

    def __init__(self, path, lang, beside=None):
        self.path, self.lang, self.beside = path, lang, beside
        self.labels, self.groups, self.outcomes, self.areas, self.codes, self.lines, self.named, self.names = {}, {}, {}, {}, {}, None, {}, set()
        for row in self.rows("codebook.csv") if (path / "codebook.csv").exists() else []:
            target = self.groups if row["column"] == "group" else self.labels
            if row.get("indicator"):
                target.setdefault(row["indicator"], row["label_" + lang])
            if row["column"] == "outcome" and row["file"] == "losers.csv":
                self.outcomes[row["label_" + lang]] = row["indicator"]
        self.summary, self.scenarios, self.contrasts, self.under, self.dates, self.last = {}, [], {}, {}, set(), 0
        self.recount, self.pool, self.texts, self.left = Recount(path, self.streams), None, None, {}
        if (path / "summary.csv").exists():
            self.read_summary()
        if (path / "contrasts.csv").exists():
            for row in self.rows("contrasts.csv"):
                if not row["area"] and int(row["tick"]) == self.last:
                    self.under[self.label(row), row["scenario"], row["theory"]] = row
                    if row["theory"] == self.recount.theory():
                        self.contrasts[self.label(row), row["scenario"]] = row
        if self.scenarios:
            self.read_areas()

    def read_summary(self):
        for row in self.rows("summary.csv"):
            self.dates.add(row["date"])
            if row["scenario"] not in self.scenarios:
                self.scenarios.append(row["scenario"])
            if not row["area"] and row["theory"] == self.recount.theory():
                self.summary.setdefault((self.label(row), row["scenario"]), {})[int(row["tick"])] = row
        self.last = max(tick for series in self.summary.values() for tick in series)

    def read_areas(self):
        """Rows of buurten at the last month, and codes of areas by name."""
        for which, name in enumerate(("summary.csv", "contrasts.csv")):
            for row in self.rows(name) if (self.path / name).exists() else []:
                if row["level"] == "buurt" and row["area"] and int(row["tick"]) == self.last and row["theory"] == self.recount.theory():
                    self.areas.setdefault((self.label(row), row["scenario"], row["area"]), [None, None])[which] = row
        plan = self.path / self.recount.run(self.scenarios[0]) / "map.gpkg"
        if plan.exists():
            with contextlib.closing(sqlite3.connect(f"file:{plan}?mode=ro", uri=True)) as base:
                for code, name, wijk in base.execute("SELECT code, name, wijk_name FROM areas"):
                    self.codes.setdefault(name, []).append(code)
                    self.names.update((name, wijk or ""))

    def rows(self, name):
        with open(self.path / name, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def label(self, row):
        text = self.labels.get(row["indicator"]) or row["indicator"]
        if row["group"]:
            text += ", " + (self.groups.get(row["group"]) or row["group"])
        if row["scale"]:
            text += (" (per " if self.lang == "nl" else " (by ") + row["scale"] + ")"
        return text

    def means(self, path):
        """What the page tells of seekers and of destinations: means over the replications of a run."""
        cells, replications = {}, set()
        for row in csv.DictReader(open(path, newline="", encoding="utf-8")):
            replications.add(row["replication"])
            for name in row:
                if row[name] and name not in ("scenario", "replication", "tick", "date", "group"):
                    cells.setdefault((name, row["tick"], row["group"]), []).append(float(row[name]))
        sums = {}
        if (path.parent / "destinations.csv").exists():
            for row in csv.DictReader(open(path.parent / "destinations.csv", newline="", encoding="utf-8")):
                for key in ((row["cause"], row["destination"], row["distance"]), row["cause"]):
                    sums[key] = sums.get(key, 0) + int(row["households"])
        return [sum(one) / len(one) for one in cells.values()] + [one / max(1, len(replications)) for one in sums.values()]

    def streams(self):
        """What the page tells of moves between wijken: a year, means over replications, paired differences with the reference and their t intervals."""
        years, moves, replications = int(self.last) / 12, {}, []
        folders = [self.recount.run(one) for one in self.scenarios]
        for place, folder in enumerate(folders):
            for row in self.rows(folder + "flows.csv"):
                if place == 0 and row["replication"] not in replications:
                    replications.append(row["replication"])
                per_run = moves.setdefault((row["from_area"], row["to_area"], row["group"]), {}).setdefault(place, {})
                per_run[row["replication"]] = per_run.get(row["replication"], 0) + int(row["moves"]) / years
        n = len(replications)
        quantile = student(n - 1) if n > 1 and len(folders) > 1 else math.nan
        for name, pair in moves.items():
            told = []
            value = [[pair.get(place, {}).get(one, 0.0) for one in replications] for place in range(len(folders))]
            for of_scenario in value:
                differences = [b - a for a, b in zip(value[0], of_scenario)]
                mean = sum(differences) / n
                half = quantile * math.sqrt(sum((one - mean) ** 2 for one in differences) / (n - 1) / n) if n > 1 else math.nan
                told.append((sum(of_scenario) / n, mean, mean - half, mean + half))
            yield name, told

    def known_texts(self):
        """What the files say in words and with digits, longest first: titles, labels, differences, names of areas and rules."""
        if self.texts is None:
            found = set()
            for path in self.path.glob("**/*"):
                if path.suffix in (".txt", ".cfg", ".json") and path.stat().st_size < 1 << 20:
                    text = path.read_text(encoding="utf-8")
                    found.update(re.findall(r'"((?:[^"\\]|\\.)*)"', text), (part for line in text.split("\n") for part in (line, *re.split(r"\.? (?=\[)", line))) if path.suffix == ".txt" else ())
                elif path.suffix == ".csv" and path.stat().st_size < 1 << 18:
                    for row in csv.reader(open(path, newline="", encoding="utf-8")):
                        found.update(one for one in row if not NUMBER.fullmatch(one) and not re.fullmatch(r"\d{4}-\d\d", one))
            found.update(self.names)
            found = {re.sub(r"\s+", " ", one.lstrip("- ")).strip() for one in found}
            self.texts = sorted((one for one in found if re.search(r"\d", one) and re.search(r"[^\W\d_]", one)), key=len, reverse=True)
        return self.texts

    def unknown(self, text):
        """What is left of a sentence without the months of the run, words of the files and of the page."""
        if text not in self.left:
            whole = re.sub(r"^(\d+)\. ", "", text)
            whole = re.sub(r"\b((?:BU|WK|GM)\d+) \([^()]*\)", r"\1", whole) # the page tells the name behind a code
            whole = re.sub(r"\b(\d+) (?:van de|of) (\d+) buurten\b", self.of_the_scores, whole)
            whole = self.without_beside(whole) if self.beside else whole
            ways = ((self.without_months, self.without_wording, self.without_known, self.without_wording),
                    (self.without_known, self.without_months, self.without_wording))
            for way in ways: # words of the one may hold words of the other
                left = whole
                for without in way:
                    left = without(left) if re.search(r"\d", left) else left
                if not re.search(r"\d", left):
                    break
            self.left[text] = left.strip()
        return self.left[text]

    def without_beside(self, left):
        """What is told of a sweep beside the results: its points and month, and the range of each parameter."""
        study = (self.beside / "study.cfg").read_text(encoding="utf-8")
        ranges = {(float(low), float(high)) for low, high in re.findall(r"\blow = (\S+);\s*high = (\S+);", study)}
        points = len({row["point"] for row in csv.DictReader(open(self.beside / "trials.csv", newline="", encoding="utf-8"))})
        ticks = int(re.search(r"\bticks = (\d+);", study)[1])

        def of_range(told):
            low, high = (float(one.replace("−", "-").replace(*((",", ".") if self.lang == "nl" else (",", "")))) for one in told.groups())
            return "" if (low, high) in ranges else told[0]
        left = re.sub(r"(?<=: )(?:van|from) ([−\d.,]+) (?:tot|to) ([−\d.,]+)$", of_range, left)
        left = re.sub(rf"\b(op|at) {points} (punten|points)\b", "", left)
        left = re.sub(rf"(kijkt naar maand|looks at month) {ticks}\b", "", left)
        return re.sub(rf"(dit rapport naar maand|this report at month) {self.last}\b", "", left)

    def of_the_scores(self, told):
        """In how many buurten the score at the start is borrowed, of how many: as manifest.json counts them."""
        scores = json.loads((self.path / "manifest.json").read_text(encoding="utf-8")).get("scores", {})
        counts = [number for name, number in scores.items() if name != "buurten"]
        return "" if int(told[1]) in counts and int(told[2]) == scores.get("buurten") else told[0]

    def without_months(self, left):
        for month in re.findall(r"([A-Za-z]+) (\d{4})", left):
            number = next((list_of.index(month[0]) + 1 for list_of in MONTHS if month[0] in list_of), 0)
            if f"{month[1]}-{number:02}" in self.dates:
                left = left.replace(" ".join(month), "")
        return left

    def without_known(self, left):
        for known in self.known_texts():
            left = left.replace(known, "")
        return left

    @staticmethod
    def without_wording(left):
        for pattern in WORDING:
            left = re.sub(pattern, "", left)
        return left

    def numbers_of_settings(self):
        for path in self.path.glob("*.cfg"):
            for word in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", path.read_text(encoding="utf-8")):
                yield float(word)

    def together(self, values, name):
        """Whether one line of a table has all of these numbers, or lines with that name have them."""
        if self.lines is None:
            self.lines = {}
            for path in self.path.glob("*.csv"):
                for at, line in enumerate(csv.reader(open(path, newline="", encoding="utf-8")) if path.stat().st_size < 1 << 20 else ()):
                    numbers = {f"{float(word):.9g}" for word in line if NUMBER.fullmatch(word)}
                    for one in numbers:
                        self.lines.setdefault(one, set()).add((path.name, at))
                    for word in line:
                        if not NUMBER.fullmatch(word):
                            self.named.setdefault(word, set()).update(numbers)
        wanted = [f"{value:.9g}" for value in values]
        return bool(set.intersection(*(self.lines.get(one, set()) for one in wanted))) or self.named.get(name, set()).issuperset(wanted)

    def anywhere(self, value):
        """Whether a table of the folder has this number, of the reports' ten digits."""
        if self.pool is None:
            found = set()
            words = set()
            for path in self.path.glob("**/*.csv"):
                if path.name not in NOT_SHOWN:
                    for line in open(path, encoding="utf-8"):
                        words.update(line.rstrip("\n").split(","))
            for word in words:
                try:
                    found.add(float(word))
                except ValueError:
                    pass
            found.update(value for path in self.path.glob("**/queue.csv") for value in self.means(path))
            if self.scenarios and (self.path / self.recount.run(self.scenarios[0]) / "flows.csv").exists():
                found.update(value for _, told in self.streams() for values in told for value in values)
            found.update(self.numbers_of_settings())
            self.pool = sorted(one for one in found if math.isfinite(one))
        within = 1e-9 * abs(value) + 1e-12
        near = bisect.bisect_left(self.pool, value - within)
        return near < len(self.pool) and self.pool[near] <= value + within
