"""Writes commonmark-0.30.json, one example a line, from mistune's copy of the specification's tests.

Take the copy from the source distribution of mistune 3.0.2
(`pip download --no-binary :all: --no-deps mistune==3.0.2`), then:

    python3 commonmark-0.30.py mistune-3.0.2/tests/fixtures/commonmark.json > ../commonmark-0.30.json
"""

import json
import sys

MEMBERS = ("example", "section", "start_line", "end_line", "markdown", "html")

with open(sys.argv[1], encoding="utf-8") as file:
    examples = json.load(file)

rows = [json.dumps({name: one[name] for name in MEMBERS}, ensure_ascii=False) for one in examples]
print("[\n" + ",\n".join(rows) + "\n]")
