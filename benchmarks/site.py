"""How heavy the pages of build/site/ are and how fast their panels answer, in a real Chromium.

make site, then python -m benchmarks site
"""

import gzip
import statistics

from tools.lite.bytecode import chromium, served
from tools.run import ROOT

SITE, PAGE, MOVES = ROOT / "build" / "site", "cross_entropy_error.html", 100
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
# From the input event to the canvas that is drawn, at MOVES places of the first slider.
LATENCIES = """([cell, moves]) => {
    const panel = document.querySelector(`[data-panel="${cell}"]`);
    const input = panel.querySelector("input[type=range]");
    const canvas = panel.querySelector("canvas");
    return Array.from({ length: moves }, (_, i) => {
        const begin = performance.now();
        input.value = Math.round((Number(input.max) * ((i * 37) % moves)) / moves);
        input.dispatchEvent(new Event("input", { bubbles: true }));
        canvas.getContext("2d").getImageData(0, 0, 1, 1); // waits for the drawing
        return performance.now() - begin;
    });
}"""


def measure(page, address):
    """Open the page, scroll through it, move each recorded panel; print what was measured."""
    got = []
    page.on("response", lambda response: got.append(sizes(response.body())))
    page.goto(address + PAGE)
    page.wait_for_load_state("networkidle")
    print(f"first view {added(got)}, first paint {page.evaluate(PAINT):.0f} ms")
    for panel in page.locator(".panel").all():
        panel.scroll_into_view_if_needed()
    page.locator(".panel:not([data-alive])").first.wait_for(state="detached")
    page.wait_for_load_state("networkidle")
    print(f"all of it {added(got)}\n")
    print("| panel | input to pixels, ms | p95 |\n| --- | ---: | ---: |")
    for panel in page.locator(".panel:has(canvas)").all():
        cell = panel.get_attribute("data-panel")
        times = page.evaluate(LATENCIES, [cell, MOVES])
        late = statistics.quantiles(times, n=20)[-1]
        print(f"| {cell} | {statistics.median(times):.1f} | {late:.1f} |")


def sizes(body):
    """The bytes of a file, and how many a server sends that compresses."""
    return len(body), min(len(body), len(gzip.compress(body, 6)))


def added(got):
    """The sizes of some files, as words."""
    plain, sent = (sum(column) / 1000 for column in zip(*got, strict=True))
    return f"{plain:.0f} kB, compressed {sent:.0f} kB"


def main():
    packed = sorted(path.stat().st_size * 3 / 4 for path in (SITE / "recordings").glob("*.js"))
    print(f"recordings {sum(packed) / 1e6:.2f} MB gzipped, the largest {packed[-1] / 1e6:.2f} MB\n")
    with served(SITE) as address, chromium() as browser:
        measure(browser.new_page(viewport={"width": 1280, "height": 900}), address)


if __name__ == "__main__":
    main()
