"""The user's corrections: kept in a plain file, applied after every indexing, taken back one by one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from seedread_index.catalogue.publications import names_of
from seedread_index.linking.corrections_file import HEADER, CorrectionsFile
from seedread_index.model.article import EntityType
from seedread_index.model.correction import Correction, CorrectionKind
from seedread_index.model.errors import CorrectionError
from seedread_index.sync.passes.correct_articles import ArticleCorrector

from .conftest import Shelf

FIRST = "Prime Minister Tayyip Rossi met Anna Keller in Rome. Rossi praised Keller and the Northern Alliance."
SECOND = "Mr. Tony Rossini said the Northern Pact had failed. Rossini blamed the Northern Alliance."


Added = tuple[CorrectionKind, str, dict[str, Any]]
"""What is corrected, the name, and the rest."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "corrections.toml"


def corrected(file: Path, *additions: Added) -> CorrectionsFile:
    corrections_file = CorrectionsFile.load(file)
    for do, name, more in additions:
        corrections_file.add(Correction(do, name, **more))
    corrections_file.save()
    return corrections_file


def listed(shelf: Shelf) -> dict[tuple[str, str], int]:
    return {(e.name, e.type.value): e.mentions for e in shelf.store.entities()}


def test_a_file_reads_back_as_it_was_written(file: Path) -> None:
    corrected(
        file,
        ("merge", 'Tony "T" Rossini', {"type": EntityType.PERSON, "into": "Tayyip Rossi"}),
        ("retype", "Rome", {"type": EntityType.PLACE, "to": EntityType.ORG}),
    )
    first, second = CorrectionsFile.load(file).corrections
    assert (first.do, first.name, first.into) == ("merge", 'Tony "T" Rossini', "Tayyip Rossi")
    assert (second.do, second.to) == ("retype", EntityType.ORG)
    assert file.stat().st_mode & 0o077 == 0


def test_what_the_user_wrote_by_hand_stays(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('# mine\n[[correction]]\ndo = "hide"  # noise\nname = "Rome"\n')
    corrections_file = corrected(file, ("hide", "Anna Keller", {}))
    assert file.read_text().startswith('# mine\n[[correction]]\ndo = "hide"  # noise\n')
    corrections_file.undo()
    corrections_file.save()
    assert file.read_text() == '# mine\n[[correction]]\ndo = "hide"  # noise\nname = "Rome"\n'


def test_undo_takes_the_last_one_and_then_nothing(file: Path) -> None:
    corrections_file = corrected(file, ("hide", "Rome", {}), ("hide", "Anna Keller", {}))
    undone = corrections_file.undo()
    assert isinstance(undone, Correction)
    assert undone.name == "Anna Keller"
    undone = corrections_file.undo()
    assert isinstance(undone, Correction)
    assert undone.name == "Rome"
    assert corrections_file.undo() is None
    corrections_file.save()
    assert file.read_text() == HEADER


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "after", ["", "# to do: Keller", "\n\n# a note\u2028of mine\n\n[notes]\nwho = 'Anna'\n\n\n", "\n\n"]
)
def test_undo_leaves_what_was_written_after_the_correction(file: Path, after: str, end: str) -> None:
    before = '# mine\n\n[[correction]]\ndo = "hide"\nname = "Rome"\n'.replace("\n", end)
    after = after.replace("\n", end)
    file.parent.mkdir()
    file.write_bytes(before.encode())
    corrected(file, ("hide", "Anna Keller", {}))
    with file.open("ab") as stream:
        stream.write(after.encode())
    corrections_file = CorrectionsFile.load(file)
    corrections_file.undo()
    corrections_file.save()
    assert file.read_bytes().decode() == before + after


def test_undo_leaves_the_comments_inside_a_correction(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('# a\n[[correction]]\n# why\nname = "Rome"  # the city\ndo = "hide"\n# b\n')
    corrections_file = CorrectionsFile.load(file)
    undone = corrections_file.undo()
    assert isinstance(undone, Correction)
    assert undone.name == "Rome"
    corrections_file.save()
    assert file.read_text() == "# a\n# why\n# b\n"


def test_undo_takes_a_text_of_several_lines_whole(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('[[correction]]\ndo = "hide"\nname = """\n# Rome\n[[correction]] x"""\n# b\n')
    corrections_file = CorrectionsFile.load(file)
    corrections_file.undo()
    corrections_file.save()
    assert file.read_text() == "# b\n"


def test_the_next_start_sweeps_what_a_killed_process_left(file: Path) -> None:
    corrected(file, ("hide", "Rome", {}))
    (file.parent / ".corrections.toml.0123456789abcdef.part").write_text("half")
    (file.parent / "corrections.toml_old2024").write_text("mine")
    CorrectionsFile.load(file)
    assert sorted(path.name for path in file.parent.iterdir()) == [
        "corrections.toml",
        "corrections.toml_old2024",
    ]


def test_a_pipe_in_place_of_the_file_is_reported_at_once(file: Path) -> None:
    file.parent.mkdir()
    os.mkfifo(file)
    with pytest.raises(CorrectionError, match="named pipe"):
        CorrectionsFile.load(file)


def test_a_name_that_is_not_text_is_refused(file: Path) -> None:
    with pytest.raises(CorrectionError, match="valid text"):
        corrected(file, ("hide", "Rome\udcff", {}))


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ('[[correction]]\ndo = "mrege"\nname = "x"\n', 1, "mrege"),
        ('# a\n\n[[correction]]\ndo = "merge"\nname = "x"\n', 3, "needs into"),
        ('[[correction]]\ndo = "hide"\nname = "x"\ntype = "robot"\n', 1, "robot"),
        ('[[correction]]\ndo = "hide"\nname = 3\n', 1, "in quotes"),
        ('[[correction]]\ndo = "hide"\nname = "x"\ncolour = "red"\n', 1, "colour"),
        ('[[correction]]\ndo = "hide\n', 2, "TOML"),
        ('[[correction]]\ndo = "add"\nname = "x"\n', 1, "add needs type"),
    ],
)
def test_a_wrong_line_is_named(file: Path, text: str, line: int, told: str) -> None:
    file.parent.mkdir()
    file.write_text(text)
    with pytest.raises(CorrectionError, match=told) as caught:
        CorrectionsFile.load(file)
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("merge", "A B", {"into": "C D"}), ("merge", "C D", {"into": "A B"})),
        (("merge", "A B", {"into": "C D"}), ("merge", "a b", {"into": "E F"})),
        (("retype", "A", {"to": EntityType.ORG}), ("retype", "A", {"to": EntityType.PLACE})),
        (("split", "A", {}), ("alias", "A", {"into": "B"})),
        (("hide", "A", {}), ("hide", "A", {})),
        (("hide", "A", {}), ("add", "A", {"type": EntityType.ORG})),
        (("add", "A", {"type": EntityType.ORG}), ("add", "A", {"type": EntityType.PLACE})),
    ],
)
def test_a_contradiction_is_refused_and_nothing_changes(file: Path, first: Added, second: Added) -> None:
    corrections_file = corrected(file, first)
    with pytest.raises(CorrectionError):
        corrections_file.add(Correction(second[0], second[1], **second[2]))
    assert len(corrections_file.corrections) == 1


def test_a_merge_joins_counts_and_survives_new_articles(shelf: Shelf, file: Path) -> None:
    shelf.put("a", FIRST)
    shelf.put("b", SECOND)
    corrected(file, ("merge", "Tony Rossini", {"type": EntityType.PERSON, "into": "Tayyip Rossi"}))
    shelf.link(file)
    assert listed(shelf)["Tayyip Rossi", "person"] == 4
    assert shelf.store.resolve("Rossini") == shelf.store.resolve("Tayyip Rossi")
    shelf.put("c", SECOND + " It was late.")
    shelf.link(file)
    assert listed(shelf)["Tayyip Rossi", "person"] == 6


def test_taking_a_merge_back_restores_both(shelf: Shelf, file: Path) -> None:
    shelf.put("a", FIRST)
    shelf.put("b", SECOND)
    shelf.link(file)
    before = shelf.store.entities()
    corrections_file = corrected(file, ("merge", "Tony Rossini", {"into": "Tayyip Rossi"}))
    shelf.link(file)
    assert shelf.store.entities() != before
    corrections_file.undo()
    corrections_file.save()
    shelf.link(file)
    assert shelf.store.entities() == before


def test_an_alias_moves_one_spelling(shelf: Shelf, file: Path) -> None:
    number = shelf.put("a", FIRST)
    shelf.put("b", SECOND)
    corrected(file, ("alias", "Keller", {"type": EntityType.PERSON, "into": "Tony Rossini"}))
    shelf.link(file)
    assert shelf.names(number)["Keller"] == "Tony Rossini"
    assert shelf.names(number)["Anna Keller"] == "Anna Keller"


def test_a_split_spelling_stands_for_itself(shelf: Shelf, file: Path) -> None:
    number = shelf.put("a", FIRST)
    corrections_file = corrected(file, ("split", "Rossi", {"type": EntityType.PERSON}))
    shelf.link(file)
    assert shelf.names(number)["Rossi"] == "Rossi"
    corrections_file.undo()
    corrections_file.save()
    shelf.link(file)
    assert shelf.names(number)["Rossi"] == "Tayyip Rossi"


def test_a_retyped_entity_is_highlighted_as_its_new_type(shelf: Shelf, file: Path) -> None:
    number = shelf.put("a", FIRST)
    corrected(file, ("retype", "Rome", {"to": EntityType.ORG}))
    shelf.link(file)
    assert ("Rome", "org") in listed(shelf)
    assert [m.type.value for m in shelf.store.mentions(number) if m.text == "Rome"] == ["org"]


def test_a_hidden_entity_is_in_no_list_and_no_article(shelf: Shelf, file: Path) -> None:
    number = shelf.put("a", FIRST)
    corrected(file, ("hide", "Rome", {}))
    shelf.link(file)
    assert ("Rome", "place") not in listed(shelf)
    assert all(m.text != "Rome" for m in shelf.store.mentions(number))
    assert shelf.store.resolve("Rome") == []


MARKET = "The Dawn Market opened. Traders of the dawn market came to The Dawn\nMarket and to Dawn Markets."


def test_an_added_name_is_found_wherever_it_stands_and_gone_when_undone(shelf: Shelf, file: Path) -> None:
    number = shelf.put("a", MARKET)
    shelf.put("b", FIRST)
    shelf.link(file)
    before = shelf.store.entities(), shelf.store.mentions(number)
    added = corrected(file, ("add", "Dawn Market", {"type": EntityType.ORG}))
    assert shelf.link(file) == 1  # the article that says so, and no other
    assert listed(shelf)["Dawn Market", "org"] == 2
    later = shelf.put("c", "Nobody was at Dawn Market on Sunday.")
    shelf.link(file)
    assert [m.text for m in shelf.store.mentions(later) if m.type is EntityType.ORG] == ["Dawn Market"]
    shelf.drop("c")
    added.undo()
    added.save()
    shelf.link(file)
    assert (shelf.store.entities(), shelf.store.mentions(number)) == before


def test_an_added_name_takes_the_place_of_another_type_but_not_of_a_longer_name(
    shelf: Shelf, file: Path
) -> None:
    number = shelf.put("a", FIRST)
    corrected(file, ("add", "Rome", {"type": EntityType.ORG}), ("add", "Keller", {"type": EntityType.PLACE}))
    shelf.link(file)
    types = {m.text: m.type for m in shelf.store.mentions(number)}
    assert (types["Rome"], types["Anna Keller"], types["Keller"]) == (
        EntityType.ORG,
        EntityType.PERSON,
        EntityType.PLACE,
    )


def test_what_is_no_name_in_one_article_is_one_in_others(shelf: Shelf, file: Path) -> None:
    number, other = shelf.put("a", FIRST), shelf.put("b", FIRST.replace("met", "saw"))
    shelf.link(file)
    before = shelf.store.mentions(number)
    file.parent.mkdir(exist_ok=True)
    file.write_text('[[correction]]\ndo = "no_name"\narticles = ["a"]\ntext = "Rome"\nafter = ". Rossi"\n')
    ArticleCorrector(shelf.catalogue, file).catch_up()
    shelf.link(file)
    assert [m.text for m in before if m.text not in {n.text for n in shelf.store.mentions(number)}] == [
        "Rome"
    ]
    published = names_of(shelf.catalogue, [number])[number].mentions
    assert [(m.start, m.end) for m in published] == [(m.start, m.end) for m in shelf.store.mentions(number)]
    assert "Rome" in [m.text for m in shelf.store.mentions(other)]
    assert listed(shelf)["Rome", "place"] == 1
    file.write_text("")
    ArticleCorrector(shelf.catalogue, file).catch_up()
    shelf.link(file)
    assert shelf.store.mentions(number) == before


def test_what_is_no_name_in_an_article_and_in_its_copy_is_left_out_of_both(shelf: Shelf, file: Path) -> None:
    number = shelf.put("a", FIRST)
    shelf.put("b", FIRST)
    file.parent.mkdir(exist_ok=True)
    table = '[[correction]]\ndo = "no_name"\narticles = ["{}"]\ntext = "{}"\n'
    file.write_text(table.format("a", "Rome") + table.format("b", "Anna Keller"))
    shelf.link(file)
    shown = {m.text for m in shelf.store.mentions(number)}
    assert "Tayyip Rossi" in shown
    assert not {"Rome", "Anna Keller"} & shown


def test_a_file_means_the_same_whichever_was_applied_before(shelf: Shelf, file: Path) -> None:
    shelf.put("a", "The U.S. wrote to Rome. The United States waited; the U.S. and the United States are.")
    shelf.put("b", SECOND)
    # Both the country and Rome go by its name then, and which is meant hangs on their mentions.
    wanted: tuple[Added, ...] = (
        ("alias", "U.S.", {"type": EntityType.PLACE, "into": "Rome"}),
        ("hide", "United States", {"type": EntityType.PLACE}),
    )
    corrected(file, *wanted)
    shelf.link(file)
    fresh = listed(shelf)
    assert ("Rome", "place") in fresh
    file.unlink()
    corrected(
        file,
        *wanted[:1],
        ("merge", "Tony Rossini", {"type": EntityType.PERSON, "into": "Rome"}),
        ("merge", "Northern Alliance", {"type": EntityType.ORG, "into": "Rome"}),
    )
    shelf.link(file)
    assert listed(shelf)["Rome", "place"] > 4
    file.unlink()
    corrected(file, *wanted)
    shelf.link(file)
    assert listed(shelf) == fresh


def test_what_does_not_fit_is_reported(shelf: Shelf, file: Path) -> None:
    shelf.put("a", FIRST)
    corrected(file, ("merge", "Nobody Known", {"into": "Tayyip Rossi"}))
    shelf.link(file)
    (told,) = shelf.store.conflicts()
    assert "Nobody Known" in told
    assert f"line {HEADER.count(chr(10)) + 2} " in told


def test_a_broken_file_is_reported_and_keeps_what_was_applied(shelf: Shelf, file: Path) -> None:
    shelf.put("a", FIRST)
    shelf.put("b", SECOND)
    corrected(file, ("hide", "Rome", {}))
    shelf.link(file)
    file.write_text("[[correction]\n")
    shelf.put("c", "Anna Keller came home to Berlin.")
    shelf.link(file)
    assert "line 1" in shelf.store.conflicts()[0].lower()
    assert ("Rome", "place") not in listed(shelf)


@pytest.mark.parametrize("kind", ["time", "money", "other"])
def test_what_has_no_entities_is_no_type_to_correct_to(tmp_path: Path, kind: str) -> None:
    corrections_file = CorrectionsFile(tmp_path / "corrections.toml")
    with pytest.raises(CorrectionError, match="unknown type"):
        corrections_file.add(Correction("retype", "Quux", to=EntityType(kind)))
    with pytest.raises(CorrectionError, match="unknown type"):
        CorrectionsFile(tmp_path / "c", f'[[correction]]\ndo = "retype"\nname = "Quux"\nto = "{kind}"\n')
