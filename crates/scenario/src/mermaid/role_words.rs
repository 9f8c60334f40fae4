//! What labels say about the part that a thing plays: `Topic: orders`, `Kafka Producer`, `Partition-0`.

/// A word that people use for a part in Kafka.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RoleWord {
    Topic,
    Partition,
    Producer,
    Group,
    Consumer,
}

/// What a label says about the thing that it stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hint {
    pub(super) word: RoleWord,
    /// It stands where only a role stands (`Topic: …`), not just among the words of a name.
    pub(super) strong: bool,
}

/// Phrases before a colon or in brackets, with what they mean.
const PHRASES: &[(&str, RoleWord)] = &[
    ("topic", RoleWord::Topic),
    ("kafka topic", RoleWord::Topic),
    ("topic name", RoleWord::Topic),
    ("partition", RoleWord::Partition),
    ("lane", RoleWord::Partition),
    ("producer", RoleWord::Producer),
    ("producers", RoleWord::Producer),
    ("kafka producer", RoleWord::Producer),
    ("publisher", RoleWord::Producer),
    ("group", RoleWord::Group),
    ("group id", RoleWord::Group),
    ("groupid", RoleWord::Group),
    ("consumer group", RoleWord::Group),
    ("kafka consumer group", RoleWord::Group),
    ("cg", RoleWord::Group),
    ("consumer", RoleWord::Consumer),
    ("kafka consumer", RoleWord::Consumer),
    ("subscriber", RoleWord::Consumer),
];

/// Words among others in a label. A consumer group is a group, so groups come before consumers.
const WORDS: &[(&[&str], RoleWord)] = &[
    (&["group", "groups"], RoleWord::Group),
    (&["topic"], RoleWord::Topic),
    (&["partition", "partitions"], RoleWord::Partition),
    (&["producer", "producers", "publisher", "publishers"], RoleWord::Producer),
    (&["consumer", "consumers", "subscriber", "subscribers"], RoleWord::Consumer),
];

/// What holds topics or clients, and is none itself.
const HOUSES: &[&str] = &["kafka", "cluster", "broker", "brokers", "topics"];

pub(super) fn hint(label: &str) -> Option<Hint> {
    if let Some((word, _)) = strong(label) {
        return Some(Hint { word, strong: true });
    }
    let words = words(label);
    let found = WORDS.iter().find(|(known, _)| words.iter().any(|word| known.contains(&word.as_str())));
    found.map(|(_, word)| Hint { word: *word, strong: false })
}

/// Whether a label names a place where things of Kafka's are, such as a cluster.
pub(super) fn is_house(label: &str) -> bool {
    words(label).iter().any(|word| HOUSES.contains(&word.as_str()))
}

pub(super) fn says_kafka(label: &str) -> bool {
    words(label).iter().any(|word| word == "kafka")
}

/// The name in a label: without the word for its role, unless that is all there is.
pub(super) fn without_role(label: &str, role: RoleWord) -> &str {
    let name = match strong(label) {
        Some((word, rest)) if word == role => rest,
        Some(_) => label,
        None => match role {
            // A topic's name holds no spaces, so the word is none of it.
            RoleWord::Topic => without_word(label, "topic"),
            RoleWord::Group => without_leading_group(label),
            _ => label,
        },
    };
    if name.trim().is_empty() { label } else { name }
}

/// The role that stands before a colon or an equals sign, or in brackets at the end; and the rest.
fn strong(label: &str) -> Option<(RoleWord, &str)> {
    let role = |phrase: &str| {
        // The longest phrase has three short words; more is no phrase.
        let phrase = if phrase.len() <= 40 { words(phrase).join(" ") } else { return None };
        PHRASES.iter().find(|(known, _)| *known == phrase).map(|(_, role)| *role)
    };
    if let Some((phrase, rest)) = label.split_once([':', '='])
        && let Some(role) = role(phrase)
    {
        // One space belongs to the colon; more belong to the name.
        return Some((role, rest.strip_prefix(' ').unwrap_or(rest)));
    }
    let (rest, phrase) = label.strip_suffix(')')?.rsplit_once('(')?;
    Some((role(phrase)?, rest.trim_end()))
}

/// `topic orders` and `orders topic` without the word.
fn without_word<'a>(label: &'a str, word: &str) -> &'a str {
    let label_is = |text: &str| text.eq_ignore_ascii_case(word);
    match (label.split_once(' '), label.rsplit_once(' ')) {
        (Some((first, rest)), _) if label_is(first) => rest,
        (_, Some((rest, last))) if label_is(last) => rest,
        _ => label,
    }
}

/// `Consumer Group payment` is `payment`; `Group 1` and `Group A` stay.
fn without_leading_group(label: &str) -> &str {
    let Some((before, name)) = label.rsplit_once(' ') else { return label };
    let leads = matches!(words(before).join(" ").as_str(), "group" | "consumer group");
    if leads && name.len() > 1 && !name.bytes().all(|b| b.is_ascii_digit()) { name } else { label }
}

/// The number in the label of a partition: behind the word or its first letter, else at the end.
pub(super) fn partition_number(label: &str) -> Option<u32> {
    let words = words(label);
    let spelled = words.iter().enumerate().find_map(|(index, word)| {
        let digits = ["partition", "part", "lane", "p"].iter().find_map(|known| word.strip_prefix(known))?;
        let digits = if digits.is_empty() { words.get(index + 1)?.as_str() } else { digits };
        digits.parse().ok()
    });
    spelled.or_else(|| {
        let digits = label.trim_end_matches(|c: char| !c.is_ascii_digit());
        let stem = digits.trim_end_matches(|c: char| c.is_ascii_digit());
        digits[stem.len()..].parse().ok()
    })
}

/// How surely a label is that of a partition: 2 with the word, 1 with its first letter or a bare number.
pub(super) fn partition_likeness(label: &str) -> u32 {
    let words = words(label);
    let numbered = |word: &str, stem: &str| {
        word.strip_prefix(stem).is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
    };
    if words.iter().any(|word| numbered(word, "partition") || numbered(word, "lane")) {
        return 2;
    }
    let first = words.first().map(String::as_str).unwrap_or_default();
    u32::from(words.len() == 1 && (numbered(first, "p") && first != "p" || numbered(first, "")))
}

/// `3 partitions` in a line of its own, or in brackets behind the name.
pub(super) fn stated_partitions(line: &str) -> Option<u32> {
    let words = words(line);
    match words.as_slice() {
        [count, word] if word == "partitions" || word == "partition" => count.parse().ok(),
        _ => None,
    }
}

/// The words of a text in small letters: runs of letters and digits.
fn words(text: &str) -> Vec<String> {
    // A label may be long; what says its role stands near its beginning or not at all.
    let text: String = text.chars().take(300).flat_map(char::to_lowercase).collect();
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(String::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_role_word_goes() {
        let cases = [
            ("Topic: ORDER_EVENTS", RoleWord::Topic, "ORDER_EVENTS"),
            ("Kafka Topic = orders", RoleWord::Topic, "orders"),
            ("orders (topic)", RoleWord::Topic, "orders"),
            ("topic orders", RoleWord::Topic, "orders"),
            ("orders topic", RoleWord::Topic, "orders"),
            ("Topic: Topic: x", RoleWord::Topic, "Topic: x"),
            ("Topic:", RoleWord::Topic, "Topic:"),
            ("GROUP: Payment-g1", RoleWord::Group, "Payment-g1"),
            ("Consumer Group: Payment", RoleWord::Group, "Payment"),
            ("group.id=payment", RoleWord::Group, "payment"),
            ("Consumer Group payment", RoleWord::Group, "payment"),
            ("Group 1", RoleWord::Group, "Group 1"),
            ("Kafka Producer", RoleWord::Producer, "Kafka Producer"),
            ("Producer: Shop", RoleWord::Producer, "Shop"),
        ];
        for (label, role, name) in cases {
            assert_eq!(without_role(label, role), name, "{label}");
        }
    }

    #[test]
    fn hints() {
        let of = |label| hint(label).map(|hint| (hint.word, hint.strong));
        assert_eq!(of("Consumer Group: x"), Some((RoleWord::Group, true)));
        assert_eq!(of("the consumer group of x"), Some((RoleWord::Group, false)));
        assert_eq!(of("Kafka Producer"), Some((RoleWord::Producer, false)));
        assert_eq!(of("ORDER_EVENTS"), None);
        assert_eq!(of("Partition-0"), Some((RoleWord::Partition, false)));
    }

    #[test]
    fn numbers_of_partitions() {
        let cases = [
            ("Partition-0", 0),
            ("P7", 7),
            ("partition 3 (leader: broker 1)", 3),
            ("orders-2", 2),
            ("orders p4", 4),
            ("5", 5),
        ];
        for (label, number) in cases {
            assert_eq!(partition_number(label), Some(number), "{label}");
        }
        assert_eq!(partition_number("left lane"), None);
        assert_eq!(partition_likeness("Partition-0"), 2);
        assert_eq!(partition_likeness("P0"), 1);
        assert_eq!(partition_likeness("Payment-1"), 0);
        assert_eq!(stated_partitions("(3 partitions)"), Some(3));
    }
}
