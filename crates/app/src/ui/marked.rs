//! A text in pieces: what each is a piece of, and whether something is wrong there.

use std::ops::Range;

use kafka_lanes_scenario::language::Token;

/// What is wrong with a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Marked {
    Nothing,
    Warning,
    Error,
}

/// A piece that looks the same from end to end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) text: String,
    /// The token's name; empty between tokens.
    pub(crate) class: &'static str,
    pub(crate) mark: Marked,
}

/// Cuts `text` where a token or a fault begins or ends. Both are byte ranges; tokens are in order and apart.
pub(crate) fn pieces(text: &str, tokens: &[(Range<usize>, Token)], faults: &[(Range<usize>, bool)]) -> Vec<Piece> {
    let mut cuts: Vec<usize> = [0, text.len()].into();
    cuts.extend(tokens.iter().flat_map(|(range, _)| [range.start, range.end]));
    cuts.extend(faults.iter().flat_map(|(range, _)| [range.start, range.end]));
    cuts.retain(|cut| text.is_char_boundary(*cut));
    cuts.sort_unstable();
    cuts.dedup();
    let mut tokens = tokens.iter().peekable();
    let pieces = cuts.windows(2).map(|cut| {
        let (from, to) = (cut[0], cut[1]);
        while tokens.next_if(|(range, _)| range.end <= from).is_some() {}
        let class = tokens.peek().filter(|(range, _)| range.start <= from).map_or("", |(_, token)| token.name());
        let over = faults.iter().filter(|(range, _)| range.start <= from && to <= range.end);
        let mark = over.map(|(_, error)| if *error { Marked::Error } else { Marked::Warning }).max();
        Piece { text: text[from..to].into(), class, mark: mark.unwrap_or(Marked::Nothing) }
    });
    pieces.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kafka_lanes_scenario::language::{highlight, parse};

    #[test]
    fn the_pieces_are_the_text_and_faults_are_marked() {
        let text = "topic orders partitons=3 # no\nproducer Shop to orders\n";
        let faults: Vec<_> = parse(text).diagnostics.iter().map(|fault| (fault.range(text), true)).collect();
        let cut = pieces(text, &highlight(text), &faults);
        assert_eq!(cut.iter().map(|piece| &*piece.text).collect::<String>(), text);
        let wrong: String = cut.iter().filter(|piece| piece.mark == Marked::Error).map(|piece| &*piece.text).collect();
        assert!(wrong.starts_with("partitons"), "{wrong}");
        assert!(cut.iter().any(|piece| piece.text == "topic" && piece.class == "keyword"));
    }
}
