"""Reads a report: its tables, sentences, data of charts and the numbers that say where they come from."""

import html.parser
import json
import re

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
    "source": "literature behind a default, of the program's catalogue",
    "swatches": "bounds of the colours of a map: layout",
    "ends": "axis of the drawings in a column",
    "keys": "bounds of the colours of a map: layout",
    "facts": "versions, times and checksums of the manifest, as they stand there",
}
BLOCKS = "p li h1 h2 h3 h4 dt dd summary caption figcaption td th div section table label".split()
VOID = "meta link br hr input img use path line rect circle wbr col".split()


class Page(html.parser.HTMLParser):
    """Tables as lists of rows of cells, the data of the charts, numbers that carry a reference (marks), and sentences without them."""

    def __init__(self, text):
        super().__init__()
        self.lang, self.tables, self.data = "", [], None
        self.table = self.cell = self.mark = None
        self.in_data, self.is_heading, self.key = False, False, None
        self.marks, self.sentences, self.sentence, self.stack = [], [], "", []
        self.n_references = len(re.findall(r' data-(?:v|d|lo)="', text.split("<script")[0]))
        self.feed(text)
        self.end_sentence()

    def end_sentence(self):
        text = re.sub(r"\s+", " ", self.sentence).strip()
        if re.search(r"\d", text):
            self.sentences.append({"line": self.getpos()[0], "text": text, "heading": self.is_heading})
        self.sentence, self.is_heading = "", False

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
            self.cell["scenario"], self.cell["title"] = int(next(c[1:] for c in classes if re.fullmatch(r"s\d", c))), "" # a style, of seven and one
            self.key = len(self.stack)
        if self.cell is not None and "unit" in classes:
            self.cell["link"] = True

    def handle_endtag(self, tag):
        if tag in VOID: # <path .../>
            return
        if self.mark is not None and len(self.stack) <= self.mark["depth"]:
            self.mark = None
        if self.key is not None and len(self.stack) <= self.key:
            self.key = None
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

    def n_read(self):
        """Cells and marks that carry a value: as many as references, unless the page is not understood."""
        cells = (cell["has"] for table in self.tables for row in table["rows"] for cell in row["cells"])
        return len(self.marks) + sum("data-of" not in has and bool(has.keys() & {"data-v", "data-d", "data-lo"}) for has in cells)

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
            self.is_heading = any(tag == "h2" for tag, _ in self.stack)
        if self.cell is not None:
            if self.key is not None:
                self.cell["title"] += text
            self.cell["unit" if self.cell["link"] else "text"] += text
            if self.mark is None:
                self.cell["bare"] += text
        elif any(tag == "caption" for tag, _ in self.stack):
            self.table["caption"] += text


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
