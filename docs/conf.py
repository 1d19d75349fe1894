"""Settings of the documentation site (`make docs`): Sphinx with MyST and Furo."""

from seedread import __version__

project = "seedread"
copyright = "The seedread founders"
release = __version__
extensions = ["myst_parser"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"seedread {__version__}"
html_show_sphinx = False
