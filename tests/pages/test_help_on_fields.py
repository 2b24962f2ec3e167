"""Each field of an editor's form says what goes into it, unless its label says all."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from wagtail.admin.panels import FieldPanel, get_edit_handler
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.models import get_page_models
from wagtail.snippets.models import get_snippet_models

from directives.models import Directive
from legal_docs.models import LegalDocument
from news.models import NewsArticle
from portal.pages.models import PortalSettings, StandardPage
from tests import factories as make

pytestmark = pytest.mark.django_db

#: Fields of which the label is the help, and why.
SELF_EVIDENT = {
    "title": "its placeholder says it",
    "body": "the place to write; its blocks say what they are",
}


def ours(model) -> bool:
    return not model.__module__.startswith("wagtail")


def editors_of() -> dict[type, object]:
    """The form of each page, each snippet and each page of settings that is ours."""
    found = {model: model.get_edit_handler() for model in get_page_models() if ours(model)}
    for model in filter(ours, get_snippet_models()):
        found[model] = model.snippet_viewset.get_edit_handler()
    for model in settings_registry:
        found[model] = get_edit_handler(model)
    return found


def panels_of(bound):
    """The fields that are shown, through groups, tabs and rows of an inline panel."""
    if isinstance(bound.panel, FieldPanel):
        yield bound
    for child in getattr(bound, "children", ()):
        yield from panels_of(child)
    for child in getattr(bound, "visible_children", ()) if not hasattr(bound, "children") else ():
        yield from panels_of(child)


def shown_fields(model, handler, user) -> list:
    request = RequestFactory().get("/admin/")
    request.user = user
    instance = model()
    form = handler.get_form_class()(instance=instance, for_user=user)
    bound = handler.get_bound_panel(instance=instance, request=request, form=form)
    return [one for one in panels_of(bound) if one.bound_field is not None]


def test_each_field_has_help():
    at = make.house()
    editors = editors_of()
    assert {LegalDocument, Directive, NewsArticle, PortalSettings, StandardPage} <= set(editors)
    missing, names = [], {}
    for model, handler in editors.items():
        shown = shown_fields(model, handler, at.clerk_a)
        names[model] = {one.field_name for one in shown}
        missing += [
            f"{model._meta.label}.{one.field_name}"
            for one in shown
            if not str(one.help_text or "").strip() and one.field_name not in SELF_EVIDENT
        ]
    assert missing == []
    assert {"gazette_issue", "audience", "in_force"} <= names[LegalDocument]
    assert {"picture_alt", "slug", "banner_from", "audience"} <= names[NewsArticle]
