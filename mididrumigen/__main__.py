"""`python -m mididrumigen`: the same as the `mididrumigen` command."""

import sys

from mididrumigen.cli import main

if __name__ == "__main__":
    sys.exit(main())
