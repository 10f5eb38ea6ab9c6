from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "network"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Show members who has got round a condition, without the library knowing of people; tell of changes of people."""
        from website.outbox.stores import register_store

        from practice_library import panels

        from . import telling
        from .panels import PeopleWhoGotRound, people_of_case_study
        from .stores import STORE

        panels.register("people", people_of_case_study)
        panels.register_about_conditions("got round", PeopleWhoGotRound())
        register_store(STORE)
        telling.connect()
