"""A JupyterHub for a class on one machine; hub/ has its settings, docs/hub.md tells more."""
