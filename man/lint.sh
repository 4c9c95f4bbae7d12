#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Says what mandoc has to say about the pages, matters of style too. Which other pages there are is a matter of the
# machine.
set -eu

cd "$(dirname "$0")"
command -v mandoc >/dev/null || { echo "no mandoc; run: make test-deps"; exit 1; }
said=$(mandoc -Tlint ./*.[1-9] 2>&1 | grep -v -e 'referenced manual not found' -e 'outdated mandoc.db' || true)
[ -z "$said" ] || { printf '%s\n' "$said"; exit 1; }
echo "mandoc has nothing to say about the pages"
