//! Lines of the tools, cut into their fields.

use crate::diagnostic::Place;

/// A word of a line, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) at: Place,
}

pub(super) fn words(line: &str, number: u32) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut column = 1;
    for text in line.split_inclusive(char::is_whitespace) {
        let length = text.chars().count() as u32;
        let word = text.trim_end();
        if !word.is_empty() {
            let at = Place { line: number, column, length: word.chars().count() as u32 };
            words.push(Word { text: word, at });
        }
        column += length;
    }
    words
}

/// The names of the columns, or the values below them: `COORDINATOR (ID)` and `host:9092 (1)` are one.
pub(super) fn cells(line: &str, number: u32) -> Vec<Word<'_>> {
    let mut cells = words(line, number);
    cells.retain(|cell| !is_id(cell.text));
    cells
}

fn is_id(text: &str) -> bool {
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    inner.is_some_and(|id| id == "ID" || (!id.is_empty() && id.bytes().all(|b| b.is_ascii_digit())))
}

/// The keys that `kafka-topics.sh` writes before its values.
const KEYS: [&str; 11] = [
    "Topic:",
    "TopicId:",
    "PartitionCount:",
    "ReplicationFactor:",
    "Configs:",
    "Partition:",
    "Leader:",
    "Replicas:",
    "Isr:",
    "Elr:",
    "LastKnownElr:",
];

/// The value behind `key` in a line of `kafka-topics.sh`.
pub(super) fn value<'a>(words: &[Word<'a>], key: &str) -> Option<Word<'a>> {
    let at = words.iter().position(|word| word.text == key)?;
    words.get(at + 1).copied().filter(|word| !KEYS.contains(&word.text))
}
