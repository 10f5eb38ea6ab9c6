"""A photo is taken over as a new picture without anything of the file that was sent, and shown to its audience alone."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, PngImagePlugin
from website.accounts.models import User
from website.accounts.services.rights import as_archive
from website.places.models import Organisation

from network.choices import Audience, ReportClass
from network.models import Photo, Profile
from network.services.photos import MOST_BYTES, SIDE, NotAPhoto, as_square
from network.services.reports import decide, report
from tests.factories.people import profile
from tests.integration.people.conftest import ADMITTED, browser_of

pytestmark = pytest.mark.django_db

MARK = b"Zphotomark"


def picture(kind: str = "JPEG", size: tuple[int, int] = (900, 600), **saved: Any) -> bytes:
    made = io.BytesIO()
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (0, 0, size[0], size[1] // 4))
    picture.save(made, kind, **saved)
    return made.getvalue()


def full_of_marks() -> dict[str, bytes]:
    exif = Image.Exif()
    exif[0x010E], exif[0x9286], exif[0x8825] = MARK.decode(), MARK.decode(), {1: "N", 29: MARK.decode()}
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", MARK.decode())
    xmp = b"<x:xmpmeta>" + MARK + b"</x:xmpmeta>"
    return {
        "jpeg": picture(exif=exif, comment=MARK, xmp=xmp, icc_profile=MARK) + MARK,
        "png": picture("PNG", exif=exif, pnginfo=words, icc_profile=MARK) + MARK,
        "webp": picture("WEBP", exif=exif, xmp=xmp, icc_profile=MARK),
    }


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_nothing_of_what_was_in_the_file_is_kept(kind: str):
    sent = full_of_marks()[kind]
    assert MARK in sent, "the control"
    kept = as_square(io.BytesIO(sent), size=len(sent))
    assert MARK not in kept
    shown = Image.open(io.BytesIO(kept))
    assert (shown.format, shown.size, shown.mode) == ("JPEG", (SIDE, SIDE), "RGB")
    assert dict(shown.getexif()) == {}
    assert set(shown.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_picture_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 3
    sent = picture(exif=exif)
    kept = Image.open(io.BytesIO(as_square(io.BytesIO(sent), size=len(sent))))
    assert kept.getpixel((SIDE // 2, SIDE - 5))[2] > 200, "the blue strip is at the foot"


def moving() -> bytes:
    frames = [Image.new("RGB", (50, 50), colour) for colour in ("red", "blue")]
    made = io.BytesIO()
    frames[0].save(made, "WEBP", save_all=True, append_images=frames[1:])
    return made.getvalue()


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (b"", "not a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "not a picture"),
        (b"<html><script>1</script>", "not a picture"),
        (picture("GIF"), "not a picture"),
        (picture("TIFF"), "not a picture"),
        (picture()[:400], "not a picture"),
        (picture("PNG", (9000, 9000)), "too many pixels"),
        (picture("PNG", (14000, 14000)), "too many pixels"),
        (moving(), "moves"),
    ],
    ids=["nothing", "svg", "html", "gif", "tiff", "cut short", "large", "bomb", "moving"],
)
def test_what_is_no_photo_is_refused_in_words(sent: bytes, reason: str):
    with pytest.raises(NotAPhoto, match=reason):
        as_square(io.BytesIO(sent), size=len(sent))


def test_a_large_file_is_refused_before_it_is_read():
    with pytest.raises(NotAPhoto, match="larger than 8 MB"):
        as_square(io.BytesIO(), size=MOST_BYTES + 1)


def test_a_member_sends_a_photo_that_nobody_else_sees_until_they_say_so(
    holder: User, viewers: dict[str, User | None]
):
    held = profile(holder, audience_photo=Audience.ME)
    mine, colleague = browser_of(holder), browser_of(viewers["colleague"])
    send(mine, picture("PNG"), name="../../evil.html")
    assert Image.open(io.BytesIO(bytes(Photo.objects.get().data))).size == (SIDE, SIDE)
    address = f"/people/{held.pk}/photo/"
    assert mine.get(address)["Content-Type"] == "image/jpeg"
    assert colleague.get(address).status_code == 404
    Profile.objects.update(audience_photo=Audience.NETWORK)
    seen = colleague.get(address)
    assert (seen.status_code, seen["X-Content-Type-Options"]) == (200, "nosniff")
    assert {"private", "no-cache"} <= set(seen["Cache-Control"].split(", "))
    again = colleague.get(address, headers={"if-none-match": seen["ETag"]})
    assert again.status_code == 304
    Profile.objects.update(audience_photo=Audience.ME)
    gone = colleague.get(address, headers={"if-none-match": seen["ETag"]})
    assert gone.status_code == 404, "a browser that kept it is told that nothing is there"
    assert b"/photo.jpg" in as_archive(holder)
    mine.post("/me/profile/photo/", {"act": "remove"})
    assert not Photo.objects.exists()


def test_a_file_that_is_no_photo_is_answered_on_the_page_and_the_old_one_stays(holder: User):
    profile(holder)
    mine = browser_of(holder)
    send(mine, picture())
    page = send(mine, b"<html>")
    assert (page.status_code, "not a picture" in page.content.decode()) == (200, True)
    assert Photo.objects.count() == 1


def send(client: Client, content: bytes, name: str = "me.jpg") -> Any:
    return client.post("/me/profile/photo/", {"act": "save", "photo": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("whom", ADMITTED)
def test_the_picture_itself_goes_to_its_audience_alone(
    whom: str, holder: User, viewers: dict[str, User | None]
):
    held = profile(holder)
    Photo.objects.create(profile=held, data=b"a picture")
    client = browser_of(viewers[whom])
    for audience in Audience.values:
        Profile.objects.update(audience_photo=audience)
        allowed = audience in ADMITTED[whom]
        assert (client.get(f"/people/{held.pk}/photo/").status_code == 200) is allowed, audience
    for hidden in ({"safety_flag": True}, {"listed": False}):
        Profile.objects.update(
            **{"audience_photo": "network", "safety_flag": False, "listed": True, **hidden}
        )
        assert (client.get(f"/people/{held.pk}/photo/").status_code == 200) is (whom == "self"), hidden


def test_lists_show_no_photo_and_no_query_reads_it_for_them(
    holder: User, north: Organisation, viewers: dict[str, User | None], skill: Any
):
    from network.services.claims import claim_skill

    Photo.objects.create(profile=profile(holder), data=b"a picture")
    claim_skill(person=holder, skill=skill, level=1)
    page = browser_of(viewers["colleague"]).get("/skills/group-supervision/").content.decode()
    assert holder.profile.name in page
    assert "/photo/" not in page


def test_a_moderator_sees_the_photo_as_long_as_a_report_waits_for_them(
    holder: User, viewers: dict[str, User | None]
):
    held = profile(holder, audience_photo=Audience.ME)
    Photo.objects.create(profile=held, data=b"a picture")
    address = f"/people/{held.pk}/photo/"
    moderator = browser_of(viewers["moderator"])
    assert moderator.get(address).status_code == 404
    colleague = viewers["colleague"]
    assert colleague is not None
    made = report(thing=held, kind=ReportClass.FAMILY, words="", by=colleague)
    assert moderator.get(address).status_code == 200
    assert address in moderator.get(f"/moderation/{made.pk}/").content.decode()
    for whom in ("colleague", "manager", "editor"):
        assert browser_of(viewers[whom]).get(address).status_code == 404, whom
    assert browser_of(holder).get(address).status_code == 200
    decide(report=made, hidden=True, by=viewers["moderator"])
    assert moderator.get(address).status_code == 404
    assert address not in moderator.get(f"/moderation/{made.pk}/").content.decode()
