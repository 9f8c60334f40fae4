//! Promises that were broken, states that should not last: what happened, why, and what would have kept it from that.

use kafka_lanes_core::{Again, Alarm, Broken, Parting, PassedOver, World};

use super::{key_name, lane, plain_time, plural};
use crate::{English, PictureWords, TellingWords};

/// What a broken promise is called, where, and why it broke.
pub(super) fn alarm(world: &World, alarm: &Alarm) -> String {
    let place = place(world, alarm);
    let group = alarm.group.as_deref().unwrap_or_default();
    let member = alarm.member.as_deref().unwrap_or(group);
    match &alarm.broken {
        Broken::OrderByRetry { later, in_flight } => format!(
            "Order broken: {place} was sent before record {later} and stands behind it. It was tried again while \
             others were under way (max.in.flight.requests.per.connection is {in_flight}); idempotence keeps the \
             order, and so does one request at a time."
        ),
        Broken::OrderByPartitions { earlier, offset, before, after, heard } => format!(
            "Order broken: {member} processed {place} and {group} has yet to process an earlier record of that key, \
             {offset} of {}. Lanes were added at {}; at {} its producer heard that there are {after} instead of \
             {before}, and the key goes to another since. Where nothing of a key waits by then, its order is kept.",
            lane(world, *earlier),
            plain_time(kafka_lanes_core::Span(alarm.since.0)),
            plain_time(kafka_lanes_core::Span(heard.0))
        ),
        Broken::StoredTwice { first } => format!(
            "Stored twice: {place} is record {first} again. It was tried again although it was there; idempotence \
             tells that apart."
        ),
        Broken::LostWithLeader { leader } => format!(
            "Lost: {place} was confirmed by its leader alone (acks=1), which died. Broker {}, which leads now, never \
             had it; acks=all waits for copies.",
            leader.0
        ),
        Broken::LostByUncleanElection { leader } => format!(
            "Lost: {place} was confirmed, and an unclean election made broker {} lead without it. Without unclean \
             elections the lane would wait for a copy in sync.",
            leader.0
        ),
        Broken::ProcessedTwice { first, why } => {
            format!("Processed twice: {member} processed {place} again. {}", again(first, *why, group))
        }
        Broken::PassedOver(why) => {
            format!(
                "Never processed: {group} passed over {}. {}",
                place.strip_suffix(',').unwrap_or(&place),
                passed_over(why)
            )
        }
        Broken::Idle { members, partitions } => {
            let lanes = plural(u64::from(*partitions), "lane", "lanes");
            let consumers = plural(u64::from(*members), "consumer", "consumers");
            let why = if members > partitions {
                format!(
                    "{group} has {consumers} for {lanes}, and a lane has one reader. More lanes would give it work."
                )
            } else {
                format!("There are {lanes} for {consumers}, and the assignor gave them to the others. Another may not.")
            };
            format!("Idle: {member} has no lane. {why}")
        }
        Broken::LagGrowing { arrived, processed } => format!(
            "Falling behind: {group} has {} of {} to process, and it gets more. In 20 s {} came, and it processed {}. \
             Faster processing helps, or more lanes with more consumers.",
            plural(alarm.records, "record", "records"),
            alarm.partition.map_or_else(|| English.none().into(), |at| lane(world, at)),
            English.number(*arrived),
            English.number(*processed)
        ),
    }
}

/// The first record that is affected, and how many there are.
fn place(world: &World, alarm: &Alarm) -> String {
    let lane = alarm.partition.map_or_else(|| English.none().into(), |at| lane(world, at));
    let offset = alarm.offset.unwrap_or_default();
    // A record that was deleted takes its key with it.
    let key = alarm.key.map(|key| format!(", key {}", key_name(world, key))).unwrap_or_default();
    let others = match alarm.records {
        0 | 1 => String::new(),
        n => format!(", with {} like it", English.number(n - 1)),
    };
    let end = if key.is_empty() && others.is_empty() { "" } else { "," };
    format!("record {offset} of {lane}{key}{others}{end}")
}

fn again(first: &str, why: Again, group: &str) -> String {
    match why {
        Again::NotCommitted(how) => {
            let mend = match how {
                Parting::LetGo => "A cooperative move commits before the round, not when it lets go.",
                _ => "Shorter commit intervals bring less of it back.",
            };
            format!("{first} had processed it, and {} before it had committed that. {mend}", parting(how))
        }
        Again::HeldOn => {
            format!("It had lost the lane to {first} and went on with what it had polled; {group} refuses its commits.")
        }
        Again::BothRead => format!("It and {first} both chose this lane. With a subscription a lane has one reader."),
        Again::Reset => {
            format!("{first} had processed it; its offset was out of range, and auto.offset.reset set {group} back.")
        }
    }
}

fn passed_over(why: &PassedOver) -> String {
    match why {
        PassedOver::CommittedBefore { by, how } => format!(
            "{by} had committed it before it processed it, and {}. A commit after processing brings it back instead.",
            parting(*how)
        ),
        PassedOver::Retention => {
            "Retention had deleted it before the group read it. Longer retention keeps it, or a faster group.".into()
        }
        PassedOver::LatestAfterReset => {
            "Retention had deleted what came before it, so its offset was out of range, and it went on at the end: \
             auto.offset.reset is latest. With earliest it reads what is left."
                .into()
        }
        PassedOver::Latest => {
            "Nothing was committed, so it began at the end: auto.offset.reset is latest. With earliest it reads all."
                .into()
        }
    }
}

fn parting(how: Parting) -> &'static str {
    match how {
        Parting::Crashed => "crashed",
        Parting::Closed => "closed",
        Parting::SessionEnded => "was not heard of until its session ended",
        Parting::TooSlow => "did not poll for too long (max.poll.interval.ms)",
        Parting::LetGo => "let go of the lane in a rebalance",
        Parting::Replaced => "lost its group.instance.id to another",
    }
}

#[cfg(test)]
mod tests {
    use kafka_lanes_core::spec::{TopicSpec, WorldSpec};
    use kafka_lanes_core::{BrokerId, Time, TopicId, TopicPartition};

    use super::*;

    const AT: TopicPartition = TopicPartition { topic: TopicId(0), partition: 2 };

    /// A sentence for each cause: capital, full stop, no doubled space; and what it says.
    #[test]
    fn a_broken_promise_says_which_and_where_and_what_would_have_kept_it() {
        let spec = WorldSpec { topics: vec![TopicSpec::new("orders", 3)], ..WorldSpec::default() };
        let world = World::new(&spec, 1).expect("a world within the limits");
        let leader = BrokerId(1);
        let twice = |why| Broken::ProcessedTwice { first: "c1".into(), why };
        let partings = [
            Parting::Crashed,
            Parting::Closed,
            Parting::SessionEnded,
            Parting::TooSlow,
            Parting::LetGo,
            Parting::Replaced,
        ];
        let mut all = vec![
            (Broken::OrderByRetry { later: 3, in_flight: 5 }, "connection is 5"),
            (
                Broken::OrderByPartitions { earlier: AT, offset: 7, before: 1, after: 3, heard: Time::ZERO },
                "there are 3 instead of 1",
            ),
            (Broken::StoredTwice { first: 3 }, "idempotence"),
            (Broken::LostWithLeader { leader }, "acks=all"),
            (Broken::LostByUncleanElection { leader }, "unclean"),
            (twice(Again::HeldOn), "lost the lane to c1"),
            (twice(Again::BothRead), "both chose"),
            (twice(Again::Reset), "auto.offset.reset"),
            (Broken::PassedOver(PassedOver::Retention), "deleted"),
            (Broken::PassedOver(PassedOver::Latest), "earliest"),
            (Broken::PassedOver(PassedOver::LatestAfterReset), "out of range"),
        ];
        for how in partings {
            all.push((twice(Again::NotCommitted(how)), parting(how)));
            all.push((Broken::PassedOver(PassedOver::CommittedBefore { by: "c1".into(), how }), parting(how)));
        }
        let told = |broken: Broken, records| {
            let (group, member) = (Some("mail".into()), Some("c2".into()));
            let (at, since) = (Time::from_secs(41), Time::from_secs(40));
            let (partition, offset) = (Some(AT), Some(9));
            let alarm = Alarm { at, since, until: None, partition, offset, key: None, records, group, member, broken };
            let text = English.alarm(&world, &alarm);
            assert!(text.ends_with('.') && !text.contains("  ") && !text.contains(".."), "{text}");
            text
        };
        for (broken, about) in all {
            let text = told(broken.clone(), 1);
            assert!(text.contains("record 9 of lane 2 of orders") && text.contains(about), "{text}");
            assert!(!text.contains("no key") && !text.contains("orders,"), "its key is not known: {text}");
            assert!(told(broken, 4).contains("record 9 of lane 2 of orders, with 3 like it"));
        }
        let behind = told(Broken::LagGrowing { arrived: 400, processed: 80 }, 900);
        assert!(behind.contains("mail has 900 records of lane 2 of orders") && behind.contains("400 came"), "{behind}");
        let idle = |members, partitions| told(Broken::Idle { members, partitions }, 0);
        assert!(idle(5, 3).contains("5 consumers for 3 lanes") && idle(3, 4).contains("assignor"));
    }
}
