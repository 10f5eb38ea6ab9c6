from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to the outbox and answer for the engine, so that lower rooms need not know that there is a search."""
        from website.health.registry import register_check
        from website.outbox.recording import on_recorded

        from practice_library import panels
        from search import probe, signals
        from search.indexing import wake
        from search.panels import related_panel

        on_recorded(wake)
        register_check("search engine", probe.engine_problem)
        register_check("search by meaning", probe.meaning_problem, optional=True)
        signals.connect()
        panels.register("related", related_panel)
