"""Writes the messages and the stub again from the contract: `python3 generate.py`.

`python3 generate.py --check` only says whether they are up to date. Needs the
grpcio-tools that the file names in GENERATOR; another one writes other code.
"""

import pathlib
import re
import sys
import tempfile

from grpc_tools import protoc

HERE = pathlib.Path(__file__).resolve().parent
PROTO = HERE.parents[1] / "proto"
CONTRACT = "verbatim/v1/text_analysis.proto"
OUT = HERE / "src" / "verbatim_client" / "v1"
GENERATOR = "grpcio-tools==1.85.0"


def generate() -> dict[str, str]:
    """The files, by name, as they should be."""
    with tempfile.TemporaryDirectory() as out:
        arguments = ["protoc", f"-I{PROTO}", f"--python_out={out}", f"--pyi_out={out}",
                     f"--grpc_python_out={out}", CONTRACT]
        if protoc.main(arguments) != 0:
            raise SystemExit("protoc does not take the contract")
        made = {path.name: path.read_text() for path in pathlib.Path(out).rglob("*.py*")}
    # protoc thinks that the package is on the top of the path; ours is inside another.
    return {
        name: re.sub(r"^from verbatim\.v1 import", "from . import", text, flags=re.MULTILINE)
        for name, text in made.items()
    }


def stale() -> list[str]:
    """The names of files that are not as they should be."""
    return [
        name for name, text in generate().items()
        if not (OUT / name).is_file() or (OUT / name).read_text() != text
    ]


def main() -> None:
    if "--check" in sys.argv[1:]:
        if names := stale():
            raise SystemExit(f"not up to date, run generate.py: {', '.join(names)}")
        return
    OUT.mkdir(exist_ok=True)
    for name, text in generate().items():
        (OUT / name).write_text(text)


if __name__ == "__main__":
    main()
