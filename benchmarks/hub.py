"""A class at once on `make hub`: python -m benchmarks.hub [learners]. Prints Markdown tables.

Each learner has a server of their own and has run a lesson. Two sit in a real Chromium and are
measured; the others speak its protocol (learner.py). What the figures mean is in README.md.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import parse_qs, urlsplit

import nbformat
import psutil

from benchmarks.learner import WAYS, Learner
from tests.browser.conftest import chromium
from tests.browser.steps import run_all
from tests.lessons import notebook
from tools import run

HERE = Path(__file__).resolve().parent
BROWSERS, EVENTS, MEGABYTE = 2, 20, 2**20
PANELS = {"prediction": 1, "prefetched": 3, "live": 4}  # cells of panels.ipynb, ours


def started(folder, names, port=8765):
    """A hub for these names: its process and the link for students."""
    folder.mkdir()
    (folder / "accounts.txt").write_text("\n".join(names), "utf-8")
    command = [run.HUB.python, "-m", "tools.hub", str(folder), f"--port={port}"]
    env = run.HUB.variables()
    hub = subprocess.Popen(command, cwd=run.ROOT, env=env, stdout=subprocess.PIPE, encoding="utf-8")
    for line in hub.stdout:
        if link := re.match(r"English: (\S+)", line):
            return hub, link[1]
    sys.exit("The hub did not start.")


def lesson_cells():
    """The code of the lesson that everybody has open; errors on purpose are left out."""
    cells = nbformat.read(notebook("mean_squared_error"), 4).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    return [c.source for c in code if "raises-exception" not in c.metadata.get("tags", [])]


def memory(folder, name):
    """Megabytes of a learner's server, of the kernel, and of both: proportional set sizes."""
    home, found = str(folder / "homes" / name), {"server": 0, "kernel": 0}
    for process in psutil.process_iter(["cmdline"]):
        command = process.info["cmdline"] or [""]
        if command[0] == "bwrap" and home in command:
            for each in process.children(recursive=True):
                kind = "kernel" if "ipykernel_launcher" in each.cmdline() else "server"
                found[kind] += each.memory_full_info().pss / MEGABYTE
            return found
    return found


def page_of(browser, folder, link, name):
    """A page of a browser with panels.ipynb open and run, for a learner of that name."""
    (folder / "homes" / name).mkdir(exist_ok=True)
    shutil.copy(HERE / "panels.ipynb", folder / "homes" / name)
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.add_init_script(path=HERE / "panels.js")
    page.goto(link)
    page.get_by_label("Username:").fill(name)
    page.get_by_label("Password:").fill(f"{name} has a secret")
    page.keyboard.press("Enter")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=300_000)
    page.goto(f"{link.partition('/hub')[0]}/user/{name}/lab/tree/panels.ipynb?reset")
    page.get_by_text("| Idle").wait_for(timeout=300_000)
    run_all(page, 5)
    return page


def measured(page, cell):
    """From hand to pixels, milliseconds of each move."""
    output = page.locator(".jp-CodeCell .jp-Cell-outputWrapper").nth(cell)
    output.evaluate("root => root.scrollIntoView({ block: 'center' })")
    return output.evaluate("(root, times) => benchmark.latencies(root, times)", EVENTS)


def main(learners=30):
    names = [f"student-{i}" for i in range(int(learners))]
    run.HUB.set_up()
    with tempfile.TemporaryDirectory() as place, chromium() as browser:
        folder = Path(place).resolve() / "class"
        hub, link = started(folder, names)
        try:
            measure(folder, link, names, browser)
        finally:
            hub.terminate()
            hub.wait()


def measure(folder, link, names, browser):
    address, repository = link.partition("/hub")[0], parse_qs(urlsplit(link).query)["repo"][0]
    crowd = [Learner(address, name) for name in names[BROWSERS:]]
    with ThreadPoolExecutor(len(crowd)) as pool:
        begin = time.monotonic()
        starts = list(pool.map(Learner.start, crowd))
        ran = time.monotonic()
        panels = list(pool.map(lambda one: one.open(repository, lesson_cells()), crowd))
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; ", end="")
        print(f"{len(crowd)} servers in {ran - begin:.0f} s, half of them in ", end="")
        print(f"{median(starts):.0f} s; all ran the lesson in {time.monotonic() - ran:.0f} s\n")
        print("| memory of a learner, MB | median | most |\n| --- | ---: | ---: |")
        used = [memory(folder, one.name) for one in crowd]
        used = {kind: [each[kind] for each in used] for kind in ("server", "kernel")}
        used["both"] = [sum(both) for both in zip(*used.values(), strict=True)]
        for kind, sizes in used.items():
            print(f"| {kind} | {median(sizes):.0f} | {max(sizes):.0f} |", flush=True)
        pages = [page_of(browser, folder, link, name) for name in names[:BROWSERS]]
        print("\n| the others | panel | ms | p95, ms | their updates/s | p95 of theirs, ms |")
        print("| --- | --- | ---: | ---: | ---: | ---: |")
        for what in WAYS:
            drag(pool, zip(crowd, panels, strict=True), pages, what)


def drag(pool, crowd, pages, what):
    """One part of the table: the pages are measured while the crowd does what it says."""
    over, begin = threading.Event(), time.monotonic()
    busy = [pool.submit(one.keep_busy, panels[0], what, over) for one, panels in crowd]
    found = {
        kind: [time for page in pages for time in measured(page, cell)]
        for kind, cell in PANELS.items()
    }
    over.set()
    times = [1000 * time for each in busy for time in each.result()]
    rate = len(times) / (time.monotonic() - begin)
    theirs = f"{rate:.0f} | {quantiles(times, n=20)[-1]:.0f}" if len(times) > 1 else " | "
    for kind, latencies in found.items():
        ours = f"{median(latencies):.0f} | {quantiles(latencies, n=20)[-1]:.0f}"
        print(f"| {what} | {kind} | {ours} | {theirs} |", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
