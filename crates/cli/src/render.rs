use kafka_lanes_core::World;
use kafka_lanes_scene::{self as scene, SHOWN_AT, View, svg};
use kafka_lanes_words::English;

use crate::args::{Render, Theme};
use crate::failure::Failure;
use crate::input::world_at;
use crate::output::write;
use crate::run::in_words;
use crate::value::Size;

pub(crate) fn render(args: &Render) -> Result<(), Failure> {
    let history = world_at(&args.scenario, args.seed, args.at, |_| SHOWN_AT)?;
    let text = if args.words { in_words(&history) } else { picture(history.world(), args.size, args.theme) };
    write(&text, args.output.as_deref())
}

/// The picture as a file: without buttons, since nothing can be pressed there.
pub(crate) fn picture(world: &World, size: Size, theme: Theme) -> String {
    let mut view = View::new(f64::from(size.width), f64::from(size.height));
    view.buttons = false;
    let theme = match theme {
        Theme::Light => scene::Theme::Light,
        Theme::Dark => scene::Theme::Dark,
        Theme::Auto => scene::Theme::Auto,
    };
    svg::document(world, &scene::layout(world, &view, &English), theme)
}
