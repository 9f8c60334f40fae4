//! A code block as the element, and what there is to say about it.

use std::fmt::Write;

use kafka_lanes_core::spec::WorldSpec;
use kafka_lanes_core::{History, Time};
use kafka_lanes_scenario::{Severity, is_mermaid, language};
use kafka_lanes_scene::svg::escape;
use kafka_lanes_words::{AttributeWords, English, Takes, TellingWords, is_height};

use super::element::{Words, element, still};
use super::fence::Fence;
use super::info::Info;
use super::story::step;
use crate::args::Theme;
use crate::input::{Loaded, Source, advance};
use crate::value::time;

/// Events that lead to one picture at the most: a few seconds of real time.
const MAX_EVENTS: u64 = 20_000_000;

/// The moment that a diagram shows where it does not say.
const AT: &str = "12s";

/// What a block became.
pub(super) struct Diagram {
    /// On one line; none where the block stays as it is.
    pub(super) html: Option<String>,
    /// What there is to say about it.
    pub(super) remarks: Vec<Remark>,
}

/// Something to say about a block.
pub(super) struct Remark {
    pub(super) is_error: bool,
    /// From the line on: `12:5: error: …`.
    pub(super) text: String,
}

/// Draws a block.
pub(super) fn draw(fence: &Fence) -> Diagram {
    match fence.info.value("step") {
        Some(place) => step_of_the_story(fence, place),
        None => scenario(fence),
    }
}

fn scenario(fence: &Fence) -> Diagram {
    let loaded = Source::of_text("", &fence.text).load();
    if fence.info.mermaid && loaded.has_errors() {
        return Diagram { html: None, remarks: Vec::new() };
    }
    let mut remarks = remarks(fence, &loaded);
    let text = if is_mermaid(&fence.text) { language::print(&loaded.spec) } else { fence.text.clone() };
    let inside = match world(loaded.spec, &fence.info) {
        Ok(history) => still(&history, theme(&fence.info), &English, Words::Open),
        Err(what) => {
            remarks.push(error(fence, &what));
            format!("<p>{}</p>", escape(&what))
        }
    };
    Diagram { html: Some(element(&attributes(&fence.info, Some(AT)), &inside, &text)), remarks }
}

/// What a step says, over its picture. Its world and its moment are the story's.
fn step_of_the_story(fence: &Fence, place: &str) -> Diagram {
    let mut remarks: Vec<Remark> = unknown(fence).collect();
    let theirs =
        ["at", "seed"].into_iter().filter(|name| fence.info.value(name).is_some()).map(|name| format!("“{name}”"));
    let text = (!fence.text.trim().is_empty()).then(|| "a scenario".to_owned());
    for what in theirs.chain(text) {
        remarks.push(error(
            fence,
            &format!("a step of the story has its own world and moment; {what} does not go with “step”."),
        ));
    }
    let html = step::named(place).map(|(step, place)| {
        let attributes = attributes(&fence.info.without(&["at", "seed"]), None);
        let has_caption = fence.info.value("caption") != Some("none");
        step::embedded(&step, place, &attributes, theme(&fence.info), has_caption)
    });
    let html = html.unwrap_or_else(|what| {
        remarks.push(error(fence, &what));
        format!("<p>{}</p>", escape(&what))
    });
    Diagram { html: Some(html), remarks }
}

fn error(fence: &Fence, what: &str) -> Remark {
    Remark { is_error: true, text: format!("{}:1: error: {what}", fence.line) }
}

fn remarks(fence: &Fence, loaded: &Loaded) -> Vec<Remark> {
    let diagnostics = loaded.diagnostics.iter().map(|diagnostic| {
        let mut in_chapter = diagnostic.clone();
        in_chapter.line += fence.line;
        Remark { is_error: diagnostic.severity == Severity::Error, text: in_chapter.to_string() }
    });
    let nothing = fence.text.trim().is_empty().then(|| error(fence, English.nothing_to_show()));
    unknown(fence).chain(nothing).chain(diagnostics).collect()
}

fn unknown(fence: &Fence) -> impl Iterator<Item = Remark> {
    let words = fence.info.unknown.iter().map(|word| error(fence, &Info::about_unknown(word)));
    let height = fence.info.value("height").filter(|height| !is_height(height));
    words.chain(height.map(|height| error(fence, &English.no_sense("height", height, Takes::Height))))
}

/// The world at the moment of the picture.
fn world(spec: WorldSpec, info: &Info) -> Result<History, String> {
    let mut history = History::new(spec, seed(info)?).map_err(|refusal| English.refusal(&refusal))?;
    advance(&mut history, moment(info)?, MAX_EVENTS)?;
    Ok(history)
}

/// The moment of the picture.
fn moment(info: &Info) -> Result<Time, String> {
    time(info.value("at").unwrap_or(AT))
}

fn seed(info: &Info) -> Result<u64, String> {
    let Some(seed) = info.value("seed") else { return Ok(1) };
    seed.parse().map_err(|_| format!("“{seed}” is no seed. Write a whole number."))
}

/// With the moment of the picture where they have none, so that both are of the same.
fn attributes(info: &Info, moment: Option<&str>) -> String {
    let moment = moment.filter(|_| info.value("at").is_none());
    let at = moment.map(|moment| ("at".to_owned(), moment.to_owned()));
    let mut text = String::new();
    for (name, value) in info.attributes.iter().chain(&at) {
        // Writing to a string does not fail.
        let _ = match value.as_str() {
            "" => write!(text, " {name}"),
            value => write!(text, " {name}=\"{}\"", escape(value)),
        };
    }
    text
}

fn theme(info: &Info) -> Theme {
    match info.value("theme") {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::Auto,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mdbook::info::Marks;

    #[test]
    fn nothing_at_all_and_no_height_are_said() {
        let said = |info, text| drawn(info, text).remarks.into_iter().map(|remark| remark.text).collect::<Vec<_>>();
        assert!(said("kafka", "\n")[0].contains("there is no scenario"));
        assert!(said("kafka height=abc", "topic t\n")[0].contains("height=\"abc\""));
        assert_eq!(said("kafka height=300", "topic t\n"), Vec::<String>::new());
    }

    fn drawn(info: &str, text: &str) -> Diagram {
        let info = Info::read(info, Marks { mermaid: true }).expect("a diagram");
        draw(&Fence { info, text: text.into(), line: 7 })
    }

    const ORDERS: &str =
        "topic orders partitions=3\n\nproducer Shop to orders\ngroup billing reads orders\n  consumer b1\n";

    #[test]
    fn the_picture_its_words_and_the_text_are_on_one_line() {
        let html = drawn("kafka at=5s autoplay height=300", ORDERS).html.expect("a diagram");
        assert!(!html.contains('\n'));
        assert!(html.starts_with("<div class=\"kafka-lanes\"><kafka-lanes at=\"5s\" autoplay height=\"300\"><img src=\"data:image/svg+xml,%3Csvg"));
        assert!(html.contains("<p>At 5 s of simulated time.</p>"), "{html}");
        assert!(html.contains("<p>billing reads every record of orders"), "{html}");
        assert!(html.contains("<pre>topic orders partitions=3&#10;&#10;producer Shop"), "{html}");
    }

    #[test]
    fn the_picture_is_of_the_moment_that_opens() {
        let html = drawn("kafka", ORDERS).html.expect("a diagram");
        assert!(
            html.contains("<kafka-lanes at=\"12s\">") && html.contains("<p>At 12 s of simulated time.</p>"),
            "{html}"
        );
    }

    #[test]
    fn names_are_text() {
        let html = drawn("kafka at=\"<i>\"", "topic \"<b>&\" # </pre><script>\n").html.expect("a diagram");
        assert!(!html.contains("<b>") && !html.contains("<script>") && !html.contains("<i>"), "{html}");
        assert!(html.contains("“&lt;i&gt;” is no time."), "{html}");
    }

    #[test]
    fn what_is_wrong_has_its_line_in_the_chapter() {
        let Diagram { html, remarks } = drawn("kafka hight=4", "topic orders\nproduser Shop to orders\n");
        assert!(html.is_some_and(|html| html.contains("<img ")), "what could be read is drawn");
        let texts: Vec<&str> = remarks.iter().map(|remark| remark.text.as_str()).collect();
        assert!(texts[0].starts_with("7:1: error: “hight=4” is no attribute"), "{texts:?}");
        assert!(texts[1].starts_with("9:1: error: "), "{texts:?}");
        assert!(remarks.iter().all(|remark| remark.is_error));
    }

    #[test]
    fn a_flowchart_becomes_a_scenario_and_another_chart_stays() {
        let chart = "flowchart LR\n  Shop[Producer Shop] --> orders[(topic orders)]\n  orders --> c1[Consumer c1]\n";
        let html = drawn("mermaid", chart).html.expect("a diagram");
        assert!(html.contains("<pre>") && html.contains("topic ") && !html.contains("flowchart"), "{html}");
        assert!(drawn("mermaid", "sequenceDiagram\n  A->>B: hi\n").html.is_none());
    }

    #[test]
    fn a_step_of_the_story_has_its_text_and_the_picture_of_its_moment() {
        let Diagram { html, remarks } = drawn("kafka step=8/3 height=400", "");
        let html = html.expect("a diagram");
        assert_eq!(remarks.len(), 0);
        let start = "<div class=\"kafka-lanes\"><kafka-lanes step=\"8/3\" height=\"400\"><p>Now there are 5 consumers";
        assert!(html.starts_with(start), "{html}");
        assert!(html.contains("<p>At 45 s of simulated time.</p>"), "{html}");
        assert!(html.contains("<pre># Three consumers on three lanes"), "{html}");
    }

    #[test]
    fn what_a_step_can_not_be_told_is_said() {
        for (info, text, part) in [
            ("kafka step=8/9", "", "“8/9” is no step of the story. Chapter 8 has 4"),
            ("kafka step=0/1", "", "“0/1” is no step of the story. It has 13 chapters"),
            ("kafka step=eight", "", "“eight” is no step of the story. Write chapter/step"),
            ("kafka step=8/3 at=2s", "", "“at” does not go with “step”"),
            ("kafka step=8/3", "topic t\n", "a scenario does not go with “step”"),
        ] {
            let remarks = drawn(info, text).remarks;
            assert_eq!(remarks.len(), 1, "{info}");
            assert!(
                remarks[0].is_error && remarks[0].text.starts_with("7:1: error: ") && remarks[0].text.contains(part)
            );
        }
    }
}
