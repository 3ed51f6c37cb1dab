#!/usr/bin/env python3
"""Holds every number of report.html against the tables of the results folder it was made from.

  numbers.py DIR [--sweep SWEEP]...     each with report.html: a run, a comparison, a sweep, a calibration, a city or a population

SWEEP is the sweep that the page of a run or comparison shows beside; without it the folder is looked for beside DIR, by the command that the page quotes.

A number in a cell or a sentence is held in the first of these ways that fits, and must be shown at its own rounding:
  - by its reference (data-of, data-v; src/report/proof.h), found or counted anew from the files (recount.py);
  - by the words of its row, column and caption, as the row of the files that they tell apart (rows.py, and the tables of differences here);
  - with all numbers of its row in one line of a table of the folder, or in lines that have the row's name;
  - as a number of some table of the folder: these are counted apart in what is printed.
A cell with a number that is held in no way, a digit in a sentence that neither the files nor WORDING (folder.py) tell, and a line of a chart that is
not the rows of summary.csv, month by month, are faults. The script then spoils shown digits, values and references in what it read, one at a time,
and fails unless each is found."""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from check import Check  # noqa: E402
from folder import Folder  # noqa: E402
from page import Page  # noqa: E402
from spoil import Spoil  # noqa: E402


def sweep_of(page, path):
    """The folder beside this one of the sweep that a page quotes; None: it quotes none."""
    if not any(mark["of"].startswith("beside|") for mark in page.marks):
        return None
    found = [one.parent for one in sorted(path.absolute().parent.glob("*/manifest.json"))
             if (one.parent / "variance.csv").exists() and json.loads(one.read_text(encoding="utf-8"))["command"] in page.commands]
    return found[0] if found else None


def pages_of(arguments):
    """Pairs of a folder and of the one behind --sweep after it."""
    folders = []
    words = iter(arguments)
    for word in words:
        if word == "--sweep" and folders:
            folders[-1] = folders[-1][0], pathlib.Path(next(words))
        else:
            folders.append((word, None))
    return folders


def main(folders):
    failed = False
    for name, sweep in folders:
        path = pathlib.Path(name)
        page = Page((path / "report.html").read_text(encoding="utf-8"))
        check = Check(page, Folder(path, page.lang, sweep or sweep_of(page, path)))
        for fault in check.faults[:12]:
            print(f"{name}: {fault}")
        for one in check.open[:12]:
            print(f"{name}: sentence that is not held: {one}")
        print(f"{name}: {check.n_keyed} numbers held against their own row, {check.n_marked} found or counted anew by their reference, {check.n_together} "
              f"found together in one line or lines of their name, {check.n_pooled} in some table, {check.n_lines} points of lines, {check.n_sentences} sentences with a number, {len(check.open)} of them not "
              f"told by the files or WORDING; {len(check.faults)} faults")
        if page.n_read() != page.n_references or not page.n_references:
            check.fault("page", f"{page.n_read()} numbers with a reference were read, there are {page.n_references}")
            print(f"{name}: {check.faults[-1]}")
        failed = failed or bool(check.faults or check.open)
        spoil = Spoil(check)
        for one in spoil.missed[:12]:
            print(f"{name}: a changed digit was not found: {one}")
        print(f"{name}: {spoil.n} digits spoiled, {len(spoil.missed)} of them not found")
        failed = failed or bool(spoil.missed) or spoil.n < min(30, page.n_references)
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(pages_of(sys.argv[1:])))
