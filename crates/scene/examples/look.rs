//! Writes pictures of a few worlds to a directory, to be looked at: `cargo run --example look -- DIR`.

#[path = "../tests/common/mod.rs"]
mod common;

use kafka_lanes_core::spec::WorldSpec;
use kafka_lanes_scene::{Theme, View, layout, svg};
use kafka_lanes_words::English;

fn main() -> std::io::Result<()> {
    let dir = std::env::args().nth(1).unwrap_or_else(|| "/tmp".into());
    let draw = |name: &str, spec: WorldSpec, millis: u64, (w, h): (f64, f64), theme: Theme| {
        let history = common::at(spec, millis);
        let scene = layout(history.world(), &View::new(w, h), &English);
        println!("{name}: {} x {}", scene.width, scene.height);
        std::fs::write(format!("{dir}/scene-{name}.svg"), svg::document(history.world(), &scene, theme))
    };
    let landscape = (1280.0, 620.0);
    draw("first-light", common::article(3), 12_400, landscape, Theme::Light)?;
    draw("first-dark", common::article(3), 12_400, landscape, Theme::Dark)?;
    draw("five", common::article(5), 20_100, landscape, Theme::Light)?;
    draw("start", common::article(3), 0, landscape, Theme::Light)?;
    draw("narrow", common::article(3), 12_400, (768.0, 620.0), Theme::Light)?;
    draw("wide", common::article(3), 60_000, (1920.0, 900.0), Theme::Light)?;
    draw("big", common::big(), 20_000, landscape, Theme::Light)?;
    draw("full", common::article(3), 12_400, (1920.0, 880.0), Theme::Light)?;
    draw("full-big", common::big(), 20_000, (1920.0, 880.0), Theme::Dark)?;
    draw("screen-4", common::article(5), 40_000, (2560.0, 1240.0), Theme::Light)?;
    draw("mobile-dark", common::article(3), 12_400, (375.0, 560.0), Theme::Dark)?;
    for width in [320.0, 360.0, 375.0, 430.0] {
        draw(&format!("mobile-{width}"), common::article(3), 12_400, (width, 640.0), Theme::Light)?;
        draw(&format!("mobile-{width}-five"), common::article(5), 12_400, (width, 640.0), Theme::Dark)?;
    }
    draw("mobile-big", common::big(), 20_000, (375.0, 560.0), Theme::Light)
}
