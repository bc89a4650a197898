"""Bytecode compiled in advance: compiling is most of what Python does before a first panel.

A browser keeps no __pycache__, so Python would compile each module anew in every visit. Therefore
the site is opened once while it is built, in a real Chromium; Python there imports what lessons
import, and hands back the bytecode of every module that it has loaded (in_browser.py).
"""

import base64
import contextlib
import functools
import http.server
import io
import shutil
import threading
import zipfile
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from tools.run import BROWSERS

# Without columns bytecode is a fifth smaller. A traceback underlines part of a line by them, which
# nobody misses in the lines of a library; a learner's own are compiled later, with columns.
LOAD = """async ({ url, packages, code }) => {
  const { loadPyodide } = await import(url + "pyodide.mjs");
  const env = { PYTHONNODEBUGRANGES: "1" };
  const pyodide = await loadPyodide({ indexURL: url, packages, env });
  await pyodide.loadPackagesFromImports(code);
  return await pyodide.runPythonAsync(code);
}"""
IN_BROWSER = (Path(__file__).parent / "in_browser.py").read_text("utf-8")


class Handler(http.server.SimpleHTTPRequestHandler):
    """A static site, as any host serves it."""

    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def served(folder):
    """The address of a folder's files, as a context."""
    handler = functools.partial(Handler, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextlib.contextmanager
def chromium():
    """A headless Chromium or its like, as a context; RuntimeError where there is none."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        except Error as error:
            raise RuntimeError(
                "The site is compiled in Chromium or Chrome: install one, then try again."
            ) from error
        yield browser
        browser.close()


def compiled(site, packages, code):
    """The bytecode of every module that `code` loads on top of these packages: {path: bytes}.

    Paths begin with site-packages/ or stdlib/. RuntimeError: no browser, or Python failed in it.
    """
    with served(site) as address, chromium() as browser:
        page = browser.new_page()
        page.goto(f"{address}manifest.webmanifest")  # any page of this address
        given = {"url": f"{address}static/pyodide/", "packages": packages}
        try:
            answer = page.evaluate(LOAD, given | {"code": code + IN_BROWSER})
        except Error as error:
            raise RuntimeError(f"Python failed in the browser: {error}") from error
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(answer))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
