#!/usr/bin/env python3
"""Holds every number of report.html against the tables of the results folder it was made from.

  numbers.py DIR[+SWEEP]...     each with report.html: a run, a comparison, a sweep, a calibration, a city or a population;
                                +SWEEP: the sweep that the page shows beside it (report DIR --sweep SWEEP)

A number in a cell or a sentence is held in the first of these ways that fits, and must be shown at its own rounding:
  - by its reference (data-of, data-v; src/report/proof.h), found or counted anew from the files (recount.py);
  - by the words of its row, column and caption, as the row of the files that they tell apart (rows.py, and the tables of differences here);
  - with all numbers of its row in one line of a table of the folder, or in lines that have the row's name;
  - as a number of some table of the folder: these are counted apart in what is printed.
A cell with a number that is held in no way, a digit in a sentence that neither the files nor WORDING (words.py) tell, and a line of a chart that is
not the rows of summary.csv, month by month, are faults. The script then spoils shown digits, values and references in what it read, one at a time,
and fails unless each is found (spoil.py).

Its parts: page.py reads the page; folder.py and words.py know the files by the words of a page, tables.py reads them; check.py holds the one
against the other, with rows.py, recount.py and paired.py."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from check import Check  # noqa: E402
from folder import Folder  # noqa: E402
from page import Page  # noqa: E402
from spoil import Spoil  # noqa: E402


def hold(name):
    """Whether every number of the page of DIR[+SWEEP] was held, and every spoiled digit found; both are told."""
    path, sweep = (pathlib.Path(one) if one else None for one in name.partition("+")[::2])
    page = Page((path / "report.html").read_text(encoding="utf-8"))
    check = Check(page, Folder(path, page.lang, sweep))
    if page.n_read() != page.n_references or not page.n_references:
        check.fault("page", f"{page.n_read()} numbers with a reference were read, there are {page.n_references}")
    told = check.faults[:12] + [f"sentence that is not held: {one}" for one in check.open[:12]]
    told += [f"{check.n_keyed} numbers held against their own row, {check.n_marked} found or counted anew by their reference, {check.n_together} found "
             f"together in one line or lines of their name, {check.n_pooled} in some table, {check.n_lines} points of lines, {check.n_sentences} "
             f"sentences with a number, {len(check.open)} of them not told by the files or WORDING; {len(check.faults)} faults"]
    spoil = Spoil(check)
    told += [f"a changed digit was not found: {one}" for one in spoil.missed[:12]] + [f"{spoil.n} digits spoiled, {len(spoil.missed)} of them not found"]
    print("\n".join(f"{name}: {one}" for one in told), flush=True)
    return not (check.faults or check.open or spoil.missed) and spoil.n >= min(30, page.n_references)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(0 if all([hold(name) for name in sys.argv[1:]]) else 1)
