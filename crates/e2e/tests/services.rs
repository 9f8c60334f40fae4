//! Services that call each other, as somebody uses them: one is stopped by hand, and the picture says what follows.

use kafka_lanes_e2e::{Browser, Page, Result, Site, Size};

const KL: &str = "document.querySelector('kafka-lanes')";

fn shadow(selector: &str) -> String {
    format!("{KL}.shadowRoot.querySelector(\"{selector}\")")
}

/// The shop of the story, calm.
const SHOP: &str = "service Shop calls Payment, Email takes=100ms at-once=6 orders=4/s\nservice Payment takes=150ms\n\
                    service Email takes=150ms\ntiming produce=300ms\n";

fn open(size: Size) -> Result<(Site, Page)> {
    let site = Site::dist()?;
    site.page(
        "services.html",
        &format!(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Services</title>\
             <link rel=\"icon\" href=\"data:,\"><script type=\"module\" src=\"kafka-lanes.js\"></script></head><body><main>\
             <kafka-lanes controls=\"full\" loading=\"eager\" at=\"10s\"><pre>{SHOP}</pre></kafka-lanes></main></body></html>"
        ),
    );
    let page = Browser::open(&site, "services.html", size)?;
    page.wait_for(&format!("{KL}?.state"), 20)?;
    page.painted()?;
    Ok((site, page))
}

fn text(page: &Page) -> Result<String> {
    page.read(&format!("{}.textContent", shadow("svg.picture")))
}

#[test]
fn a_service_that_is_stopped_leaves_orders_half_done() -> Result {
    for size in [Size::desktop(), Size::phone()] {
        let (_site, page) = open(size)?;
        assert!(!text(&page)?.contains("half done"));
        let flying: u64 = page.read(&format!("Number({}.dataset.dots)", shadow("canvas")))?;
        assert!(flying > 0, "calls are on their way");
        page.js(&format!(
            "{}.dispatchEvent(new MouseEvent('click', {{ bubbles: true, composed: true }}));",
            shadow("[data-part='service:2']")
        ))?;
        page.wait_for(&shadow(".card .danger"), 5)?;
        page.js(&format!("{}.click();", shadow(".card .danger")))?;
        page.wait_for(&shadow(".service.down"), 5)?;
        page.js(&format!("return {KL}.seek('20s').then(() => true);"))?;
        page.painted()?;
        let told = text(&page)?;
        for words in ["STOPPED", "half done"] {
            assert!(told.contains(words), "{words} is missing in {told}");
        }
        // Its colours are there: the box of what has stopped is not filled.
        let fill: String = page.read(&format!("getComputedStyle({}).fill", shadow(".service.down .service-box")))?;
        assert_eq!(fill, "none");
        let card: String = page.read(&format!("{}.textContent", shadow(".card")))?;
        assert!(card.contains("start Email"), "{card}");
        assert_eq!(page.problems()?, Vec::<String>::new());
    }
    Ok(())
}
