//! A step's text in pieces: words of the glossary, and what stands between them.

use kafka_lanes_story::{introduced, terms_in};
use kafka_lanes_words::{Term, is_of_word};

use crate::story::place::Place;
use crate::words::story;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) text: String,
    /// The word of the glossary that it is.
    pub(crate) term: Option<Term>,
    /// Whether the step brings this word.
    pub(crate) is_new: bool,
    /// What stands close behind it: a full stop, a comma.
    pub(crate) tail: String,
}

impl Piece {
    fn between(text: &str) -> Self {
        Self { text: text.into(), term: None, is_new: false, tail: String::new() }
    }
}

/// The pieces of a text that stands at `place`: only what was introduced by then is a word of the glossary, and is one
/// where it first comes up.
pub(crate) fn pieces(text: &str, place: Place) -> Vec<Piece> {
    let terms = terms_in(text, story().words());
    let mut pieces = Vec::new();
    let mut until = 0;
    for (range, term) in terms.into_iter().filter(|(_, term)| is_known(*term, place)) {
        if pieces.iter().any(|piece: &Piece| piece.term == Some(term)) {
            continue;
        }
        if range.start > until {
            pieces.push(Piece::between(&text[until..range.start]));
        }
        let behind = &text[range.end..];
        let tail = behind.find(|c: char| c == ' ' || is_of_word(c)).unwrap_or(behind.len());
        until = range.end + tail;
        let is_new = introduced(term) == place.counted();
        pieces.push(Piece { text: text[range].into(), term: Some(term), is_new, tail: behind[..tail].into() });
    }
    if until < text.len() {
        pieces.push(Piece::between(&text[until..]));
    }
    pieces
}

/// Whether a text has only words that the story has brought at `place`.
pub(crate) fn knows(text: &str, place: Place) -> bool {
    terms_in(text, story().words()).into_iter().all(|(_, term)| is_known(term, place))
}

/// Whether the story has brought a word of the glossary at `place`.
pub(crate) fn is_known(term: Term, place: Place) -> bool {
    introduced(term) <= place.counted()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_a_link_from_its_step_on() {
        let text = "Of each lane one broker is the leader, and no lane has two.";
        let links = |place| -> Vec<String> {
            pieces(text, place).into_iter().filter(|piece| piece.term.is_some()).map(|piece| piece.text).collect()
        };
        assert_eq!(links(Place::Step(10, 1)), ["lane", "broker", "leader"]);
        assert_eq!(links(Place::Step(2, 4)), ["broker"]);
        assert_eq!(links(Place::FIRST), Vec::<String>::new());
        let new = |piece: Piece| piece.is_new.then_some(piece.text);
        assert_eq!(pieces(text, Place::Step(10, 1)).into_iter().filter_map(new).collect::<Vec<_>>(), ["leader"]);
        let whole: String =
            pieces(text, Place::Step(10, 1)).into_iter().map(|piece| piece.text + &piece.tail).collect();
        assert_eq!(whole, text);
    }
}
