"""What the site adds to JupyterLite's pages: a line that says what is fetched, and what stays
when the server is gone.
"""

import hashlib
import json
import shutil
from pathlib import Path

from tools.lite import patches

SCRIPTS = Path(__file__).parent / "scripts"
HEAD = """<link rel="icon" href="favicon.ico">
<script src="../progress.js" defer></script>
</head>"""
THEIRS = "jupyterlite-service-worker.js"


def put_into(site, apps, elsewhere):
    """Add the scripts to a JupyterLite site, to the pages of these apps and to Python's workers.

    elsewhere  files of Python's that are not in the site, {name: arguments of fetch}
    """
    for app in apps:
        patches.replace(site / app / "index.html", "</head>", HEAD)
    shutil.copy(SCRIPTS / "progress.js", site)
    fetching = (SCRIPTS / "fetching.js").read_text("utf-8")
    fetching = f"self.ELSEWHERE = {json.dumps(elsewhere)};\n{fetching}"
    (site / "fetching.js").write_text(fetching, "utf-8")  # for the pages to read
    for worker in patches.workers(site):
        worker.write_text(fetching + worker.read_text("utf-8"), "utf-8")
    (site / "service-worker.js").rename(site / THEIRS)
    script = (SCRIPTS / "service-worker.js").read_text("utf-8")
    asked_for_later = [*site.glob("build/*.woff2"), *site.glob("api/**/*")]
    later = sorted(p.relative_to(site).as_posix() for p in asked_for_later if p.is_file())
    ours = script.replace("VERSION", json.dumps(version(site)))
    ours = ours.replace("(LATER)", f"({json.dumps(later)})")
    (site / "service-worker.js").write_text(ours, "utf-8")


def version(site):
    """A checksum of the whole site."""
    digest = hashlib.sha256()
    for path in sorted(p for p in site.rglob("*") if p.is_file()):
        digest.update(path.relative_to(site).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
