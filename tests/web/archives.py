"""Where an archive is: in a file, or with a server in $CHANCERY_TEST_SERVER
in a schema of its own there (tests/postgresql/with).

SPDX-License-Identifier: ISC
"""

import hashlib
import os


def address(path):
    server = os.environ.get("CHANCERY_TEST_SERVER")
    if not server:
        return path
    name = "w" + hashlib.sha256(path.encode()).hexdigest()[:16]
    return f"{server}&options=-csearch_path%3D{name}"
