"""Taking a part of the tree along to another portal, and bringing one in."""

from __future__ import annotations

import tempfile

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import require_admin_access
from wagtail.admin.widgets.button import Button

from portal.organisations import audit
from portal.organisations.access import access_of
from portal.organisations.roles import Ability, Content
from portal.pages.models import PortalPage
from portal.pages.permissions import listed
from portal.pages.transfer.bringing import Bringer, apply_settings, settings_of
from portal.pages.transfer.opening import BadPackage, Package
from portal.pages.transfer.packing import pack


def may_bring(user) -> bool:
    return not user.is_superuser and access_of(user).can(Ability.WRITE, content=Content.PAGE)


@require_admin_access
def take_along(request, pk: int) -> FileResponse | HttpResponse:
    """The package of a page and those under it, as a download."""
    root = get_object_or_404(PortalPage, pk=pk).specific
    if not root.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    administers = access_of(request.user).can(Ability.ADMINISTER)
    count = pack(root, request.user, target, with_settings=administers)
    audit.record(request.user, "page.taken_along", root, reason=str(count))
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{root.slug}.trang.zip")


class BringForm(forms.Form):
    package = forms.FileField(
        label=gettext_lazy("Package"),
        help_text=gettext_lazy("A file .trang.zip of another portal."),
    )
    parent = forms.ModelChoiceField(
        label=gettext_lazy("Under which page"), queryset=PortalPage.objects.none(),
        help_text=gettext_lazy("Where the first page of the package goes, if it is not here yet."),
    )  # fmt: skip
    with_settings = forms.BooleanField(
        label=gettext_lazy("Take over names, colours and contacts too"), required=False,
        help_text=gettext_lazy("They are in force at once; only who administers the portal may."),
    )  # fmt: skip

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        rows = PortalPage.objects.filter(pk__in=listed(user).values("pk"), depth__lte=4)
        self.fields["parent"].queryset = rows.order_by("path")
        self.fields["parent"].label_from_instance = _indented
        if not access_of(user).can(Ability.ADMINISTER):
            del self.fields["with_settings"]

    def clean_package(self):
        sent = self.cleaned_data["package"]
        if sent.size > settings.MAX_UPLOAD_MB * 1024 * 1024:
            raise ValidationError(_("The package is too big."))
        try:
            return Package(sent)
        except BadPackage as error:
            raise ValidationError(str(error)) from None


def _indented(page: PortalPage) -> str:
    return f"{'– ' * (page.depth - 2)}{page.title}"


@require_admin_access
def bring(request) -> HttpResponse:
    """The form, and after it what became of each page."""
    if not may_bring(request.user):
        raise PermissionDenied
    form = BringForm(request.POST or None, request.FILES or None, user=request.user)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        package = form.cleaned_data["package"]
        report = Bringer(package, form.cleaned_data["parent"].specific, request.user).run()
        context |= {"report": report, "settings": _settings(form, package, request.user)}
    return render(request, "admin_pages/pages/bring.html", context)


def _settings(form: BringForm, package: Package, user) -> dict[str, object]:
    waiting = settings_of(package)
    if not form.cleaned_data.get("with_settings"):
        return {"waiting": sorted(waiting)}
    try:
        return {"taken": apply_settings(package, user)}
    except ValidationError as error:
        return {"error": "; ".join(error.messages)}


def button(page, user, view_name, next_url=None):
    """In the header of the list of pages: take this part along."""
    if view_name == "index" and page.depth > 1 and page.permissions_for_user(user).can_edit():
        url = reverse("take_along", args=[page.pk])
        yield Button(gettext_lazy("Take along to another portal"), url, icon_name="download",
                     priority=70)  # fmt: skip
