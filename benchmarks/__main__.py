"""Everything that is measured: `make bench`, or python -m benchmarks [losses|training|panels]."""

import subprocess
import sys
from pathlib import Path

for name in sys.argv[1:] or ("losses", "training", "panels"):
    print(f"\n## {name}\n", flush=True)
    script = Path(__file__).with_name(f"{name}.py")
    subprocess.call([sys.executable, script], cwd=script.parent.parent)
