use std::ops::Range;

use kafka_lanes_words::{StoryWords, Term, is_of_word};

/// The chapter and the step, from 1, that bring a word of the glossary.
pub const fn introduced(term: Term) -> (usize, usize) {
    match term {
        Term::Kafka => (2, 1),
        Term::Publisher | Term::Subscriber | Term::Producer | Term::Broker | Term::Consumer => (3, 5),
        Term::Event | Term::Record => (4, 2),
        Term::Stream => (4, 4),
        Term::Topic => (5, 1),
        Term::Lane => (6, 1),
        Term::Partition => (6, 3),
        Term::Offset => (6, 5),
        Term::Key => (7, 2),
        Term::Hash => (7, 3),
        Term::ConsumerGroup => (8, 1),
        Term::GroupId | Term::Queue => (9, 1),
        Term::Broadcast => (9, 2),
        Term::Lag => (10, 2),
        Term::Replica => (11, 1),
        Term::Leader => (11, 2),
        Term::Acks => (11, 3),
        Term::Commit => (12, 1),
        Term::Session | Term::Rebalance => (12, 3),
        Term::Idempotent => (12, 5),
    }
}

/// Whether things have the names of the construction site on the picture of a step, by chapter and step from 1: in its
/// chapter, until the step that says the real ones.
pub const fn is_on_site(chapter: usize, step: usize) -> bool {
    let (site, real) = introduced(Term::Publisher);
    chapter == site && step < real
}

/// Where a text uses words of the glossary: bytes of the text, in its order, the longest word where two begin at one
/// place.
pub fn terms_in(text: &str, words: &StoryWords) -> Vec<(Range<usize>, Term)> {
    let mut found = Vec::new();
    let mut from = 0;
    while from < text.len() {
        let begins = text.is_char_boundary(from) && !before(text, from).is_some_and(is_of_word);
        let here = if begins { term_at(text, from, words) } else { None };
        match here {
            Some((length, term)) => {
                found.push((from..from + length, term));
                from += length;
            }
            None => from += 1,
        }
    }
    found
}

fn term_at(text: &str, from: usize, words: &StoryWords) -> Option<(usize, Term)> {
    let terms = Term::ALL.into_iter().zip(&words.glossary);
    let forms = terms.flat_map(|(term, words)| words.forms.iter().map(move |form| (*form, term)));
    let fits = |form: &str| {
        let Some(here) = text.get(from..from + form.len()) else { return false };
        let next = text[from + form.len()..].chars().next();
        here.eq_ignore_ascii_case(form) && !next.is_some_and(is_of_word)
    };
    forms.filter(|(form, _)| fits(form)).map(|(form, term)| (form.len(), term)).max_by_key(|(length, _)| *length)
}

fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}
