"""Build build/site/, both editions, and the same as a zip to carry on a stick.

python -m tools.build_site [folder]
"""

import sys
import zipfile
from pathlib import Path

from tools import subjects
from tools.build_notebooks import FOLDERS
from tools.build_site import shows
from tools.build_site.pages import ROOT, Edition
from tools.build_site.writer import LAB, Site


def build(folder):
    """Build the site into a folder; what lies in its folder run/ stays."""
    folder.mkdir(parents=True, exist_ok=True)
    site = Site(folder)
    paths = {
        language: [
            ROOT / "notebooks" / FOLDERS[language] / f"{name}.ipynb"
            for name in subjects.lessons_in().values()
        ]
        for language in FOLDERS
    }
    recorded = iter(shows.recordings([path for each in paths.values() for path in each]))
    for language, of_language in paths.items():
        recordings = {}
        for _ in of_language:
            for cell, recording in next(recorded).items():
                recordings[cell] = site.save_recording(recording)
        site.write(Edition(language, set(recordings), site.save_picture), recordings)


def pack(folder):
    """The site without JupyterLite as a zip beside it, to carry on a stick: open its index.html."""
    with zipfile.ZipFile(folder.with_suffix(".zip"), "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder)
            if path.is_file() and inside.parts[0] != LAB:
                entry = zipfile.ZipInfo(f"how-neural-networks-learn/{inside.as_posix()}")
                entry.external_attr, entry.compress_type = 0o644 << 16, zipfile.ZIP_DEFLATED
                packed.writestr(entry, path.read_bytes())


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "site"
    build(target)
    pack(target)
    print(target / "index.html")
