"""One world with an invented word for every thing that is not for everybody, and the addresses that lead to each thing.

Who may read a word is written in `canary_library.py` and `canary_people.py` beside the thing, from the table of access.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from wagtail.documents.models import Document
from wagtail.signal_handlers import disable_reference_index_auto_update
from website.accounts.models import Membership, User
from website.places.models import Organisation

from network.models import Ask, HelpRequest, Message, Profile, Report, Thread
from practice_library.models import OutcomeRating
from search.indexed import LIBRARY, PEOPLE
from search.indexing import rebuild
from tests.security.canary_library import Library
from tests.security.canary_people import People
from tests.security.canary_words import Canaries

Kwargs = dict[str, Any]

#: Our models that hold nothing with an audience, each with the reason. Every other one has rows in the world.
HOLDS_NOTHING_HIDDEN = {
    "accounts.erasure": "opaque keys and days",
    "outbox.change": "opaque ids",
    "places.alias": "public names of organisations",
    "places.indicator": "published figures",
    "places.indicatorvalue": "published figures",
    "places.judgement": "published judgements",
    "places.organisationdomain": "public domains of organisations; no person",
    "places.statisticalneighbour": "published neighbours",
    "practice_library.contentrecord": "keys of files that ship",
    "practice_library.position": "of open questions, which are public whole",
    "practice_library.synonymgroup": "public vocabulary",
    "search.indexlease": "a number",
    "search.indexpurge": "days and numbers",
    "network.statementheading": "public headings of the register",
    "practice_library.stage": "public vocabulary",
    "practice_library.stagetag": "a public term, without words",
    "practice_library.theme": "public vocabulary",
    "practice_library.themetag": "a public term, without words",
    "practice_library.workforcegroup": "public vocabulary",
    "practice_library.workforcetag": "a public term, without words",
    "practice_library.studysource": "two keys",
}
OURS = ("accounts", "audit", "network", "outbox", "outgoing", "places", "practice_library", "search")


class World:
    """First what anybody reads; `hide` adds what few or none may see, each thing out of sight in its way."""

    @disable_reference_index_auto_update()  # two thirds of the time, and the CMS alone reads it
    def __init__(self) -> None:
        self.canaries = Canaries()
        self.library = Library(self.canaries)
        self.people = People(self.canaries, self.library)

    @disable_reference_index_auto_update()
    def hide(self) -> None:
        """Add all that no visitor and no stranger among members sees anything of."""
        self.library.add_what_is_hidden()
        self.people.add_who_is_unseen()
        self.people.add_exchanges()
        self.library.conceal()
        self.people.conceal()

    def open_rows(self) -> None:
        """Add what some see and others do not, and what changes pages that anybody reads."""
        self.library.add_drafts_of_the_open(self.people.who["E"])
        self.library.conceal()
        self.people.add_rows()
        self.people.add_accounts()
        self.people.add_passage()
        self.people.conceal()

    def index(self, *, stale: bool = False) -> None:
        """Build both indices; a stale one still holds everything as if it were for all."""
        if stale:
            self.library.reveal()
            self.people.reveal()
        rebuild(LIBRARY)
        rebuild(PEOPLE)
        if stale:
            self.library.conceal()
            self.people.conceal()

    def person(self, letter: str) -> User | None:
        return None if letter == "V" else self.people.who[letter]

    def models_without_rows(self) -> list[str]:
        """Our models of which the world holds nothing, though nobody said that they hold nothing hidden."""
        labels = [
            model._meta.label_lower
            for app in OURS
            for model in apps.get_app_config(app).get_models()
            if not model._meta.auto_created and not model._base_manager.exists()
        ]
        return sorted(set(labels) - HOLDS_NOTHING_HIDDEN.keys())


def feeds(world: World) -> dict[str, list[Kwargs]]:
    """What fills the addresses of the site that name a thing: every such thing, open and hidden."""
    entries, library = world.library.entries, world.library
    slugs = [entry.url_path.rstrip("/").split("/")[-2:] for entry in entries]
    places = [{"lead": lead, "slug": slug} for lead, slug in slugs if lead != "models"]
    models = [{"slug": model.slug} for model in library.models]
    requests, asks = _uids(HelpRequest), _uids(Ask)
    profiles, threads = _uids(Profile), _uids(Thread)
    organisations = [{"slug": slug} for slug in Organisation.objects.values_list("slug", flat=True)]
    memberships = [
        {"slug": slug, "uid": uid} for slug, uid in Membership.objects.values_list("organisation__slug", "pk")
    ]
    reported = [
        {"about": about, "uid": each["uid"]}
        for about, model in (("message", Message), ("request", HelpRequest), ("profile", Profile))
        for each in _uids(model)
    ]
    ids = [{"entry_id": str(entry.uid)} for entry in entries]
    return {
        "person": profiles,
        "person_photo": profiles,
        "skill": [{"slug": world.people.skill.slug}],
        "exchange_request": requests,
        "exchange_edit": requests,
        "exchange_ask": requests,
        "exchange_people": requests,
        "exchange_answer": asks,
        "exchange_times": asks,
        "exchange_calendar": asks,
        "exchange_debrief": asks,
        "report": reported,
        "moderation_report": _uids(Report),
        "report_entry": [{"uid": entry.uid} for entry in entries],
        "report_question": [{"uid": library.question.uid}],
        "thread": threads,
        "organisation_members": organisations,
        "organisation_member": memberships,
        "run_for_member": memberships,
        "model": models,
        "register": models,
        "case_study": places,
        "cite_ris": [*places, *({"lead": "models", **each} for each in models)],
        "cite_bibtex": places,
        "place_section": [{"lead": each["slug"]} for each in organisations],
        "authority": organisations,
        "organisation": organisations,
        "condition": [{"slug": "trust"}],
        "outcome": [{"slug": "entry-to-care"}, {"slug": "wellbeing"}],
        "question": [{"slug": library.question.slug}],
        "rating": [{"uid": uid} for uid in OutcomeRating.objects.values_list("uid", flat=True)],
        "sitemap_section": [{"section": name} for name in ("entries", "places", "terms", "pages")],
        "wagtaildocs_serve": [
            {"pk": document.pk, "filename": document.filename} for document in Document.objects.order_by("pk")
        ],
        "api:practice_entry": ids,
        "api:practice_kindred": ids,
        "api:vocabulary": [{"name": name} for name in ("cohorts", "conditions", "keywords", "models")],
        "api:register": [{"model": each["slug"]} for each in models],
        "api:authority": organisations,
    }


#: Addresses of the library: first an open thing, at last hidden ones.
OF_THE_LIBRARY = frozenset(
    {
        "model", "register", "case_study", "cite_ris", "cite_bibtex", "place_section", "authority", "organisation",
        "rating", "wagtaildocs_serve", "api:practice_entry", "api:practice_kindred", "api:register", "api:authority",
    }
)  # fmt: skip
#: Addresses with parts that name no thing of the world, each with the reason for leaving it out.
NOT_FED = {
    "account_confirm_email": "its key is a secret of a letter",
    "account_reset_password_from_key": "its key is a secret of a letter",
    "openid_connect_login": "leads to a provider elsewhere, and none is set up",
    "openid_connect_callback": "comes back from a provider elsewhere, and none is set up",
    "mfa_edit_webauthn": "a passkey of one's own",
    "mfa_remove_webauthn": "a passkey of one's own",
    "wagtailcore_authenticate_with_password": "nothing leads there: what is kept by password is not found at all",
    "wagtail_serve": "pages by their path, which the names of entries lead to",
}
#: Addresses that change what the crawl stands on, so that nobody visits them.
NOT_VISITED = {
    "account_logout": "it would end the session",
    "component_gallery": "samples of components, in development only",
}
#: Addresses that only a sent form reaches: whoever merely visits them finds nothing.
SENT_ONLY = {"exchange_answer": "the buttons of a request"}


def _uids(model: Any) -> list[Kwargs]:
    return [{"uid": uid} for uid in model._base_manager.order_by("pk").values_list("pk", flat=True)]


def batches(words: Iterable[str], most: int = 20) -> list[list[str]]:
    """Words by as many as one search takes."""
    all_words = list(words)
    return [all_words[at : at + most] for at in range(0, len(all_words), most)]
