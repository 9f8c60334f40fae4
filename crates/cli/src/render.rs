use std::io::IsTerminal;

use kafka_lanes_core::World;
use kafka_lanes_scene::{self as scene, SHOWN_AT, View, svg};
use kafka_lanes_words::{English, PictureWords};

use crate::args::{Format, Render, Theme};
use crate::failure::Failure;
use crate::input::world_at;
use crate::output::{write, write_bytes};
use crate::png::png;
use crate::run::in_words;
use crate::value::Size;

pub(crate) fn render(args: &Render) -> Result<(), Failure> {
    let format = if args.words { None } else { Some(format(args)?) };
    let history = world_at(&args.scenario, args.seed, args.at, |_| SHOWN_AT)?;
    let output = args.output.as_deref();
    let picture = || picture(history.world(), args.size, args.theme, &English);
    match format {
        None => write(&in_words(&history), output),
        Some(Format::Svg) => write(&picture(), output),
        Some(Format::Png) => write_bytes(&png(&picture(), args.scale.unwrap_or_default())?, output),
    }
}

/// What was asked for, or else what the file's name says.
fn format(args: &Render) -> Result<Format, Failure> {
    let ending = || args.output.as_deref()?.extension()?.to_str().map(str::to_ascii_lowercase);
    let format = match (args.format, ending().as_deref()) {
        (Some(format), _) => format,
        (None, None | Some("svg")) => Format::Svg,
        (None, Some("png")) => Format::Png,
        (None, Some(other)) => {
            return Err(Failure::Usage(format!(
                "error: a picture can't be written as .{other}: name the file .svg or .png, or say --format svg or png."
            )));
        }
    };
    if format == Format::Svg && args.scale.is_some() {
        return Err(Failure::Usage("error: --scale goes with a PNG; an SVG is sharp at any size.".into()));
    }
    if format == Format::Png && args.output.is_none() && std::io::stdout().is_terminal() {
        return Err(Failure::Usage("error: a PNG is nothing for a terminal: give -o FILE.png.".into()));
    }
    Ok(format)
}

/// The picture as a file: without buttons, since nothing can be pressed there.
pub(crate) fn picture(world: &World, size: Size, theme: Theme, words: &dyn PictureWords) -> String {
    let mut view = View::new(f64::from(size.width), f64::from(size.height));
    view.buttons = false;
    let theme = match theme {
        Theme::Light => scene::Theme::Light,
        Theme::Dark => scene::Theme::Dark,
        Theme::Auto => scene::Theme::Auto,
    };
    svg::document(world, &scene::layout(world, &view, words), theme)
}
