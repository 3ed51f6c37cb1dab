#!/usr/bin/env python3
"""All indices of segregation that need no place, with the formulas of docs/indicators.md in numpy, timed on the table that bench_segregation makes.
The side of docs/performance.md to compare with; not a test, not in CI. Needs Debian's numpy: sudo apt-get install python3-numpy
    /usr/bin/python3 tests/bench/segregation_numpy.py [AREAS [GROUPS [RUNS]]]      default 1000000 5 5
Prints one line of figures: the median of the runs in milliseconds, the least, and values, which are the C program's to the last digits but two."""
import json
import sys
import time

import numpy as np


def made(n_areas, n_groups):
    """The table of bench_segregation.c: splitmix64 of the cell."""
    with np.errstate(over="ignore"):
        z = (np.arange(n_groups * n_areas, dtype=np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    u = ((z ^ (z >> np.uint64(31))) >> np.uint64(11)).astype(float) * 2.0**-53
    scale = np.repeat([400.0 / (1 << min(g, 6)) for g in range(n_groups)], n_areas)
    return np.floor(scale * u * u).reshape(n_groups, n_areas)


def log_terms(part, share):
    """part log share, 0 where part is 0"""
    return part * np.log(np.where(part > 0, share, 1.0))


def evenness(x, t):
    y, T = t - x, t.sum()
    X, Y = x.sum(), y.sum()
    P, Q = X / T, Y / T
    p = np.divide(x, t, out=np.zeros_like(x), where=t > 0)
    a, c = x / X, y / Y
    out = {"D": np.abs(a - c).sum() / 2}
    out["minmax"] = 2 * out["D"] / (1 + out["D"])
    out["gorard"] = np.abs(a - t / T).sum() / 2
    out["eta2"] = (t * (p - P) ** 2).sum() / (T * P * Q)
    order = np.argsort(p)
    ps, ts = p[order], t[order]
    before, weighted = np.cumsum(ts) - ts, np.cumsum(ts * ps) - ts * ps
    out["G"] = 2 * (ts * (ps * before - weighted)).sum() / (2 * T * T * P * Q)
    e = -P * np.log(P) - Q * np.log(Q)
    information = log_terms(x, p / P).sum() / T
    out["H"] = (information + log_terms(y, (1 - p) / Q).sum() / T) / e
    for b in (0.1, 0.5, 0.9):
        out["A%g" % b] = 1 - (a**b * c ** (1 - b)).sum() ** (1 / (1 - b))
    out["xPx"] = (a * p).sum()
    out["xPx_exact"] = (a * np.divide(x - 1, t - 1, out=np.zeros_like(x), where=t > 1)).sum()
    return out, P, information


def everything(n):
    t = n.sum(axis=0)
    T = t.sum()
    K = len(n)
    each = [evenness(x, t) for x in n]
    P = np.array([of[1] for of in each])
    share = np.divide(n, t, out=np.zeros_like(n), where=t > 0)
    pairs = {}
    for g in range(K):
        a = n[g] / n[g].sum()
        for h in range(K):
            if h == g:
                continue
            pairs["xPy", g, h] = (a * share[h]).sum()
            pairs["D_pair", g, h] = np.abs(a - n[h] / n[h].sum()).sum() / 2
    I = 1 - (P**2).sum()
    E = -(P * np.log(P)).sum()
    square = (t * (share - P[:, None]) ** 2).sum(axis=1) / T
    out = {"E": E, "E_norm": E / np.log(K), "I": I, "SC": 1 - I}
    out["D_multi"] = (t * np.abs(share - P[:, None])).sum() / (2 * T * I)
    out["G_multi"] = sum(of[0]["G"] * of[1] * (1 - of[1]) for of in each) / I
    out["R_multi"] = square.sum() / I
    out["M"] = sum(of[2] for of in each)
    out["H_multi"] = out["M"] / E
    out["C_multi"] = (square / P).sum() / (K - 1)
    out["P_multi"] = (square / (1 - P)).sum()
    first = each[0][0]
    chosen = {k: first[k] for k in ("D", "G", "H", "eta2", "A0.1", "A0.5", "A0.9", "xPx", "xPx_exact")}
    chosen["xPy"], chosen["D_pair"] = pairs["xPy", 0, K - 1], pairs["D_pair", 0, K - 1]
    return {**chosen, **{k: out[k] for k in ("D_multi", "G_multi", "R_multi", "M", "H_multi", "C_multi", "P_multi")}}


def main():
    given = [1000000, 5, 5]
    for k, text in enumerate(sys.argv[1:4]):
        given[k] = int(text)
    table = made(given[0], given[1])
    ms, processor = [], []
    for _ in range(given[2] + 1):  # the first one touches the memory
        begin, begin_processor = time.perf_counter(), time.process_time()
        value = everything(table)
        ms.append(1e3 * (time.perf_counter() - begin))
        processor.append(1e3 * (time.process_time() - begin_processor))
    ms, processor = sorted(ms[1:]), sorted(processor[1:])
    print(json.dumps({"name": "segregation_numpy", "numpy": np.__version__, "areas": given[0], "groups": given[1], "runs": given[2],
                      "median_ms": round(ms[len(ms) // 2], 1), "least_ms": round(ms[0], 1), "processor_ms": round(processor[len(ms) // 2], 1),
                      **{k: float("%.12g" % v) for k, v in value.items()}}))


main()
