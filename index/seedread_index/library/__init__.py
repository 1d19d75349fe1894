"""What the user keeps: stars, tags, notes, collections, saved searches and what alerts have shown.

Plain files in the user's data folder, one library for all archives, never in the cache: articles go by the
hash of their text with the path beside, so that what is kept is found again in whichever archive they are.
For `archive` and `archive_reader`; uses the catalogue, the anchors of passages and the files of the user.
"""
