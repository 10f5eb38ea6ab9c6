from django.apps import AppConfig


class PracticeLibraryConfig(AppConfig):
    name = "practice_library"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from website.passages.stores import register_passage_store

        from . import checks, signals  # noqa: F401 (checks register themselves)
        from .services.redaction import FILES_OF_CONTENT, KINDRED

        register_passage_store(KINDRED)
        register_passage_store(FILES_OF_CONTENT)
        signals.connect()
