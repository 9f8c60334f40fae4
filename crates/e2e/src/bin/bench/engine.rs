//! How fast the engine is: natively, as the core's own example measured it, and in the page.

use std::path::Path;

use kafka_lanes_e2e::{Browser, Page, Result, Site, Size};
use serde::Deserialize;
use serde_json::json;

use crate::failed;
use crate::numbers::{duration, grouped, median};
use crate::world::{self, ARTICLE};

/// Moments of an hour that are sought, in no order: 1,427 is prime to 3,600.
const SEEKS: usize = 25;

/// What the example `throughput` prints.
#[derive(Deserialize)]
struct Native {
    records: f64,
    records_per_second: f64,
    simulate_hour_us: f64,
    seek_in_hour_us: f64,
    simulate_busy_hour_us: f64,
    seek_in_busy_hour_us: f64,
}

/// The table; without `native` (a line of JSON), the page's numbers alone.
pub(crate) fn table(dist: &Path, native: Option<&str>, runs: usize) -> Result<String> {
    let native: Option<Native> = native.map(serde_json::from_str).transpose()?;
    let site = Site::folder(dist, "/", None)?;
    site.page("measured.html", &world::page(ARTICLE, "controls=\"none\" loading=\"eager\"", ""));
    let page = Browser::open(&site, "measured.html", Size::desktop())?;
    page.cdp("Performance.enable", &json!({ "timeDomain": "threadTicks" }))?;
    let (records, per_second) = throughput(&page, runs)?;
    if let Some(native) = native.as_ref().filter(|native| native.records != records) {
        let (here, there) = (grouped(records), grouped(native.records));
        return Err(failed(format!(
            "A minute under load is {there} records natively and {here} in the page: the worlds measured must be the \
             same (crates/core/examples/throughput.rs, crates/e2e/src/bin/bench/world.rs)."
        )));
    }
    let hours = (0..runs).map(|_| an_hour(&page)).collect::<Result<Vec<_>>>()?;
    let seeks = (1..=SEEKS).map(|n| seek(&page, n * 1_427 % 3_600)).collect::<Result<Vec<_>>>()?;
    let middle = |all: &[Sought], field: fn(&Sought) -> f64| median(&all.iter().map(field).collect::<Vec<_>>());
    let row = |what: &str, natively: fn(&Native) -> String, script: String, shown: Option<f64>| {
        let natively = native.as_ref().map_or_else(|| "not measured".into(), natively);
        format!("| {what} | {natively} | {script} | {} |\n", shown.map_or_else(String::new, duration))
    };
    let rows = [
        row(
            &format!("records simulated a second ({}: sent, appended, read by three groups)", grouped(records)),
            |native| grouped(native.records_per_second),
            grouped(per_second),
            None,
        ),
        row(
            "the article's first hour, simulated",
            |native| duration(native.simulate_hour_us),
            duration(middle(&hours, |sought| sought.script_us)),
            Some(middle(&hours, |sought| sought.shown_us)),
        ),
        row(
            "seek to any moment of that hour",
            |native| duration(native.seek_in_hour_us),
            duration(middle(&seeks, |sought| sought.script_us)),
            Some(middle(&seeks, |sought| sought.shown_us)),
        ),
        row(
            "an hour of 1,000 records a second, simulated",
            |native| duration(native.simulate_busy_hour_us),
            "not measured".into(),
            None,
        ),
        row(
            "seek to any moment of that hour",
            |native| duration(native.seek_in_busy_hour_us),
            "not measured".into(),
            None,
        ),
    ]
    .concat();
    Ok(format!(
        "The engine, natively and as wasm in the page (medians; script: processor time of all script of the page, drawing \
         the new picture among it; until shown: the promise of `seek`, which waits for two frames)\n\n\
         | | natively | wasm: script | wasm: until shown |\n|---|---:|---:|---:|\n{rows}"
    ))
}

/// A seek: the script that it took, and the time until the picture showed it, in microseconds.
struct Sought {
    script_us: f64,
    shown_us: f64,
}

/// The records of a minute under load, and how many of them are simulated in a second of script.
fn throughput(page: &Page, runs: usize) -> Result<(f64, f64)> {
    let mut records = 0.0;
    let mut speeds = Vec::new();
    for _ in 0..runs {
        fresh(page, &world::loaded())?;
        let sought = seek(page, 60)?;
        records = page.read("lanes.state.producers.Shop.sent")?;
        speeds.push(records * 1e6 / sought.script_us);
    }
    Ok((records, median(&speeds)))
}

/// The article's world, from its beginning to the end of an hour.
fn an_hour(page: &Page) -> Result<Sought> {
    fresh(page, ARTICLE)?;
    seek(page, 3_600)
}

/// Puts a new element with `scenario` into the page, and waits until it is ready.
fn fresh(page: &Page, scenario: &str) -> Result {
    page.js_with(
        "window.lanes = document.createElement('kafka-lanes');
        const attributes = { scenario: arguments[0], controls: 'none', loading: 'eager' };
        for (const [name, value] of Object.entries(attributes)) lanes.setAttribute(name, value);
        document.querySelector('main').replaceChildren(lanes);
        return lanes.ready.then(() => null);",
        &[json!(scenario)],
    )
    .map(drop)
}

fn seek(page: &Page, seconds: usize) -> Result<Sought> {
    let before = script_us(page)?;
    let shown: f64 = page.read(&format!(
        "(async () => {{ const begun = performance.now(); await lanes.seek('{seconds}s'); return performance.now() - begun; \
         }})()"
    ))?;
    let time: u64 = page.read("lanes.state.time_us")?;
    if time != seconds as u64 * 1_000_000 {
        return Err(failed(format!("After seek('{seconds}s') the world is at {time} µs.")));
    }
    Ok(Sought { script_us: script_us(page)? - before, shown_us: shown * 1e3 })
}

/// Processor time that the page's main thread has spent in script, wasm included.
fn script_us(page: &Page) -> Result<f64> {
    let answer = page.cdp("Performance.getMetrics", &json!({}))?;
    let metrics = answer["metrics"].as_array().into_iter().flatten();
    let script =
        metrics.filter(|metric| metric["name"] == "ScriptDuration").find_map(|metric| metric["value"].as_f64());
    Ok(script.ok_or_else(|| failed("The browser gives no ScriptDuration."))? * 1e6)
}
