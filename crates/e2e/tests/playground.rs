//! The playground as a person uses it: it moves, pauses, steps, goes back, and shows what was changed.

use std::time::Duration;

use kafka_lanes_e2e::{Browser, Page, Result, Site, Size, in_shadow};
use serde_json::{Value, json};

/// The element, and what is in it.
const KL: &str = "document.querySelector('kafka-lanes')";

fn open(size: Size) -> Result<(Site, Page)> {
    let site = Site::dist()?;
    let page = Browser::open(&site, "/", size)?;
    page.wait_for(&format!("{KL}?.state"), 20)?;
    Ok((site, page))
}

#[test]
fn it_moves_with_no_control_touched() -> Result {
    for size in [Size::desktop(), Size::phone()] {
        let (_site, page) = open(size)?;
        let before: u64 = page.read(&format!("{KL}.state.time_us"))?;
        assert!(before >= 12_000_000, "the page opens on a world that has been running");
        page.wait_for(&format!("{KL}.state.time_us > {before} + 500000"), 10)?;
        assert!(page.read::<u64>(&format!("{KL}.state.producers.Shop.sent"))? > 20);
        let canvas = in_shadow("canvas");
        page.wait_for(&format!("Number({canvas}.dataset.dots) > 0"), 5)?;
        let fold: f64 = page.read(&format!("{}.getBoundingClientRect().bottom", in_shadow(".transport")))?;
        let height: f64 = page.read("innerHeight")?;
        assert!(fold <= height + 1.0, "all of it is above the fold: {fold} of {height}");
        assert_eq!(page.problems()?, Vec::<String>::new());
    }
    Ok(())
}

/// Counts the dots in the pixels of the canvas: heads are opaque, tails are not.
const COUNT_HEADS: &str = "
    const canvas = document.querySelector('kafka-lanes').shadowRoot.querySelector('canvas');
    const { width, height } = canvas;
    const data = canvas.getContext('2d').getImageData(0, 0, width, height).data;
    const solid = new Uint8Array(width * height);
    for (let i = 0; i < solid.length; i++) solid[i] = data[4 * i + 3] > 200 ? 1 : 0;
    let heads = 0;
    for (let start = 0; start < solid.length; start++) {
        if (!solid[start]) continue;
        let size = 0;
        const stack = [start];
        solid[start] = 0;
        while (stack.length) {
            const at = stack.pop();
            size++;
            for (const next of [at - 1, at + 1, at - width, at + width]) {
                if (next >= 0 && next < solid.length && solid[next]) { solid[next] = 0; stack.push(next); }
            }
        }
        if (size > 20) heads++;
    }
    return heads;";

#[test]
fn the_dots_are_the_records_that_are_in_flight() -> Result {
    let (_site, page) = open(Size::desktop())?;
    page.ask(KL, "pause()")?;
    let mut exact = 0;
    for second in 13..25 {
        page.ask(KL, &format!("seek('{second}s')"))?;
        let flying: u64 = page.read(&format!("{KL}.state.in_flight.produce + {KL}.state.in_flight.fetch"))?;
        let painted: u64 = page.read(&format!("Number({}.dataset.dots)", in_shadow("canvas")))?;
        assert_eq!(painted, flying, "at {second} s");
        assert!(flying > 0, "at {second} s nothing flies");
        // Two heads that happen to lie over each other are one spot of colour: never more spots than records.
        let spots = page.js(COUNT_HEADS)?.as_u64().unwrap_or(0);
        assert!(spots <= flying, "at {second} s: {spots} spots, {flying} records");
        exact += u64::from(spots == flying);
    }
    assert!(exact >= 3, "at most moments no dot covers another: only {exact}");
    Ok(())
}

#[test]
fn paused_nothing_changes_and_nothing_is_scheduled() -> Result {
    let (_site, page) = open(Size::desktop())?;
    page.click(&in_shadow(".play"))?;
    page.painted()?;
    page.js("window.frames_asked = 0;
         const ask = window.requestAnimationFrame;
         window.requestAnimationFrame = (f) => { window.frames_asked++; return ask.call(window, f); };
         const later = window.setTimeout;
         // 700 ms is how long this test itself waits.
         window.setTimeout = (f, ms) => { window.frames_asked += ms !== 700; return later(f, ms); };")?;
    let digest: String = page.read(&format!("{KL}.state.digest"))?;
    let before = page.png()?;
    page.after(Duration::from_millis(700))?;
    assert_eq!(page.read::<u64>("window.frames_asked")?, 0);
    assert_eq!(page.read::<String>(&format!("{KL}.state.digest"))?, digest);
    assert_eq!(page.png()?, before, "not a pixel is different");
    Ok(())
}

#[test]
fn a_step_goes_to_the_next_thing_that_happens() -> Result {
    let (_site, page) = open(Size::desktop())?;
    page.ask(KL, "pause()")?;
    let before: u64 = page.read(&format!("{KL}.state.time_us"))?;
    page.click(&in_shadow("[aria-label^=Step]"))?;
    page.wait_for(&format!("{KL}.state.time_us > {before}"), 5)?;
    let after: u64 = page.read(&format!("{KL}.state.time_us"))?;
    assert!(after - before < 1_000_000, "{before} to {after}");
    page.after(Duration::from_millis(200))?;
    assert_eq!(page.read::<u64>(&format!("{KL}.state.time_us"))?, after, "it stays paused");
    Ok(())
}

#[test]
fn going_back_finds_the_same_world() -> Result {
    let (_site, page) = open(Size::desktop())?;
    page.ask(KL, "pause()")?;
    page.ask(KL, "seek('14s')")?;
    let at_14: Value = page.js(&format!("return {KL}.state"))?;
    page.ask(KL, "seek('31s')")?;
    assert_ne!(page.js(&format!("return {KL}.state.digest"))?, at_14["digest"]);
    // As a person does it: the scrub bar's head by keyboard to the left end, then by script back to 14 s.
    page.js(&format!(
        "const bar = {}; bar.value = 14000; bar.dispatchEvent(new Event('input', {{ bubbles: true }}))",
        in_shadow("input[type=range]")
    ))?;
    page.wait_for(&format!("{KL}.state.time_us === 14000000"), 5)?;
    assert_eq!(page.js(&format!("return {KL}.state"))?, at_14);
    Ok(())
}

#[test]
fn an_added_consumer_gets_its_share_and_its_arrows() -> Result {
    let (_site, page) = open(Size::desktop())?;
    let readers =
        format!("Object.values({KL}.state.groups['Inventory-g1'].members).filter(m => m.assigned.length).length");
    assert_eq!(page.read::<u64>(&readers)?, 2);
    let arrows = format!("{KL}.shadowRoot.querySelectorAll('[data-part^=\"route:\"]').length");
    page.wait_for(&format!("{arrows} === 9"), 5)?;
    // Choose the group, then press the button of its card.
    page.js(&format!("{}.focus()", in_shadow("[aria-label*='Inventory-g1'][data-part^='group:']")))?;
    page.press("Enter")?;
    page.wait_for(&in_shadow(".card .acts button"), 5)?;
    page.click(&in_shadow(".card .acts button"))?;
    page.wait_for(&format!("{readers} === 3"), 20)?;
    page.wait_for(&format!("{arrows} === 9"), 10)?;
    assert_eq!(page.problems()?, Vec::<String>::new());
    Ok(())
}

/// Its application ends what it has polled, and says so; then it is gone.
#[test]
fn a_consumer_that_is_removed_ends_its_batch_first() -> Result {
    let (_site, page) = open(Size::desktop())?;
    page.ask(KL, "pause()")?;
    let member = in_shadow("[data-part='member:0:0']");
    let mut reads = false;
    for tenth in 120..200 {
        page.ask(KL, &format!("seek({tenth} * 100000)"))?;
        reads = page.read(&format!("{member}.getAttribute('aria-label').includes('reading')"))?;
        if reads {
            break;
        }
    }
    assert!(reads, "Payment-1 reads now and then");
    page.js(&format!("{member}.focus()"))?;
    page.press("Enter")?;
    let remove = format!(
        "[...{KL}.shadowRoot.querySelectorAll('.card .acts button')].find(b => b.textContent.includes('emove Payment-1'))"
    );
    page.wait_for(&remove, 5)?;
    page.js(&format!("{remove}.click()"))?;
    let state = format!("{KL}.state.groups['Payment-g1'].members['Payment-1']?.state");
    page.wait_for(&format!("{state} === 'closing'"), 5)?;
    page.wait_for(&format!("{member}.getAttribute('aria-label').includes('closes after')"), 5)?;
    let told: String = page.read(&format!("{}.textContent", in_shadow(".card")))?;
    assert!(told.contains("closes where it would poll next"), "{told}");
    page.wait_for(&format!("!({remove})"), 5)?;
    page.ask(KL, &format!("seek({KL}.state.time_us + 3000000)"))?;
    page.wait_for(&format!("{state} === undefined"), 5)?;
    assert_eq!(page.problems()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn a_key_that_is_typed_goes_where_its_hash_says() -> Result {
    let (_site, page) = open(Size::desktop())?;
    page.ask(KL, "pause()")?;
    page.click(&in_shadow("[data-part^='producer:']"))?;
    page.wait_for(&in_shadow(".send input"), 5)?;
    page.fill(&in_shadow(".send input"), "order-42")?;
    page.click(&in_shadow(".send button"))?;
    let card = format!("{}.innerText", in_shadow(".card"));
    page.wait_for(&format!("{card}.includes('order-42')"), 5)?;
    let text: String = page.read(&card)?;
    // murmur2("order-42"), by Kafka's own class: see crates/core.
    let hash = kafka_lanes_core::partitioner::Placement::of_key(b"order-42", 3);
    for number in [hash.hash.to_string(), hash.dividend.to_string(), format!("Partition {}", hash.partition)] {
        assert!(text.contains(&number), "{number} is not in: {text}");
    }
    Ok(())
}

#[test]
fn a_pasted_flowchart_runs_and_a_bad_one_changes_nothing() -> Result {
    let (_site, page) = open(Size::desktop())?;
    let groups = format!("Object.keys({KL}.state.groups)");
    page.click(&in_shadow(".top .open"))?;
    page.wait_for(&in_shadow("dialog[open]"), 5)?;
    page.fill(&in_shadow("dialog textarea"), "flowchart LR\n  cat --> dog")?;
    page.click(&in_shadow("dialog .pill.strong"))?;
    page.wait_for(&in_shadow(".remarks li"), 5)?;
    assert_eq!(page.read::<Value>(&groups)?, json!(["Inventory-g1", "Notification-g1", "Payment-g1"]));
    let diagram = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/order-events.mmd"))
        .expect("the example that the import is tested with");
    page.js(&format!("{}.value = ''", in_shadow("dialog textarea")))?;
    page.fill(&in_shadow("dialog textarea"), &diagram)?;
    page.click(&in_shadow("dialog .pill.strong"))?;
    page.wait_for(&format!("{KL}.state.time_us < 10000000"), 5)?;
    assert_eq!(page.read::<u64>(&format!("{groups}.length"))?, 3);
    Ok(())
}

#[test]
fn once_loaded_it_needs_no_network() -> Result {
    let (site, page) = open(Size::desktop())?;
    let importer = "performance.getEntriesByType('resource').some(e => e.name.endsWith('kafka-lanes-import_bg.wasm') && e.responseEnd)";
    page.wait_for(importer, 20)?;
    page.offline(true)?;
    site.forget();
    page.click(&in_shadow(".top .open"))?;
    page.wait_for(&in_shadow("dialog[open]"), 5)?;
    page.fill(&in_shadow("dialog textarea"), "flowchart LR\n  p[Producer: p] --> t[Topic: t]\n  t --> c[Consumer: c]")?;
    page.click(&in_shadow("dialog .pill.strong"))?;
    page.wait_for(&format!("{KL}.state.topics.t"), 10)?;
    assert_eq!(site.requests().len(), 0, "nothing was fetched");
    Ok(())
}

#[test]
fn nobody_is_kept_out() -> Result {
    for size in [Size::desktop(), Size::phone(), Size::narrow()] {
        for dark in [false, true] {
            let site = Site::dist()?;
            let browser = Browser::with(size);
            let page = if dark { browser.dark() } else { browser }.visit(&site.url("/"))?;
            page.wait_for(&format!("{KL}?.state"), 20)?;
            page.ask(KL, "pause()")?;
            assert_eq!(page.barriers()?, Vec::<String>::new(), "{size:?}, dark: {dark}");
            let wide: f64 = page.read("document.documentElement.scrollWidth - innerWidth")?;
            assert!(wide <= 0.0, "{size:?} overflows by {wide} px");
        }
    }
    Ok(())
}

#[test]
fn who_asked_for_less_motion_gets_steps() -> Result {
    let site = Site::dist()?;
    let page = Browser::with(Size::desktop()).reduced_motion().visit(&site.url("/"))?;
    page.wait_for(&format!("{KL}?.state"), 20)?;
    let before: u64 = page.read(&format!("{KL}.state.time_us"))?;
    page.after(Duration::from_millis(400))?;
    assert_eq!(page.read::<u64>(&format!("{KL}.state.time_us"))?, before, "it starts paused");
    page.click(&in_shadow(".play"))?;
    page.wait_for(&format!("{KL}.state.time_us > {before}"), 5)?;
    Ok(())
}

#[test]
fn all_of_it_works_by_keyboard() -> Result {
    let (_site, page) = open(Size::desktop())?;
    page.js(&format!("{}.focus()", in_shadow("svg.picture [tabindex='0']")))?;
    page.js("window.leaked = []; document.addEventListener('keydown', (event) => window.leaked.push(event.key));")?;
    page.press("ArrowRight")?;
    page.press("ArrowRight")?;
    let label: String = page.read(&format!("{KL}.shadowRoot.activeElement.getAttribute('aria-label')"))?;
    assert!(!label.is_empty());
    page.press("Enter")?;
    page.wait_for(&in_shadow(".card"), 5)?;
    page.press("Escape")?;
    page.wait_for(&format!("!{}", in_shadow(".card")), 5)?;
    // On the time line too, which has a use for arrows only.
    page.js(&format!("{}.focus()", in_shadow("input[type=range]")))?;
    page.press(" ")?;
    let paused = format!("{KL}.shadowRoot.querySelector('.transport button').getAttribute('aria-label')");
    let label: String = page.read(&paused)?;
    page.press(" ")?;
    page.wait_for(&format!("{paused} !== '{label}'"), 5)?;
    assert_eq!(page.js("return window.leaked")?, json!([]), "no key that we use reaches the page around us");
    Ok(())
}

#[test]
fn hovering_says_what_a_thing_is() -> Result {
    let (_site, page) = open(Size::desktop())?;
    page.ask(KL, "pause()")?;
    page.hover(&in_shadow("[data-part^='cell:']"))?;
    page.wait_for(&format!("{}?.textContent.length > 5", in_shadow(".tip")), 5)?;
    Ok(())
}

#[test]
fn two_worlds_in_one_page_stand_still_until_they_are_started() -> Result {
    let site = Site::dist()?;
    let page = Browser::open(&site, "two-worlds.html", Size::desktop())?;
    page.wait_for(
        "[...document.querySelectorAll('kafka-lanes')].every(kl => kl.shadowRoot.querySelector('button'))",
        20,
    )?;
    let times = "[...document.querySelectorAll('kafka-lanes')].map(kl => kl.state.time_us)";
    let before: Value = page.read(times)?;
    page.after(Duration::from_millis(300))?;
    assert_eq!(page.read::<Value>(times)?, before);
    page.js("document.querySelectorAll('kafka-lanes')[1].play()")?;
    page.wait_for(&format!("{times}[1] > {}", before[1]), 5)?;
    assert_eq!(page.read::<Value>(times)?[0], before[0]);
    assert_eq!(page.problems()?, Vec::<String>::new());
    let mut wasm: Vec<String> = site.requests().into_iter().map(|request| request.path).collect();
    wasm.retain(|path| path.ends_with(".wasm"));
    wasm.sort();
    assert_eq!(wasm, ["/kafka-lanes-app_bg.wasm", "/kafka-lanes-app_rest.wasm"], "one engine for both");
    Ok(())
}
