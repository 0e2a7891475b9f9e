"""Makes docs/analyze.svg: what `verbatim analyze` prints in a terminal.

    pip install rich
    cargo build --release && python3 docs/picture.py
"""

import pathlib
import re
import subprocess

from rich.console import Console
from rich.text import Text

ROOT = pathlib.Path(__file__).resolve().parents[1]
ARTICLE = "samples/press-conference.txt"

page = subprocess.run(
    [ROOT / "target/release/verbatim", "analyze", "--color", "always", ARTICLE],
    cwd=ROOT, capture_output=True, text=True, check=True,
).stdout
console = Console(record=True, width=112, file=open("/dev/null", "w"), force_terminal=True)
console.print(Text.from_ansi(f"$ verbatim analyze {ARTICLE}\n{page}"))
svg = console.export_svg(title="verbatim analyze", unique_id="page")
# Whatever monospaced font there is: a picture fetches nothing from the network.
svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
(ROOT / "docs/analyze.svg").write_text(svg)
