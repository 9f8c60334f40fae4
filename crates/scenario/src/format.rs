//! Which language a text is in.

/// What the lines of a scenario begin with.
const SCENARIO: [&str; 8] = ["title", "topic", "producer", "group", "consumer", "timing", "brokers", "at"];
/// What a flowchart begins with.
const FLOWCHART: [&str; 3] = ["flowchart", "graph", "flowchart-elk"];

/// Whether a text is a Mermaid flowchart rather than a scenario: the first line that begins as either does
/// decides. So a flowchart may stand in a Markdown fence, under front matter, or after some prose.
pub fn is_mermaid(text: &str) -> bool {
    let mut words = text.lines().map(first_word);
    let first = words.find(|word| SCENARIO.contains(word) || FLOWCHART.contains(word));
    first.is_some_and(|word| FLOWCHART.contains(&word))
}

fn first_word(line: &str) -> &str {
    line.trim_start().split(|c: char| c.is_whitespace() || c == ';').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::is_mermaid;

    #[test]
    fn the_first_line_that_begins_as_either_does_decides() {
        for text in [
            "flowchart LR\n a --> b",
            "\n\n  graph TD;a-->b",
            "graph\na",
            "The producer sends.\n\nflowchart LR",
            "%% a comment\nflowchart LR",
            "%%{init: {}}%%\ngraph LR",
            "---\ntitle: x\n---\nflowchart LR",
            "```mermaid\nflowchart LR\n```",
        ] {
            assert!(is_mermaid(text), "{text:?}");
        }
        for text in ["", "\n", "title flowchart", "# graph LR\ntopic a", "topic graph", "graphs", "topic a\ngraph LR"] {
            assert!(!is_mermaid(text), "{text:?}");
        }
    }
}
