"""Pages as plain values: everything a template shows, in words, so that a template holds no query and no rule."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from .case_study import CaseStudyView, case_study_view
from .contents import contents_of
from .model import ModelView, model_view

if TYPE_CHECKING:
    from ..selectors.entries import EntryFacts


def present_entry(
    facts: EntryFacts, *, url: str, today: dt.date, result: str = "", page: str = "", part: str = ""
) -> CaseStudyView | ModelView:
    """The page of an entry in words, whichever kind it is."""
    view: CaseStudyView | ModelView
    if facts.is_model:
        view = model_view(facts, url=url, today=today, result=result, page=page, part=part)
    else:
        view = case_study_view(facts, url=url, today=today)
    view.contents = contents_of(view)
    return view
