"""Organisations in the CMS."""

from typing import ClassVar

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.snippets.views.snippets import SnippetViewSet

from website.places.choosers import OrganisationChooserViewSet
from website.places.forms import OrganisationForm
from website.places.models import Organisation

_about = [
    MultiFieldPanel(
        [FieldPanel("short_name"), FieldPanel("name"), FieldPanel("official_name")],
        heading="Name",
    ),
    FieldRowPanel([FieldPanel("kind"), FieldPanel("region")], heading="What it is"),
    FieldRowPanel([FieldPanel("slug"), FieldPanel("website")], heading="Addresses"),
    InlinePanel(
        "aliases",
        heading="Other names",
        label="Name",
        panels=[FieldPanel("alias"), FieldPanel("source")],
        help_text="Search finds the organisation by these as well, at once.",
    ),
    InlinePanel(
        "domains",
        heading="Domains of e-mail addresses",
        label="Domain",
        panels=[FieldPanel("domain")],
        help_text="Beside that of the website. Whoever has an address there may ask to join.",
    ),
]
_authority = [
    FieldRowPanel(
        [FieldPanel("ons_code"), FieldPanel("dfe_number")],
        heading="Codes",
        help_text="Only authorities have them. Statistics are joined on the DfE number.",
    ),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("start"), FieldPanel("end")]), FieldPanel("successors")],
        heading="From and to",
    ),
    FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")], heading="Position"),
    FieldRowPanel([FieldPanel("hex_q"), FieldPanel("hex_r")], heading="Cell on the map of hexagons"),
    HelpPanel(
        heading="Statistical neighbours",
        content="<p>The ten statistical neighbours come from the official file and are not edited here.</p>",
    ),
]


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "group"
    menu_label = "Organisations"
    menu_order = 310
    add_to_admin_menu = True
    list_display: ClassVar = ["short_name", "kind", "region", "dfe_number", "end"]
    list_filter: ClassVar = ["kind", "region"]
    list_per_page = 50
    search_fields: ClassVar = ["name", "short_name", "official_name", "ons_code", "dfe_number"]
    search_backend_name = None
    chooser_viewset_class = OrganisationChooserViewSet
    chooser_per_page = 25
    ordering: ClassVar = ["short_name", "slug"]
    edit_handler = TabbedInterface(
        [
            ObjectList(_about, heading="About"),
            ObjectList(_authority, heading="Authority"),
        ],
        base_form_class=OrganisationForm,
    )
