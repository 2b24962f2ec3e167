"""Telling programs from people by what they say of themselves. Pure."""

from __future__ import annotations

import re

#: Words in the name by which programs introduce themselves.
_PROGRAMS = re.compile(
    r"bot\b|bot[/\-;_ ]|crawl|spider|slurp|archiver|scan|monitor|uptime|check|curl|wget|python|"
    r"java/|libwww|http[- _]?client|okhttp|go-http|axios|node-fetch|headless|phantom|lighthouse|"
    r"preview|facebookexternalhit|feed|validator|coccoc.*bot",
    re.IGNORECASE,
)


def is_program(agent: str) -> bool:
    """Whether a ``User-Agent`` is that of a program; who says nothing is one."""
    return "Mozilla" not in agent or _PROGRAMS.search(agent) is not None
