//! Which functions of the wasm a live diagram needs up to its first frames: opens diagrams with a wasm that counts, and
//! prints the hashes of the functions that never ran. `cargo xtask profile` builds the one and keeps the other.

use std::collections::BTreeSet;
use std::process::ExitCode;

use kafka_lanes_e2e::{Browser, Failure, Result, Site, Size};

/// What other people embed: still and moving, with and without controls, small worlds and larger ones.
const WORLDS: [(&str, &str); 3] = [
    ("autoplay", "topic orders partitions=3\nproducer Shop to orders\ngroup billing reads orders\n  consumer b-1\n"),
    ("", include_str!("../../../../examples/order-events.kafka")),
    ("controls=\"none\" autoplay at=\"12s\"", include_str!("../../../../examples/order-events.kafka")),
];
/// The panels come after the first frames: they are kept away, so that their code does not count.
const NO_PANELS: &str = "import { Mounted } from './kafka-lanes-app.js'; Mounted.prototype.panels = () => {};";
/// How long a diagram moves before the functions are read, in ms: some records land and are read in that time.
const MOVING_MS: u64 = 1_500;

fn main() -> ExitCode {
    match profile() {
        Ok(lines) => {
            println!("{lines}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn profile() -> Result<String> {
    let names = std::fs::read_to_string("dist/functions.txt")
        .map_err(|e| Failure::new(format!("dist/ holds no wasm that counts: {e}. Run `cargo xtask profile`.")))?;
    let names: Vec<&str> = names.lines().collect();
    let mut ran = BTreeSet::new();
    let sizes = [Browser::with(Size::desktop()), Browser::with(Size::phone()).dark().touch()];
    let still = [Browser::with(Size::desktop()).reduced_motion()];
    for browser in sizes.iter().chain(&still) {
        for (attributes, scenario) in WORLDS {
            let site = Site::dist()?;
            site.page("no-panels.js", NO_PANELS);
            site.page("profiled.html", &page(attributes, scenario));
            let page = browser.visit(&site.url("profiled.html"))?;
            page.js("return document.querySelector('kafka-lanes').ready.then(() => true);")?;
            page.after(std::time::Duration::from_millis(MOVING_MS))?;
            let counted: Vec<u8> = page.read(&format!(
                "import('./kafka-lanes-app.js').then(glue => glue.default())\
                 .then(wasm => Array.from(new Uint8Array(wasm.ran.buffer, 0, {})))",
                names.len()
            ))?;
            ran.extend(names.iter().zip(counted).filter(|(_, ran)| *ran != 0).map(|(name, _)| *name));
        }
    }
    let never: BTreeSet<&str> = names.iter().copied().filter(|name| !ran.contains(name)).collect();
    eprintln!("{} of {} functions run before and in the first frames.", names.len() - never.len(), names.len());
    Ok(never.into_iter().collect::<Vec<_>>().join("\n"))
}

fn page(attributes: &str, scenario: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>One diagram</title>\
         <link rel=\"icon\" href=\"data:,\"><script type=\"module\" src=\"no-panels.js\"></script>\
         <script type=\"module\" src=\"kafka-lanes.js\"></script></head>\
         <body><main><h1>One diagram</h1><kafka-lanes {attributes}><pre>{scenario}</pre></kafka-lanes></main>\
         </body></html>"
    )
}
