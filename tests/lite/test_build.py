"""What the site is built from, and what happens when a part of it is not what was expected."""

import ast
import hashlib
import sys
import zipfile

import pytest

from tools.lite import distribution, patches, python, unused, wheels

WORKER = 'x("error"===r.status&&n(r.ename,r.evalue,r.traceback),r}'


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A folder with a Pyodide of two files, both right."""
    content = {"pyodide.mjs": b"loadPyodide", "numpy.whl": b"arrays"}
    for name, part in content.items():
        (tmp_path / name).write_bytes(part)
    sums = {name: hashlib.sha256(part).hexdigest() for name, part in content.items()}
    monkeypatch.setattr(distribution, "SUMS", sums)
    distribution.check(tmp_path)
    return tmp_path


def test_a_missing_file_is_named(small):
    (small / "numpy.whl").unlink()
    with pytest.raises(ValueError, match=r"numpy\.whl is missing: put .* or unset PYODIDE_DIR"):
        distribution.check(small)


def test_a_damaged_file_is_named(small):
    (small / "pyodide.mjs").write_bytes(b"loadPyodidE")
    with pytest.raises(ValueError, match=r"pyodide\.mjs is not the file .* sha256 .* replace it"):
        distribution.check(small)


def test_only_what_is_lacking_is_downloaded(small, monkeypatch):
    """A file that is there is not asked for again, one from the CDN is kept only if it is right."""
    (small / "elsewhere").mkdir()
    (small / "pyodide.mjs").rename(small / "elsewhere" / "pyodide.mjs")
    monkeypatch.setattr(distribution, "CDN", f"{(small / 'elsewhere').as_uri()}/")
    distribution.download(small)
    assert (small / "pyodide.mjs").read_bytes() == b"loadPyodide"
    (small / "elsewhere" / "numpy.whl").write_bytes(b"something else")
    (small / "numpy.whl").unlink()
    with pytest.raises(ValueError, match=r"numpy\.whl is not the file"):
        distribution.download(small)


def test_every_wheel_has_one_source():
    """Pyodide's own lie on its CDN, pinned by version; all others are pure Python."""
    for package in distribution.LOCK["packages"].values():
        name = package["file_name"]
        if name.startswith(distribution.CDN):
            assert "/" not in name.removeprefix(distribution.CDN)
        else:
            assert "/" not in name and name.endswith("none-any.whl")


def test_whatever_lessons_import_is_there():
    there = {module for p in distribution.LOCK["packages"].values() for module in p["imports"]}
    there |= {"helpers", *sys.stdlib_module_names}
    imported = set()
    for node in ast.parse(python.imports_of_lessons()).body:
        names = [node.module] if isinstance(node, ast.ImportFrom) else [n.name for n in node.names]
        imported.update(name.split(".")[0] for name in names)
    assert "sklearn" in imported
    assert imported <= there, "add it to tools/lite/pyodide-lock.json"


def test_a_replacement_that_does_not_fit_stops_the_build(tmp_path):
    path = tmp_path / "worker.js"
    for text in ("nothing of the kind", WORKER + WORKER):
        path.write_text(text, "utf-8")
        with pytest.raises(
            ValueError, match=r"worker\.js has (0|2) places .* JupyterLite has changed"
        ):
            patches.replace(path, *patches.PLANNED_ERRORS)
        assert path.read_text("utf-8") == text
    path.write_text(WORKER, "utf-8")
    patches.replace(path, *patches.PLANNED_ERRORS)
    assert '!1===e.stop_on_error&&(r.status="ok")' in path.read_text("utf-8")


def test_what_only_unneeded_parts_lead_to_is_left_out(tmp_path):
    build = tmp_path / "build"
    (build / "lab").mkdir(parents=True)
    (build / "lab" / "bundle.js").write_text("n.e(1), n.e(2), n.e(9)", "utf-8")
    scripts = {
        "jlab_core": "n.e(3), n.e(6), n.e(7)",
        "1": "mermaidAPI n.e(4), n.e(5)",
        "2": "n.e(5)",
        "3": "elk.algorithm",
        "4": "only diagrams need it",
        "5": "text",
        "6": "vega-bind",
        "7": "Scale bindings",
    }
    for number, text in scripts.items():
        (build / f"{number}.0abc.js").write_text(text, "utf-8")
    for font in ("fa-solid.eot", "fa-solid.woff2", "MathJax.woff"):
        (build / font).touch()
    unused.leave_out(tmp_path, ["lab"])
    left = {path.name for path in build.iterdir() if path.is_file()}
    assert left == {"jlab_core.0abc.js", "2.0abc.js", "5.0abc.js", "fa-solid.woff2", "MathJax.woff"}
    with pytest.raises(ValueError, match="0 scripts of JupyterLab have 'mermaidAPI', one was"):
        unused.leave_out(tmp_path, ["lab"])


def test_wheels_are_the_same_bytes_each_time(tmp_path, monkeypatch):
    files = {"a/b.py": b"x = 1\n", "a/fonts/c.ttf": b"\0\1"}
    first = wheels.make_wheel(tmp_path, "ours", files).read_bytes()
    monkeypatch.setattr("time.time", lambda: 1e9)  # another day
    wheel = wheels.make_wheel(tmp_path, "ours", files)
    assert wheel.read_bytes() == first
    wheels.leave_out(wheel, r"fonts/")
    with zipfile.ZipFile(wheel) as archive:
        assert archive.read("a/b.py") == b"x = 1\n"
        assert "a/fonts/c.ttf" not in archive.namelist()


def test_closure_follows_both_spellings():
    lock = {
        "packages": {"a": {"depends": ["b_c"]}, "b-c": {"depends": ["a"]}, "d": {"depends": []}}
    }
    assert python.closure(lock, ["a"]) == {"a", "b-c"}
