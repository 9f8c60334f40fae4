use crate::renamed::renamed;
use crate::{AlarmWords, BrokerWords, English, ServiceWords};

renamed! {
/// What stands in the picture, and the accessible names of its parts.
///
/// Friendly text says "lane"; Kafka's own word "partition" stands on the chip of each lane.
pub trait PictureWords: BrokerWords + AlarmWords + ServiceWords {
    /// A whole number, with separators.
    fn number(&self, n: u64) -> String;
    /// A number in at most four characters or so: `999`, `1.2k`, `34k`, `5.6M`.
    fn short_number(&self, n: u64) -> String;
    /// A group's lag on a lane, more than 0.
    fn behind(&self, n: u64) -> String;
    /// A lag of 0.
    fn caught_up(&self) -> String;
    /// The caption of a column of lags.
    fn behind_caption(&self) -> String;
    /// A lane that no member of a group reads.
    fn nobody_reads(&self) -> String;
    /// A group that has committed nothing on a lane.
    fn no_commit_yet(&self) -> String;
    /// A lane's chip where there is room.
    fn partition(&self, n: u32) -> String;
    /// A lane's chip where there is less room.
    fn lane(&self, n: u32) -> String;
    /// A lane's chip where there is next to none.
    fn lane_initial(&self, n: u32) -> String;
    /// The word before a topic's name.
    fn topic_word(&self) -> String;
    /// What a topic is, at the right of its head.
    fn partitions_each(&self, n: u64) -> String;
    /// The same, shorter.
    fn partitions(&self, n: u64) -> String;
    /// Where the newest record is, in portrait.
    fn newest_below(&self) -> String;
    /// Records that are in the log but left of the window.
    fn older(&self, n: u64) -> String;
    /// Lanes that are not drawn; activating it draws them.
    fn more_lanes(&self, n: u64) -> String;
    /// Members that are not drawn.
    fn more(&self, n: u64) -> String;
    /// The row of a folded topic that shows the lanes themselves.
    fn lanes_row(&self) -> String;
    /// A group's members.
    fn consumers(&self, n: u64) -> String;
    /// A group's members, of whom some are idle.
    fn consumers_idle(&self, n: u64, idle: u64) -> String;
    /// The same, shorter.
    fn consumers_idle_short(&self, n: u64, idle: u64) -> String;
    /// A group's members, of whom some are dead or out of it.
    fn consumers_active(&self, active: u64, n: u64) -> String;
    /// The second line of a folded group.
    fn consumers_share(&self, consumers: u64, lanes: u64) -> String;
    /// A group without members.
    fn no_consumers(&self) -> String;
    /// A group in a rebalance.
    fn assigning(&self) -> String;
    /// A member with a record in hand.
    fn reading(&self, offset: u64) -> String;
    /// The same, shorter.
    fn reading_short(&self, offset: u64) -> String;
    /// A member with nothing to do just now.
    fn waiting(&self) -> String;
    /// The badge of an idle member.
    fn idle(&self) -> String;
    /// Why it is idle.
    fn no_lane(&self) -> String;
    /// A member that died.
    fn crashed(&self) -> String;
    /// A member that its group did not take.
    fn refused(&self) -> String;
    /// A member that its group has gone on without, whether it knows that or not.
    fn out_of_group(&self) -> String;
    /// A member that waits for what it gets.
    fn joining(&self) -> String;
    /// A member on its way out.
    fn leaving(&self) -> String;
    /// A member that closes when it has processed these.
    fn finishing(&self, records: u64) -> String;
    /// A member that stands still by itself: its process, or only its application, which does not poll.
    fn stands_still(&self, process: bool) -> String;
    /// A static member that has closed, and may come back.
    fn away(&self) -> String;
    /// The word under a producer's name.
    fn producer_word(&self) -> String;
    /// Several producers in one box.
    fn producers(&self, n: u64) -> String;
    /// The rest of the producers, in one box.
    fn other_producers(&self) -> String;
    /// A rate, in records of a thousand seconds.
    fn records_a_second(&self, per_thousand_seconds: u64) -> String;
    /// Over the buttons that send one record.
    fn send_a_record(&self) -> String;
    /// The same, shorter.
    fn send_short(&self) -> String;
    /// The first caption: who sends.
    fn caption_send(&self, producer: &str, producers: u64) -> String;
    /// The same, shorter.
    fn caption_send_short(&self, producer: &str, producers: u64) -> String;
    /// The second caption, over lanes that are drawn as logs.
    fn caption_keep(&self) -> String;
    /// The second caption, over lanes that are folded.
    fn caption_folded(&self, lanes: u64, topics: u64) -> String;
    /// The third caption.
    fn caption_read(&self) -> String;
    /// The same, shorter.
    fn caption_read_short(&self) -> String;
    /// The third caption where there are many consumers.
    fn caption_many(&self, consumers: u64, groups: u64) -> String;
    /// Legend: letter and colour.
    fn legend_key(&self) -> String;
    /// Legend: what is left of the tick.
    fn legend_committed(&self) -> String;
    /// Legend: the solid bar.
    fn legend_in_hand(&self) -> String;
    /// Legend: the hatched bar.
    fn legend_to_read(&self) -> String;
    /// Legend: the bar of a folded lane.
    fn legend_bar(&self) -> String;
    /// Legend: a ribbon.
    fn legend_ribbon(&self) -> String;
    /// Legend: the tile of a consumer.
    fn legend_tile(&self) -> String;
    /// What a key without text is called.
    fn empty_key(&self) -> String;
    /// What stands for the key of a record that has none.
    fn no_key(&self) -> String;
    /// Title of the picture as a file.
    fn picture_title(&self, topic: &str) -> String;
    /// Description of the picture as a file.
    fn picture_description(&self, producers: u64, topics: u64, lanes: u64, groups: u64, consumers: u64) -> String;
    /// Accessible name of a producer.
    fn name_producer(&self, name: &str) -> String;
    /// Accessible name of a topic.
    fn name_topic(&self, name: &str, lanes: u64) -> String;
    /// Accessible name of a folded topic: activating it opens it.
    fn name_folded_topic(&self, name: &str, lanes: u64) -> String;
    /// Accessible name of a lane.
    fn name_lane(&self, topic: &str, partition: u32, start: u64, end: u64) -> String;
    /// Accessible name of a record.
    fn name_record(&self, offset: u64, key: &str, partition: u32) -> String;
    /// Accessible name of where a group reads a lane; `lag` is in words already.
    fn name_cursor(&self, group: &str, partition: u32, lag: &str) -> String;
    /// Accessible name of a group; `members` is in words already.
    fn name_group(&self, name: &str, members: &str) -> String;
    /// Accessible name of a folded group: activating it opens it.
    fn name_folded_group(&self, name: &str, members: &str) -> String;
    /// Accessible name of a member; `doing` is in words already, `lanes` lists numbers.
    fn name_member(&self, name: &str, group: &str, lanes: &str, doing: &str) -> String;
    /// Accessible name of the arrow from a lane to its reader.
    fn name_route(&self, partition: u32, member: &str) -> String;
    /// Accessible name of a ribbon from a topic to a group.
    fn name_ribbon(&self, topic: &str, group: &str) -> String;
    /// Accessible name of a button that sends one record.
    fn name_key_button(&self, key: &str, producer: &str) -> String;
}
}

/// `one` for 1, else `many`.
pub(crate) fn plural(n: u64, one: &str, many: &str) -> String {
    let n_text = English.number(n);
    if n == 1 { format!("1 {one}") } else { format!("{n_text} {many}") }
}

impl PictureWords for English {
    fn number(&self, n: u64) -> String {
        let digits = n.to_string();
        let mut out = String::with_capacity(digits.len() + digits.len() / 3);
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        out
    }

    fn short_number(&self, n: u64) -> String {
        let (unit, letter) = match n {
            0..1_000 => return n.to_string(),
            1_000..1_000_000 => (1_000, 'k'),
            1_000_000..1_000_000_000 => (1_000_000, 'M'),
            _ => (1_000_000_000, 'G'),
        };
        let (whole, tenth) = (n / unit, n % unit * 10 / unit);
        if whole < 10 && tenth > 0 { format!("{whole}.{tenth}{letter}") } else { format!("{whole}{letter}") }
    }

    fn behind(&self, n: u64) -> String {
        format!("{} behind", self.short_number(n))
    }

    fn caught_up(&self) -> String {
        "caught up".into()
    }

    fn behind_caption(&self) -> String {
        "behind".into()
    }

    fn nobody_reads(&self) -> String {
        "nobody reads".into()
    }

    fn no_commit_yet(&self) -> String {
        "no commit yet".into()
    }

    fn partition(&self, n: u32) -> String {
        format!("Partition {n}")
    }

    fn lane(&self, n: u32) -> String {
        format!("Lane {n}")
    }

    fn lane_initial(&self, n: u32) -> String {
        format!("P{n}")
    }

    fn topic_word(&self) -> String {
        "Topic".into()
    }

    fn partitions_each(&self, n: u64) -> String {
        match n {
            1 => "1 partition, an append-only log".into(),
            _ => format!("{}, each an append-only log", self.partitions(n)),
        }
    }

    fn partitions(&self, n: u64) -> String {
        plural(n, "partition", "partitions")
    }

    fn newest_below(&self) -> String {
        "newest below".into()
    }

    fn older(&self, n: u64) -> String {
        format!("{} older", self.short_number(n))
    }

    fn more_lanes(&self, n: u64) -> String {
        format!("+{}", plural(n, "more lane", "more lanes"))
    }

    fn more(&self, n: u64) -> String {
        format!("+{}", self.short_number(n))
    }

    fn lanes_row(&self) -> String {
        "lanes".into()
    }

    fn consumers(&self, n: u64) -> String {
        plural(n, "consumer", "consumers")
    }

    fn consumers_idle(&self, n: u64, idle: u64) -> String {
        format!("{}, {} idle", self.consumers(n), self.number(idle))
    }

    fn consumers_idle_short(&self, n: u64, idle: u64) -> String {
        format!("{} idle of {}", self.number(idle), self.number(n))
    }

    fn consumers_active(&self, active: u64, n: u64) -> String {
        format!("{} of {} active", self.number(active), self.number(n))
    }

    fn consumers_share(&self, consumers: u64, lanes: u64) -> String {
        let share = if consumers == 1 { "has" } else { "share" };
        format!("{} {share} {}", self.consumers(consumers), plural(lanes, "lane", "lanes"))
    }

    fn no_consumers(&self) -> String {
        "no consumers".into()
    }

    fn assigning(&self) -> String {
        "assigning…".into()
    }

    fn reading(&self, offset: u64) -> String {
        format!("reading {offset}")
    }

    fn reading_short(&self, offset: u64) -> String {
        format!("at {offset}")
    }

    fn waiting(&self) -> String {
        "awaits more".into()
    }

    fn idle(&self) -> String {
        "IDLE".into()
    }

    fn no_lane(&self) -> String {
        "no lane".into()
    }

    fn crashed(&self) -> String {
        "crashed".into()
    }

    fn refused(&self) -> String {
        "refused".into()
    }

    fn out_of_group(&self) -> String {
        "out of its group".into()
    }

    fn joining(&self) -> String {
        "waiting for its share".into()
    }

    fn leaving(&self) -> String {
        "leaving".into()
    }

    fn finishing(&self, records: u64) -> String {
        match records {
            0 => "closing".into(),
            n => format!("closes after {}", plural(n, "record", "records")),
        }
    }

    fn stands_still(&self, process: bool) -> String {
        if process { "hangs" } else { "does not poll" }.into()
    }

    fn away(&self) -> String {
        "away".into()
    }

    fn producer_word(&self) -> String {
        "producer".into()
    }

    fn producers(&self, n: u64) -> String {
        plural(n, "producer", "producers")
    }

    fn other_producers(&self) -> String {
        "others".into()
    }

    fn records_a_second(&self, per_thousand_seconds: u64) -> String {
        let (whole, tenth) = (per_thousand_seconds / 1_000, per_thousand_seconds % 1_000 / 100);
        if whole < 10 && tenth > 0 { format!("{whole}.{tenth}/s") } else { format!("{}/s", self.number(whole)) }
    }

    fn send_a_record(&self) -> String {
        "Send a record".into()
    }

    fn send_short(&self) -> String {
        "Send".into()
    }

    fn caption_send(&self, producer: &str, producers: u64) -> String {
        if producers == 1 { format!("{producer} sends records") } else { self.producers(producers) }
    }

    fn caption_send_short(&self, producer: &str, producers: u64) -> String {
        if producers == 1 { format!("{producer} sends") } else { self.producers(producers) }
    }

    fn caption_keep(&self) -> String {
        "Kafka adds each record to the end of one lane (a partition), and keeps it".into()
    }

    fn caption_folded(&self, lanes: u64, topics: u64) -> String {
        format!(
            "{} in {}: one bar per lane and group",
            plural(lanes, "lane", "lanes"),
            plural(topics, "topic", "topics")
        )
    }

    fn caption_read(&self) -> String {
        "Each group reads every record".into()
    }

    fn caption_read_short(&self) -> String {
        "Groups read".into()
    }

    fn caption_many(&self, consumers: u64, groups: u64) -> String {
        format!("{} in {}", self.consumers(consumers), plural(groups, "group", "groups"))
    }

    fn legend_key(&self) -> String {
        "letter and colour = the record’s key; one key always lands in one lane".into()
    }

    fn legend_committed(&self) -> String {
        "read and committed".into()
    }

    fn legend_in_hand(&self) -> String {
        "in hand, not yet committed".into()
    }

    fn legend_to_read(&self) -> String {
        "still to read".into()
    }

    fn legend_bar(&self) -> String {
        "one lane: fill = still to read".into()
    }

    fn legend_ribbon(&self) -> String {
        "flow from a topic to a group".into()
    }

    fn legend_tile(&self) -> String {
        "a consumer: lanes it owns, and how far behind".into()
    }

    fn empty_key(&self) -> String {
        "(empty key)".into()
    }

    fn no_key(&self) -> String {
        "(no key)".into()
    }

    fn picture_title(&self, topic: &str) -> String {
        format!("Kafka Lanes: {topic}")
    }

    fn picture_description(&self, producers: u64, topics: u64, lanes: u64, groups: u64, consumers: u64) -> String {
        format!(
            "{} on the left, {} with {} in the middle, {} with {} on the right. An arrow runs from each lane to the consumer that reads it.",
            self.producers(producers),
            plural(topics, "topic", "topics"),
            plural(lanes, "lane", "lanes"),
            plural(groups, "consumer group", "consumer groups"),
            self.consumers(consumers)
        )
    }

    fn name_producer(&self, name: &str) -> String {
        format!("{name}, producer")
    }

    fn name_topic(&self, name: &str, lanes: u64) -> String {
        format!("Topic {name}, {}", self.partitions(lanes))
    }

    fn name_folded_topic(&self, name: &str, lanes: u64) -> String {
        format!("Topic {name}, {}, folded; opens", self.partitions(lanes))
    }

    fn name_lane(&self, topic: &str, partition: u32, start: u64, end: u64) -> String {
        if start == end {
            return format!("Partition {partition} of {topic}, empty");
        }
        format!("Partition {partition} of {topic}, records {start} to {}", end - 1)
    }

    fn name_record(&self, offset: u64, key: &str, partition: u32) -> String {
        format!("Record {offset} of partition {partition}, key {key}")
    }

    fn name_cursor(&self, group: &str, partition: u32, lag: &str) -> String {
        format!("{group} on partition {partition}: {lag}")
    }

    fn name_group(&self, name: &str, members: &str) -> String {
        format!("Group {name}, {members}")
    }

    fn name_folded_group(&self, name: &str, members: &str) -> String {
        format!("Group {name}, {members}, folded; opens")
    }

    fn name_member(&self, name: &str, group: &str, lanes: &str, doing: &str) -> String {
        if lanes.is_empty() {
            return format!("{name} of {group}, no lane, {doing}");
        }
        format!("{name} of {group}, reads lanes {lanes}, {doing}")
    }

    fn name_route(&self, partition: u32, member: &str) -> String {
        format!("{member} reads partition {partition}")
    }

    fn name_ribbon(&self, topic: &str, group: &str) -> String {
        format!("{group} reads {topic}")
    }

    fn name_key_button(&self, key: &str, producer: &str) -> String {
        format!("Send a record with the key {key} from {producer}")
    }
}
