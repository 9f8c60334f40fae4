//! A scenario as the commands of Kafka's own tools (4.3) that build the same topics and groups.

use kafka_lanes_core::spec::{
    Assignment, Assignor, Commit, GroupSpec, OffsetReset, ProducerSpec, ServerAssignor, TopicSpec, WorldSpec,
};

use crate::name::topic_name_fault;

/// The least `segment.bytes` that Kafka takes (4.0, KIP-1030).
const LEAST_SEGMENT_BYTES: u64 = 1_048_576;

/// A shell script. The address of a broker stands in `BOOTSTRAP`; the tools must be in `PATH`.
///
/// What Kafka's tools can't do stands in comments: how fast a producer sends and a consumer works, and what a scenario
/// lets happen later.
pub fn print(spec: &WorldSpec) -> String {
    let mut text = String::from("#!/bin/sh\nset -eu\n");
    if !spec.title.is_empty() {
        text.push_str(&comment(&spec.title));
    }
    text.push_str(
        "# For Apache Kafka 4.3. Its bin folder belongs in PATH.\nBOOTSTRAP=\"${BOOTSTRAP:-localhost:9092}\"\n",
    );
    let most = spec.topics.iter().map(|topic| topic.replication.factor).max().unwrap_or(1);
    if most > 1 {
        text.push_str(&comment(&format!("It needs a cluster of at least {most} brokers.")));
    }
    for topic in &spec.topics {
        text.push_str(&format!("\n{}", create_topic(topic, "kafka-topics.sh", "\"$BOOTSTRAP\"")));
    }
    for group in spec.groups.iter().filter(|group| !group.consumers.is_empty()) {
        if let Assignment::ByBroker(assignor) = group.assignment {
            text.push_str(&broker_assignor(group, assignor));
        }
    }
    text.push_str("\n# Each of these runs until it is ended (kill %1, or the end of this shell).\n");
    spec.groups.iter().for_each(|group| text.push_str(&consumers(group)));
    spec.producers.iter().for_each(|producer| text.push_str(&producer_lines(producer)));
    text.push_str("\nwait\n");
    text
}

/// The command that creates a topic, with one newline at the end.
pub(crate) fn create_topic(topic: &TopicSpec, tool: &str, bootstrap: &str) -> String {
    let usual = TopicSpec::new("", 1);
    let mut text = String::new();
    if topic_name_fault(&topic.name).is_some() {
        text.push_str("# Kafka refuses this name: choose one of letters, digits, dots, underscores and hyphens.\n");
    }
    if topic.segment_bytes != usual.segment_bytes && topic.segment_bytes < LEAST_SEGMENT_BYTES {
        text.push_str("# The scenario's segments are smaller; Kafka 4 takes no less than 1 MiB (KIP-1030).\n");
    }
    text.push_str(&format!(
        "{tool} --bootstrap-server {bootstrap} --create --if-not-exists --topic {} --partitions {} --replication-factor {}",
        shell(&topic.name),
        topic.partitions,
        topic.replication.factor
    ));
    let mut config = |name: &str, value: String| text.push_str(&format!(" --config {name}={value}"));
    if topic.replication.min_isr != usual.replication.min_isr {
        config("min.insync.replicas", topic.replication.min_isr.to_string());
    }
    if topic.replication.unclean_election {
        config("unclean.leader.election.enable", "true".into());
    }
    if topic.retention != usual.retention {
        config("retention.ms", (topic.retention.0 / 1_000).max(1).to_string());
    }
    if topic.retention_bytes != usual.retention_bytes {
        config("retention.bytes", topic.retention_bytes.to_string());
    }
    if topic.segment_bytes != usual.segment_bytes {
        config("segment.bytes", topic.segment_bytes.max(LEAST_SEGMENT_BYTES).to_string());
    }
    text.push('\n');
    text
}

/// Which of its assignors a broker takes is the first of `group.consumer.assignors` unless a member asks for one.
fn broker_assignor(group: &GroupSpec, assignor: ServerAssignor) -> String {
    comment(&format!("{} uses the consumer protocol, with the broker's assignor {}.", group.name, assignor.name()))
}

fn consumers(group: &GroupSpec) -> String {
    let mut text = format!("\n{}", comment(&format!("Group {}", group.name)));
    if group.topics.len() > 1 {
        text.push_str("# kafka-console-consumer.sh takes one topic or a pattern: --include is a regular expression.\n");
    }
    if group.commit != Commit::Auto {
        text.push_str("# The console consumer commits by itself; this group's scenario commits otherwise.\n");
    }
    for consumer in &group.consumers {
        let topics = if consumer.topics.is_empty() { &group.topics } else { &consumer.topics };
        if topics.is_empty() && consumer.assigned.is_empty() {
            text.push_str(&comment(&format!("{} reads no topic.", consumer.name)));
            continue;
        }
        let mut properties = vec![property("client.id", &consumer.name)];
        if let Some(instance) = &consumer.instance {
            properties.push(property("group.instance.id", instance));
        }
        match group.assignment {
            Assignment::By(usual) => {
                let assignors = if consumer.assignors.is_empty() { usual } else { consumer.assignors };
                let classes: Vec<&str> = assignors.iter().map(class).collect();
                properties.push(property("partition.assignment.strategy", &classes.join(",")));
            }
            Assignment::ByBroker(assignor) => {
                properties.push(property("group.protocol", "consumer"));
                properties.push(property("group.remote.assignor", assignor.name()));
            }
            Assignment::Manual => {}
        }
        if group.reset != OffsetReset::Earliest {
            let reset = if group.reset == OffsetReset::Latest { "latest" } else { "none" };
            properties.push(property("auto.offset.reset", reset));
        }
        let from = if group.reset == OffsetReset::Earliest { " --from-beginning" } else { "" };
        let properties = properties.concat();
        let line = |what: &str, group: &str| {
            format!("kafka-console-consumer.sh --bootstrap-server \"$BOOTSTRAP\" {what}{group}{properties}{from} &\n")
        };
        if group.assignment == Assignment::Manual {
            for partition in &consumer.assigned {
                // Who is given a partition joins no group.
                text.push_str(&line(
                    &format!("--topic {} --partition {}", shell(&partition.topic), partition.partition),
                    "",
                ));
            }
        } else {
            let name = format!(" --group {}", shell(&group.name));
            text.push_str(&line(&topics_argument(topics), &name));
        }
    }
    text
}

fn topics_argument(topics: &[String]) -> String {
    match topics {
        [topic] => format!("--topic {}", shell(topic)),
        topics => {
            let names: Vec<String> = topics.iter().map(|name| name.replace('.', "\\.")).collect();
            format!("--include {}", shell(&names.join("|")))
        }
    }
}

const fn class(assignor: Assignor) -> &'static str {
    match assignor {
        Assignor::Range => "org.apache.kafka.clients.consumer.RangeAssignor",
        Assignor::RoundRobin => "org.apache.kafka.clients.consumer.RoundRobinAssignor",
        Assignor::Sticky => "org.apache.kafka.clients.consumer.StickyAssignor",
        Assignor::CooperativeSticky => "org.apache.kafka.clients.consumer.CooperativeStickyAssignor",
    }
}

fn producer_lines(producer: &ProducerSpec) -> String {
    let mut text = format!(
        "\n{}",
        comment(&format!("Producer {}: a line is a record, key and value with a : between", producer.name))
    );
    for topic in &producer.topics {
        let mut properties =
            vec![property("client.id", &producer.name), property("acks", producer.delivery.acks.name())];
        if producer.delivery.linger.0 > 0 {
            properties.push(property("linger.ms", &(producer.delivery.linger.0 / 1_000).to_string()));
        }
        if let Some(idempotence) = producer.delivery.idempotence {
            properties.push(property("enable.idempotence", if idempotence { "true" } else { "false" }));
        }
        text.push_str(&format!(
            "# kafka-console-producer.sh --bootstrap-server \"$BOOTSTRAP\" --topic {} --reader-property parse.key=true --reader-property key.separator=:{}\n",
            comment_safe(&shell(topic)),
            comment_safe(&properties.concat())
        ));
    }
    text
}

fn property(name: &str, value: &str) -> String {
    format!(" --command-property {}", shell(&format!("{name}={value}")))
}

/// A line that no shell runs, whatever is in it.
fn comment(text: &str) -> String {
    format!("# {}\n", comment_safe(text))
}

fn comment_safe(text: &str) -> String {
    text.replace(char::is_control, " ")
}

/// One word of a shell, whatever is in it.
pub(crate) fn shell(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '=' | '/' | ':');
    if !text.is_empty() && text.chars().all(plain) {
        return text.into();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}
