"""The JupyterLab of each student, without what only the hub needs: half of the memory.

For one name in its log JupyterHub imports its own pages and its database, which a server never
uses; jsonschema builds a grammar of web addresses, which nothing here checks.
"""

import runpy
import sys
from types import ModuleType


class Unused(Exception):
    """In the place of classes of which nothing here is an instance."""


HUB = ModuleType("hub")
HUB.HealthCheckHandler = HUB.SQLAlchemyError = Unused
for name in ("handlers", "handlers.pages", "orm", "roles"):
    sys.modules[f"jupyterhub.{name}"] = HUB
sys.modules["sqlalchemy"] = sys.modules["sqlalchemy.exc"] = HUB
sys.modules["rfc3987_syntax"] = None  # as where it is not installed

runpy.run_module("jupyterhub.singleuser", run_name="__main__", alter_sys=True)
