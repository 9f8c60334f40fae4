//! From nothing to the diagram: bytes and time, ours beside those of others. Same server, same browser, in turns, each run in
//! a browser of its own with an empty cache.

use std::path::{Path, PathBuf};

use kafka_lanes_e2e::{Browser, Result, Size};
use serde::Deserialize;
use serde_json::json;

use crate::contestants::Contestant;
use crate::failed;
use crate::numbers::{grouped, median, range};

/// One page load.
#[derive(Deserialize)]
struct Load {
    /// From the start of the navigation to when the frame that shows it was made, ms.
    ms: f64,
    /// Bodies of what the page fetched until then, as sent and as they are.
    encoded: f64,
    decoded: f64,
    requests: f64,
    /// Addresses on other hosts; there must be none.
    outside: Vec<String>,
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

/// The table: ours, and those whose packages are in one of these `node_modules`.
pub(crate) fn table(dist: &Path, modules: &[PathBuf], runs: usize) -> Result<String> {
    let mut contestants = vec![Contestant::ours(dist)?];
    contestants.extend(Contestant::others(modules)?);
    let mut loads: Vec<Loads> = contestants.iter().map(|_| Loads { here: Vec::new(), slow: Vec::new() }).collect();
    for _ in 0..runs {
        for (contestant, loads) in contestants.iter().zip(&mut loads) {
            loads.here.push(load(contestant, Network::None)?);
            loads.slow.push(load(contestant, Network::Slow)?);
        }
    }
    let rows = contestants.iter().zip(&loads).map(|(contestant, loads)| row(&contestant.name, loads));
    let others = contestants.iter().zip(&loads).skip(1);
    let ratios = others.map(|(contestant, theirs)| ratio(contestant.short, &loads[0], theirs));
    let rows: String = rows.chain(ratios).collect();
    Ok(format!(
        "To the first picture in an empty page (bodies of what it fetches; from the start of the navigation to the frame \
         that shows it; medians and spread of {runs} cold loads each, in turns)\n\n\
         | | requests | bytes | gzip | time, no network | | time, 10 Mbit/s and 40 ms | |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|\n{rows}"
    ))
}

fn load(contestant: &Contestant, network: Network) -> Result<Load> {
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
    page.go(&contestant.site.url("measured.html"))?;
    let late = "new Promise(done => setTimeout(done, 30000, null))";
    let name = &contestant.name;
    let Some(load) = page.read::<Option<Load>>(&format!("Promise.race([window.live, {late}])"))? else {
        return Err(failed(format!("{name}: no picture after 30 s. {}", page.problems()?.join("\n  "))));
    };
    if load.outside.is_empty() {
        Ok(load)
    } else {
        Err(failed(format!("{name} asked for {}.", load.outside.join(", "))))
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

fn ratio(whose: &str, ours: &Loads, theirs: &Loads) -> String {
    let of = |field| median(&all(&ours.here, field)) / median(&all(&theirs.here, field));
    let slow = median(&all(&ours.slow, |load| load.ms)) / median(&all(&theirs.slow, |load| load.ms));
    format!(
        "| ours ÷ {whose} | {:.2} | {:.2} | {:.2} | {:.2} | | {slow:.2} | |\n",
        of(|load| load.requests),
        of(|load| load.decoded),
        of(|load| load.encoded),
        of(|load| load.ms)
    )
}
