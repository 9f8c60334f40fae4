//! What the words mean: plainly, exactly, and what Kafka calls it.

use crate::story::{Term, TermWords};

const fn term(
    (name, forms): (&'static str, &'static [&'static str]),
    plain: &'static str,
    exact: &'static str,
    kafka: &'static str,
) -> TermWords {
    TermWords { name, forms, plain, exact, kafka }
}

pub(super) const GLOSSARY: [TermWords; Term::ALL.len()] = [
    term(
        ("Kafka", &["kafka", "kafka's"]),
        "A program in the middle that keeps lists of what happened.",
        "A distributed log: servers that append records to partitions, keep them for a time, and hand them to any number of readers.",
        "Apache Kafka. A server reads its settings from server.properties.",
    ),
    term(
        ("publisher", &["publisher", "publishers"]),
        "Who writes on the board, and does not ask who reads.",
        "In publish and subscribe, the side that sends messages without knowing who gets them.",
        "A producer.",
    ),
    term(
        ("subscriber", &["subscriber", "subscribers"]),
        "Who watches a list, and takes what comes.",
        "In publish and subscribe, the side that asks for the messages of some topics.",
        "A consumer. It says what it reads with subscribe().",
    ),
    term(
        ("producer", &["producer", "producers"]),
        "A program that sends records.",
        "A client that appends records to partitions of topics; it picks the partition of each.",
        "KafkaProducer. Its settings are producer settings: acks, linger.ms, and others.",
    ),
    term(
        ("broker", &["broker", "brokers"]),
        "A computer that keeps the lists.",
        "A server of a Kafka cluster. It stores replicas of partitions and leads some of them.",
        "A broker, with its node.id.",
    ),
    term(
        ("consumer", &["consumer", "consumers"]),
        "A program that reads records.",
        "A client that fetches records from partitions, from an offset on.",
        "KafkaConsumer. Its settings are consumer settings: group.id, auto.offset.reset, and others.",
    ),
    term(
        ("event", &["event", "events"]),
        "Something that happened.",
        "A fact with a time, which does not change any more.",
        "Stored as a record.",
    ),
    term(
        ("record", &["record", "records"]),
        "What was written down about one thing that happened.",
        "A key, a value, a timestamp and headers, at one offset of one partition.",
        "ProducerRecord when it is sent, ConsumerRecord when it is read. Also called a message.",
    ),
    term(
        ("stream", &["stream", "streams"]),
        "Records that keep coming, without an end.",
        "An unbounded sequence of records, processed as they arrive.",
        "A topic, read as it grows.",
    ),
    term(
        ("topic", &["topic", "topics"]),
        "A list for one kind of records.",
        "A named log, split into partitions, which producers write to and consumers subscribe to.",
        "A topic. Made with kafka-topics.sh --create --topic.",
    ),
    term(
        ("lane", &["lane", "lanes"]),
        "A part of a list, with an order of its own.",
        "What the pictures here call a partition.",
        "A partition.",
    ),
    term(
        ("partition", &["partition", "partitions"]),
        "A lane of a topic. Records in it stay in their order.",
        "An ordered, append-only log; the unit of order, of copying, and of sharing the work.",
        "A partition. Their number is set with --partitions, and can only grow.",
    ),
    term(
        ("offset", &["offset", "offsets"]),
        "The place of a record in its lane: the first has 0.",
        "The number of a record in its partition, given once and never again.",
        "offset. A group's committed offset is the next one that it will read.",
    ),
    term(
        ("key", &["key", "keys"]),
        "The name on a record that says what it belongs to.",
        "Bytes of a record that decide its partition: records with equal keys go to the same one, as long as there are as many partitions.",
        "The key of a ProducerRecord.",
    ),
    term(
        ("hash", &["hash"]),
        "A large number that is made from a key, always the same for the same key.",
        "murmur2 of the key's bytes, 32 bits; without its sign bit, modulo the number of partitions, it gives the partition.",
        "Utils.murmur2 in the Java client. Other clients have other functions.",
    ),
    term(
        ("consumer group", &["consumer group", "consumer groups", "group", "groups"]),
        "Consumers that share the work.",
        "Consumers with the same group.id: each partition is read by one of them at a time.",
        "A consumer group. Seen with kafka-consumer-groups.sh --describe.",
    ),
    term(
        ("group.id", &["group.id"]),
        "The name of a group.",
        "Consumers with the same one share partitions and committed offsets.",
        "group.id, a setting of the consumer.",
    ),
    term(
        ("queue", &["queue"]),
        "Each record is done by one of those who read.",
        "Competing consumers: in one group each record goes to one member.",
        "Several consumers with the same group.id.",
    ),
    term(
        ("broadcast", &["broadcast"]),
        "Each record is done by each of those who read.",
        "Publish and subscribe: each group gets every record.",
        "Consumers with different group.ids.",
    ),
    term(
        ("lag", &["lag"]),
        "What is written, and not yet done.",
        "The end of a partition less the group's committed offset.",
        "LAG in kafka-consumer-groups.sh --describe.",
    ),
    term(
        ("replica", &["replica", "replicas"]),
        "A copy of a lane on another broker.",
        "One broker's copy of a partition. Those that keep up with the leader are in sync (ISR).",
        "replication.factor, set when a topic is made; min.insync.replicas says how many must be in sync.",
    ),
    term(
        ("leader", &["leader"]),
        "The broker whose copy is written to first.",
        "The replica of a partition that takes writes; the others fetch from it.",
        "Leader in kafka-topics.sh --describe.",
    ),
    term(
        ("acks", &["acks"]),
        "How many copies a producer waits for until it calls a record safe.",
        "0: none. 1: the leader's. all: those of all replicas in sync.",
        "acks, a setting of the producer. The default is all.",
    ),
    term(
        ("commit", &["commit", "commits", "committed"]),
        "A note of how far a group has come.",
        "A group's offset for a partition, stored on the broker: where the next reader begins.",
        "enable.auto.commit and auto.commit.interval.ms, or commitSync().",
    ),
    term(
        ("session timeout", &["session timeout", "session"]),
        "How long a group waits for a sign of life.",
        "A member without a heartbeat for so long is taken for dead, and its partitions go to others.",
        "session.timeout.ms, a setting of the consumer; with the consumer protocol, of the broker.",
    ),
    term(
        ("rebalance", &["rebalance"]),
        "The lanes are shared out again.",
        "The assignment of partitions to the members of a group is computed anew, after one came, went, or partitions were added.",
        "partition.assignment.strategy says how; group.protocol=consumer lets the broker do it (KIP-848).",
    ),
    term(
        ("idempotent", &["idempotent"]),
        "Done twice is as good as done once.",
        "An operation whose repetition changes nothing more.",
        "For the producer enable.idempotence; for what a consumer does, it is your program's affair.",
    ),
];
