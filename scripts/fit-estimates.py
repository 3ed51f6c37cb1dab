#!/usr/bin/env python3
"""Fits the models that estimate what is not published per buurt (src/import/estimate_buurten.c and its neighbours) and measures their errors.

Question: how do households, dwellings, tenure, WOZ value ... of a buurt deviate from its gemeente, given age, sex, origin, density and
          Leefbaarometer of the buurt?
Learns on: buurten of Utrecht (CBS kwb 2023, Leefbaarometer 3.0 2024), buurten of Amsterdam (CBS kwb 2017; western and non-western background
          stand in for origin; no Leefbaarometer), and for dwellings, owner-occupation and WOZ the wijken of the Netherlands (CBS kwb 2022, with the
          population of kwb 2024 and the Leefbaarometer averaged over their buurten).
Method:   logit or log link with an intercept per gemeente, least squares reweighted (quasi-likelihood, Huber weights), ridge. First without
          Utrecht; then on Utrecht with the ridge pulling towards the first result, so that one city does not dictate the coefficients.
Measures: Utrecht with the wijken left out in turn, constrained to the figure of the gemeente only, and to the figures of the wijken; Amsterdam
          as a city never seen (fitted without it); income with the wijken of Amsterdam left out in turn. The naive fill, the same ratio or share
          everywhere in the gemeente or wijk, beside it.

Use: scripts/fit-estimates.py SHARED [--write]     SHARED: folder with kwb/, statline/, tmap/, leefbaarometer/
     --write also writes src/import/estimate_table.inc; the error tables go to standard output.
Python 3.8 or later, standard library only.
"""
import csv
import json
import math
import os
import sys

AGES = ("age_00_14", "age_15_24", "age_25_44", "age_45_64", "age_65_plus")
LBM = ("won", "fys", "vrz", "soc", "onv")
SMALL = 20.0  # persons of the gemeente's mix added to a buurt, so that shares of small buurten (rounded to 5) do not run wild

# Features of wks_estimate_feature, with the scale that makes the ridge treat them alike.
PLAIN = {"age_00_14": .05, "age_15_24": .08, "age_45_64": .06, "age_65_plus": .08, "log_age_00_14": .4, "log_age_15_24": .4,
         "log_age_65_plus": .5, "square_age_15_24": .05, "square_age_45_64": .04, "square_age_65_plus": .05, "men": .03,
         "log_density": 1., "square_log_density": 1.5}
ORIGIN = {"europe": .04, "outside_europe": .13, "log_outside_europe": .6, "square_outside_europe": .1}
SCORE = {"lbm_won": .06, "lbm_fys": .03, "lbm_vrz": .08, "lbm_soc": .04, "lbm_onv": .06}
LATER = {"log_woz": .3, "square_log_woz": .1, "log_bijstand": .5}  # from values estimated before: income only
# Published stock and households of the buurt, for WOZ where those are known and the Leefbaarometer is not.
STOCK = {"stock_owner": .2, "stock_corporatie": .2, "stock_single_family": .25, "stock_square_single_family": .2, "stock_new": .3,
         "stock_one_person": .15, "stock_log_addresses": .5, "log_bijstand": .5}
SCALE = {**PLAIN, **ORIGIN, **SCORE, **LATER, **STOCK}
# (Leefbaarometer, origin, stock) in the order of the rows of the table
VARIANTS = ((False, False, False), (True, False, False), (False, True, False), (True, True, False),
            (False, False, True), (False, True, True))


def features_of(has_lbm, has_origin, has_stock=False):
    return list(PLAIN) + (list(ORIGIN) if has_origin else []) + (list(SCORE) if has_lbm else []) + (list(STOCK) if has_stock else [])


# ---------------------------------------------------------------------------------------------------------------- reading
def number(text):
    text = text.strip()
    return None if text in ("", ".", "NA") else float(text.replace(",", "."))


def read_scores(shared):
    with open(os.path.join(shared, "leefbaarometer/lbm3_buurtscore24.csv"), encoding="utf-8") as file:
        return {row["code"]: {"lbm_" + k: float(row[k]) for k in LBM} for row in csv.DictReader(file)}


COLUMNS = {  # ours: (CBS 2023, part of the mangled CBS 2017 label)
    "persons": ("a_inw", "Aantal.inwoners"), "men": ("a_man", "Geslacht.Mannen"),
    "age_00_14": ("a_00_14", "0.tot.15"), "age_15_24": ("a_15_24", "15.tot.25"), "age_25_44": ("a_25_44", "25.tot.45"),
    "age_45_64": ("a_45_64", "45.tot.65"), "age_65_plus": ("a_65_oo", "65.jaar.of.ouder"),
    "europe": ("a_eur_al", "achtergrond.Westers.totaal"), "outside": ("a_neu_al", "Niet.westers.totaal"),
    "households": ("a_hh", "Huishoudens.totaal"), "one_person": ("a_1p_hh", "Eenpersoons"),
    "without": ("a_hh_z_k", "Huishoudens.zonder"), "with": ("a_hh_m_k", "Huishoudens.met.kinderen"),
    "dwellings": ("a_woning", "Woningvoorraad"), "share_vacant": ("p_leegsw", "Percentage.onbewoond"),
    "share_single_family": ("p_1gezw", "Percentage.eengezins"), "share_owner": ("p_koopw", "Koopwoningen"),
    "share_corporatie": ("p_wcorpw", "bezit.woningcorp"), "share_private_rent": ("p_ov_hw", "overige.verhuurders"),
    "share_built_since_2000": ("p_bjo2k", "Bouwjaar.vanaf.2000"), "woz_eur": ("g_wozbag", "WOZ"),
    "bijstand": ("a_soz_wb", "uitkering..Bijstand"), "ao": ("a_soz_ao", "uitkering..AO.."), "ww": ("a_soz_ww", "uitkering..WW"),
    "income_per_person_eur": ("g_ink_pi", "inkomen.per.inwoner"), "area_ha": ("a_lan_ha", "Oppervlakte.land"),
    "address_density": ("ste_oad", "Omgevingsadressen"), "kind": ("recs", "Soort.regio"), "code": ("gwb_code", "Codering..code"),
}


def clean(row):
    for key in row:
        if row[key] is None:
            continue
        if key.startswith("share_"):
            row[key] /= 100.0
        elif key in ("woz_eur", "income_per_person_eur"):
            row[key] *= 1000.0
    row["gemeente"], row["wijk"] = "GM" + row["code"][2:6], "WK" + row["code"][2:8]
    return row


def read_utrecht(shared):
    scores = read_scores(shared)
    with open(os.path.join(shared, "kwb/kwb-2023-utrecht.csv"), encoding="utf-8") as file:
        rows = [clean({k: (r[v[0]].strip() if k in ("kind", "code") else number(r[v[0]])) for k, v in COLUMNS.items()})
                for r in csv.DictReader(file, delimiter=";")]
    for row in rows:
        row.update(scores.get(row["code"], {}))
    return rows


def read_amsterdam(shared):
    with open(os.path.join(shared, "kwb/Kerncijfers_wijken_en_buurten_2017.csv"), encoding="utf-8") as file:
        lines = csv.reader(file)
        header = next(lines)
        at = {k: next(i for i, h in enumerate(header) if v[1] in h) for k, v in COLUMNS.items()}
        return [clean({k: (r[i].strip() if k in ("kind", "code") else number(r[i])) for k, i in at.items()}) for r in lines]


def read_wijken(shared):
    """Wijken of the country but Utrecht's, which is for measuring: stock of 2022 scaled to the population of 2024."""
    def table(name):
        with open(os.path.join(shared, "statline", name), encoding="utf-8-sig") as file:
            return list(csv.reader(file, delimiter=";"))[1:]
    scores, people, sums = read_scores(shared), {}, {}
    for a, b in zip(table("Kerncijfers_wijken_en_buurten_2024_geslachten.csv"),
                    table("Kerncijfers_wijken_en_buurten_2024_11122025_141648.csv")):
        code = a[3].strip()
        if code in scores:
            total = sums.setdefault("WK" + code[2:8], dict.fromkeys(["n"] + list(SCORE), 0.0))
            n = number(a[5]) or 0.0
            total["n"] += n
            for k in SCORE:
                total[k] += n * scores[code][k]
        if code.startswith("WK"):
            people[code] = dict(zip(("persons", "men") + AGES + ("europe", "outside"),
                                    [number(v) for v in (a[5], a[6], *a[8:13], b[4], b[5])]))
    out = []
    with open(os.path.join(shared, "tmap/NLD_dist_2022.csv"), encoding="utf-8") as file:
        for r in csv.DictReader(file):
            row, before = people.get(r["code"]), number(r["population"])
            if row is None or not row["persons"] or not before or abs(row["persons"] / before - 1.0) > 0.12:
                continue  # another area under the same code
            row = dict.fromkeys(COLUMNS, None) | row if sys.version_info >= (3, 9) else {**dict.fromkeys(COLUMNS, None), **row}
            row.update(code=r["code"], kind="Buurt", share_owner=number(r["dwelling_ownership"]), woz_eur=number(r["dwelling_value"]),
                       area_ha=100.0 * number(r["area"]), dwellings=number(r["dwelling_total"]))
            if row["dwellings"] is not None:
                row["dwellings"] *= row["persons"] / before
            total = sums.get(r["code"])
            if total and total["n"] > 0.8 * row["persons"]:
                row.update({k: total[k] / total["n"] for k in SCORE})
            row = clean(row)
            row["wijk"] = row["code"]
            if row["gemeente"] != "GM0344":
                out.append(row)
    return out


# --------------------------------------------------------------------------------------------------------------- features
def add_features(rows):
    """The same as wks_estimate_model_features: shares with SMALL persons of the gemeente's mix added."""
    groups = {}
    for row in rows:
        if row["kind"] == "Buurt" and row["persons"] and all(row[a] is not None for a in AGES):
            groups.setdefault(row["gemeente"], []).append(row)
    for group in groups.values():
        people = sum(r["persons"] for r in group)
        aged = sum(r[a] for r in group for a in AGES)
        mix = {a: sum(r[a] for r in group) / aged for a in AGES}
        other = {k: sum(r[k] or 0.0 for r in group) / people for k in ("men", "europe", "outside")}
        scored = [r for r in group if "lbm_won" in r]
        mean = {k: sum(r[k] * r["persons"] for r in scored) / sum(r["persons"] for r in scored) for k in SCORE} if scored else {}
        for r in group:
            total = sum(r[a] for a in AGES) + SMALL
            s = {a: (r[a] + SMALL * mix[a]) / total for a in AGES}
            o = {k: ((r[k] if r[k] is not None else other[k] * r["persons"]) + SMALL * other[k]) / (r["persons"] + SMALL) for k in other}
            density = math.log(max(r["persons"] / max(r["area_ha"] or 1.0, 1.0), 0.05))
            x = {"age_00_14": s["age_00_14"], "age_15_24": s["age_15_24"], "age_45_64": s["age_45_64"], "age_65_plus": s["age_65_plus"],
                 "men": o["men"], "log_density": density, "square_log_density": (density - 4.0) ** 2,
                 "europe": o["europe"], "outside_europe": o["outside"]}
            for k in ("age_00_14", "age_15_24", "age_65_plus", "outside_europe"):
                x["log_" + k] = math.log(x[k] + 0.02)
            for k in ("age_15_24", "age_45_64", "age_65_plus", "outside_europe"):
                x["square_" + k] = x[k] ** 2
            if scored:
                x.update({k: r.get(k, mean[k]) for k in SCORE})
            r["x"] = x
            if (None not in [r[k] for k in ("share_owner", "share_corporatie", "share_single_family", "share_built_since_2000",
                                            "one_person", "bijstand")] and r["households"] and r["address_density"]):
                x.update(stock_owner=r["share_owner"], stock_corporatie=r["share_corporatie"], stock_single_family=r["share_single_family"],
                         stock_square_single_family=r["share_single_family"] ** 2, stock_new=r["share_built_since_2000"],
                         stock_one_person=r["one_person"] / r["households"], stock_log_addresses=math.log(r["address_density"]),
                         log_bijstand=math.log(r["bijstand"] / r["persons"] + 0.01))


# ----------------------------------------------------------------------------------------------------------------- targets
def adults(r):
    return min(sum(r[a] for a in AGES[1:]), r["persons"])


def working(r):
    return sum(r[a] for a in AGES[1:4])


def ratio(a, b):
    return None if a is None or not b else a / b


# name: (link, base that weighs it, value, learns on the wijken of the country, strength of the pull in the second stage)
TARGETS = {
    "households": ("logit", adults, lambda r: ratio(r["households"], adults(r)), False, 1600.0),
    "one_person": ("logit", lambda r: r["households"], lambda r: ratio(r["one_person"], r["households"]), False, 1600.0),
    "with_children": ("logit", lambda r: (r["without"] or 0.0) + (r["with"] or 0.0),
                      lambda r: ratio(r["with"], (r["without"] or 0.0) + (r["with"] or 0.0)), False, 400.0),
    "dwellings": ("logit", adults, lambda r: ratio(r["dwellings"], adults(r)), True, 400.0),
    "share_vacant": ("logit", lambda r: r["dwellings"], lambda r: r["share_vacant"], False, 30.0),
    "share_single_family": ("logit", lambda r: r["dwellings"], lambda r: r["share_single_family"], False, 50.0),
    "share_owner": ("logit", lambda r: r["dwellings"], lambda r: r["share_owner"], True, 400.0),
    "corporatie_of_rent": ("logit", lambda r: None if r["share_owner"] is None else r["dwellings"] * (1.0 - r["share_owner"]),
                           lambda r: ratio(r["share_corporatie"], (r["share_corporatie"] or 0.0) + (r["share_private_rent"] or 0.0)),
                           False, 1600.0),
    "share_built_since_2000": ("logit", lambda r: r["dwellings"], lambda r: r["share_built_since_2000"], False, 1600.0),
    "woz_eur": ("log", lambda r: r["dwellings"], lambda r: r["woz_eur"], True, 400.0),
    "bijstand": ("log", adults, lambda r: ratio(r["bijstand"], adults(r)), False, 50.0),
    "ao": ("log", working, lambda r: ratio(r["ao"], working(r)), False, 50.0),
    "ww": ("log", working, lambda r: ratio(r["ww"], working(r)), False, 100.0),
    "address_density": ("log", lambda r: r["dwellings"], lambda r: r["address_density"], False, 400.0),  # without a map
}
FLAT = ("share_vacant", "address_density")  # no better than the same in all of a wijk (address density: without a map)
FIRST_RIDGE = {"ww": 400.0, "share_vacant": 100.0}  # else 100 with the wijken of the country, 10 with Amsterdam alone
INCOME_FEATURES = ["log_woz", "square_log_woz", "log_bijstand", "age_00_14", "age_15_24", "age_45_64", "age_65_plus"]


def dataset(rows, target, names):
    _, base_of, value_of, _, _ = TARGETS[target]
    out = []
    for r in rows:
        if r["kind"] != "Buurt" or "x" not in r or r["persons"] < 50 or any(k not in r["x"] for k in names):
            continue
        base = base_of(r)
        value = value_of(r) if base and base >= 20 else None
        if value is not None:
            out.append((r, [r["x"][k] / SCALE[k] for k in names], value, base))
    return out


# ----------------------------------------------------------------------------------------------------------------- fitting
def inverse(link, eta):
    eta = max(-30.0, min(30.0, eta))
    return math.exp(eta) if link == "log" else 1.0 / (1.0 + math.exp(-eta))


def solve_linear(a, b):
    n = len(b)
    m = [row[:] + [b[i]] for i, row in enumerate(a)]
    for i in range(n):
        p = max(range(i, n), key=lambda r: abs(m[r][i]))
        m[i], m[p] = m[p], m[i]
        for r in range(i + 1, n):
            f = m[r][i] / m[i][i]
            if f:
                for c in range(i, n + 1):
                    m[r][c] -= f * m[i][c]
    x = [0.0] * n
    for i in range(n - 1, -1, -1):
        x[i] = (m[i][n] - sum(m[i][c] * x[c] for c in range(i + 1, n))) / m[i][i]
    return x


def spread(link, items, total):
    """items: (base, eta, low, high); amounts base * inverse(eta + a) within [low, high] with a such that they add up to total."""
    def amounts(a):
        return [min(max(b * inverse(link, e + a), low), high) for b, e, low, high in items]
    low, high = -40.0, 40.0
    for _ in range(60):
        middle = (low + high) / 2.0
        if sum(amounts(middle)) < total:
            low = middle
        else:
            high = middle
    return amounts((low + high) / 2.0)


def intercept(link, etas, weights, total):
    if link == "log":
        s = sum(w * math.exp(min(30.0, e)) for w, e in zip(weights, etas))
        return math.log(total / s) if total > 0.0 and s > 0.0 else -30.0
    low, high = -40.0, 40.0
    for _ in range(45):
        middle = (low + high) / 2.0
        if sum(w * inverse(link, e + middle) for w, e in zip(weights, etas)) < total:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0


def fit(sets, link, n, ridge, prior=None):
    """Coefficients of scaled features. sets: datasets; a row weighs with the root of its base, a set with its number of rows."""
    prior = prior or [0.0] * n
    beta, groups = list(prior), {}
    for data in sets:
        total = sum(math.sqrt(base) for _, _, _, base in data)
        for r, x, y, base in data:
            groups.setdefault(r["gemeente"], []).append((x, y, math.sqrt(base) / total * len(data)))
    groups = [g for g in groups.values() if len(g) > 1]
    for step in range(8):
        a, b = [[0.0] * n for _ in range(n)], [0.0] * n
        for group in groups:
            etas = [sum(c * v for c, v in zip(beta, x)) for x, _, _ in group]
            level = intercept(link, etas, [w for _, _, w in group], sum(w * y for _, y, w in group))
            weight, left = [], []  # working weights and residuals on the scale of the link
            for (_, y, w), eta in zip(group, etas):
                mu = inverse(link, eta + level)
                if link == "logit":
                    slope = max(mu * (1.0 - mu), 0.02)
                    weight.append(w * slope)
                    left.append((y - mu) / slope)
                else:
                    weight.append(w)
                    left.append(max(-1.5, min(1.5, math.log(max(y, mu * 0.1) / mu))))
            if step > 0:  # Huber: beyond 2.2 robust standard deviations the weight falls
                centre = sum(w * v for w, v in zip(weight, left)) / sum(weight)
                limit = 2.22 * sorted(abs(v - centre) for v in left)[len(left) // 2] + 1e-9
                weight = [w * min(1.0, limit / max(abs(v - centre), 1e-9)) for w, v in zip(weight, left)]
            total = sum(weight)
            mean = [sum(w * x[j] for w, (x, _, _) in zip(weight, group)) / total for j in range(n)]
            z = [sum(c * v for c, v in zip(beta, x)) + v2 for (x, _, _), v2 in zip(group, left)]
            mean_z = sum(w * v for w, v in zip(weight, z)) / total
            for (x, _, _), w, v in zip(group, weight, z):
                d = [p - q for p, q in zip(x, mean)]
                dz = v - mean_z
                for j in range(n):
                    t = w * d[j]
                    b[j] += t * dz
                    row = a[j]
                    for k in range(j + 1):
                        row[k] += t * d[k]
        pull = ridge * (0.1 if link == "logit" else 1.0)
        for j in range(n):
            for k in range(j + 1, n):
                a[j][k] = a[k][j]
            a[j][j] += pull
            b[j] += pull * prior[j]
        new = solve_linear(a, b)
        done = max(abs(p - q) for p, q in zip(new, beta)) < 1e-4
        beta = new
        if done:
            break
    return beta


N_FOLDS = 10


def fold_of(row):
    """The wijken of Amsterdam are left out a tenth at a time: there are 99."""
    return sum(row["wijk"].encode()) % N_FOLDS if row["gemeente"] == "GM0363" else None


class Learner:
    """Coefficients per target and variant; `cities` are the datasets of buurten by name."""

    def __init__(self, utrecht, amsterdam, wijken):
        self.utrecht, self.amsterdam, self.wijken, self.memory = utrecht, amsterdam, wijken, {}

    def prior(self, target, names, has_lbm, with_amsterdam, fold):
        """First stage, without Utrecht. Amsterdam has no Leefbaarometer: its coefficients serve with 0 for those."""
        key = (target, tuple(names), with_amsterdam, fold)
        if key in self.memory:
            return self.memory[key]
        link, _, _, national, _ = TARGETS[target]
        without = [k for k in names if k not in SCORE]
        sets, used = [], names
        national = national and "stock_owner" not in names  # the wijken of the country lack those
        if national:
            sets.append(dataset(self.wijken, target, names))
        if with_amsterdam and not (national and has_lbm):
            used = without if not national else names
            sets.append([d for d in dataset(self.amsterdam, target, used) if fold_of(d[0]) != fold])
        beta = [0.0] * len(names)
        if sets:
            ridge = FIRST_RIDGE.get(target, 100.0 if national else 10.0)
            if national and "europe" not in names and not has_lbm:
                ridge = 400.0  # ages and density alone say less about another city than about those they were fitted on
            found = dict(zip(used, fit(sets, link, len(used), ridge)))
            beta = [found.get(k, 0.0) for k in names]
        self.memory[key] = beta
        return beta

    def learn(self, target, variant, left_out=None, with_utrecht=True, with_amsterdam=True, fold=None):
        link, _, _, _, ridge = TARGETS[target]
        names = features_of(*variant)
        beta = self.prior(target, names, variant[0], with_amsterdam, fold)
        if not with_utrecht:
            return beta
        data = [d for d in dataset(self.utrecht, target, names) if d[0]["wijk"] != left_out]
        if "stock_owner" in names:
            ridge = 100.0
        if not any(beta):
            ridge = 30.0  # nothing to be pulled towards
        return fit([data], link, len(names), ridge, beta)


# ----------------------------------------------------------------------------------------------------------- the estimator
def estimate(city, eta, by_wijk):
    """What estimate_buurten.c does when no buurt has anything but its people: eta[target][code] from a model, totals of the gemeente or of the
    wijken. Returns {column: {code: value}}. (The program also rounds counts to whole numbers.)"""
    areas = {r["code"]: r for r in city if r["kind"] != "Buurt"}
    rows = [r for r in city if r["kind"] == "Buurt" and r["persons"] and "x" in r]
    out = {}

    def run(target, link, base, total_of, low=None, high=None):
        groups = {}
        for r in rows:
            if base[r["code"]] > 0.0:
                groups.setdefault(r["wijk"] if by_wijk else r["gemeente"], []).append(r)
        amount = dict.fromkeys((r["code"] for r in rows), 0.0)
        for code, group in groups.items():
            total = total_of(areas[code], sum(base[r["code"]] for r in group))
            if total is None:
                total = total_of(areas[group[0]["gemeente"]], sum(base[r["code"]] for r in group))
            flat = by_wijk and target in FLAT
            items = [(base[r["code"]], 0.0 if flat else eta[target][r["code"]], low[r["code"]] if low else 0.0,
                      high[r["code"]] if high else (base[r["code"]] if link == "logit" else 1e99)) for r in group]
            for r, value in zip(group, spread(link, items, total)):
                amount[r["code"]] = value
        return amount

    def count(column):
        return lambda area, _: area[column]

    def share(of):
        def total(area, base):
            value = of(area)
            return None if value is None else value * base
        return total

    def mean(amount, base):
        return {c: amount[c] / base[c] for c in amount if base[c] > 0.0}

    grown, work = {r["code"]: adults(r) for r in rows}, {r["code"]: working(r) for r in rows}
    people = {r["code"]: r["persons"] for r in rows}
    out["households"] = h = run("households", "logit", grown, count("households"))
    kinds = lambda a: (a["one_person"] or 0.0) + (a["without"] or 0.0) + (a["with"] or 0.0)
    out["one_person"] = one = run("one_person", "logit", h, share(lambda a: ratio(a["one_person"], kinds(a))),
                                  {c: min(max(0.0, 2.0 * h[c] - people[c]), h[c]) for c in h})
    more = {c: h[c] - one[c] for c in h}
    out["with"] = run("with_children", "logit", more, share(lambda a: ratio(a["with"], (a["with"] or 0.0) + (a["without"] or 0.0))))
    out["without"] = {c: more[c] - out["with"][c] for c in h}
    out["dwellings"] = d = run("dwellings", "logit", grown, count("dwellings"), {c: 0.2 * h[c] for c in h},
                               {c: max(min(grown[c], 1.5 * h[c] + 3.0), 0.2 * h[c]) for c in h})
    for column in ("share_vacant", "share_single_family", "share_owner", "share_built_since_2000"):
        out[column] = mean(run(column, "logit", d, share(lambda a, c=column: a[c])), d)
    rent = {c: d[c] * (1.0 - out["share_owner"].get(c, 0.0)) for c in d}
    corporatie = run("corporatie_of_rent", "logit", rent, share(
        lambda a: ratio(a["share_corporatie"], (a["share_corporatie"] or 0.0) + (a["share_private_rent"] or 0.0))))
    out["share_corporatie"] = mean(corporatie, d)
    out["share_private_rent"] = {c: 1.0 - out["share_owner"][c] - out["share_corporatie"][c] for c in out["share_owner"]}
    out["woz_eur"] = mean(run("woz_eur", "log", d, share(lambda a: a["woz_eur"])), d)
    for column, base in (("bijstand", grown), ("ao", work), ("ww", work)):
        out[column] = run(column, "log", base, count(column), None, base)
    if any(a["address_density"] for a in areas.values()):
        out["address_density"] = mean(run("address_density", "log", d, share(lambda a: a["address_density"])), d)
    if "income_per_person_eur" in eta:
        eta = {**eta, "income_per_person_eur": eta["income_per_person_eur"](out["woz_eur"], d, out["bijstand"])}
        out["income_per_person_eur"] = mean(run("income_per_person_eur", "log", people, share(lambda a: a["income_per_person_eur"])), people)
    return out


def naive(city, by_wijk):
    """The ratios and shares of the wijk or gemeente in every buurt (what fill.c does)."""
    areas, out = {r["code"]: r for r in city if r["kind"] != "Buurt"}, {}
    for r in city:
        if r["kind"] != "Buurt" or not r["persons"] or "x" not in r:
            continue
        gemeente, wijk = areas[r["gemeente"]], areas[r["wijk"] if by_wijk else r["gemeente"]]

        def figure(of):
            value = of(wijk)
            return value if value is not None else of(gemeente)
        put = lambda column, value: out.setdefault(column, {}).__setitem__(r["code"], value)
        h = r["persons"] * figure(lambda a: ratio(a["households"], a["persons"]))
        put("households", h)
        for column in ("one_person", "without", "with"):
            put(column, h * figure(lambda a: ratio(a[column], (a["one_person"] or 0) + (a["without"] or 0) + (a["with"] or 0))))
        put("dwellings", h * figure(lambda a: ratio(a["dwellings"], a["households"])))
        for column in ("bijstand", "ao", "ww"):
            put(column, r["persons"] * figure(lambda a: ratio(a[column], a["persons"])))
        for column in ("share_vacant", "share_single_family", "share_owner", "share_corporatie", "share_private_rent",
                       "share_built_since_2000", "woz_eur", "address_density", "income_per_person_eur"):
            if figure(lambda a: a[column]) is not None:
                put(column, figure(lambda a: a[column]))
    return out


COUNTS = ("households", "one_person", "without", "with", "dwellings", "bijstand", "ao", "ww")


def errors(city, found):
    """Counts: sum of absolute errors over the sum, in %. Shares: mean absolute error weighted with dwellings, in percentage points; euro likewise
    (income weighted with inhabitants)."""
    rows, out = {r["code"]: r for r in city if r["kind"] == "Buurt"}, {}
    for column, values in found.items():
        top = bottom = 0.0
        for code, value in values.items():
            r = rows[code]
            weight = 1.0 if column in COUNTS else r["persons"] if column == "income_per_person_eur" else r["dwellings"]
            if r[column] is None or not weight:
                continue
            top += weight * abs(value - r[column])
            bottom += weight * (r[column] if column in COUNTS else 1.0)
        if bottom:
            out[column] = top / bottom * (1.0 if column.endswith("_eur") or column == "address_density" else 100.0)
    return out


def mean_features(rows, names):
    people = sum(r["persons"] for r in rows)
    return {k: sum(r["x"][k] * r["persons"] for r in rows) / people for k in names}


def etas_of(city, learner_of, variant):
    """eta[target][code] with the coefficients learner_of(target, wijk) gives; deviations from the city's mean, because wijken have
    coefficients of their own and share an intercept."""
    names, out = features_of(*variant), {}
    middle = mean_features([r for r in city if r["kind"] == "Buurt" and "x" in r], names)
    for target in TARGETS:
        memory, out[target] = {}, {}
        for r in city:
            if r["kind"] != "Buurt" or "x" not in r:
                continue
            if r["wijk"] not in memory:
                memory[r["wijk"]] = learner_of(target, r["wijk"])
            out[target][r["code"]] = sum(c * (r["x"][k] - middle[k]) / SCALE[k] for c, k in zip(memory[r["wijk"]], names))
    return out


# ------------------------------------------------------------------------------------------------------------------ income
def stock_features(rows, woz, dwellings, bijstand):
    """{code: the LATER features} from values, estimated or published."""
    worth = [(woz[c] * dwellings[c], dwellings[c]) for c in woz if woz[c] and dwellings.get(c)]
    level = sum(a for a, _ in worth) / sum(b for _, b in worth)
    people = sum(r["persons"] for r in rows if bijstand.get(r["code"]) is not None)
    usual = sum(bijstand[r["code"]] for r in rows if bijstand.get(r["code"]) is not None) / people
    out = {}
    for r in rows:
        c = r["code"]
        log_woz = math.log(woz[c] / level) if woz.get(c) else 0.0
        share = bijstand[c] / r["persons"] if bijstand.get(c) is not None else usual
        out[c] = {"log_woz": log_woz, "square_log_woz": log_woz ** 2, "log_bijstand": math.log(share + 0.01)}
    return out


def buurten(city):
    return [r for r in city if r["kind"] == "Buurt" and r["persons"] and "x" in r]


def income_data(amsterdam):
    rows = buurten(amsterdam)
    later = stock_features(rows, *({r["code"]: r[k] for r in rows} for k in ("woz_eur", "dwellings", "bijstand")))
    return [(r, [{**r["x"], **later[r["code"]]}[k] / SCALE[k] for k in INCOME_FEATURES], r["income_per_person_eur"], r["persons"])
            for r in rows if r["income_per_person_eur"] and r["woz_eur"] and r["bijstand"] is not None and r["persons"] >= 100]


def fit_income(amsterdam, fold=None):
    return fit([[d for d in income_data(amsterdam) if fold_of(d[0]) != fold]], "log", len(INCOME_FEATURES), 1.0)


def income_eta(city, fits):
    """For estimate(): eta of income from estimated WOZ and bijstand; fits: coefficients by fold."""
    def eta(woz, dwellings, bijstand):
        rows = buurten(city)
        later = stock_features(rows, woz, dwellings, bijstand)
        all_of = [{"persons": r["persons"], "x": {**r["x"], **later[r["code"]]}} for r in rows]
        middle = mean_features(all_of, INCOME_FEATURES)
        return {r["code"]: sum(c * (a["x"][k] - middle[k]) / SCALE[k] for c, k in zip(fits[fold_of(r)], INCOME_FEATURES))
                for r, a in zip(rows, all_of)}
    return eta


# --------------------------------------------------------------------------------------------------------- addresses around
RADIUS_M, PER_DWELLING = 1150.0, 1.109  # of addresses_around() in estimate_density.c; the best of 700 to 1150 by 150, and the scale that goes with it


def read_places(shared):
    """{code: (x, y)} of the centroids of Utrecht's buurten, in metres on a plane that touches at Utrecht."""
    with open(os.path.join(shared, "geo/GM0344_utrecht_buurten_lbm2024.geojson"), encoding="utf-8") as file:
        found = json.load(file)
    out = {}
    for feature in found["features"]:
        shape = feature["geometry"]
        area = x_sum = y_sum = 0.0
        for polygon in shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]:
            ring = [((p[0] - 5.1) * 111320.0 * math.cos(math.radians(52.09)), (p[1] - 52.09) * 111320.0) for p in polygon[0]]
            for (x0, y0), (x1, y1) in zip(ring, ring[1:]):
                cross = x0 * y1 - x1 * y0
                area, x_sum, y_sum = area + cross, x_sum + (x0 + x1) * cross, y_sum + (y0 + y1) * cross
        out[feature["properties"]["code"]] = (x_sum / 3.0 / area, y_sum / 3.0 / area)
    return out


def addresses_around(rows, places, dwellings):
    out = {}
    rows = [r for r in rows if r["code"] in places]
    for r in rows:
        (x, y), total = places[r["code"]], 0.0
        for q in rows:
            qx, qy = places[q["code"]]
            variance = RADIUS_M ** 2 / 4.0 + 1e4 * (r["area_ha"] + q["area_ha"]) / (4.0 * math.pi)
            total += dwellings[q["code"]] * math.exp(-((x - qx) ** 2 + (y - qy) ** 2) / (2.0 * variance)) / (2.0 * math.pi * variance)
        out[r["code"]] = total * 1e6 * PER_DWELLING
    return out


def map_errors(utrecht, places, dwellings):
    """Of the address density with a map, scaled to the gemeente or to the wijken."""
    rows = [r for r in buurten(utrecht) if r["code"] in places and r["address_density"]]
    found, areas, out = addresses_around(rows, places, dwellings), {r["code"]: r for r in utrecht if r["kind"] != "Buurt"}, []
    for level in ("gemeente", "wijk"):
        values = {}
        for code in {r[level] for r in rows}:
            group = [r for r in rows if r[level] == code]
            scale = (areas[code]["address_density"] * sum(dwellings[r["code"]] for r in group)
                     / sum(dwellings[r["code"]] * found[r["code"]] for r in group))
            values.update({r["code"]: scale * found[r["code"]] for r in group})
        out.append(errors(utrecht, {"address_density": values})["address_density"])
    return out


# --------------------------------------------------------------------------------------------------------------- measuring
def measure(city, etas):
    """[naive gemeente, naive wijk, gemeente, wijk] of each column."""
    parts = [errors(city, naive(city, False)), errors(city, naive(city, True)),
             errors(city, estimate(city, etas, False)), errors(city, estimate(city, etas, True))]
    return {column: [part.get(column, math.nan) for part in parts] for column in parts[2]}


def measure_known(city, column, data, etas):
    """The same for one mean when all other columns of the buurten are known: data as of dataset(), etas by row."""
    values = [d[2] for d in data]
    out, weight = [], [d[3] for d in data]
    for link_etas in ([0.0] * len(data), etas):
        for level in ("gemeente", "wijk"):
            top = 0.0
            for code in {d[0][level] for d in data}:
                at = [i for i, d in enumerate(data) if d[0][level] == code]
                amounts = spread("log", [(weight[i], link_etas[i], 0.0, 1e99) for i in at], sum(weight[i] * values[i] for i in at))
                top += sum(abs(a - weight[i] * values[i]) for i, a in zip(at, amounts))
            out.append(top / sum(weight))
    return {column: out}


def centred(data, names_beta):
    """Etas of rows, each with the coefficients of its own fold, around the mean of the city."""
    people = sum(d[3] for d in data)
    middle = [sum(d[1][j] * d[3] for d in data) / people for j in range(len(data[0][1]))]
    return [sum(c * (v - m) for c, v, m in zip(names_beta(d[0]), d[1], middle)) for d in data]


# How far the country's ratio is moved by what the people of a gemeente say, when neither it nor its wijken have a figure: the best of 0, 1/4, 1/2, 3/4
# and 1 for 60 gemeenten of 60 000 inhabitants or more. Of the others the country's ratio is better (or nothing is known but Utrecht).
LEVEL = {"households": 1.0, "one_person": 1.0, "with_children": 0.75, "dwellings": 1.0, "share_owner": 0.5}
NATION = {"households": 8430352 / 15228902, "one_person": 3380900 / 8430352, "with_children": 2657646 / 5049452,
          "dwellings": 8125229 / 15228902, "share_owner": 0.571}  # of src/import/national.c


def typical(wijken):
    """Mean features of the inhabitants of the country."""
    rows = [r for r in wijken if "x" in r and "lbm_won" in r["x"]]
    return mean_features(rows, features_of(True, True))


def measure_levels(shared, learner, wijken):
    """{target: [mean relative error in % with the country's ratio, and with LEVEL]} over large gemeenten, from the sums of their wijken."""
    with open(os.path.join(shared, "kwb_gemeente/kwb2024_clean.csv"), encoding="utf-8") as file:
        stock = {r["gwb_code"]: r for r in csv.DictReader(file)}
    with open(os.path.join(shared, "statline/Regionale_kerncijfers_Nederland_11122025_133649.csv"), encoding="utf-8-sig") as file:
        lines = list(csv.reader(file, delimiter=";"))
    first = next(i for i, h in enumerate(lines[0]) if h.endswith("Totaal particuliere huishoudens (aantal)"))
    types = {r[1].replace(" (gemeente)", ""): [number(v) for v in r[first:first + 4]] for r in lines[1:]}
    names, middle, out = features_of(True, True), typical(wijken), {}
    for target in LEVEL:
        beta, sums, n = learner.learn(target, (True, True)), [0.0, 0.0], 0
        for code, known in stock.items():
            rows = [r for r in wijken if r["gemeente"] == code and "x" in r and "lbm_won" in r["x"]]
            people, kinds = sum(r["persons"] for r in rows), types.get(known["gm_naam"])
            if people < 60000 or not kinds or None in kinds:
                continue
            grown = sum(adults(r) for r in rows) * float(known["a_inw"]) / people
            truth = {"households": float(known["a_hh"]) / grown, "dwellings": float(known["a_woning"]) / grown,
                     "share_owner": float(known["p_koopw"]) / 100.0, "one_person": kinds[1] / kinds[0],
                     "with_children": kinds[3] / (kinds[2] + kinds[3])}[target]
            start = math.log(NATION[target] / (1.0 - NATION[target]))
            for i, strength in enumerate((0.0, LEVEL[target])):
                amounts = [(adults(r), inverse("logit", start + strength * sum(
                    c * (r["x"][k] - middle[k]) / SCALE[k] for k, c in zip(names, beta)))) for r in rows]
                sums[i] += abs(sum(a * m for a, m in amounts) / sum(a for a, _ in amounts) / truth - 1.0)
            n += 1
        out[target] = [100.0 * v / n for v in sums]
    return out


SIX = {"GM0014": "Groningen", "GM0080": "Leeuwarden", "GM0228": "Ede", "GM0268": "Nijmegen", "GM0758": "Breda", "GM0855": "Tilburg"}


def measure_six(shared, utrecht, amsterdam, wijken):
    """Wijken of the six cities as if they were buurten: their own published share of owners and WOZ value (2022), fitted without them."""
    learner = Learner(utrecht, amsterdam, [r for r in wijken if r["gemeente"] not in SIX])
    out = {}
    for target, weight in (("share_owner", 100.0), ("woz_eur", 1.0)):
        link = TARGETS[target][0]
        for has_lbm in (True, False):
            names = features_of(has_lbm, True)
            beta = learner.learn(target, (has_lbm, True))
            top = flat = bottom = 0.0
            for city in SIX:
                data = [d for d in dataset(wijken, target, names) if d[0]["gemeente"] == city]
                total = sum(base * y for _, _, y, base in data)
                base_sum = sum(base for _, _, _, base in data)
                items = [(base, sum(c * v for c, v in zip(beta, x)), 0.0, 1e99) for _, x, _, base in data]
                for (_, _, y, base), amount in zip(data, spread(link, items, total)):
                    top += abs(amount - base * y)
                    flat += base * abs(total / base_sum - y)
                bottom += base_sum
            out[target, has_lbm] = [weight * flat / bottom, math.nan, weight * top / bottom, math.nan]
    return out


# ----------------------------------------------------------------------------------------------------------------- writing
CITY = {"one_person": "households_one_person", "without": "households_without_children", "with": "households_with_children"}


def unit_of(column):
    return ("% of the sum" if column in COUNTS else "EUR" if column.endswith("_eur") else "addresses/km2" if column == "address_density"
            else "percentage points")


def print_errors(title, table):
    print("\n" + title)
    print("  %-24s %-17s %12s %12s %12s %12s" % ("column", "unit", "naive gem.", "naive wijk", "gemeente", "wijk"))
    for column, values in table.items():
        form = "%12.0f" if column.endswith("_eur") or column == "address_density" else "%12.1f"
        print("  %-24s %-17s " % (column, unit_of(column)) + " ".join("%12s" % "-" if math.isnan(v) else form % v for v in values))


def c_number(value):
    return "NAN" if math.isnan(value) else "%.4g" % value


def orders(header):
    """Names of features and models, in the order of their lists in the header."""
    with open(header, encoding="utf-8") as file:
        text = file.read()
    lists = []
    for start in ("#define WKS_ESTIMATE_FEATURES(X)", "#define WKS_ESTIMATE_MODELS(X)"):
        body = text[text.index(start) + len(start):]
        body = body[:body.index("typedef enum")]
        lists.append([line.strip()[2:].split(",")[0].split(")")[0] for line in body.splitlines() if line.strip().startswith("X(")])
    return lists


def write_table(path, learner, income, measured, middle):
    lines = [
        "/* Made by scripts/fit-estimates.py; do not edit. Coefficients and measured errors only, no figure of any area.",
        " * Fitted on: CBS, Kerncijfers wijken en buurten 2023 (Utrecht), 2017 (Amsterdam) and 2022 (wijken), population of 2024 (CC BY 4.0);",
        " * BZK, Leefbaarometer 3.0, measurement 2024 (open data). Logit or log of the ratio, within a gemeente; ridge, Huber weights. */",
        "#ifndef WKS_IMPORT_ESTIMATE_TABLE_H", "#define WKS_IMPORT_ESTIMATE_TABLE_H", "", '#include "import/estimate_model.h"', "",
        "/* clang-format off */",
        "/* Models, variants and features in the order of estimate_model.h. Variants: neither, with Leefbaarometer, with origin, with both; neither and",
        " * with origin again, with the stock of the buurt (WOZ). */",
        "static const double coefficient[WKS_ESTIMATE_N_MODELS][WKS_ESTIMATE_N_VARIANTS][WKS_ESTIMATE_N_FEATURES] = {"]
    features, models = orders(os.path.join(os.path.dirname(path), "estimate_model.h"))
    for target in models:
        lines.append("    { /* %s */" % target)
        for variant in VARIANTS:
            if variant[2] and target not in ("woz_eur", "income_per_person_eur"):
                lines.append("        {0},")
                continue
            names = INCOME_FEATURES if target not in TARGETS else features_of(*variant)
            beta = dict(zip(names, income if target not in TARGETS else learner.learn(target, variant)))
            assert set(names) <= set(features)
            cells = ["%.6g" % (beta[k] / SCALE[k]) if k in beta else "0" for k in features]
            lines.append("        {" + ", ".join(cells[:16]) + ",")
            lines.append("         " + ", ".join(cells[16:]) + "},")
        lines.append("    },")
    lines += ["};", "", "/* No better than the same share everywhere in a wijk whose figure is known. */",
              "static const bool flat_in_wijk[WKS_ESTIMATE_N_MODELS] = {"
              + ", ".join("true" if name in FLAT else "false" for name in models) + "};"]
    lines += ["", "/* Without any figure: how much of a gemeente's deviation from the typical features moves the country's ratio. */",
              "static const double level_strength[WKS_ESTIMATE_N_MODELS] = {" + ", ".join("%g" % LEVEL.get(name, 0.0) for name in models) + "};",
              "static const double typical[WKS_ESTIMATE_N_FEATURES] = {" + ", ".join("%.6g" % middle.get(k, 0.0) for k in features) + "};"]
    lines += ["", "static const wks_estimate_measured measured[] = {"]
    for place, with_lbm, table in measured:
        choice = "%s, %s" % ("false" if "Amsterdam" in place else "true", "true" if with_lbm else "false")
        for column, values in table.items():
            lines.append('    {"%s", WKS_CITY_%s, "%s", %s, %s},'
                         % (place, CITY.get(column, column), unit_of(column), choice, ", ".join(c_number(v) for v in values)))
    lines += ["};", "/* clang-format on */", "", "#endif", ""]
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines))


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    shared, measured = sys.argv[1], []
    utrecht, amsterdam, wijken = read_utrecht(shared), read_amsterdam(shared), read_wijken(shared)
    amsterdam = [r for r in amsterdam if r["kind"] != "Land"]
    for rows in (utrecht, amsterdam, wijken):
        add_features(rows)
    places = read_places(shared)
    learner = Learner(utrecht, amsterdam, wijken)

    for has_lbm in (True, False):
        etas = etas_of(utrecht, lambda t, w: learner.learn(t, (has_lbm, True), left_out=w), (has_lbm, True))
        table = measure(utrecht, etas)
        if has_lbm:
            table["address_density"][2:] = map_errors(utrecht, places, estimate(utrecht, etas, False)["dwellings"])
        place = "Utrecht 2023, wijken left out in turn" + ("" if has_lbm else ", no Leefbaarometer")
        if not has_lbm:
            place += " and no map"
        print_errors(place, table)
        measured.append((place, has_lbm, table))
    incomes = {fold: fit_income(amsterdam, fold) for fold in range(N_FOLDS)}
    for seen in (True, False):
        learned = {}

        def of_amsterdam(target, wijk):
            fold = fold_of({"wijk": wijk, "gemeente": "GM0363"}) if seen else None
            if (target, fold) not in learned:
                learned[target, fold] = learner.learn(target, (False, False), with_amsterdam=seen, fold=fold)
            return learned[target, fold]
        etas = etas_of(amsterdam, of_amsterdam, (False, False))
        etas["income_per_person_eur"] = income_eta(amsterdam, incomes)
        table = measure(amsterdam, etas)
        place = "Amsterdam 2017, wijken left out a tenth at a time" if seen else "Amsterdam 2017, fitted without it"
        place += "; no origin, no Leefbaarometer"
        print_errors(place, table)
        measured.append((place, False, table))
    data = income_data(amsterdam)
    table = measure_known(amsterdam, "income_per_person_eur", data, centred(data, lambda r: incomes[fold_of(r)]))
    stock = {fold: learner.learn("woz_eur", (False, False, True), fold=fold) for fold in range(N_FOLDS)}
    data = dataset(amsterdam, "woz_eur", features_of(False, False, True))
    table.update(measure_known(amsterdam, "woz_eur", data, centred(data, lambda r: stock[fold_of(r)])))
    place = "Amsterdam 2017, wijken left out a tenth at a time; the buurt's other columns known"
    print_errors(place, table)
    measured.append((place, False, table))
    six = measure_six(shared, utrecht, amsterdam, wijken)
    for has_lbm in (True, False):
        table = {t: six[t, has_lbm] for t in ("share_owner", "woz_eur")}
        place = "wijken of the six cities 2022, fitted without them" + ("" if has_lbm else ", no Leefbaarometer")
        print_errors(place, table)
        measured.append((place, has_lbm, table))
    print("\nLevel of a gemeente without a figure, mean relative error in %: the country's ratio, and moved by its people")
    for target, values in measure_levels(shared, learner, wijken).items():
        print("  %-24s %6.1f %6.1f" % (target, *values))
    if "--write" in sys.argv:
        here = os.path.dirname(os.path.abspath(__file__))
        write_table(os.path.join(here, "../src/import/estimate_table.inc"), learner, fit_income(amsterdam), measured,
                    typical(wijken))


if __name__ == "__main__":
    main()
