//! Keys of the page around a diagram: mdBook turns pages on arrows, and searches on letters.

use kafka_lanes_e2e::{Browser, Page, Result, SCENARIO, Site, Size, host_page};

const KL: &str = "document.querySelector('kafka-lanes')";

fn open(attributes: &str) -> Result<(Site, Page)> {
    let site = Site::dist()?;
    site.page("keys.js", "window.leaked = []; document.addEventListener('keydown', event => leaked.push(event.key));");
    let body = format!("<input aria-label=\"Search\"><kafka-lanes {attributes}><pre>{SCENARIO}</pre></kafka-lanes>");
    site.page("keys.html", &host_page("<script src=\"keys.js\"></script>", &body));
    let page = Browser::open(&site, "keys.html", Size::desktop())?;
    page.ready(KL)?;
    page.ask(KL, "pause()")?;
    Ok((site, page))
}

fn leaked(page: &Page) -> Result<Vec<String>> {
    let keys = page.read("leaked")?;
    page.js("leaked = []")?;
    Ok(keys)
}

fn focus(page: &Page, selector: &str) -> Result {
    page.js(&format!("{KL}.shadowRoot.querySelector(\"{selector}\").focus()")).map(drop)
}

#[test]
fn the_page_has_its_keys_where_the_focus_is_outside_and_the_diagram_has_its_own_inside() -> Result {
    let (_site, page) = open("height=\"460\"")?;
    for key in ["ArrowLeft", "ArrowRight", "s", " "] {
        page.press(key)?;
    }
    page.js("document.querySelector('input').focus()")?;
    page.press("ArrowRight")?;
    assert_eq!(leaked(&page)?, ["ArrowLeft", "ArrowRight", "s", " ", "ArrowRight"]);
    let inside = [
        ("svg.picture [tabindex='0']", &["ArrowRight", "ArrowLeft", "End", "Home", "Enter", "Escape", ".", " "][..]),
        ("input[type=range]", &["ArrowRight", "ArrowLeft", "Home", "PageUp"][..]),
        ("select", &["ArrowDown", "1"][..]),
        (".play", &["Enter", " "][..]),
        ("summary", &["Enter", " "][..]),
    ];
    for (place, keys) in inside {
        focus(&page, place)?;
        for key in keys {
            page.press(key)?;
        }
        assert_eq!(leaked(&page)?, Vec::<String>::new(), "in {place}");
    }
    // What nobody in there uses is the page's.
    focus(&page, "svg.picture [tabindex='0']")?;
    page.press("s")?;
    page.press_with("ArrowRight", &["Alt"])?;
    page.press("Tab")?;
    assert_eq!(leaked(&page)?, ["s", "Alt", "ArrowRight", "Tab"]);
    assert_eq!(page.problems()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn what_is_typed_into_a_field_is_not_read_as_a_command_of_the_page() -> Result {
    let (_site, page) = open("controls=\"full\"")?;
    page.click(&format!("{KL}.shadowRoot.querySelector(\"[data-part^='producer:']\")"))?;
    page.wait_for(&format!("{KL}.shadowRoot.querySelector('.send input')"), 5)?;
    leaked(&page)?;
    focus(&page, ".send input")?;
    for key in ["s", "/", "?", " ", "Backspace", "ArrowLeft", "Enter"] {
        page.press(key)?;
    }
    assert_eq!(leaked(&page)?, Vec::<String>::new());
    Ok(())
}
