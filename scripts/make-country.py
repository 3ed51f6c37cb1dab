#!/usr/bin/env python3
"""Makes a city folder as large as the Netherlands, to measure wijksim with: 14,000 buurten in about 3,200 wijken and 342 gemeenten, of
which seven are one single buurt of 80,000 to 515,000 households. No polygons and no places (x_m, y_m stay empty).

Question: does everything behind the import work at the size of the country?
Source:   none. Only the numbers of areas, households and persons are those of the country (CBS, 1-1-2024: 8.3 and 17.9 million); every
          area and every value is invented, and nothing may be concluded from them. scripts/make-modelstad.py makes a city to look at.
Result:   city.cfg, buurten.csv, margins.csv, quality.csv; the same bytes on every run and machine. Not kept in the repository: the
          benchmark writes it into a temporary folder.

Use: scripts/make-country.py FOLDER [BUURTEN]      BUURTEN (default 14000): fewer buurten give a country that is smaller in proportion
Python 3.8 or later, standard library only.
"""
import os
import sys

BUURTEN, WIJKEN, GEMEENTEN = 14000, 3200, 342
HOUSEHOLDS = 8300000
BIG = (515000, 350000, 265000, 190000, 130000, 100000, 80000)  # households of the gemeenten that are one buurt
ROUND_TO = 5                                                    # as CBS rounds buurten

COLUMNS = ("persons men women age_00_14 age_15_24 age_25_44 age_45_64 age_65_plus origin_nl origin_europe origin_outside_europe "
           "households households_one_person households_without_children households_with_children dwellings share_vacant "
           "share_single_family share_owner share_corporatie share_private_rent share_built_since_2000 woz_eur bijstand ao ww "
           "income_per_person_eur area_ha address_density lbm_won lbm_fys lbm_vrz lbm_soc lbm_onv").split()
AGES, ORIGINS, KINDS, TENURES = COLUMNS[3:8], COLUMNS[8:11], COLUMNS[12:15], COLUMNS[18:21]
COUNTS = COLUMNS[:16] + ["bijstand", "ao", "ww"]


class Chance:
    """splitmix64: the same numbers in every Python."""

    def __init__(self, seed):
        self.state = seed

    def u01(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & (2**64 - 1)
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & (2**64 - 1)
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & (2**64 - 1)
        return ((z ^ (z >> 31)) >> 11) * 2.0**-53

    def between(self, low, high):
        return low + (high - low) * self.u01()


def whole(parts, total):
    """Whole numbers near `parts` with the given sum (largest remainders; ties to the first)."""
    scale = total / sum(parts)
    exact = [p * scale for p in parts]
    out = [int(x) for x in exact]
    for i in sorted(range(len(parts)), key=lambda k: out[k] - exact[k])[:total - sum(out)]:
        out[i] += 1
    return out


def make_values(chance, households, town):
    """Values of one buurt: `town` 0 is the countryside, 1 the middle of a large town."""
    v = dict.fromkeys(COLUMNS, 0)
    v["households"] = households
    v["area_ha"] = int(20 + households * chance.between(0.02, 0.6))
    v["address_density"] = int(60 + 4500 * town * chance.between(0.5, 1.0))
    v["income_per_person_eur"] = int(chance.between(25, 38)) * 1000
    v["woz_eur"] = int(chance.between(220, 520)) * 1000
    v["share_built_since_2000"] = int(chance.between(2, 45)) / 100
    for name, spread in (("won", .05), ("fys", .04), ("vrz", .1), ("soc", .05), ("onv", .09)):
        v["lbm_" + name] = round(chance.between(-spread, spread) * 1.7, 4)
    one, with_children = chance.between(.22, .32) + .24 * town, chance.between(.33, .42) - .14 * town
    v.update(zip(KINDS, whole((one, 1 - one - with_children, with_children), households)))
    children = int(v[KINDS[2]] * 1.80)
    adults = v[KINDS[0]] + 2 * v[KINDS[1]] + int(1.8 * v[KINDS[2]]) + int(.018 * households)
    old = chance.between(.2, .32) - .08 * town
    young = whole((.60, .31, .09), children)
    grown = whole((.025 + .08 * town, .36 + .08 * town, .97 - old - .36 - .16 * town, old), adults) if adults else [0] * 4
    v.update(zip(AGES, (young[0], young[1] + grown[0], young[2] + grown[1], grown[2], grown[3])))
    persons = v["persons"] = children + adults
    outside = chance.between(.03, .16) + .15 * town
    v.update(zip(ORIGINS, whole((1 - outside - .09, .09, outside), persons)))
    v["men"], v["women"] = whole((.497, .503), persons)
    vacant = int(chance.between(2, 6))
    v["share_vacant"] = vacant / 100
    v["dwellings"] = int(households * (100 - chance.between(0, 4) - 5 * town) / (100 - vacant)) + 1
    v["share_single_family"] = int(100 * (chance.between(.75, .95) - .55 * town)) / 100
    owner, corporatie = int(100 * (chance.between(.55, .75) - .25 * town)), int(chance.between(12, 25))
    v.update(zip(TENURES, (owner / 100, corporatie / 100, (100 - owner - corporatie) / 100)))
    for name, share in (("bijstand", .024), ("ao", .042), ("ww", .009)):
        v[name] = int(persons * share * chance.between(.3, 1.7))
    return v


def rounded(v):
    """As published for a buurt: persons and households in fives that still add up, dwellings exact."""
    out = dict(v)
    for total, parts in (("persons", AGES), ("persons", ORIGINS), ("persons", COLUMNS[1:3]), ("households", KINDS)):
        out[total] = (v[total] + ROUND_TO // 2) // ROUND_TO * ROUND_TO
        if v[total]:
            out.update(zip(parts, [ROUND_TO * n for n in whole([v[p] for p in parts], out[total] // ROUND_TO)]))
    for name in COUNTS[-3:]:
        out[name] = (v[name] + ROUND_TO // 2) // ROUND_TO * ROUND_TO
    return out


def make_country(n_buurten):
    """Rows (code, wijk, gemeente, values not rounded) in order of code."""
    chance = Chance(1)
    share = n_buurten / BUURTEN
    n_big = min(len(BIG), max(1, n_buurten // 20))
    big = [max(400, int(n * share)) for n in BIG[:n_big]]
    n_small = n_buurten - n_big
    n_gemeenten = max(1, int((GEMEENTEN - len(BIG)) * share))
    n_wijken = max(n_gemeenten, int((WIJKEN - len(BIG)) * share))
    size = [0.0 if chance.u01() < .015 else .05 + chance.u01()**3 * 4 for _ in range(n_small)]
    households = whole(size, max(n_small, int(HOUSEHOLDS * share) - sum(big)))
    rows = []
    for b in range(n_small):
        wijk = b * n_wijken // n_small
        gemeente = wijk * n_gemeenten // n_wijken
        town = Chance(gemeente).u01() * chance.u01()
        rows.append(("BU%04d%04d" % (gemeente, b), "WK%04d%04d" % (gemeente, wijk), "GM%04d" % gemeente,
                     make_values(chance, households[b], town)))
    for i, n in enumerate(big):
        code = "%04d" % (9000 + i)
        rows.append(("BU%s0000" % code, "WK%s0000" % code, "GM" + code, make_values(chance, n, 1.0)))
    return rows


def write_city(folder, n_buurten):
    os.makedirs(folder, exist_ok=True)
    rows = make_country(n_buurten)
    total = {}
    with open(os.path.join(folder, "city.cfg"), "w", encoding="utf-8") as out:
        out.write('name = "country";\ntitle = "Country of %d invented buurten";\nsource = "invented by scripts/make-country.py";\n'
                  'date = "2024-01-01";\nlicence = "GPL-3.0-or-later; contains no copied data";\n' % n_buurten)
    with open(os.path.join(folder, "buurten.csv"), "w", encoding="utf-8") as out, \
            open(os.path.join(folder, "quality.csv"), "w", encoding="utf-8") as quality:
        out.write("code,name,wijk,wijk_name,gemeente,gemeente_name,x_m,y_m," + ",".join(COLUMNS) + "\n")
        quality.write("area,column,value,origin\n")
        for code, wijk, gemeente, values in rows:
            v = rounded(values)
            out.write(",".join([code, "Buurt " + code[2:], wijk, "Wijk " + wijk[2:], gemeente, "Gemeente " + gemeente[2:], "", ""] +
                               [str(v[c]) for c in COLUMNS]) + "\n")
            for c in COLUMNS:
                origin = "estimated" if c.startswith("lbm") else "rounded" if c in COUNTS else "published"
                quality.write("%s,%s,%s,%s\n" % (code, c, v[c], origin))
            for area in (("gemeente", gemeente), ("wijk", wijk), ("national", "")):
                sums = total.setdefault(area, dict.fromkeys(COUNTS, 0))
                for c in COUNTS:
                    sums[c] += values[c]
    with open(os.path.join(folder, "margins.csv"), "w", encoding="utf-8") as out:
        out.write("level,area,column,value\n")
        for level, code in sorted(total):
            for c in COUNTS:
                out.write("%s,%s,%s,%d\n" % (level, code, c, total[level, code][c]))
    sums = total["national", ""]
    print("%d buurten, %d gemeenten, %d households, %d persons, %d dwellings: %s" % (
        len(rows), len({r[2] for r in rows}), sums["households"], sums["persons"], sums["dwellings"], folder))


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    write_city(sys.argv[1], int(sys.argv[2]) if len(sys.argv) == 3 else BUURTEN)
