//! A scenario as the element with all that stands there without script: the picture, its words, the text.

use std::fmt::Write;

use kafka_lanes_core::spec::WorldSpec;
use kafka_lanes_core::{History, Time};
use kafka_lanes_scenario::{Severity, is_mermaid, language};
use kafka_lanes_scene::{describe, svg::escape};
use kafka_lanes_words::{English, InterfaceWords, TellingWords};

use super::fence::Fence;
use super::info::Info;
use crate::args::Theme;
use crate::input::{Loaded, Source, advance};
use crate::render::picture;
use crate::value::{Size, time};

/// Events that lead to one picture at the most: a few seconds of real time.
const MAX_EVENTS: u64 = 20_000_000;

/// The moment that a diagram shows where it does not say.
const AT: &str = "12s";

/// As wide as the text of a page is, or a little wider.
const SIZE: Size = Size { width: 960, height: 540 };

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
    let loaded = Source::of_text("", &fence.text).load();
    if fence.info.mermaid && loaded.has_errors() {
        return Diagram { html: None, remarks: Vec::new() };
    }
    let mut remarks = remarks(fence, &loaded);
    let scenario = if is_mermaid(&fence.text) { language::print(&loaded.spec) } else { fence.text.clone() };
    let history = world(loaded.spec, &fence.info);
    let fallback = match history {
        Ok(history) => fallback(&history, &fence.info),
        Err(what) => {
            remarks.push(Remark { is_error: true, text: format!("{}:1: error: {what}", fence.line) });
            format!("<p>{}</p>", escape(&what))
        }
    };
    let html = format!(
        "<div class=\"kafka-lanes\"><kafka-lanes{}>{fallback}<details><summary>{}</summary><pre>{}</pre></details></kafka-lanes></div>",
        attributes(&fence.info),
        English.scenario_text(),
        on_one_line(&scenario),
    );
    Diagram { html: Some(html), remarks }
}

fn remarks(fence: &Fence, loaded: &Loaded) -> Vec<Remark> {
    let unknown = fence
        .info
        .unknown
        .iter()
        .map(|word| Remark { is_error: true, text: format!("{}:1: error: {}", fence.line, Info::about_unknown(word)) });
    let diagnostics = loaded.diagnostics.iter().map(|diagnostic| {
        let mut in_chapter = diagnostic.clone();
        in_chapter.line += fence.line;
        Remark { is_error: diagnostic.severity == Severity::Error, text: in_chapter.to_string() }
    });
    unknown.chain(diagnostics).collect()
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

/// With the moment of the picture, so that both are of the same.
fn attributes(info: &Info) -> String {
    let at = info.value("at").is_none().then(|| ("at".to_owned(), AT.to_owned()));
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

/// The picture, and the same in words.
fn fallback(history: &History, info: &Info) -> String {
    let theme = match info.value("theme") {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::Auto,
    };
    let world = history.world();
    let svg = picture(world, SIZE, theme);
    let words = describe::text(world, &English);
    // As an image, its styles are its own, and it is as light or dark as the page round it.
    let mut html = format!(
        "<img src=\"data:image/svg+xml,{}\" width=\"{}\" alt=\"{}\">",
        in_address(&svg),
        SIZE.width,
        title(&svg)
    );
    for line in words.lines() {
        let _ = write!(html, "<p>{}</p>", on_one_line(line));
    }
    html
}

/// The title that a picture has, which is text of XML already.
fn title(svg: &str) -> &str {
    let rest = svg.split_once("<title>").map_or("", |(_, rest)| rest);
    rest.split_once("</title>").map_or("", |(title, _)| title)
}

/// Text between tags, without a line break.
fn on_one_line(text: &str) -> String {
    escape(text).replace('\n', "&#10;")
}

/// A text behind `data:…,` in an attribute: what is not plain there as the hex of its bytes.
fn in_address(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3 / 2);
    for byte in text.bytes() {
        match byte {
            b'\n' => {}
            b'!' | b'\''..=b';' | b'=' | b'@'..=b'Z' | b'_' | b'a'..=b'z' => out.push(byte.into()),
            // Writing to a string does not fail.
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mdbook::info::Marks;

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
    fn addresses_hold_plain_bytes_only() {
        assert_eq!(in_address("<a b=\"#é\">\n'"), "%3Ca%20b=%22%23%C3%A9%22%3E'");
    }
}
