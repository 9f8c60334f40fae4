//! From nothing to the diagram: bytes and time, ours beside Mermaid's. Same server, same browser, in turns, each run in a
//! browser of its own with an empty cache.

use std::path::Path;

use kafka_lanes_e2e::{Browser, Result, Site, Size};
use serde::Deserialize;
use serde_json::json;

use crate::failed;
use crate::numbers::{grouped, median, range};
use crate::world::{self, ARTICLE, FLOWCHART};

/// The first frame that shows records where they have moved to since the diagram came up: the third with records in it,
/// for the first may be of before the loop began, and the second starts its clock.
const OURS_IS_LIVE: &str = "(() => {
    const canvas = document.querySelector('kafka-lanes')?.shadowRoot?.querySelector('canvas');
    window.framesSeen = (window.framesSeen ?? 0) + (Number(canvas?.dataset.dots) > 0);
    return window.framesSeen > 2;
})()";
/// Mermaid draws in a place aside and puts the finished picture here.
const MERMAID_IS_THERE: &str = "document.querySelector('pre.mermaid > svg g.node')";

/// One page load.
#[derive(Deserialize)]
struct Load {
    /// From the start of the navigation to when the frame that shows it was made, ms.
    ms: f64,
    /// Bodies of what the page fetched until then, as sent and as they are.
    encoded: f64,
    decoded: f64,
    requests: f64,
}

/// A network between server and browser.
#[derive(Clone, Copy)]
enum Network {
    /// None: both are on this machine.
    None,
    /// As the browser emulates it: 10 Mbit/s, and 40 ms for every request.
    Slow,
}

/// The page loads of one contestant.
struct Loads {
    here: Vec<Load>,
    slow: Vec<Load>,
}

/// The table; without `mermaid`, ours alone.
pub(crate) fn table(dist: &Path, mermaid: Option<&Path>, runs: usize) -> Result<String> {
    let ours = Site::folder(dist, "/", None)?;
    ours.page("measured.html", &world::page(ARTICLE, "autoplay at=\"12s\"", &probe(OURS_IS_LIVE)));
    let theirs = match mermaid {
        Some(folder) => Some(mermaid_site(folder)?),
        None => None,
    };
    let none = || Loads { here: Vec::new(), slow: Vec::new() };
    let (mut our_loads, mut their_loads) = (none(), none());
    for _ in 0..runs {
        for (site, loads) in [(Some(&ours), &mut our_loads), (theirs.as_ref(), &mut their_loads)] {
            let Some(site) = site else { continue };
            loads.here.push(load(site, Network::None)?);
            loads.slow.push(load(site, Network::Slow)?);
        }
    }
    let mut rows = row("Kafka Lanes, the article's world, moving", &our_loads);
    if let Some(folder) = mermaid {
        rows += &row(&format!("Mermaid {}, its flowchart, still", version(folder)), &their_loads);
        rows += &ratio(&our_loads, &their_loads);
    }
    Ok(format!(
        "To the live diagram in an empty page (bodies of what it fetches; from the start of the navigation to the frame \
         that shows it; medians and spread of {runs} cold loads each, in turns)\n\n\
         | | requests | bytes | gzip | time, no network | | time, 10 Mbit/s and 40 ms | |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|\n{rows}"
    ))
}

fn mermaid_site(folder: &Path) -> Result<Site> {
    let site = Site::folder(&folder.join("dist"), "/", None)?;
    site.page(
        "measured.html",
        &format!(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>One diagram</title>\
             <link rel=\"icon\" href=\"data:,\"><script>{}</script><script type=\"module\">\
             import mermaid from './mermaid.esm.min.mjs'; mermaid.initialize({{ startOnLoad: true }});</script></head>\
             <body><main><pre class=\"mermaid\">\n{}</pre></main></body></html>",
            probe(MERMAID_IS_THERE),
            world::escaped(FLOWCHART)
        ),
    );
    Ok(site)
}

/// A script that sets `window.live` to a promise of a [`Load`]. It looks in every frame; the message after it comes when
/// that frame is made.
fn probe(condition: &str) -> String {
    format!(
        "window.live = new Promise(done => {{
            const count = () => {{
                const ms = performance.now();
                const all = performance.getEntriesByType('resource')
                    .filter(entry => entry.name.startsWith(location.origin));
                const sum = field => all.reduce((sum, entry) => sum + entry[field], 0);
                const [encoded, decoded] = [sum('encodedBodySize'), sum('decodedBodySize')];
                done({{ ms, encoded, decoded, requests: all.length }});
            }};
            const look = () => {{
                if (!({condition})) return requestAnimationFrame(look);
                const {{ port1, port2 }} = new MessageChannel();
                port1.onmessage = count;
                port2.postMessage(0);
            }};
            requestAnimationFrame(look);
        }});"
    )
}

fn load(site: &Site, network: Network) -> Result<Load> {
    let page = Browser::with(Size::desktop()).visit("about:blank")?;
    if let Network::Slow = network {
        let bytes_per_second = 10_000_000 / 8;
        page.cdp("Network.enable", &json!({}))?;
        page.cdp(
            "Network.emulateNetworkConditions",
            &json!({
                "offline": false, "latency": 40,
                "downloadThroughput": bytes_per_second, "uploadThroughput": bytes_per_second,
            }),
        )?;
    }
    page.go(&site.url("measured.html"))?;
    let late = "new Promise(done => setTimeout(done, 30000, null))";
    match page.read::<Option<Load>>(&format!("Promise.race([window.live, {late}])"))? {
        Some(load) => Ok(load),
        None => Err(failed(format!("No diagram after 30 s: {}", page.problems()?.join("\n  ")))),
    }
}

fn all(loads: &[Load], field: fn(&Load) -> f64) -> Vec<f64> {
    loads.iter().map(field).collect()
}

fn row(name: &str, loads: &Loads) -> String {
    let mid = |field| median(&all(&loads.here, field));
    let (here, slow) = (all(&loads.here, |load| load.ms), all(&loads.slow, |load| load.ms));
    format!(
        "| {name} | {:.0} | {} | {} | {:.0} ms | {} | {:.0} ms | {} |\n",
        mid(|load| load.requests),
        grouped(mid(|load| load.decoded)),
        grouped(mid(|load| load.encoded)),
        median(&here),
        range(&here, 0),
        median(&slow),
        range(&slow, 0)
    )
}

fn ratio(ours: &Loads, theirs: &Loads) -> String {
    let of = |field| median(&all(&ours.here, field)) / median(&all(&theirs.here, field));
    let slow = median(&all(&ours.slow, |load| load.ms)) / median(&all(&theirs.slow, |load| load.ms));
    format!(
        "| ours ÷ Mermaid's | {:.2} | {:.2} | {:.2} | {:.2} | | {slow:.2} | |\n",
        of(|load| load.requests),
        of(|load| load.decoded),
        of(|load| load.encoded),
        of(|load| load.ms)
    )
}

fn version(folder: &Path) -> String {
    let text = std::fs::read_to_string(folder.join("package.json")).unwrap_or_default();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    json["version"].as_str().unwrap_or_default().to_owned()
}
