"""The JupyterLab of each student: only what the lessons need, which is also what costs least."""

c = get_config()  # noqa: F821
c.ServerApp.jpserver_extensions = {
    "jupyter_lsp": False,  # looks for language servers
    "notebook_shim": False,  # for the settings of old versions
}
c.ServerApp.terminals_enabled = False  # no lesson needs one; True gives them back
c.LabApp.extension_manager = "readonly"
c.MappingKernelManager.cull_idle_timeout = 3600  # a kernel that nobody uses gives its memory back
# Sockets in the server's own /tmp: who listens to a port of the machine could read all outputs.
c.KernelManager.transport = "ipc"
