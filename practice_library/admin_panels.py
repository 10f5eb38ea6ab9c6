"""How an editor sees an entry: panels grouped as the questions that a reader asks."""

from __future__ import annotations

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.models import Page

NO_CASE_DETAILS = HelpPanel(
    content="<p><strong>No details of children or families anywhere.</strong> Numbers under ten and rare events can "
    "point to a family: leave them out or round them.</p>",
    heading="Before you write",
)

_about = MultiFieldPanel(
    [
        FieldPanel("summary"),
        FieldPanel("other_names"),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end"), FieldPanel("country")]),
        FieldPanel("keywords"),
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
        InlinePanel("cohort_rows", heading="Who it is for", label="Group"),
        InlinePanel("stage_tags", heading="Stages of need", label="Stage", panels=[FieldPanel("tag")]),
        InlinePanel(
            "workforce_tags", heading="Workforce", label="Group of staff", panels=[FieldPanel("tag")]
        ),
        InlinePanel("theme_tags", heading="Themes", label="Theme", panels=[FieldPanel("tag")]),
    ],
    heading="Who it is for",
)
_conditions = InlinePanel(
    "condition_rows",
    heading="What has to be in place",
    label="Condition",
    help_text="What helped and what stood in the way. Pick each condition from the list.",
)
_statements = InlinePanel(
    "statements",
    heading="What is known",
    label="Statement",
    help_text="One statement a row, each with its source. Say what did not work as plainly as what did.",
)
_results = MultiFieldPanel(
    [
        HelpPanel(
            content="<p>Results of research are kept with the study, so that one fact is changed in one place: "
            "<a href='/cms/snippets/practice_library/study/add/'>add a study</a> or "
            "<a href='/cms/snippets/practice_library/study/'>find one</a>, and name this entry there. "
            "What someone states without a study goes here.</p>"
        ),
        InlinePanel("claims", heading="Stated without a study", label="Claim"),
    ],
    heading="What was found",
)
_practical = MultiFieldPanel(
    [
        InlinePanel("costs", heading="What it cost", label="Cost"),
        FieldPanel("reach"),
        FieldPanel("materials"),
        FieldPanel("contact_role"),
    ],
    heading="Cost, reach and materials",
)
_sources = MultiFieldPanel(
    [
        InlinePanel("entry_sources", heading="Sources of the whole entry", label="Source"),
        InlinePanel("related_rows", heading="Links to other entries", label="Link"),
    ],
    heading="Sources and links",
)
_keeping = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("origin"), FieldPanel("licence"), FieldPanel("review_by")]),
        FieldPanel("updates"),
        FieldRowPanel([FieldPanel("response"), FieldPanel("response_on")]),
    ],
    heading="Ownership and upkeep",
)
_common = [_status, _who, _conditions, _statements, _results, _practical, _sources, _keeping]

practice_model_panels = [NO_CASE_DETAILS, *Page.content_panels, FieldPanel("kind"), _about, *_common]

case_study_panels = [
    NO_CASE_DETAILS,
    *Page.content_panels,
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("lead_organisation"), FieldPanel("extent")]),
            InlinePanel("partners", heading="Partners", label="Partner"),
            InlinePanel(
                "models_used",
                heading="Models used",
                label="Model",
                panels=[PageChooserPanel("model", "practice_library.PracticeModelPage")],
            ),
            FieldPanel("variant"),
            FieldRowPanel([FieldPanel("months_to_set_up"), FieldPanel("months_to_first_result")]),
        ],
        heading="Where and how",
    ),
    _about,
    *_common,
]

study_panels = [
    FieldPanel("title"),
    MultiFieldPanel(
        [
            FieldPanel("key"),
            FieldPanel("authors"),
            FieldRowPanel([FieldPanel("year"), FieldPanel("country")]),
        ],
        heading="Reference",
    ),
    InlinePanel("study_sources", heading="Where it was read", label="Source", min_num=1),
    InlinePanel(
        "entry_rows",
        heading="What it is about",
        label="Entry",
        min_num=1,
        help_text="A study of several places says something about the model; of one place alone, about that place too.",
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("design"), FieldPanel("number_of_sites"), FieldPanel("sites_in_england")]),
            FieldPanel("sites"),
            FieldPanel("allocation"),
            FieldRowPanel(
                [
                    FieldPanel("baseline_unit"),
                    FieldPanel("baseline_intervention"),
                    FieldPanel("baseline_comparison"),
                ]
            ),
            FieldRowPanel(
                [
                    FieldPanel("followup_unit"),
                    FieldPanel("followup_intervention"),
                    FieldPanel("followup_comparison"),
                ]
            ),
            FieldRowPanel(
                [
                    FieldPanel("baseline_equivalence"),
                    FieldPanel("as_allocated"),
                    FieldPanel("attrition_reported"),
                ]
            ),
            FieldRowPanel(
                [
                    FieldPanel("validated_measures"),
                    FieldPanel("administrative_outcomes"),
                    FieldPanel("whole_area"),
                ]
            ),
            FieldRowPanel(
                [FieldPanel("independent"), FieldPanel("peer_reviewed"), FieldPanel("implementation_only")]
            ),
            FieldPanel("same_sample_as"),
            FieldPanel("note"),
        ],
        heading="How it was made",
        help_text="Leave a fact empty where the study does not report it. A missing fact never counts as met.",
    ),
    InlinePanel("findings", heading="What it found", label="Finding"),
]

finding_panels = [
    FieldPanel("outcome"),
    FieldPanel("statement"),
    FieldRowPanel([FieldPanel("direction"), FieldPanel("for_whom"), FieldPanel("kind")]),
    FieldRowPanel([FieldPanel("claimed_by"), FieldPanel("compared"), FieldPanel("powered")]),
    FieldRowPanel([FieldPanel("measure"), FieldPanel("effect"), FieldPanel("uncertainty")]),
    FieldRowPanel([FieldPanel("follow_up_months"), FieldPanel("subgroup"), FieldPanel("whose_definition")]),
    FieldRowPanel([FieldPanel("harm_looked_for"), FieldPanel("harm")]),
    FieldRowPanel([FieldPanel("source"), FieldPanel("at"), FieldPanel("forecast")]),
]
