//! Text of the story as Markdown, with links to what its words mean.

use kafka_lanes_story::{introduced, terms_in};
use kafka_lanes_words::{StoryWords, Term};

/// The page that says what words mean, in the folder of the story's pages.
pub(super) const GLOSSARY: &str = "glossary.md";

/// The text with a link from each word that `place` (chapter and step, from 1) or a step before it brings, where it
/// first stands. Links lead to a heading in `page`, or in the page itself where that is empty.
pub(super) fn linked(text: &str, words: &StoryWords, place: (usize, usize), page: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut linked: Vec<Term> = Vec::new();
    let mut done = 0;
    for (range, term) in terms_in(text, words) {
        if introduced(term) > place || linked.contains(&term) {
            continue;
        }
        out.push_str(&escaped(&text[done..range.start]));
        out.push_str(&format!("[{}]({page}#{})", escaped(&text[range.clone()]), anchor(term, words)));
        linked.push(term);
        done = range.end;
    }
    out.push_str(&escaped(&text[done..]));
    out
}

/// The name of a word's heading in the page that says what words mean.
pub(super) fn anchor(term: Term, words: &StoryWords) -> String {
    let name =
        Term::ALL.into_iter().zip(&words.glossary).find(|(other, _)| *other == term).map_or("", |(_, word)| word.name);
    name.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "-")
}

/// Text that stands as it is, wherever it begins (CommonMark 2.4).
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        let is_mark = match c {
            // A full stop begins a list behind a number, and nothing else.
            '.' => out.ends_with(|before: char| before.is_ascii_digit()),
            // These mean nothing anywhere.
            '"' | '\'' | ',' | ';' | ':' | '?' | '!' | '/' | '%' => false,
            _ => c.is_ascii_punctuation(),
        };
        if is_mark {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use kafka_lanes_words::{English, StoryCatalogue};

    use super::*;

    #[test]
    fn a_word_has_one_link_from_its_step_on() {
        let text = "A lane has a key. Lanes, keys.";
        let linked = |place| linked(text, English.story(), place, GLOSSARY);
        assert_eq!(linked((5, 9)), "A lane has a key. Lanes, keys.");
        assert_eq!(linked((6, 1)), "A [lane](glossary.md#lane) has a key. Lanes, keys.");
        assert_eq!(linked((7, 2)), "A [lane](glossary.md#lane) has a [key](glossary.md#key). Lanes, keys.");
    }

    #[test]
    fn text_is_no_markdown() {
        assert_eq!(escaped("1. *a* <b> [c](d) `e`"), "1\\. \\*a\\* \\<b\\> \\[c\\]\\(d\\) \\`e\\`");
    }

    #[test]
    fn each_word_has_a_heading_of_its_own() {
        let words = English.story();
        let mut anchors: Vec<String> = Term::ALL.into_iter().map(|term| anchor(term, words)).collect();
        assert!(anchors.contains(&"group-id".to_owned()));
        anchors.sort();
        anchors.dedup();
        assert_eq!(anchors.len(), Term::ALL.len());
    }
}
