"""Reads tables of comma-separated values, of which a comparison of many scenarios has millions of rows."""

import csv

MOST_WORDS = 1 << 16 # that are looked for among those before


class Row:
    """The cells of a row by the names of the columns: as a dict, in a fraction of its memory."""

    __slots__ = ("places", "cells")

    def __init__(self, places, cells):
        self.places, self.cells = places, cells

    def __getitem__(self, column):
        return self.cells[self.places[column]]

    def __iter__(self):
        return iter(self.places)

    def get(self, column, other=None):
        return self.cells[self.places[column]] if column in self.places else other


def read(path):
    """One row after the other; what stands in many cells is held once."""
    with open(path, newline="", encoding="utf-8") as file:
        lines, held = csv.reader(file), {}
        places = {column: place for place, column in enumerate(next(lines, ()))}
        for line in lines:
            if len(held) > MOST_WORDS:
                held.clear()
            yield Row(places, tuple([held.setdefault(word, word) for word in line]))
