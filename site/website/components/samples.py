"""Made-up content for the gallery, with the long and empty states that real content will have one day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.safestring import mark_safe

from . import entry_shapes, shapes

DIRECTIONS = (
    ("favourable", "Better"),
    ("no-effect", "No difference"),
    ("mixed", "Mixed"),
    ("adverse", "Worse"),
    ("inconclusive", "Too little to tell"),
    ("not-known", "Not known"),
    ("process", "How it was put in place"),
)
LONG = (
    "Children and young people in need of help or protection whose families have been known to early help, "
    "children's social care and youth justice for more than two years"
)


def outcomes() -> list[shapes.OutcomeRow]:
    """One row for every direction, one of them with everything a row can say."""
    rows = [
        shapes.OutcomeRow(
            slug, word, "" if slug == "process" else "entry to care", "Measured before and after"
        )
        for slug, word in DIRECTIONS
    ]
    rows.append(
        shapes.OutcomeRow(
            "mixed",
            "Mixed",
            LONG.lower(),
            "Compared in two or more strong studies, England 2018 and elsewhere, similarity of the groups not reported",
            "fewer entries in two places, more in a third",
            "#outcomes",
            ("Harm was found in one study", "Accounts differ"),
        )
    )
    return rows


def cards() -> list[shapes.ResultCard]:
    """A usual card, one with folded places, a very long one and one of which next to nothing is known."""
    rows = outcomes()
    return [
        shapes.ResultCard(
            "lantern-house",
            "Lantern House",
            "#cards",
            "Model. Run in 8 places, 3 confirmed since 2024",
            "A residential hub and outreach team that stays with a teenager at home, in foster care or in the hub.",
            (
                shapes.Why(mark_safe("<mark>edge of care</mark>"), "Who it is for"),
                shapes.Why(mark_safe("<mark>adolescents</mark>"), "the summary"),
            ),
            (rows[0], rows[1]),
            "one team for outreach and home",
            shapes.FoldedPlaces(
                "and 12 places",
                [
                    shapes.Place(f"Northbridge pod {n}", "#cards", "running when last reported, 2016")
                    for n in range(1, 4)
                ],
                "#cards",
                "See all 12 places",
            ),
        ),
        shapes.ResultCard(
            "long",
            "A very long name of a partnership programme for adolescents at risk of Extrafamilialharmandexploitation",
            "#cards",
            "Case study. Northbridge with a charity. Running when last reported (March 2016), not confirmed since",
            " ".join([LONG] * 2),
            (
                shapes.Why.of(
                    html=f"… {LONG} on the <mark>edge</mark> of <mark>care</mark> …",
                    where="What changed",
                    with_passage=True,
                ),
            ),
            (rows[4], rows[7]),
            LONG.lower(),
        ),
        shapes.ResultCard(
            "brief",
            "Harbour pods",
            "#cards",
            "Case study. Place not named",
            outcomes=(shapes.OutcomeRow("not-known", "Not known", "", "Not tested yet"),),
        ),
    ]


def facets() -> list[shapes.FacetGroup]:
    """A short filter, a long one with a late choice, and one with a value that leaves nothing."""
    cohorts = [
        shapes.FacetValue(
            f"cohort-{n}",
            "Children on the edge of care" if n == 0 else f"Group of children {n}",
            40 - n,
            n == 25,
        )
        for n in range(40)
    ]
    cohorts[1] = shapes.FacetValue("long-cohort", LONG, 1234)
    return [
        shapes.FacetGroup.of(name="cohort", label="Who it is for", values=cohorts),
        shapes.FacetGroup.of(
            name="direction",
            label="Result",
            values=[
                shapes.FacetValue(slug, word, 10 - n * 2) for n, (slug, word) in enumerate(DIRECTIONS[:6])
            ],
            hint="For the outcome chosen above",
        ),
    ]


def filters() -> shapes.Filters:
    """The filter form, aimed at itself so that a live change can be seen in the gallery."""
    groups = facets()
    return shapes.Filters(
        action="/components/",
        groups=groups[:1],
        target="#filters-and-results",
        more_groups=groups[1:],
        like=shapes.AreaPicker(
            [shapes.Option("northbridge", "Northbridge", True), shapes.Option("kiteham", "Kiteham")]
        ),
        hidden=[shapes.Field("sort", "newest")],
    )


def entry() -> dict[str, Any]:
    """What the components of an entry page show."""
    rows = outcomes()
    criteria = [
        entry_shapes.Criterion("Met", "The two groups are set side by side"),
        entry_shapes.Criterion("Not met", "At least 60 % were kept"),
        entry_shapes.Criterion("Not reported", "Whether harm was looked for"),
    ]
    return {
        "six": [
            entry_shapes.SixRow(
                "Who it was for", "Children in need judged lower risk, 0 to 17, about 180 a year"
            ),
            entry_shapes.SixRow("What happened", outcomes=(rows[4], rows[7])),
            entry_shapes.SixRow("What had to be in place", LONG),
            entry_shapes.SixRow("What went wrong"),
            entry_shapes.SixRow("What it cost", missing="Not reported per family"),
            entry_shapes.SixRow(
                "Who to ask", "3 people have done this and take calls.", url="#six", link="Sign in to ask"
            ),
        ],
        "findings": [
            entry_shapes.FindingRow(
                "Cases closed",
                rows[4],
                "Children",
                "More closures; the difference could be chance",
                "Promising, above all for families known before",
                "#findings",
                "Rated 24 November 2026",
                "finding-1",
                "#source-1",
                "[1]",
                criteria,
                "1 criterion met, 1 not met, 1 not reported",
            ),
            entry_shapes.FindingRow("Family experience", rows[6]),
            entry_shapes.FindingRow(LONG, rows[7], "Parents", LONG, LONG),
        ],
        "conditions": [
            entry_shapes.ConditionRow(
                "Trust between referrers and the pod",
                "Essential",
                "Partly",
                "Yes",
                "Too few referrals in the first months",
                "as help",
                url="#conditions",
                ask_url="#conditions",
                ask_text="2 people have got round this",
                source_url="#source-1",
                source_text="[1]",
            ),
            entry_shapes.ConditionRow(LONG),
        ],
        "sources": [
            entry_shapes.SourceItem(
                1,
                "Evaluation of the pods",
                "https://example.org/a",
                "A university, 2016",
                "Used for 4 statements",
            ),
            entry_shapes.SourceItem(2, "https://example.org/" + "a-very-long-address-without-a-break" * 3),
        ],
        "reach": entry_shapes.Reach.of(
            caption="How many families were reached",
            steps=[
                ("Eligible", 420, ""),
                ("Offered", 180, "first year only"),
                ("Started", 121, ""),
                ("Finished", None, ""),
            ],
        ),
        "table": entry_shapes.Table.of(
            caption="Costs",
            head=["What", "Pounds", "Price year"],
            rows=[["Staff", "120,000", "2015/16"], ["Training", "", ""]],
            numbers=["Pounds"],
        ),
        "table_empty": entry_shapes.Table.of(
            caption="Materials to reuse", head=["Material", "Licence"], rows=[]
        ),
        "summary": [
            {"key": "Lead organisation", "value": "Northbridge", "url": "#summary"},
            {"key": "Cost", "value": ""},
        ],
    }


def fields() -> dict[str, Any]:
    """What the hand-written field components show."""
    return {
        "options": [
            shapes.Option("one", "Early help", True),
            shapes.Option("two", LONG, hint="A hint that belongs to one choice"),
        ],
        "summary_errors": [
            shapes.Link("Enter the name of the place", "#f-input-error"),
            shapes.Link("Something else", ""),
        ],
    }


class SampleForm(forms.Form):
    """One field of each kind that the project's forms use."""

    title = forms.CharField(help_text="As people in the place call it")
    story = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False, label="What happened")
    email = forms.EmailField(label="E-mail address")
    stage = forms.ChoiceField(
        choices=[("", "Choose one"), ("early-help", "Early help")], label="Stage of need"
    )
    role = forms.ChoiceField(
        choices=[("enabler", "As help"), ("barrier", "As obstacle")], widget=forms.RadioSelect, label="Role"
    )
    cohorts = forms.MultipleChoiceField(
        choices=[("edge", "Edge of care"), ("long", LONG)],
        widget=forms.CheckboxSelectMultiple,
        help_text="All that fit",
        label="Who it was for",
    )
    started = forms.DateField(widget=forms.SelectDateWidget(years=range(2015, 2027)), label="When it started")
    agreed = forms.BooleanField(
        label="I have permission to share this", help_text="Of the organisation, in writing"
    )


def context() -> dict[str, Any]:
    """Everything the gallery page shows."""
    url_for = "?page={}".format
    return {
        "directions": [{"slug": slug, "word": word} for slug, word in DIRECTIONS],
        "outcomes": outcomes(),
        "cards": cards(),
        "filters": filters(),
        "chips": [shapes.Chip("Edge of care", "#chips"), shapes.Chip(f"Areas like {LONG}", "#chips")],
        "sorts": [shapes.Link("best match", "#", True), shapes.Link("newest", "?sort=newest")],
        "views": [shapes.Link("list", "#", True), shapes.Link("table", "?view=table")],
        "also": ["adolescents", "at risk of entering care", "young people"],
        "pages_first": shapes.Pagination.of(page=1, last=3, url_for=url_for),
        "pages_middle": shapes.Pagination.of(page=52, last=104, url_for=url_for),
        "zero": shapes.ZeroResults(
            drops=[
                shapes.WayOut("Edge of care", "#zero", 14),
                shapes.WayOut("Areas like Northbridge", "#zero", 1),
            ],
            nearest=[shapes.WayOut("adolescents", "#zero", 11)],
            ask_url="#zero",
            ask_text="Tell the editors what you are looking for",
        ),
        "zero_empty": shapes.ZeroResults(),
        "entry": entry(),
        "fields": fields(),
        "blank_form": SampleForm(prefix="blank"),
        "error_form": SampleForm({"wrong-title": "", "wrong-email": "not an address"}, prefix="wrong"),
    }
