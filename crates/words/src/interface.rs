use kafka_lanes_core::{BrokerAct, Span};

use crate::English;

/// What stands on buttons, panels and pages.
pub trait InterfaceWords {
    /// The name of it all.
    fn brand(&self) -> &'static str;
    /// The headline's first half.
    fn headline(&self) -> &'static str;
    /// The headline's quieter second half.
    fn subline(&self) -> &'static str;
    /// What the whole picture is, for who can't see it.
    fn picture(&self) -> &'static str;
    /// Button: let time pass.
    fn play(&self) -> &'static str;
    /// Button: let time stand.
    fn pause(&self) -> &'static str;
    /// Button: on to the next thing that happens.
    fn step(&self) -> &'static str;
    /// Button: to the beginning.
    fn rewind(&self) -> &'static str;
    /// Label of the speed control.
    fn speed(&self) -> &'static str;
    /// Label of the scrub bar.
    fn timeline(&self) -> &'static str;
    /// The moment at the scrub bar's head, spoken.
    fn moment(&self, clock: &str) -> String;
    /// What opens the text of a scenario, under a picture where no script runs.
    fn scenario_text(&self) -> &'static str;
    /// Button: opens the dialog for a diagram or scenario of one's own.
    fn open_diagram(&self) -> &'static str;
    /// Button: light, dark, or as the system has it.
    fn theme(&self) -> &'static str;
    /// Button: the scenario as text, to be written on.
    fn edit(&self) -> &'static str;
    /// Label of what could stand at the cursor.
    fn completions(&self) -> &'static str;
    /// Button: a link, a piece of a page, a picture.
    fn share(&self) -> &'static str;
    /// Heading of what can be shared.
    fn share_title(&self) -> &'static str;
    /// Label of a link to this moment.
    fn link(&self) -> &'static str;
    /// Button: takes it to the clipboard.
    fn copy_link(&self) -> &'static str;
    /// Label of what to put into a page.
    fn embed_code(&self) -> &'static str;
    /// Button: takes it to the clipboard.
    fn copy_embed(&self) -> &'static str;
    /// Button: saves the picture.
    fn save_svg(&self) -> &'static str;
    /// Button: saves the picture.
    fn save_png(&self) -> &'static str;
    /// It is on the clipboard.
    fn copied(&self) -> &'static str;
    /// The browser does not let us.
    fn not_copied(&self) -> &'static str;
    /// The browser can't make a picture of it.
    fn not_saved(&self) -> &'static str;
    /// Heading of the dialog.
    fn open_title(&self) -> &'static str;
    /// What can be pasted.
    fn open_hint(&self) -> &'static str;
    /// Label of the text field.
    fn open_field(&self) -> &'static str;
    /// Button: choose a file.
    fn open_file(&self) -> &'static str;
    /// Button: run what was pasted.
    fn run(&self) -> &'static str;
    /// Button: run it in spite of the remarks that are shown.
    fn close(&self) -> &'static str;
    /// What opens the description and tables.
    fn in_words(&self) -> &'static str;
    /// Leads the links that change the world.
    fn try_it(&self) -> &'static str;
    /// Button: one more member.
    fn add_consumer(&self, group: &str) -> String;
    /// Button: these assignors from now on, and what they are to people, if anything.
    fn assign_by(&self, assignors: &str, usual: Option<Usual>) -> String;
    /// Button: the group's consumers share its lanes out themselves again.
    fn assign_by_consumers(&self) -> &'static str;
    /// Button: one more partition.
    fn add_lane(&self, topic: &str) -> String;
    /// Button: one more group.
    fn add_group(&self) -> &'static str;
    /// Button: one more producer.
    fn add_producer(&self) -> &'static str;
    /// Button: it leaves and says so.
    fn remove(&self, name: &str) -> String;
    /// Button: it dies without a word.
    fn crash(&self, name: &str) -> String;
    /// Button: takes twice as long for a record.
    fn slower(&self) -> &'static str;
    /// Button: takes half as long for a record.
    fn faster(&self) -> &'static str;
    /// Button: its process hangs for so long.
    fn hang_for(&self, name: &str, span: Span) -> String;
    /// Button: its application does not poll for so long.
    fn stop_for(&self, name: &str, span: Span) -> String;
    /// Button: it closes, if it runs, and starts again.
    fn restart(&self, name: &str) -> String;
    /// Button: a producer waits for these answers from now on.
    fn wait_for_acks(&self, acks: &str) -> String;
    /// Button: sends what was typed.
    fn send(&self) -> &'static str;
    /// Label of the field for a key.
    fn key_field(&self) -> &'static str;
    /// Facts of a card.
    fn fact(&self, fact: Fact) -> &'static str;
    /// Title of a record's card.
    fn record_title(&self, offset: u64, partition: u32) -> String;
    /// Who sent a record and when.
    fn sent_by(&self, producer: &str, clock: &str) -> String;
    /// What a key's card is about.
    fn why_there(&self, key: &str, partition: u32) -> String;
    /// The record is older than the topic's number of lanes.
    fn other_lane_count(&self) -> &'static str;
    /// A producer has yet to hear of partitions that were added.
    fn knows_fewer(&self, topic: &str, knows: u32, has: u32) -> String;
    /// A group has read and committed a record.
    fn has_read(&self, group: &str) -> String;
    /// A member is working on a record.
    fn has_in_hand(&self, group: &str, member: &str) -> String;
    /// A member has a record in memory; a crash now would have it read again.
    fn has_polled(&self, group: &str) -> String;
    /// A group has yet to read a record.
    fn still_to_read(&self, group: &str, before: u64) -> String;
    /// Reading takes nothing away.
    fn reading_keeps(&self) -> &'static str;
    /// A rate.
    fn rate(&self, per_thousand_seconds: u64) -> String;
    /// A manual group, and what to do about it.
    fn manual_group(&self) -> &'static str;
    /// A subtitle: a member in its group.
    fn in_group(&self, group: &str) -> String;
    /// A subtitle.
    fn producer(&self) -> &'static str;
    /// A subtitle.
    fn topic(&self) -> &'static str;
    /// A subtitle.
    fn consumer_group(&self) -> &'static str;
    /// A member that owns nothing.
    fn owns_nothing(&self) -> &'static str;
    /// Nothing readable was in what was opened.
    fn nothing_opened(&self) -> &'static str;
    /// The browser lacks what a picture needs.
    fn too_old(&self) -> &'static str;
    /// The engine failed. The reason follows: it is for those who mend it.
    fn stopped(&self) -> &'static str;
    /// A line and column, before a remark.
    fn at_line(&self, line: u32, column: u32) -> String;
    /// The file is larger than can be read.
    fn too_large(&self, mebibytes: u64) -> String;
    /// Heading of the notes on what was opened.
    fn understood(&self) -> &'static str;
    /// The part that reads flowcharts could not be fetched.
    fn importer_not_fetched(&self) -> &'static str;
    /// A text that should have been a moment.
    fn no_time(&self, text: &str) -> String;
    /// A person's act, as a mark on the scrub bar.
    fn mark(&self, act: Mark<'_>) -> String;
}

/// A fact of a card: the words beside its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Fact {
    Key,
    Bytes,
    Modulo,
    Lane,
    Committed,
    Position,
    LogEnd,
    LogStart,
    HighWatermark,
    Lag,
    Owns,
    Processed,
    Processing,
    Sent,
    Acknowledged,
    Rate,
    Generation,
    Assignor,
    RemoteAssignor,
    Members,
    Records,
    Partitions,
    Standstill,
    Leader,
    Leads,
    InSync,
    NotInSync,
    MinInSync,
    Acks,
    Client,
    State,
}

/// Lists of assignors that people have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usual {
    /// What a Java consumer has by itself.
    Default,
    /// The first of two rolling bounces to the cooperative protocol: the old assignor, and the cooperative one (KIP-429).
    FirstBounce,
    /// The last of them: the cooperative one alone.
    LastBounce,
}

/// What a person did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Mark<'a> {
    Joins(&'a str),
    Leaves(&'a str),
    Crashes(&'a str),
    Stops(&'a str),
    Restarts(&'a str),
    Lanes(u32),
    Sends(&'a str),
    Changes(&'a str),
    Broker(u32, BrokerAct),
}

impl InterfaceWords for English {
    fn brand(&self) -> &'static str {
        "Kafka Lanes"
    }
    fn headline(&self) -> &'static str {
        "Apache Kafka, running live."
    }
    fn subline(&self) -> &'static str {
        "Watch it, poke it, rewind it."
    }
    fn picture(&self) -> &'static str {
        "Producers, partition lanes and consumer groups. Use the arrow keys to walk through it."
    }
    fn play(&self) -> &'static str {
        "Play"
    }
    fn pause(&self) -> &'static str {
        "Pause"
    }
    fn step(&self) -> &'static str {
        "Step to the next thing that happens"
    }
    fn rewind(&self) -> &'static str {
        "Back to the start"
    }
    fn speed(&self) -> &'static str {
        "Speed"
    }
    fn timeline(&self) -> &'static str {
        "Moment"
    }
    fn moment(&self, clock: &str) -> String {
        format!("{clock} since the start")
    }
    fn scenario_text(&self) -> &'static str {
        "The scenario as text"
    }
    fn open_diagram(&self) -> &'static str {
        "Open a diagram"
    }
    fn theme(&self) -> &'static str {
        "Light or dark"
    }
    fn edit(&self) -> &'static str {
        "Edit"
    }
    fn completions(&self) -> &'static str {
        "What could stand here"
    }
    fn share(&self) -> &'static str {
        "Share"
    }
    fn share_title(&self) -> &'static str {
        "Share this moment"
    }
    fn link(&self) -> &'static str {
        "A link to just this moment: the scenario, all that was done, and how it is looked at"
    }
    fn copy_link(&self) -> &'static str {
        "Copy link"
    }
    fn embed_code(&self) -> &'static str {
        "For a page of yours"
    }
    fn copy_embed(&self) -> &'static str {
        "Copy embed code"
    }
    fn save_svg(&self) -> &'static str {
        "Save as SVG"
    }
    fn save_png(&self) -> &'static str {
        "Save as PNG"
    }
    fn copied(&self) -> &'static str {
        "Copied."
    }
    fn not_copied(&self) -> &'static str {
        "The browser does not let this page write to the clipboard. Select the text and copy it."
    }
    fn not_saved(&self) -> &'static str {
        "The browser could not draw the file."
    }
    fn open_title(&self) -> &'static str {
        "Open a diagram of your own"
    }
    fn open_hint(&self) -> &'static str {
        "Paste a Mermaid flowchart or a Kafka Lanes scenario. It stays in your browser."
    }
    fn open_field(&self) -> &'static str {
        "Diagram or scenario"
    }
    fn open_file(&self) -> &'static str {
        "Choose a file"
    }
    fn run(&self) -> &'static str {
        "Run it"
    }
    fn close(&self) -> &'static str {
        "Close"
    }
    fn in_words(&self) -> &'static str {
        "The same in words and tables"
    }
    fn try_it(&self) -> &'static str {
        "Try:"
    }
    fn add_consumer(&self, group: &str) -> String {
        format!("add a consumer to {group}")
    }
    fn assign_by(&self, assignors: &str, usual: Option<Usual>) -> String {
        match usual {
            None => assignors.into(),
            Some(Usual::Default) => format!("{assignors} (default)"),
            Some(Usual::FirstBounce) => format!("{assignors} (bounce 1 of 2)"),
            Some(Usual::LastBounce) => format!("{assignors} (last bounce)"),
        }
    }
    fn assign_by_consumers(&self) -> &'static str {
        "back to the classic protocol"
    }
    fn add_lane(&self, topic: &str) -> String {
        format!("add a lane to {topic}")
    }
    fn add_group(&self) -> &'static str {
        "add a group"
    }
    fn add_producer(&self) -> &'static str {
        "add a producer"
    }
    fn remove(&self, name: &str) -> String {
        format!("Remove {name}")
    }
    fn crash(&self, name: &str) -> String {
        format!("crash {name}")
    }
    fn hang_for(&self, name: &str, span: Span) -> String {
        format!("hang {name} for {span}")
    }
    fn stop_for(&self, name: &str, span: Span) -> String {
        format!("{name} does not poll for {span}")
    }
    fn restart(&self, name: &str) -> String {
        format!("restart {name}")
    }
    fn wait_for_acks(&self, acks: &str) -> String {
        format!("acks={acks}")
    }
    fn slower(&self) -> &'static str {
        "Slower"
    }
    fn faster(&self) -> &'static str {
        "Faster"
    }
    fn send(&self) -> &'static str {
        "Send"
    }
    fn key_field(&self) -> &'static str {
        "Key of the record"
    }
    fn fact(&self, fact: Fact) -> &'static str {
        match fact {
            Fact::Key => "key",
            Fact::Bytes => "bytes",
            Fact::Modulo => "mod",
            Fact::Lane => "lane",
            Fact::Committed => "committed",
            Fact::Position => "position",
            Fact::LogEnd => "log end",
            Fact::LogStart => "log start",
            Fact::HighWatermark => "high watermark",
            Fact::Lag => "lag",
            Fact::Owns => "reads",
            Fact::Processed => "records processed",
            Fact::Processing => "time for a record",
            Fact::Sent => "records sent",
            Fact::Acknowledged => "acknowledged",
            Fact::Rate => "rate",
            Fact::Generation => "generation",
            Fact::Assignor => "partition.assignment.strategy",
            Fact::RemoteAssignor => "group.remote.assignor",
            Fact::Members => "consumers",
            Fact::Records => "records kept",
            Fact::Partitions => "partitions",
            Fact::Standstill => "stood still in the last rebalance",
            Fact::Leader => "leader",
            Fact::Leads => "leads",
            Fact::InSync => "in sync",
            Fact::NotInSync => "not in sync",
            Fact::MinInSync => "min.insync.replicas",
            Fact::Acks => "acks",
            Fact::Client => "client",
            Fact::State => "state",
        }
    }
    fn record_title(&self, offset: u64, partition: u32) -> String {
        format!("Record {offset} in Partition {partition}")
    }
    fn sent_by(&self, producer: &str, clock: &str) -> String {
        format!("sent by {producer} at {clock}")
    }
    fn why_there(&self, key: &str, partition: u32) -> String {
        format!("Why “{key}” went to Partition {partition}")
    }
    fn other_lane_count(&self) -> &'static str {
        "Its producer knew of fewer lanes then. Adding lanes moves no record, but new records of this key go elsewhere."
    }
    fn knows_fewer(&self, topic: &str, knows: u32, has: u32) -> String {
        format!("It goes by {knows} lanes of {topic}. That there are {has} it hears when it next asks for metadata.")
    }
    fn has_read(&self, group: &str) -> String {
        format!("{group} has read it and committed")
    }
    fn has_in_hand(&self, group: &str, member: &str) -> String {
        format!("{group}: {member} is working on it")
    }
    fn has_polled(&self, group: &str) -> String {
        format!("{group} has it, not yet committed: after a crash it would be read again")
    }
    fn still_to_read(&self, group: &str, before: u64) -> String {
        match before {
            0 => format!("{group} reads it next"),
            n => format!("{group} has still to read it, {n} before it"),
        }
    }
    fn reading_keeps(&self) -> &'static str {
        "Reading does not remove it."
    }
    fn rate(&self, per_thousand_seconds: u64) -> String {
        let (whole, part) = (per_thousand_seconds / 1_000, per_thousand_seconds % 1_000);
        match part {
            0 => format!("{whole} a second"),
            _ => format!("{whole}.{} a second", format!("{part:03}").trim_end_matches('0')),
        }
    }
    fn manual_group(&self) -> &'static str {
        "Its consumers chose their lanes themselves, so nobody deals out lanes here: a consumer that is added gets none. Let an assignor decide:"
    }
    fn in_group(&self, group: &str) -> String {
        format!("in {group}")
    }
    fn producer(&self) -> &'static str {
        "producer"
    }
    fn topic(&self) -> &'static str {
        "topic"
    }
    fn consumer_group(&self) -> &'static str {
        "consumer group"
    }
    fn owns_nothing(&self) -> &'static str {
        "no lane"
    }
    fn nothing_opened(&self) -> &'static str {
        "Nothing was opened; what ran before still runs."
    }
    fn too_old(&self) -> &'static str {
        "This browser is too old: it has no constructable style sheets, or no canvas to draw on. Open the page in a current one."
    }
    fn stopped(&self) -> &'static str {
        "The live diagram stopped, by a mistake of its own. Reload the page to start it again. The reason: "
    }
    fn at_line(&self, line: u32, column: u32) -> String {
        format!("Line {line}, column {column}: ")
    }
    fn too_large(&self, mebibytes: u64) -> String {
        format!("The file is too large: {mebibytes} MiB can be read at most.")
    }
    fn understood(&self) -> &'static str {
        "How it was understood"
    }
    fn importer_not_fetched(&self) -> &'static str {
        "The part that reads flowcharts could not be fetched. Try again when there is a connection."
    }
    fn no_time(&self, text: &str) -> String {
        format!("“{text}” is no time: write 12s, 250ms, or microseconds as a number")
    }
    fn mark(&self, act: Mark<'_>) -> String {
        match act {
            Mark::Joins(name) => format!("{name} joins"),
            Mark::Leaves(name) => format!("{name} leaves"),
            Mark::Crashes(name) => format!("{name} crashes"),
            Mark::Stops(name) => format!("{name} stands still"),
            Mark::Restarts(name) => format!("{name} starts again"),
            Mark::Lanes(count) => format!("{count} lanes"),
            Mark::Sends(key) => format!("sent {key}"),
            Mark::Changes(name) => format!("{name} changes"),
            Mark::Broker(broker, act) => format!("{} broker {broker}", act.name()),
        }
    }
}
