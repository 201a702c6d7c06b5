"""Large projects, made once, and windows on copies of them under the watchdog."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.desktop.collector import UiThreadCollector
from annotator.desktop.main_window import MainWindow
from annotator.settings import DeviceMemory
from tests.benchmarks.large import make_project
from tests.desktop.watchdog.stage import Stage


@pytest.fixture(scope="session")
def large_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a project with 1,000 articles, 60,000 passages and 5,000 people; it is only copied."""
    folder = tmp_path_factory.mktemp("large")
    path = folder / "large.annotator"
    memory = DeviceMemory(folder / "device.json")
    make_project(path, memory, articles=1_000, passages=60, people=5_000).close()
    return path


@pytest.fixture
def large_file(large_made: Path, tmp_path: Path) -> Path:
    """Return a copy of the large project that may be written to."""
    return Path(shutil.copy(large_made, tmp_path / "large.annotator"))


@pytest.fixture
def stage_on(
    open_window: Callable[..., MainWindow], collected_here: UiThreadCollector
) -> Iterator[Callable[[Path], Stage]]:
    """Return what opens a project's file in a window under the watchdog."""
    stages: list[Stage] = []

    def show(location: Path) -> Stage:
        window = open_window("")
        stages.append(Stage(window, collected_here))
        stages[-1].act(
            "open the project",
            lambda: window.open_project(str(location), analyst="Ann Bell"),
            until=lambda: window.workspace is not None and window.workspace.state.article is not None,
        )
        return stages[-1]

    yield show
    for stage in stages:
        for name, worst in stage.worst.items():
            print(f"{worst * 1e3:8.1f} ms  {name}")
        stage.passed()
