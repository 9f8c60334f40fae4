"""Asks librdkafka where keys go: librdkafka.py KEYS.tsv OUT-FOLDER WHEEL

Each partitioner twice: by producing to librdkafka's own mock cluster and reading the delivery reports, and by its
public function, which also takes numbers of partitions that no cluster has. The two must agree.
"""

import ctypes
import glob
import os
import sys

import confluent_kafka

from vectors import PARTITIONS, TRIES, by_key, read_keys, seed, sha256, write

HUGE = 2147483647
SETTINGS = ["consistent_random", "consistent", "murmur2", "murmur2_random", "fnv1a", "fnv1a_random"]


def library():
    """The librdkafka that came with the wheel, and that the module itself has loaded."""
    beside = os.path.join(os.path.dirname(os.path.dirname(confluent_kafka.__file__)), "confluent_kafka.libs")
    rd = ctypes.CDLL(glob.glob(os.path.join(beside, "librdkafka*"))[0])
    pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    for name, result, arguments in (
        ("rd_kafka_conf_new", pointer, []),
        ("rd_kafka_new", pointer, [number, pointer, text, ctypes.c_size_t]),
        ("rd_kafka_mock_cluster_new", pointer, [pointer, number]),
        ("rd_kafka_mock_cluster_bootstraps", text, [pointer]),
        ("rd_kafka_mock_topic_create", number, [pointer, text, number, number]),
    ):
        function = getattr(rd, name)
        function.restype, function.argtypes = result, arguments
    return rd


def mock_cluster(rd):
    """Starts one on loopback, with a topic for each number of partitions; where it listens."""
    # 0 is RD_KAFKA_PRODUCER.
    handle = rd.rd_kafka_new(0, rd.rd_kafka_conf_new(), None, 0)
    cluster = rd.rd_kafka_mock_cluster_new(handle, 1)
    for partitions in PARTITIONS:
        if rd.rd_kafka_mock_topic_create(cluster, f"t{partitions}".encode(), partitions, 1) != 0:
            sys.exit(f"librdkafka's mock cluster refused a topic of {partitions} partitions.")
    return rd.rd_kafka_mock_cluster_bootstraps(cluster).decode()


def produced(servers, setting, keys, partitions):
    """Where a producer with this setting sent each key, as the delivery reports say."""
    producer = confluent_kafka.Producer(
        # Without the sticky interval a partitioner is asked about every record.
        {"bootstrap.servers": servers, "partitioner": setting, "sticky.partitioning.linger.ms": 0}
    )
    answers = [None] * len(keys)

    def told(place):
        def on_delivery(error, message):
            if error is not None:
                sys.exit(f"librdkafka could not produce to its mock cluster: {error}")
            answers[place] = message.partition()

        return on_delivery

    for place, key in enumerate(keys):
        producer.produce(f"t{partitions}", key=key, value=b"", on_delivery=told(place))
        producer.poll(0)
    if producer.flush(60) != 0:
        sys.exit("librdkafka's mock cluster did not take all records within a minute: try again.")
    return answers


def called(rd, setting, key, partitions):
    """What the public function of this partitioner answers for a key that it hashes."""
    function = getattr(rd, "rd_kafka_msg_partitioner_" + setting)
    return function(None, key, ctypes.c_size_t(len(key or b"")), ctypes.c_int32(partitions), None, None)


def rows(rd, servers, setting, keys):
    columns = []
    for partitions in PARTITIONS:
        column = [str(answer) for answer in produced(servers, setting, keys, partitions)]
        for place, key in enumerate(keys):
            if not key:
                column[place] = by_key(produced(servers, setting, [key] * TRIES, partitions))
            if column[place] != "-" and column[place] != str(called(rd, setting, key, partitions)):
                sys.exit(f"{setting} sent {key!r} to {column[place]} of {partitions}, its function says otherwise.")
        columns.append(column)
    hashed = [answer != "-" for answer in columns[0]]
    columns.append([str(called(rd, setting, key, HUGE)) if by else "-" for key, by in zip(keys, hashed)])
    return zip(*columns)


def main():
    keys_path, folder, wheel = sys.argv[1:]
    keys, rd = read_keys(keys_path), library()
    servers = mock_cluster(rd)
    for setting in SETTINGS:
        header = {
            "tool": f"librdkafka, partitioner={setting}",
            "version": confluent_kafka.libversion()[0],
            "artifact": os.path.basename(wheel),
            "sha256": sha256(wheel),
            "keys": "partition-keys.tsv",
            "seed": seed(keys_path),
            "columns": PARTITIONS + [HUGE],
            "made": "librdkafka.py: produced to the mock cluster, checked against the public function; "
            "the last column is the function's",
        }
        suffix = "" if setting == SETTINGS[0] else "-" + setting.replace("_", "-")
        write(os.path.join(folder, f"partition-librdkafka{suffix}.tsv"), header, rows(rd, servers, setting, keys))


if __name__ == "__main__":
    main()
