"""The books, people, meetings and animals of which the suite of modelsearch speaks."""

import json
from pathlib import Path
from typing import Any

# id, class, title, summary, published, pages, authors, what the class adds
BOOKS = [
    (1, "novel", "The Hobbit", "", "1937-09-21", 310, [1], ("Middle Earth", 1)),
    (2, "novel", "The Fellowship of the Ring", "", "1954-07-29", 423, [1], ("Middle Earth", 4)),
    (3, "novel", "The Two Towers", "", "1954-11-11", 352, [1], ("Middle Earth", None)),
    (4, "novel", "The Return of the King", "", "1955-10-20", 440, [1], ("Middle Earth", None)),
    (5, "novel", "A Game of Thrones", "", "1996-08-01", 694, [2], ("Westeros", None)),
    (6, "novel", "A Clash of Kings", "", "1998-11-16", 768, [2], ("Westeros", None)),
    (7, "novel", "A Storm of Swords", "", "2000-05-01", 973, [2], ("Westeros", None)),
    (10, "novel", "Foundation", "", "1951-06-01", 255, [3], ("A galaxy", None)),
    (9, "programmingguide", "JavaScript: The Definitive Guide", "", "1996-08-18", 1096, [6], "js"),
    (8, "programmingguide", "JavaScript: The good parts", "", "2008-05-18", 153, [7], "js"),
    (11, "programmingguide", "Learning Python", "", "1999-04-01", 1160, [4, 5], "py"),
    (12, "programmingguide", "Two Scoops of Django 1.11", "", "2017-08-01", 532, [8, 9], "py"),
    (
        13,
        "programmingguide",
        "The Rust Programming Language",
        "",
        "2018-07-05",
        440,
        [10, 11],
        "rs",
    ),
    (14, "book", "Programming Rust", "Fast and safe", "2017-12-01", 620, [12, 13], None),
]
AUTHORS = [
    ("J. R. R. Tolkien", "1892-01-03"), ("George R.R. Martin", "1948-09-20"),
    ("Isaac Asimov", "1920-01-02"), ("David Ascher", None), ("Mark Lutz", None),
    ("David Flanagan", None), ("Douglas Crockford", None), ("Daniel Roy Greenfeld", None),
    ("Audrey Roy Greenfeld", None), ("Carol Nichols", None), ("Steve Klabnik", None),
    ("Jim Blandy", None), ("Jason Orendorff", None),
]  # fmt: skip
CHARACTERS = [
    ("Bilbo Baggins", 1), ("Thorin Oakenshield", 1), ("Gandalf", 1), ("Frodo Baggins", 2),
    ("Bilbo Baggins", 2), ("Frodo Baggins", 3), ("Bilbo Baggins", 3), ("Frodo Baggins", 4),
    ("Bilbo Baggins", 4), ("Hari Seldon", 10),
]  # fmt: skip
MEETINGS = [("Breakfast yoga", "08:00"), ("Evening yoga", "19:00"), ("Stand-up meeting", "09:00")]
# name, place in the tree, depth, children, left, right
ANIMALS = [
    ("Animal", "0001", 1, 2, 1, 10), ("Mammal", "00010001", 2, 2, 2, 7),
    ("Dog", "000100010001", 3, 0, 3, 4), ("Cat", "000100010002", 3, 0, 5, 6),
    ("Reptile", "00010002", 2, 0, 8, 9),
]  # fmt: skip


def rows() -> list[dict[str, Any]]:
    """Return the rows of the fixture."""
    found: list[dict[str, Any]] = []

    def add(model: str, pk: int, **fields: Any) -> None:
        found.append({"model": f"searchtests.{model}", "pk": pk, "fields": fields})

    for number, (name, born) in enumerate(AUTHORS, 1):
        add("author", number, name=name, date_of_birth=born)
    for pk, model, title, summary, published, pages, authors, own in BOOKS:
        add(
            "book", pk, title=title, summary=summary, publication_date=published,
            number_of_pages=pages, authors=authors,
        )  # fmt: skip
        if model == "novel":
            add("novel", pk, setting=own[0], protagonist=own[1])
        elif model == "programmingguide":
            add("programmingguide", pk, programming_language=own)
    for number, (name, novel) in enumerate(CHARACTERS, 1):
        add("character", number, name=name, novel=novel)
    for number, (name, begins) in enumerate(MEETINGS, 1):
        add("meeting", number, name=name, start_time=begins)
    add("agendaitem", 1, meeting=3, topic="Plans")
    add("speaker", 1, agenda_item=1, name="Arthur Doyle")
    for number, (name, path, depth, children, left, right) in enumerate(ANIMALS, 1):
        add("mpanimal", number, name=name, path=path, depth=depth, numchild=children)
        add("nsanimal", number, name=name, lft=left, rgt=right, tree_id=1, depth=depth)
    return found


def write(folder: Path) -> None:
    """Write the fixture that the suite loads by the name "search"."""
    (folder / "search.json").write_text(json.dumps(rows()), encoding="utf-8")
