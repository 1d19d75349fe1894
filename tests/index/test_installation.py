"""The command that adds an extra fits how the program was installed, and names no package of its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from seedread_index.model.installation import Installation, install_command, this_installation

REQUIRES = (
    "rich>=14",
    'tantivy==0.27.0; extra == "large"',
    'warcio>=1.7; extra == "formats"',
    'backports-zstd>=1; (python_version < "3.14") and extra == "formats"',
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "seed read").mkdir()
    (tmp_path / "seed read/Makefile").touch()
    return tmp_path / "seed read"


def test_in_the_environment_of_a_checkout_make_adds_everything(checkout: Path) -> None:
    here = Installation("/py", checkout / ".venv", checkout)
    assert here.command(["large"]) == f"make -C '{checkout}' setup"


def test_elsewhere_the_checkout_is_named_with_the_extra(checkout: Path, tmp_path: Path) -> None:
    assert Installation("/py", tmp_path / "env", checkout).command(["large", "formats"]) == (
        f"/py -m pip install '{checkout}[large,formats]'"
    )
    by_uv = Installation("/py", tmp_path / "env", checkout, installer="uv")
    assert by_uv.command(["large"]) == f"uv pip install --python /py '{checkout}[large]'"


def test_pipx_and_uv_add_libraries_and_keep_the_extras_that_are_there(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "pipx_metadata.json").touch()
    by_pipx = Installation("/py", tmp_path, checkout, REQUIRES)
    assert by_pipx.command(["large"]) == f"pipx inject {tmp_path.name} tantivy==0.27.0"
    (tmp_path / "pipx_metadata.json").rename(tmp_path / "uv-receipt.toml")
    by_uv = Installation("/py", tmp_path, checkout, REQUIRES, installer="uv")
    assert by_uv.command(["large"]) == "uv pip install --python /py tantivy==0.27.0"


def test_without_a_checkout_the_libraries_are_named(tmp_path: Path) -> None:
    here = Installation("/py", tmp_path, requires=REQUIRES)
    assert here.command(["large"]) == "/py -m pip install tantivy==0.27.0"
    assert here.command(["formats"]) == (
        "/py -m pip install 'warcio>=1.7' 'backports-zstd>=1; (python_version < \"3.14\")'"
    )
    (tmp_path / "pipx_metadata.json").touch()
    assert here.command(["large"]) == f"pipx inject {tmp_path.name} tantivy==0.27.0"


def test_where_nothing_is_known_the_readme_is_named(tmp_path: Path) -> None:
    assert Installation("/py", tmp_path).command(["large"]) == 'see "Install" in README.md'


@pytest.mark.parametrize("extra", ["entities", "formats", "large", "mcp", "parquet"])
def test_no_hint_names_the_program_as_a_package(extra: str) -> None:
    assert install_command(extra).split()[-1].strip("'") not in {"seedread", f"seedread[{extra}]"}
    assert "install seedread" not in install_command(extra)


def test_the_running_installation_knows_its_extras() -> None:
    assert this_installation().prefix.is_dir()
