from django.apps import AppConfig


class PassagesConfig(AppConfig):
    name = "website.passages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What every room shares: the database, uploaded files, the cache."""
        from .database import COLUMNS
        from .files import CACHE, FILES
        from .stores import register_passage_store

        for store in (COLUMNS, FILES, CACHE):
            register_passage_store(store)
