use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::accumulator::Accumulator;
use crate::ids::{BrokerId, TopicId, TopicPartition};
use crate::key::KeyId;
use crate::numbering::Numbering;
use crate::partitioner::{Client, Placement};
use crate::rng::Rng;
use crate::sorted::{SortedMap, SortedSet};
use crate::spec::{Acks, DeliverySpec, Pick, Rate};
use crate::time::{Span, Time};
use crate::unkeyed::UnkeyedPartitioner;

/// A producer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Producer {
    /// Its `client.id`.
    pub name: Rc<str>,
    /// Its client, which picks the partition of each record.
    pub client: Client,
    /// The topics that it sends to, in turn.
    pub topics: Vec<TopicId>,
    /// How often it sends.
    pub rate: Rate,
    /// The keys that it sends; none, and its records have no keys.
    pub keys: Vec<KeyId>,
    /// How it picks the next.
    pub pick: Pick,
    /// Bytes of a record's value.
    pub value_bytes: u32,
    /// Records sent so far.
    pub sent: u64,
    /// Records that the broker has confirmed.
    pub acked: u64,
    /// Records that it has given up.
    pub failed: u64,
    /// How it batches, sends, and tries again.
    pub delivery: DeliverySpec,
    /// The record that it sent last.
    pub last: Option<Sent>,
    pub(crate) timer: SendTimer,
    pub(crate) key_turn: u64,
    pub(crate) topic_turn: u64,
    pub(crate) rng: Rng,
    /// Running sums of the keys' weights, for [`Pick::Skewed`].
    pub(crate) weights: Rc<[u64]>,
    /// Batches that are not under way.
    pub(crate) queue: Accumulator,
    /// Requests on each connection that have no answer yet; or, where flights are slow, those that wait at the broker.
    pub(crate) unanswered: SortedMap<BrokerId, u32>,
    pub(crate) next_request: u64,
    /// Numbers of its batches in each partition, where it is idempotent.
    pub(crate) sequences: SortedMap<TopicPartition, Numbering>,
    /// The leaders that it knows of.
    pub(crate) leaders: SortedMap<TopicPartition, BrokerId>,
    /// When it may ask for leaders again.
    pub(crate) metadata_at: Time,
    /// When what it knows is too old (`metadata.max.age.ms`), or what it asked for is there: then it knows anew.
    pub(crate) metadata_ends: Time,
    /// Topics with partitions of which it has not heard yet, and how many it knows of.
    pub(crate) unheard: SortedMap<TopicId, u32>,
    /// When it will hear of them.
    pub(crate) hears: Option<Time>,
    /// Partitions of which a batch is under way: nothing else is sent there, if one request is allowed in flight.
    pub(crate) muted: SortedSet<TopicPartition>,
    /// Where records without a key go.
    pub(crate) unkeyed: SortedMap<TopicId, UnkeyedPartitioner>,
    /// Partitions that it has sent to.
    pub(crate) reached: SortedSet<TopicPartition>,
    /// When it next looks after its batches by itself.
    pub(crate) wakes: Option<Time>,
    /// It has no memory left for another record (`buffer.memory`), and waits.
    pub(crate) is_blocked: bool,
    /// `acks` until now, each with the number of the first record that it no longer held for.
    pub(crate) past_acks: Vec<(u64, Acks)>,
}

impl Producer {
    /// How many partitions of a topic it goes by, of so many that there are.
    pub(crate) fn knows(&self, topic: TopicId, has: u32) -> u32 {
        self.unheard.get(&topic).copied().unwrap_or(has)
    }

    /// What it knows of leaders is asked for anew when it is too old, whether it sends anything or not. Between two
    /// looks at it nothing can tell.
    ///
    /// Kafka: `Metadata.timeToNextUpdate` (4.3), which `NetworkClient` waits for.
    pub(crate) fn forget_old_leaders(&mut self, now: Time, age: Span) {
        if self.metadata_ends <= now {
            let missed = now.since(self.metadata_ends).0 / age.0.max(1);
            self.metadata_ends += Span(age.0.saturating_mul(missed + 1));
            self.leaders.clear();
        }
    }
}

/// A record on its way out, and why it goes where it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sent {
    /// Its key, if it has one.
    pub key: Option<KeyId>,
    /// Where it goes.
    pub to: TopicPartition,
    /// The arithmetic behind it, if it has a key.
    pub placement: Option<Placement>,
    /// When it was sent.
    pub at: Time,
}

/// When a producer sends next: `count` records after `since`, without the drift of added-up roundings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct SendTimer {
    pub(crate) since: Time,
    pub(crate) count: u64,
    /// Changes with the rate, so that a timer of the old rate is known as such.
    pub(crate) era: u32,
}

impl SendTimer {
    /// When the next is due at this rate; never at rate 0.
    pub(crate) fn next_due(&self, Rate(per_thousand_seconds): Rate) -> Option<Time> {
        if per_thousand_seconds == 0 {
            return None;
        }
        const MICROS: u64 = 1_000_000_000;
        let count = self.count + 1;
        let micros = match count.checked_mul(MICROS) {
            Some(micros) => micros / per_thousand_seconds,
            None => {
                let micros = u128::from(count) * u128::from(MICROS) / u128::from(per_thousand_seconds);
                u64::try_from(micros).unwrap_or(u64::MAX)
            }
        };
        Some(Time(self.since.0.saturating_add(micros)))
    }
}

impl Producer {
    /// When the next record is due; never at rate 0.
    pub(crate) fn next_due(&self) -> Option<Time> {
        self.timer.next_due(self.rate)
    }

    /// The next key, and one step further in whatever it is picked by.
    pub(crate) fn pick_key(&mut self) -> Option<KeyId> {
        let count = self.keys.len() as u64;
        if count == 0 {
            return None;
        }
        let index = match self.pick {
            Pick::Random => self.rng.below(count),
            Pick::InTurn => self.key_turn % count,
            Pick::Skewed => {
                let point = self.rng.below(self.weights.last().copied().unwrap_or(1));
                self.weights.partition_point(|sum| *sum <= point) as u64
            }
        };
        self.key_turn += 1;
        self.keys.get(index as usize).copied()
    }

    /// Records that it holds back: in batches that wait for more, for a leader, or for their turn.
    pub fn held_back(&self) -> u64 {
        self.queue.records()
    }

    /// The answer that it wanted for its record of this number.
    pub(crate) fn acks_of(&self, number: u64) -> Acks {
        let past = self.past_acks.iter().find(|(until, _)| number < *until);
        past.map_or(self.delivery.acks, |(_, acks)| *acks)
    }

    /// The topic whose turn it is.
    pub(crate) fn pick_topic(&mut self) -> Option<TopicId> {
        let turn = self.topic_turn;
        self.topic_turn += 1;
        let count = self.topics.len() as u64;
        self.topics.get(turn.checked_rem(count)? as usize).copied()
    }
}

/// Running sums of Zipf's weights for `count` keys: the n-th weighs 1/n of the first.
pub(crate) fn zipf_weights(count: usize) -> Rc<[u64]> {
    const FIRST: u64 = 1 << 32;
    (1..=count as u64)
        .scan(0, |sum, n| {
            *sum += FIRST / n;
            Some(*sum)
        })
        .collect()
}
