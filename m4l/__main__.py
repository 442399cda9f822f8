"""python -m m4l                   make the device file and the picture of its panel
python -m m4l list FILE         the files in a device
python -m m4l extract FILE DIR  write them to a folder
"""

import sys
from pathlib import Path

from m4l.container import ContainerError, parse
from m4l.writer import files


def main(args: list[str]) -> int:
    """Do what is asked; the exit code."""
    match args:
        case []:
            for path, content in files().items():
                path.write_bytes(content)
                print(f"{path.name}: {len(content)} bytes")
        case ["list", name]:
            for entry in parse(Path(name).read_bytes()).entries:
                print(f"{len(entry.data):>9} {entry.type.decode()} {entry.name or '(the patch)'}")
        case ["extract", name, folder]:
            Path(folder).mkdir(parents=True, exist_ok=True)
            for entry in parse(Path(name).read_bytes()).entries:
                # The name comes from the file: nothing of it may lead out of the folder.
                target = Path(folder) / (Path(entry.name.replace("\\", "/")).name or "patch.json")
                target.write_bytes(entry.data)
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (ContainerError, OSError) as error:
        sys.exit(str(error))
