"""Segmentation: what of a text is the article, and what it says of itself.

The parts, in order: the shape of the text (`lines`), what a reader sees of it (`markup`, `elements`), lines
put back together to blocks (`runs`, `blocks`), of a whole page the stretch of blocks that is the article
(`page`, `likelihood`), what stands above it (`header`: headline, date, byline), and what is no part of it
(`boilerplate`: footer, links, comments, notices; whose article it is). `segment` does all of it. Word lists
are data files in `words`, the fitted weights in weights.json. For `extract`; sync has the
boilerplate that repeats across an archive found by its rules.
"""

from seedread_index.extract.segmentation.blocks import Block
from seedread_index.extract.segmentation.lines import Shape
from seedread_index.extract.segmentation.runs import blocks_of
from seedread_index.extract.segmentation.segment import Segmentation, segment

__all__ = ["Block", "Segmentation", "Shape", "blocks_of", "segment"]
