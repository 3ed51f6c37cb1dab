#!/usr/bin/env python3
"""Holds every number of the tables and lines of report.html against the tables of the results folder it was made from.

  numbers.py DIR...     each with report.html, summary.csv, codebook.csv and, of a comparison, contrasts.csv

A cell that carries its value (data-v, data-d, data-lo and data-hi) must show that value at the shown rounding. In the tables of differences and
of all outcomes the value must be that of the row of contrasts.csv or summary.csv with the same outcome, group, scale and scenario; in other
tables it must occur in some table of the folder. Lines of charts must be the rows of summary.csv, month by month. The script then spoils digits
of the page, one at a time, and fails unless each is found. Cells that carry no value are counted, not checked."""

import bisect
import csv
import html.parser
import json
import math
import pathlib
import re
import sys

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
    """Tables as lists of rows of cells, and the data of the charts."""

    def __init__(self, text):
        super().__init__()
        self.lang, self.tables, self.data = "", [], None
        self.table = self.cell = None
        self.in_caption = self.in_data = self.in_button = False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        classes = (has.get("class") or "").split()
        if tag == "html":
            self.lang = has["lang"]
        elif tag == "table":
            self.table = {"class": classes, "caption": "", "rows": []}
            self.tables.append(self.table)
        elif tag == "caption":
            self.in_caption = True
        elif tag == "tr" and self.table is not None:
            self.table["rows"].append({"class": classes, "cells": []})
        elif tag in ("td", "th") and self.table is not None:
            self.cell = {"tag": tag, "has": has, "text": "", "line": self.getpos()[0], "scenario": None, "class": classes, "unit": "", "link": False}
            self.table["rows"][-1]["cells"].append(self.cell)
        elif tag == "script":
            self.in_data = has.get("id") == "data"
        if self.cell is not None and tag == "span" and "data-d" in has: # a difference within a verdict
            self.cell["has"], self.cell["text"] = {**self.cell["has"], **has}, ""
        if self.cell is not None and "sc" in classes:
            self.cell["scenario"] = int(next(c[1:] for c in classes if re.fullmatch(r"s\d", c)))
        if self.cell is not None and "unit" in classes:
            self.cell["link"] = True

    def handle_endtag(self, tag):
        if tag == "table":
            self.table = None
        elif tag in ("td", "th"):
            self.cell = None
        elif tag in ("span", "a") and self.cell is not None:
            self.cell["link"] = False
        elif tag == "caption":
            self.in_caption = False
        elif tag == "script":
            self.in_data = False

    def handle_data(self, text):
        if self.in_data:
            self.data = json.loads(text)
        elif self.cell is not None:
            self.cell["unit" if self.cell["link"] else "text"] += text
        elif self.in_caption:
            self.table["caption"] += text


class Folder:
    """The tables of a results folder, by the words that the page uses for them."""

    def __init__(self, path, lang):
        self.path, self.lang = path, lang
        self.labels, self.groups = {}, {}
        for row in self.rows("codebook.csv"):
            target = self.groups if row["column"] == "group" else self.labels
            if row["indicator"]:
                target.setdefault(row["indicator"], row["label_" + lang])
        self.summary, self.scenarios = {}, []
        for row in self.rows("summary.csv"):
            if row["scenario"] not in self.scenarios:
                self.scenarios.append(row["scenario"])
            if not row["area"]:
                self.summary.setdefault((self.label(row), row["scenario"]), {})[int(row["tick"])] = row
        self.contrasts, self.last = {}, max(tick for series in self.summary.values() for tick in series)
        if (path / "contrasts.csv").exists():
            for row in self.rows("contrasts.csv"):
                if not row["area"] and int(row["tick"]) == self.last:
                    self.contrasts[self.label(row), row["scenario"]] = row
        self.pool = None

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
        folders = [self.path / one for one in self.scenarios if (self.path / one).is_dir()] or [self.path]
        for place, folder in enumerate(folders):
            for row in self.rows(folder / "flows.csv"):
                if place == 0 and row["replication"] not in replications:
                    replications.append(row["replication"])
                per_run = moves.setdefault((row["from_area"], row["to_area"], row["group"]), {}).setdefault(place, {})
                per_run[row["replication"]] = per_run.get(row["replication"], 0) + int(row["moves"]) / years
        n = len(replications)
        quantile = student(n - 1) if n > 1 and len(folders) > 1 else math.nan
        for pair in moves.values():
            value = [[pair.get(place, {}).get(one, 0.0) for one in replications] for place in range(len(folders))]
            for of_scenario in value:
                differences = [b - a for a, b in zip(value[0], of_scenario)]
                mean = sum(differences) / n
                half = quantile * math.sqrt(sum((one - mean) ** 2 for one in differences) / (n - 1) / n) if n > 1 else math.nan
                yield from (sum(of_scenario) / n, mean, mean - half, mean + half)

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
            found.update(self.streams())
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


def clean(text):
    text = re.sub(r"\s+", " ", text).strip()
    return re.sub(r",? \(?(niet gevalideerd|not validated)\)?", "", text)


class Check:
    def __init__(self, page, folder):
        self.page, self.folder = page, folder
        self.faults, self.n_keyed, self.n_pooled, self.n_bare, self.n_lines = [], 0, 0, 0, 0
        for table in page.tables:
            self.table(table)
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
        elif shown(cell["text"], lang) and "n" in cell["class"] and cell["tag"] == "td":
            self.n_bare += 1
        for text, value, percent in values:
            if not says(text, value, percent, lang):
                self.fault(where, f"shows '{text}' for {value}")
        return [float(value) for _, value, _ in values]

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


def spoil_value(text, place):
    """The same for the carried value and the shown one together: a number of another row."""
    cells = list(re.finditer(r'data-d="(-?)(\d)([^"]*)">([^<]*)<', text[:text.find('id="data"')]))
    cells = [cell for cell in cells if len(cell.group(3)) > 5]
    if not cells:
        return ""
    cell = cells[place % len(cells)]
    return text[:cell.start(2)] + str((int(cell.group(2)) + 1) % 10) + text[cell.end(2):]


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
        print(f"{name}: {check.n_keyed} numbers held against their own row, {check.n_pooled} found in the tables, {check.n_lines} points of lines; "
              f"{check.n_bare} cells carry no value; {len(check.faults)} faults")
        failed = failed or bool(check.faults) or check.n_keyed + check.n_pooled < 100
        for change in (spoil, spoil_value):
            for place in (0, 7, 41):
                spoiled = change(text, place)
                if spoiled and len(Check(Page(spoiled), folder).faults) <= len(check.faults):
                    print(f"{name}: {change.__name__} {place}: a changed digit was not found")
                    failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
