#!/usr/bin/env python3
"""Holds every number of the tables and lines of report.html against the tables of the results folder it was made from.

  numbers.py DIR...     each with report.html, summary.csv, codebook.csv and, of a comparison, contrasts.csv

A cell that carries its value (data-v, data-d, data-lo and data-hi) must show that value at the shown rounding. In the tables of differences and
of all outcomes the value must be that of the row of contrasts.csv or summary.csv with the same outcome, group, scale and scenario; in other
tables it must occur in some table of the folder. A number with a reference (data-of), in a cell or a sentence, is found or counted anew (recount.py).
A cell with a number that has neither is a fault; sentences with a number that is no result (WORDING below) nor
of the files are counted, not faults. Lines of charts must be the rows of
summary.csv, month by month. The script then spoils digits of the page, one at a time, and fails unless each is found."""

import bisect
import csv
import html.parser
import json
import math
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from recount import NOT_RECOUNTED, Recount  # noqa: E402

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
    r"\bart\. \d+((,| and| lid) \d+)*|Huisvestingswet 2014", # articles of law
    r"(nummers|numbers) [\d–, ]+\)|SHA-256|\(\d{4}-\d\d-\d\d\)", # the account: replications by number, date of the city
    r"CC BY 4\.0|GPL-3\.0", # licences
)
# Parts of the page that are not read as sentences, each with its reason.
NOT_SENTENCES = {
    "pre": "texts of licences",
    "code": "keys, files and commands",
    "svg": "drawings; their points are held as lines, their titles repeat tables",
    "nav": "repeats the headings",
    "select": "repeats the months and the views of the map",
    "button": "controls",
}
NOT_READ = {
    "keys": "bounds of the colours of a map: layout",
    "facts": "versions, times and checksums of the manifest, as they stand there",
}
MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december".split(),
    "January February March April May June July August September October November December".split(),
)
BLOCKS = "p li h1 h2 h3 h4 dt dd summary caption figcaption td th div section table label".split()
NUMBER = re.compile(r"[-+]?\d+(\.\d+)?(e[-+]?\d+)?|\d{4}-\d\d")
VOID = "meta link br hr input img use path line rect circle wbr col".split()

PERCENT = ("procentpunt", "percentage points")


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


class Page(html.parser.HTMLParser):
    """Tables as lists of rows of cells, the data of the charts, numbers that carry a reference (marks), and sentences without them."""

    def __init__(self, text):
        super().__init__()
        self.lang, self.tables, self.data = "", [], None
        self.table = self.cell = self.mark = None
        self.in_data = False
        self.marks, self.sentences, self.sentence, self.stack = [], [], "", []
        self.feed(text)
        self.end_sentence()

    def end_sentence(self):
        text = re.sub(r"\s+", " ", self.sentence).strip()
        if re.search(r"\d", text):
            self.sentences.append((self.getpos()[0], text))
        self.sentence = ""

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        classes = (has.get("class") or "").split()
        if tag not in VOID:
            self.stack.append((tag, classes))
        if tag in BLOCKS:
            self.end_sentence()
        if tag == "html":
            self.lang = has["lang"]
        elif tag == "table":
            self.table = {"class": classes, "caption": "", "rows": []}
            self.tables.append(self.table)
        elif tag == "tr" and self.table is not None:
            self.table["rows"].append({"class": classes, "cells": []})
        elif tag in ("td", "th") and self.table is not None:
            self.cell = {"tag": tag, "has": has, "text": "", "bare": "", "line": self.getpos()[0], "scenario": None, "class": classes, "unit": "",
                         "link": False}
            self.table["rows"][-1]["cells"].append(self.cell)
        elif tag == "script":
            self.in_data = has.get("id") == "data"
        if "data-of" in has:
            self.mark = {"of": has["data-of"], "v": float(has["data-v"]), "p": float(has.get("data-p", 1)), "text": "", "line": self.getpos()[0],
                         "depth": len(self.stack)}
            self.marks.append(self.mark)
        if self.cell is not None and tag == "span" and "data-d" in has: # a difference within a verdict
            self.cell["has"], self.cell["text"], self.cell["bare"] = {**self.cell["has"], **has}, "", ""
        if self.cell is not None and "sc" in classes:
            self.cell["scenario"] = int(next(c[1:] for c in classes if re.fullmatch(r"s\d", c)))
        if self.cell is not None and "unit" in classes:
            self.cell["link"] = True

    def handle_endtag(self, tag):
        if tag in VOID: # <path .../>
            return
        if self.mark is not None and len(self.stack) <= self.mark["depth"]:
            self.mark = None
        while self.stack and self.stack.pop()[0] != tag:
            pass
        if tag in BLOCKS:
            self.end_sentence()
        if tag == "table":
            self.table = None
        elif tag in ("td", "th"):
            self.cell = None
        elif tag in ("span", "a") and self.cell is not None:
            self.cell["link"] = False
        elif tag == "script":
            self.in_data = False

    def is_sentence(self):
        """Not within a cell that carries a value, nor in a part that is left out."""
        if self.cell is not None and (self.cell["has"].keys() & {"data-v", "data-d", "data-lo"} or "n" in self.cell["class"]):
            return False
        return not any(tag in NOT_SENTENCES or tag in ("head", "script", "style") or NOT_READ.keys() & set(classes) for tag, classes in self.stack)

    def handle_data(self, text):
        if self.in_data:
            self.data = json.loads(text)
        elif self.mark is not None:
            self.mark["text"] += text
        elif self.is_sentence():
            self.sentence += text
        if self.cell is not None:
            self.cell["unit" if self.cell["link"] else "text"] += text
            if self.mark is None:
                self.cell["bare"] += text
        elif any(tag == "caption" for tag, _ in self.stack):
            self.table["caption"] += text


class Folder:
    """The tables of a results folder, by the words that the page uses for them."""

    def __init__(self, path, lang):
        self.path, self.lang = path, lang
        self.labels, self.groups = {}, {}
        for row in self.rows("codebook.csv") if (path / "codebook.csv").exists() else []:
            target = self.groups if row["column"] == "group" else self.labels
            if row.get("indicator"):
                target.setdefault(row["indicator"], row["label_" + lang])
        self.summary, self.scenarios, self.contrasts, self.by_theory, self.dates, self.last = {}, [], {}, {}, set(), 0
        self.recount, self.pool, self.texts, self.left = Recount(path, self.streams), None, None, {}
        if (path / "summary.csv").exists():
            self.read_summary()
        if (path / "contrasts.csv").exists():
            for row in self.rows("contrasts.csv"):
                if not row["area"] and int(row["tick"]) == self.last:
                    self.by_theory[self.label(row), row["scenario"], row["theory"]] = row
                    if row["theory"] == self.recount.theory():
                        self.contrasts[self.label(row), row["scenario"]] = row

    def read_summary(self):
        for row in self.rows("summary.csv"):
            self.dates.add(row["date"])
            if row["scenario"] not in self.scenarios:
                self.scenarios.append(row["scenario"])
            if not row["area"] and row["theory"] == self.recount.theory():
                self.summary.setdefault((self.label(row), row["scenario"]), {})[int(row["tick"])] = row
        self.last = max(tick for series in self.summary.values() for tick in series)

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
        folders = [self.path / self.recount.run(one) for one in self.scenarios]
        for place, folder in enumerate(folders):
            for row in self.rows(folder / "flows.csv"):
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
                    found.update(re.findall(r'"((?:[^"\\]|\\.)*)"', text), text.split("\n") if path.suffix == ".txt" else ())
                elif path.suffix == ".csv" and path.stat().st_size < 1 << 18:
                    for row in csv.reader(open(path, newline="", encoding="utf-8")):
                        found.update(one for one in row if not NUMBER.fullmatch(one))
            found = {re.sub(r"\s+", " ", one.lstrip("- ")).strip() for one in found}
            self.texts = sorted((one for one in found if re.search(r"\d", one) and re.search(r"[^\W\d_]", one)), key=len, reverse=True)
        return self.texts

    def unknown(self, text):
        """What is left of a sentence without the months of the run, words of the files and of the page."""
        if text not in self.left:
            left = re.sub(r"^(\d+)\. ", "", text)
            for month in re.findall(r"([A-Za-z]+) (\d{4})", left):
                number = next((list_of.index(month[0]) + 1 for list_of in MONTHS if month[0] in list_of), 0)
                if f"{month[1]}-{number:02}" in self.dates:
                    left = left.replace(" ".join(month), "")
            for pattern in WORDING:
                left = re.sub(pattern, "", left)
            for known in self.known_texts() if re.search(r"\d", left) else []:
                left = left.replace(known, "")
            for pattern in WORDING:
                left = re.sub(pattern, "", left)
            self.left[text] = left.strip()
        return self.left[text]

    def numbers_of_settings(self):
        for path in self.path.glob("*.cfg"):
            for word in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", path.read_text(encoding="utf-8")):
                yield float(word)

    def anywhere(self, value):
        """Whether a table of the folder has this number, of the reports' ten digits."""
        if self.pool is None:
            found = set()
            for path in self.path.glob("**/*.csv"):
                for line in open(path, encoding="utf-8"):
                    for word in line.rstrip("\n").split(","):
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


def shown(text, lang):
    """The number that a text shows and its decimals; None when there is none."""
    match = re.search(r"[+−-]?\d[\d.,]*", text)
    if not match:
        return None
    word = match.group(0).replace("−", "-").lstrip("+")
    word = word.replace(".", "").replace(",", ".") if lang == "nl" else word.replace(",", "")
    return word, len(word.split(".")[1]) if "." in word else 0


def says(text, value, percent, lang):
    """Whether the text is the value at its own rounding."""
    found = shown(text, lang)
    if found is None:
        return False
    wanted = float(value) * (100.0 if percent else 1.0)
    return abs(wanted - float(found[0])) <= 0.5 * 10.0 ** -found[1] + 1e-9 * abs(wanted) # the value has ten digits, a tie may go either way


def is_hidden(cell):
    """Fewer than ten of real people: the cell says so and no more."""
    return "few" in cell["class"] and re.fullmatch(r"<\s*10", cell["text"].strip())


def clean(text):
    text = re.sub(r"\s+", " ", text).strip()
    return re.sub(r",? \(?(niet gevalideerd|not validated)\)?", "", text)


class Check:
    def __init__(self, page, folder):
        self.page, self.folder = page, folder
        self.open = []
        self.faults, self.n_keyed, self.n_pooled, self.n_marked, self.n_sentences, self.n_lines = [], 0, 0, 0, 0, 0
        for table in page.tables:
            self.table(table)
        for mark in page.marks:
            self.mark(mark)
        for line, text in page.sentences:
            self.sentence(line, text)
        if page.data is not None:
            self.lines(page.data["lines"])

    def fault(self, where, what):
        self.faults.append(f"{where}: {what}")

    def cell(self, table, cell, group, before):
        """Shown text against the value that the cell carries."""
        has, lang = cell["has"], self.page.lang
        where = f"line {cell['line']}, {clean(table['caption'])[:50]}"
        unit = any(word in table["caption"] + group for word in PERCENT)
        values = []
        if "data-of" in has:
            return []
        if "data-v" in has:
            values = [(cell["text"], has["data-v"], "%" in cell["text"])]
        elif "data-d" in has:
            values = [(cell["text"], has["data-d"], unit or "%" in cell["text"])]
        elif "data-lo" in has:
            parts = re.split(r"\s(?:tot|to)\s", cell["text"])
            percent = unit or "%" in cell["text"] or "%" in before
            values = list(zip(parts, (has["data-lo"], has["data-hi"]), (percent, percent)))
            if len(parts) != 2:
                self.fault(where, f"'{cell['text']}' is not an interval")
        elif shown(cell["bare"], lang) and "n" in cell["class"] and cell["tag"] == "td" and not is_hidden(cell):
            self.fault(where, f"'{cell['text']}' has no reference")
        for text, value, percent in values:
            if not says(text, value, percent, lang):
                self.fault(where, f"shows '{text}' for {value}")
        return [float(value) for _, value, _ in values]

    def mark(self, mark):
        """A number with a reference: as the files have it, and as it is shown."""
        where, kind = f"line {mark['line']}, {mark['of'][:90]}", mark["of"].split("|")[0]
        self.n_marked += 1
        if not says(mark["text"], mark["v"] * mark["p"], False, self.page.lang):
            self.fault(where, f"shows '{mark['text']}' for {mark['v']}")
        if kind in NOT_RECOUNTED:
            return
        wanted = self.folder.recount(mark["of"])
        if wanted is None or not abs(wanted - mark["v"]) <= 1e-8 * abs(wanted) + 1e-12:
            self.fault(where, f"has {mark['v']}, the tables {wanted}")

    def sentence(self, line, text):
        """What is left of a sentence without its marks, the months of the run, words of the files and of the page has no digit."""
        self.n_sentences += 1
        left = self.folder.unknown(text)
        if re.search(r"\d", left):
            self.open.append(f"line {line}: '{left[:110]}'")

    def table(self, table):
        group, columns = "", []
        for row in table["rows"]:
            cells = row["cells"]
            if cells and all(cell["tag"] == "th" for cell in cells) and "group" not in row["class"]:
                columns = [cell["scenario"] for cell in cells for _ in range(int(cell["has"].get("colspan", 1)))]
            if "group" in row["class"]:
                group = clean(cells[0]["text"]), cells[0]["unit"]
                continue
            values, before = [], ""
            for cell in cells:
                values.append(self.cell(table, cell, "".join(group) + cells[0]["unit"], before))
                before = cell["text"] or before
            if not any(values):
                continue
            if "contrasts" in table["class"] and group:
                self.contrast(table, cells, values, group[0])
            elif "verdicts" in table["class"]:
                self.verdict(cells, values, columns)
            elif "levels" in table["class"] and self.known(clean(cells[0]["text"])):
                self.level(table, cells, values, columns)
            else:
                self.anywhere(table, cells, values)

    def known(self, label):
        return any((label, scenario) in self.folder.summary for scenario in self.folder.scenarios)

    def compare(self, where, got, wanted):
        for one, other in zip(got, wanted):
            if other == "" or abs(float(other) - one) > 1e-9 * abs(one):
                self.fault(where, f"has {one}, the table '{other}'")

    def contrast(self, table, cells, values, group):
        where = f"line {cells[0]['line']}, {group}"
        told = next((cell["scenario"] for cell in cells if cell["scenario"] is not None), None)
        if told is None: # a table of all scenarios in one row, or of something else than contrasts.csv
            return self.anywhere(table, cells, values)
        scenario = self.folder.scenarios[told]
        indicator = clean(re.sub(r"\([^()]*\)\s*$", "", table["caption"]) if group else "")
        rows = [self.folder.contrasts.get((label, scenario)) for label in (group, f"{clean(table['caption'])}, {group}", f"{indicator}, {group}")]
        row = next((one for one in rows if one is not None), None)
        if row is None:
            return self.anywhere(table, cells, values)
        self.n_keyed += sum(len(one) for one in values)
        position = 0
        for cell, got in zip(cells, values):
            if "data-v" in cell["has"]:
                self.compare(where, got, [row[("mean_reference", "mean_scenario")[position]]])
                position += 1
            elif "data-d" in cell["has"]:
                self.compare(where, got, [row["mean_difference"]])
            elif got:
                self.compare(where, got, [row["ci_low"], row["ci_high"]])

    def verdict(self, cells, values, columns):
        label = clean(cells[0]["text"])
        for cell, got, column in zip(cells, values, columns):
            row = self.folder.contrasts.get((label, self.folder.scenarios[column])) if got and column is not None else None
            self.n_keyed += len(got)
            if row is not None:
                self.compare(f"line {cell['line']}, {label}", got, [row["mean_difference"]])
            elif got:
                self.fault(f"line {cell['line']}, {label}", "no row of contrasts.csv")

    def level(self, table, cells, values, columns):
        label, scenario = clean(cells[0]["text"]), 0
        self.n_keyed += sum(len(one) for one in values)
        for at, (cell, got) in enumerate(zip(cells, values)):
            if at < len(columns) and columns[at] is not None:
                scenario = columns[at]
            row = self.folder.summary.get((label, self.folder.scenarios[scenario]), {}).get(self.folder.last)
            if not got:
                continue
            where = f"line {cell['line']}, {label}"
            if row is None:
                self.fault(where, "no row of summary.csv")
            else:
                self.compare(where, got, [row["mean"]] if "data-v" in cell["has"] else [row["ci_low"], row["ci_high"]])

    def anywhere(self, table, cells, values):
        for cell, got in zip(cells, values):
            self.n_pooled += len(got)
            for value in got:
                if not self.folder.anywhere(value):
                    self.fault(f"line {cell['line']}, {clean(table['caption'])[:50]}", f"{value} is in no table of the folder")

    def lines(self, lines):
        for line in lines:
            label = clean(line["t"])
            for scenario, series in enumerate(line["s"]):
                rows = self.folder.summary.get((label, self.folder.scenarios[scenario]))
                if rows is None:
                    self.fault("lines", f"no rows of summary.csv are called '{label}'")
                    break
                for tick, mean in zip(series["x"], series["m"]):
                    wanted = rows[tick]["mean"] if tick in rows else ""
                    self.n_lines += 1
                    if (mean is None) != (wanted == "") or (mean is not None and abs(mean - float(wanted) * 10.0 ** line["k"]) > 0.500001):
                        self.fault("lines", f"{label}, tick {tick}: {mean} at 10^{line['k']}, the table '{wanted}'")


def spoil(text, place):
    """The page with one shown digit of the place-th cell that carries a value changed; '' when there is none."""
    cells = list(re.finditer(r'<td class="n[^"]*" data-[^>]*>([^<]*\d)', text))
    if place >= len(cells):
        return ""
    end = cells[place].end() - 1
    return text[:end] + str((int(text[end]) + 5) % 10) + text[end + 1:]


def spoil_sentence(text, place):
    """The same for a number in a sentence."""
    spans = list(re.finditer(r'<span data-of="[^>]*>([^<]*\d)', text))
    if place >= len(spans):
        return ""
    end = spans[place].end() - 1
    return text[:end] + str((int(text[end]) + 5) % 10) + text[end + 1:]


def spoil_value(text, place):
    """The same for the carried value and the shown one together: a number of another row."""
    cells = list(re.finditer(r'data-d="(-?)(\d)([^"]*)">([^<]*)<', text[:text.find('id="data"')]))
    cells = [cell for cell in cells if len(cell.group(3)) > 5]
    if not cells:
        return ""
    cell = cells[place % len(cells)]
    return text[:cell.start(2)] + str((int(cell.group(2)) + 1) % 10) + text[cell.end(2):]


def spoil_both(text, place):
    """The same for a number with a reference."""
    marks = [mark for mark in re.finditer(r'data-of="([a-z]+)[^"]*" data-v="(-?)(\d)([^"]*)"( data-p="100")?>([^<]*)<', text)
             if mark.group(1) not in NOT_RECOUNTED]
    if place >= len(marks):
        return ""
    mark = marks[place]
    value = mark.group(2) + str((int(mark.group(3)) + 1) % 10) + mark.group(4)
    return text[:mark.start(2)] + value + text[mark.end(4):mark.start(6)] + show(value, mark) + text[mark.end(6):]


def show(value, mark):
    """As the page would show it, so that the text agrees with the changed value."""
    lang = "nl" if "," in mark.group(6) else "en"
    found = shown(mark.group(6), lang)
    text = f"{float(value) * (100 if mark.group(5) else 1):.{found[1] if found else 0}f}"
    return text.replace(".", ",") if lang == "nl" else text


def unmark(text, place):
    """The page with one reference taken away: a number that nobody can check."""
    marks = list(re.finditer(r'(?<=<td class="n") data-of="[^"]*" data-v="[^"]*"( data-p="100")?>', text))
    if place >= len(marks):
        return ""
    return text[:marks[place].start()] + ">" + text[marks[place].end():]


def main(folders):
    failed = False
    for name in folders:
        path = pathlib.Path(name)
        text = (path / "report.html").read_text(encoding="utf-8")
        page = Page(text)
        folder = Folder(path, page.lang)
        check = Check(page, folder)
        for fault in check.faults[:12]:
            print(f"{name}: {fault}")
        print(f"{name}: {check.n_keyed} numbers held against their own row, {check.n_marked} found or counted anew by their reference, {check.n_pooled} "
              f"found in the tables, {check.n_lines} points of lines, {check.n_sentences} sentences with a number, {len(check.open)} of them not "
              f"told by the files or WORDING; {len(check.faults)} faults")
        failed = failed or bool(check.faults) or check.n_keyed + check.n_pooled + check.n_marked < 30
        for change in (spoil, spoil_sentence, spoil_value, spoil_both, unmark):
            for place in (0, 41):
                spoiled = change(text, place)
                if spoiled and len(Check(Page(spoiled), folder).faults) <= len(check.faults):
                    print(f"{name}: {change.__name__} {place}: a changed digit was not found")
                    failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
