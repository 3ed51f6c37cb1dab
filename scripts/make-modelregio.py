#!/usr/bin/env python3
"""Makes scenarios/cities/modelregio: the buurten of modelstad as three gemeenten, for rules that work between gemeenten.

Question: what do distribution keys over gemeenten do (scenarios/experiments/04_contingents)?
Source:   scenarios/cities/modelstad, which is invented; only the borders of gemeenten are put in: a central city with five wijken and two
          gemeenten around it with little social rent.
Result:   city.cfg, buurten.csv, margins.csv (counts of buurten added up), quality.csv, quality.md; the same bytes on every run.

Use: scripts/make-modelregio.py [FOLDER]      FOLDER: default scenarios/cities/modelregio
Python 3.8 or later, standard library only.
"""
import csv
import os
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
FROM = os.path.join(HERE, "..", "scenarios", "cities", "modelstad")
AROUND = {"WK990106": ("GM9902", "Horstveen"), "WK990107": ("GM9902", "Horstveen"), "WK990108": ("GM9903", "Hoge Eng")}
COUNTS = ("persons men women age_00_14 age_15_24 age_25_44 age_45_64 age_65_plus origin_nl origin_europe origin_outside_europe households "
          "households_one_person households_without_children households_with_children dwellings bijstand ao ww area_ha").split()


def main():
    to = sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "..", "scenarios", "cities", "modelregio")
    os.makedirs(to, exist_ok=True)
    with open(os.path.join(FROM, "buurten.csv"), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["gemeente"], row["gemeente_name"] = AROUND.get(row["wijk"], ("GM9901", "Modelstad"))
    with open(os.path.join(to, "buurten.csv"), "w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    with open(os.path.join(FROM, "margins.csv"), encoding="utf-8", newline="") as file:
        margins = [row for row in csv.DictReader(file) if row["level"] != "gemeente"]
    for gemeente in sorted({row["gemeente"] for row in rows}):
        own = [row for row in rows if row["gemeente"] == gemeente]
        margins += [{"level": "gemeente", "area": gemeente, "column": c, "value": sum(int(r[c]) for r in own)} for c in COUNTS]
    with open(os.path.join(to, "margins.csv"), "w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, ["level", "area", "column", "value"], lineterminator="\n")
        table.writeheader()
        table.writerows(margins)
    for name in ("quality.csv", "quality.md"):
        if os.path.exists(os.path.join(FROM, name)):
            shutil.copyfile(os.path.join(FROM, name), os.path.join(to, name))
    with open(os.path.join(to, "city.cfg"), "w", encoding="utf-8") as file:
        file.write("// A made-up region; written by scripts/make-modelregio.py, do not edit by hand.\n"
                   'name = "modelregio";\ntitle = "Modelregio (verzonnen)";\n'
                   'source = "modelstad as three gemeenten, by scripts/make-modelregio.py";\ndate = "2023-01-01";\n'
                   'licence = "GPL-3.0-or-later";\n')


main()
