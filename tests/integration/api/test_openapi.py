"""The API keeps what it says of itself in OpenAPI, for sensible requests and for hostile ones made from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.integration.api.conftest import Library

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
OPERATIONS = [result.ok() for result in schema.get_all_operations()]
#: A slug in the right shape may still name nothing that is known, which is refused.
UNKNOWN_TERMS = [positive_data_acceptance]
quietly = settings(
    max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
)


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """A real request ends the connection of the one before, and with it the transaction of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def named(operation: Any) -> str:
    return f"{operation.method.upper()} {operation.path}"


def lists_of(query: dict[str, Any] | None) -> list[list[Any]]:
    """The values of each parameter."""
    return [value if isinstance(value, list) else [value] for value in (query or {}).values()]


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", OPERATIONS, ids=named)
def test_every_address_answers_as_documented(
    library: Library, client: Client, operation: Any, mode: Any
) -> None:
    if mode is GenerationMode.NEGATIVE and not len(operation.query):
        pytest.skip("takes nothing that could be wrong")

    @quietly
    @given(data=st.data())
    def hold(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy(generation_mode=mode))
        assume(not any("" in values for values in lists_of(case.query)))  # empty is not given
        response = case.call()
        assert response.status_code < 500
        if response.status_code >= 400:
            assert response.headers["content-type"] == ["application/problem+json"]
        case.validate_response(response, excluded_checks=UNKNOWN_TERMS)

    hold()
