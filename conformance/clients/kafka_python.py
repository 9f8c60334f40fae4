"""Asks kafka-python where keys go: kafka_python.py KEYS.tsv OUT-FOLDER WHEEL"""

import os
import sys

from kafka.partitioner import DefaultPartitioner, murmur2
from kafka.version import __version__

from vectors import PARTITIONS, TRIES, by_key, read_keys, seed, sha256, write


class Cluster:
    """A cluster with one topic, all of whose partitions have leaders: what the partitioner asks about."""

    def __init__(self, partitions):
        self.all = set(range(partitions))

    def topics(self):
        return {"t"}

    def partitions_for_topic(self, _topic):
        return self.all

    available_partitions_for_topic = partitions_for_topic


def rows(keys):
    partitioner = DefaultPartitioner()
    clusters = [Cluster(partitions) for partitions in PARTITIONS]
    for key in keys:
        row = ["-" if key is None else str((murmur2(key) ^ 1 << 31) - (1 << 31))]
        for cluster in clusters:
            tries = 1 if key else TRIES
            row.append(by_key(partitioner.partition("t", key, key, None, None, cluster) for _ in range(tries)))
        yield row


def main():
    keys_path, folder, wheel = sys.argv[1:]
    header = {
        "tool": "kafka-python, DefaultPartitioner",
        "version": __version__,
        "artifact": os.path.basename(wheel),
        "sha256": sha256(wheel),
        "keys": "partition-keys.tsv",
        "seed": seed(keys_path),
        "columns": ["hash"] + PARTITIONS,
        "made": "kafka_python.py: murmur2, written as a signed number, and partition()",
    }
    write(os.path.join(folder, "partition-kafka-python.tsv"), header, rows(read_keys(keys_path)))


if __name__ == "__main__":
    main()
