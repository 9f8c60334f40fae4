//! What a frame costs with so many records in motion.

use std::path::Path;
use std::time::Duration;

use kafka_lanes_e2e::{Browser, Page, Result, Site, Size};
use serde::Deserialize;
use serde_json::json;

use crate::failed;
use crate::numbers::{grouped, median, percentile};
use crate::world;

/// A record is in motion for 1.2 s to its lane and 1 s to each group.
const NARROW_FLIGHT: f64 = 1.2 + 3.0;
const WIDE_FLIGHT: f64 = 1.2 + 2.0;
/// Wall time before and during the measurement.
const WARM_UP: Duration = Duration::from_millis(1_500);
const MEASURED: Duration = Duration::from_secs(3);

/// Every callback of a frame is timed, with the promises that it settles: a second callback, asked for right after it,
/// comes right after them.
const METER: &str = "
    const ask = requestAnimationFrame.bind(window);
    window.requestAnimationFrame = work => {
        let begun;
        const id = ask(now => { begun = performance.now(); work(now); });
        ask(now => {
            if (begun === undefined || !window.meter) return;
            const spent = performance.now() - begun;
            window.canvas ??= document.querySelector('kafka-lanes').shadowRoot.querySelector('canvas');
            window.meter.push([now, spent, Number(window.canvas.dataset.dots)]);
        });
        return id;
    };
    const draw = CanvasRenderingContext2D.prototype.drawImage;
    window.countSprites = () => {
        window.sprites = 0;
        CanvasRenderingContext2D.prototype.drawImage = function (...all) { sprites++; draw.apply(this, all); };
    };";

/// Stretches of time that are measured one after the other; of each number, the median of them is shown.
const STRETCHES: usize = 3;

/// A callback that [`METER`] saw: the frame's time and the callback's in ms, and the records in motion.
#[derive(Deserialize)]
struct Call(f64, f64, f64);

/// What a stretch of frames gives. Times are in milliseconds a frame.
struct Stretch {
    in_motion: f64,
    script: f64,
    script_p95: f64,
    main_thread: f64,
    style_and_layout: f64,
    frames_per_second: f64,
}

/// The table.
pub(crate) fn table(dist: &Path) -> Result<String> {
    let site = Site::folder(dist, "/", None)?;
    let mut rows = String::new();
    for (name, world, flight) in [
        ("the article's, faster", world::narrow as fn(f64) -> String, NARROW_FLIGHT),
        ("8 producers, 24 lanes, 2 groups", world::wide, WIDE_FLIGHT),
    ] {
        for records in [10.0, 100.0, 1_000.0, 10_000.0] {
            rows += &row(&site, name, &world(records / flight))?;
        }
    }
    Ok(format!(
        "Frames of a running world at 1280×800 (script: callbacks of a frame and what they settle, clock of 0.1 ms; \
         main thread: processor time of script, style, layout and painting, without raster; one by one: how many of the \
         records in motion are drawn as such, the rest being streams; medians of {STRETCHES} times {} s after warm-up)\n\n\
         | world | in motion | one by one | script, median | script, p95 | main thread, mean | of it style and layout \
         | frames a second |\n|---|---:|---:|---:|---:|---:|---:|---:|\n{rows}",
        MEASURED.as_secs()
    ))
}

fn row(site: &Site, name: &str, scenario: &str) -> Result<String> {
    let attributes = "controls=\"full\" autoplay at=\"12s\" loading=\"eager\"";
    site.page("measured.html", &world::page(scenario, attributes, METER));
    let page = Browser::open(site, "measured.html", Size::desktop())?;
    page.wait_for("document.querySelector('kafka-lanes').state", 30)?;
    page.after(WARM_UP)?;
    page.cdp("Performance.enable", &json!({ "timeDomain": "threadTicks" }))?;
    let stretches = (0..STRETCHES).map(|_| stretch(&page)).collect::<Result<Vec<_>>>()?;
    let middle = |field: fn(&Stretch) -> f64| median(&stretches.iter().map(field).collect::<Vec<_>>());
    Ok(format!(
        "| {name} | {} | {:.0} % | {:.1} ms | {:.1} ms | {:.1} ms | {:.1} ms | {:.0} |\n",
        grouped(middle(|all| all.in_motion)),
        one_by_one(&page)? * 100.0,
        middle(|all| all.script),
        middle(|all| all.script_p95),
        middle(|all| all.main_thread),
        middle(|all| all.style_and_layout),
        middle(|all| all.frames_per_second),
    ))
}

fn stretch(page: &Page) -> Result<Stretch> {
    let (whole, style_and_layout) = main_thread_ms(page)?;
    let calls: Vec<Call> = page.read(&format!(
        "new Promise(done => {{ meter = []; setTimeout(() => {{ done(meter); meter = null; }}, {}); }})",
        MEASURED.as_millis()
    ))?;
    let (whole_after, style_and_layout_after) = main_thread_ms(page)?;
    // Callbacks of one frame carry the same time.
    let mut frames: Vec<(f64, f64)> = Vec::new();
    for Call(now, spent, _) in &calls {
        match frames.last_mut() {
            Some(last) if last.0 == *now => last.1 += spent,
            _ => frames.push((*now, *spent)),
        }
    }
    let (Some(first), Some(last)) = (frames.first(), frames.last()) else {
        return Err(failed("The world stood still: it should have been running."));
    };
    let spent: Vec<f64> = frames.iter().map(|frame| frame.1).collect();
    let count = frames.len() as f64;
    Ok(Stretch {
        in_motion: median(&calls.iter().map(|call| call.2).collect::<Vec<_>>()),
        script: median(&spent),
        script_p95: percentile(&spent, 95),
        main_thread: (whole_after - whole) / count,
        style_and_layout: (style_and_layout_after - style_and_layout) / count,
        frames_per_second: (count - 1.0) * 1e3 / (last.0 - first.0),
    })
}

/// How many of the records in motion are drawn one by one: 1 for all of them.
fn one_by_one(page: &Page) -> Result<f64> {
    page.read(
        "new Promise(done => {
            countSprites();
            meter = [];
            setTimeout(() => done(sprites / Math.max(1, meter.reduce((sum, call) => sum + call[2], 0))), 1000);
        })",
    )
}

/// What the browser says that the main thread has spent, in all and on style and layout: processor time in
/// milliseconds, which other programs on the machine do not lengthen.
fn main_thread_ms(page: &Page) -> Result<(f64, f64)> {
    let answer = page.cdp("Performance.getMetrics", &json!({}))?;
    let metrics = answer["metrics"].as_array().cloned().unwrap_or_default();
    let seconds = |name: &str| {
        let metric = metrics.iter().find(|metric| metric["name"] == name);
        metric.and_then(|metric| metric["value"].as_f64()).unwrap_or(f64::NAN)
    };
    Ok((seconds("TaskDuration") * 1e3, (seconds("LayoutDuration") + seconds("RecalcStyleDuration")) * 1e3))
}
