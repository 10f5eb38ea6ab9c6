"""Users in the CMS, with our user model's one name."""

from __future__ import annotations

from wagtail.users.forms import UserForm
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from .forms import ChangeUserForm, NewUserForm


class UserViewSet(WagtailUserViewSet):
    """Wagtail's viewset with forms and templates that do not ask for first and last names."""

    create_template_name = "website/accounts/new_user.html"
    edit_template_name = "website/accounts/change_user.html"

    def get_form_class(self, for_update: bool = False) -> type[UserForm]:
        """A new account, or a change of one."""
        return ChangeUserForm if for_update else NewUserForm
