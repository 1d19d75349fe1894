"""The word lists of the segmentation, as data files, and how they are read."""

from seedread_index.extract.segmentation.words.lists import lines_of, phrases_of, word_set

__all__ = ["lines_of", "phrases_of", "word_set"]
