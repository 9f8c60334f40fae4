//! Names: what Kafka lets a topic be called.

use kafka_lanes_core::limits::MAX_NAME_CHARS;

/// Why Kafka would not take a topic's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TopicNameFault {
    /// It is `.` or `..`.
    Dots,
    /// It holds this character; Kafka allows ASCII letters and digits, `.`, `_` and `-`.
    Character(char),
}

/// Why Kafka would refuse `name` for a topic, if it would. Length is not looked at: no name here is
/// longer than [`MAX_NAME_CHARS`], which is Kafka's own limit for topics.
///
/// Kafka: `org.apache.kafka.common.internals.Topic.validate` (4.3).
pub fn topic_name_fault(name: &str) -> Option<TopicNameFault> {
    if name == "." || name == ".." {
        return Some(TopicNameFault::Dots);
    }
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    name.chars().find(|c| !legal(*c)).map(TopicNameFault::Character)
}

/// `name` cut to [`MAX_NAME_CHARS`], and whether something was cut off.
pub(crate) fn cut(mut name: String) -> (String, bool) {
    match name.char_indices().nth(MAX_NAME_CHARS) {
        Some((end, _)) => {
            name.truncate(end);
            (name, true)
        }
        None => (name, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_kafka_allows() {
        assert_eq!(topic_name_fault("ORDER_EVENTS.v-1"), None);
        assert_eq!(topic_name_fault(".."), Some(TopicNameFault::Dots));
        assert_eq!(topic_name_fault("order events"), Some(TopicNameFault::Character(' ')));
        assert_eq!(topic_name_fault("é"), Some(TopicNameFault::Character('é')));
    }

    #[test]
    fn cutting_is_by_characters() {
        assert_eq!(cut("é".repeat(249)), ("é".repeat(249), false));
        assert_eq!(cut("é".repeat(300)), ("é".repeat(249), true));
    }
}
