"""The pages that hold entries, made when they are first needed."""

from __future__ import annotations

from django.db import transaction
from wagtail.models import Locale, Page, Site
from website.places.models import Organisation

from ..models import HomePage, ModelIndexPage, PlaceSection, PracticeIndexPage
from ..models.tree import UNNAMED


@transaction.atomic
def ensure_tree() -> PracticeIndexPage:
    """Home, practice and models, made once; gives the page that holds models and places."""
    practice = PracticeIndexPage.objects.first()
    if practice is not None:
        return practice
    Locale.objects.get_or_create(language_code="en-gb")
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    for welcome in root.get_children().filter(slug="home", depth=2).exclude(content_type__model="homepage"):
        welcome.delete()
    root.refresh_from_db()
    home = root.add_child(instance=HomePage(title="Practice Commons", slug="home"))
    practice = home.add_child(instance=PracticeIndexPage(title="Practice", slug="practice"))
    practice.add_child(instance=ModelIndexPage(title="Practice models", slug="models"))
    site = Site.objects.filter(is_default_site=True).first() or Site(
        hostname="localhost", is_default_site=True
    )
    site.root_page = home
    site.site_name = "Practice Commons"
    site.save()
    return practice


@transaction.atomic
def section_for(*, lead: str) -> PlaceSection:
    """The page that holds the case studies of a lead organisation, or of places without one."""
    section = PlaceSection.objects.filter(slug=lead).first()
    if section is not None:
        return section
    practice = ensure_tree()
    practice.refresh_from_db()
    organisation = None if lead in UNNAMED else Organisation.objects.get(slug=lead)
    title = organisation.name if organisation else UNNAMED[lead]
    section = PlaceSection(title=title, slug=lead, organisation=organisation)
    practice.add_child(instance=section)
    return section
