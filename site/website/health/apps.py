from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "website.health"
    label = "health"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register this room's own parts and the checks of the settings."""
        from . import checks, settings_checks  # noqa: F401 - registers Django's system checks
        from .registry import register_check

        register_check("database", checks.database, essential=True)
        register_check("outbox", checks.outbox)
        register_check("mail", checks.mail)
        register_check("erasures", checks.erasures)
