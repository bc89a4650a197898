"""Make docs/prediction.webp, the moving picture in the READMEs, from the built site.

make site, then python -m tools.moving_picture
"""

import io
import math

from PIL import Image

from tools.lite.bytecode import chromium
from tools.run import ROOT

FRAMES, MILLISECONDS = 48, 80
SIZE = {"width": 900, "height": 900}


def frames(page):
    """The panel of the start page while the bar of the true class is dragged down, up and back."""
    panel = page.locator(".panel .lesson-panel")
    bar = panel.locator(".bar.true")
    box = bar.bounding_box()
    across = box["x"] + box["width"] / 2
    for number in range(FRAMES):
        height = 0.6 - 0.5 * math.sin(2 * math.pi * number / FRAMES) * (
            1 if number < FRAMES / 2 else 0.7
        )
        page.mouse.move(across, box["y"] + box["height"] * (1 - height))
        if number == 0:
            page.mouse.down()
        yield Image.open(io.BytesIO(panel.screenshot())).convert("RGB")
    page.mouse.up()


def main():
    """Drag, take a picture of each step, and write them as one."""
    with chromium() as browser:
        page = browser.new_page(viewport=SIZE)
        page.goto((ROOT / "build" / "site" / "index.html").as_uri())
        page.locator(".panel[data-alive]").wait_for()
        first, *rest = frames(page)
    target = ROOT / "docs" / "prediction.webp"
    moving = {"save_all": True, "append_images": rest, "duration": MILLISECONDS, "loop": 0}
    first.save(target, quality=55, method=6, **moving)
    print(f"{target.relative_to(ROOT)}, {target.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
