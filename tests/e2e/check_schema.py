#!/usr/bin/env python3
"""Holds each line of standard input, as JSON, to one of the schemas in tests/schemas.

    check_schema.py slsa-verification-summary-v1 < statements

Prints what is wrong, a line each, and exits with 1 then. Exit code 77: no jsonschema here.
"""

import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    sys.exit(77)


def main():
    path = pathlib.Path(__file__).resolve().parent.parent / "schemas" / (sys.argv[1] + ".json")
    schema = json.loads(path.read_text(encoding="utf-8"))
    resolver = jsonschema.RefResolver(path.as_uri(), schema)
    validator = jsonschema.Draft202012Validator(schema, resolver=resolver)
    faults = []
    for number, line in enumerate(sys.stdin, start=1):
        for error in validator.iter_errors(json.loads(line)):
            faults.append(f"line {number}: {error.json_path}: {error.message}\n")
    print("".join(faults), end="")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
