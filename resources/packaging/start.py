"""Where the bundled program starts."""

from __future__ import annotations

import os
import sys

# The bundle's own libraries are found by now; the programs that this one starts, a browser say, need the system's.
_before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if _before is None:
    os.environ.pop("LD_LIBRARY_PATH", None)
else:
    os.environ["LD_LIBRARY_PATH"] = _before

from annotator.__main__ import main  # noqa: E402

sys.exit(main())
