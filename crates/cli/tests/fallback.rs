//! The words that stand in `index.html` for who has no script are those of the engine.
//!
//! `KAFKA_LANES_OVERWRITE=1 cargo test -p kafka-lanes --test fallback` writes them anew.

use std::fmt::Write;
use std::path::Path;

use kafka_lanes_core::{History, Time};
use kafka_lanes_scene::describe;
use kafka_lanes_words::English;

const BEGIN: &str = "<!-- words: written by crates/cli/tests/fallback.rs -->";
const END: &str = "<!-- end of words -->";

#[test]
fn the_page_says_without_script_what_the_engine_says() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../index.html");
    let html = std::fs::read_to_string(&page).expect("the page of the playground");
    let (before, rest) = html.split_once(BEGIN).expect("a place for the words");
    let (stands, after) = rest.split_once(END).expect("the end of that place");
    let (_, scenario) = html.split_once("<script type=\"text/kafka\">").expect("the page's scenario");
    let (scenario, _) = scenario.split_once("</script>").expect("the scenario's end");
    let words = words_of(scenario);
    if std::env::var_os("KAFKA_LANES_OVERWRITE").is_some() {
        std::fs::write(&page, [before, BEGIN, &words, END, after].concat()).expect("a page that can be written");
        return;
    }
    assert!(stands == words, "the words in index.html are old: write them anew with KAFKA_LANES_OVERWRITE=1\n{words}");
}

/// The picture at the moment at which the page opens, in words and tables, as HTML.
fn words_of(scenario: &str) -> String {
    let parsed = kafka_lanes_scenario::language::parse(scenario);
    assert_eq!(parsed.diagnostics, []);
    let mut history = History::new(parsed.spec, 1).expect("a world that the engine accepts");
    history.seek(Time::from_secs(12));
    let mut html = String::from("\n");
    for line in describe::text(history.world(), &English).lines() {
        let _ = writeln!(html, "          <p>{}</p>", escape(line));
    }
    for table in describe::tables(history.world(), &English) {
        let _ = writeln!(html, "          <table>\n            <caption>{}</caption>", escape(&table.caption));
        row(&mut html, "th", &table.columns);
        table.rows.iter().for_each(|cells| row(&mut html, "td", cells));
        html.push_str("          </table>\n");
    }
    html.push_str("          ");
    html
}

fn row(html: &mut String, tag: &str, cells: &[String]) {
    let cells: String = cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", escape(cell))).collect();
    let _ = writeln!(html, "            <tr>{cells}</tr>");
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
