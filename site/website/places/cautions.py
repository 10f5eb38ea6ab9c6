"""Which published values are to be read with care. Stated rules, so that nothing is dropped or put right in silence."""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from decimal import Decimal

from website.places.choices import Caution

#: With fewer children than this, one child is 2 of a rate per 10,000.
FEW_CHILDREN = 5_000
#: Tukey's "far out": this many widths of the middle half beyond it.
FAR_OUT = 3
#: Fewer authorities than this have no middle half worth the name.
ENOUGH_AUTHORITIES = 20
PER_CHILDREN = "per 10,000"
COUNTS = ("number", "social workers")


def counts_something(unit: str) -> bool:
    """Numbers grow with the size of an area: a large city is no outlier."""
    return unit.casefold().startswith(COUNTS)


def cautions(
    values: Mapping[int, Decimal], *, unit: str, is_share: bool, children: Mapping[int, Decimal]
) -> dict[int, Caution]:
    """The caution of each authority that needs one, for one measure in one period.

    `values` and `children` (aged 0 to 17) go by authority. The first rule that holds decides:

    1. it cannot be: below zero, or a share above 100;
    2. it is a rate or share of an area with fewer than 5,000 children;
    3. it is a rate per 10,000 and zero although three of four authorities have more than half of the median;
       a share can be zero;
    4. it is a rate or share beyond three times the interquartile range from the quartiles.
    """
    spread = _Spread(values) if len(values) >= ENOUGH_AUTHORITIES else None
    counted = counts_something(unit)
    is_rate = PER_CHILDREN in unit.casefold()
    found: dict[int, Caution] = {}
    for authority, value in values.items():
        if value < 0 or (is_share and value > 100):
            found[authority] = Caution.IMPOSSIBLE
        elif not counted and children.get(authority, FEW_CHILDREN) < FEW_CHILDREN:
            found[authority] = Caution.FEW_CHILDREN
        elif spread and value == 0 and is_rate and spread.is_far_above_zero:
            found[authority] = Caution.ZERO
        elif spread and not counted and spread.is_far_out(value):
            found[authority] = Caution.FAR_OUT
    return found


class _Spread:
    """Where the values of all authorities lie."""

    def __init__(self, values: Mapping[int, Decimal]) -> None:
        self.lower, self.middle, self.upper = statistics.quantiles(values.values(), n=4, method="inclusive")
        self.margin = FAR_OUT * (self.upper - self.lower)

    @property
    def is_far_above_zero(self) -> bool:
        return self.lower > self.middle / 2

    def is_far_out(self, value: Decimal) -> bool:
        return value > self.upper + self.margin or value < self.lower - self.margin
