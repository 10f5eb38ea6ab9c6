"""How an editor sees an entry: tabs and groups that follow the questions a reader asks."""

from __future__ import annotations

from django import forms
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.models import Page

from .forms.facts import FactSelect
from .viewsets.result_panels import ResultsPanel


def fact(name: str) -> FieldPanel:
    """A fact that is met, not met or not reported."""
    return FieldPanel(name, widget=FactSelect)


NO_CASE_DETAILS = HelpPanel(
    content="<p><strong>No details of children or families anywhere.</strong> Numbers under ten and rare events can "
    "point to a family: leave them out or round them. When you save, small numbers in what you wrote are listed.</p>"
    "<p>A draft can be saved at any time. Publishing asks for a summary and at least one source.</p>",
    heading="Before you write",
)

_about = MultiFieldPanel(
    [
        FieldPanel("summary"),
        FieldPanel("other_names"),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end"), FieldPanel("country")]),
        FieldPanel(
            "keywords", help_text="Any words, with commas between them. They help search and nothing else."
        ),
    ],
    heading="In short",
)
_status = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("status"), FieldPanel("status_as_at")]),
        FieldPanel("status_source"),
        FieldPanel("stop_reason"),
    ],
    heading="Is it still running?",
    help_text="Say when this was last reported. An old source never makes a claim about today.",
)
_who = MultiFieldPanel(
    [
        InlinePanel(
            "cohort_rows",
            heading="Groups of children, families or staff",
            label="Group",
            help_text="Pick each group from the list; say its ages and rule where a source gives them.",
        ),
        FieldPanel("stages"),
        FieldPanel("workforce"),
        FieldPanel("themes"),
    ],
    heading="Who it is for",
)
_conditions = InlinePanel(
    "condition_rows",
    heading="What has to be in place",
    label="Condition",
    help_text="What helped and what stood in the way. Pick each condition from the list. A condition may stand twice, "
    "once as help and once as obstacle.",
)
_statements = InlinePanel(
    "statements",
    heading="What is known",
    label="Statement",
    help_text="One statement a row, each with its source. Say what did not work as plainly as what did. A statement "
    "without a source of its own rests on the sources of the whole entry.",
)
_claims = InlinePanel(
    "claims",
    heading="Stated without a study",
    label="Claim",
    help_text="What someone says happened, where no study is named. It counts as a claim, never as a test.",
)
_practical = [
    InlinePanel("costs", heading="What it cost", label="Cost", help_text="As printed, with its price year."),
    FieldPanel(
        "reach", help_text="How many were eligible, offered it, started and finished. Empty is not reported."
    ),
    FieldPanel("materials", help_text="What another place may reuse: guides, job descriptions, agreements."),
    FieldPanel("contact_role"),
]
_sources = InlinePanel(
    "entry_sources",
    heading="Sources of the whole entry",
    label="Source",
    help_text="What this entry was made from. A source that is not in the list yet can be added while choosing.",
)
_links = InlinePanel(
    "related_rows",
    heading="Links to other entries",
    label="Link",
    help_text="For example the model it grew out of, or one that is easily taken for it.",
)
_keeping = MultiFieldPanel(
    [
        FieldPanel("origin"),
        FieldRowPanel([FieldPanel("licence"), FieldPanel("review_by")]),
        FieldPanel("updates", help_text="Dated news since it was published."),
        FieldRowPanel([FieldPanel("response"), FieldPanel("response_on")]),
    ],
    heading="Ownership and upkeep",
)
_address = MultiFieldPanel(
    [
        FieldPanel(
            "slug",
            help_text="The last part of its web address. The old address goes on working after a change.",
        )
    ],
    heading="Web address",
    help_text="When it goes live, and when it goes again, is set with “Set schedule” under the information sign at the top.",
)


def _editor(first: list[object]) -> TabbedInterface:
    return TabbedInterface(
        [
            ObjectList([NO_CASE_DETAILS, *first, _about, _status, _who], heading="What it is"),
            ObjectList([_conditions, _statements], heading="What is known"),
            ObjectList([ResultsPanel(), _claims], heading="Results"),
            ObjectList(_practical, heading="Cost, reach, materials"),
            ObjectList([_sources, _links, _keeping], heading="Sources and upkeep"),
            ObjectList([_address, *Page.settings_panels], heading="Address"),
        ]
    )


practice_model_editor = _editor([TitleFieldPanel("title"), FieldPanel("kind")])

case_study_editor = _editor(
    [
        TitleFieldPanel("title"),
        MultiFieldPanel(
            [
                FieldPanel(
                    "lead_organisation",
                    help_text="The case study stands under its lead: /practice/its-lead/its-address/. Another lead moves it "
                    "there when you publish.",
                ),
                FieldPanel("place_without_lead"),
                FieldPanel("extent", widget=forms.RadioSelect),
                InlinePanel("partners", heading="Partners", label="Partner"),
            ],
            heading="Where",
        ),
        MultiFieldPanel(
            [
                InlinePanel(
                    "models_used",
                    heading="Models used",
                    label="Model",
                    panels=[PageChooserPanel("model", "practice_library.PracticeModelPage")],
                    help_text="Leave empty for a way of working that this place made itself.",
                ),
                FieldPanel("variant"),
                FieldRowPanel([FieldPanel("months_to_set_up"), FieldPanel("months_to_first_result")]),
            ],
            heading="Which model, and how it differs here",
        ),
    ]
)

_facts = "Leave a fact empty where the study does not report it. A missing fact never counts as met."

study_editor = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("title"),
                InlinePanel(
                    "entry_rows",
                    heading="What it is about",
                    label="Entry",
                    help_text="A study of several places says something about the model. Of one place alone, it also says "
                    "something about that place.",
                ),
                MultiFieldPanel(
                    [
                        FieldPanel("authors"),
                        FieldRowPanel([FieldPanel("year"), FieldPanel("country"), FieldPanel("key")]),
                    ],
                    heading="Reference",
                ),
                InlinePanel("study_sources", heading="Where it was read", label="Source"),
            ],
            heading="The study",
        ),
        ObjectList(
            [
                MultiFieldPanel(
                    [
                        FieldPanel("design"),
                        FieldRowPanel([FieldPanel("number_of_sites"), fact("sites_in_england")]),
                        FieldPanel("sites"),
                        FieldPanel("allocation"),
                    ],
                    heading="Design and sites",
                    help_text=_facts,
                ),
                MultiFieldPanel(
                    [
                        FieldRowPanel(
                            [
                                FieldPanel(
                                    "baseline_intervention", heading="At the start, with the practice"
                                ),
                                FieldPanel("baseline_comparison", heading="At the start, compared with"),
                            ]
                        ),
                        FieldPanel("baseline_unit", heading="At the start: of what"),
                        FieldRowPanel(
                            [
                                FieldPanel("followup_intervention", heading="At the end, with the practice"),
                                FieldPanel("followup_comparison", heading="At the end, compared with"),
                            ]
                        ),
                        FieldPanel("followup_unit", heading="At the end: of what"),
                        FieldPanel("same_sample_as"),
                    ],
                    heading="Sample",
                    help_text="How many people or cases in each group. " + _facts,
                ),
                MultiFieldPanel(
                    [
                        FieldRowPanel([fact("baseline_equivalence"), fact("as_allocated")]),
                        FieldRowPanel([fact("attrition_reported"), fact("validated_measures")]),
                        FieldRowPanel([fact("administrative_outcomes"), fact("whole_area")]),
                        FieldRowPanel([fact("independent"), fact("peer_reviewed")]),
                        fact("implementation_only"),
                    ],
                    heading="How it was done",
                    help_text=_facts,
                ),
                FieldPanel("note"),
            ],
            heading="How it was made",
        ),
        ObjectList(
            [
                HelpPanel(
                    content="<p>One finding a row. What it adds up to (how hard it was tested, what happened) is worked out "
                    "from these facts when the study is published; nobody writes it by hand.</p>"
                ),
                InlinePanel("findings", heading="What it found", label="Finding"),
            ],
            heading="Findings",
        ),
    ]
)

finding_panels = [
    FieldPanel("outcome", widget=forms.Select),
    FieldPanel("statement"),
    FieldRowPanel([FieldPanel("direction"), FieldPanel("claimed_by")]),
    FieldRowPanel([FieldPanel("for_whom"), FieldPanel("kind")]),
    FieldRowPanel([fact("compared"), fact("powered")]),
    FieldRowPanel([fact("harm_looked_for"), FieldPanel("harm")]),
    FieldRowPanel([FieldPanel("measure"), FieldPanel("follow_up_months")]),
    FieldRowPanel([FieldPanel("effect"), FieldPanel("uncertainty")]),
    FieldRowPanel([FieldPanel("subgroup"), FieldPanel("whose_definition")]),
    FieldRowPanel([FieldPanel("source"), FieldPanel("at")]),
    FieldPanel("forecast"),
]
