#!/usr/bin/env python3
"""Holds every number of report.html against the tables of the results folder it was made from.

  numbers.py DIR[+SWEEP]...     each with report.html: a run, a comparison, a sweep, a calibration, a city or a population;
                                +SWEEP: made with a sweep beside it (report DIR --sweep SWEEP), of which the sentences and ranges are held too

A number in a cell or a sentence is held in the first of these ways that fits, and must be shown at its own rounding:
  - by its reference (data-of, data-v; src/report/proof.h), found or counted anew from the files (recount.py);
  - by the words of its row, column and caption, as the row of the files that they tell apart (rows.py, and the tables of differences here);
  - with all numbers of its row in one line of a table of the folder, or in lines that have the row's name;
  - as a number of some table of the folder: these are counted apart in what is printed.
A cell with a number that is held in no way, a digit in a sentence that neither the files nor WORDING (folder.py) tell, and a line of a chart that is
not the rows of summary.csv, month by month, are faults. The script then spoils shown digits, values and references in what it read, one at a time,
and fails unless each is found."""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from folder import Folder  # noqa: E402
from page import Page, clean, says, shown  # noqa: E402
from recount import NOT_RECOUNTED  # noqa: E402
from rows import Rows  # noqa: E402

PERCENT = ("procentpunt", "percentage points")


def is_hidden(cell):
    """Fewer than ten of real people: the cell says so and no more."""
    return "few" in cell["class"] and re.fullmatch(r"<\s*10", cell["text"].strip())


class Check:
    def __init__(self, page, folder):
        self.page, self.folder, self.rows = page, folder, Rows(folder)
        self.open = []
        self.faults, self.n_keyed, self.n_together, self.n_pooled, self.n_marked, self.n_sentences, self.n_lines = [], 0, 0, 0, 0, 0, 0
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

    def sentence(self, line, text):
        """What is left of a sentence without its marks, the months of the run, words of the files and of the page has no digit."""
        self.n_sentences += 1
        left = self.folder.unknown(text)
        if re.search(r"\d", left):
            self.open.append(f"line {line}: '{left}'")

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
        elif "contrasts" in table["class"] and (group or len(self.folder.scenarios) == 2): # of one alternative a row needs no group above it
            self.contrast(table, cells, values, group[0] if group else clean(cells[0]["text"]))
        elif "verdicts" in table["class"]:
            self.verdict(cells, values, row)
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

    def contrast(self, table, cells, values, group):
        where = f"line {cells[0]['line']}, {group}"
        told = next((cell["scenario"] for cell in cells if cell["scenario"] is not None), 1 if len(self.folder.scenarios) == 2 else None)
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

    def verdict(self, cells, values, of):
        label = clean(cells[0]["text"])
        for cell, got, column, head in zip(cells, values, of["columns"], of["heads"]):
            theory = re.search(r"(?:theorie|theory) (T\d)$", clean(head)) # each its own column when more were run
            theory = theory[1] if theory else self.folder.recount.theory()
            row = self.folder.under.get((label, self.folder.scenarios[column], theory)) if got and column is not None else None
            self.n_keyed += len(got)
            if row is not None:
                self.compare(f"line {cell['line']}, {label}", got, [row["mean_difference"]])
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


def spoiled_text(text):
    """A text with another last digit of its first number."""
    end = re.search(r"\d(?=[.,]?\D|[.,]?$)", text[re.search(r"\d", text).start():]).start() + re.search(r"\d", text).start()
    return text[:end] + str((int(text[end]) + 5) % 10) + text[end + 1:]


def spoiled_value(value):
    """A value with another first digit."""
    at = re.search(r"\d", value).start()
    return value[:at] + str((int(value[at]) + 1) % 10) + value[at + 1:]


def as_shown(text, value, percent, lang):
    """The text as it would be of another value."""
    word = f"{float(value) * percent:.{shown(text, lang)[1]}f}"
    return word.replace(".", ",") if lang == "nl" else word


class Spoil:
    """Changes digits of a page that was read, one at a time, and counts which changes the check does not see."""

    def __init__(self, check):
        self.check, self.n, self.missed = check, 0, []
        cells = [(table, row, cell) for table in check.page.tables for row in table["rows"] if "columns" in row for cell in row["cells"]]
        for table, row, cell in self.some([one for one in cells if one[2]["has"].keys() & {"data-v", "data-d"} and self.has_number(one[2])]):
            self.of_cell(table, row, cell)
        for mark in self.some([mark for mark in check.page.marks if self.has_number(mark)]):
            self.of_mark(mark)

    @staticmethod
    def some(all_of):
        return all_of[::max(1, len(all_of) // 400)]

    def has_number(self, one):
        return shown(one["text"], self.check.page.lang) is not None

    def try_it(self, what, run):
        before = len(self.check.faults)
        run()
        self.n += 1
        if len(self.check.faults) == before:
            self.missed.append(what)
        del self.check.faults[before:]

    def of_cell(self, table, row, cell):
        """A reference taken away; of other cells the shown digit, and then the value with it, as if they were of another row."""
        has, text, bare, lang = cell["has"], cell["text"], cell["bare"], self.check.page.lang
        where = f"line {cell['line']}, {clean(table['caption'])[:50]}"
        if "data-of" in has:
            cell["has"], cell["bare"] = {}, text
            self.try_it(where + ": without a reference", lambda: self.check.row(table, row))
            cell["has"], cell["bare"] = has, bare
            return
        cell["text"] = spoiled_text(text)
        self.try_it(f"{where}: '{text}' shown as '{cell['text']}'", lambda: self.check.row(table, row))
        key = "data-v" if "data-v" in has else "data-d"
        if len(has[key].strip("-")) > 6 and abs(float(has[key])) > 1e-9: # below it is what summing leaves of nothing
            cell["has"] = {**has, key: spoiled_value(has[key])}
            cell["text"] = as_shown(text, cell["has"][key], 1.0 if says(text, has[key], False, lang) else 100.0, lang) + (" %" if "%" in text else "")
            self.try_it(f"{where}: {has[key]} as {cell['has'][key]}", lambda: self.check.row(table, row))
        cell["has"], cell["text"] = has, text

    def of_mark(self, mark):
        text, value = mark["text"], mark["v"]
        mark["text"] = spoiled_text(text)
        self.try_it(f"{mark['of'][:60]}: '{text}' shown as '{mark['text']}'", lambda: self.check.mark(mark))
        if mark["of"].split("|")[0] not in NOT_RECOUNTED:
            mark["v"] = float(spoiled_value(f"{value:.10g}")) if value else 3.0
            mark["text"] = as_shown(text, mark["v"], mark["p"], self.check.page.lang)
            self.try_it(f"{mark['of'][:60]}: {value} as {mark['v']}", lambda: self.check.mark(mark))
        mark["text"], mark["v"] = text, value


def main(folders):
    failed = False
    for name in folders:
        path, _, beside = name.partition("+")
        path = pathlib.Path(path)
        page = Page((path / "report.html").read_text(encoding="utf-8"))
        check = Check(page, Folder(path, page.lang, pathlib.Path(beside) if beside else None))
        for fault in check.faults[:12]:
            print(f"{name}: {fault}")
        for one in check.open[:12]:
            print(f"{name}: sentence that is not held: {one}")
        print(f"{name}: {check.n_keyed} numbers held against their own row, {check.n_marked} found or counted anew by their reference, {check.n_together} "
              f"found together in one line or lines of their name, {check.n_pooled} in some table, {check.n_lines} points of lines, {check.n_sentences} sentences with a number, {len(check.open)} of them not "
              f"told by the files or WORDING; {len(check.faults)} faults")
        failed = failed or bool(check.faults or check.open) or check.n_keyed + check.n_together + check.n_marked < 20
        spoil = Spoil(check)
        for one in spoil.missed[:12]:
            print(f"{name}: a changed digit was not found: {one}")
        print(f"{name}: {spoil.n} digits spoiled, {len(spoil.missed)} of them not found")
        failed = failed or bool(spoil.missed) or spoil.n < 30
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
