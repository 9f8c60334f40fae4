use kafka_lanes_core::Time;
use kafka_lanes_scenario::link::{Link, View};
use kafka_lanes_scenario::{language, mermaid};
use kafka_lanes_scene::SHOWN_AT;
use kafka_lanes_words::English;

use crate::args::{Export, Theme};
use crate::failure::Failure;
use crate::input::{load, world_at};
use crate::output::write;
use crate::render::picture;
use crate::run::json;
use crate::value::Size;

const SIZE: Size = Size { width: 1_280, height: 720 };

pub(crate) fn export(args: &Export) -> Result<(), Failure> {
    if args.base.is_some() && args.to != "link" {
        return Err(Failure::Usage("error: --base goes with --to link.".into()));
    }
    let spec = || Ok::<_, Failure>(load(&args.scenario)?.accept()?.1);
    let history = || world_at(&args.scenario, args.seed, args.at, |_| SHOWN_AT);
    let text = match &*args.to {
        "mermaid" => mermaid::print(&spec()?),
        "scenario" => language::print(&spec()?),
        "svg" => picture(history()?.world(), SIZE, Theme::Auto, &English),
        "json" => json(&history()?)?,
        "link" => link(args)?,
        "cli" => kafka_lanes_scenario::commands::print(&spec()?),
        "compose" => kafka_lanes_scenario::compose::print(&spec()?),
        other => {
            return Err(Failure::Usage(format!(
                "error: --to {other} is not known; mermaid, scenario, svg, json, link, cli and compose are."
            )));
        }
    };
    write(&text, None)
}

fn link(args: &Export) -> Result<String, Failure> {
    let history = world_at(&args.scenario, args.seed, args.at, |_| Time::ZERO)?;
    let link = Link::of(&history, View::default()).write();
    let link = link.map_err(|fault| Failure::Refused(format!("{}: error: {fault}", args.scenario.display())))?;
    // Whatever stands behind a # in the base is another place of the same page.
    let base = args.base.as_deref().unwrap_or_default();
    let base = base.split_once('#').map_or(base, |(base, _)| base);
    Ok(format!("{base}{link}\n"))
}
