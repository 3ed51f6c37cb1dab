#!/usr/bin/python3
"""The kernel indices of bench_kernel.c by the same formulas in plain numpy: the same made table, the same cells, every cell against the nine around it.
Prints one line of figures, to lay beside bench_kernel's. Not a test.
  kernel_numpy.py [AREAS [NEIGHBOURS [GROUPS [RUNS]]]]     default 100000 50 5 3"""
import json
import sys
import time

import numpy as np


def u01(k):
    """In [0, 1): the same numbers as in bench_kernel.c."""
    with np.errstate(over="ignore"):
        z = (np.asarray(k, np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((z ^ (z >> np.uint64(31))) >> np.uint64(11)).astype(float) * 2.0**-53


def make(n, neighbours, groups):
    side = np.sqrt(n * np.pi / neighbours)
    i = np.arange(n, dtype=np.uint64)
    x, y = side * u01(2 * i), side * u01(2 * i + 1)
    count = np.stack([np.floor(100.0 * u01((2 + g) * n + i)) for g in range(groups)], axis=1)
    count[x < side / 2, 0] *= 4.0
    return x, y, count


def around(x, y, count, reach):
    """sum_j exp(-d_ij) count_j over d_ij <= reach."""
    column, line = np.floor(x / reach).astype(int), np.floor(y / reach).astype(int)
    width = column.max() + 3
    cell = (line + 1) * width + column + 1
    order = np.argsort(cell, kind="stable")
    x, y, count, cell = x[order], y[order], count[order], cell[order]
    out = np.empty_like(count)
    first = np.searchsorted(cell, np.arange(width * (line.max() + 4)))
    for c in np.unique(cell):
        here = slice(first[c], first[c + 1])
        near = np.concatenate([np.arange(first[c + k * width - 1], first[c + k * width + 2]) for k in (-1, 0, 1)])
        d = np.sqrt((x[here, None] - x[near]) ** 2 + (y[here, None] - y[near]) ** 2)
        out[here] = np.where(d <= reach, np.exp(-d), 0.0) @ count[near]
    back = np.empty_like(out)
    back[order] = out
    return back


def indices(count, near):
    t, group = count.sum(1), count.sum(0)
    part, share = group / group.sum(), near / near.sum(1, keepdims=True)
    log = np.log(np.where(share > 0, share, 1.0))
    interaction = (part * (1 - part)).sum()
    own = ((count * near).sum(0) / group).sum() / ((t * near.sum(1)).sum() / t.sum())
    return {
        "H_spatial": 1 - (t * -(share * log).sum(1)).sum() / (t.sum() * -(part * np.log(part)).sum()),
        "D_spatial": (t[:, None] * abs(share - part)).sum() / (2 * t.sum() * interaction),
        "R_spatial": 1 - (t * (share * (1 - share)).sum(1)).sum() / (t.sum() * interaction),
        "SP": own,
        "P_spatial_0_0": ((count.T / group[:, None]) @ share)[0, 0],
    }


def main():
    given = [int(v) for v in sys.argv[1:]] + [100000, 50, 5, 3][len(sys.argv) - 1:]
    n, neighbours, groups, runs = given
    x, y, count = make(n, neighbours, groups)
    ms, processor = [], []
    for _ in range(runs):
        begin, processor_begin = time.perf_counter(), time.process_time()
        found = indices(count, around(x, y, count, 1.0))
        ms.append(1e3 * (time.perf_counter() - begin))
        processor.append(1e3 * (time.process_time() - processor_begin))
    print(json.dumps({"name": "kernel_numpy", "areas": n, "neighbours": neighbours, "groups": groups, "runs": runs,
                      "median_ms": round(sorted(ms)[runs // 2], 1), "least_ms": round(min(ms), 1),
                      "processor_ms": round(sorted(processor)[runs // 2], 1), **found}, separators=(",", ":")))


main()
