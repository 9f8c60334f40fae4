//! What each cause says in English: what is wrong, and how to mend it.

use std::fmt;

use kafka_lanes_core::Span;
use kafka_lanes_core::spec::DeliveryFault;

use crate::cause::{Cause, Need, Quantity, Role, Thing, Zero};
use crate::language::print_span;
use crate::limit::Limit;
use crate::name::TopicNameFault;

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { bytes } => write!(
                f,
                "This text has {bytes} bytes; at most {} are read (MAX_INPUT_BYTES). Leave out what is not needed.",
                Limit::InputBytes.value()
            ),
            Self::BrokenUtf8 { offset, byte } => write!(
                f,
                "This is no UTF-8 text: byte {offset} is 0x{byte:02X}, which begins no character. Save the file as UTF-8."
            ),
            Self::More { count } => {
                write!(f, "And {count} more. Mend the ones above first; these may go with them.")
            }
            Self::UnknownWord { word, known, nearest } => unknown_word(f, word, known, *nearest),
            Self::Missing(need) => missing(f, *need),
            Self::Unexpected { text } => {
                write!(f, "{} was not expected here. Take it out, or put a name that holds spaces or signs in quotes.", Shown(text))
            }
            Self::UnclosedQuote => f.write_str("This quotation mark is not closed in its line. Put a \" at the end."),
            Self::BadEscape => f.write_str(
                "This backslash means nothing. In quotes there are \\\" \\\\ \\n \\r \\t and \\u with four hex digits; write a backslash as \\\\.",
            ),
            Self::BadNumber { text, quantity } => bad_number(f, text, *quantity),
            Self::NoUnit { text, quantity } => no_unit(f, text, *quantity),
            Self::Rounded { per_second } => {
                write!(f, "Rates are kept in thousandths of a record a second: this one is {per_second}/s.")
            }
            Self::RangeBackwards { first, last } => {
                write!(f, "This range ends ({last}) before it begins ({first}). Turn it round: {last}..{first}.")
            }
            Self::RangeEnds { first, last } => write!(
                f,
                "{} and {} are no two ends of a range: they must be alike up to their numbers, as in order-1..order-20.",
                Shown(first),
                Shown(last)
            ),
            Self::LeadingZeros { text } => {
                write!(f, "The numbers of a range are written without leading zeros: {} becomes shorter.", Shown(text))
            }
            Self::GivenTwice { option } => write!(f, "{option} stands twice in this line. This last one counts; take one out."),
            Self::SaidTwice { what } => {
                write!(f, "{what} stands in a line before this one too. This last one counts; take one out.")
            }
            Self::Zero(zero) => f.write_str(none_of(*zero)),
            Self::TooFewBrokers { topic, factor, brokers } => write!(
                f,
                "{} can't have {factor} copies with {brokers} brokers (INVALID_REPLICATION_FACTOR). Write brokers {factor}, or fewer copies; {brokers} is used instead.",
                Shown(topic)
            ),
            Self::MinIsrAbove { topic, min_isr, factor } => write!(
                f,
                "min-isr={min_isr} is above the {factor} copies of {}: Kafka accepts it, and takes {factor}. Then no copy may fail; take fewer.",
                Shown(topic)
            ),
            Self::NoSuchBroker { number, brokers } => write!(
                f,
                "There is no broker {number}: there are {brokers}, numbered from 1. Add a line like: brokers 3"
            ),
            Self::Delivery(fault) => {
                let (rule, mend) = delivery(*fault);
                write!(f, "{rule} (ConfigException). {mend}")
            }
            Self::DeliveryLater(fault) => {
                let (rule, _) = delivery(*fault);
                write!(f, "{rule} (ConfigException): with this the producer would not start. The line is left out.")
            }
            Self::RecordTooLarge { bytes, most } => write!(
                f,
                "A record of {} is longer than a producer's request may be (RecordTooLargeException, MESSAGE_TOO_LARGE; max.request.size is 1048576 bytes, with key and frame): each one would fail. With keys like these a value has room for {most} bytes, which are used instead.",
                Shown(bytes)
            ),
            Self::SlowHeartbeat { consumer_protocol, heartbeat, session, instead } => {
                slow_heartbeat(f, *consumer_protocol, [*heartbeat, *session, *instead])
            }
            Self::OtherEngine => f.write_str(
                "This link was made with another version of the engine: what happens here may differ from what its maker saw. Take a new link of what you see to keep it.",
            ),
            Self::BrokenLink(fault) => write!(f, "{fault} What could be read of it is shown."),
            Self::Columns { given, wanted } => write!(
                f,
                "This row has {given} columns, the head of its table {wanted}; it is left out. Names with spaces can't be told apart here: write the group by hand."
            ),
            Self::NoTables => f.write_str(
                "There is no topic and no group here. Paste what kafka-topics.sh --describe and kafka-consumer-groups.sh --describe --all-groups print, with their heads.",
            ),
            Self::OverLimit { limit, given } => {
                let (most, counts, constant) = (limit.value(), limit.counts(), limit.constant());
                let given = Short(given);
                write!(f, "Too many: {given}. There can be at most {most} {counts} ({constant}). What is over that is left out.")
            }
            Self::Clamped { limit, given } => {
                let (bound, constant) = (limit.bound(), limit.constant());
                let side = if *limit == Limit::Period { "least" } else { "most" };
                write!(f, "{} is not possible: {bound} is the {side} ({constant}), and is used instead.", Short(given))
            }
            Self::TooSmall { least } => write!(f, "This must be at least {least}; {least} is used instead."),
            Self::BlankName => f.write_str("This name has nothing that can be seen. Give it at least one letter."),
            Self::NameTaken { thing, name } => {
                let error = if *thing == Thing::Topic { " (TOPIC_ALREADY_EXISTS)" } else { "" };
                write!(f, "There is a {thing} named {} already{error}. Give this one another name; it is left out.", Shown(name))
            }
            Self::NoSuch { thing, name, nearest } => {
                // Kafka would make the topic at its first use. Here all topics are drawn, as where auto-creation is off.
                let error = if *thing == Thing::Topic { " (UNKNOWN_TOPIC_OR_PARTITION)" } else { "" };
                write!(f, "No {thing} is named {} here{error}.", Shown(name))?;
                match nearest {
                    Some(nearest) => write!(f, " Did you mean {}?", Shown(nearest)),
                    None => write!(f, " Add it, or use the name of one that is there."),
                }
            }
            Self::ListedTwice { name } => write!(f, "{} stands twice in this list. Once is enough.", Shown(name)),
            Self::TopicName { name, fault } => topic_name(f, name, *fault),
            Self::TopicCollides { name, other } => write!(
                f,
                "Kafka would refuse {} beside {} (INVALID_TOPIC_EXCEPTION): in the names of its metrics a dot and an underscore are the same. Give one of them another name. Here both work.",
                Shown(name),
                Shown(other)
            ),
            Self::ProducerWithoutTopic { name } => write!(
                f,
                "{} has no topic to send to, and is left out. Add a line like: topic orders partitions=3",
                Shown(name)
            ),
            Self::ProducerSendsToFirst { name, topic } => write!(
                f,
                "{0} does not say where it sends, so it sends to {1}. Say it: producer {0} to {1}",
                Shown(name),
                Shown(topic)
            ),
            Self::GroupReadsNothing { name } => write!(
                f,
                "{0} does not say which topics it reads, so it reads none. Say it: group {0} reads orders",
                Shown(name)
            ),
            Self::ConsumerOutsideGroup => {
                f.write_str("A consumer belongs to a group. Put it below the line of its group: group payment reads orders")
            }
            Self::ReadsWithAssignor { assignor } => write!(
                f,
                "The assignor {assignor} decides what this consumer reads, so reads= is not used. To decide yourself, write assignor=manual in the line of the group."
            ),
            Self::OwnAssignor { assignor } => write!(
                f,
                "The group of this consumer has assignor={assignor}, beside which no consumer has one of its own, so assignor= is not used here. Give the group range, roundrobin, sticky or cooperative-sticky, or take this out."
            ),
            Self::NoCommonAssignor { name, group } => write!(
                f,
                "{} will be refused by {}, and end (INCONSISTENT_GROUP_PROTOCOL): those before it do not all know one of its assignors. If that is not what you want to show, give it one that they have.",
                Shown(name),
                Shown(group)
            ),
            Self::AssignorAlone { assignor, before } => write!(
                f,
                "{assignor} does not stand in a list with {before}, and is left out. A list is of range, roundrobin, sticky and cooperative-sticky; any other stands alone."
            ),
            Self::ProtocolOfAssignor { assignor, protocol, instead } => {
                let setting = if *protocol == "consumer" { "partition.assignment.strategy" } else { "group.remote.assignor" };
                write!(
                    f,
                    "assignor={assignor} does not go with protocol={protocol} (ConfigException: {setting} cannot be set). The classic protocol has range, roundrobin, sticky and cooperative-sticky; the consumer protocol uniform and server-range. {instead} is used instead."
                )
            }
            Self::ProtocolOfManual { protocol } => write!(
                f,
                "With assignor=manual the consumers choose for themselves, as with Kafka's assign(), and no protocol decides. Take protocol={protocol} out."
            ),
            Self::NoSuchPartition { topic, partition, has } => {
                let last = has.saturating_sub(1);
                write!(f, "{} has no partition {partition}: its partitions are 0 to {last}.", Shown(topic))
            }
            Self::ReadTwice { partition, by } => write!(
                f,
                "{} is read by {} already. Kafka lets both, which choose for themselves: both process each of its records, and one commits over the other. Take it out of one of the two if that is not what you want to show.",
                Shown(partition),
                Shown(by)
            ),
            Self::FewerPartitions { topic, has, wanted } => write!(
                f,
                "{} has {has} partitions by then, and {wanted} is not more (INVALID_PARTITIONS). Kafka can add partitions to a topic, not take them away.",
                Shown(topic)
            ),
            Self::TooLate { at } => {
                write!(f, "{} is after the end: a world runs for 7 days at most (MAX_TIME). Choose an earlier time.", Short(at))
            }
            Self::NoFlowchart { first_word } if first_word.is_empty() => {
                f.write_str("There is no flowchart here. Paste a Mermaid diagram that begins with: flowchart LR")
            }
            Self::NoFlowchart { first_word } => write!(
                f,
                "This begins with {}, not with a flowchart. Paste a Mermaid diagram that begins with: flowchart LR",
                Shown(first_word)
            ),
            Self::LinesBefore { count } => write!(f, "The flowchart begins here; {count} lines before it were passed over."),
            Self::Unclosed { open } => write!(f, "This {open} is not closed. Close it, or take it out."),
            Self::ArrowToNowhere => f.write_str("This arrow leads to nothing. Put a node behind it, in the same line."),
            Self::NoEnd { title } => {
                write!(f, "The subgraph {} has no end. Put a line with the word end behind its last node.", Shown(title))
            }
            Self::StrayEnd => f.write_str("This end closes nothing. Take it out, or put the line of its subgraph before it."),
            Self::NothingOfKafka => f.write_str(
                "Nothing in this flowchart looks like Kafka. Draw a producer with an arrow to a topic, and from the topic's partitions to the consumers of a group; labels such as \"Topic: orders\", \"Partition-0\" and \"Group: payment\" help.",
            ),
            Self::Ambiguous { name, taken, other } => write!(
                f,
                "{} could be {taken} or {other}; it was taken for {taken}. If it is not, say so in its label.",
                Shown(name)
            ),
            Self::LeftOut { name } => write!(
                f,
                "{} has no part in what Kafka does here, and is left out. If it is a producer, a topic or a consumer, say so in its label.",
                Shown(name)
            ),
            Self::ArrowPassedOver { from, to } => write!(
                f,
                "The arrow from {} to {} says nothing about who sends to a topic or reads from one, and is passed over.",
                Shown(from),
                Shown(to)
            ),
            Self::DrawnTwice { partition, group, first, second } => write!(
                f,
                "{} is drawn to two members of {}: {} and {}. In a group, one member reads a partition; the first one stands.",
                Shown(partition),
                Shown(group),
                Shown(first),
                Shown(second)
            ),
            Self::NumbersByOrder { topic } => write!(
                f,
                "The labels of the partitions of {} do not number them 0, 1, 2 and so on, so they are counted in the order in which they stand.",
                Shown(topic)
            ),
            Self::ProducerToLane { producer, topic } => write!(
                f,
                "{} is drawn to some partitions of {}. The hash of a record's key decides its partition, so all of them get records.",
                Shown(producer),
                Shown(topic)
            ),
            Self::Renamed { thing, from, to } => {
                write!(f, "There is a {thing} named {} already; this one is called {}.", Shown(from), Shown(to))
            }
            Self::NotDrawn { group, topic } => write!(
                f,
                "Who in {} reads {} is not drawn, while it is for another topic. Draw an arrow from each of its partitions, or from none.",
                Shown(group),
                Shown(topic)
            ),
        }
    }
}

/// A person's text in quotes, cut where it would fill the screen.
struct Shown<'a>(&'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST: usize = 60;
        f.write_str("“")?;
        let mut characters = self.0.chars();
        for c in characters.by_ref().take(MOST) {
            // Characters that steer a terminal, or turn the text around, are not passed on.
            let steers = c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
            write!(f, "{}", if steers { '\u{FFFD}' } else { c })?;
        }
        f.write_str(if characters.next().is_some() { "…”" } else { "”" })
    }
}

/// A number as it stands in the text, cut where it would fill the screen.
struct Short<'a>(&'a str);

impl fmt::Display for Short<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST: usize = 40;
        match self.0.char_indices().nth(MOST) {
            Some((end, _)) => write!(f, "{}…", &self.0[..end]),
            None => f.write_str(self.0),
        }
    }
}

/// The names are those that a running broker and Kafka's clients give: `conformance/vectors/broker-refusals.tsv`.
const fn none_of(zero: Zero) -> &'static str {
    match zero {
        Zero::Partitions => {
            "A topic has at least one partition (INVALID_PARTITIONS). Write partitions=1 or more; 1 is used instead."
        }
        Zero::Replication => {
            "A partition has at least one copy (INVALID_REPLICATION_FACTOR). Write replication=1 or more; 1 is used instead."
        }
        Zero::MinIsr => {
            "min.insync.replicas must be at least 1 (INVALID_CONFIG). Write min-isr=1 or more; 1 is used instead."
        }
        Zero::MaxInFlight => {
            "max.in.flight.requests.per.connection must be at least 1 (ConfigException). Write max-in-flight=1 or more; 1 is used instead."
        }
        Zero::MaxPollRecords => {
            "max.poll.records must be at least 1 (ConfigException). Write max-poll-records=1 or more; 1 is used instead."
        }
    }
}

fn slow_heartbeat(f: &mut fmt::Formatter<'_>, consumer_protocol: bool, spans: [Span; 3]) -> fmt::Result {
    let [heartbeat, session, instead] = spans.map(print_span);
    let (prefix, setting, who) = if consumer_protocol {
        (
            "consumer-",
            "group.consumer.heartbeat.interval.ms must be less than group.consumer.session.timeout.ms",
            "broker",
        )
    } else {
        ("", "heartbeat.interval.ms must be lower than session.timeout.ms", "consumer")
    };
    write!(
        f,
        "With {prefix}heartbeat={heartbeat} and {prefix}session={session} Kafka's {who} would not start (IllegalArgumentException: {setting}). Take a third of the session at the most; {prefix}heartbeat={instead} is used instead."
    )
}

fn unknown_word(f: &mut fmt::Formatter<'_>, word: &str, known: &[&str], nearest: Option<&str>) -> fmt::Result {
    write!(f, "{} is not known here.", Shown(word))?;
    if let Some(nearest) = nearest {
        return write!(f, " Did you mean {nearest}?");
    }
    f.write_str(" Known are: ")?;
    for (index, word) in known.iter().enumerate() {
        write!(f, "{}{word}", if index == 0 { "" } else { ", " })?;
    }
    f.write_str(".")
}

fn missing(f: &mut fmt::Formatter<'_>, need: Need) -> fmt::Result {
    match need {
        Need::Name(thing) => {
            let example = match thing {
                Thing::Topic => "orders",
                Thing::Producer => "Shop",
                Thing::Group => "payment",
                Thing::Consumer => "payment-1",
                Thing::Service => "Email",
            };
            write!(f, "Here belongs the name of a {thing}, such as {example}. A name with spaces stands in quotes.")
        }
        Need::Title => f.write_str("Here belongs the title, such as: title Order events"),
        Need::Value => f.write_str("Here belongs a value: write it behind the = without a space."),
        Need::Time => f.write_str("Here belongs a time, such as: at 10s add consumer to payment"),
        Need::Action => f.write_str("Here belongs what happens, such as: at 10s add consumer to payment"),
        Need::Key => f.write_str("Here belongs a key, such as order-42; the empty key is written \"\"."),
        Need::Word(word) => write!(f, "Here belongs the word {word}, and behind it a name."),
        Need::Span(word) => write!(f, "Here belongs the word {word}, and behind it a length of time, such as 8s."),
    }
}

fn bad_number(f: &mut fmt::Formatter<'_>, text: &str, quantity: Quantity) -> fmt::Result {
    let wanted = match quantity {
        Quantity::Span => "a length of time, such as 250ms, 12s, 5m, 1h or 7d (also us)",
        Quantity::Bytes => "a number of bytes, such as 100, 16KiB or 1MiB",
        Quantity::Rate => "a rate, such as 4/s, 30/min or 100/h",
        Quantity::Count => "a whole number, such as 3",
        Quantity::Partition => "a partition, such as orders-0: the topic's name, a hyphen and a number",
    };
    write!(f, "{} is not {wanted}.", Shown(text))
}

fn no_unit(f: &mut fmt::Formatter<'_>, text: &str, quantity: Quantity) -> fmt::Result {
    match quantity {
        Quantity::Rate => write!(f, "{text} has no unit, and is taken as a second: write {text}/s."),
        _ => write!(f, "{text} has no unit, and is taken as seconds: write {text}s."),
    }
}

/// What Kafka's client demands, and how to do so.
const fn delivery(fault: DeliveryFault) -> (&'static str, &'static str) {
    match fault {
        DeliveryFault::IdempotenceNeedsAcksAll => {
            ("Idempotence needs acks=all", "Write acks=all, or leave idempotence=on out; it is off now.")
        }
        DeliveryFault::IdempotenceNeedsRetries => {
            ("Idempotence needs retries", "Allow at least one, or leave idempotence=on out; it is off now.")
        }
        DeliveryFault::IdempotenceNeedsFewInFlight => (
            "Idempotence allows at most 5 requests in flight",
            "Write idempotence=off to have more; 5 is used instead.",
        ),
        DeliveryFault::DeliveryTimeoutTooShort => (
            "The delivery timeout is shorter than linger and request timeout together",
            "Make it longer; their sum is used instead.",
        ),
    }
}

fn topic_name(f: &mut fmt::Formatter<'_>, name: &str, fault: TopicNameFault) -> fmt::Result {
    match fault {
        TopicNameFault::Dots => {
            write!(f, "Kafka does not take {} as the name of a topic (INVALID_TOPIC_EXCEPTION).", Shown(name))?
        }
        TopicNameFault::Character(c) => {
            let c = c.to_string();
            write!(
                f,
                "Kafka would refuse {} as the name of a topic, for its {} (INVALID_TOPIC_EXCEPTION).",
                Shown(name),
                Shown(&c)
            )?;
        }
    }
    f.write_str(" It allows up to 249 of the ASCII letters, digits, dots, underscores and hyphens. Here it works.")
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Topic => "topic",
            Self::Producer => "producer",
            Self::Group => "group",
            Self::Consumer => "consumer",
            Self::Service => "service",
        })
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Producer => "a producer",
            Self::Topic => "a topic",
            Self::Group => "a group",
            Self::Consumer => "a consumer with a group of its own",
            Self::Outsider => "something outside Kafka",
        })
    }
}
