"""Structure of a law text: paragraphs in, the tree of provisions and its HTML out. No Django."""

from .articles import blocks_from_articles
from .blocks import Block, clean
from .model import Node, Structure, Warning
from .outline import articles, outline, walk
from .parser import parse
from .plain import blocks_from_text, drop_page_furniture, join_lines
from .render import Rendered, Section, render

__all__ = [
    "Block",
    "Node",
    "Rendered",
    "Section",
    "Structure",
    "Warning",
    "articles",
    "blocks_from_articles",
    "blocks_from_text",
    "clean",
    "drop_page_furniture",
    "join_lines",
    "outline",
    "parse",
    "render",
    "walk",
]
