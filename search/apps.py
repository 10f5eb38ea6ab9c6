from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to the outbox, so that lower rooms need not know that there is a search."""
        from website.outbox.recording import on_recorded

        from search import signals
        from search.indexing import wake

        on_recorded(wake)
        signals.connect()
