"""How fast are the panels? Prints a Markdown table: `make bench`, or python -m benchmarks.panels.

A real Chromium opens panels.ipynb in a real JupyterLab. Each panel stands there as ours, as ours
with nothing drawn ahead, and as written with `interact` and inline matplotlib. All take turns in a
new order each round, so that a busy moment of the computer meets them all. Then it opens every
lesson. About four minutes.

panels.js moves the controls and watches the page; what it means by each figure is in README.md.
"""

import os
import random
import shutil
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles

import psutil

from tests.browser.conftest import chromium, end_kernels, jupyterlab
from tests.browser.steps import choose, open_notebook, run_all
from tests.lessons import notebook, panels_in
from tools.subjects import lessons_in, subject

HERE = Path(__file__).resolve().parent
ROUNDS, EVENTS = 2, 12
OURS, LIVE, USUAL = "ours", "ours, not ahead", "`interact`"
WAYS = [  # as they stand in the notebook
    ("prediction", OURS),
    ("prediction", USUAL),
    ("squared_error", OURS),
    ("squared_error", LIVE),
    ("squared_error", USUAL),
    ("logarithm", OURS),
    ("logarithm", LIVE),
    ("logarithm", USUAL),
]
NOTEBOOKS = HERE.parent / "notebooks"


DRAWN = """n => {
    const panels = [...document.querySelectorAll(".lesson-panel")];
    const drawn = (panel) => panel.querySelector("canvas[data-drawn], .fill");
    return panels.length === n && panels.every(drawn);
}"""


def kernel_seconds():
    """Processor seconds that the kernel has used so far."""
    children = psutil.Process().children(recursive=True)
    kernel = next(child for child in children if "ipykernel_launcher" in child.cmdline())
    times = kernel.cpu_times()
    return times.user + times.system


def measure(output):
    """One turn of one panel: the time of single moves, then one drag."""
    output.scroll_into_view_if_needed()
    output.evaluate("root => root.scrollIntoView({ block: 'center' })")
    latencies = output.evaluate("(root, times) => benchmark.latencies(root, times)", EVENTS)
    before = kernel_seconds()
    drag = output.evaluate("root => benchmark.drag(root)")
    return {**drag, "latencies": latencies, "seconds": kernel_seconds() - before}


def run(rounds):
    """All turns, {(panel, way): [turn, …]}, and the version of the browser."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "notebooks").mkdir()
        shutil.copy(HERE / "panels.ipynb", Path(folder) / "notebooks")
        with jupyterlab(Path(folder)) as address, chromium() as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 900}, base_url=address)
            page.add_init_script(path=HERE / "panels.js")
            open_notebook(page, "panels.ipynb")
            run_all(page, sum(way != USUAL for _, way in WAYS))
            outputs = page.locator(".jp-CodeCell .jp-Cell-outputWrapper")
            found = {each: [] for each in WAYS}
            for _ in range(rounds):
                for each in random.sample(WAYS, len(WAYS)):
                    found[each].append(measure(outputs.nth(1 + WAYS.index(each))))
            return found, browser.version


def openings(rounds):
    """Seconds from Run All until the last panel of a lesson is drawn: {lesson: [time, …]}."""
    found = {path: [] for path in map(notebook, lessons_in())}
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(NOTEBOOKS, Path(folder) / "notebooks")
        with jupyterlab(Path(folder)) as address, chromium() as browser:
            for path in [*found] * rounds:
                page = browser.new_page(viewport={"width": 1280, "height": 900}, base_url=address)
                open_notebook(page, path.name)
                start = time.monotonic()
                choose(page, "Run", "Run All Cells")
                page.wait_for_function(DRAWN, arg=panels_in(path), timeout=120_000)
                found[path].append(time.monotonic() - start)
                end_kernels(address)
                page.close()
    return {subject(path): times for path, times in found.items()}


def row(panel, way, turns, usual):
    """One line of the table; `usual` are the turns of the same panel written with `interact`."""
    latencies = [time for turn in turns for time in turn["latencies"]]
    beside = [time for turn in usual for time in turn["latencies"]]
    updates = sum(turn["updates"] for turn in turns)
    copied = [turn["copied"] for turn in turns if turn["copied"] is not None]
    cells = [
        f"`{panel}`",
        way,
        f"{median(latencies):.0f}",
        f"{quantiles(latencies, n=20)[-1]:.0f}",
        f"1/{median(beside) / median(latencies):.1f}",
        f"{median(turn['rate'] for turn in turns):.0f}",
        f"{median(turn['late'] for turn in turns):.0f}",
        f"{max(turn['after'] for turn in turns)}",
        f"{sum(turn['blank'] for turn in turns)}",
        f"{sum(turn['moved'] for turn in turns)}",
        f"{max(turn['shift'] for turn in turns):.3f}",
        f"{1000 * sum(turn['seconds'] for turn in turns) / updates:.1f}",
        f"{sum(turn['bytes'] for turn in turns) / updates / 1000:.1f}",
        f"{median(copied):.0f}" if copied else "",
    ]
    return f"| {' | '.join(cells)} |"


def main(rounds=ROUNDS):
    found, chromium_version = run(int(rounds))
    versions = ", ".join(f"{p} {version(p)}" for p in ("jupyterlab", "ipywidgets", "matplotlib"))
    print(f"Chromium {chromium_version}, {versions}; {os.cpu_count()} cores, ", end="")
    print(f"load {os.getloadavg()[0]:.1f}; {rounds} rounds of {EVENTS} moves and a drag of 3 s\n")
    print("| panel | written | latency, ms | p95 | of `interact`'s | updates/s | late, ms", end="")
    print(" | after | blank | another box | layout shift | kernel, ms | kB | copy, ms |")
    print(f"| --- | --- |{' ---: |' * 12}")
    for (panel, way), turns in found.items():
        print(row(panel, way, turns, found[panel, USUAL]))
    print("\n| lesson | Run All to the last panel, s |\n| --- | ---: |")
    for lesson, times in openings(int(rounds)).items():
        print(f"| {lesson} | {median(times):.1f} |")


if __name__ == "__main__":
    main(*sys.argv[1:])
