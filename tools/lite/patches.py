"""Two faults of JupyterLite 0.8, and one saving, each by one replacement.

A replacement must fit exactly once in each file that it is meant for. A new JupyterLite in which
one does not fit stops the build, so that somebody looks whether it is needed still.
"""

import re

WORKERS = "extensions/@jupyterlite/pyodide-kernel-extension/static/*.worker.*.js"
# JupyterLab goes on after a cell tagged raises-exception, for it says stop_on_error: false. The
# worker answers "error" all the same, and then Run All stops.
PLANNED_ERRORS = (
    r'"error"===(\w)\.status&&(\w)\((\1\.ename,\1\.evalue,\1\.traceback)\),\1\}',
    r'"error"===\1.status&&(\2(\3),!1===e.stop_on_error&&(\1.status="ok")),\1}',
)
# Names of the running program are completed without jedi, too, a fifteenth of all that is fetched.
NO_JEDI = (r'"pyodide-kernel","jedi","ipython"', '"pyodide-kernel","ipython"')
# A notebook with panels, opened again, asks the kernel for its comms, and shows none before the
# answer. JupyterLite never answers. A new kernel has none.
COMM_INFO = (
    r'(case"comm_close":await this\.commClose\((\w)\))\}(this\._idle.{1,400}?)'
    r"(\w+\.KernelMessage)\.createMessage\(\{channel",
    r'\1;break;case"comm_info_request":this._sendMessage(\4.createMessage({msgType:"comm_info_reply",'
    r'channel:"shell",session:\2.header.session,parentHeader:\2.header,content:{status:"ok",comms:{}}}))}'
    r"\3\4.createMessage({channel",
)


def mend(site):
    """Apply the replacements to a JupyterLite site; ValueError: one does not fit."""
    for worker in workers(site):
        replace(worker, *PLANNED_ERRORS)
        replace(worker, *NO_JEDI)
    asked = 'case"comm_close":await'
    for script in site.glob("build/*.js"):
        if asked in script.read_text("utf-8"):
            replace(script, *COMM_INFO)
            return
    raise ValueError("No script of JupyterLite has the place for the replacement COMM_INFO.")


def workers(site):
    """The scripts in which Python runs; ValueError: not the two that are expected."""
    found = list(site.glob(WORKERS))
    if len(found) != 2:
        raise ValueError(f"JupyterLite has {len(found)} workers for Python, two were expected.")
    return found


def replace(path, old, new):
    """Replace what matches `old` in a file, which must be one place."""
    text, times = re.subn(old, new, path.read_text("utf-8"))
    if times != 1:
        raise ValueError(
            f"{path.name} has {times} places for a replacement that needs one: {old}. JupyterLite"
            " has changed. Is the fault still there?"
        )
    path.write_text(text, "utf-8")
