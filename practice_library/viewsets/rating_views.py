"""Pages of the CMS for evidence reviewers: find a rating, set another value beside it, or take one back."""

from __future__ import annotations

import uuid
from abc import abstractmethod
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from wagtail.admin import messages

from .. import labels, permissions
from ..choices import Direction
from ..models import OutcomeRating
from ..presenters.rating_log import line
from ..selectors.rating_log import rateable
from ..services.ratings import OverrideRefused, Reviewer, lift_override, override_rating
from .entry_views import _CmsForm

RATINGS_A_PAGE = 50
LONGEST_NAME = 100


class SignedForm(forms.Form):
    """What a reviewer signs with."""

    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        help_text="Readers see it beside the computed value. Name no child, family or member of staff.",
    )
    role = forms.CharField(
        max_length=120, help_text="Your role, as readers will see it. Your name is not shown."
    )
    organisation = forms.CharField(
        max_length=200, help_text="Where you work. Nobody reviews the work of their own organisation."
    )


class OverrideForm(SignedForm):
    """Another value for one rating."""

    direction = forms.ChoiceField(label="What happened", choices=Direction.choices)
    strength = forms.TypedChoiceField(
        label="How hard it was tested", choices=list(labels.STRENGTH.items()), coerce=int
    )
    field_order = ("direction", "strength", "reason", "role", "organisation")


class _ReviewForm(_CmsForm):
    """One rating in force. Who may not review finds nothing here."""

    rating: OutcomeRating
    header_icon = "pick"

    def dispatch(self, request: HttpRequest, *args: Any, uid: uuid.UUID, **kwargs: Any) -> Any:
        found = OutcomeRating.objects.current().select_related("entry", "outcome").filter(uid=uid).first()
        if found is None or not permissions.can_override_rating(request.user, found):
            raise Http404
        self.rating = found
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return f"{self.rating.entry.title}: {self.rating.outcome}"

    def form_valid(self, form: Any) -> HttpResponse:
        given = form.cleaned_data
        by = Reviewer(self.request.user, given["role"], given["organisation"])  # type: ignore[arg-type]
        try:
            new = self.review(given, by)
        except OverrideRefused as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, f"Stored. Readers see it at /practice/ratings/{new.uid}/.")
        return redirect(reverse("rating_review_list"))

    @abstractmethod
    def review(self, given: dict[str, Any], by: Reviewer) -> OutcomeRating:
        """Store what the reviewer decided. Raises: OverrideRefused."""


class OverrideView(_ReviewForm):
    form_class = OverrideForm
    page_title = "Set another value"
    submit_label = "Set this value"

    def get_initial(self) -> dict[str, Any]:
        return {"direction": self.rating.direction, "strength": self.rating.strength}

    def review(self, given: dict[str, Any], by: Reviewer) -> OutcomeRating:
        return override_rating(
            rating=self.rating,
            strength=given["strength"],
            direction=given["direction"],
            reason=given["reason"],
            by=by,
        )


class LiftView(_ReviewForm):
    form_class = SignedForm
    page_title = "Take a reviewer's value back"
    submit_label = "Let the computed value stand"

    def review(self, given: dict[str, Any], by: Reviewer) -> OutcomeRating:
        return lift_override(rating=self.rating, reason=given["reason"], by=by)


def review_list(request: HttpRequest) -> HttpResponse:
    """Ratings in force, by a part of the name of an entry or outcome."""
    if not permissions.can_review_ratings(request.user):
        raise Http404
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_NAME]
    page = Paginator(rateable(words, user=request.user), RATINGS_A_PAGE).get_page(
        request.GET.get("page", "1")
    )
    rows = [(line(row), row["uid"]) for row in page]
    context = {"rows": rows, "page": page, "words": words}
    return render(request, "practice_library/cms/ratings.html", context)
