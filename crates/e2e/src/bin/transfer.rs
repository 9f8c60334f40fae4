//! What a page with one live diagram transfers, counted in the browser up to the first live frame. Fails over the
//! budget.

use std::process::ExitCode;

use kafka_lanes_e2e::{Browser, Result, Site, Size};
use serde::Deserialize;

/// Bytes after compression; the only limit on bytes that the project has.
const BUDGET: u64 = 180 * 1024;
/// What to aim for.
const AIM: u64 = 120 * 1024;

const PAGE: &str = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>One diagram</title>\
    <link rel=\"icon\" href=\"data:,\"><script type=\"module\" src=\"kafka-lanes.js\"></script></head>\
    <body><main><h1>One diagram</h1><kafka-lanes autoplay><pre>topic orders partitions=3\nproducer Shop to orders\n\
    group billing reads orders\n  consumer billing-1\n  consumer billing-2</pre></kafka-lanes></main></body></html>";

/// What the Resource Timing entries of the page say.
#[derive(Deserialize)]
struct Resource {
    name: String,
    encoded: u64,
    decoded: u64,
}

fn main() -> ExitCode {
    match measure() {
        Ok(bytes) if bytes <= BUDGET => ExitCode::SUCCESS,
        Ok(bytes) => {
            let over = bytes - BUDGET;
            eprintln!(
                "A live diagram transfers {bytes} bytes before its first frame, {over} over the budget of {BUDGET}. \
                 If code that it does not need came to it, `cargo xtask profile` moves that behind the first frame."
            );
            ExitCode::FAILURE
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> Result<u64> {
    let site = Site::dist()?;
    site.page("one-diagram.html", PAGE);
    let page = Browser::open(&site, "one-diagram.html", Size::desktop())?;
    let (before, after) = (fetched("ready"), fetched("ready.then(() => panels())"));
    page.js(PANELS)?;
    let resources: Vec<Resource> = page.read(&before)?;
    let all: Vec<Resource> = page.read(&after)?;
    println!("{:<40} {:>10} {:>10}", "fetched before the first live frame", "bytes", "gzip");
    for resource in &resources {
        println!("{:<40} {:>10} {:>10}", resource.name, resource.decoded, resource.encoded);
    }
    let sum: u64 = resources.iter().map(|resource| resource.encoded).sum();
    println!("{:<40} {:>10} {sum:>10}   budget {BUDGET}, aim {AIM}", "all", "");
    let later = all.iter().filter(|resource| resources.iter().all(|before| before.name != resource.name));
    for resource in later {
        println!("{:<40} {:>10} {:>10}   after it", resource.name, resource.decoded, resource.encoded);
    }
    Ok(sum)
}

/// Resolves when the panels are there too.
const PANELS: &str = "window.panels = () => new Promise(done => {
    const look = () => document.querySelector('kafka-lanes').shadowRoot.querySelector('.transport button')
        ? done() : setTimeout(look, 20);
    look();
})";

/// What had been fetched when a promise of the element was kept.
fn fetched(promise: &str) -> String {
    format!(
        "document.querySelector('kafka-lanes').{promise}.then(() => performance.getEntriesByType('resource')\
         .filter(entry => entry.name.startsWith(location.origin)).map(entry =>\
         ({{ name: new URL(entry.name).pathname, encoded: entry.encodedBodySize, decoded: entry.decodedBodySize }})))"
    )
}
