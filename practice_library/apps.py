from django.apps import AppConfig


class PracticeLibraryConfig(AppConfig):
    name = "practice_library"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks, signals  # noqa: F401 (checks register themselves)

        signals.connect()
