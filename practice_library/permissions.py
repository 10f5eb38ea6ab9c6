"""Who may do what with entries, as sentences that services, views and buttons share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from website.accounts.permissions import NotAllowed as NotAllowed
from website.accounts.permissions import require as require
from website.accounts.permissions import works_in

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from website.accounts.models import User

    from .models import Entry, OutcomeRating, PracticeIndexPage

    Person = User | AnonymousUser


def can_withdraw(user: Person, entry: Entry) -> bool:
    """An editor may take an entry out of the library for good, and bring it back."""
    return _page_permissions(user, entry).can_publish()


def can_hide(user: Person, entry: Entry) -> bool:
    """An editor or a moderator may hide an entry at once, for example while somebody checks a report."""
    return user.is_active and (user.has_perm("practice_library.hide_entry") or can_withdraw(user, entry))


def can_restore(user: Person, entry: Entry) -> bool:
    """Who may withdraw may restore; a moderator may restore what is only hidden."""
    return can_withdraw(user, entry) if entry.withdrawn_at else can_hide(user, entry)


def can_begin_case_study(user: Person, index: PracticeIndexPage) -> bool:
    """An editor may add pages below the index of practice, so also below each place."""
    return _page_permissions(user, index).can_add_subpage()


def can_review_ratings(user: Person) -> bool:
    """An evidence reviewer may look for ratings that the facts do not bear out."""
    return user.is_active and user.has_perm("practice_library.override_rating")


def can_override_rating(user: Person, rating: OutcomeRating) -> bool:
    """An evidence reviewer may set a value beside the computed one of an outcome, where everybody may read its entry.

    Never on work of the organisation that they work in.
    """
    if not can_review_ratings(user) or rating.outcome_id is None:
        return False
    case_study = getattr(rating.entry, "casestudypage", None)
    if case_study is not None and works_in(user, case_study.lead_organisation):
        return False
    return type(rating.entry).objects.readable_by(user).filter(pk=rating.entry_id).exists()


def can_dismiss_kindred(user: Person) -> bool:
    """An editor may say that two entries are not the same idea."""
    return user.is_active and user.has_perm("practice_library.dismiss_kindredpair")


def _page_permissions(user: Person, page: Any) -> Any:
    return page.permissions_for_user(user)
