"""Whether the check can fail: spoils what was read of a page, one digit at a time, and counts what is not found."""

import re

from page import clean, says, shown
from recount import NOT_RECOUNTED


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
        if len(has[key].strip("-")) > 6:
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
