"""The signs of a paragraph that speaks to its readers."""

from __future__ import annotations

import pytest

from seedread_index.extract.segmentation.boilerplate.features import features_of


@pytest.mark.parametrize(
    ("reported", "addressed"),
    [
        ("They stood there with them all at noon", "We stood there with them all at noon"),
        ("They stood there with them all at noon", "They stood there with you all at noon"),
        ("We stood there with them all at noon", "We stood there with you all at noon"),
        ("We stood there with their friends at noon", "We stood there with our friends at noon"),
    ],
)
def test_we_and_you_speak_for_an_appeal(reported: str, addressed: str) -> None:
    assert features_of(addressed).score > features_of(reported).score
