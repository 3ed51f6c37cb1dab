"""The files of a results folder by the words that a report uses for them."""

import array
import bisect
import csv
import json
import math
import re

import tables
from paired import paired
from recount import Recount, number
from words import NUMBER, Words

# Files of one replication a row: the page shows no number as it stands in them.
NOT_SHOWN = ("buurt.csv", "city.csv", "lettings.csv", "monitor.csv", "flows.csv", "households.csv", "vacancies.csv")
N_STYLES = 7 # of scenarios beside the reference; then the first again


class Folder:
    """The tables of a results folder, by the words that the page uses for them."""

    def __init__(self, path, lang, sweep=None):
        """sweep: the folder of the sweep that the page shows beside, None: it shows none."""
        self.path, self.lang = path, lang
        self.labels, self.groups, self.outcomes, self.areas, self.codes, self.lines, self.named = {}, {}, {}, {}, {}, None, {}
        self.recount = Recount(path, self.streams, sweep and Recount(sweep, None))
        for row in self.recount.rows("codebook.csv"):
            target = self.groups if row["column"] == "group" else self.labels
            if row.get("indicator"):
                target.setdefault(row["indicator"], row["label_" + lang])
            if row["column"] == "outcome" and row["file"] == "losers.csv":
                self.outcomes[row["label_" + lang]] = row["indicator"]
        self.summary, self.scenarios, self.contrasts, self.dates, self.last = {}, [], {}, {}, 0
        self.titles, self.pool, self.words = None, None, Words(path, self.dates, sweep)
        if (path / "summary.csv").exists():
            self.read_summary()
        for row in self.recount.rows("contrasts.csv"):
            if not row["area"] and int(row["tick"]) == self.last:
                self.contrasts[self.label(row), row["scenario"], row["theory"]] = row
        if self.scenarios:
            self.read_areas()

    def read_summary(self):
        for row in self.recount.rows("summary.csv"):
            self.dates[int(row["tick"])] = row["date"]
            if row["scenario"] not in self.scenarios:
                self.scenarios.append(row["scenario"])
            if not row["area"] and row["theory"] == self.recount.theory():
                self.summary.setdefault((self.label(row), row["scenario"]), {})[int(row["tick"])] = row
        self.last = max(tick for series in self.summary.values() for tick in series)

    def read_areas(self):
        """Rows of buurten at the last month, and codes of areas by name."""
        for which, name in enumerate(("summary.csv", "contrasts.csv")):
            for row in self.recount.rows(name):
                if row["level"] == "buurt" and row["area"] and int(row["tick"]) == self.last and row["theory"] == self.recount.theory():
                    self.areas.setdefault((self.label(row), row["scenario"], row["area"]), [None, None])[which] = row
        for code, name in self.words.names.items():
            self.codes.setdefault(name, []).append(code)

    def place_of(self, style, title):
        """The scenario with that title and style; of several the first (their names are in no cell)."""
        if self.titles is None:
            self.titles = [self.title_of(name) for name in self.scenarios]
        styles = ((0 if place == 0 else (place - 1) % N_STYLES + 1, told) for place, told in enumerate(self.titles))
        return next((place for place, of in enumerate(styles) if of == (style, title)), None)

    def title_of(self, name):
        path = self.path / self.recount.run(name) / "manifest.json"
        told = json.loads(path.read_text(encoding="utf-8")).get("title") if path.exists() else ""
        return re.sub(r"\s+", " ", told or name).strip()

    def contrast(self, label, scenario, theory=None):
        """The row of the city at the last month, None without it; of the theory of the page when none is told."""
        return self.contrasts.get((label, scenario, theory or self.recount.theory()))

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
        for row in tables.read(path):
            replications.add(row["replication"])
            for name in row:
                if row[name] and name not in ("scenario", "replication", "tick", "date", "group"):
                    cells.setdefault((name, row["tick"], row["group"]), []).append(float(row[name]))
        sums = {}
        if (path.parent / "destinations.csv").exists():
            for row in tables.read(path.parent / "destinations.csv"):
                for key in ((row["cause"], row["destination"], row["distance"]), row["cause"]):
                    sums[key] = sums.get(key, 0) + int(row["households"])
        return [sum(one) / len(one) for one in cells.values()] + [one / max(1, len(replications)) for one in sums.values()]

    def streams(self):
        """What the page tells of moves between wijken: a year, means over replications, paired differences with the reference and their t intervals."""
        years, moves, replications = int(self.last) / 12, {}, []
        folders = [self.recount.run(one) for one in self.scenarios]
        for place, folder in enumerate(folders):
            for row in self.recount.read(folder + "flows.csv"):
                if place == 0 and row["replication"] not in replications:
                    replications.append(row["replication"])
                per_run = moves.setdefault((row["from_area"], row["to_area"], row["group"]), {}).setdefault(place, {})
                per_run[row["replication"]] = per_run.get(row["replication"], 0) + int(row["moves"]) / years
        n = len(replications)
        for name, pair in moves.items():
            told = []
            value = [[pair.get(place, {}).get(one, 0.0) for one in replications] for place in range(len(folders))]
            for of_scenario in value:
                told.append((sum(of_scenario) / n, *paired(value[0], of_scenario)))
            yield name, told

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
            self.pool = [one for one in map(self.sorted_numbers, self.numbers()) if one]
        within = 1e-9 * abs(value) + 1e-12
        for numbers in self.pool:
            near = bisect.bisect_left(numbers, value - within)
            if near < len(numbers) and numbers[near] <= value + within:
                return True
        return False

    def numbers(self):
        """What is searched for a number, part by part: the words of each file, then means and differences that the page works out."""
        for path in self.path.glob("**/*.csv"):
            if path.name not in NOT_SHOWN:
                with open(path, encoding="utf-8") as file:
                    yield {word for line in file for word in line.rstrip("\n").split(",")}
        for path in self.path.glob("**/queue.csv"):
            yield self.means(path)
        if self.scenarios and (self.path / self.recount.run(self.scenarios[0]) / "flows.csv").exists():
            yield {value for _, told in self.streams() for values in told for value in values}
        yield self.numbers_of_settings()

    @staticmethod
    def sorted_numbers(words):
        return array.array("d", sorted(one for one in map(number, words) if math.isfinite(one)))
