use kafka_lanes_scenario::{language, mermaid};
use kafka_lanes_scene::SHOWN_AT;

use crate::args::{Export, Theme};
use crate::failure::Failure;
use crate::input::{Source, world_at};
use crate::output::write;
use crate::render::picture;
use crate::run::json;
use crate::value::Size;

const SIZE: Size = Size { width: 1_280, height: 720 };

pub(crate) fn export(args: &Export) -> Result<(), Failure> {
    let spec = || Ok::<_, Failure>(Source::read(&args.scenario)?.load().accept()?.1);
    let history = || world_at(&args.scenario, 1, |_| SHOWN_AT);
    let text = match &*args.to {
        "mermaid" => mermaid::print(&spec()?),
        "scenario" => language::print(&spec()?),
        "svg" => picture(history()?.world(), SIZE, Theme::Auto),
        "json" => json(&history()?)?,
        later @ ("link" | "cli" | "compose") => {
            return Err(Failure::Usage(format!(
                "error: --to {later} comes later; mermaid, scenario, svg and json work now."
            )));
        }
        other => {
            return Err(Failure::Usage(format!(
                "error: --to {other} is not known; mermaid, scenario, svg and json are."
            )));
        }
    };
    write(&text, None)
}
