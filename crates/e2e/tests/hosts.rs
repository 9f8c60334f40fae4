//! Pages that allow little, or do much themselves.

use kafka_lanes_e2e::{Browser, Result, SCENARIO, STRICT_POLICY, Site, Size, bare_page, host_page};

const KL: &str = "document.querySelector('kafka-lanes')";
const PANELS: &str = "document.querySelector('kafka-lanes').shadowRoot.querySelector('.transport button')";

fn diagram() -> String {
    format!("<kafka-lanes height=\"460\"><p>Orders go to billing.</p><pre>{SCENARIO}</pre></kafka-lanes>")
}

#[test]
fn without_wasm_the_fallback_stays_and_says_what_the_page_has_to_allow() -> Result {
    let site = Site::dist_under(Some(&STRICT_POLICY.replace(" 'wasm-unsafe-eval'", "")))?;
    site.page("listen.js", "addEventListener('kl-error', event => (window.heard = event.detail.message))");
    site.page("no-wasm.html", &host_page("<script src=\"listen.js\"></script>", &diagram()));
    let page = Browser::open(&site, "no-wasm.html", Size::desktop())?;
    let note = page.failed(KL)?;
    assert!(note.contains("'wasm-unsafe-eval'"), "{note}");
    assert!(note.contains(&page.read::<String>("window.heard")?), "the event says the same");
    assert!(page.read::<bool>("document.querySelector('kafka-lanes p').getBoundingClientRect().height > 0")?);
    assert!(page.js(&format!("return {KL}.play().then(() => '', error => error.message)"))?.as_str() != Some(""));
    Ok(())
}

#[test]
fn the_loader_may_come_from_another_host() -> Result {
    let guest = Site::dist()?;
    let origin = guest.origin();
    let policy =
        format!("default-src 'none'; script-src {origin} 'wasm-unsafe-eval'; connect-src {origin}; img-src data:");
    for tag in ["type=\"module\" src=\"{}kafka-lanes.js\"", "src=\"{}kafka-lanes.classic.js\""] {
        let site = Site::dist_under(Some(&policy))?;
        let script = format!("<script {}></script>", tag.replace("{}", &guest.url("")));
        site.page("elsewhere.html", &bare_page(&script, &diagram()));
        let page = Browser::open(&site, "elsewhere.html", Size::desktop())?;
        page.ready(KL)?;
        page.wait_for(PANELS, 10)?;
        assert_eq!(page.problems()?, Vec::<String>::new());
        assert_eq!(site.requests().len(), 1, "everything but the page is of the loader's host");
    }
    Ok(())
}

#[test]
fn it_keeps_to_trusted_types() -> Result {
    for policy in ["", "; trusted-types kafka-lanes"] {
        let site = Site::dist_under(Some(&format!("{STRICT_POLICY}; require-trusted-types-for 'script'{policy}")))?;
        site.page("trusted.html", &host_page("", &diagram()));
        let page = Browser::open(&site, "trusted.html", Size::desktop())?;
        page.ready(KL)?;
        page.wait_for(PANELS, 10)?;
        page.ask(KL, "seek('20s')")?;
        let cells = format!("{KL}.shadowRoot.querySelectorAll('[data-part^=\"cell:\"]').length");
        assert!(page.read::<usize>(&cells)? > 3);
        page.js(&format!("{KL}.remove()"))?;
        page.painted()?;
        assert_eq!(page.problems()?, Vec::<String>::new());
    }
    let site =
        Site::dist_under(Some(&format!("{STRICT_POLICY}; require-trusted-types-for 'script'; trusted-types 'none'")))?;
    site.page("trusted.html", &host_page("", &diagram()));
    let page = Browser::open(&site, "trusted.html", Size::desktop())?;
    let note = page.failed(KL)?;
    assert!(note.contains("kafka-lanes") && note.contains("olicy"), "{note}");
    Ok(())
}
