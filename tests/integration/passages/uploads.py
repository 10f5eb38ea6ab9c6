"""Uploads of each kind that hold one text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable


def a_pdf(text: str) -> bytes:
    """The least that is a PDF with one line of text."""
    line = text.replace("’", "'")
    drawn = f"BT /F1 8 Tf 20 100 Td ({line}) Tj ET".encode("latin-1")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, starts = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (
            table,
            len(out),
        )
    )


def a_docx(text: str) -> bytes:
    """A word is cut by a run, as word processors do where somebody corrected it."""
    cut = text.replace("quadruplets", "quadru</w:t></w:r><w:r><w:t>plets")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:p><w:r><w:t>{cut}</w:t></w:r></w:p><w:p>More</w:p>")
    return file.getvalue()


FILES: dict[str, Callable[[str], bytes]] = {
    "notes.txt": lambda text: f"Notes. {text}.".encode(),
    "notes.csv": lambda text: f'a,"{text}"\n'.encode("utf-16"),
    "page.html": lambda text: f"<p>{text.replace('mother', '<b>mother</b>')}</p>".encode(),
    "notes.docx": a_docx,
    "notes.pdf": a_pdf,
}
