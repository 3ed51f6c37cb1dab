"""Paired differences of replications and their 95 % interval by Student's t."""

import functools
import math


@functools.cache
def student(n):
    """The 0.975 quantile of Student's t with n degrees of freedom, by Simpson's rule and halving."""
    scale = math.exp(math.lgamma((n + 1) / 2) - math.lgamma(n / 2)) / math.sqrt(n * math.pi)

    def between(x, steps=2000):
        heights = [scale * (1 + (x * i / steps) ** 2 / n) ** (-(n + 1) / 2) for i in range(steps + 1)]
        return x / steps / 3 * (heights[0] + 4 * sum(heights[1::2]) + 2 * sum(heights[2:-1:2]) + heights[-1])

    low, high = 0.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if between(middle) < 0.475 else (low, middle)
    return low


def paired(reference, scenario):
    """Mean difference and the bounds of its interval; NaN where there is none."""
    n, differences = len(reference), [b - a for a, b in zip(reference, scenario)]
    mean = sum(differences) / n
    half = student(n - 1) * math.sqrt(sum((one - mean) ** 2 for one in differences) / (n - 1) / n) if n > 1 else math.nan
    return mean, mean - half, mean + half
