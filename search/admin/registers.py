"""Lists of words that editors keep; a change works with the next search."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup

from portal.core.admin_search import FoldedSearch
from search.models import NeverEqual, WordPair


class KeptForm(WagtailAdminModelForm):
    """Notes who changed the row."""

    def save(self, commit: bool = True):
        self.instance.changed_by = self.for_user
        return super().save(commit)


class WordPairAdmin(ModelAdmin):
    model = WordPair
    menu_icon = "doc-full"
    menu_label = _("Synonyms and abbreviations")
    list_display = ("typed", "meant", "strength", "rule", "active", "changed_by", "changed_at")
    list_filter = ("strength", "active")
    list_select_related = ("changed_by",)
    search_fields = ("typed", "meant", "note")
    search_handler_class = FoldedSearch
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("typed", "meant", "strength", "rule", "active", "note")],
        base_form_class=KeptForm,
    )


class NeverEqualAdmin(ModelAdmin):
    model = NeverEqual
    menu_icon = "cross"
    menu_label = _("Never equated")
    list_display = ("one", "other", "active", "changed_by", "changed_at")
    list_filter = ("active",)
    list_select_related = ("changed_by",)
    search_fields = ("one", "other", "note")
    search_handler_class = FoldedSearch
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("one", "other", "active", "note")],
        base_form_class=KeptForm,
    )


class WordRegisters(ModelAdminGroup):
    menu_label = _("Words of search")
    menu_icon = "search"
    menu_order = 710
    items = (WordPairAdmin, NeverEqualAdmin)
