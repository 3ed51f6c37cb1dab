#!/usr/bin/env python3
"""Makes scenarios/cities/modelstad: a made-up Dutch city, so that wijksim runs and is tested without anyone's data.

Question: can every mechanism be shown on a city that looks like a Dutch one and copies none?
Source:   published national and urban *aggregates*, each cited where it is used (look for "source:"); everything else is marked
          "assumption". No row of any data file is copied; names, borders, buurten and their values are invented.
Result:   city.cfg, buurten.csv, margins.csv, quality.csv, quality.md, buurten.gpkg; the same bytes on every run and machine
          (own generator, only + - * / and square roots, SQLite's version stamp overwritten).

Use: scripts/make-modelstad.py [FOLDER]      default: scenarios/cities/modelstad beside this script's folder
     scripts/make-modelstad.py --summary     prints the totals beside the published figures they were steered to
Python 3.8 or later, standard library only.
"""
import math
import os
import sqlite3
import struct
import sys

# ---------------------------------------------------------------------------------------------------------------- targets
# City totals that the buurten are raked to. Sources:
#  [NL17]  CBS, Kerncijfers wijken en buurten 2017, Nederland: 17,081,507 inhabitants
#  [NL23]  CBS, Kerncijfers wijken en buurten 2023, all gemeenten together (1 January 2023)
#  [NL24]  CBS, Kerncijfers wijken en buurten 2024, Nederland: 17,942,942 inhabitants
#  [SIX]   CBS, kwb 2023 and 2024, gemeenten Groningen, Leeuwarden, Ede, Nijmegen, Breda, Tilburg together
#  [VRD]   CBS, Voorraad woningen 1-1-2023: 8,125,229 dwellings; 57.0 % owner, 28.5 % corporatie, 14.4 % other rent
#  [HHP]   CBS, Huishoudensprognose 2021-2070: 38.5 % of households are one person (2021)
#  [UTR]   CBS, kwb 2023, gemeente Utrecht (a student city): 50.8 % one person, 2.8 % of inhabitants with bijstand
#  [LEEG]  CBS via Aedes, end 2022: 341,957 dwellings not occupied, 4.2 %
#  [LBM]   BZK, Leefbaarometer 3.0, measurement 2024, moments over the buurten of the six cities and of the Netherlands
N_HOUSEHOLDS = 30000                     # assumption: the size asked of the built-in city
N_DWELLINGS = 28500                      # assumption: 0.95 per household; [SIX] 2023: 515,756 dwellings, 561,295 households, 0.92
# source: one person between [HHP] 38.5 % and [UTR] 50.8 %, nearer to the first; the rest near [NL17] 2,247,191 without and 2,585,656
# with children of 7,794,075 households; the exact split: assumption
HOUSEHOLD_TYPES = (0.425, 0.275, 0.300)  # one person, more without children, with children
TENURE = (0.520, 0.320, 0.160)           # source: between [VRD] and [SIX] 2024 (koop 40-65, corporatie 21-38, other 15-28 %)
VACANT = 0.042                           # source: [LEEG]
ORIGIN = (0.725, 0.092, 0.183)           # source: [NL24] 72.1 / 9.3 / 18.5 %; [SIX] 2024 outside Europe 17.8 %; rounded: assumption
BIJSTAND = 0.028                         # per inhabitant. source: [UTR]; [NL17] 2.8 % (471,190 of 17,081,507)
AO = 0.042                               # source: between [UTR] 3.75 % and [NL17] 4.36 % (744,330)
WW = 0.009                               # source: [UTR] 0.81 %; rounded up: assumption
WOZ = 325000.0                           # source: [SIX] 2023, weighted by dwellings: 325,100 euro
INCOME = 30500.0                         # per inhabitant: [NL17] 25,700 raised by 2.9 % a year to 2023: assumption
BUILT_SINCE_2000 = 0.22                  # assumption between [NL17] 15 % and [UTR] 30 %
SINGLE_FAMILY = 0.52                     # assumption between [NL17] 64 % and [UTR] 42 %
# source: sd between buurten of the six cities [LBM] 0.059, 0.038, 0.100, 0.059, 0.098, taken 5 to 12 % lower so that the total has the
# published sd within a city, 0.14; means: about those of the six cities [LBM]
LBM_SD = {"won": 0.054, "fys": 0.036, "vrz": 0.095, "soc": 0.054, "onv": 0.086}
LBM_MEAN = {"won": 0.008, "fys": 0.006, "vrz": 0.010, "soc": 0.012, "onv": -0.010}
# For --summary only. source: [SIX] 2024, 1,101,073 inhabitants; Nederland [NL24] 15.1 12.3 25.6 26.5 20.5 %
AGE_SIX = (0.139, 0.167, 0.283, 0.235, 0.176)
AGE_TILT = (1.05, 0.85, 0.98, 1.36)      # assumption: tilts the adults of all profiles below so that the city comes near AGE_SIX
# national rows of margins.csv, 1-1-2023. source: [NL23] sums over all gemeenten, [VRD], [LEEG]
NATIONAL = (("persons", 17811291), ("households", 8270244), ("dwellings", 8125229), ("share_owner", 0.570),
            ("share_corporatie", 0.285), ("share_private_rent", 0.144), ("share_vacant", 0.042))

# ------------------------------------------------------------------------------------------------------------------ types
# One profile a type of buurt: all assumption (what such buurten are like), raked to the totals above.
# hh: one person, without, with children; tenure: owner, corporatie, private; fill: households per occupied dwelling (rooms above 1)
# lone: lone parents among households with children; kids: children at home per such household, and their ages 0-14, 15-24, 25 and over
# one, couple, parent: ages 15-24, 25-44, 45-64, 65+ of persons living alone, in couples without children, of parents
# origin: NL, Europe, outside; soc: relative risk of bijstand, AO, WW; lbm: won, fys, vrz, soc, onv before scaling
TYPES = {
    "centre": dict(hh=(.58, .29, .13), tenure=(.36, .20, .44), fill=1.08, vacant=.060, single=.16, new=.18, woz=340, income=1.15,
                   lone=.28, kids=1.50, ages=(.66, .27, .07), one=(.22, .43, .20, .15), couple=(.10, .50, .20, .20),
                   parent=(.01, .58, .39, .02), origin=(.68, .15, .17), soc=(.9, .7, .9), lbm=(-.01, .04, .17, -.05, -.11)),
    "student": dict(hh=(.80, .13, .07), tenure=(.22, .30, .48), fill=1.42, vacant=.045, single=.22, new=.15, woz=270, income=.70,
                    lone=.28, kids=1.45, ages=(.68, .26, .06), one=(.56, .36, .05, .03), couple=(.30, .55, .08, .07),
                    parent=(.02, .58, .38, .02), origin=(.67, .17, .16), soc=(.7, .6, .7), lbm=(-.02, .00, .12, -.05, -.07)),
    "campus": dict(hh=(.93, .05, .02), tenure=(.03, .77, .20), fill=1.55, vacant=.030, single=.04, new=.45, woz=180, income=.42,
                   lone=.30, kids=1.30, ages=(.80, .18, .02), one=(.74, .25, .01, .00), couple=(.50, .48, .02, .00),
                   parent=(.05, .80, .15, .00), origin=(.60, .20, .20), soc=(.2, .3, .3), lbm=(-.02, .01, .07, -.05, -.03)),
    "prewar": dict(hh=(.47, .27, .26), tenure=(.42, .40, .18), fill=1.03, vacant=.042, single=.52, new=.12, woz=290, income=.92,
                   lone=.28, kids=1.60, ages=(.65, .27, .08), one=(.11, .41, .27, .21), couple=(.07, .49, .24, .20),
                   parent=(.01, .57, .40, .02), origin=(.71, .10, .19), soc=(1.2, 1.1, 1.1), lbm=(-.03, -.02, .07, -.02, -.04)),
    "highrise": dict(hh=(.47, .21, .32), tenure=(.15, .77, .08), fill=1.01, vacant=.035, single=.14, new=.08, woz=190, income=.68,
                     lone=.38, kids=1.85, ages=(.62, .29, .09), one=(.07, .27, .36, .30), couple=(.04, .26, .32, .38),
                     parent=(.02, .55, .40, .03), origin=(.45, .10, .45), soc=(2.5, 1.7, 1.4), lbm=(-.07, -.01, .06, -.06, -.13)),
    "walkup": dict(hh=(.48, .25, .27), tenure=(.29, .59, .12), fill=1.02, vacant=.038, single=.36, new=.13, woz=230, income=.80,
                   lone=.33, kids=1.65, ages=(.62, .28, .10), one=(.08, .30, .31, .31), couple=(.04, .30, .28, .38),
                   parent=(.01, .54, .42, .03), origin=(.63, .09, .28), soc=(1.7, 1.5, 1.2), lbm=(-.04, .01, .05, -.03, -.05)),
    "suburb": dict(hh=(.27, .34, .39), tenure=(.65, .27, .08), fill=1.00, vacant=.025, single=.82, new=.08, woz=325, income=1.02,
                   lone=.21, kids=1.70, ages=(.53, .35, .12), one=(.04, .22, .34, .40), couple=(.02, .14, .38, .46),
                   parent=(.01, .46, .50, .03), origin=(.76, .07, .17), soc=(.8, 1.1, 1.0), lbm=(.00, .01, -.04, .03, .04)),
    "vinex": dict(hh=(.20, .26, .54), tenure=(.73, .20, .07), fill=1.00, vacant=.022, single=.78, new=.94, woz=400, income=1.12,
                  lone=.13, kids=1.80, ages=(.72, .25, .03), one=(.05, .38, .33, .24), couple=(.03, .37, .35, .25),
                  parent=(.00, .60, .39, .01), origin=(.72, .09, .19), soc=(.5, .6, 1.0), lbm=(.06, -.02, -.09, .05, .08)),
    "villa": dict(hh=(.24, .41, .35), tenure=(.88, .04, .08), fill=1.00, vacant=.032, single=.84, new=.14, woz=640, income=1.75,
                  lone=.11, kids=1.80, ages=(.52, .40, .08), one=(.03, .14, .30, .53), couple=(.01, .10, .36, .53),
                  parent=(.00, .38, .58, .04), origin=(.84, .09, .07), soc=(.2, .5, .8), lbm=(.07, .04, -.12, .07, .11)),
    "village": dict(hh=(.26, .36, .38), tenure=(.78, .13, .09), fill=1.00, vacant=.030, single=.92, new=.20, woz=420, income=1.12,
                    lone=.14, kids=1.80, ages=(.54, .36, .10), one=(.03, .18, .34, .45), couple=(.02, .14, .38, .46),
                    parent=(.01, .45, .51, .03), origin=(.90, .06, .04), soc=(.4, .8, .8), lbm=(.03, .02, -.16, .07, .11)),
    "works": dict(hh=(.46, .30, .24), tenure=(.62, .00, .38), fill=1.00, vacant=.080, single=.60, new=.25, woz=360, income=1.00,
                  lone=.15, kids=1.70, ages=(.60, .30, .10), one=(.08, .40, .37, .15), couple=(.05, .35, .40, .20),
                  parent=(.01, .50, .47, .02), origin=(.78, .10, .12), soc=(.6, .9, 1.0), lbm=(.00, -.05, -.06, .00, .00)),
}

# wijken and buurten: all invented. x, y in km from the middle; side N or S of the river; care = persons in institutions (assumption;
# 1.1 % of inhabitants) as (15-24, 25-44, 45-64, 65+)
WIJKEN = ("Binnenstad", "Academiewijk", "Noorderkade", "Sterrenhoven", "Rivierdistrict", "De Horsten", "Vliethoven", "Hoge Eng en Eikenlo")
NONE = (0, 0, 0, 0)
BUURTEN = (  # wijk, name, type, households, x, y, side, care
    (1, "Grote Markt", "centre", 760, 0.02, 0.05, "N", NONE),
    (1, "Kloosterkwartier", "centre", 690, -0.50, 0.12, "N", (4, 18, 22, 6)),
    (1, "Zoutkade", "centre", 640, 0.12, -0.42, "N", NONE),
    (1, "Lakenvest", "centre", 720, -0.36, -0.36, "N", NONE),
    (1, "Stationskwartier", "centre", 830, -0.98, -0.12, "N", NONE),
    (2, "Collegehof", "student", 980, 0.56, 0.16, "N", NONE),
    (2, "Singelbocht", "student", 900, 0.66, -0.36, "N", NONE),
    (2, "Botanische Tuin", "student", 760, 1.10, 0.08, "N", NONE),
    (2, "Campus Lindeveld", "campus", 1250, 1.62, 0.36, "N", NONE),
    (3, "Touwslagersbuurt", "prewar", 820, -0.20, 0.62, "N", NONE),
    (3, "Weverspoort", "prewar", 760, 0.36, 0.68, "N", NONE),
    (3, "Oranjeplantage", "prewar", 690, 0.90, 0.62, "N", NONE),
    (3, "Havenstraat e.o.", "prewar", 730, -0.78, 0.62, "N", NONE),
    (3, "Spoorbuurt", "prewar", 640, -1.36, 0.36, "N", NONE),
    (4, "Orion", "highrise", 880, -1.16, 1.02, "N", (2, 10, 14, 4)),
    (4, "Cassiopeia", "highrise", 960, -0.56, 1.14, "N", NONE),
    (4, "Grote Beer", "highrise", 840, -0.92, 1.60, "N", (0, 2, 8, 80)),
    (4, "Poolster", "walkup", 720, -0.22, 1.62, "N", (0, 4, 10, 66)),
    (4, "Zuiderkruis", "highrise", 700, -1.72, 0.90, "N", NONE),
    (5, "Merwedehof", "walkup", 800, -0.86, -0.98, "S", (1, 3, 8, 88)),
    (5, "IJsselhof", "walkup", 760, -0.24, -1.06, "S", NONE),
    (5, "Lingebuurt", "walkup", 690, 0.40, -1.06, "S", (2, 8, 10, 0)),
    (5, "Maasoever", "walkup", 740, -1.46, -0.76, "S", NONE),
    (5, "Dommelstraat e.o.", "prewar", 620, 0.96, -0.98, "S", NONE),
    (5, "Berkelhof", "highrise", 650, -0.56, -1.48, "S", NONE),
    (6, "Horsterveen", "suburb", 760, 0.06, -1.62, "S", (0, 1, 4, 85)),
    (6, "Kleine Horst", "suburb", 690, 0.66, -1.56, "S", NONE),
    (6, "Horstermeer", "suburb", 730, -0.24, -2.14, "S", NONE),
    (6, "Rietkamp", "suburb", 800, 0.46, -2.16, "S", NONE),
    (6, "Elzenkamp", "suburb", 640, -1.16, -1.46, "S", (6, 12, 10, 2)),
    (6, "Wilgenkamp", "suburb", 590, -0.96, -2.00, "S", NONE),
    (7, "Vlietzoom", "vinex", 820, 1.26, -1.46, "S", NONE),
    (7, "Zwanenbloem", "vinex", 890, 1.12, -2.02, "S", NONE),
    (7, "Waterlelie", "vinex", 760, 1.62, -0.92, "S", NONE),
    (7, "Lisdodde", "vinex", 700, 1.92, -1.42, "S", NONE),
    (7, "Vliethof", "suburb", 560, 2.16, -0.82, "S", NONE),
    (8, "Hoge Eng-Zuid", "villa", 560, 0.46, 1.26, "N", (0, 2, 6, 92)),
    (8, "Hoge Eng-Noord", "villa", 480, 0.36, 1.92, "N", NONE),
    (8, "Beukenlaan", "villa", 430, 1.08, 1.18, "N", NONE),
    (8, "Eikenlo-Dorp", "village", 620, 1.22, 1.86, "N", (0, 0, 2, 58)),
    (8, "Eikenlo-Buitengebied", "village", 210, 1.96, 1.22, "N", NONE),
    (8, "Bedrijvenpark De Zwaaikom", "works", 40, -1.96, 0.12, "N", NONE),
    (8, "Uiterwaard", "empty", 0, 2.12, -0.12, "N", NONE),
)
GEMEENTE = ("GM9901", "Modelstad")       # no Dutch gemeente has this code
ORIGIN_X, ORIGIN_Y = 151000.0, 450000.0  # EPSG:28992, m: somewhere in the middle of the country, invented

COLUMNS = ("persons men women age_00_14 age_15_24 age_25_44 age_45_64 age_65_plus origin_nl origin_europe origin_outside_europe "
           "households households_one_person households_without_children households_with_children dwellings share_vacant "
           "share_single_family share_owner share_corporatie share_private_rent share_built_since_2000 woz_eur bijstand ao ww "
           "income_per_person_eur area_ha address_density lbm_won lbm_fys lbm_vrz lbm_soc lbm_onv").split()
AGES = ("age_00_14", "age_15_24", "age_25_44", "age_45_64", "age_65_plus")
ORIGINS = ("origin_nl", "origin_europe", "origin_outside_europe")
KINDS = ("households_one_person", "households_without_children", "households_with_children")
TENURES = ("share_owner", "share_corporatie", "share_private_rent")
SUMMED = ("persons", "men", "women") + AGES + ORIGINS + ("households",) + KINDS + ("dwellings", "bijstand", "ao", "ww")
MEN = (.512, .508, .505, .500, .455)     # assumption: share of men by age, close to the national pyramid
DIMENSIONS = ("won", "fys", "vrz", "soc", "onv")


# -------------------------------------------------------------------------------------------------------- chance and rounding
class Chance:
    """splitmix64: the same numbers in every Python."""

    def __init__(self, seed):
        self.state = seed & (2**64 - 1)

    def u01(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & (2**64 - 1)
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & (2**64 - 1)
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & (2**64 - 1)
        return ((z ^ (z >> 31)) >> 11) * 2.0**-53

    def bell(self):
        """Mean 0, sd 1, bounded by 3.5: the sum of four uniforms (no logarithm, so the same bits everywhere)."""
        total = self.u01() + self.u01()
        total += self.u01() + self.u01()
        return (total - 2.0) * math.sqrt(3.0)

    def around(self, spread):
        return 1.0 + spread * self.bell()


def whole(parts, total):
    """Whole numbers near `parts` with the given sum (largest remainders; ties to the first)."""
    scale = total / sum(parts) if sum(parts) > 0 else 0.0
    exact = [p * scale for p in parts]
    out = [int(e) for e in exact]
    order = sorted(range(len(parts)), key=lambda i: (-(exact[i] - out[i]), i))
    for i in order[:total - sum(out)]:
        out[i] += 1
    return out


def five(value):
    """To the nearest five, as CBS does with counts of buurten."""
    return int((value + 2.5) // 5) * 5


def rake(rows, row_totals, column_targets):
    """Scales rows x columns in turn until both margins are met (iterative proportional fitting)."""
    cells = [list(r) for r in rows]
    for _ in range(200):
        for r, total in zip(cells, row_totals):
            s = sum(r)
            for c in range(len(r)):
                r[c] = r[c] * total / s if s > 0 else 0.0
        for c, target in enumerate(column_targets):
            s = sum(r[c] for r in cells)
            for r in cells:
                r[c] *= target / s
    return cells


# ------------------------------------------------------------------------------------------------------------------ people
def make_people():
    """True (unrounded) whole numbers per buurt: dicts by column name."""
    chance = Chance(20230101)
    lived = [b for b in BUURTEN if b[3] > 0]
    kinds = [[p * chance.around(.06) for p in TYPES[b[2]]["hh"]] for b in lived]
    sizes = whole([b[3] for b in lived], N_HOUSEHOLDS)
    kinds = rake(kinds, sizes, [N_HOUSEHOLDS * s for s in HOUSEHOLD_TYPES])
    vacant = [TYPES[b[2]]["vacant"] * chance.around(.15) for b in lived]
    stock = [n / (TYPES[b[2]]["fill"] * (1.0 - v)) for b, n, v in zip(lived, sizes, vacant)]
    stock = fit_stock(lived, sizes, vacant, stock)
    mean_vacant = sum(v * n for v, n in zip(vacant, stock)) / sum(stock)
    vacant = [v * VACANT / mean_vacant for v in vacant]
    tenure = [[p * chance.around(.10) for p in TYPES[b[2]]["tenure"]] for b in lived]
    tenure = rake(tenure, stock, [sum(stock) * s for s in TENURE])
    out = []
    for i, b in enumerate(lived):
        row = people_of(b, whole(kinds[i], sizes[i]), chance)
        row["dwellings"] = stock[i]
        row["share_vacant"] = vacant[i]
        for name, value in zip(TENURES, tenure[i]):
            row[name] = value / stock[i]
        out.append(row)
    return lived, out


def fit_stock(lived, sizes, vacant, stock):
    """Dwellings per buurt with the city's total: only where rooms are let (fill above 1) the number of rooms gives way."""
    rooms = [n / (1.0 - v) - s for n, v, s in zip(sizes, vacant, stock)]
    without_rooms = sum(n / (1.0 - v) for n, v in zip(sizes, vacant))
    factor = (without_rooms - N_DWELLINGS) / sum(rooms)
    return whole([n / (1.0 - v) - r * factor for n, v, r in zip(sizes, vacant, rooms)], N_DWELLINGS)


def people_of(b, kinds, chance):
    """Persons by age from the households they live in, so that every margin of a buurt can be met by real households."""
    t = TYPES[b[2]]
    one, without, with_children = kinds
    ages = [float(n) for n in (0,) + b[7]]
    extra = 0.02 * without                                  # assumption: third adults in households without children
    parents = with_children * (2.0 - t["lone"])
    children = with_children * max(1.15, t["kids"] * chance.around(.03))
    for c, share in enumerate(t["ages"]):
        ages[c] += children * share
    for name, n in (("one", one), ("couple", 2.0 * without + extra), ("parent", parents)):
        shares = [p * tilt * chance.around(.05) for p, tilt in zip(t[name], AGE_TILT)]
        for c, share in enumerate(shares):
            ages[c + 1] += n * share / sum(shares)
    total = int(sum(ages) + 0.5)
    ages = whole(ages, total)
    row = dict(zip(KINDS, kinds))
    row["households"] = sum(kinds)
    row["persons"] = total
    row.update(zip(AGES, ages))
    men = sum(n * m for n, m in zip(ages, MEN)) * chance.around(.01)
    row["men"] = int(men + 0.5)
    row["women"] = total - row["men"]
    row["institutions"] = sum(b[7])
    return row


def add_traits(lived, rows, chance):
    """Origin, benefits, prices, stock: profiles of the type, raked to the city's totals."""
    persons = [r["persons"] for r in rows]
    origin = [[p * chance.around(.08) for p in TYPES[b[2]]["origin"]] for b in lived]
    origin = rake(origin, persons, [sum(persons) * s for s in ORIGIN])
    for r, cells in zip(rows, origin):
        r.update(zip(ORIGINS, whole(cells, r["persons"])))
    for name, k, rate in (("bijstand", 0, BIJSTAND), ("ao", 1, AO), ("ww", 2, WW)):
        weight = [TYPES[b[2]]["soc"][k] * (r["age_25_44"] + r["age_45_64"]) * chance.around(.10) for b, r in zip(lived, rows)]
        for r, n in zip(rows, whole(weight, int(sum(persons) * rate + 0.5))):
            r[name] = n
    for name, key, spread, target, weight in (
            ("woz_eur", "woz", .07, WOZ, "dwellings"), ("income_per_person_eur", "income", .04, INCOME, "persons"),
            ("share_single_family", "single", .10, SINGLE_FAMILY, "dwellings"),
            ("share_built_since_2000", "new", .12, BUILT_SINCE_2000, "dwellings")):
        values = [TYPES[b[2]][key] * chance.around(spread) for b in lived]
        mean = sum(v * r[weight] for v, r in zip(values, rows)) / sum(r[weight] for r in rows)
        for v, r in zip(values, rows):
            r[name] = v * target / mean
            if name.startswith("share"):
                r[name] = min(0.99, r[name])


def add_leefbaarheid(lived, rows, chance):
    """Invented scores: type profile and noise (cohesion and nuisance share theirs), scaled to the published sd and mean."""
    raw = []
    for b in lived:
        shared = chance.bell()
        base = TYPES[b[2]]["lbm"]
        noise = (.024 * chance.bell(), .030 * chance.bell(), .045 * chance.bell(),
                 .018 * shared + .026 * chance.bell(), .028 * shared + .044 * chance.bell())
        raw.append([v + e for v, e in zip(base, noise)])
    for k, name in enumerate(DIMENSIONS):
        column = [r[k] for r in raw]
        mean = sum(column) / len(column)
        sd = math.sqrt(sum((v - mean) * (v - mean) for v in column) / (len(column) - 1))
        for r, v in zip(rows, column):
            r["lbm_" + name] = LBM_MEAN[name] + (v - mean) * LBM_SD[name] / sd


# ---------------------------------------------------------------------------------------------------------------- geometry
def outline():
    """The edge of the city: a ring of 72 points in metres from the middle, with a lobe in the south-east, an arm in the north-east
    and dents in the north, the west and the south-west."""
    points = []
    x, y = 1.0, 0.0
    turn_c, turn_s = 0.99619469809174555, 0.08715574274765817    # cosine and sine of 5 degrees, written out
    for _ in range(72):
        radius = 2330.0
        for towards_x, towards_y, power, size in LOBES:
            along = max(0.0, x * towards_x + y * towards_y)
            reach = 1.0
            for _ in range(power):
                reach *= along
            radius += size * reach
        points.append((radius * x, radius * y - 60.0))
        x, y = x * turn_c - y * turn_s, x * turn_s + y * turn_c
    return points


# direction (unit vector), sharpness, metres: assumption, the shape of the map
LOBES = ((0.766, -0.643, 8, 520.0), (0.669, 0.743, 14, 420.0), (-0.087, 0.996, 16, -260.0), (-0.999, 0.035, 14, 160.0),
         (-0.731, -0.682, 14, -270.0), (-0.574, 0.819, 12, 180.0), (0.985, 0.174, 24, -300.0), (0.0, -1.0, 12, 150.0))


def clip(polygon, a, b):
    """The part of a polygon nearer to point a than to point b."""
    nx, ny = b[0] - a[0], b[1] - a[1]
    limit = nx * (a[0] + b[0]) / 2.0 + ny * (a[1] + b[1]) / 2.0
    out = []
    for i, p in enumerate(polygon):
        q = polygon[(i + 1) % len(polygon)]
        dp, dq = nx * p[0] + ny * p[1] - limit, nx * q[0] + ny * q[1] - limit
        if dp <= 0.0:
            out.append(p)
        if (dp < 0.0 < dq) or (dq < 0.0 < dp):
            f = dp / (dp - dq)
            out.append((p[0] + f * (q[0] - p[0]), p[1] + f * (q[1] - p[1])))
    return out


def cells():
    """Voronoi cells of the hand-placed middles as lists of indices into one list of shared vertices."""
    chance = Chance(7)
    seeds = [(1000.0 * b[4] + 60.0 * chance.bell(), 1000.0 * b[5] + 60.0 * chance.bell()) for b in BUURTEN]
    vertices, rings = [], []
    for i, a in enumerate(seeds):
        polygon = outline()
        for j, b in enumerate(seeds):
            if j != i:
                polygon = clip(polygon, a, b)
        ring = []
        for p in polygon:
            k = next((k for k, v in enumerate(vertices) if (v[0] - p[0])**2 + (v[1] - p[1])**2 < 25.0), len(vertices))
            if k == len(vertices):
                vertices.append(p)
            if not ring or ring[-1] != k:
                ring.append(k)
        if ring[0] == ring[-1]:
            ring.pop()
        rings.append(ring)
    return vertices, rings


def on_shared_edges(vertices, rings):
    """Adds to a ring the vertices of others that lie on its edges (corners of two buurten on the border of a third)."""
    out = []
    for ring in rings:
        full = []
        for i, a in enumerate(ring):
            b = ring[(i + 1) % len(ring)]
            (ax, ay), (bx, by) = vertices[a], vertices[b]
            length2 = (bx - ax)**2 + (by - ay)**2
            between = []
            for k, (px, py) in enumerate(vertices):
                f = ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length2
                away2 = (ax + f * (bx - ax) - px)**2 + (ay + f * (by - ay) - py)**2
                if k not in (a, b) and 0.0 < f < 1.0 and away2 < 25.0:
                    between.append((f, k))
            full.append(a)
            full.extend(k for _, k in sorted(between))
        out.append(full)
    return out


RIVER_HALF_WIDTH_M = 45.0


def bent(a, b, chance, depth, share):
    """Points strictly between a and b: the middle moved sideways, each half again."""
    if depth == 0:
        return []
    d = share * chance.bell() / 2.0
    m = ((a[0] + b[0]) / 2.0 - d * (b[1] - a[1]), (a[1] + b[1]) / 2.0 + d * (b[0] - a[0]))
    return bent(a, m, chance, depth - 1, share) + [m] + bent(m, b, chance, depth - 1, share)


def make_shapes():
    """Rings in EPSG:28992, closed, outer ring counterclockwise, to 0.1 m. Borders bend; a river parts N from S."""
    vertices, rings = cells()
    rings = on_shared_edges(vertices, rings)
    sides_of = {}
    for b, ring in zip(BUURTEN, rings):
        for k in range(len(ring)):
            key = tuple(sorted((ring[k], ring[(k + 1) % len(ring)])))
            sides_of.setdefault(key, []).append(b[6])
    lines = {}
    for a, b in sides_of:
        length = math.sqrt((vertices[a][0] - vertices[b][0])**2 + (vertices[a][1] - vertices[b][1])**2)
        chance = Chance(1000003 * a + b)
        depth = 3 if length > 240.0 else 2 if length > 120.0 else 1
        lines[(a, b)] = [vertices[a]] + bent(vertices[a], vertices[b], chance, depth, 0.13) + [vertices[b]]
    shift = river_shift(sides_of, vertices)
    shapes = []
    for b, ring in zip(BUURTEN, rings):
        sign = 1.0 if b[6] == "N" else -1.0
        moved = []
        for k in range(len(ring)):
            u, v = ring[k], ring[(k + 1) % len(ring)]
            line = lines[(u, v)] if (u, v) in lines else lines[(v, u)][::-1]
            for i, p in enumerate(line[:-1]):
                f = i / (len(line) - 1)
                dx = (1.0 - f) * shift[u][0] + f * shift[v][0]
                dy = (1.0 - f) * shift[u][1] + f * shift[v][1]
                moved.append((round(ORIGIN_X + p[0] + sign * dx, 1), round(ORIGIN_Y + p[1] + sign * dy, 1)))
        moved.append(moved[0])
        shapes.append(moved)
    return shapes


def river_shift(sides_of, vertices):
    """Half the river's width, towards the north bank, at every corner between N and S buurten; 0 at the others. Along a border it is
    interpolated, so that borders that meet the river do not fold."""
    shift = [(0.0, 0.0)] * len(vertices)
    normal = [(0.0, 0.0)] * len(vertices)
    for (a, b), sides in sides_of.items():
        if len(sides) == 2 and sides[0] != sides[1]:
            if vertices[a][0] > vertices[b][0]:
                a, b = b, a                     # from west to east, so that north is on the left
            dx, dy = vertices[b][0] - vertices[a][0], vertices[b][1] - vertices[a][1]
            length = math.sqrt(dx * dx + dy * dy)
            for k in (a, b):
                normal[k] = (normal[k][0] - dy / length, normal[k][1] + dx / length)
    for k, (x, y) in enumerate(normal):
        length = math.sqrt(x * x + y * y)
        if length > 0.0:
            shift[k] = (RIVER_HALF_WIDTH_M * x / length, RIVER_HALF_WIDTH_M * y / length)
    return shift


def is_simple(ring):
    """No two borders of a ring cross."""
    def side(p, q, r):
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
    pieces = list(zip(ring, ring[1:]))
    for i, (a, b) in enumerate(pieces):
        for c, d in pieces[i + 2:]:
            if c != b and d != a and side(a, b, c) * side(a, b, d) <= 0.0 and side(c, d, a) * side(c, d, b) <= 0.0:
                return False
    return True


def measure_ring(ring):
    """Surface (m2) and centroid of a ring."""
    x0, y0 = ring[0]
    area = cx = cy = 0.0
    for (ax, ay), (bx, by) in zip(ring, ring[1:]):
        cross = (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
        area += cross / 2.0
        cx += cross * (ax + bx - 2.0 * x0) / 6.0
        cy += cross * (ay + by - 2.0 * y0) / 6.0
    return area, x0 + cx / area, y0 + cy / area


def inside(ring, x, y):
    odd = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:]):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            odd = not odd
    return odd


def address_density(shapes, dwellings):
    """Omgevingsadressendichtheid: addresses within 1 km of an address, per km2, mean over a buurt (points every 150 m)."""
    points = []
    for i, ring in enumerate(shapes):
        xs, ys = [p[0] for p in ring], [p[1] for p in ring]
        mine = []
        x = math.floor(min(xs) / 150.0) * 150.0
        while x <= max(xs):
            y = math.floor(min(ys) / 150.0) * 150.0
            while y <= max(ys):
                if inside(ring, x, y):
                    mine.append((x, y))
                y += 150.0
            x += 150.0
        points.append(mine or [measure_ring(ring)[1:]])
    out = []
    for mine in points:
        total = 0.0
        for x, y in mine:
            for j, theirs in enumerate(points):
                near = sum(1 for u, v in theirs if (u - x)**2 + (v - y)**2 <= 1e6)
                total += dwellings[j] * near / len(theirs)
        out.append(1.06 * total / len(mine) / 3.141592653589793)    # 6 % addresses without a dwelling: assumption
    return out


# ----------------------------------------------------------------------------------------------------------------- writing
def published(row):
    """What CBS would show of a buurt: counts to five with parts that add up, shares to whole percents."""
    out = {}
    for total, parts in (("persons", AGES), ("households", KINDS)):
        for name in parts:
            out[name] = five(row[name])
        out[total] = sum(out[name] for name in parts)
    out["men"] = five(row["men"]) if out["persons"] else 0
    out["women"] = out["persons"] - out["men"]
    for name, n in zip(ORIGINS, whole([row[name] for name in ORIGINS], out["persons"] // 5)):
        out[name] = 5 * n
    out["dwellings"] = row["dwellings"]
    for name, n in zip(TENURES, whole([row[name] for name in TENURES], 100)):
        out[name] = n / 100.0
    for name in ("share_vacant", "share_single_family", "share_built_since_2000"):
        out[name] = int(100.0 * row[name] + 0.5) / 100.0
    for name in ("bijstand", "ao", "ww"):
        out[name] = five(row[name])
    out["woz_eur"] = int(row["woz_eur"] / 1000.0 + 0.5) * 1000
    out["income_per_person_eur"] = int(row["income_per_person_eur"] / 100.0 + 0.5) * 100
    out["area_ha"] = int(row["area_ha"] + 0.5)
    out["address_density"] = int(row["address_density"] + 0.5)
    for name in DIMENSIONS:
        out["lbm_" + name] = math.floor(row["lbm_" + name] * 10000.0 + 0.5) / 10000.0
    return out


def number(value):
    """Plain decimal text; never -0."""
    if isinstance(value, int):
        return str(value)
    text = ("%.4f" % (value + 0.0)).rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def sums(rows):
    """Totals of an area from the unrounded values: counts added, the rest weighted."""
    out = {name: sum(r[name] for r in rows) for name in SUMMED}
    out["area_ha"] = sum(r["area_ha"] for r in rows)
    for name, weight in (("share_vacant", "dwellings"), ("share_single_family", "dwellings"), ("share_owner", "dwellings"),
                         ("share_corporatie", "dwellings"), ("share_private_rent", "dwellings"),
                         ("share_built_since_2000", "dwellings"), ("woz_eur", "dwellings"), ("income_per_person_eur", "persons"),
                         ("address_density", "dwellings"), ("lbm_won", "dwellings"), ("lbm_fys", "dwellings"),
                         ("lbm_vrz", "dwellings"), ("lbm_soc", "dwellings"), ("lbm_onv", "dwellings")):
        total = sum(r[weight] for r in rows)
        out[name] = sum(r[name] * r[weight] for r in rows) / total if total else 0.0
    return out


def margin_text(column, value):
    if column in SUMMED or column in ("area_ha", "address_density"):
        return str(int(value + 0.5))
    if column == "woz_eur":
        return str(int(value / 1000.0 + 0.5) * 1000)
    if column == "income_per_person_eur":
        return str(int(value / 100.0 + 0.5) * 100)
    if column.startswith("share"):
        return number(int(100.0 * value + 0.5) / 100.0)
    return number(math.floor(value * 10000.0 + 0.5) / 10000.0)


def make_city():
    """All of it: list of (code, name, wijk code, ring, true row, published row), sorted by code."""
    lived, rows = make_people()
    chance = Chance(443)
    add_traits(lived, rows, chance)
    add_leefbaarheid(lived, rows, chance)
    by_name = {b[1]: r for b, r in zip(lived, rows)}
    shapes = make_shapes()
    counter = {}
    areas = []
    for b, ring in zip(BUURTEN, shapes):
        counter[b[0]] = counter.get(b[0], 0) + 1
        row = by_name.get(b[1])
        if row is None:                        # nobody lives there: counts 0, scores of the city's mean
            row = {name: 0 for name in COLUMNS}
            row.update({"lbm_" + d: LBM_MEAN[d] for d in DIMENSIONS})
            row["share_owner"] = 1.0
        row["area_ha"] = abs(measure_ring(ring)[0]) / 10000.0
        areas.append(["BU9901%02d%02d" % (b[0], counter[b[0]]), b[1], "WK9901%02d" % b[0], ring, row])
    for area, density in zip(areas, address_density([a[3] for a in areas], [a[4]["dwellings"] for a in areas])):
        area[4]["address_density"] = density
        area.append(published(area[4]))
        if not area[4]["dwellings"]:
            area[5].update({name: 0.0 for name in TENURES})
    check(areas)
    return areas


def check(areas):
    """What must hold in every buurt, or no set of households could meet its margins."""
    for code, name, _, ring, _, p in areas:
        assert is_simple(ring) and measure_ring(ring)[0] > 0.0, name
        adults = p["persons"] - p["age_00_14"]
        one, without, with_children = (p[k] for k in KINDS)
        assert p["persons"] == p["men"] + p["women"] == sum(p[a] for a in AGES) == sum(p[o] for o in ORIGINS), name
        assert p["households"] == one + without + with_children, name
        assert adults >= one + 2 * without + with_children - 15, name
        assert p["persons"] >= one + 2 * without + 2 * with_children - 15, name
        assert p["persons"] <= one + 2.2 * without + 4.2 * with_children + 130, name
        assert p["age_00_14"] <= 2.6 * with_children + 10, name
        assert p["dwellings"] * (1 - p["share_vacant"]) <= 1.03 * p["households"] + 10, name


WKT_28992 = ('PROJCS["Amersfoort / RD New",GEOGCS["Amersfoort",DATUM["Amersfoort",SPHEROID["Bessel 1841",6377397.155,299.1528128,'
             'AUTHORITY["EPSG","7004"]],AUTHORITY["EPSG","6289"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",'
             '0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4289"]],PROJECTION["Oblique_Stereographic"],'
             'PARAMETER["latitude_of_origin",52.1561605555556],PARAMETER["central_meridian",5.38763888888889],'
             'PARAMETER["scale_factor",0.9999079],PARAMETER["false_easting",155000],PARAMETER["false_northing",463000],'
             'UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","28992"]]')
WKT_4326 = ('GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
            'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,'
            'AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]')
SCHEMA = (  # the same statements as src/city/geopackage.c, so that both write the same bytes
    "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL, "
    "organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT)",
    "CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, "
    "description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), "
    "min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER, "
    "CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id))",
    "CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, "
    "srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), "
    "CONSTRAINT uk_gc_table_name UNIQUE (table_name), CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES "
    "gpkg_contents(table_name), CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id))",
    'CREATE TABLE "buurten" (fid INTEGER PRIMARY KEY NOT NULL, geom MULTIPOLYGON, code TEXT NOT NULL, name TEXT)')
SRS = (("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "undefined Cartesian coordinate reference system"),
       ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinate reference system"),
       ("WGS 84 geodetic", 4326, "EPSG", 4326, WKT_4326, "longitude and latitude on the WGS 84 ellipsoid"),
       ("Amersfoort / RD New", 28992, "EPSG", 28992, WKT_28992, "Rijksdriehoeksmeting, metres"))


def envelope(rings):
    xs = [p[0] for r in rings for p in r]
    ys = [p[1] for r in rings for p in r]
    return min(xs), max(xs), min(ys), max(ys)


def geometry_blob(ring):
    """GeoPackage binary: header with envelope, then WKB MULTIPOLYGON of one polygon, little endian."""
    blob = b"GP" + bytes((0, 3)) + struct.pack("<i4d", 28992, *envelope([ring]))
    blob += struct.pack("<BII", 1, 6, 1) + struct.pack("<BII", 1, 3, 1) + struct.pack("<I", len(ring))
    return blob + b"".join(struct.pack("<2d", x, y) for x, y in ring)


def write_geopackage(path, areas):
    if os.path.exists(path):
        os.remove(path)
    db = sqlite3.connect(path, isolation_level=None)
    for pragma in ("page_size = 4096", "journal_mode = OFF", "application_id = 1196444487", "user_version = 10300"):
        db.execute("PRAGMA " + pragma)
    db.execute("BEGIN")
    for statement in SCHEMA:
        db.execute(statement)
    db.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", SRS)
    west, east, south, north = envelope([a[3] for a in areas])
    db.execute("INSERT INTO gpkg_contents VALUES (?, 'features', ?, '', '2000-01-01T00:00:00.000Z', ?, ?, ?, ?, 28992)",
               ("buurten", "buurten", west, south, east, north))
    db.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'MULTIPOLYGON', 28992, 0, 0)", ("buurten",))
    for i, area in enumerate(areas):
        db.execute('INSERT INTO "buurten" VALUES (?, ?, ?, ?)', (i + 1, geometry_blob(area[3]), area[0], area[1]))
    db.execute("COMMIT")
    db.close()
    with open(path, "r+b") as file:            # change counter and SQLite's version: else other bytes on other machines
        for offset, value in ((24, 1), (92, 1), (96, 3040001)):
            file.seek(offset)
            file.write(struct.pack(">I", value))


def write_text(folder, name, lines):
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="\n") as file:
        file.write("\n".join(lines) + "\n")


def field(text):
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n') else text


def write_city(folder):
    areas = make_city()
    os.makedirs(folder, exist_ok=True)
    write_text(folder, "city.cfg", [
        "// A made-up city; written by scripts/make-modelstad.py, do not edit by hand.",
        'name = "modelstad";', 'title = "Modelstad (verzonnen)";',
        'source = "invented by scripts/make-modelstad.py; city totals steered to published CBS and BZK aggregates cited there";',
        'date = "2023-01-01";', 'licence = "GPL-3.0-or-later; contains no copied data";'])
    lines = ["code,name,wijk,wijk_name,gemeente,gemeente_name,x_m,y_m," + ",".join(COLUMNS)]
    quality = ["area,column,value,origin"]
    for code, name, wijk, ring, _, shown in areas:
        _, x, y = measure_ring(ring)
        values = [number(shown[c]) for c in COLUMNS]
        lines.append(",".join([code, field(name), wijk, field(WIJKEN[int(wijk[-2:]) - 1]), GEMEENTE[0], GEMEENTE[1],
                               "%.1f" % x, "%.1f" % y] + values))
        quality.extend("%s,%s,%s,estimated" % (code, c, v) for c, v in zip(COLUMNS, values))
    write_text(folder, "buurten.csv", lines)
    write_text(folder, "quality.csv", quality)
    lines = ["level,area,column,value"]
    total = sums([a[4] for a in areas])
    lines.extend("gemeente,%s,%s,%s" % (GEMEENTE[0], c, margin_text(c, total[c])) for c in COLUMNS)
    for k in range(len(WIJKEN)):
        code = "WK9901%02d" % (k + 1)
        part = sums([a[4] for a in areas if a[2] == code])
        lines.extend("wijk,%s,%s,%s" % (code, c, str(five(part[c])) if c in SUMMED and c != "dwellings" else margin_text(c, part[c]))
                     for c in COLUMNS)
    lines.extend("national,NL00,%s,%s" % (c, number(v)) for c, v in NATIONAL)
    write_text(folder, "margins.csv", lines)
    write_text(folder, "quality.md", QUALITY.strip().split("\n"))
    write_geopackage(os.path.join(folder, "buurten.gpkg"), areas)


QUALITY = """
# Where the values of Modelstad come from

Modelstad does not exist. Names, borders and the values of every buurt are invented by `scripts/make-modelstad.py`; no row of
a data file was copied. The script steers the *city totals* to published aggregates (CBS Kerncijfers wijken en buurten 2017,
2023 and 2024; CBS Voorraad woningen 1-1-2023; CBS Huishoudensprognose 2021; BZK Leefbaarometer 3.0, measurement 2024), each
cited there beside the number; what the types of buurten are like is an assumption and marked as one.

* `quality.csv` therefore says `estimated` for every value.
* Counts of persons and households are rounded to 5 as CBS does, in such a way that ages, origins, sexes and household types
  add up to their totals. Dwellings are exact, shares are whole percents, WOZ is in thousands.
* `margins.csv` holds the gemeente (not rounded) and the wijken (rounded to 5 each on its own), so they differ from the sums of
  the buurten by some units, as published figures do. Its national rows are published figures of 1-1-2023.
* The Leefbaarometer-like dimension values are invented: spread as between the buurten of the six cities, worse where the
  share of corporatie dwellings is high. They say nothing about any real place and nothing about causes.
* In the student buurten there are more households than dwellings (rooms), as in Dutch student cities.
* One buurt (Uiterwaard) has no inhabitants. A river parts north from south: buurten across it are no neighbours.
"""


def summary():
    areas = make_city()
    rows = [a[4] for a in areas]
    t = sums(rows)
    print("persons %d  households %d  dwellings %d  persons per household %.2f" % (
        t["persons"], t["households"], t["dwellings"], t["persons"] / t["households"]))
    print("in institutions %d (%.1f %%)" % (sum(r.get("institutions", 0) for r in rows),
                                            100.0 * sum(r.get("institutions", 0) for r in rows) / t["persons"]))
    print("ages      ", " ".join("%.3f" % (t[a] / t["persons"]) for a in AGES), " six cities:", AGE_SIX)
    print("types     ", " ".join("%.3f" % (t[k] / t["households"]) for k in KINDS), " target:", HOUSEHOLD_TYPES)
    print("tenure    ", " ".join("%.3f" % t[k] for k in TENURES), " target:", TENURE)
    print("origin    ", " ".join("%.3f" % (t[k] / t["persons"]) for k in ORIGINS), " target:", ORIGIN)
    print("per person", " ".join("%s %.4f" % (k, t[k] / t["persons"]) for k in ("bijstand", "ao", "ww")))
    print("households beyond occupied dwellings %d" % (t["households"] - t["dwellings"] * (1 - t["share_vacant"])))
    lived = [r for r in rows if r["persons"]]
    scores = {d: [r["lbm_" + d] for r in lived] for d in DIMENSIONS}
    scores["total"] = [sum(r["lbm_" + d] for d in DIMENSIONS) for r in lived]
    scores["corp"] = [r["share_corporatie"] for r in lived]

    def moments(a, b):
        ma, mb = sum(a) / len(a), sum(b) / len(b)
        return sum((x - ma) * (y - mb) for x, y in zip(a, b)) / (len(a) - 1)
    for d in scores:
        print("%-6s mean %+.3f sd %.3f  with total %+.2f  with corporatie share %+.2f" % (
            d, sum(scores[d]) / len(lived), math.sqrt(moments(scores[d], scores[d])),
            *(moments(scores[d], scores[o]) / math.sqrt(moments(scores[d], scores[d]) * moments(scores[o], scores[o]))
              for o in ("total", "corp"))))
    print("soc-onv %.2f" % (moments(scores["soc"], scores["onv"]) / math.sqrt(
        moments(scores["soc"], scores["soc"]) * moments(scores["onv"], scores["onv"]))))
    for a in areas:
        p = a[5]
        print("%s %-26s %5d p %4d hh %4d dw  corp %.2f one %.2f 65+ %.2f out %.2f woz %d oad %d ha %d lbm %+.3f" % (
            a[0], a[1], p["persons"], p["households"], p["dwellings"], p["share_corporatie"],
            p[KINDS[0]] / max(1, p["households"]), p[AGES[4]] / max(1, p["persons"]), p[ORIGINS[2]] / max(1, p["persons"]),
            p["woz_eur"], p["address_density"], p["area_ha"], sum(p["lbm_" + d] for d in DIMENSIONS)))


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    if sys.argv[1:] == ["--summary"]:
        summary()
    else:
        write_city(sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "..", "scenarios", "cities", "modelstad"))


if __name__ == "__main__":
    main()
