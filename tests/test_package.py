"""The wheel holds all it needs: built, installed in an empty environment, and run from there."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from this checkout, without the network."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def test_the_wheel_carries_its_data_below_kg_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "kg/py.typed" in names
    assert "kg/schemas/shapes.ttl" in names
    assert any(name.startswith("kg/queries/") and name.endswith(".rq") for name in names)
    assert any(name.startswith("kg/ingest/sample/") for name in names)
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"kg"}


def test_kg_runs_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    # The dependencies of this environment, but not this checkout: the wheel's own kg comes first on the path.
    site = tmp_path / "site"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(site), str(wheel)]
    subprocess.run(pip, check=True, capture_output=True)
    script = "import sys, kg.cli; assert sys.argv[1] in kg.__file__, kg.__file__; kg.cli.main(['schema', 'MEETS'])"
    python = [sys.executable, "-c", script, str(site)]
    run = subprocess.run(
        python, env={"PYTHONPATH": str(site)}, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert "MEETS" in run.stdout
