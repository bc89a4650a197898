"""How soon is a lesson there, where Python runs in the browser? Prints a Markdown table:

    python -m benchmarks.lite [ROUNDS] [SITE]

SITE is what `make lite` has built with PYODIDE_DIR; unless it is named, it is built first, which
takes some minutes. It is served to a Chromium in which nothing is kept, and then opened again in
the same one with the server gone. Run All is pressed once Python has started. The lessons take
turns. Medians. The browser's processor time of the first visit says more than the seconds where
other programs run. Python is that of .venv-grading.
"""

import gzip
import os
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from statistics import median

from tools.subjects import ROOT, lessons_in

FETCHED = """async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith("lessons-"));
    return (await (await caches.open(names[0])).keys()).map(({ url }) => url);
}"""
COLUMNS = ("text", "Python", "last panel")
SUBJECTS = ("cross_entropy_error", "mini_batch_loss", "training", "learning_from_data")


def visit(window, name, panels):
    """Open a lesson and run all of it: seconds to its text, to Python, and to the last panel."""
    from tests.browser.steps import choose
    from tests.lite import steps

    start = time.perf_counter()
    page = window.new_page()
    steps.open_notebook(page, f"{name}.ipynb")
    seconds = [time.perf_counter() - start]
    steps.python_started(page)
    seconds.append(time.perf_counter() - start)
    choose(page, "Run", "Run All Cells")
    page.wait_for_function(
        "n => document.querySelectorAll('.lesson-panel').length >= n", arg=panels, timeout=600_000
    )
    return page, [*seconds, time.perf_counter() - start]


def measure(site, browser, name):
    """First visit, visit without a server, processor seconds, megabytes fetched, gigabytes."""
    from tests.lessons import panels_in
    from tests.lite import steps
    from tools.lite.bytecode import served

    panels = panels_in(ROOT / "notebooks" / f"{name}.ipynb")
    with ExitStack() as server:
        address = server.enter_context(served(site))
        window = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=address)
        before, _ = processes()
        page, first = visit(window, name, panels)
        seconds, memory = processes()
        steps.kept(page)
        fetched = [url.removeprefix(address).split("?")[0] for url in page.evaluate(FETCHED)]
        page.close()
    page, again = visit(window, name, panels)
    window.close()
    megabytes = sum(size(site / path) for path in fetched)
    return [*first, *again, seconds - before, megabytes, memory]


def size(path):
    """Megabytes of a file on its way, where the server compresses."""
    return len(gzip.compress(path.read_bytes(), 6)) / 1e6 if path.is_file() else 0


def processes():
    """The browser's: the seconds of processor time of all, the gigabytes of the largest page."""
    import psutil

    seconds, pages = 0, [0]
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            seconds += sum(child.cpu_times()[:2])
            memory = child.memory_info()
            pages += [memory.rss - memory.shared] * ("--type=renderer" in child.cmdline())
    return seconds, max(pages) / 1e9


def main(rounds=3, site=None):
    from tools.lite.bytecode import chromium

    if site is None:
        site = ROOT / "build" / "site" / "run"
        subprocess.run([sys.executable, "-m", "tools.lite", site], cwd=ROOT, check=True)
    names = [lessons_in()[subject] for subject in SUBJECTS]
    results = {name: [] for name in names}
    with chromium() as browser:
        for _ in range(rounds):
            for name in names:
                results[name].append(measure(site, browser, name))
    sizes = sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) / 1e6
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {rounds} rounds; ", end="")
    print(f"site of {sizes:.0f} MB\n")
    visits = [f"{part}{visit}, s" for visit in ("", " again") for part in COLUMNS]
    print(f"| lesson | {' | '.join(visits)} | CPU, s | MB | GB |\n| --- |{' ---: |' * 9}")
    for name, measured in results.items():
        *seconds, megabytes, memory = map(median, zip(*measured, strict=True))
        told = [*(f"{s:.1f}" for s in seconds), f"{megabytes:.1f}", f"{memory:.2f}"]
        print(f"| {name[3:]} | {' | '.join(told)} |")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]), *map(Path, sys.argv[2:3]))
