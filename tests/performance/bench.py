"""`make bench`: what a search, a page and a change cost, at 1,000 and 10,000 entries, as ratios in one run.

    python -m tests.performance.bench [--sizes 1000,10000] [--rounds 25]

DATABASE_URL and ELASTICSEARCH_URL are used where they are set; else SQLite and the embedded engine below VAR_DIR.
"""

from __future__ import annotations

import argparse
import gzip
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "data" / "corpora" / "ofsted_paragraphs.jsonl.gz"


def main() -> None:
    """Seed, index, measure and print, size by size."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", default="1000,10000")
    options.add_argument("--rounds", type=int, default=25)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="practice-commons-bench-") as folder:
        os.environ.setdefault("VAR_DIR", folder)
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.performance.settings"
        import django

        django.setup()
        run([int(size) for size in asked.sizes.split(",")], rounds=asked.rounds)


def run(sizes: list[int], *, rounds: int) -> None:
    """Every size in turn, on every engine that is there."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    from practice_library.models import Entry
    from practice_library.services.scale import seed_case_studies

    setup_test_environment()
    corpus = CORPUS if CORPUS.exists() else None
    print(f"machine: {os.cpu_count()} cores, {platform.platform()}, Python {platform.python_version()}")
    print(f"text: {'the corpus' if corpus else 'the library’s own statements (no corpus found)'}")
    call_command("migrate", verbosity=0)
    call_command("load_library", stdout=open(os.devnull, "w"))  # noqa: SIM115
    engines = ["embedded", *(["elastic"] if settings.BENCH_ELASTICSEARCH_URL else [])]
    if len(engines) == 1:
        print("Elasticsearch: not measured (ELASTICSEARCH_URL is not set)")
    for size in sizes:
        missing = size - Entry.objects.count()
        if missing > 0:
            began = time.perf_counter()
            seed_case_studies(number=missing, corpus=corpus)
            print(f"\n{missing} synthetic entries made in {time.perf_counter() - began:.0f} s")
        for engine in engines:
            measure(engine, size, rounds=rounds)
    print()
    processes()


def use(engine: str) -> None:
    """Let the whole site use this engine."""
    from django.conf import settings

    from search import vocabulary
    from search.current import forget_engine

    settings.ELASTICSEARCH_URL = settings.BENCH_ELASTICSEARCH_URL if engine == "elastic" else ""
    forget_engine()
    vocabulary.forget()


def measure(engine: str, size: int, *, rounds: int) -> None:
    """One engine at one size."""
    from search.indexing import rebuild

    use(engine)
    built = rebuild()
    print(f"\n## {engine}, {size:,} entries")
    print(f"rebuild: {built.documents / built.seconds:.0f} entries a second ({built.seconds:.1f} s)")
    queries(engine, rounds=rounds)
    pages(rounds=rounds)
    publishing()


def queries(engine: str, *, rounds: int) -> None:
    """Eight kinds of query: bare engine, our engine, service, API and page, p50/p95 in ms."""
    from django.conf import settings
    from django.test import Client

    from search.current import current_engine
    from search.service import find
    from tests.performance.bare import bare_tantivy
    from tests.performance.questions import QUERIES, as_params
    from tests.performance.timing import Times, in_turns

    client = Client()
    table: dict[str, list[Times]] = {}
    print(
        "| query | bare | engine | service | API | page | service/engine | service/bare |\n|---|---|---|---|---|---|---|---|"
    )
    for name, query in QUERIES.items():
        found = find(query).query
        acts: dict[str, Callable[[], object]] = {
            "engine": lambda found=found: current_engine().search(found),
            "service": lambda query=query: find(query),
            "API": lambda query=query: client.get("/api/v1/practice/search", as_params(query)),
            "page": lambda query=query: client.get("/practice/", as_params(query)),
        }
        if engine == "embedded":
            acts = {"bare": bare_tantivy(Path(settings.SEARCH_INDEX_DIR), query), **acts}
        times = in_turns(acts, rounds=rounds)
        bare = times.get("bare")
        table[name] = list(times.values())
        over_bare = f"{times['service'].p50 / bare.p50:.2f}" if bare else "-"
        print(
            f"| {name} | {bare or '-'} | {times['engine']} | {times['service']} | {times['API']} | {times['page']} "
            f"| {times['service'].p50 / times['engine'].p50:.2f} "
            f"| {over_bare} |"
        )


def pages(*, rounds: int) -> None:
    """Processor time, weight, requests and SQL of pages."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from practice_library.models import CaseStudyPage
    from tests.performance.timing import in_turns

    client = Client()
    synthetic = CaseStudyPage.objects.filter(content_key=None).order_by("pk").first()
    addresses = {
        "home": "/",
        "search": "/practice/?q=children",
        "case study": "/practice/cheshire-east/project-crewe-later-fact22/",
        "case study of 1,000 words": "/" + synthetic.url_path.split("/", 2)[2] if synthetic else "/",
        "model": "/practice/models/project-crewe/",
        "authority": "/authorities/wigan/",
        "suggest": "/api/v1/practice/suggest?q=sup",
    }
    print("| page | CPU ms | KB | KB gzip | requests | SQL |\n|---|---|---|---|---|---|")
    times = in_turns(
        {name: lambda url=url: client.get(url) for name, url in addresses.items()}, rounds=rounds
    )
    for name, url in addresses.items():
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url)
        assert response.status_code == 200, f"{url} answered {response.status_code}"
        body = response.content
        linked = set(re.findall(rb'(?:src|href)="(/static/[^"]+)"', body))
        print(
            f"| {name} | {times[name].cpu:.1f} | {len(body) / 1000:.0f} | {len(gzip.compress(body)) / 1000:.1f} "
            f"| {1 + len(linked)} | {len(captured)} |"
        )


def publishing(times: int = 15) -> None:
    """From publishing in the CMS to being found, indexing inline."""
    from practice_library.models import PracticeModelPage
    from search.engine import PracticeQuery
    from search.indexing import drain
    from search.service import find

    drain()
    page = PracticeModelPage.objects.get(content_key="signs-of-safety")
    summary, waits = page.summary, []
    for number in range(times):
        word = f"zebrafinch{number}"
        page.summary = f"{summary} {word}"
        began = time.perf_counter()
        page.save_revision().publish()
        while not find(PracticeQuery(text=word)).result.total:
            assert time.perf_counter() - began < 10, "not found within ten seconds"
            time.sleep(0.005)
        waits.append((time.perf_counter() - began) * 1000)
    page.summary = summary
    page.save_revision().publish()
    print(f"publish to searchable: p50 {median(waits):.0f} ms, slowest of {times} {max(waits):.0f} ms")


def processes() -> None:
    """Memory of a web worker and the time from start to first answer, by gunicorn in a process of its own."""
    port, environment = "18999", {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.performance.settings"}
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "website.wsgi:application",
        "--workers",
        "1",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    began = time.perf_counter()
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        first = _first_answer(f"http://127.0.0.1:{port}/practice/?q=children", began)
        for _ in range(50):
            _get(f"http://127.0.0.1:{port}/practice/?q=children")
        print(f"cold start to first search page: {first:.1f} s")
        print(f"memory of a web worker after 50 pages: {_resident(server.pid):.0f} MB")
    finally:
        server.terminate()
        server.wait(timeout=20)


def _get(url: str) -> bytes:
    import urllib.request

    with urllib.request.urlopen(url, timeout=20) as answer:
        return bytes(answer.read())


def _first_answer(url: str, began: float) -> float:
    for _ in range(400):
        try:
            _get(url)
            return time.perf_counter() - began
        except OSError:
            time.sleep(0.05)
    raise SystemExit("The server did not answer within 20 seconds.")


def _resident(parent: int) -> float:
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    sizes: list[Any] = [
        re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text()) for pid in children
    ]
    return max(int(size.group(1)) for size in sizes if size) / 1000


if __name__ == "__main__":
    main()
