# Runs in the browser's Python, after what is to be loaded; the last line is what it hands back.
import _frozen_importlib_external as external
import base64
import importlib.util
import io
import sys
import zipfile
from pathlib import Path

SITE = Path(importlib.util.find_spec("numpy").origin).parent.parent
(STDLIB,) = (path for path in sys.path if path.endswith(".zip"))


# The docstrings that learners ask for, by help() and the like. Others are left out.
DOCUMENTED = ("helpers/", "numpy/", "sklearn/", "matplotlib/pyplot.py", "matplotlib/axes/")


def bytecode(source, path, inside):
    """What a .pyc file holds. Python takes it without looking at the source again."""
    level = 0 if str(inside).startswith(DOCUMENTED) else 2  # 2: without docstrings
    code = compile(source, path, "exec", dont_inherit=True, optimize=level)
    return bytes(external._code_to_hash_pyc(code, importlib.util.source_hash(source), False))


def all_bytecode():
    """(path, content) of each module that is loaded and was a .py file."""
    stdlib = zipfile.ZipFile(STDLIB)
    for module in sorted(sys.modules):
        path = Path(getattr(sys.modules[module], "__file__", None) or "")
        if path.suffix != ".py":
            continue
        if path.is_relative_to(STDLIB):
            inside = path.relative_to(STDLIB)
            yield f"stdlib/{inside}c", bytecode(stdlib.read(str(inside)), str(path), inside)
        elif path.is_relative_to(SITE):
            inside = path.relative_to(SITE)
            cached = f"__pycache__/{path.stem}.{sys.implementation.cache_tag}.pyc"
            content = bytecode(path.read_bytes(), str(path), inside)
            yield f"site-packages/{inside.parent}/{cached}", content


file = io.BytesIO()
with zipfile.ZipFile(file, "w") as archive:
    for path, content in dict(all_bytecode()).items():
        archive.writestr(path, content)
base64.b64encode(file.getvalue()).decode()
