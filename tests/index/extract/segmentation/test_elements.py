"""HTML and attributes amid Markdown, as pandoc leaves them."""

from __future__ import annotations

import pytest

from seedread_index.extract.segmentation import Shape, blocks_of, segment
from seedread_index.extract.segmentation.elements import elements_in

PROSE = "The ferry across the Arle will run for another year, the council decided\non Monday by nine to four."
ELEMENTS = f"""<div id="page" class="one two"
data-name="Ships > Tides">

<nav>

-   <a href="/ships"
    class="link">Ships</a>

</nav>

# <span class="head">Ferry sails</span> again {{#ferry .headline}}

<figure>
<img src="https://harbour.example/ferry.png"
alt="The ferry" />
<figcaption>The ferry leaves.</figcaption>
</figure>

{PROSE}

<script type="module">
let fares = "rise";

let boats = 2;
</script>

</div>
"""


def seen(text: str) -> list[str]:
    return [" ".join(block.text.split()) for block in blocks_of(text, 0, Shape.MARKDOWN)[1]]


def test_elements_of_html_over_several_lines_are_not_seen() -> None:
    assert [line for line in seen(ELEMENTS) if line] == [
        "Ships",
        "Ferry sails again",
        "The ferry leaves.",
        " ".join(PROSE.split()),
    ]


def test_divisions_and_styles_of_pandoc_are_not_seen() -> None:
    text = f"""::: {{#page .one data-name="a \\"b\\" c"}}
::: wide
# Ferry [sails]{{.strong .head}} again {{#ferry
.headline}}

[Ships](/ships){{.link
rel="nofollow"}}

{PROSE}
:::
:::

```{{=html}}
<!-- a remark

over lines -->
```
"""
    assert [line for line in seen(text) if line] == ["Ferry sails again", "Ships", " ".join(PROSE.split())]


def test_passages_lie_over_elements_too_and_these_are_unseen() -> None:
    found = segment(ELEMENTS, shape=Shape.MARKDOWN)
    covered = "".join(ELEMENTS[passage.start : passage.end] for passage in found.passages)
    assert "".join(covered.split()) == "".join(ELEMENTS.split())
    shown = list(ELEMENTS)
    for start, end in found.unseen:
        shown[start:end] = " " * (end - start)
    assert "div" not in "".join(shown)
    assert "boats" not in "".join(shown)


def test_what_only_looks_like_an_element_is_seen() -> None:
    text = "Take List<String> if a < b, <ann@harbour.example> says, and {x=5} of <https://harbour.example/>."
    assert elements_in(text) is None
    assert seen(f"<p>\n\n{text}\n\n</p>\n<p>\n</p>\n")[0] == text
    broken = '<div title="open>\n\nThe ferry sails.\n\n<div title="again>\n\nFares rise.\n\n<p>\n</p>\n'
    assert "The ferry sails." in seen(broken)


@pytest.mark.parametrize(
    "piece",
    ["<a \"'", "<!-- <script ", "]{.a.b", "]{.a .b", "[", '](x\n"', "<p x='", '::: {a="\\'],
)
def test_marks_that_never_end_are_looked_at_once(piece: str) -> None:
    assert elements_in(piece * 20_000 + "</>") is None or piece.startswith((":::", "]"))
    assert blocks_of(f"[a]({piece * 500}", 0, Shape.MARKDOWN)[1]
