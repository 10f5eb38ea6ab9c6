"""Production settings: no start with an unsafe value, a clean `check --deploy`, logs without persons."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GOOD_KEY = "q7Vd0Xc3Zk9Lm2Np5Rt8Uw1Yb4Eg6Hj-aSfDhJkL_zXcVbNmQwErTyUiOp"


def _manage(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """One management command in a process of its own, which knows only what the test tells it."""
    given = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "website.settings.production",
        "SECRET_KEY": GOOD_KEY,
        "ALLOWED_HOSTS": "commons.example",
        **environment,
    }
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, env=given, cwd=ROOT, capture_output=True, text=True, timeout=120)


def test_check_deploy_is_clean(tmp_path: Path) -> None:
    done = _manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DEBUG", "true", "DEBUG must be off"),
        ("SECRET_KEY", "", "SECRET_KEY must be set"),
        ("SECRET_KEY", "short", "at least 50"),
        ("SECRET_KEY", "x" * 80, "random"),
        ("SECRET_KEY", "development-only-not-a-secret-" + GOOD_KEY, "default that everybody can read"),
        ("ALLOWED_HOSTS", "", "ALLOWED_HOSTS must name"),
        ("ALLOWED_HOSTS", "*", "must not hold"),
        ("ALLOWED_HOSTS", "commons.example,*.example", "must not hold"),
        ("OIDC_PROVIDERS", "north", "Single sign-on by north needs OIDC_NORTH_ISSUER"),
    ],
)
def test_unsafe_values_stop_the_start_and_say_why(tmp_path: Path, name: str, value: str, words: str) -> None:
    done = _manage(tmp_path, "check", **{name: value})
    assert done.returncode != 0
    assert "ImproperlyConfigured" in done.stderr
    assert words in done.stderr


def test_https_cookies_and_static_files_are_set_for_production(tmp_path: Path) -> None:
    expected = {
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "DEBUG": False,
        "DEMO_LOGINS": False,
        "COMPONENT_GALLERY": False,
        "REQUIRE_SECOND_FACTOR": True,
    }
    ask = (
        "import json; from django.conf import settings; static = settings.STORAGES['staticfiles']['BACKEND']; "
        f"print(json.dumps([getattr(settings, n) for n in {list(expected)!r}] + [static]))"
    )
    done = _manage(tmp_path, "shell", "--no-imports", "-c", ask)
    assert done.returncode == 0, done.stderr
    *values, storage = json.loads(done.stdout.splitlines()[-1])
    assert dict(zip(expected, values, strict=True)) == expected
    assert storage == "whitenoise.storage.CompressedManifestStaticFilesStorage"


def test_a_deployment_without_second_factor_does_not_pass_the_check(tmp_path: Path) -> None:
    done = _manage(tmp_path, "check", "--deploy", REQUIRE_SECOND_FACTOR="false")
    assert done.returncode != 0
    assert "website.E004" in done.stderr


def test_demo_logins_are_refused(tmp_path: Path) -> None:
    done = _manage(tmp_path, "demo_logins", "--json")
    assert done.returncode != 0
    assert "in development only" in done.stderr


def test_logs_are_json_without_personal_data(tmp_path: Path) -> None:
    say = (
        "import logging, structlog\n"
        "structlog.get_logger('commons').info('signed in', email='sam@council.example', role='editor')\n"
        "try:\n"
        "    raise ValueError('no such person: sam@council.example from 192.0.2.7')\n"
        "except ValueError:\n"
        "    logging.getLogger('django.request').exception('failed at /practice/?q=sam+smith')\n"
    )
    done = _manage(tmp_path, "shell", "--no-imports", "-c", say)
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines[0]["event"] == "signed in"
    assert lines[0]["role"] == "editor"
    assert "ValueError: no such person: [address] from [network address]" in lines[1]["exception"]
    for secret in ("sam@council.example", "192.0.2.7", "sam+smith"):
        assert secret not in done.stdout
