use kafka_lanes_core::assignor::choose;
use kafka_lanes_core::sorted::SortedMap;
use kafka_lanes_core::spec::{Assignment, Assignor, GroupSpec, PartitionName, TopicSpec, WorldSpec};

use super::label::quoted;
use super::ownership::shares;
use super::preamble::front_matter;
use super::role_words::{RoleWord, hint, without_role};

/// The world as a Mermaid flowchart: topics with their lanes, groups with their members, and who reads
/// what at the start. [`import`](super::import) makes the same topics, groups and owners of it; rates, keys and
/// times a flowchart does not hold.
pub fn print(spec: &WorldSpec) -> String {
    let mut text = if spec.title.is_empty() { String::new() } else { front_matter(&spec.title) };
    text.push_str("flowchart LR\n");
    for (index, producer) in spec.producers.iter().enumerate() {
        push(&mut text, &["P", &number(index), "[", &producer_label(&producer.name), "]\n"]);
    }
    for (index, topic) in spec.topics.iter().enumerate() {
        print_topic(&mut text, index, topic);
    }
    for (index, group) in spec.groups.iter().enumerate() {
        print_group(&mut text, index, group);
    }
    for (index, producer) in spec.producers.iter().enumerate() {
        for topic in producer.topics.iter().filter_map(|name| topic_index(spec, name)) {
            push(&mut text, &["P", &number(index), " --> T", &number(topic), "\n"]);
        }
    }
    for (index, group) in spec.groups.iter().enumerate() {
        print_arrows(&mut text, spec, index, group);
    }
    text
}

fn push(text: &mut String, parts: &[&str]) {
    text.extend(parts.iter().copied());
}

fn number(index: usize) -> String {
    (index + 1).to_string()
}

/// A producer's name alone, where that can't be taken for anything else.
pub(super) fn producer_label(name: &str) -> String {
    let clear =
        hint(name).is_none_or(|hint| hint.word == RoleWord::Producer) && without_role(name, RoleWord::Producer) == name;
    if clear { quoted(name) } else { labelled("Producer: ", name) }
}

/// A name with its role before it.
pub(super) fn labelled(role: &str, name: &str) -> String {
    // A first space would go with the one behind the colon.
    format!("\"{role}{}", &quoted(name)[1..])
}

fn print_topic(text: &mut String, index: usize, topic: &TopicSpec) {
    push(text, &["subgraph T", &number(index), "[", &labelled("Topic: ", &topic.name), "]\n"]);
    for partition in 0..topic.partitions {
        let partition = partition.to_string();
        push(text, &["  T", &number(index), "P", &partition, "[\"Partition-", &partition, "\"]\n"]);
    }
    text.push_str("end\n");
}

fn print_group(text: &mut String, index: usize, group: &GroupSpec) {
    push(text, &["subgraph G", &number(index), "[", &labelled("Group: ", &group.name), "]\n"]);
    if !group.consumers.is_empty() {
        text.push_str("  direction TB\n");
    }
    for (member, consumer) in group.consumers.iter().enumerate() {
        push(text, &["  G", &number(index), "C", &number(member), "[", &quoted(&consumer.name), "]\n"]);
    }
    text.push_str("end\n");
}

fn print_arrows(text: &mut String, spec: &WorldSpec, index: usize, group: &GroupSpec) {
    let owners = owners(spec, group);
    for topic in group.topics.iter().filter_map(|name| topic_index(spec, name)) {
        let name = &spec.topics[topic].name;
        let drawn = owners.iter().filter(|(partition, _)| partition.topic == *name);
        let mut any = false;
        for (partition, member) in drawn {
            let (topic, partition) = (number(topic), partition.partition.to_string());
            push(text, &["T", &topic, "P", &partition, " --> G", &number(index), "C", &number(*member), "\n"]);
            any = true;
        }
        if !any {
            push(text, &["T", &number(topic), " --> G", &number(index), "\n"]);
        }
    }
}

fn topic_index(spec: &WorldSpec, name: &str) -> Option<usize> {
    spec.topics.iter().position(|topic| topic.name == name)
}

/// Which member of a group, by its place, owns which partition at the start.
pub(super) fn owners(spec: &WorldSpec, group: &GroupSpec) -> SortedMap<PartitionName, usize> {
    let given: Vec<Vec<PartitionName>> = match group.assignment {
        Assignment::Manual => group.consumers.iter().map(|consumer| consumer.assigned.clone()).collect(),
        Assignment::By(_) | Assignment::ByBroker(_) => {
            // At a first assignment the broker's assignors deal as the clients' do.
            let assignor = match group.assignment {
                Assignment::By(usual) => {
                    let own = group.consumers.iter().map(|consumer| consumer.assignors);
                    let lists: Vec<_> = own.map(|own| if own.is_empty() { usual } else { own }).collect();
                    choose(&lists).unwrap_or(Assignor::Range)
                }
                _ => Assignor::Range,
            };
            let topics = spec.topics.iter().filter(|topic| group.topics.contains(&topic.name));
            let counts = topics.map(|topic| (topic.name.clone(), topic.partitions)).collect();
            let names: Vec<String> = group.consumers.iter().map(|consumer| consumer.name.clone()).collect();
            shares(assignor, &counts, &names)
        }
    };
    let of_member = |(member, share): (usize, Vec<PartitionName>)| share.into_iter().map(move |name| (name, member));
    given.into_iter().enumerate().flat_map(of_member).collect()
}
