"""Everything that is measured: `make bench`, or python -m benchmarks [losses|training|...]."""

import subprocess
import sys
from pathlib import Path

for name in sys.argv[1:] or ("losses", "training", "panels", "site", "grading", "hub"):
    print(f"\n## {name}\n", flush=True)
    command = [sys.executable, "-m", f"benchmarks.{name}"]
    subprocess.call(command, cwd=Path(__file__).parent.parent)
