"""Digits of sentences that are words: of the page itself (WORDING), names and texts of the files, months of the run."""

import contextlib
import csv
import json
import pathlib
import re
import sqlite3

import tables

# Numbers that are words of the page and no results: removed from a sentence before a digit that is left counts as a fault.
WORDING = (
    r"\b9[05]\s?%", # the intervals of the method
    r"(?i)\b(minder dan|fewer than|under|onder) 10\b", # below which cells are grey and intervals are not told
    r"\bT[012] (is|\()? ?0\s?%", # the scale of the break-even value
    r"\bT[012]\b", # names of theories
    r"Leefbaarometer(-| )?3\.0", # a version
    r"(Herhaling|herhaling|Replication|replication) 1\b", # an example
    r"(bijvoorbeeld|for example) 5–6",
    r"(deel|part) 2\b", # a part of the page
    r"((laatste|last)|(Slaagkans|Chance of success) in) 12 (maanden|months)",
    r"1[,.]5 (keer|times)", # bound of the alarm of load
    r"(lopen gewoonlijk|usually differ by) 0[,.]14", # a published spread
    r"(per|Per|for|For|and|en) 1[.,]000\b|^1[.,]000 (uur|hours)", # units
    r"(hoogstens|at most) 2\b", # the bound of z
    r"(aandeel|share) \(0 (tot|to) 1\)|\(1(: ja|: yes| is [a-z]+)\)", # units
    r"\b(S1|mu\*)|(minder dan|less than) 1\b|1 januari|\b0 tot en met 14|15 tot en met 24|25 tot en met 44|45 tot en met 64|65 jaar|vanaf 2000", # labels
    r"\b(by|per) 100m\b|100 met(er|res)\b", # scales
    r"Huisvestingswet 2014|Wmo 2015", # laws
    r"SHA-256",
    r"\b0: (overal hetzelfde aandeel|the same share everywhere); 1: |(bij toeval niet|D is not) 0\b", # what D is
    r"jonger dan 28 jaar|younger than 28|65 or older", # who is in a group
    r"^(0|15|25|45|65) (tot|to) \d\d( jaar)?$|^(65|80) (jaar en ouder|and over|and older|or older)$", # categories of ages
    r"1 January|\b0 to 14 years|15 to 24 years|25 to 44 years|45 to 64 years|65 years and over|in or after 2000", # labels
    r"(binnen|within) 2 sd\b|\(0[,.]95 is (goed|right)\)", # what is counted of an emulator, and what to expect
    r"CC BY 4\.0|GPL-3\.0", # licences
    r"(per aandeel van|for a share of) 1\b", # a unit
)
# The same of the program's catalogue (`wijksim describe` prints it), of which no folder has a copy: these alone are not spoiled.
CITED = (
    r"\bart\. \d+[ab]?((,| and| en| lid| to) \d+[ab]?)*|BW 7:274c (en|and) 274d", # articles of law
    r"\[[A-Z]\d+(, [A-Z]\d+)*\]", # sources of docs/sources.md, in what a parameter is
)
MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december".split(),
    "January February March April May June July August September October November December".split(),
)
NUMBER = re.compile(r"[-+]?\d+(\.\d+)?(e[-+]?\d+)?")
CODE_BEHIND = re.compile(r"^(\D.*) ((?:BU|WK|GM)\d+)$") # of a cell
NAMING = ("scenario", "indicator", "group", "scale", "area", "owner", "rule") # columns of names, of tables that may be large
CODE = re.compile(r"\b((?:BU|WK|GM)\w+) \(((?:[^()]|\([^()]*\))*)\)")


class Words:
    def __init__(self, path, dates, sweep=None):
        self.path, self.dates, self.names = path, dates, self.names_of(path) # dates by tick
        self.texts, self.left, self.folders = None, {}, [one for one in (path, sweep) if one is not None]

    def known_texts(self):
        """What the files say in words and with digits, longest first: titles, labels, differences, names and codes of areas, names of files and rules."""
        if self.texts is None:
            found = {*self.names, *self.names.values(), "wijksim " + self.version(), *self.replications()}
            for path in (path for folder in self.folders for path in folder.glob("**/*")):
                if path.suffix in (".txt", ".cfg", ".json") and path.stat().st_size < 1 << 20:
                    found.update(self.texts_of(path))
                elif path.name in ("summary.csv", "queue.csv", "compliance.csv"):
                    found.update(word for row in tables.read(path) for word in map(row.get, NAMING) if word)
                    found.update(word.replace("-", " ") for word in list(found) if re.fullmatch(r"corporatie-\d+", word)) # of an owner, as the page says it
                elif path.suffix == ".csv" and path.stat().st_size < 1 << 18:
                    for row in csv.reader(open(path, newline="", encoding="utf-8")):
                        found.update(one for one in row if not NUMBER.fullmatch(one) and not re.fullmatch(r"\d{4}-\d\d", one))
            found = {re.sub(r"\s+", " ", one.lstrip("- ")).strip() for one in found}
            self.texts = sorted((one for one in found if re.search(r"\d", one) and re.search(r"[^\W\d_]", one)), key=len, reverse=True)
        return self.texts

    def version(self):
        """Of the program that wrote the folder; a city has none, there that of this source tree."""
        path = self.path / "manifest.json"
        if path.exists():
            return json.loads(path.read_text(encoding="utf-8"))["version"]
        tree = pathlib.Path(__file__).resolve().parents[2] / "CMakeLists.txt"
        return re.search(r"VERSION (\d+\.\d+\.\d+)", tree.read_text(encoding="utf-8"))[1]

    def replications(self):
        """The numbers of the manifest in words, as 1–3, 7."""
        path, parts = self.path / "manifest.json", []
        for one in json.loads(path.read_text(encoding="utf-8")).get("replications", []) if path.exists() else []:
            if parts and parts[-1][1] == one["number"] - 1:
                parts[-1][1] = one["number"]
            else:
                parts.append([one["number"], one["number"]])
        told = ", ".join(f"{first}–{last}" if last > first else str(first) for first, last in parts)
        return [f"nummers {told}", f"numbers {told}"]

    @staticmethod
    def texts_of(path):
        text = path.read_text(encoding="utf-8")
        yield from re.findall(r'"((?:[^"\\]|\\.)*)"', text)
        if path.suffix == ".txt":
            yield from (part for line in text.split("\n") for part in (line, *re.split(r"\.? (?=\[)", line)))
        if path.name == "manifest.json": # of a path the page has the file's name
            yield from (one["path"].rsplit("/", 1)[-1] for one in json.loads(text).get("inputs", []))

    @staticmethod
    def names_of(path):
        """Names of areas by code, of the maps and the table of buurten; what one of them says of a code all do."""
        names = {}
        for plan in sorted(path.glob("**/map.gpkg")):
            with contextlib.closing(sqlite3.connect(f"file:{plan}?mode=ro", uri=True)) as base:
                names.update(base.execute("SELECT code, name FROM areas"))
                if any(column[1] == "wijk_name" for column in base.execute("PRAGMA table_info(areas)")):
                    names.update(base.execute("SELECT wijk, wijk_name FROM areas WHERE wijk_name <> ''"))
        if (path / "buurten.csv").exists():
            for row in tables.read(path / "buurten.csv"):
                names.update({row[key]: row[key + "_name"] for key in ("wijk", "gemeente") if row.get(key + "_name")}, **{row["code"]: row["name"]})
        return names

    def unknown(self, text):
        """What is left of a sentence without the months of the run, words of the files and of the page."""
        if text not in self.left:
            whole = CODE.sub(lambda told: self.of_pair(told[0], told[1], told[2]), text) # the page tells the name behind a code
            whole = CODE_BEHIND.sub(lambda told: self.of_pair(told[0], told[2], told[1]), whole)
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

    def of_pair(self, whole, code, name):
        """The code alone; where that is no name of it a digit that nothing else takes away."""
        return code if self.is_name(code, name) else whole if code not in self.names else "0 " + whole

    def is_name(self, code, told):
        """Of an area, or of a wijk that has no name of its own that of its first buurt and that there are others."""
        first = re.sub(r" (e\.a\.|etc\.)$", "", told)
        return self.names.get(code) == told or (code not in self.names and first in {self.names[one] for one in self.names if one[2:8] == code[2:]})

    def without_months(self, left):
        """Dates of the run, months in words; of a run without dates its steps."""
        def known(month):
            number = next((list_of.index(month[1]) + 1 for list_of in MONTHS if month[1] in list_of), 0)
            return "" if f"{month[2]}-{number:02}" in self.dates.values() else month[0]

        def step(told):
            return "" if self.dates.get(int(told[1])) == "" and int(told[1]) in (min(self.dates), max(self.dates)) else told[0]
        left = re.sub(r"\b([A-Za-z]+) (\d{4})\b", known, left)
        years = {date[:4] for date in self.dates.values()}
        left = re.sub(r"\b(\d{4}) (?=\( (?:maand|month))", lambda told: "" if told[1] in years else told[0], left) # of which the months, a mark, are told
        return re.sub(r"\b(?:stap|step) (\d+)\b", step, left)

    def without_known(self, left):
        for known in self.known_texts():
            if known in left:
                left = re.sub(r"(?<!\w)" + re.escape(known) + r"(?!\w)", "", left)
        return left

    @staticmethod
    def without_wording(left):
        for pattern in WORDING + CITED:
            left = re.sub(pattern, "", left)
        return left
