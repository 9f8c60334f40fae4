//! The SVG files of a few worlds, as they were when somebody last looked at them. After a change that is meant:
//! `KAFKA_LANES_OVERWRITE=1 cargo test -p kafka-lanes-scene --test snapshots`, then look at them.

mod common;

use std::path::Path;

use kafka_lanes_core::spec::{ReplicationSpec, WorldSpec};
use kafka_lanes_core::{Action, BrokerAct, ServiceStatus, Time};
use kafka_lanes_scene::{Target, Theme, View, layout, svg};
use kafka_lanes_words::English;

fn compare(name: &str, svg: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(format!("{name}.svg"));
    // One element a line, so that a difference is a line.
    let svg = svg.replace("><", ">\n<");
    if std::env::var_os("KAFKA_LANES_OVERWRITE").is_some() {
        std::fs::write(&path, &svg).expect("the directory of snapshots can be written to");
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = known.lines().zip(svg.lines()).position(|(a, b)| a != b);
    if let Some(line) = differs {
        let at = |text: &str| text.lines().nth(line).unwrap_or_default().chars().take(200).collect::<String>();
        panic!("{name}.svg differs in line {}:\n  was {}\n  is  {}", line + 1, at(&known), at(&svg));
    }
    assert_eq!(known.lines().count(), svg.lines().count(), "{name}.svg is longer or shorter than it was");
}

fn draw(spec: WorldSpec, millis: u64, view: &View, theme: Theme) -> String {
    let history = common::at(spec, millis);
    svg::document(history.world(), &layout(history.world(), view, &English), theme)
}

#[test]
fn the_article_s_world() {
    compare("article", &draw(common::article(3), 12_400, &View::new(1_280.0, 620.0), Theme::Light));
}

#[test]
fn the_article_s_world_upright() {
    compare("upright", &draw(common::article(3), 12_400, &View::new(375.0, 560.0), Theme::Auto));
}

#[test]
fn a_big_world_folded() {
    compare("big", &draw(common::big(), 4_000, &View::new(1_280.0, 620.0), Theme::Dark));
}

#[test]
fn idle_crashed_and_selected() {
    let mut history = common::at(common::article(5), 9_000);
    let crash = Action::CrashConsumer { group: "Inventory-g1".into(), name: "Inv-2".into() };
    history.act(crash).expect("Inv-2 is there");
    history.advance(Time::from_millis(9_700), u64::MAX);
    let mut view = View { compact: true, ..View::new(1_280.0, 420.0) };
    let first = layout(history.world(), &view, &English);
    view.selected = first.parts().filter_map(|part| part.target).find(|target| matches!(target, Target::Record(_, 5)));
    let scene = layout(history.world(), &view, &English);
    compare("crashed", &svg::document(history.world(), &scene, Theme::Light));
}

/// One of three brokers has died, and nobody has noticed: what it leads is silent, what it copies waits for it.
#[test]
fn a_broker_that_died() {
    let mut spec = common::article(3);
    spec.cluster.brokers = 3;
    spec.topics[0].replication = ReplicationSpec { factor: 3, min_isr: 2, unclean_election: false };
    spec.actions = vec![(Time::from_secs(10), Action::Broker { broker: 2, act: BrokerAct::Kill })];
    compare("broker", &draw(spec.clone(), 13_000, &View::new(1_280.0, 620.0), Theme::Light));
    compare("broker-upright", &draw(spec, 13_000, &View::new(375.0, 560.0), Theme::Dark));
}

/// The story's first chapter: before the rush, in it, and when the e-mail service has stopped.
#[test]
fn services_that_call_each_other() {
    let wide = View::new(1_280.0, 620.0);
    compare("services-calm", &draw(common::rush(), 4_500, &wide, Theme::Light));
    compare("services-rush", &draw(common::rush(), 24_000, &wide, Theme::Light));
    compare("services-failing", &draw(common::rush(), 36_000, &wide, Theme::Dark));
    compare("services-upright", &draw(common::rush(), 36_000, &View::new(375.0, 600.0), Theme::Auto));
}

/// Services beside topics; one hangs.
#[test]
fn services_and_topics() {
    let mut spec = common::article(3);
    spec.services = common::rush().services;
    let hang = Action::Service { service: "Payment".into(), status: ServiceStatus::Hung };
    spec.actions = vec![(Time::from_secs(6), hang)];
    compare("services-and-topics", &draw(spec, 9_200, &View::new(1_280.0, 800.0), Theme::Light));
}

#[test]
fn a_file_needs_nothing_else() {
    let svg = draw(common::article(3), 12_400, &View::new(1_280.0, 620.0), Theme::Auto);
    for word in ["<script", "href", "url(", "@import", "style=", "light-dark(", "@font-face"] {
        assert!(!svg.contains(word), "the file contains {word}");
    }
    assert!(svg.contains("<title>") && svg.contains("<desc>"));
}

#[test]
fn odd_names_are_text() {
    let mut spec = common::article(2);
    spec.groups[0].name = "<b>&\"'\u{1}".into();
    spec.producers[0].keys = kafka_lanes_core::spec::Keys::List(vec!["<".into(), "".into(), "&amp;".into()]);
    let svg = draw(spec, 3_000, &View::new(1_280.0, 620.0), Theme::Light);
    assert!(!svg.contains("<b>") && !svg.contains('\u{1}'));
    assert_eq!(svg.matches("<g ").count(), svg.matches("</g>").count());
}
