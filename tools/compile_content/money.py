"""Costs: kept as printed; pounds are parsed only where they are plainly for one child or one family."""

from __future__ import annotations

import re

from .drafts import cited, full
from .reading import Row

_CURRENCY = re.compile(r"^(?:pounds|GBP)\b[ ,]*(million\b ?)?", re.IGNORECASE)
_ONE = re.compile(r"^(?:per|a) (child|family)$")


def cost_row(row: Row) -> Row:
    """One cost in the words of its source, with the sum written as money."""
    printed, unit = printed_amount(row["amount"], row["unit"])
    what, cashable = row["what"], row["cashable"]
    plain = None
    if isinstance(cashable, str):
        plain = True if cashable.startswith("yes") else None
        if plain is None:
            what = f"{what} ({cashable})"
    elif isinstance(cashable, bool):
        plain = cashable
    per = _ONE.match(unit or "")
    pounds = _plain_pounds(printed) if per else None
    return full(
        {
            "what": what,
            "amount": row["amount"],
            "unit": unit,
            "price_year": str(row["price_year"]) if row["price_year"] else None,
            "payer": row["payer"],
            "cashable": plain,
            "per": per.group(1) if per and pounds is not None else None,
            "pounds": pounds,
            "as_printed": printed,
        }
    ) | cited(row["source"])


def printed_amount(amount: object, unit: str | None) -> tuple[str | None, str | None]:
    """The sum as a reader would print it, and what it is for or how long it lasts."""
    if amount is None:
        return None, unit
    if unit == "GBP per GBP 1":
        return f"£{float(str(amount)):.2f}", "for each £1 spent"
    text = f"{amount:,}" if isinstance(amount, int) else str(amount)
    money = _CURRENCY.match(unit) if unit else None
    if money:
        if text.isdigit():
            text = f"{int(text):,}"
        text = re.sub(r"(?<![\d,.£])(?=\d)", "£", text)
        if money.group(1):
            text += " million"
        unit = unit[money.end() :].strip() or None if unit else None
    return text, unit


def _plain_pounds(printed: str | None) -> int | None:
    """The number, when the printed sum is one number of pounds and nothing else."""
    match = re.fullmatch(r"£([\d,]+)", printed or "")
    return int(match.group(1).replace(",", "")) if match else None
