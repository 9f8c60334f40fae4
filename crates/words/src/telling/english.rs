use kafka_lanes_core::spec::{Assignment, Assignor, Assignors, Protocol};
use kafka_lanes_core::{
    Alarm, Cause, Happening, KeyId, Limit, Rebalance, Refusal, Span, Standing, Status, Time, TopicPartition, World,
    limits,
};

mod alarms;
mod cluster;
mod services;

use super::TellingWords;
use crate::{English, PictureWords};

impl TellingWords for English {
    fn happening(&self, world: &World, what: &Happening) -> String {
        match what {
            Happening::Rebalanced { group, generation, cause } => {
                let rebalances = world.journal().rebalances.iter().rev();
                let rebalance = rebalances.filter(|r| r.group_name == *group).find(|r| r.generation == *generation);
                rebalanced(&self.cause(world, group, cause), group, rebalance.map(|r| &**r))
            }
            Happening::Crashed { group, member } => {
                let patience = plain_time(world.timing().session);
                format!("{member} crashed. {group} notices when it has heard nothing from it for {patience}.")
            }
            Happening::PartitionsAdded { topic, before, after } => {
                let lanes = plural(u64::from(*after), "lane", "lanes");
                format!("{topic} has {lanes} now, not {before}. Producers go by them when they next ask for metadata.")
            }
            Happening::PartitionsHeard { producer, topic, before, after } => {
                let lanes = plural(u64::from(*after), "lane", "lanes");
                format!(
                    "{producer} heard that {topic} has {lanes}, not {before}: the next record of a key may go to another lane."
                )
            }
            Happening::SentByHand { producer, key, to } => {
                let (key, lane) = (key_name(world, *key), self.lane_of(topic_name(world, *to), to.partition));
                format!("{producer} sent a record with the key {key} to {lane}.")
            }
            Happening::ProducerAdded { producer } => format!("{producer} began to send."),
            Happening::ProducerRemoved { producer } => {
                format!("{producer} stopped. What it has sent is still there to read.")
            }
            Happening::GroupAdded { group } => format!("The group {group} came. It reads every record for itself."),
            Happening::GroupRemoved { group } => {
                format!("The group {group} went, with its offsets. The records stay, and so does every other group.")
            }
            Happening::Returned { group, member } => {
                format!(
                    "{member} is back before its session ended: it has the lanes that it had, and {group} shares out nothing."
                )
            }
            Happening::InstanceIdTaken { group, member, by } => {
                let error = instance_id_error(world, group);
                format!("{member} ended: in {group} its group.instance.id is that of {by} ({error}).")
            }
            Happening::NoCommonAssignor { group, member, assignors } => {
                format!(
                    "{group} refused {member}, and it ended: not one of its assignors ({}) is known to all others (INCONSISTENT_GROUP_PROTOCOL).",
                    names_of(*assignors)
                )
            }
            Happening::NoOffset { group, member, partition } => {
                let lane = self.lane_of(topic_name(world, *partition), partition.partition);
                format!(
                    "{member} ended: {group} has no offset for {lane}, and auto.offset.reset is none (NoOffsetForPartitionException)."
                )
            }
            Happening::CommitRefused { group, member } => {
                format!(
                    "{group} refused a commit of {member}: it has gone on without it, and others read those records again."
                )
            }
            Happening::Finishing { member, records, returns, .. } => {
                let first = match records {
                    0 => "It closes when its application goes on".into(),
                    n => format!(
                        "It first processes {}, then it closes",
                        plural(*n, "record that it has polled", "records that it has polled")
                    ),
                };
                let end = if *returns { ", and starts again" } else { "" };
                format!("{member} is told to stop. {first}{end}.")
            }
            Happening::Stopped { group, member, span, process } => {
                let span = plain_time(*span);
                if *process {
                    format!("{member} stands still for {span}, heartbeats and all. {group} hears nothing from it.")
                } else {
                    format!("{member} does not poll for {span}. Its heartbeats go on, so {group} does not notice yet.")
                }
            }
            Happening::Skipped { group, partition, records, left } => {
                let lane = self.lane_of(topic_name(world, *partition), partition.partition);
                let records = plural(*records, "record", "records");
                let deleted = format!(
                    "{group} was too far behind on {lane}: retention deleted {records} before it could read them"
                );
                let skips = "with auto.offset.reset=latest it skips the";
                match *left {
                    0 => format!("{deleted}."),
                    1 => format!("{deleted}, and {skips} one that is left."),
                    n => format!("{deleted}, and {skips} {} that are left.", self.number(n)),
                }
            }
            Happening::NotDone { why } => format!("The scenario asks for what can't be done. {}", self.refusal(why)),
            Happening::Service { service, status } => services::happening(service, *status),
            Happening::Broker { .. }
            | Happening::BrokerFenced { .. }
            | Happening::BrokerBack { .. }
            | Happening::LeadersBalanced { .. }
            | Happening::LeftIsr { .. }
            | Happening::JoinedIsr { .. }
            | Happening::UncleanElection { .. }
            | Happening::Undelivered { .. }
            | Happening::Parted { .. } => cluster::happening(world, what),
        }
    }

    fn alarm(&self, world: &World, alarm: &Alarm) -> String {
        alarms::alarm(world, alarm)
    }

    fn cause(&self, world: &World, group: &str, cause: &Cause) -> String {
        match cause {
            Cause::Joined(member) => format!("{member} joined {group}"),
            Cause::Left(member) => format!("{member} left {group}"),
            Cause::SessionEnded(member) => {
                format!(
                    "{group} gave {member} up, of which it had not heard for {}",
                    plain_time(world.timing().session)
                )
            }
            Cause::TooSlow(member) => {
                let patience = plain_time(world.timing().max_poll_interval);
                format!("{member} worked on one batch for more than {patience}, and {group} went on without it")
            }
            Cause::Partitions(topic) => match world.topic(*topic) {
                Some(topic) => format!("{group} saw that {} has more lanes", topic.name),
                None => format!("{group} saw that a topic has more lanes"),
            },
            Cause::Assignor => format!("{group} was given another assignor"),
            Cause::Revoked(member) => format!("{member} let go of lanes that others of {group} are to get"),
            Cause::Unrevoked(member) => {
                let patience = plain_time(world.timing().max_poll_interval);
                format!("{member} did not let go of its lanes for {patience}, and {group} went on without it")
            }
        }
    }

    fn refusal(&self, refusal: &Refusal) -> String {
        match refusal {
            Refusal::NoSuchTopic(name) => {
                format!("There is no topic “{name}” (UNKNOWN_TOPIC_OR_PARTITION). Add it, or name one that is there.")
            }
            Refusal::NoSuchProducer(name) => {
                format!("There is no producer “{name}”. Add it, or name one that is there.")
            }
            Refusal::NoSuchGroup(name) => format!("There is no group “{name}”. Add it, or name one that is there."),
            Refusal::NoSuchConsumer { group, name } => {
                format!("{group} has no running consumer “{name}”. Add it, or name one that runs.")
            }
            Refusal::NameTaken(name) => format!("“{name}” is there already. Choose another name."),
            Refusal::BadName => {
                format!(
                    "A name needs a visible character, and {} at the most.",
                    self.number(limits::MAX_NAME_CHARS as u64)
                )
            }
            Refusal::NoPartitions(topic) => {
                format!("{topic} has no partition (INVALID_PARTITIONS). Give it one at the least.")
            }
            Refusal::FewerPartitions { topic, has } => {
                let has = plural(u64::from(*has), "partition", "partitions");
                format!(
                    "{topic} has {has}, and Kafka can't take any away (INVALID_PARTITIONS). Ask for more than that."
                )
            }
            Refusal::NoSuchPartition { topic, partition } => {
                format!("{topic} has no partition {partition}. They count from 0; add some, or name one that is there.")
            }
            Refusal::NoAssignor => {
                "A consumer that subscribes needs an assignor (IllegalStateException). Name one at the least.".into()
            }
            Refusal::NoTopic => "A producer needs a topic to send to. Add a topic first.".into(),
            Refusal::NoKeys(producer) => {
                format!("{producer} has no key to send. Give it one; the empty key is one too.")
            }
            Refusal::NoSuchBroker(number) => {
                format!("There is no broker {number}. They count from 1; the scenario says how many there are.")
            }
            Refusal::BrokerCannot { broker, act } => cluster::broker_cannot(*broker, *act),
            Refusal::BadReplication { topic, factor, brokers } => cluster::bad_replication(topic, *factor, *brokers),
            Refusal::BadDelivery { producer, fault } => cluster::delivery_fault(producer, *fault),
            Refusal::NoSuchService(name) => format!("There is no service {name}. Name one that is there."),
            Refusal::ServiceIs { service, status } => services::is_already(service, *status),
            Refusal::Over(limit) => self.limit(*limit),
        }
    }

    fn limit(&self, limit: Limit) -> String {
        let n = |n: usize| self.number(n as u64);
        match limit {
            Limit::Topics => format!("A world holds {} topics at the most. Leave some out.", n(limits::MAX_TOPICS)),
            Limit::Partitions => {
                format!("A world holds {} partitions at the most. Ask for fewer.", n(limits::MAX_PARTITIONS))
            }
            Limit::Producers => {
                format!("A world holds {} producers at the most. Remove one first.", n(limits::MAX_PRODUCERS))
            }
            Limit::Groups => format!("A world holds {} groups at the most. Remove one first.", n(limits::MAX_GROUPS)),
            Limit::Members => {
                format!("A group holds {} consumers at the most. Remove one first.", n(limits::MAX_MEMBERS))
            }
            Limit::Keys => {
                format!(
                    "A world knows {} different keys at the most. Use one that was sent before.",
                    n(limits::MAX_KEYS)
                )
            }
            Limit::KeyBytes => {
                format!("A key has {} bytes of UTF-8 at the most. Shorten it.", n(limits::MAX_KEY_BYTES))
            }
            Limit::ValueBytes => {
                let most = self.number(u64::from(limits::MAX_VALUE_BYTES));
                format!("A record has {most} bytes at the most, as a broker allows by default. Make it smaller.")
            }
            Limit::Rate => {
                let most = self.number(limits::MAX_RATE_PER_SECOND);
                format!("A producer sends {most} records a second at the most. Slow it down, or add another.")
            }
            Limit::Brokers => {
                let most = self.number(u64::from(limits::MAX_BROKERS));
                format!("A world has {most} brokers at the most, and at least one. Take fewer.")
            }
            Limit::Services => {
                format!("A world holds {} services at the most. Leave some out.", n(limits::MAX_SERVICES))
            }
            Limit::AtOnce => {
                let most = self.number(u64::from(limits::MAX_AT_ONCE));
                format!("A service works on {most} requests at once at the most. Ask for fewer.")
            }
            Limit::CallRetries => {
                let most = self.number(u64::from(limits::MAX_CALL_RETRIES));
                format!("A service tries a call again {most} times at the most. Take fewer.")
            }
            Limit::Actions => {
                format!(
                    "A history holds {} actions at the most. Go back in time, or start anew.",
                    n(limits::MAX_ACTIONS)
                )
            }
        }
    }

    fn moment_of(&self, now: Time) -> String {
        format!("At {} of simulated time.", plain_time(Span(now.0)))
    }

    fn nothing_here(&self) -> String {
        "There is nothing here yet: no topic, no producer, no group.".into()
    }

    fn producer_sends(&self, producer: &str, topics: &str, per_thousand_seconds: u64, sent: u64) -> String {
        let sent = plural(sent, "record", "records");
        if per_thousand_seconds == 0 {
            return format!("{producer} sends to {topics} when told to; {sent} so far.");
        }
        format!("{producer} sends to {topics}, {}; {sent} so far.", self.records_a_second(per_thousand_seconds))
    }

    fn last_sent(&self, key: &str, lane: &str) -> String {
        format!("The key of its last record, {key}, put it into {lane}.")
    }

    fn topic_holds(&self, topic: &str, lanes: u64, records: u64, under_way: u64) -> String {
        let (lanes, records) = (plural(lanes, "lane", "lanes"), plural(records, "record", "records"));
        let coming = match under_way {
            0 => String::new(),
            n => format!(", and {} on the way", self.number(n)),
        };
        format!("{topic} keeps {records} in {lanes}{coming}.")
    }

    fn group_reads(&self, group: &str, topics: &str, consumers: u64, assignment: Assignment) -> String {
        if consumers == 0 {
            return format!("{group} has no consumers: nobody reads {topics} for it.");
        }
        let consumers = plural(consumers, "consumer", "consumers");
        let by = match assignment {
            Assignment::By(assignors) if assignors.iter().nth(1).is_some() => {
                format!("lanes shared out by one of {}", names_of(assignors))
            }
            Assignment::By(_) => format!("lanes shared out by {}", assignment.name()),
            Assignment::ByBroker(assignor) => format!("lanes shared out by the broker's {}", assignor.name()),
            Assignment::Manual => "each choosing its lanes for itself".into(),
        };
        format!("{group} reads every record of {topics} with {consumers}, {by}.")
    }

    fn member_reads(&self, member: &str, lanes: &str) -> String {
        format!("{member} reads {lanes}.")
    }

    fn member_stands(&self, member: &str, standing: Standing, lanes: &str) -> String {
        match standing {
            Standing::Idle => format!("{member} is idle: there is no lane for it."),
            Standing::PutOut => {
                let out = format!("{member} has been put out of its group and does not know it yet");
                if lanes.is_empty() { format!("{out}.") } else { format!("{out}: it still takes {lanes} for its own.") }
            }
            Standing::Closing => {
                let until = if lanes.is_empty() { String::new() } else { format!(" Until then it has {lanes}.") };
                format!("{member} is told to stop, and closes where it would poll next.{until}")
            }
            Standing::Out => {
                format!("{member} is out of its group, and joins again when its application next polls.")
            }
            Standing::Reconciling | Standing::As(Status::Joining | Status::Stable) => {
                format!("{member} waits for its share.")
            }
            Standing::As(Status::Leaving) => format!("{member} is leaving."),
            Standing::As(Status::Away { .. }) => format!("{member} has closed, and its lanes wait for it."),
            Standing::As(Status::Refused { .. }) => format!(
                "{member} was refused, and ended: the others know none of its assignors (INCONSISTENT_GROUP_PROTOCOL). Start it again with one that they all have."
            ),
            Standing::As(Status::Crashed { .. }) => {
                format!("{member} has crashed, and its group has not noticed yet.")
            }
        }
    }

    fn nobody_reads_these(&self, lanes: &str) -> String {
        format!("Nobody reads {lanes} just now.")
    }

    fn group_is_rebalancing(&self, group: &str) -> String {
        format!("{group} is sharing its lanes out anew.")
    }

    fn group_is_behind(&self, group: &str, records: u64, most: Option<(&str, u64)>) -> String {
        let behind = plural(records, "record", "records");
        match (records, most) {
            (0, _) => format!("{group} has read and committed everything."),
            (_, Some((lane, most))) if most < records => {
                format!("{group} is {behind} behind, {} of them on {lane}.", self.number(most))
            }
            (_, Some((lane, _))) => format!("{group} is {behind} behind, on {lane}."),
            (_, None) => format!("{group} is {behind} behind."),
        }
    }

    fn group_without_commit(&self, group: &str, lanes: &str) -> String {
        match lanes {
            "" => format!("{group} has committed nothing yet, so nobody can say how far behind it is."),
            some => format!("{group} has committed nothing yet of {some}."),
        }
    }

    fn last_happening(&self, at: Time, happening: &str) -> String {
        format!("Last, at {}: {happening}", plain_time(Span(at.0)))
    }

    fn lane_of(&self, topic: Option<&str>, partition: u32) -> String {
        match topic {
            Some(topic) => format!("lane {partition} of {topic}"),
            None => format!("lane {partition}"),
        }
    }

    fn list(&self, names: &[String], more: usize) -> String {
        match names {
            [] => self.none().into(),
            [.., _] if more > 0 => format!("{} and {} more", names.join(", "), self.number(more as u64)),
            [one] => one.clone(),
            [first @ .., last] => format!("{} and {last}", first.join(", ")),
        }
    }

    fn and_others(&self, count: usize) -> String {
        format!("And {} more like these; the tables have them all.", self.number(count as u64))
    }

    fn lanes_caption(&self) -> String {
        "Lanes (partitions)".into()
    }

    fn lanes_columns(&self) -> [&'static str; 4] {
        ["Partition", "Log start", "High watermark", "Log end"]
    }

    fn group_caption(&self, group: &str) -> String {
        format!("Group {group}")
    }

    fn group_columns(&self) -> [&'static str; 5] {
        ["Partition", "Consumer", "Position", "Committed", "Lag"]
    }

    fn producers_caption(&self) -> String {
        "Producers".into()
    }

    fn producers_columns(&self) -> [&'static str; 4] {
        ["Producer", "Sends to", "Sent", "Acknowledged"]
    }

    fn none(&self) -> &'static str {
        "–"
    }
}

/// `because` is why; what came of it stands in the rebalance, if it is still remembered.
fn rebalanced(because: &str, group: &str, rebalance: Option<&Rebalance>) -> String {
    let Some(rebalance) = rebalance else { return format!("{because}; the lanes were shared out again.") };
    let moved = rebalance.moved.len() as u64;
    if moved > 0 && rebalance.moved.iter().all(|change| change.from.is_none()) {
        return format!("{group} shared out its lanes: each has one reader.");
    }
    let lanes = match moved {
        0 => "no lane changed hands".into(),
        n => format!("{} changed hands", plural(n, "lane", "lanes")),
    };
    match rebalance.paused.values().max() {
        Some(pause) => format!("{because}; {lanes}, and the group stood still for up to {}.", plain_time(*pause)),
        None => format!("{because}; {lanes}."),
    }
}

fn lane(world: &World, partition: TopicPartition) -> String {
    English.lane_of(topic_name(world, partition), partition.partition)
}

fn topic_name(world: &World, partition: TopicPartition) -> Option<&str> {
    world.topic(partition.topic).map(|topic| &*topic.name)
}

fn key_name(world: &World, key: KeyId) -> String {
    let text = &world.key(key).text;
    if text.is_empty() { English.empty_key() } else { text.to_string() }
}

fn names_of(assignors: Assignors) -> String {
    assignors.iter().map(Assignor::name).collect::<Vec<_>>().join(", ")
}

/// `one` for 1, else `many`.
fn plural(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", English.number(n), if n == 1 { one } else { many })
}

/// `640 ms`, `12.3 s`, `5 min`, `1 h 2 min`: as exact as a sentence needs it.
pub(crate) fn plain_time(span: Span) -> String {
    let Span(micros) = span;
    let (millis, secs) = (micros / 1_000, micros / 1_000_000);
    match secs {
        0 => format!("{millis} ms"),
        1..120 if millis % 1_000 >= 100 => format!("{secs}.{} s", millis % 1_000 / 100),
        1..120 => format!("{secs} s"),
        120..3_600 if secs % 60 > 0 => format!("{} min {} s", secs / 60, secs % 60),
        120..3_600 => format!("{} min", secs / 60),
        _ if secs / 60 % 60 > 0 => format!("{} h {} min", secs / 3_600, secs / 60 % 60),
        _ => format!("{} h", secs / 3_600),
    }
}

/// Kafka's name for two members with one instance id: the classic coordinator fences the older, that of the consumer
/// protocol refuses the newer (both seen on a running broker, `conformance/vectors/broker-refusals.tsv`).
fn instance_id_error(world: &World, group: &str) -> &'static str {
    let protocol = world.groups().find(|(_, g)| *g.name == *group).and_then(|(_, g)| g.protocol());
    if protocol == Some(Protocol::Consumer) { "UNRELEASED_INSTANCE_ID" } else { "FENCED_INSTANCE_ID" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_people_say_them() {
        let shown = [0, 640, 1_000, 12_340, 119_999, 120_000, 754_000, 3_600_000, 3_725_000]
            .map(|millis| plain_time(Span::from_millis(millis)));
        let expected = ["0 ms", "640 ms", "1 s", "12.3 s", "119.9 s", "2 min", "12 min 34 s", "1 h", "1 h 2 min"]
            .map(String::from);
        assert_eq!(shown, expected);
    }

    #[test]
    fn lists_read_as_people_say_them() {
        let names = ["a", "b", "c"].map(String::from);
        assert_eq!(English.list(&names, 0), "a, b and c");
        assert_eq!(English.list(&names[..2], 0), "a and b");
        assert_eq!(English.list(&names[..1], 0), "a");
        assert_eq!(English.list(&names, 1_000), "a, b, c and 1,000 more");
        assert_eq!(English.list(&[], 0), "–");
    }

    /// A limit's sentence has the limit's number in it, and says what to do.
    #[test]
    fn every_limit_names_its_number() {
        let of = |limit| English.refusal(&Refusal::Over(limit));
        for (limit, number) in [
            (Limit::Topics, "64"),
            (Limit::Partitions, "1,024"),
            (Limit::Producers, "64"),
            (Limit::Groups, "32"),
            (Limit::Members, "256"),
            (Limit::Keys, "10,000"),
            (Limit::KeyBytes, "1,024"),
            (Limit::ValueBytes, "1,048,588"),
            (Limit::Rate, "10,000"),
            (Limit::Actions, "10,000"),
            (Limit::Brokers, "16"),
            (Limit::Services, "16"),
            (Limit::AtOnce, "64"),
            (Limit::CallRetries, "10"),
        ] {
            let sentence = of(limit);
            assert!(sentence.contains(&format!(" {number} ")), "{sentence}");
            assert!(sentence.matches(". ").count() >= 1, "it says how to mend it: {sentence}");
        }
    }
}
