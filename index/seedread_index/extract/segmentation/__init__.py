"""Segmentation: what of a text is the article, and what it says of itself.

The parts, in order: the shape of the text (`shape`), lines put back together to blocks (`blocks`), for a whole
page the stretch of blocks that is the article (`likelihood`, `stretch`, `page`), what stands above it (`header`:
headline, date, byline, source), and what is no part of it (`boilerplate`). `segment` does all of it.
"""

from seedread_index.extract.segmentation.blocks import Block, blocks_of
from seedread_index.extract.segmentation.segment import Segmentation, segment
from seedread_index.extract.segmentation.shape import Shape

__all__ = ["Block", "Segmentation", "Shape", "blocks_of", "segment"]
