"""Forms of a rule: what it is for, its conditions, its actions. Empty lines are left out."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.text import squash_spaces
from portal.editorial.models import ContentRule, RuleAction

from . import webhooks
from .conditions import VOCABULARY, problem
from .doing import TOLD

FIELD_LABELS = {
    "subject": gettext_lazy("the subject"),
    "number": gettext_lazy("the number"),
    "keyword": gettext_lazy("the keywords"),
    "urgency": gettext_lazy("the urgency (thuong, khan, thuong-khan, hoa-toc)"),
    "audience": gettext_lazy("the audience (public, units, chosen)"),
    "level": gettext_lazy("the level of the issuer (trung-uong, tinh, huyen, xa)"),
    "remark": gettext_lazy("open remarks (co, khong)"),
}
OP_LABELS = {
    "has": gettext_lazy("contain the words"),
    "has_not": gettext_lazy("don't contain the words"),
    "is": gettext_lazy("is"),
    "is_not": gettext_lazy("is not"),
}
_EMPTY = ("", "---------")
Kind = RuleAction.Kind


class RuleForm(forms.ModelForm):
    kinds = forms.CharField(
        label=gettext_lazy("Codes of types, one a line (empty for all)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = ContentRule
        fields = ("name", "event", "content", "unit", "kinds", "active", "trial")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["kinds"] = "\n".join(self.instance.kinds)

    def clean_kinds(self) -> list[str]:
        return self.cleaned_data["kinds"].split()


class ConditionForm(forms.Form):
    field = forms.ChoiceField(label="", required=False, choices=[_EMPTY, *FIELD_LABELS.items()])
    op = forms.ChoiceField(label="", required=False, choices=[_EMPTY, *OP_LABELS.items()])
    value = forms.CharField(label="", required=False, max_length=200)

    def clean(self) -> dict[str, str]:
        condition = {name: self.cleaned_data.get(name, "") for name in ("field", "op", "value")}
        if not any(condition.values()):
            return {}
        wrong = problem(condition)
        if wrong == "op":
            fitting = " / ".join(str(OP_LABELS[op]) for op in VOCABULARY[condition["field"]])
            raise ValidationError(_("Here fits: %(fitting)s") % {"fitting": fitting})
        if wrong:
            raise ValidationError(_("Fill in the whole line, or leave all of it empty."))
        return condition


class ActionForm(forms.Form):
    kind = forms.ChoiceField(label="", required=False, choices=[_EMPTY, *Kind.choices])
    role = forms.ChoiceField(label=gettext_lazy("role"), required=False, choices=[_EMPTY, *TOLD])
    target = forms.CharField(
        label=gettext_lazy("e-mail, keyword or web address"), required=False, max_length=500
    )

    def clean(self) -> dict[str, str]:
        kind, role = self.cleaned_data.get("kind", ""), self.cleaned_data.get("role", "")
        target = squash_spaces(self.cleaned_data.get("target", ""))
        if not kind:
            if role or target:
                raise ValidationError(_("Fill in the whole line, or leave all of it empty."))
            return {}
        if kind == Kind.PEOPLE:
            target = role
        if kind == Kind.REVIEW:
            target = ""
        elif not target:
            raise ValidationError(_("Fill in the whole line, or leave all of it empty."))
        if kind == Kind.MAIL:
            validate_email(target)
        if kind == Kind.KEYWORD and ("," in target or len(target) > 100):
            raise ValidationError(_("One keyword of at most 100 letters, without a comma."))
        if kind == Kind.WEBHOOK:
            webhooks.refuse_address(target)
        return {"kind": kind, "target": target}


Conditions = forms.formset_factory(ConditionForm, extra=2, max_num=10, absolute_max=10)
Actions = forms.formset_factory(ActionForm, extra=2, max_num=10, absolute_max=10)


def conditions_of(rule: ContentRule | None, data=None):
    return Conditions(data, prefix="if", initial=rule.conditions if rule else [])


def actions_of(rule: ContentRule | None, data=None):
    rows = rule.actions.all() if rule else ()
    initial = [
        {"kind": row.kind, "role" if row.kind == Kind.PEOPLE else "target": row.target}
        for row in rows
    ]
    return Actions(data, prefix="then", initial=initial)


def filled(formset) -> list[dict[str, str]]:
    """The lines of a formset that say something."""
    return [form.cleaned_data for form in formset if form.cleaned_data]
