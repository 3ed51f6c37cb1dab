#!/usr/bin/env python3
"""Segregation indices by their definitions, slowly, without any library: the second opinion on `wijksim measure`.

  segregation.py PROGRAM TABLE [--coords F --contiguity F --boundary F]...   compares every row the program prints with this file's figure

Sums are exact (fractions) or fsum; all pairs are visited. Written from the definitions in docs/indicators.md, not from src/. Exit 1 when a figure differs by more than
1e-9 of it (1e-8 where distances are weighted), when one of the two has a figure and the other has not, or when an index of this file is missing.
"""

import csv
import io
import subprocess
import sys
from decimal import Decimal, getcontext
from fractions import Fraction
from math import comb, exp, fsum, hypot, log

getcontext().prec = 50
RELATIVE, RELATIVE_KERNEL = 1e-9, 1e-8
KERNEL = {"SP", "H_spatial", "D_spatial", "R_spatial", "P_spatial"}
EXACT = {"ED_fixed", "ED_binom", "Dmod_fixed", "Dmod_binom"}


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def xlogx(x):
    return x * log(x) if x > 0 else 0.0


def entropy(shares):
    return -fsum(xlogx(p) for p in shares)


def diversity(shares):
    """1 - sum p^2 as sum p_k (sum of the others): nothing cancels when one group is nearly all."""
    return fsum(a * b for i, a in enumerate(shares) for j, b in enumerate(shares) if i != j)


def theil(areas):
    """1 - sum t_i E_i / (T E) with 50 digits: 1 less what is nearly 1 would lose those of a double."""
    areas = [tuple(Decimal(v) for v in area) for area in areas]

    def spread(counts):  # t E
        return -sum(v * (v / sum(counts)).ln() for v in counts if v > 0)

    whole = spread([sum(area[k] for area in areas) for k in range(2)])
    return float(1 - sum(spread(area) for area in areas) / whole)


def ratio(a, b):
    return a / b if b else None


def expected_fixed(x, t):
    """E|H - n P| over the hypergeometric, every outcome; only for small tables."""
    everybody, group = int(sum(t)), int(sum(x))
    rest = everybody - group
    total = Fraction(0)
    for size in (int(v) for v in t):
        ways = comb(everybody, size)
        for k in range(max(0, size - rest), min(size, group) + 1):
            total += Fraction(comb(group, k) * comb(rest, size - k), ways) * abs(Fraction(k, group) - Fraction(size - k, rest))
    return float(total / 2)


def expected_binomial(x, t):
    everybody, group = int(sum(t)), int(sum(x))
    p = Fraction(group, everybody)
    total = Fraction(0)
    for size in (int(v) for v in t):
        for k in range(size + 1):
            total += comb(size, k) * p**k * (1 - p) ** (size - k) * abs(k - size * p)
    return float(total / (2 * everybody * p * (1 - p)))


def modified(d, expected):
    if d is None or expected is None or abs(expected) <= 1e-12 or abs(expected - 1) <= 1e-12:
        return None
    return (d - expected) / (1 - expected) if d >= expected else (d - expected) / expected


class Table:
    def __init__(self, path):
        rows = rows_of(path)
        self.groups = [name for name in rows[0] if name != "area"]
        self.areas = [row["area"] for row in rows]
        self.n = [[float(row[g]) for g in self.groups] for row in rows]
        self.t = [fsum(row) for row in self.n]
        self.group_total = [fsum(row[k] for row in self.n) for k in range(len(self.groups))]
        self.all = fsum(self.t)
        self.share = [ratio(v, self.all) for v in self.group_total]
        self.some = [i for i in range(len(self.n)) if self.t[i] > 0]

    def inhabited(self):
        other = object.__new__(Table)
        other.__dict__.update(self.__dict__)
        other.n = [self.n[i] for i in self.some]
        other.t = [self.t[i] for i in self.some]
        return other

    def p(self, i, k):
        return self.n[i][k] / self.t[i]


def one_group(table, k):
    """Indices of group k against all others, as {name: value or None}."""
    names = ["D", "G", "H", "eta2", "A0.1", "A0.5", "A0.9", "gorard", "minmax", "ED_fixed", "ED_binom", "Dmod_fixed", "Dmod_binom"]
    x = [row[k] for row in table.n]
    t = table.t
    y = [b - a for a, b in zip(x, t)]
    X, Y, T = fsum(x), fsum(y), fsum(t)
    out = dict.fromkeys(names + ["xPx", "xPx_exact"])
    if X > 0:
        out["xPx"] = fsum(a / X * a / b for a, b in zip(x, t) if b > 0)
        if all(b > 1 or a == 0 for a, b in zip(x, t)):
            out["xPx_exact"] = fsum(a / X * (a - 1) / (b - 1) for a, b in zip(x, t) if a > 0)
        else:
            out["xPx_exact"] = "any"  # an area with one person: our own convention
        out["gorard"] = fsum(abs(a / X - b / T) for a, b in zip(x, t)) / 2
    if not (X > 0 and Y > 0):
        return out
    P = X / T
    some = table.some
    p = {i: x[i] / t[i] for i in some}
    D = fsum(abs(a / X - b / Y) for a, b in zip(x, y)) / 2
    out["D"], out["minmax"] = D, 2 * D / (1 + D)
    out["G"] = fsum(t[i] * t[j] * abs(p[i] - p[j]) for i in some for j in some) / (2 * T * T * P * (1 - P))
    out["H"] = theil([(x[i], y[i]) for i in some])
    out["eta2"] = fsum(t[i] * (p[i] - P) ** 2 for i in some) / (T * P * (1 - P))
    for b in (0.1, 0.5, 0.9):
        out[f"A{b}"] = 1 - fsum((x[i] / X) ** b * (y[i] / Y) ** (1 - b) for i in some if x[i] > 0 and y[i] > 0) ** (1 / (1 - b))
    if all(v == int(v) for row in table.n for v in row) and T <= 20000 and len(some) <= 200:
        out["ED_fixed"], out["ED_binom"] = expected_fixed(x, t), expected_binomial(x, t)
        out["Dmod_fixed"], out["Dmod_binom"] = modified(D, out["ED_fixed"]), modified(D, out["ED_binom"])
    else:
        for name in EXACT:
            out[name] = "any"
    return out


def together(table):
    names = ["E", "E_norm", "I", "SC", "D_multi", "G_multi", "R_multi", "M", "H_multi", "C_multi", "P_multi"]
    out = dict.fromkeys(names)
    if not table.all > 0:
        return out
    K, T, P, some = len(table.groups), table.all, table.share, table.some
    present = [k for k in range(K) if P[k] > 0]
    E, I = entropy(P), diversity(P)
    out["E"], out["I"], out["SC"] = E, I, fsum(v * v for v in P)
    out["E_norm"] = E / log(K) if K > 1 else None
    out["M"] = fsum(table.n[i][k] / T * log(table.p(i, k) / P[k]) for i in some for k in present if table.n[i][k] > 0)
    if len(present) < 2:
        return out
    out["H_multi"] = out["M"] / E
    out["D_multi"] = fsum(table.t[i] * abs(table.p(i, k) - P[k]) for i in some for k in present) / (2 * T * I)
    gini = 0.0
    for k in present:
        q = {i: table.p(i, k) for i in some}
        gini += fsum(table.t[i] * table.t[j] * abs(q[i] - q[j]) for i in some for j in some)
    out["G_multi"] = gini / (2 * T * T * I)
    out["R_multi"] = fsum(table.t[i] * (table.p(i, k) - P[k]) ** 2 for i in some for k in present) / (T * I)
    out["C_multi"] = fsum(table.t[i] * (table.p(i, k) - P[k]) ** 2 / (T * (len(present) - 1) * P[k]) for i in some for k in present)
    out["P_multi"] = fsum(table.t[i] * (table.p(i, k) - P[k]) ** 2 / (T * (1 - P[k])) for i in some for k in present)
    return out


def pairs(table):
    out = {}
    for a in range(len(table.groups)):
        for b in range(len(table.groups)):
            if a == b:
                continue
            A, B = table.group_total[a], table.group_total[b]
            key = (table.groups[a], table.groups[b], "")
            out["D_pair", *key] = fsum(abs(row[a] / A - row[b] / B) for row in table.n) / 2 if A > 0 and B > 0 else None
            out["xPy", *key] = fsum(table.n[i][a] / A * table.p(i, b) for i in table.some) if A > 0 else None
    return out


def local(table):
    out = {}
    for k, group in enumerate(table.groups):
        P, X = table.share[k], table.group_total[k]
        for i, area in enumerate(table.areas):
            out["LQ", group, "", area] = table.p(i, k) / P if table.t[i] > 0 and P else None
        out["ls_group", group, "", ""] = fsum(table.n[i][k] / X * log(table.p(i, k) / P) for i in table.some if table.n[i][k] > 0) if X > 0 else None
    for i, area in enumerate(table.areas):
        ok = table.t[i] > 0
        out["E", "", "", area] = entropy([table.p(i, k) for k in range(len(table.groups))]) if ok else None
        out["I", "", "", area] = diversity([table.p(i, k) for k in range(len(table.groups))]) if ok else None
        out["ls_area", "", "", area] = (
            fsum(table.p(i, k) * log(table.p(i, k) / table.share[k]) for k in range(len(table.groups)) if table.n[i][k] > 0) if ok else None
        )
    return out


def links_of(path, table):
    row = {area: i for i, area in enumerate(table.areas)}
    return [(row[r["i"]], row[r["j"]], float(r["w"])) for r in rows_of(path) if r["i"] != r["j"]]


def moran(value, weights):
    """value: {area: number}; weights: {(i, j): w}. Areas without a neighbour among those with a value are left out."""
    weights = {ij: w for ij, w in weights.items() if ij[0] in value and ij[1] in value}
    kept = sorted({i for i, _ in weights})
    if len(kept) < 2:
        return None
    mean = fsum(value[i] for i in kept) / len(kept)
    squares = fsum((value[i] - mean) ** 2 for i in kept)
    if not squares > 0:
        return None
    cross = fsum(w * (value[i] - mean) * (value[j] - mean) for (i, j), w in weights.items() if j in set(kept))
    return len(kept) / fsum(weights.values()) * cross / squares


def rows_to_one(weights):
    total = {}
    for (i, _), w in weights.items():
        total[i] = total.get(i, 0.0) + w
    return {(i, j): w / total[i] for (i, j), w in weights.items()}


def contiguity(table, path):
    out = {}
    binary = {(i, j): 1.0 for i, j, _ in links_of(path, table) if table.t[i] > 0 and table.t[j] > 0}
    rows = rows_to_one(binary)
    for k, group in enumerate(table.groups):
        p = {i: table.p(i, k) for i in table.some}
        D = one_group_d(table, k)
        ok = D is not None
        out["moran_B", group, "", ""] = moran(p, binary) if ok else None
        out["moran_W", group, "", ""] = moran(p, rows) if ok else None
        for name, weights in (("Dadj", binary), ("Dadj_W", rows)):
            near = fsum(w * abs(p[i] - p[j]) for (i, j), w in weights.items())
            out[name, group, "", ""] = D - near / fsum(weights.values()) if ok and weights else None
    return out


def one_group_d(table, k):
    X = table.group_total[k]
    Y = table.all - X
    return fsum(abs(row[k] / X - (t - row[k]) / Y) for row, t in zip(table.n, table.t)) / 2 if X > 0 and Y > 0 else None


def boundary(table, path):
    out = {}
    lengths = {(i, j): w for i, j, w in links_of(path, table) if table.t[i] > 0 and table.t[j] > 0}
    for k, group in enumerate(table.groups):
        D = one_group_d(table, k)
        near = fsum(w * abs(table.p(i, k) - table.p(j, k)) for (i, j), w in lengths.items())
        out["Dw", group, "", ""] = D - near / fsum(lengths.values()) if D is not None and lengths else None
    return out


def distances(table, path):
    place = {r["area"]: r for r in rows_of(path)}
    x = [float(place[a]["x"]) for a in table.areas]
    y = [float(place[a]["y"]) for a in table.areas]
    size = [float(place[a]["size"]) for a in table.areas]
    return x, y, size


def kernels(table, x, y):
    n, K, T, P = len(x), len(table.groups), table.all, table.share
    c = [[exp(-hypot(x[i] - x[j], y[i] - y[j])) for j in range(n)] for i in range(n)]
    out = {}
    if not T > 0:
        groups = [(a, b) for a in table.groups for b in table.groups]
        return dict.fromkeys([(name, "", "", "") for name in KERNEL - {"P_spatial"}] + [("P_spatial", a, b, "") for a, b in groups])
    near_all = [fsum(c[i][j] * table.t[j] for j in range(n)) for i in range(n)]
    near = [[fsum(c[i][j] * table.n[j][k] for j in range(n)) for k in range(K)] for i in range(n)]
    env = [[near[i][k] / near_all[i] for k in range(K)] for i in range(n)]
    tt = fsum(table.t[i] * near_all[i] for i in range(n)) / T**2
    within = [fsum(table.n[i][k] * near[i][k] for i in range(n)) / table.group_total[k] ** 2 if table.group_total[k] else None for k in range(K)]
    none = ("", "", "")
    out["SP", *none] = fsum(table.group_total[k] * within[k] for k in range(K) if within[k] is not None) / (T * tt)
    E, I = entropy(P), diversity(P)
    several = sum(v > 0 for v in P) > 1
    out["H_spatial", *none] = 1 - fsum(table.t[i] * entropy(env[i]) for i in range(n)) / (T * E) if several else None
    out["D_spatial", *none] = fsum(table.t[i] * abs(env[i][k] - P[k]) for i in range(n) for k in range(K)) / (2 * T * I) if several else None
    out["R_spatial", *none] = 1 - fsum(table.t[i] * diversity(env[i]) for i in range(n)) / (T * I) if several else None
    for a in range(K):
        for b in range(K):
            X = table.group_total[a]
            key = ("P_spatial", table.groups[a], table.groups[b], "")
            out[key] = fsum(table.n[i][a] / X * env[i][b] for i in range(n)) if X else None
    return out


def near_far(table, size, X):
    """Mean size where X people would live if they took the smallest areas, and the largest ones; of one size those with most residents stand first."""
    out = []
    ordered = sorted(range(len(size)), key=lambda i: (size[i], -table.t[i]))
    for order in (ordered, ordered[::-1]):
        people, surface = 0.0, 0.0
        for i in order:
            people += table.t[i]
            surface += table.t[i] * size[i]
            if people >= X * (1 - 1e-12):
                break
        out.append(surface / people)
    return out


def space(table, x, y, size):
    """Over areas with residents: land where nobody lives has no weight."""
    out = {}
    x, y, size = ([v[i] for i in table.some] for v in (x, y, size))
    table = table.inhabited()
    n, A = len(x), fsum(size)
    cx, cy = fsum(x) / max(n, 1), fsum(y) / max(n, 1)
    far = [round(hypot(x[i] - cx, y[i] - cy), 12) for i in range(n)]
    rings = [[i for i in range(n) if far[i] == d] for d in sorted(set(far))]
    for k, group in enumerate(table.groups):
        X, Y = table.group_total[k], table.all - table.group_total[k]
        key = (group, "", "")
        for name in ("delta", "ACO", "RCO", "ACE", "RCE"):
            out[name, *key] = None
        if X > 0:
            out["delta", *key] = fsum(abs(table.n[i][k] / X - size[i] / A) for i in range(n)) / 2
        mine = fsum(table.n[i][k] * size[i] for i in range(n)) / X if X > 0 else None
        if X > 0:
            small, large = near_far(table, size, X)
            if large > small * (1 + 1e-12):
                out["ACO", *key] = 1 - (mine - small) / (large - small)
        if X > 0 and Y > 0:
            other = fsum((table.t[i] - table.n[i][k]) * size[i] for i in range(n)) / Y
            if large > small * (1 + 1e-12) and other > 0:
                out["RCO", *key] = (mine / other - 1) / (small / large - 1)
        xs, ys, zs = [0.0], [0.0], [0.0]
        for ring in rings:
            xs.append(xs[-1] + (fsum(table.n[i][k] for i in ring) / X if X else 0))
            ys.append(ys[-1] + (fsum(table.t[i] - table.n[i][k] for i in ring) / Y if Y else 0))
            zs.append(zs[-1] + fsum(size[i] for i in ring) / A)
        steps = range(1, len(xs))
        if X > 0:
            out["ACE", *key] = fsum(xs[i - 1] * zs[i] - xs[i] * zs[i - 1] for i in steps)
        if X > 0 and Y > 0:
            out["RCE", *key] = fsum(xs[i - 1] * ys[i] - xs[i] * ys[i - 1] for i in steps)
    return out


def nearest(table, x, y):
    out = {}
    some = table.some
    links = {}
    for i in some:
        for j in sorted((j for j in some if j != i), key=lambda j: (hypot(x[i] - x[j], y[i] - y[j]), j))[:6]:
            links[i, j] = 1.0
    for k, group in enumerate(table.groups):
        p = {i: table.p(i, k) for i in some}
        out["moran_knn6", group, "", ""] = moran(p, rows_to_one(links)) if one_group_d(table, k) is not None else None
    return out


def all_of(path, coords, near, border):
    table = Table(path)
    out = {}
    for k, group in enumerate(table.groups):
        out.update({(name, group, "", ""): v for name, v in one_group(table, k).items()})
    out.update({(name, "", "", ""): v for name, v in together(table).items()})
    out.update(pairs(table))
    out.update(local(table))
    if near:
        out.update(contiguity(table, near))
    if border:
        out.update(boundary(table, border))
    if coords:
        x, y, size = distances(table, coords)
        out.update(kernels(table, x, y))
        out.update(space(table, x, y, size))
        out.update(nearest(table, x, y))
    return out


def printed(program, path, options, names):
    command = [program, "measure", path, "--indices", ",".join(sorted(names)), *options]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = {}
    for row in csv.DictReader(io.StringIO(text)):
        found[row["index"], row["group"], row["versus"], row["area"]] = float(row["value"]) if row["value"] else None
    return found


def differs(name, mine, theirs):
    if mine == "any":
        return False
    if mine is None or theirs is None:
        return mine is not theirs
    limit = RELATIVE_KERNEL if name in KERNEL else RELATIVE
    # An index near 0 is what is left of sums near 1: its rounding is that of those.
    return abs(mine - theirs) > max(limit * abs(mine), 1e-12)


def main(arguments):
    program, path, options = arguments[0], arguments[1], arguments[2:]
    given = dict(zip(options[::2], options[1::2]))
    mine = all_of(path, given.get("--coords"), given.get("--contiguity"), given.get("--boundary"))
    theirs = printed(program, path, options, {key[0] for key in mine})
    wrong = [f"{key}: {mine[key]} by definition, {theirs.get(key, 'no row')} printed" for key in mine if key not in theirs or differs(key[0], mine[key], theirs[key])]
    wrong += [f"{key}: a row nobody asked for" for key in theirs if key not in mine]
    for line in wrong[:20]:
        print(line)
    print(f"{path}: {len(mine)} figures compared, {len(wrong)} differ")
    return 1 if wrong or not mine else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
