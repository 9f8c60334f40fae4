use kafka_lanes_core::Span;
use kafka_lanes_core::spec::DeliveryFault;

use crate::diagnostic::Severity;
use crate::limit::Limit;
use crate::link::LinkFault;
use crate::name::TopicNameFault;

/// What a diagnostic is about: typed, so that its sentence can be made in any language. Its `Display` is
/// the English one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are named for what they are, and the sentences stand in `message.rs`")]
pub enum Cause {
    // The text as such.
    /// Longer than [`MAX_INPUT_BYTES`](crate::MAX_INPUT_BYTES).
    TooLong { bytes: usize },
    /// No UTF-8 from this byte on.
    BrokenUtf8 { offset: usize, byte: u8 },
    /// There were more diagnostics than are kept.
    More { count: usize },

    // Words.
    /// A word that means nothing here.
    UnknownWord { word: String, known: &'static [&'static str], nearest: Option<&'static str> },
    /// The line ends, or goes on, where something is needed.
    Missing(Need),
    /// Something that nothing is known to be done with.
    Unexpected { text: String },
    /// A quotation mark that nothing closes.
    UnclosedQuote,
    /// A backslash with something behind it that means nothing.
    BadEscape,
    /// No number, or not with this unit.
    BadNumber { text: String, quantity: Quantity },
    /// A number without a unit.
    NoUnit { text: String, quantity: Quantity },
    /// A rate that is not a whole number of records in a thousand seconds; it was rounded.
    Rounded { per_second: String },
    /// The last number of a range is below the first.
    RangeBackwards { first: u64, last: u64 },
    /// The two ends of a range differ in more than their number.
    RangeEnds { first: String, last: String },
    /// Numbers with leading zeros in a range of keys; they go.
    LeadingZeros { text: String },
    /// An option that stands twice in a line; the last one counts.
    GivenTwice { option: String },
    /// A line, or a time, that another line has said already; the last one counts.
    SaidTwice { what: String },

    // Brokers and copies.
    /// A setting of 0, of which Kafka wants at least 1.
    Zero(Zero),
    /// More copies than brokers (`INVALID_REPLICATION_FACTOR`).
    TooFewBrokers { topic: String, factor: u32, brokers: u32 },
    /// `min.insync.replicas` above the number of copies: Kafka takes that number.
    MinIsrAbove { topic: String, min_isr: u32, factor: u32 },
    /// No broker has this number.
    NoSuchBroker { number: u32, brokers: u32 },
    /// Settings of a producer that do not go together (`ConfigException`).
    Delivery(DeliveryFault),
    /// An action would make them so.
    DeliveryLater(DeliveryFault),
    /// A record longer than a request may be (`max.request.size`): the producer does not send it.
    RecordTooLarge { bytes: String, most: u64 },
    /// A member that would beat as seldom as its session ends.
    SlowHeartbeat { consumer_protocol: bool, heartbeat: Span, session: Span, instead: Span },

    // Links.
    /// Another engine made the link: what happens may differ.
    OtherEngine,
    /// The link can't be opened as it is; what could be read of it is.
    BrokenLink(LinkFault),

    // What Kafka's tools print.
    /// A row has not as many cells as its table has columns.
    Columns { given: usize, wanted: usize },
    /// No table in the text is one of Kafka's tools'.
    NoTables,

    // Limits.
    /// More than a limit allows: what is over it was left out.
    OverLimit { limit: Limit, given: String },
    /// A number beyond a limit, as it is written: the limit stands.
    Clamped { limit: Limit, given: String },
    /// A number below the least that makes sense: that stands.
    TooSmall { least: u64 },

    // Names and what they refer to.
    /// A name without a visible character.
    BlankName,
    /// Something of this kind has the name already.
    NameTaken { thing: Thing, name: String },
    /// Nothing of this kind has the name.
    NoSuch { thing: Thing, name: String, nearest: Option<String> },
    /// A topic is named twice in a list.
    ListedTwice { name: String },
    /// Kafka would not take a topic of this name.
    TopicName { name: String, fault: TopicNameFault },
    /// Two topics of which Kafka would name a metric alike: it takes `.` and `_` for the same.
    TopicCollides { name: String, other: String },
    /// A producer without a topic, in a world that has none.
    ProducerWithoutTopic { name: String },
    /// A producer that does not say where it sends; it sends to the first topic.
    ProducerSendsToFirst { name: String, topic: String },
    /// A group that does not say what it reads; it reads nothing.
    GroupReadsNothing { name: String },
    /// A consumer before any group.
    ConsumerOutsideGroup,
    /// A consumer chooses its partitions in a group that is not manual; the assignor decides.
    ReadsWithAssignor { assignor: &'static str },
    /// A consumer that its group will not take: those before it know none of its assignors.
    NoCommonAssignor { name: String, group: String },
    /// A consumer has assignors of its own in a group in which no client decides; they are not used.
    OwnAssignor { assignor: &'static str },
    /// A list of assignors, of which not all are the clients': this one does not count.
    AssignorAlone { assignor: &'static str, before: &'static str },
    /// The assignor belongs to the other protocol (`ConfigException`); the protocol stands, with its usual assignor.
    ProtocolOfAssignor { assignor: &'static str, protocol: &'static str, instead: &'static str },
    /// A protocol beside consumers that choose for themselves: it decides nothing.
    ProtocolOfManual { protocol: &'static str },
    /// The topic has no partition of this number.
    NoSuchPartition { topic: String, partition: u32, has: u32 },
    /// A partition that another member of the group reads already, by its own choice: both read it.
    ReadTwice { partition: String, by: String },
    /// Kafka adds partitions to a topic; it takes none away.
    FewerPartitions { topic: String, has: u32, wanted: u32 },
    /// An action after the end of simulated time.
    TooLate { at: String },

    // Flowcharts as text.
    /// No line begins a flowchart.
    NoFlowchart { first_word: String },
    /// Lines before the flowchart, passed over.
    LinesBefore { count: u32 },
    /// A bracket, a fence, front matter or a directive that nothing closes.
    Unclosed { open: &'static str },
    /// An arrow with nothing behind it.
    ArrowToNowhere,
    /// A subgraph without its `end`.
    NoEnd { title: String },
    /// An `end` without its subgraph.
    StrayEnd,

    // Flowcharts as worlds.
    /// Nothing in it is Kafka's.
    NothingOfKafka,
    /// It could be read in two ways; this one was taken.
    Ambiguous { name: String, taken: Role, other: Role },
    /// It has no part in the world.
    LeftOut { name: String },
    /// An arrow that says nothing about who sends to or reads from what.
    ArrowPassedOver { from: String, to: String },
    /// A partition is drawn to two members of one group; the first one has it.
    DrawnTwice { partition: String, group: String, first: String, second: String },
    /// The numbers in the labels of a topic's partitions are not 0, 1, 2, …: they are counted as they stand.
    NumbersByOrder { topic: String },
    /// A producer is drawn to some of a topic's partitions only.
    ProducerToLane { producer: String, topic: String },
    /// Two things of a kind have the same label; the second got another name.
    Renamed { thing: Thing, from: String, to: String },
    /// A group whose members' partitions are drawn for some topics and not for others.
    NotDrawn { group: String, topic: String },
}

/// What Kafka wants at least one of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "they say what they are")]
pub enum Zero {
    Partitions,
    Replication,
    MinIsr,
    MaxInFlight,
    MaxPollRecords,
}

/// A kind of thing in a world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "they say what they are")]
pub enum Thing {
    Topic,
    Producer,
    Group,
    Consumer,
    Service,
}

/// What a part of a flowchart is in Kafka.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "they say what they are")]
pub enum Role {
    Producer,
    Topic,
    Group,
    /// A consumer, in a group of its own.
    Consumer,
    /// Nothing of Kafka's.
    Outsider,
}

/// What a number counts, and so which units it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "they say what they are")]
pub enum Quantity {
    Span,
    Bytes,
    Rate,
    Count,
    Partition,
}

/// What belongs where nothing, or something else, stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "they say what they are")]
pub enum Need {
    Name(Thing),
    Title,
    Value,
    Time,
    Action,
    Key,
    /// The word that leads to the name behind it: `to`, `from`, `of`, `reads`.
    Word(&'static str),
    /// The word that leads to a length of time: `for`.
    Span(&'static str),
}

impl Cause {
    pub(crate) const fn severity(&self) -> Severity {
        match self {
            Self::More { .. } | Self::LinesBefore { .. } | Self::NumbersByOrder { .. } => Severity::Note,
            Self::NoUnit { .. }
            | Self::Rounded { .. }
            | Self::LeadingZeros { .. }
            | Self::GivenTwice { .. }
            | Self::SaidTwice { .. }
            | Self::Clamped { .. }
            | Self::TooSmall { .. }
            | Self::OtherEngine
            | Self::MinIsrAbove { .. }
            | Self::ListedTwice { .. }
            | Self::TopicName { .. }
            | Self::ProducerSendsToFirst { .. }
            | Self::GroupReadsNothing { .. }
            | Self::ReadsWithAssignor { .. }
            | Self::OwnAssignor { .. }
            | Self::NoCommonAssignor { .. }
            | Self::AssignorAlone { .. }
            | Self::ProtocolOfManual { .. }
            | Self::ReadTwice { .. }
            | Self::Ambiguous { .. }
            | Self::LeftOut { .. }
            | Self::ArrowPassedOver { .. }
            | Self::DrawnTwice { .. }
            | Self::ProducerToLane { .. }
            | Self::Renamed { .. }
            | Self::NotDrawn { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }
}
