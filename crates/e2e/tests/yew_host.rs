//! A page that is a Yew app itself, as a diagram is inside: neither takes the other's events for its own.

use std::path::Path;

use kafka_lanes_e2e::{Browser, Failure, Page, Result, STRICT_POLICY, Site, Size};

const KL: &str = "document.querySelector('kafka-lanes')";
const GUEST: &str = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A Yew app</title>\
    <link rel=\"icon\" href=\"data:,\"><script type=\"module\" src=\"start.js\"></script></head><body></body></html>";

fn number(page: &Page, id: &str) -> Result<u64> {
    page.read(&format!("Number(document.getElementById('{id}').textContent)"))
}

#[test]
fn in_a_yew_app_clicks_and_keys_stay_with_whom_they_are_for() -> Result {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let folder = Path::new(&here).join("../../target/hosts/yew");
    if !folder.join("host.js").is_file() {
        return Err(Failure::new("There is no target/hosts/yew/host.js: `cargo xtask test` builds it."));
    }
    let guest = Site::dist()?;
    let origin = guest.origin();
    let policy = STRICT_POLICY
        .replace("'self' 'wasm", &format!("'self' {origin} 'wasm"))
        .replace("connect-src", &format!("connect-src {origin}"));
    let site = Site::folder(&folder, "/", Some(&policy))?;
    site.page(
        "start.js",
        &format!("import start from './host.js'; import '{}'; start();", guest.url("kafka-lanes.js")),
    );
    site.page("app.html", GUEST);
    let page = Browser::open(&site, "app.html", Size::new(1280, 1000))?;
    page.ready(KL)?;
    let in_shadow = |selector: &str| format!("{KL}.shadowRoot.querySelector(\"{selector}\")");
    page.wait_for(&in_shadow(".transport button"), 10)?;
    page.ask(KL, "pause()")?;
    let time = format!("{KL}.state.time_us");
    let before: u64 = page.read(&time)?;

    // In the diagram: it steps, and the page hears a click where it listens round the diagram, and nowhere else.
    page.click(&in_shadow("[aria-label^=Step]"))?;
    page.wait_for(&format!("{time} > {before}"), 5)?;
    page.click(&in_shadow(".play"))?;
    page.click(&in_shadow(".play"))?;
    page.click(&in_shadow("[data-part^='producer:']"))?;
    page.wait_for(&in_shadow(".card"), 5)?;
    page.js(&format!("{}.focus()", in_shadow("svg.picture [tabindex='0']")))?;
    page.press("ArrowRight")?;
    page.painted()?;
    assert_eq!((number(&page, "counts")?, number(&page, "around")?), (0, 4));

    // In the page: it counts, and the world in the diagram stands still.
    let still: u64 = page.read(&time)?;
    for button in 1..=40 {
        page.js(&format!("document.querySelector('#own button:nth-child({button})').click()"))?;
    }
    page.wait_for("document.getElementById('counts').textContent === '40'", 5)?;
    assert_eq!(page.read::<u64>(&time)?, still);
    assert_eq!(number(&page, "around")?, 4);
    assert_eq!(page.problems()?, Vec::<String>::new());
    Ok(())
}
