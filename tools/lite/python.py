"""The Python of the site: Pyodide's files, the kernel's wheels, ours, and bytecode of them all."""

import base64
import copy
import importlib.metadata
import json
import re
import shutil
import zipfile
from pathlib import Path

from tools.lite import bytecode, distribution, wheels
from tools.lite.distribution import CDN
from tools.lite.imports import imports_of_lessons

# What JupyterLite's kernel brings along: the modules of each wheel, and what they import.
BROUGHT = {
    "piplite": (["piplite"], ["micropip"]),
    "ipykernel": (["ipykernel"], []),
    "pyodide_kernel": (["pyodide_kernel"], ["ipython", "comm", "traitlets", "ipykernel"]),
}
OURS = ["numpy", "matplotlib", "matplotlib-inline", "pillow", "anywidget", "ipywidgets"]
KERNEL = ["micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "ipython"]
WASM = "pyodide.asm.wasm"
AT_START = [*KERNEL, "how-neural-networks-learn"]
# What no screen shows, left out of wheels: fonts of PDF, serif ones, and examples; the scripts of
# widgets, which the page has; the colours of other languages than Python. (A font that formulas ask
# for must stay, though none of them shows it: else matplotlib looks for fonts anew, for seconds.)
LEFT_OUT = {
    "matplotlib": r"mpl-data/(sample_data|fonts/(afm|pdfcorefonts|ttf/DejaVu(Serif|SansMono-)))",
    "anywidget": r"(labextension|nbextension|\.data)/",
    "pygments": r"/lexers/(?!__init__|_mapping|python)",
}
# What a kernel and a lesson do first. The modules that it loads are compiled in advance.
FIRST_STEPS = """
import pyodide_kernel, micropip, piplite.piplite
pyodide_kernel.ipython_shell.send_comm = lambda *_: None
pyodide_kernel.kernel_instance._parent_header = {"header": {}, "metadata": {}}
import matplotlib.pyplot as plt
from helpers import data, panels
plt.style.use("helpers.figures")
data.load_digits()
panels.practice()._repr_mimebundle_()
plt.plot([1, 2]); plt.title("$x_0$"); plt.imshow([[0, 1]]); plt.yscale("log")
plt.show()
"""


def make(site, pyodide):
    """Put Python into site/static/pyodide, from a folder that has Pyodide's files.

    Returns the lock that the browser reads, and the packages that every kernel begins with.
    """
    static = site / "static" / "pyodide"
    static.mkdir(parents=True)
    for name in distribution.SUMS:
        shutil.copy(pyodide / name, static)
    lock = {"info": distribution.LOCK["info"], "packages": {}}
    for name, package in distribution.LOCK["packages"].items():
        here = package["file_name"].removeprefix(CDN)
        if name in LEFT_OUT:
            wheels.leave_out(static / here, LEFT_OUT[name])
        sha256 = distribution.sha256((static / here).read_bytes())
        lock["packages"][name] = copy.deepcopy(package) | {"file_name": here, "sha256": sha256}
    for wheel in brought_wheels():
        imports, depends = BROUGHT[wheel.name.split("-")[0]]
        lock["packages"] |= wheels.entry(Path(shutil.copy(wheel, static)), imports, depends)
    lock["packages"] |= wheels.entry(wheels.build_helpers(static), ["helpers"], OURS)
    write(static, lock)
    compile_in_advance(site, static, lock)
    sizes = {path.name: path.stat().st_size for path in static.iterdir()}
    (static / "sizes.json").write_text(json.dumps(sizes, sort_keys=True), "utf-8")
    return lock, [*AT_START, "bytecode-early"]


def brought_wheels():
    """The wheels inside jupyterlite-pyodide-kernel that are needed here."""
    kernel = importlib.metadata.distribution("jupyterlite-pyodide-kernel")
    files = [f for f in kernel.files if f.suffix == ".whl" and f.name.split("-")[0] in BROUGHT]
    return [Path(kernel.locate_file(file)) for file in files]


def write(static, lock):
    (static / "pyodide-lock.json").write_text(json.dumps(lock, sort_keys=True), "utf-8")


def compile_in_advance(site, static, lock):
    """Bytecode as wheels: one that every kernel begins with, one for what a lesson loads later."""
    files = bytecode.compiled(site, AT_START, imports_of_lessons() + FIRST_STEPS)
    early = closure(lock, AT_START)
    late = [package for name, package in lock["packages"].items() if name not in early]
    late_modules = {module for package in late for module in package["imports"]}
    parts = {"stdlib": {}, "early": {}, "late": {}}
    for path, content in files.items():
        part, inside = path.split("/", 1)
        if part != "stdlib":
            part = "late" if inside.split("/")[0] in late_modules else "early"
        parts[part][inside] = content
    stdlib = static / "python_stdlib.zip"
    wheels.leave_out(stdlib, rf"^({'|'.join(re.escape(name[:-1]) for name in parts['stdlib'])})$")
    with zipfile.ZipFile(stdlib, "a") as archive:
        wheels.add(archive, parts["stdlib"])
    for package in late:
        package["depends"].append("bytecode-late")
    for part in ("early", "late"):
        wheel = wheels.make_wheel(static, f"bytecode_{part}", parts[part])
        lock["packages"] |= wheels.entry(wheel)
    write(static, lock)


def closure(lock, names):
    """These packages and all that they depend on."""
    found, names = set(), [*names]
    while names:
        if (name := names.pop().replace("_", "-")) not in found:
            found.add(name)
            names += lock["packages"][name]["depends"]
    return found


def leave_to_cdn(site, lock):
    """Take out what lies on the CDN as it is here, and name its address in the lock.

    Returns what is asked for without a look at the lock, {name: how it is to be fetched}. Scripts
    stay, for a browser that imports a script compares it with no checksum.
    """
    static = site / "static" / "pyodide"
    for name, theirs in distribution.LOCK["packages"].items():
        ours = lock["packages"][name]
        if theirs["file_name"].startswith(CDN) and theirs["sha256"] == ours["sha256"]:
            (static / ours["file_name"]).unlink()
            ours["file_name"] = theirs["file_name"]
    write(static, lock)
    (static / WASM).unlink()
    checksum = base64.b64encode(bytes.fromhex(distribution.CORE[WASM])).decode()
    return {WASM: [f"{CDN}{WASM}", {"integrity": f"sha256-{checksum}"}]}
