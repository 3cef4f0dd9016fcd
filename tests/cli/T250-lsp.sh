#!/bin/sh
# The language server, by a client that asks what an editor asks.
# SPDX-License-Identifier: ISC
. "$TESTS/lib.sh"
python3 "$TESTS/lsp.py"
