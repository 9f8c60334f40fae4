"""Reads the keys and writes the answers: what the programs in Python share."""

import hashlib
import json

PARTITIONS = [3, 12, 100, 1000]
# A client that answers differently within so many calls does not go by the key.
TRIES = 64


def read_keys(path):
    """The keys; None is no key at all."""
    with open(path, encoding="ascii") as file:
        lines = [line.rstrip("\n") for line in file if not line.startswith("#")]
    return [None if line == "-" else bytes.fromhex(line[1:]) for line in lines]


def seed(path):
    """What the keys follow from."""
    with open(path, encoding="ascii") as file:
        return json.loads(file.readline().removeprefix("# "))["seed"]


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def by_key(answers):
    """The answer if it is always the same, else `-`."""
    answers = set(answers)
    return str(answers.pop()) if len(answers) == 1 else "-"


def write(path, header, rows):
    with open(path, "w", encoding="ascii", newline="\n") as file:
        file.write("# " + json.dumps(header) + "\n")
        for row in rows:
            file.write("\t".join(row) + "\n")
