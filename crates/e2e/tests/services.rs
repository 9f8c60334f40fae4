//! Services that call each other, as somebody uses them: one is stopped by hand, and the picture says what follows.

use kafka_lanes_e2e::{Browser, Page, Result, Site, Size, host_page, in_shadow};

const KL: &str = "document.querySelector('kafka-lanes')";

/// The shop of the story, calm.
const SHOP: &str = "service Shop calls Payment, Email takes=100ms at-once=6 orders=4/s\nservice Payment takes=150ms\n\
                    service Email takes=150ms\ntiming produce=300ms\n";

fn open(size: Size) -> Result<(Site, Page)> {
    let site = Site::dist()?;
    let body = format!("<kafka-lanes controls=\"full\" loading=\"eager\" at=\"10s\"><pre>{SHOP}</pre></kafka-lanes>");
    site.page("services.html", &host_page("", &body));
    let page = Browser::open(&site, "services.html", size)?;
    page.wait_for(&format!("{KL}?.state"), 20)?;
    page.painted()?;
    Ok((site, page))
}

fn text(page: &Page) -> Result<String> {
    page.read(&format!("{}.textContent", in_shadow("svg.picture")))
}

#[test]
fn a_service_that_is_stopped_leaves_orders_half_done() -> Result {
    for size in [Size::desktop(), Size::phone()] {
        let (_site, page) = open(size)?;
        assert!(!text(&page)?.contains("half done"));
        let flying: u64 = page.read(&format!("Number({}.dataset.dots)", in_shadow("canvas")))?;
        assert!(flying > 0, "calls are on their way");
        page.js(&format!(
            "{}.dispatchEvent(new MouseEvent('click', {{ bubbles: true, composed: true }}));",
            in_shadow("[data-part='service:2']")
        ))?;
        page.wait_for(&in_shadow(".card .danger"), 5)?;
        page.js(&format!("{}.click();", in_shadow(".card .danger")))?;
        page.wait_for(&in_shadow(".service.down"), 5)?;
        page.ask(KL, "seek('20s')")?;
        page.painted()?;
        let told = text(&page)?;
        for words in ["STOPPED", "half done"] {
            assert!(told.contains(words), "{words} is missing in {told}");
        }
        // Its colours are there: the box of what has stopped is not filled.
        let fill: String = page.read(&format!("getComputedStyle({}).fill", in_shadow(".service.down .service-box")))?;
        assert_eq!(fill, "none");
        let card: String = page.read(&format!("{}.textContent", in_shadow(".card")))?;
        assert!(card.contains("start Email"), "{card}");
        assert_eq!(page.problems()?, Vec::<String>::new());
    }
    Ok(())
}
