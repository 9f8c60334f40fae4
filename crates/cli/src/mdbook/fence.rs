//! Code blocks in Markdown, wherever they stand: in lists, in quotes, between longer fences or tildes.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::info::{Info, Marks};

/// A code block that is a diagram.
pub(super) struct Fence {
    /// What its first line says.
    pub(super) info: Info,
    /// What it holds, without what marks a quote or a list.
    pub(super) text: String,
    /// The line of the chapter on which it begins, from 1.
    pub(super) line: u32,
}

/// Puts what `draw` makes of each diagram in its place, or gives nothing if it makes nothing of any.
///
/// `draw` gives HTML without a line break. It stands on one line behind a comment: so it is a block of HTML that ends
/// with its line (CommonMark 4.6, kind 2), whatever is around it, and no Markdown is looked for in it.
pub(super) fn replace(markdown: &str, marks: Marks, mut draw: impl FnMut(&Fence) -> Option<String>) -> Option<String> {
    let mut out = String::new();
    let mut done = 0;
    for (range, fence) in fences(markdown, marks) {
        let Some(html) = draw(&fence) else { continue };
        out.push_str(&markdown[done..range.start]);
        out.push_str("<!-- kafka-lanes -->");
        out.push_str(&html);
        // A block that nobody closed may end with a line, or within one.
        if markdown[range.clone()].ends_with('\n') {
            out.push('\n');
        }
        done = range.end;
    }
    if done == 0 {
        return None;
    }
    out.push_str(&markdown[done..]);
    Some(out)
}

/// The diagrams and where they are, in their order.
fn fences(markdown: &str, marks: Marks) -> Vec<(Range<usize>, Fence)> {
    let mut found = Vec::new();
    let mut open: Option<(Range<usize>, Fence)> = None;
    let (mut line, mut counted) = (1, 0);
    for (event, range) in Parser::new_ext(markdown, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                if let Some(info) = Info::read(&info, marks) {
                    line += markdown[counted..range.start].matches('\n').count() as u32;
                    counted = range.start;
                    open = Some((range, Fence { info, text: String::new(), line }));
                }
            }
            Event::Text(text) => {
                if let Some((_, fence)) = &mut open {
                    fence.text.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => found.extend(open.take()),
            _ => {}
        }
    }
    found
}

/// What mdBook turns on, as far as it says where blocks are.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NO_MERMAID: Marks = Marks { mermaid: false };

    /// The texts of the diagrams, and the Markdown with an `X` for each.
    fn taken(markdown: &str) -> (Vec<String>, String) {
        let mut texts = Vec::new();
        let out = replace(markdown, NO_MERMAID, |fence| {
            texts.push(fence.text.clone());
            Some("<b>X</b>".into())
        });
        (texts, out.unwrap_or_else(|| markdown.into()))
    }

    const X: &str = "<!-- kafka-lanes --><b>X</b>";

    #[test]
    fn fences_of_every_shape_are_found() {
        for (markdown, text, around) in [
            ("```kafka\na\n\nb\n```\nbehind", "a\n\nb\n", "X\nbehind"),
            ("~~~ kafka height=4\na\n~~~", "a\n", "X"),
            ("````kafka\n```\n````\n", "```\n", "X\n"),
            ("before\n  ```kafka\n  a\n   b\n  ```\n", "a\n b\n", "before\n  X\n"),
            ("- one\n- ```kafka\n  a\n  ```\n- two\n", "a\n", "- one\n- X\n- two\n"),
            ("> ```kafka\n> a\n> ```\n> behind\n", "a\n", "> X\n> behind\n"),
            ("> ```kafka\n> a\n\nbehind\n", "a\n", "> X\n\nbehind\n"),
            ("1. > - ~~~kafka,autoplay\n   >   a\n   >   ~~~\n", "a\n", "1. > - X\n"),
            ("```kafka", "", "X"),
            ("```kafka\r\na\r\n```\r\nbehind", "a\n", "X\r\nbehind"),
        ] {
            let (texts, out) = taken(markdown);
            assert_eq!(texts, [text], "{markdown:?}");
            assert_eq!(out.replace(X, "X"), around, "{markdown:?}");
        }
    }

    #[test]
    fn what_only_looks_like_one_stays() {
        for markdown in [
            "    ```kafka\n    a\n    ```\n",
            "````md\n```kafka\na\n```\n````\n",
            "<pre>\n```kafka\na\n```\n</pre>\n",
            "`` ```kafka ``\n",
            "```kafkaesque\na\n```\n",
            "```mermaid\ngraph LR\n```\n",
            "``` kafka `x`\n",
        ] {
            assert_eq!(replace(markdown, NO_MERMAID, |_| Some("X".into())), None, "{markdown:?}");
        }
    }

    #[test]
    fn a_fence_knows_its_line() {
        let mut lines = Vec::new();
        replace("a\n\n```kafka\nb\n```\n\n- c\n\n  ```kafka\n  ```\n", NO_MERMAID, |fence| {
            lines.push(fence.line);
            None
        });
        assert_eq!(lines, [3, 9]);
    }

    /// What a page is made of. A block that is a diagram is one thing, and so is what stands in its place.
    fn outline(markdown: &str) -> Vec<String> {
        let events: Vec<Event<'_>> = Parser::new_ext(markdown, options()).collect();
        let mut out = Vec::new();
        let mut rest = &events[..];
        while let Some(event) = rest.first() {
            let end = match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if Info::read(info, NO_MERMAID).is_some() => {
                    Some(TagEnd::CodeBlock)
                }
                // What indents the first line is an event of its own.
                Event::Start(Tag::HtmlBlock)
                    if rest[1..3].iter().any(|event| matches!(event, Event::Html(html) if html.starts_with(X))) =>
                {
                    Some(TagEnd::HtmlBlock)
                }
                _ => None,
            };
            let length = end.and_then(|end| rest.iter().position(|event| *event == Event::End(end)));
            out.push(if length.is_some() { "a diagram".into() } else { format!("{event:?}") });
            rest = &rest[length.unwrap_or(0) + 1..];
        }
        out
    }

    /// Lines of which pages are made, well and badly.
    fn markdown() -> impl Strategy<Value = String> {
        let line = prop_oneof![
            3 => Just("```kafka\n"),
            2 => Just("```\n"),
            1 => Just("~~~ kafka\n"),
            1 => Just("~~~\n"),
            1 => Just("````\n"),
            1 => Just("topic orders\n"),
            1 => Just("\n"),
            1 => Just("text\n"),
            1 => Just("<div>\n"),
            1 => Just("| a | b |\n|---|---|\n"),
            1 => Just("[^1]: note\n"),
            1 => Just("# heading\n"),
            1 => Just("\r\n"),
        ];
        let prefix = prop_oneof![
            6 => Just(""),
            2 => Just("> "),
            2 => Just("- "),
            2 => Just("  "),
            1 => Just("1. "),
            1 => Just("    "),
            1 => Just("> - "),
            1 => Just("\t"),
        ];
        prop::collection::vec((prefix, line), 0..24)
            .prop_map(|lines| lines.into_iter().flat_map(|(prefix, line)| [prefix, line]).collect())
    }

    proptest! {
        #[test]
        fn only_diagrams_change(markdown in markdown()) {
            let (_, out) = taken(&markdown);
            prop_assert_eq!(outline(&out), outline(&markdown), "{}", out);
            prop_assert_eq!(replace(&out, NO_MERMAID, |_| Some("X".into())), None, "{}", out);
        }

        #[test]
        fn any_text_is_taken(markdown in "(\\PC|\n|```kafka|>|- |\t| ){0,60}") {
            taken(&markdown);
        }
    }
}
