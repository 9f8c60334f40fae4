//! The element on one line of HTML, with all that stands there without script: the picture, its words, the text.

use std::fmt::Write;

use kafka_lanes_core::History;
use kafka_lanes_scene::{describe, svg::escape};
use kafka_lanes_words::{BookWords, English, InterfaceWords, PictureWords};

use crate::args::Theme;
use crate::render::picture;
use crate::value::Size;

/// As wide as the text of a page is, or a little wider.
const SIZE: Size = Size { width: 960, height: 540 };

/// How the words of a picture stand under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    /// There.
    Open,
    /// Behind their title, where the page says the most of it already.
    Folded,
}

/// The element with what is `inside` of it until it runs, and the text of its scenario.
pub(super) fn element(attributes: &str, inside: &str, scenario: &str) -> String {
    format!(
        "<div class=\"kafka-lanes\"><kafka-lanes{attributes}>{inside}<details><summary>{}</summary><pre>{}</pre></details></kafka-lanes></div>",
        English.scenario_text(),
        on_one_line(scenario),
    )
}

/// The picture, with these names of things, and the same in words.
pub(super) fn still(history: &History, theme: Theme, names: &dyn PictureWords, words: Words) -> String {
    let world = history.world();
    let svg = picture(world, SIZE, theme, names);
    // As an image, its styles are its own, and it is as light or dark as the page round it.
    let mut html = format!(
        "<img src=\"data:image/svg+xml,{}\" width=\"{}\" alt=\"{}\">",
        in_address(&svg),
        SIZE.width,
        title(&svg)
    );
    let said: String =
        describe::text(world, &English).lines().map(|line| format!("<p>{}</p>", on_one_line(line))).collect();
    html.push_str(&match words {
        Words::Open => said,
        Words::Folded => format!("<details><summary>{}</summary>{said}</details>", English.picture_in_words()),
    });
    html
}

/// The title that a picture has, which is text of XML already.
fn title(svg: &str) -> &str {
    let rest = svg.split_once("<title>").map_or("", |(_, rest)| rest);
    rest.split_once("</title>").map_or("", |(title, _)| title)
}

/// Text between tags, without a line break.
pub(super) fn on_one_line(text: &str) -> String {
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

    #[test]
    fn addresses_hold_plain_bytes_only() {
        assert_eq!(in_address("<a b=\"#é\">\n'"), "%3Ca%20b=%22%23%C3%A9%22%3E'");
    }
}
