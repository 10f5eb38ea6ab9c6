"""Photos: one's own to send and remove, and those that a reader may see."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from website.accounts.member_views import for_the_signed_in

from .. import permissions
from ..forms.photo import PhotoForm
from ..models import Photo, Profile
from ..own_profile import seen_by
from ..services import photos
from .people import viewer_or_404


@for_the_signed_in
def my_photo(request: HttpRequest) -> HttpResponse:
    """Send a photo, or remove it."""
    viewer_or_404(request)
    person: Any = request.user
    profile = get_object_or_404(Profile.objects.at_home(), person=person.pk)
    if request.POST.get("act") == "remove":
        photos.remove_photo(person=person)
        messages.success(request, "Your photo is removed.")
        return redirect("my_photo")
    form = PhotoForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["photo"]
        try:
            photos.take_photo_over(person=person, file=file, size=file.size)
        except photos.NotAPhoto as error:
            form.add_error("photo", str(error))
        else:
            messages.success(request, "Saved.")
            return redirect("my_photo")
    has_one = Photo.objects.filter(profile=profile).exists()
    return render(
        request,
        "network/my_photo.html",
        {"form": form, "profile": profile, "has_one": has_one, "seen_by": seen_by(profile, "photo")},
    )


@login_required
@require_safe
@cache_control(private=True, no_cache=True)
def person_photo(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The picture, for whom it is. Browsers keep it and ask each time, so that it is gone when it is hidden."""
    photo = Photo.objects.select_related("profile").filter(profile=uid).first()
    if photo is None or not permissions.can_see_photo(request.user, photo.profile):
        raise Http404
    answer = HttpResponse(bytes(photo.data), content_type="image/jpeg", headers={"ETag": photo.etag})
    return get_conditional_response(request, etag=photo.etag, response=answer) or answer
