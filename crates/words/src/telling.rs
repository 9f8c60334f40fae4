mod english;
pub(crate) use english::plain_time;

use kafka_lanes_core::spec::Assignment;
use kafka_lanes_core::{Alarm, Cause, Happening, Limit, Refusal, Standing, Time, World};

/// What happened, what is refused and how to mend it, and the picture in words.
///
/// Names come as they are; a list of them comes joined by [`list`](Self::list).
pub trait TellingWords {
    // What happened.

    /// What happened, as one sentence: the "just now" line. Keys and partitions get their names from `world`.
    fn happening(&self, world: &World, what: &Happening) -> String;
    /// Which promise was broken, where and why, and what would have kept it.
    fn alarm(&self, world: &World, alarm: &Alarm) -> String;
    /// Why a group is assigned anew: a clause that goes on about it, `Payment-4 joined Payment-g1`.
    fn cause(&self, world: &World, group: &str, cause: &Cause) -> String;

    // What is refused.

    /// Why something was not done, and what would do instead.
    fn refusal(&self, refusal: &Refusal) -> String;
    /// What a limit allows, with its number.
    fn limit(&self, limit: Limit) -> String;

    // The picture in words: each a sentence.

    /// A moment of simulated time.
    fn moment_of(&self, now: Time) -> String;
    /// A world without topics.
    fn nothing_here(&self) -> String;
    /// A producer, where it sends, how often (records of a thousand seconds), and how many it has sent.
    fn producer_sends(&self, producer: &str, topics: &str, per_thousand_seconds: u64, sent: u64) -> String;
    /// Where a producer's last record went, and by which key.
    fn last_sent(&self, key: &str, lane: &str) -> String;
    /// A topic, its lanes, the records that it holds, and those that are on their way to it.
    fn topic_holds(&self, topic: &str, lanes: u64, records: u64, under_way: u64) -> String;
    /// A group, what it reads, by how many consumers, and who shares the lanes out.
    fn group_reads(&self, group: &str, topics: &str, consumers: u64, assignment: Assignment) -> String;
    /// A consumer and the lanes that it reads.
    fn member_reads(&self, member: &str, lanes: &str) -> String;
    /// A consumer for how it stands in its group, and the lanes that it has or takes for its own, if any.
    fn member_stands(&self, member: &str, standing: Standing, lanes: &str) -> String;
    /// Lanes that nobody of a group reads just now.
    fn nobody_reads_these(&self, lanes: &str) -> String;
    /// A group that shares its lanes out just now.
    fn group_is_rebalancing(&self, group: &str) -> String;
    /// How many records a group has not committed, and the lane that has most of them, with its number.
    fn group_is_behind(&self, group: &str, records: u64, most: Option<(&str, u64)>) -> String;
    /// A group that has committed nothing in some lanes, or in none of all, if `lanes` is empty: no lag is known there.
    fn group_without_commit(&self, group: &str, lanes: &str) -> String;
    /// What happened last, and when.
    fn last_happening(&self, at: Time, happening: &str) -> String;

    // Parts of sentences.

    /// A lane, with its topic where there are several.
    fn lane_of(&self, topic: Option<&str>, partition: u32) -> String;
    /// Several names in a row; `more` were left out.
    fn list(&self, names: &[String], more: usize) -> String;
    /// Producers, topics or groups that are not told one by one.
    fn and_others(&self, count: usize) -> String;

    // Tables.

    /// Caption of the table of partitions.
    fn lanes_caption(&self) -> String;
    /// Partition, log start, high watermark, log end.
    fn lanes_columns(&self) -> [&'static str; 4];
    /// Caption of a group's table.
    fn group_caption(&self, group: &str) -> String;
    /// Partition, consumer, position, committed, lag.
    fn group_columns(&self) -> [&'static str; 5];
    /// Caption of the table of producers.
    fn producers_caption(&self) -> String;
    /// Producer, topics, sent, acknowledged.
    fn producers_columns(&self) -> [&'static str; 4];
    /// What stands in a cell that has nothing to say.
    fn none(&self) -> &'static str;
}
