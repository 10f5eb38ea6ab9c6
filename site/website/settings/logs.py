"""Logs as one JSON object a line, without personal data: people are told apart in the audit, not here."""

from __future__ import annotations

import re
from typing import Any

import structlog

PERSONAL = frozenset(
    {
        "email",
        "e_mail",
        "user",
        "username",
        "login",
        "name",
        "password",
        "ip",
        "remote_addr",
        "q",
        "query",
        "request",
    }
)
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
NETWORK_ADDRESS = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")
QUERY_STRING = re.compile(r"\?\S+")


def without_personal_data(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Drop values that say who, and mask addresses and query strings inside words.

    Error messages of databases and mail servers quote the values that they refuse, tracebacks among them.
    """
    return {key: _masked(value) for key, value in event.items() if key.lower() not in PERSONAL}


def _masked(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    value = ADDRESS.sub("[address]", value)
    value = NETWORK_ADDRESS.sub("[network address]", value)
    return QUERY_STRING.sub("?[query]", value)


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def json_logging(level: str) -> dict[str, Any]:
    """Django's LOGGING: everything to standard output, Django's own records through the same processors."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    without_personal_data,
                    structlog.processors.JSONRenderer(),
                ],
            }
        },
        "handlers": {
            "out": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "json"}
        },
        "root": {"handlers": ["out"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True, "level": level},
            "django.server": {"handlers": [], "propagate": False},
        },
    }
