"""What the signatures of a file mean, in words of the reader."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .signatures import Signature, Signatures, Trust, Verdict

_VERDICTS = {
    Verdict.WHOLE: gettext_lazy("Signed; the file is as it was signed."),
    Verdict.ALTERED: gettext_lazy("The file was changed after it was signed."),
    Verdict.BROKEN: gettext_lazy("The signature does not hold: what was signed was changed."),
    Verdict.UNSIGNED: gettext_lazy("The file bears no electronic signature."),
    Verdict.UNREADABLE: gettext_lazy("The signatures could not be read."),
}
_TRUST = {
    Trust.VERIFIED: gettext_lazy("signature intact, issuer verified"),
    Trust.NO_STORE: gettext_lazy("signature intact, issuer not verified"),
    Trust.NOT_VERIFIED: gettext_lazy(
        "signature intact, issuer not among those that are trusted here"
    ),
}
_PROBLEMS = {
    "lost": gettext_lazy("The file was signed once and saved anew: no signature can be verified."),
    "encrypted": gettext_lazy("The PDF is encrypted: its signatures can't be read."),
    "damaged": gettext_lazy("The PDF is damaged or cut short: its signatures can't be read."),
    "missing": gettext_lazy("The file is not in the store."),
    "too-large": gettext_lazy("The file is too large to be examined."),
    "too-slow": gettext_lazy("The file took too long to be examined."),
    "too-many": gettext_lazy("The file has more signatures than can be examined."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One signature as a page shows it. ``at`` is the hour of the stamp, where there is one."""

    signer: str
    organisation: str
    issuer: str
    at: object
    stamped: bool
    whole: bool
    verdict: Promise
    trust: Promise | str
    good: bool


def verdict_of(verdict: Verdict) -> Promise:
    return _VERDICTS[verdict]


def problem_of(problem: str) -> str:
    return str(_PROBLEMS.get(problem) or _("The signatures could not be read."))


def summary(found: Signatures) -> str:
    """One sentence on a file."""
    if found.verdict == Verdict.UNREADABLE or found.problem == "lost":
        return problem_of(found.problem)
    return str(verdict_of(found.verdict))


def lines(found: Signatures) -> list[Line]:
    return [_line(one) for one in found.signatures]


def _line(one: Signature) -> Line:
    good = one.verdict == Verdict.WHOLE
    return Line(
        one.signer,
        one.organisation,
        one.issuer,
        parse_datetime(one.stamped_at or one.signed_at)
        if one.stamped_at or one.signed_at
        else None,
        bool(one.stamped_at),
        one.covers_file,
        verdict_of(one.verdict),
        _TRUST[one.trust] if good else "",
        good,
    )
