"""Rule 4: which direction a row has, and which findings decide it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from .facts import Direction, FindingFacts, Strength

# From the result that calls for most care to the one that calls for least. Rule 7 breaks ties by it; adding a
# worse finding can only move a row towards its beginning. "Mixed" stands before "no difference" because it says that
# some were worse off, "not known" before "better" because nothing but a good result can be read as one.
MOST_CARE_FIRST = (
    Direction.ADVERSE,
    Direction.MIXED,
    Direction.NO_EFFECT,
    Direction.INCONCLUSIVE,
    Direction.NOT_KNOWN,
    Direction.FAVOURABLE,
)


def care(direction: Direction) -> int:
    """Place in ``MOST_CARE_FIRST``; lower calls for more care."""
    return MOST_CARE_FIRST.index(direction)


@dataclass(frozen=True, slots=True)
class Decision:
    """A direction, the clause that gave it and the findings that the clause looked at."""

    direction: Direction
    clause: str
    findings: tuple[FindingFacts, ...]
    accounts_differ: bool = False

    @property
    def words(self) -> str:
        return CLAUSE_WORDS[self.clause]


CLAUSE_WORDS: Mapping[str, str] = {
    "a": "A worse result was found",
    "a-mixed": "A worse result was found beside a better one, or beside none in a study large enough to show one",
    "b": "A better result was found beside none in a study large enough to show one",
    "c": "No difference, in a study large enough to show one",
    "d": "A better result was found",
    "e": "The results are mixed within the studies",
    "f": "The results are inconclusive, or show no difference without a report that the study was large enough",
    "g": "No direction is reported",
    "stated": "As stated: nobody has tested it hard enough to do more than report what is said",
    "differ": "Accounts differ: some say better, others say worse or no difference",
    "nothing": "Nothing has been seen yet",
}


def decide(deciding: Sequence[FindingFacts], strength: Strength) -> Decision:
    """The direction of a row whose deciding findings are given.

    ``deciding`` are the findings at the row's highest level, at 4 and 5 all findings of level 4.
    """
    if strength is Strength.NOT_TESTED:
        return Decision(Direction.NOT_KNOWN, "nothing", tuple(deciding))
    if strength < Strength.BEFORE_AND_AFTER:
        return _as_stated(deciding)
    return _first_clause(deciding, compared=strength >= Strength.COMPARED)


def _first_clause(deciding: Sequence[FindingFacts], *, compared: bool) -> Decision:
    """Clauses (a) to (g), the first that holds.

    A powered null beside others counts from level 3, as (a) and (b) say; alone it means "no difference" only at
    level 4, as (c) says. Below that it stays with (f): without another group nobody can say what no change means.
    """
    adverse = _pick(deciding, lambda f: f.direction is Direction.ADVERSE)
    favourable = _pick(deciding, lambda f: f.direction is Direction.FAVOURABLE)
    powered_null = _pick(deciding, lambda f: f.is_powered_null)
    mixed = _pick(deciding, lambda f: f.direction is Direction.MIXED)
    unsettled = _pick(deciding, lambda f: f.direction in (Direction.INCONCLUSIVE, Direction.NO_EFFECT))
    if adverse and (favourable or powered_null):
        return Decision(Direction.MIXED, "a-mixed", adverse + favourable + powered_null)
    if adverse:
        return Decision(Direction.ADVERSE, "a", adverse)
    if favourable and powered_null:
        return Decision(Direction.MIXED, "b", favourable + powered_null)
    if powered_null and compared:
        return Decision(Direction.NO_EFFECT, "c", powered_null)
    if favourable:
        return Decision(Direction.FAVOURABLE, "d", favourable)
    if mixed:
        return Decision(Direction.MIXED, "e", mixed)
    if unsettled:
        return Decision(Direction.INCONCLUSIVE, "f", unsettled)
    return Decision(Direction.NOT_KNOWN, "g", tuple(deciding))


def _as_stated(deciding: Sequence[FindingFacts]) -> Decision:
    """Below level 3 the stated direction stands.

    "Better" is the opposite of "worse" and of "no difference". Where directions differ without being opposite, the
    one that calls for most care stands: an untested good report does not outweigh a doubtful one. A statement
    without a direction gives way to any other.
    """
    told = _pick(deciding, lambda f: f.direction not in (None, Direction.NOT_KNOWN))
    directions = {finding.direction for finding in told if finding.direction is not None}
    if not directions:
        return Decision(Direction.NOT_KNOWN, "g", tuple(deciding))
    if Direction.FAVOURABLE in directions and directions & {Direction.ADVERSE, Direction.NO_EFFECT}:
        return Decision(Direction.MIXED, "differ", told, accounts_differ=True)
    stands = min(directions, key=care)
    return Decision(stands, "stated", _pick(told, lambda f: f.direction is stands))


def _pick(findings: Sequence[FindingFacts], test: Callable[[FindingFacts], bool]) -> tuple[FindingFacts, ...]:
    return tuple(finding for finding in findings if test(finding))
