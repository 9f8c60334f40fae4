//! A diagram looks as the page around it: light or dark, in its colours, and on paper.

use kafka_lanes_e2e::{Browser, Page, Result, SCENARIO, Site, Size, host_page};
use serde_json::json;

const KL: &str = "document.querySelector('kafka-lanes')";

fn open(css: &str, browser: &Browser) -> Result<(Site, Page)> {
    let site = Site::dist()?;
    let body = format!("<kafka-lanes height=\"460\"><pre>{SCENARIO}</pre></kafka-lanes>");
    site.page("theme.html", &host_page("<link rel=\"stylesheet\" href=\"host.css\">", &body));
    let page = browser.visit("about:blank")?;
    visit(&site, &page, css)?;
    Ok((site, page))
}

/// Opens the page with another style sheet of its own.
fn visit(site: &Site, page: &Page, css: &str) -> Result {
    site.page("host.css", css);
    page.go(&site.url("theme.html"))?;
    page.ready(KL)?;
    page.ask(KL, "seek('12s')")
}

/// The ground, as the eye sees it.
fn ground(page: &Page) -> Result<String> {
    page.read(&format!("getComputedStyle({KL}).backgroundColor"))
}

/// The canvas, as a picture: its sprites have the ground's colour round them.
fn dots(page: &Page) -> Result<String> {
    page.read(&format!("{KL}.shadowRoot.querySelector('canvas').toDataURL()"))
}

#[test]
fn it_follows_the_switch_of_its_page_however_that_is_made() -> Result {
    let (site, page) = open("", &Browser::with(Size::desktop()))?;
    for (css, script) in [
        (
            ":root { color-scheme: light } :root.navy { color-scheme: dark }",
            "document.documentElement.classList.add('navy')",
        ),
        (
            "body[data-md-color-scheme=slate] { color-scheme: dark } body { color-scheme: light }",
            "document.body.dataset.mdColorScheme = 'slate'",
        ),
        ("body { background: #fff }", "document.documentElement.dataset.theme = 'dark'"),
        ("body { background: #fff }", "document.body.dataset.theme = 'dark'"),
        ("body { background: #fff }", "document.documentElement.className = 'theme-dark'"),
        ("body { background: #fff } body.night { background: #111 }", "document.body.className = 'night'"),
    ] {
        visit(&site, &page, css)?;
        let (light, light_dots) = (ground(&page)?, dots(&page)?);
        assert!(page.read::<bool>(&format!("{KL}.shadowRoot.querySelector('canvas').dataset.dots > 0"))?);
        page.js(script)?;
        page.painted()?;
        assert_ne!(ground(&page)?, light, "{script}");
        assert_ne!(dots(&page)?, light_dots, "what moves has the new colours too: {script}");
        page.js("for (const root of [document.documentElement, document.body])
                     for (const name of root.getAttributeNames()) if (name !== 'lang') root.removeAttribute(name);")?;
        page.painted()?;
        assert_eq!((ground(&page)?, dots(&page)?), (light, light_dots), "{script}");
        assert_eq!(page.problems()?, Vec::<String>::new());
    }
    Ok(())
}

#[test]
fn it_follows_the_system_where_the_page_does() -> Result {
    let css = "body { background: #fff } @media (prefers-color-scheme: dark) { body { background: #111 } }";
    let (_site, page) = open(css, &Browser::with(Size::desktop()))?;
    let light = ground(&page)?;
    let features = json!([{ "name": "prefers-color-scheme", "value": "dark" }]);
    page.cdp("Emulation.setEmulatedMedia", &json!({ "features": features }))?;
    page.painted()?;
    assert_ne!(ground(&page)?, light);
    Ok(())
}

#[test]
fn a_page_may_colour_it_and_style_its_parts() -> Result {
    let css =
        "kafka-lanes { --kl-bg: rgb(1, 2, 3) } kafka-lanes::part(transport) { border-top: 5px solid rgb(9, 8, 7) }
               kafka-lanes::part(picture) { opacity: 0.5 } kafka-lanes::part(words) { letter-spacing: 3px }";
    let (_site, page) = open(css, &Browser::with(Size::desktop()))?;
    assert_eq!(ground(&page)?, "rgb(1, 2, 3)");
    let part = |name: &str, property: &str| {
        page.read::<String>(&format!("getComputedStyle({KL}.shadowRoot.querySelector('[part={name}]')).{property}"))
    };
    assert_eq!(part("transport", "borderTopColor")?, "rgb(9, 8, 7)");
    assert_eq!(part("picture", "opacity")?, "0.5");
    assert_eq!(part("words", "letterSpacing")?, "3px");
    Ok(())
}

#[test]
fn on_paper_the_picture_is_whole_and_dark_on_light_or_the_fallback_stands_there() -> Result {
    let (_site, page) = open("", &Browser::with(Size::desktop()).dark())?;
    page.js(&format!(
        "const waiting = document.createElement('kafka-lanes');
         waiting.setAttribute('loading', 'click');
         waiting.textContent = 'In words: orders go to billing.';
         document.querySelector('main').append(waiting);
         {KL}.setAttribute('theme', 'dark');"
    ))?;
    page.cdp("Emulation.setEmulatedMedia", &json!({ "media": "print" }))?;
    page.resize(Size::new(640, 900))?;
    page.painted()?;
    let ink: Vec<u8> = page.read(&format!("getComputedStyle({KL}).color.match(/\\d+/g).map(Number)"))?;
    assert!(ink.iter().all(|part| *part < 100), "dark ink on paper: {ink:?}");
    let (right, edge): (f64, f64) = page.read(&format!(
        "[{KL}.shadowRoot.querySelector('svg.picture').getBoundingClientRect().right, {KL}.getBoundingClientRect().right]"
    ))?;
    assert!(right <= edge + 1.0, "nothing is cut off: {right} of {edge}");
    assert!(
        page.read::<bool>(&format!(
            "getComputedStyle({KL}.shadowRoot.querySelector('.transport')).display === 'none'"
        ))?
    );
    let words = "(range => { range.selectNodeContents(document.querySelectorAll('kafka-lanes')[1]); return range.getBoundingClientRect().height })(new Range())";
    assert!(page.read::<f64>(words)? > 5.0, "what waits stands there in its own words");
    Ok(())
}
