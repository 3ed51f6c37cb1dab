"""Whether the check can fail: spoils what was read of a page, one digit at a time, and counts what is not found."""

import re

from page import clean, says, shown
from recount import NOT_RECOUNTED
from words import CITED


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


NOISE = 1e-9 # what a sum of binary fractions may leave of zero: of another such number the check need not know it


class Spoil:
    """Changes digits of a page that was read, one at a time, and counts which changes the check does not see."""

    def __init__(self, check):
        self.check, self.n, self.missed = check, 0, []
        cells = [(table, row, cell) for table in check.page.tables for row in table["rows"] if "columns" in row for cell in row["cells"]]
        for table, row, cell in self.some([one for one in cells if one[2]["has"].keys() & {"data-v", "data-d"} and self.has_number(one[2])]):
            self.of_cell(table, row, cell)
        for mark in self.some([mark for mark in check.page.marks if self.has_number(mark)]):
            self.of_mark(mark)
        for sentence in self.some([one for one in check.page.sentences if check.folder.words.unknown(one["text"]) != one["text"]]):
            self.of_sentence(sentence)

    @staticmethod
    def some(all_of):
        return all_of[::max(1, len(all_of) // 400)]

    def has_number(self, one):
        return shown(one["text"], self.check.page.lang) is not None

    def try_it(self, what, run):
        before, n_open = len(self.check.faults), len(self.check.open)
        run()
        self.n += 1
        if len(self.check.faults) == before and len(self.check.open) == n_open:
            self.missed.append(what)
        del self.check.faults[before:], self.check.open[n_open:]

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
        if len(has[key].strip("-")) > 6 and abs(float(has[key])) > NOISE:
            cell["has"] = {**has, key: spoiled_value(has[key])}
            cell["text"] = as_shown(text, cell["has"][key], 1.0 if says(text, has[key], False, lang) else 100.0, lang) + (" %" if "%" in text else "")
            self.try_it(f"{where}: {has[key]} as {cell['has'][key]}", lambda: self.check.row(table, row))
        cell["has"], cell["text"] = has, text

    def of_mark(self, mark):
        text, value = mark["text"], mark["v"]
        mark["text"] = spoiled_text(text)
        self.try_it(f"{mark['of'][:60]}: '{text}' shown as '{mark['text']}'", lambda: self.check.mark(mark))
        if mark["of"].split("|")[0] not in NOT_RECOUNTED:
            mark["v"] = float(spoiled_value(f"{value:.10g}")) if abs(value) > NOISE else 3.0
            mark["text"] = as_shown(text, mark["v"], mark["p"], self.check.page.lang)
            self.try_it(f"{mark['of'][:60]}: {value} as {mark['v']}", lambda: self.check.mark(mark))
        mark["text"], mark["v"] = text, value

    def of_sentence(self, sentence):
        """Each number of a sentence that has no mark: of names, months, texts of files and of the page."""
        text = sentence["text"]
        cited = [found.span() for pattern in CITED for found in re.finditer(pattern, text)]
        for found in re.finditer(r"\d+", text):
            other = str((int(found[0][-1]) + 3) % 10) # 95 % becomes no 90 %
            sentence["text"] = text[:found.end() - 1] + other + text[found.end():]
            if self.is_known(sentence["text"], found.end()) or any(low <= found.start() < high for low, high in cited):
                continue
            self.try_it(f"line {sentence['line']}: '{text[:60]}' as '{sentence['text'][max(0, found.start() - 30):found.end() + 30]}'",
                        lambda: self.check.sentence(sentence))
        sentence["text"] = text

    def is_known(self, text, end):
        """Whether the digit before this place is part of another name: which one it is, its row tells."""
        texts = self.check.folder.words.known_texts()
        return any(found.start() < end <= found.end() for one in texts if one in text for found in re.finditer(re.escape(one), text))
