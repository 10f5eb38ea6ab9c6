from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "website.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what is held of a person, and forget all of it whenever an account goes."""
        from website.outbox.stores import register_store
        from website.passages.stores import register_passage_store

        from . import receivers, stores
        from .services.sessions import PASSAGES

        register_store(stores.ACCOUNT)
        register_store(stores.CMS)
        register_passage_store(PASSAGES)
        receivers.connect()
