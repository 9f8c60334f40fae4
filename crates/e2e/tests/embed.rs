//! A diagram in somebody else's page: its picture comes first, the panels and the rest of the code after it.

use kafka_lanes_e2e::{Browser, Result, Site, Size};

const KL: &str = "document.querySelector('kafka-lanes')";
const PANELS: &str = "document.querySelector('kafka-lanes').shadowRoot.querySelector('.transport button')";

/// A page with one diagram that moves, and a script that runs before anything of ours.
fn site(before: &str) -> Result<Site> {
    let site = Site::dist()?;
    site.page("before.js", before);
    site.page(
        "embed-under-test.html",
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>One diagram</title>\
         <link rel=\"icon\" href=\"data:,\"><script src=\"before.js\"></script>\
         <script type=\"module\" src=\"kafka-lanes.js\"></script></head><body><main><h1>One diagram</h1>\
         <kafka-lanes autoplay height=\"460\"><pre>topic orders partitions=3\nproducer Shop to orders\n\
         group billing reads orders\n  consumer billing-1\n</pre></kafka-lanes></main></body></html>",
    );
    Ok(site)
}

#[test]
fn nothing_moves_when_the_panels_come() -> Result {
    // Where everything is when the picture is there, before the panels' code has arrived.
    let site = site(
        "addEventListener('kl-ready', (event) => {
            const at = (element) => { const r = element.getBoundingClientRect(); return [r.x, r.y, r.width, r.height]; };
            const root = event.target.shadowRoot;
            window.places = () => [at(event.target), at(root.querySelector('svg.picture')), at(root.querySelector('canvas'))];
            window.first = [window.places(), root.querySelectorAll('button').length];
         });",
    )?;
    for size in [Size::desktop(), Size::phone(), Size::narrow()] {
        let page = Browser::open(&site, "embed-under-test.html", size)?;
        page.wait_for(PANELS, 20)?;
        page.painted()?;
        let first: serde_json::Value = page.read("window.first")?;
        assert_eq!(first[1], 0, "the picture does not wait for the panels");
        assert_eq!(page.read::<serde_json::Value>("window.places()")?, first[0], "{size:?}");
        assert_eq!(page.problems()?, Vec::<String>::new());
    }
    Ok(())
}

#[test]
fn what_is_called_before_its_code_has_come_is_answered_all_the_same() -> Result {
    // The code that comes after the first frame never arrives by itself.
    let site = site(
        "const ask = window.fetch;
         window.fetch = (url, init) => String(url).includes('_rest') ? new Promise(() => {}) : ask(url, init);",
    )?;
    let page = Browser::open(&site, "embed-under-test.html", Size::desktop())?;
    page.js(&format!("return {KL}.ready.then(() => true);"))?;
    assert!(!page.js(&format!("return !!{PANELS};"))?.as_bool().unwrap_or(true));
    assert_eq!(page.read::<usize>(&format!("Object.keys({KL}.state.topics).length"))?, 1);
    let fetched = || site.requests().iter().filter(|request| request.path.contains("_rest")).count();
    assert_eq!(fetched(), 1);
    page.read::<u64>(&format!("{KL}.state.time_us"))?;
    assert_eq!(fetched(), 1, "it is brought once");
    Ok(())
}
