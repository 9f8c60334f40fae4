//! Promises that were broken, in a form that is fixed.

use kafka_lanes_core::{Again, Broken, Parting, PassedOver, World};
use serde::Serialize;

/// A promise that was broken, or a state that should not last: its form is fixed, so that pages can rely on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alarm {
    /// Which promise: `order-broken`, `stored-twice`, `record-lost`, `processed-twice`, `consumer-idle`,
    /// `lag-growing`.
    pub kind: String,
    /// When it was first seen.
    pub time_us: u64,
    /// When that happened which led to it.
    pub since_us: u64,
    /// When a state that should not last ended; null while it lasts, and of what happened at one moment.
    pub until_us: Option<u64>,
    /// On which topic; empty of a consumer that has no partition.
    pub topic: String,
    /// In which of its partitions; null where there is none.
    pub partition: Option<u32>,
    /// At which offset; null where there is none.
    pub offset: Option<u64>,
    /// Of which key; null where it has none, or is not there any more to tell.
    pub key: Option<String>,
    /// How many records are affected, the one at `offset` included; of a lag, how many there were to process.
    pub records: u64,
    /// To which group it happened; absent where it happened to the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// To which member of it; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// Why, in English.
    pub cause: String,
}

/// All alarms of a world, oldest first.
pub(crate) fn alarms(world: &World) -> Vec<Alarm> {
    world.journal().alarms.iter().map(|broken| alarm(world, broken)).collect()
}

fn alarm(world: &World, alarm: &kafka_lanes_core::Alarm) -> Alarm {
    let topic = alarm.partition.and_then(|at| world.topic(at.topic));
    Alarm {
        kind: alarm.broken.kind().into(),
        time_us: alarm.at.0,
        since_us: alarm.since.0,
        until_us: alarm.until.map(|until| until.0),
        topic: topic.map_or_else(String::new, |topic| topic.name.to_string()),
        partition: alarm.partition.map(|at| at.partition),
        offset: alarm.offset,
        key: alarm.key.map(|key| world.key(key).text.to_string()),
        records: alarm.records,
        group: alarm.group.as_ref().map(ToString::to_string),
        member: alarm.member.as_ref().map(ToString::to_string),
        cause: cause(alarm),
    }
}

fn cause(alarm: &kafka_lanes_core::Alarm) -> String {
    match &alarm.broken {
        Broken::OrderByRetry { later, in_flight } => format!(
            "retried without idempotence behind offset {later}, which was sent later \
             (max.in.flight.requests.per.connection={in_flight})"
        ),
        Broken::OrderByPartitions { earlier, offset, before, after, heard } => format!(
            "partitions added at {}, and at {heard} the producer heard of it and goes by {after} instead of {before}: \
             partition {} has an earlier record of the key at offset {offset}, which the group has yet to process",
            alarm.since, earlier.partition
        ),
        Broken::StoredTwice { first } => format!("retried although it is at offset {first}"),
        Broken::LostWithLeader { leader } => {
            format!("acks=1, and its leader died before broker {} had it", leader.0)
        }
        Broken::LostByUncleanElection { leader } => {
            format!("unclean election of broker {}, which did not have it", leader.0)
        }
        Broken::ProcessedTwice { first, why } => match why {
            Again::NotCommitted(how) => {
                format!("processed first by {first}, which {} before it had committed it", parting(*how))
            }
            Again::HeldOn => {
                format!("processed first by {first}, which has the partition now; this member had lost it")
            }
            Again::BothRead => format!("processed first by {first}, which chose the same partition"),
            Again::Reset => format!("processed first by {first}; auto.offset.reset set the group back"),
        },
        Broken::PassedOver(PassedOver::CommittedBefore { by, how }) => {
            format!("committed by {by} before it was processed, and {by} {}", parting(*how))
        }
        Broken::PassedOver(PassedOver::Retention) => "deleted by retention before the group had read it".into(),
        Broken::PassedOver(PassedOver::Latest) => {
            "nothing was committed, and auto.offset.reset=latest begins after it".into()
        }
        Broken::PassedOver(PassedOver::LatestAfterReset) => {
            "the group's offset was out of range, and auto.offset.reset=latest begins after it".into()
        }
        Broken::Idle { members, partitions } if members > partitions => {
            format!("{members} consumers, and {partitions} partitions for them")
        }
        Broken::Idle { members, partitions } => {
            format!("{partitions} partitions for {members} consumers, and the assignor gave them to the others")
        }
        Broken::LagGrowing { arrived, processed } => {
            format!("{arrived} records came in 20s, and the group processed {processed}")
        }
    }
}

fn parting(how: Parting) -> &'static str {
    match how {
        Parting::Crashed => "crashed",
        Parting::Closed => "closed",
        Parting::SessionEnded => "was not heard of until its session ended",
        Parting::TooSlow => "did not poll for max.poll.interval.ms",
        Parting::LetGo => "let go of the partition in a rebalance",
        Parting::Replaced => "lost its group.instance.id to another",
    }
}
