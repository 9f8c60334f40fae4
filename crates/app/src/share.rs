//! What of a moment can be taken along: a link, a piece of a page, the picture as a file.

use kafka_lanes_core::{History, Time};
use kafka_lanes_scenario::language::print_span;
use kafka_lanes_scenario::link::{self, Link};
use kafka_lanes_scene::{Theme, View, layout, svg};
use web_sys::window;

use crate::words::words;

/// Size of a saved picture, in CSS px; it may become higher.
const SIZE: (f64, f64) = (1_280.0, 720.0);

/// What can be shared of the moment at which somebody asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shared {
    /// The link, or why there is none.
    pub(crate) link: Result<String, String>,
    /// What to put into a page.
    pub(crate) embed: String,
    /// The picture as a file, in the colours of the page.
    pub(crate) svg: String,
    /// Its size in CSS px.
    pub(crate) size: (u32, u32),
}

impl Shared {
    /// The present moment of `history`, whose scenario with all acts is `text`.
    pub(crate) fn of(history: &History, text: &str, settings: link::View, dark: bool) -> Self {
        let page = window().and_then(|window| window.location().href().ok()).unwrap_or_default();
        let page = page.split(['#', '?']).next().unwrap_or_default();
        let folder = page.rfind('/').map_or("", |end| &page[..=end]);
        let link = Link::of(history, settings).write();
        let world = history.world();
        let view = View { buttons: false, ..View::new(SIZE.0, SIZE.1) };
        let scene = layout(world, &view, words());
        let size = scene.size();
        Self {
            link: link.map(|link| [page, &link].concat()).map_err(|fault| fault.to_string()),
            embed: embed(folder, text, &print_span(world.now().since(Time::ZERO))),
            svg: svg::document(world, &scene, if dark { Theme::Dark } else { Theme::Light }),
            size: (size.0 as u32, size.1 as u32),
        }
    }
}

/// The element with its scenario, and the script that brings it: such that Markdown leaves it alone too, which looks for
/// an end at an empty line, and knows `div` and not our element.
fn embed(folder: &str, text: &str, at: &str) -> String {
    let folder = svg::escape(folder);
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let text = svg::escape(&lines.join("\n"));
    format!(
        "<script type=\"module\" src=\"{folder}kafka-lanes.js\"></script>\n\
         <div>\n<kafka-lanes height=\"460\" at=\"{at}\">\n<pre>\n{text}\n</pre>\n</kafka-lanes>\n</div>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scenario_is_text_in_a_page() {
        let code = embed("https://example.org/lanes/", "title <b> & \"c\"\n\ntopic t\n", "17.734282s");
        assert!(code.contains("src=\"https://example.org/lanes/kafka-lanes.js\""), "{code}");
        assert!(
            code.contains("at=\"17.734282s\">\n<pre>\ntitle &lt;b&gt; &amp; &quot;c&quot;\ntopic t\n</pre>"),
            "{code}"
        );
    }
}
