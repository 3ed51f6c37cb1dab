"""Holds the cells, marks, sentences and lines of a page against the tables of its folder; the ways are told in numbers.py."""

import re

from page import clean, says, shown
from recount import NOT_RECOUNTED
from rows import Rows

PERCENT = ("procentpunt", "percentage points")


def is_hidden(cell):
    """Fewer than ten of real people: the cell says so and no more."""
    return "few" in cell["class"] and re.fullmatch(r"<\s*10", cell["text"].strip())


class Check:
    def __init__(self, page, folder):
        self.page, self.folder, self.rows = page, folder, Rows(folder)
        self.open = []
        self.faults, self.n_keyed, self.n_together, self.n_pooled, self.n_marked, self.n_sentences, self.n_lines = [], 0, 0, 0, 0, 0, 0
        self.n_parts = 0
        for table in page.tables:
            self.whose(table)
            self.table(table)
        for mark in page.marks:
            self.mark(mark)
        for sentence in page.sentences:
            self.sentence(sentence)
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
            values = [(cell["text"], has["data-v"], "%" in cell["text"] or "data-p" in has)]
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

    def whose(self, table):
        """Cells that name a scenario by its title and style: its place. Some styles are of several scenarios."""
        for cell in (cell for row in table["rows"] for cell in row["cells"] if cell["scenario"] is not None):
            place = self.folder.place_of(cell["scenario"], clean(cell["title"]))
            if place is None:
                self.fault(f"line {cell['line']}", f"no scenario has the title '{clean(cell['title'])}' and style {cell['scenario']}")
            cell["scenario"] = place

    def sentence(self, sentence):
        """What is left of a sentence without its marks, the months of the run, words of the files and of the page has no digit. Parts have numbers."""
        text = sentence["text"]
        self.n_sentences += 1
        if sentence["heading"] and "number" not in sentence:
            self.n_parts += 1
            sentence["number"] = f"{self.n_parts}. "
        if sentence["heading"] and text.startswith(sentence["number"]):
            text = text[len(sentence["number"]):]
        left = self.folder.words.unknown(text)
        if re.search(r"\d", left):
            self.open.append(f"line {sentence['line']}: '{left}'")

    def table(self, table):
        group, of_group, columns, heads = "", None, [], []
        for row in table["rows"]:
            cells = row["cells"]
            if cells and all(cell["tag"] == "th" for cell in cells) and "group" not in row["class"]:
                heads = [cell["text"] for cell in cells for _ in range(int(cell["has"].get("colspan", 1)))]
                columns = [cell["scenario"] for cell in cells for _ in range(int(cell["has"].get("colspan", 1)))]
            if "group" in row["class"]:
                group, of_group = (clean(cells[0]["text"]), cells[0]["unit"]), cells[0]["scenario"]
                continue
            spare = len(cells) - len(columns) # a head of two rows
            row["of_group"] = of_group
            row["group"], row["columns"], row["heads"] = group, columns + [None] * spare, heads + [""] * spare
            self.row(table, row)

    def row(self, table, row):
        cells, group, values, before = row["cells"], row["group"], [], ""
        for cell in cells:
            values.append(self.cell(table, cell, "".join(group) + cells[0]["unit"], before))
            before = cell["text"] or before
        if not any(values):
            return
        row["wanted"] = row.get("wanted") or self.rows.of(table, row) # none: other ways
        if row["wanted"]:
            self.told(row, values)
        elif "contrasts" in table["class"] and "ratios" not in table["class"]:
            self.contrast(table, row, values, group[0] if group else "")
        elif "verdicts" in table["class"]:
            self.verdict(row, values)
        elif "levels" in table["class"] and self.known(clean(cells[0]["text"])):
            self.level(table, cells, values, row["columns"])
        else:
            self.anywhere(table, cells, values)

    def known(self, label):
        return any((label, scenario) in self.folder.summary for scenario in self.folder.scenarios)

    def compare(self, where, got, wanted):
        for one, other in zip(got, wanted):
            if other in ("", None) or abs(float(other) - one) > 1e-9 * abs(one) + 1e-12:
                self.fault(where, f"has {one}, the table '{other}'")

    def told(self, row, values):
        """A row that its words tell apart: Rows gives the numbers of each cell, for every area that has the name."""
        tries, where = [], f"line {row['cells'][0]['line']}, {clean(row['cells'][0]['text'])}"
        for wanted in row["wanted"]:
            self.faults, kept = [], self.faults
            for at, got in enumerate(values):
                if got:
                    self.compare(f"{where}, {clean(row['heads'][at])}", got, wanted(at))
            tries.append(self.faults)
            self.faults = kept
        self.n_keyed += sum(map(len, values))
        self.faults += min(tries, key=len)

    def contrast(self, table, row, values, group):
        """A row of contrasts.csv: its outcome is told by the group of rows, the head, or the caption with one of these as group of households."""
        cells = row["cells"]
        where = f"line {cells[0]['line']}, {group or clean(cells[0]['text'])}"
        told = next((cell["scenario"] for cell in cells if cell["scenario"] is not None), 1 if len(self.folder.scenarios) == 2 else None)
        if told is None: # a table of all scenarios in one row, or of something else than contrasts.csv
            return self.anywhere(table, cells, values)
        scenario, caption = self.folder.scenarios[told], clean(table["caption"])
        indicator = clean(re.sub(r"\([^()]*\)\s*$", "", caption))
        words = [one for one in (group, clean(cells[0]["text"])) if one]
        labels = [label for one in words for label in (f"{caption}, {one}", f"{indicator}, {one}", one)]
        row = next(filter(None, (self.folder.contrast(label, scenario) for label in labels)), None)
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

    def verdict(self, row, values):
        """Differences from the reference, a scenario a column; where more theories were run each has its own."""
        label = clean(row["cells"][0]["text"])
        for cell, got, column, head in zip(row["cells"], values, row["columns"], row["heads"]):
            theory = re.search(r"(?:theorie|theory) (T\d)$", clean(head))
            found = self.folder.contrast(label, self.folder.scenarios[column], theory and theory[1]) if got and column is not None else None
            self.n_keyed += len(got)
            if found is not None:
                self.compare(f"line {cell['line']}, {label}", got, [found["mean_difference"]])
            elif got:
                self.fault(f"line {cell['line']}, {label}", "no row of contrasts.csv")

    def level(self, table, cells, values, columns):
        label, scenario = clean(cells[0]["text"]), 0
        self.n_keyed += sum(len(one) for one in values)
        for at, (cell, got) in enumerate(zip(cells, values)):
            if columns[at] is not None:
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
        """All numbers of the row in one line of a table of the folder or in lines that have its name; else each of them in some table."""
        all_of = [value for got in values for value in got]
        if len(all_of) > 1 and self.folder.together(all_of, cells[0]["has"].get("data-name") or clean(cells[0]["text"])):
            self.n_together += len(all_of)
            return
        for cell, got in zip(cells, values):
            self.n_pooled += len(got)
            for value in got:
                if not self.folder.anywhere(value):
                    self.fault(f"line {cell['line']}, {clean(table['caption'])[:50]}", f"{value} is in no table of the folder")

    def lines(self, lines):
        for line in lines:
            label = clean(line["t"])
            if not self.known(label):
                self.fault("lines", f"no rows of summary.csv are called '{label}'")
            for scenario, series in enumerate(line["s"]):
                rows = self.folder.summary.get((label, self.folder.scenarios[scenario]), {}) # none: a group that the scenario has not
                for tick, mean in zip(series["x"], series["m"]):
                    wanted = rows[tick]["mean"] if tick in rows else ""
                    self.n_lines += 1
                    if (mean is None) != (wanted == "") or (mean is not None and abs(mean - float(wanted) * 10.0 ** line["k"]) > 0.500001):
                        self.fault("lines", f"{label}, tick {tick}: {mean} at 10^{line['k']}, the table '{wanted}'")
