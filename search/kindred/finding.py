"""The job that finds kindred work: reads the library, compares every entry with its candidates, keeps the pairs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from practice_library.choices import KindredRelation, KindredState
from practice_library.models import KindredPair
from practice_library.services.kindred import forget_pairs, keep_pairs
from search.kindred.likeness import read_likeness
from search.kindred.pairing import Kinship, Pairing
from search.kindred.reading import read_library
from search.kindred.reasons import Reasons
from search.kindred.weighing import Weigher

BATCH = 200


@dataclass(frozen=True, slots=True)
class Found:
    """What a run did."""

    entries: int
    same_idea: int
    differs: int
    forgotten: int


def find_kindred(
    *, say: Callable[[int, int], None] = lambda done, total: None, by_meaning: bool = True
) -> Found:
    """Safe to repeat and to break off: each batch stands by itself, and only a whole run forgets what it did not find.

    Where the library has vectors, meaning finds what words miss; without them, words and terms decide alone.
    """
    began = timezone.now()
    library = read_library()
    weigher = Weigher(library)
    dismissed = KindredPair.objects.filter(state=KindredState.DISMISSED).values_list("left_id", "right_id")
    likeness = read_likeness() if by_meaning else None
    pairing = Pairing(library, weigher, set(dismissed), likeness)
    reasons = Reasons(library, weigher.vocabularies)
    counted = dict.fromkeys(KindredRelation, 0)
    seen: set[tuple[int, int]] = set()
    keys = list(library.works)
    for start in range(0, len(keys), BATCH):
        pairs = []
        for pk in keys[start : start + BATCH]:
            for kin in pairing.proposed_by(pk):
                told = reasons.of(kin)
                if (kin.left, kin.right) in seen or not told["phrases"]:
                    continue
                seen.add((kin.left, kin.right))
                relation = KindredRelation.DIFFERS if kin.results else KindredRelation.SAME_IDEA
                counted[relation] += 1
                pairs.append(_pair(kin, relation, told))
        for pair in pairs:
            pair.found_at = began
        keep_pairs(pairs=pairs)
        say(min(start + BATCH, len(keys)), len(keys))
    forgotten = forget_pairs(found_before=began)
    return Found(len(keys), counted[KindredRelation.SAME_IDEA], counted[KindredRelation.DIFFERS], forgotten)


def _pair(kin: Kinship, relation: KindredRelation, reasons: dict[str, list[object]]) -> KindredPair:
    left, right = kin.results or (None, None)
    return KindredPair(
        left_id=kin.left,
        right_id=kin.right,
        relation=relation,
        score=round(kin.score, 6),
        reasons=reasons,
        left_result_id=left.pk if left else None,
        right_result_id=right.pk if right else None,
    )
