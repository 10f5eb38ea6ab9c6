"""Where an editor says that two entries are not the same idea, or takes that back, and sees what was dismissed."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from wagtail.admin import messages

from .. import permissions
from ..models import KindredPair
from ..selectors.kindred import dismissed, reasons_of
from ..services.kindred import dismiss_pair, restore_pair
from ..services.visibility import ReasonMissing
from .entry_views import ReasonForm, _CmsForm

PAIRS_A_PAGE = 50


class KindredView(_CmsForm):
    """Dismiss or restore one pair, with a reason."""

    form_class = ReasonForm
    header_icon = "link"
    ACTS = {
        "dismiss": (
            "Not the same idea",
            dismiss_pair,
            "The pair is dismissed. It stands in the list of dismissed pairs, where it can be offered again.",
        ),
        "restore": ("Offer this pair again", restore_pair, "The pair is offered again."),
    }

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if kwargs["act"] not in self.ACTS:
            raise Http404
        self.pair = get_object_or_404(KindredPair.objects.select_related("left", "right"), pk=kwargs["pk"])
        self.page_title, self.act, self.told = self.ACTS[kwargs["act"]]
        self.submit_label = self.page_title

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        permissions.require(permissions.can_dismiss_kindred(request.user))
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def get_page_subtitle(self) -> str:
        return f"{self.pair.left.title} and {self.pair.right.title}"

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        try:
            self.act(pair=self.pair, reason=form.cleaned_data["reason"], by=self.request.user)  # type: ignore[arg-type]
        except ReasonMissing as error:
            form.add_error("reason", str(error))
            return self.form_invalid(form)
        messages.success(self.request, self.told)
        return redirect("library_kindred_dismissed")


def dismissed_pairs(request: HttpRequest) -> HttpResponse:
    """Pairs that were said not to be the same idea: by whom is in the audit, why stands beside each."""
    if not permissions.can_dismiss_kindred(request.user):
        raise Http404
    page = Paginator(dismissed(), PAIRS_A_PAGE).get_page(request.GET.get("page", "1"))
    why = reasons_of(page.object_list)
    rows = [(pair, why.get(pair.pk, "")) for pair in page]
    return render(request, "practice_library/cms/dismissed_pairs.html", {"rows": rows, "page": page})
