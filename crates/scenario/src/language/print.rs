use kafka_lanes_core::spec::{
    Assignment, Assignors, ClusterTiming, Commit, ConsumerSpec, DeliverySpec, GroupSpec, OffsetReset, Pick,
    ProducerSpec, Protocol, Timing, TopicSpec, WorldSpec,
};
use kafka_lanes_core::{Action, Span};

use super::cluster::{print_brokers, print_delivery, print_replication, usual_delivery};
use super::draft::Draft;
use super::keys::print_keys;
use super::number::{print_bytes, print_rate, print_span};
use super::quote::{quote, quote_title};
use super::services::{print_service, print_service_action};
use super::vocabulary::{MAX_POLL_RECORDS, TIMINGS};

/// The scenario as text. [`parse`](super::parse) makes the same scenario of it; what is as it would be
/// without saying so is not said.
pub fn print(spec: &WorldSpec) -> String {
    let mut text = String::new();
    if !spec.title.is_empty() {
        push(&mut text, &["title ", &quote_title(&spec.title), "\n"]);
    }
    text.push_str(&print_brokers(&spec.cluster));
    for topic in &spec.topics {
        print_topic(&mut text, topic);
    }
    let kafkas = spec.usual_delivery == usual_delivery(true);
    for producer in &spec.producers {
        print_producer(&mut text, producer, &usual_delivery(kafkas));
    }
    for group in &spec.groups {
        print_group(&mut text, group);
    }
    for service in &spec.services {
        text.push_str(&print_service(service));
    }
    print_timing(&mut text, spec.timing, spec.cluster.timing, kafkas);
    for (at, action) in &spec.actions {
        push(&mut text, &["at ", &print_span(at.since(kafka_lanes_core::Time::ZERO)), " "]);
        push(&mut text, &[&print_action(action), "\n"]);
    }
    text
}

fn push(text: &mut String, parts: &[&str]) {
    text.extend(parts.iter().copied());
}

fn push_names(text: &mut String, names: &[String]) {
    for (index, name) in names.iter().enumerate() {
        push(text, &[if index == 0 { " " } else { ", " }, &quote(name)]);
    }
}

fn print_topic(text: &mut String, topic: &TopicSpec) {
    let usual = TopicSpec::new("", 1);
    push(text, &["topic ", &quote(&topic.name), " partitions=", &topic.partitions.to_string()]);
    if topic.retention != usual.retention {
        push(text, &[" retention=", &print_span(topic.retention)]);
    }
    if topic.retention_bytes != usual.retention_bytes {
        push(text, &[" retention-bytes=", &print_bytes(topic.retention_bytes)]);
    }
    if topic.segment_bytes != usual.segment_bytes {
        push(text, &[" segment-bytes=", &print_bytes(topic.segment_bytes)]);
    }
    text.push_str(&print_replication(&topic.replication));
    text.push('\n');
}

fn print_producer(text: &mut String, producer: &ProducerSpec, delivery: &DeliverySpec) {
    let usual = ProducerSpec::new("", Vec::new());
    push(text, &["producer ", &quote(&producer.name), " to"]);
    push_names(text, &producer.topics);
    if producer.client != usual.client {
        push(text, &[" client=", producer.client.name()]);
    }
    if producer.rate != usual.rate {
        push(text, &[" rate=", &print_rate(producer.rate)]);
    }
    if producer.keys != usual.keys {
        text.push_str(&print_keys(&producer.keys));
    }
    match producer.pick {
        Pick::Random => {}
        Pick::InTurn => text.push_str(" pick=in-turn"),
        Pick::Skewed => text.push_str(" pick=skewed"),
    }
    if producer.value_bytes != usual.value_bytes {
        push(text, &[" size=", &print_bytes(producer.value_bytes.into())]);
    }
    text.push_str(&print_delivery(&producer.delivery, delivery));
    text.push('\n');
}

fn print_group(text: &mut String, group: &GroupSpec) {
    let usual = GroupSpec::new("", Vec::new());
    push(text, &["group ", &quote(&group.name)]);
    if !group.topics.is_empty() {
        text.push_str(" reads");
        push_names(text, &group.topics);
    }
    // The assignor is what people ask about a group, so it is always said.
    if group.assignment.protocol() == Some(Protocol::Consumer) {
        push(text, &[" protocol=", Protocol::Consumer.name()]);
    }
    push(text, &[" assignor=", &group.assignment.to_string()]);
    match group.reset {
        OffsetReset::Earliest => {}
        OffsetReset::Latest => text.push_str(" reset=latest"),
        OffsetReset::None => text.push_str(" reset=none"),
    }
    match group.commit {
        Commit::Auto => {}
        Commit::After => text.push_str(" commit=after"),
        Commit::Before => text.push_str(" commit=before"),
    }
    if group.processing != usual.processing {
        push(text, &[" processing=", &print_span(group.processing)]);
    }
    text.push('\n');
    for consumer in &group.consumers {
        print_consumer(text, consumer);
    }
}

fn print_consumer(text: &mut String, consumer: &ConsumerSpec) {
    push(text, &["  consumer ", &quote(&consumer.name)]);
    print_settings(text, consumer);
    text.push('\n');
}

/// What a consumer has of its own.
fn print_settings(text: &mut String, consumer: &ConsumerSpec) {
    push_leading(text, " reads", &consumer.topics);
    if let Some(instance) = &consumer.instance {
        push(text, &[" instance=", &quote(instance)]);
    }
    if let Some(processing) = consumer.processing {
        push(text, &[" processing=", &print_span(processing)]);
    }
    push_assignors(text, consumer.assignors);
    for (index, partition) in consumer.assigned.iter().enumerate() {
        let name = quote(&format!("{}-{}", partition.topic, partition.partition));
        push(text, &[if index == 0 { " reads=" } else { "," }, &name]);
    }
}

fn push_assignors(text: &mut String, own: Assignors) {
    if !own.is_empty() {
        push(text, &[" assignor=", &own.to_string()]);
    }
}

fn print_timing(text: &mut String, timing: Timing, cluster: ClusterTiming, kafkas: bool) {
    let (mut usual, mut draft) = (Draft::default(), Draft::default());
    draft.set_times(timing, cluster);
    if !kafkas && timing == usual.timing && cluster == usual.cluster.timing {
        return;
    }
    text.push_str("timing");
    if kafkas {
        text.push_str(" kafka");
        usual.set_scale(true);
    }
    for name in TIMINGS {
        if *name == MAX_POLL_RECORDS && timing.max_poll_records != usual.timing.max_poll_records {
            push(text, &[" ", name, "=", &timing.max_poll_records.to_string()]);
        }
        let spans = (draft.span_named(name), usual.span_named(name));
        if let (Some((span, _)), Some((usual, _))) = spans
            && span != usual
        {
            push(text, &[" ", name, "=", &print_span(*span)]);
        }
    }
    text.push('\n');
}

/// What stands behind the time of an action.
pub(crate) fn print_action(action: &Action) -> String {
    let mut line = String::new();
    let text = &mut line;
    match action {
        Action::AddConsumer { group, name } => {
            text.push_str("add consumer");
            push_names(text, name.as_slice());
            push(text, &[" to ", &quote(group)]);
        }
        Action::StartConsumer { group, consumer } => {
            push(text, &["add consumer ", &quote(&consumer.name), " to ", &quote(group)]);
            print_settings(text, consumer);
        }
        Action::PauseConsumer { group, name, span, process } => {
            let verb = if *process { "pause" } else { "hang" };
            push(text, &[verb, " consumer ", &quote(name), " of ", &quote(group), " for ", &print_span(*span)]);
        }
        Action::RestartConsumer { group, name, after, assignors } => {
            push(text, &["restart consumer ", &quote(name), " of ", &quote(group)]);
            if *after > Span::ZERO {
                push(text, &[" after ", &print_span(*after)]);
            }
            push_assignors(text, *assignors);
        }
        Action::RemoveConsumer { group, name } => {
            push(text, &["remove consumer ", &quote(name), " from ", &quote(group)]);
        }
        Action::CrashConsumer { group, name } => {
            push(text, &["crash consumer ", &quote(name), " of ", &quote(group)]);
        }
        Action::SetPartitions { topic, partitions } => {
            push(text, &["set partitions ", &quote(topic), " ", &partitions.to_string()]);
        }
        Action::AddGroup { name, topics } => {
            text.push_str("add group");
            push_names(text, name.as_slice());
            push_leading(text, " reads", topics);
        }
        Action::RemoveGroup { name } => push(text, &["remove group ", &quote(name)]),
        Action::AddProducer { name, topics } => {
            text.push_str("add producer");
            push_names(text, name.as_slice());
            push_leading(text, " to", topics);
        }
        Action::RemoveProducer { name } => push(text, &["remove producer ", &quote(name)]),
        Action::Send { producer, topic, key } => {
            push(text, &["send ", &quote(key), " from ", &quote(producer)]);
            push_leading(text, " to", topic.as_slice());
        }
        Action::SetRate { producer, rate } => {
            push(text, &["set rate ", &quote(producer), " ", &print_rate(*rate)]);
        }
        Action::SetProcessing { group, consumer, processing } => {
            push(text, &["set processing ", &quote(group)]);
            if let Some(consumer) = consumer {
                push(text, &["/", &quote(consumer)]);
            }
            push(text, &[" ", &print_span(*processing)]);
        }
        Action::Broker { broker, act } => push(text, &[act.name(), " broker ", &broker.to_string()]),
        Action::Service { .. } | Action::SetOrders { .. } => {
            text.push_str(&print_service_action(action).unwrap_or_default());
        }
        Action::SetAcks { producer, acks } => push(text, &["set acks ", &quote(producer), " ", acks.name()]),
        Action::SetAssignor { group, assignors } => {
            push(text, &["set assignor ", &quote(group), " ", &assignors.to_string()]);
        }
        Action::SetServerAssignor { group, assignor } => {
            push(text, &["set assignor ", &quote(group), " ", Assignment::ByBroker(*assignor).name()]);
        }
    }
    line
}

fn push_leading(text: &mut String, word: &str, names: &[String]) {
    if !names.is_empty() {
        text.push_str(word);
        push_names(text, names);
    }
}
