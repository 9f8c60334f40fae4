//! An element comes, moves, and goes: what it fetches, what it keeps, and what it gives back.

use std::io::Write;
use std::time::Duration;

use flate2::{Compression, write::GzEncoder};
use kafka_lanes_e2e::{Browser, Page, Result, SCENARIO, Site, Size, host_page};
use serde_json::Value;

const KL: &str = "document.querySelector('kafka-lanes')";
const ALL: &str = "[...document.querySelectorAll('kafka-lanes')]";

fn element(attributes: &str) -> String {
    format!("<kafka-lanes {attributes}><pre>{SCENARIO}</pre></kafka-lanes>")
}

fn open(site: &Site, body: &str) -> Result<Page> {
    site.page("life.html", &host_page("", body));
    Browser::open(site, "life.html", Size::desktop())
}

fn engines(site: &Site) -> usize {
    site.requests().iter().filter(|request| request.path.ends_with("-app_bg.wasm")).count()
}

/// Elements that are mounted and removed one after the other, and how many bytes the engine's memory has after them.
const MANY: &str = "
    const [count, scenario] = arguments;
    const main = document.querySelector('main');
    const one = async () => {
        const kl = document.createElement('kafka-lanes');
        kl.setAttribute('loading', 'eager');
        kl.setAttribute('scenario', scenario);
        kl.setAttribute('height', '460');
        main.append(kl);
        await kl.ready;
        await kl.step();
        kl.remove();
        await null;
        return new WeakRef(kl);
    };
    const refs = [];
    for (let done = 0; done < count; done += 20) refs.push(...await Promise.all(Array.from({ length: 20 }, one)));
    window.refs = refs;
    return window.memory.buffer.byteLength;";

#[test]
fn mounted_and_removed_a_thousand_times_it_gives_back_what_it_had() -> Result {
    let site = Site::dist()?;
    // The engine's memory is an export of its wasm, which only the loader sees.
    site.page(
        "watch.js",
        "for (const name of ['instantiate', 'instantiateStreaming']) {
        const make = WebAssembly[name];
        WebAssembly[name] = async (...all) => {
            const made = await make.apply(WebAssembly, all);
            const memory = Object.values((made.instance ?? made).exports).find(it => it instanceof WebAssembly.Memory);
            window.memory ??= memory;
            return made;
        };
     }",
    );
    site.page("many.html", &host_page("<script src=\"watch.js\"></script>", ""));
    let page = Browser::open(&site, "many.html", Size::desktop())?;
    page.wait_for("customElements.get('kafka-lanes')", 10)?;
    let mount = |count: u32| -> Result<(u64, u64, u64)> {
        let bytes = page.js_with(MANY, &[count.into(), SCENARIO.into()])?.as_u64().unwrap_or_default();
        page.cdp("HeapProfiler.collectGarbage", &serde_json::json!({}))?;
        let left = page.read("refs.filter(ref => ref.deref()).length")?;
        let heap = page.cdp("Runtime.getHeapUsage", &serde_json::json!({}))?["usedSize"].as_f64().unwrap_or(f64::MAX);
        Ok((bytes, left, heap as u64))
    };
    let (warm, ..) = mount(100)?;
    let (_, _, heap) = mount(20)?;
    let (after, left, heap_after) = mount(900)?;
    println!("wasm: {warm} → {after} bytes; script: {heap} → {heap_after}; {left} elements left");
    // Yew never lets go of its listeners, some hundred bytes a mount.
    assert!((after - warm) / 900 < 4_096, "{} bytes a mount are not given back", (after - warm) / 900);
    assert!(left <= 20, "{left} elements are still held");
    assert!(heap_after.saturating_sub(heap) / 900 < 8_192, "{} bytes of script a mount", (heap_after - heap) / 900);
    assert_eq!(page.problems()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn moved_in_the_page_it_keeps_its_world_and_taken_out_it_begins_anew() -> Result {
    let site = Site::dist()?;
    let page = open(&site, &(element("height=\"460\"") + "<section></section>"))?;
    page.ready(KL)?;
    page.ask(KL, "seek('21s')")?;
    let before: Value = page.read(&format!("{KL}.state"))?;
    page.js(&format!("document.querySelector('section').append({KL})"))?;
    page.painted()?;
    assert_eq!(page.read::<Value>(&format!("{KL}.state"))?, before);
    page.ask(KL, "step()")?;
    page.js(&format!("window.kept = {KL}; kept.remove();"))?;
    page.painted()?;
    assert_eq!(page.read::<Value>("kept.state")?, Value::Null);
    assert!(page.read::<bool>("kept.shadowRoot.querySelector('slot') && !kept.shadowRoot.querySelector('.kl-mount')")?);
    page.js("document.querySelector('main').append(kept)")?;
    page.ready("kept")?;
    assert_ne!(page.read::<u64>("kept.state.time_us")?, 21_000_000);
    page.ask("kept", "seek('21s')")?;
    assert_eq!(page.read::<Value>("kept.state.digest")?, before["digest"]);
    // Taken out and put back while it loads: it is there once.
    page.js("const kl = document.createElement('kafka-lanes'), main = document.querySelector('main');
             kl.setAttribute('loading', 'eager'); kl.setAttribute('scenario', arguments ? kept.querySelector('pre').textContent : '');
             kl.id = 'hasty'; main.append(kl);
             return new Promise(done => setTimeout(() => { kl.remove(); setTimeout(() => { main.append(kl); done(1); }); }));")?;
    page.ready("document.querySelector('#hasty')")?;
    page.painted()?;
    assert_eq!(
        page.read::<usize>("document.querySelector('#hasty').shadowRoot.querySelectorAll('.kl-mount').length")?,
        1
    );
    assert_eq!(page.problems()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn the_loader_is_four_kilobytes_at_most() -> Result {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../dist/kafka-lanes.js");
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(&std::fs::read(file)?)?;
    let bytes = packed.finish()?.len();
    assert!(bytes <= 4_096, "{bytes} bytes");
    Ok(())
}

#[test]
fn nothing_but_the_loader_is_fetched_before_it_is_near() -> Result {
    let site = Site::dist()?;
    let far = "<p>far</p>".repeat(120);
    let page = open(&site, &(far + &element("height=\"460\" autoplay")))?;
    page.wait_for("customElements.get('kafka-lanes')", 10)?;
    page.painted()?;
    let scripts: Vec<String> = site.requests().into_iter().map(|request| request.path).collect();
    assert_eq!(scripts, ["/life.html", "/kafka-lanes.js"]);
    page.js(&format!("{KL}.scrollIntoView()"))?;
    page.ready(KL)?;
    page.wait_for(&format!("{KL}.state.time_us > 0"), 10)?;
    // Off-screen it asks for no frame.
    page.js("scrollTo(0, 0)")?;
    page.after(Duration::from_millis(200))?;
    page.js("const ask = requestAnimationFrame; window.asked = 0; window.requestAnimationFrame = f => { asked++; return ask(f); };")?;
    let time: u64 = page.read(&format!("{KL}.state.time_us"))?;
    page.after(Duration::from_millis(300))?;
    assert_eq!(page.read::<u64>("asked")?, 0);
    assert_eq!(page.read::<u64>(&format!("{KL}.state.time_us"))?, time);
    page.js(&format!("{KL}.scrollIntoView()"))?;
    page.wait_for(&format!("{KL}.state.time_us > {time}"), 10)?;
    Ok(())
}

#[test]
fn a_click_starts_it_and_so_does_a_script_that_asks_something_of_it() -> Result {
    let site = Site::dist()?;
    let page = open(
        &site,
        &(element("loading=\"click\" height=\"460\"") + &element("loading=\"click\"") + "<section></section>"),
    )?;
    let button = format!("{KL}.shadowRoot?.querySelector('button')");
    page.wait_for(&button, 10)?;
    page.js(&format!("document.querySelector('section').append({ALL}[0])"))?;
    page.painted()?;
    assert_eq!(engines(&site), 0);
    let buttons = format!("{ALL}.map(kl => kl.shadowRoot.querySelectorAll('button').length)");
    assert_eq!(page.read::<Vec<usize>>(&buttons)?, [1, 1], "a move makes no second button");
    page.click("document.querySelector('section kafka-lanes').shadowRoot.querySelector('button')")?;
    page.ready("document.querySelector('section kafka-lanes')")?;
    assert!(page.read::<bool>(&format!("{KL}.state === null"))?, "the other waits");
    page.ask(KL, "seek('9s')")?;
    assert_eq!(page.read::<u64>(&format!("{KL}.state.time_us"))?, 9_000_000);
    assert_eq!(engines(&site), 1);
    Ok(())
}

#[test]
fn many_on_one_page_share_one_engine() -> Result {
    let site = Site::dist()?;
    let page = open(&site, &element("loading=\"eager\" height=\"300\"").repeat(12))?;
    page.wait_for(&format!("{ALL}.every(kl => kl.state)"), 20)?;
    assert_eq!(engines(&site), 1);
    assert_eq!(page.problems()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn nothing_shifts_when_the_diagram_takes_the_place_of_its_fallback() -> Result {
    let watch = "window.shifts = [];
        new PerformanceObserver(list => list.getEntries().forEach(entry => shifts.push([entry.value, Math.round(entry.startTime),
            entry.sources.map(source => `${source.node?.nodeName}: ${source.previousRect.y} → ${source.currentRect.y}`).join()])))
            .observe({ type: 'layout-shift', buffered: true });";
    let css = "<link rel=\"stylesheet\" href=\"kafka-lanes.css\"><link rel=\"stylesheet\" href=\"column.css\">";
    let site = Site::dist()?;
    site.page("watch.js", watch);
    // A column that is narrower than its window, as documentation has it.
    site.page("column.css", "main { max-width: 600px }");
    site.page("empty.css", "");
    let page = Browser::open(&site, "empty.css", Size::desktop())?;
    for (head, attributes) in [
        ("", "height=\"460\" loading=\"click\""),
        (css, "height=\"560\" loading=\"click\""),
        (css, "loading=\"click\""),
        (&css.replace("column", "empty"), "loading=\"click\""),
    ] {
        let head = format!("<script src=\"watch.js\"></script>{head}");
        site.page("shift.html", &host_page(&head, &(element(attributes) + "<p id=\"below\">What comes below.</p>")));
        for size in [Size::new(1280, 1400), Size::new(700, 1400), Size::new(360, 1400)] {
            page.resize(size)?;
            page.go(&site.url("shift.html"))?;
            page.wait_for(&format!("{KL}.shadowRoot?.querySelector('button')"), 10)?;
            page.painted()?;
            let below = "document.querySelector('#below').getBoundingClientRect().y";
            let before: f64 = page.read(below)?;
            page.ask(KL, "pause()")?;
            page.painted()?;
            assert_eq!(page.read::<f64>(below)?, before, "{attributes} {size:?} {head}");
            // Before the script there was only the page's own style: with ours, that was as high.
            if head.contains("css") {
                assert_eq!(page.read::<Value>("shifts")?, Value::Array(Vec::new()), "{attributes} {size:?}");
            }
        }
    }
    Ok(())
}
