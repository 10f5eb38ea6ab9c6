from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to the outbox and answer for the engine, so that lower rooms need not know that there is a search."""
        from website.health.registry import register_check
        from website.outbox.recording import on_recorded
        from website.outbox.stores import Store, register_store
        from website.passages.stores import register_passage_store

        from practice_library import panels
        from practice_library.services import removed_ledger
        from search import probe, signals
        from search.indexed import PEOPLE
        from search.indexing import wake
        from search.panels import related_panel
        from search.purging import INDICES, ask_for

        on_recorded(wake)
        register_check("search engine", probe.engine_problem)
        register_check("search by meaning", probe.meaning_problem, optional=True)
        register_check("removed words", probe.purge_problem)
        register_check("removed passages", removed_ledger.problem)
        register_passage_store(INDICES)
        register_store(Store("index of people", forget=lambda key: ask_for(PEOPLE)))
        signals.connect()
        panels.register("related", related_panel)
