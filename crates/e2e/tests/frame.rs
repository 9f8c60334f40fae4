//! `embed.html` in an iframe: it says how high it is, the page around believes it within reason, and a sandbox is no end.

use kafka_lanes_core::{History, Time};
use kafka_lanes_e2e::{Browser, Page, Result, SCENARIO, STRICT_POLICY, Site, Size, host_page};
use kafka_lanes_scenario::language;
use kafka_lanes_scenario::link::{self, Link};

/// The policy of a page that has frames.
fn with_frames() -> String {
    format!("{STRICT_POLICY}; frame-src 'self' http://127.0.0.1:*; style-src-attr 'unsafe-inline'")
}

fn height(page: &Page, number: usize) -> Result<f64> {
    page.read(&format!("document.querySelectorAll('iframe')[{number}].getBoundingClientRect().height"))
}

#[test]
fn a_frame_gets_the_height_of_its_diagram_and_nobody_elses_word_counts() -> Result {
    let (site, guest) = (Site::dist_under(Some(&with_frames()))?, Site::dist()?);
    guest.page("shop.kafka", SCENARIO);
    // A frame that asks for a size beyond reason, and a page that speaks of a frame that is not its own.
    guest.page("liar.js", "onmessage = ({ data }) => data === 'lie' && parent.postMessage({ type: 'kafka-lanes:resize', height: 99999 }, '*');");
    guest.page("liar.html", "<!DOCTYPE html><title>Liar</title><script src=\"liar.js\"></script>");
    let frame = format!(
        "<iframe title=\"Diagram\" width=\"900\" src=\"{}\"></iframe><iframe title=\"Liar\" src=\"{}\"></iframe>",
        guest.url("embed.html#src=shop.kafka&at=12s"),
        guest.url("liar.html")
    );
    site.page("host.html", &host_page("", &frame));
    let page = Browser::open(&site, "host.html", Size::desktop())?;
    page.enter_frame(0)?;
    page.ready("document.querySelector('kafka-lanes')")?;
    assert_eq!(page.read::<u64>("document.querySelector('kafka-lanes').state.time_us")?, 12_000_000);
    page.wait_for("document.querySelector('kafka-lanes').shadowRoot.querySelector('.transport button')", 10)?;
    let inside: f64 = page.read("document.querySelector('main').getBoundingClientRect().height")?;
    page.wait_for("innerHeight >= document.querySelector('main').getBoundingClientRect().height", 10)?;
    page.leave_frame()?;
    let first = height(&page, 0)?;
    assert!((inside..inside + 10.0).contains(&first), "{first} for {inside}");
    page.js("postMessage({ type: 'kafka-lanes:resize', height: 1234 }, '*');
             document.querySelectorAll('iframe')[1].contentWindow.postMessage('lie', '*');")?;
    page.wait_for("document.querySelectorAll('iframe')[1].style.height === '2400px'", 10)?;
    assert_eq!(height(&page, 0)?, first);
    assert_eq!(page.problems()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn its_fragment_may_be_a_link_or_a_scenario_and_one_that_is_broken_is_said() -> Result {
    let site = Site::dist()?;
    let mut history = History::new(language::parse(SCENARIO).spec, 7).expect("the scenario runs");
    history.seek(Time::from_millis(5_250));
    let link = Link::of(&history, link::View::default()).write().expect("a link");
    let page = Browser::open(&site, &format!("embed.html{link}"), Size::desktop())?;
    page.ready("document.querySelector('kafka-lanes')")?;
    let digest: String = page.read("document.querySelector('kafka-lanes').state.digest")?;
    assert_eq!(digest, format!("{:016x}", history.world().digest()));
    for (fragment, topics) in [("#scenario=topic%20abc", vec!["abc"]), (&link[..link.len() - 9], vec!["orders"])] {
        page.go("about:blank")?;
        page.go(&site.url(&format!("embed.html{fragment}")))?;
        page.ready("document.querySelector('kafka-lanes')")?;
        let shown: Vec<String> = page.read("Object.keys(document.querySelector('kafka-lanes').state.topics)")?;
        assert_eq!(shown, topics, "{fragment}");
    }
    let notice = "document.querySelector('kafka-lanes').shadowRoot.querySelector('.notice')?.textContent";
    assert!(!page.wait_for(notice, 10)?.to_string().is_empty());
    Ok(())
}

#[test]
fn a_page_whose_script_comes_late_asks_for_the_height() -> Result {
    let site = Site::dist_under(Some(&with_frames()))?;
    site.page(
        "late.js",
        "addEventListener('load', () => setTimeout(() => {
        const late = document.createElement('script');
        late.type = 'module';
        late.src = 'kafka-lanes.js';
        document.head.append(late);
     }, 300));",
    );
    let frame = "<script src=\"late.js\"></script><iframe title=\"Diagram\" width=\"900\" src=\"embed.html\"></iframe>";
    site.page("late.html", &kafka_lanes_e2e::bare_page("", frame));
    let page = Browser::open(&site, "late.html", Size::desktop())?;
    let late = "performance.getEntriesByType('resource').some(e => e.name.endsWith('kafka-lanes.js')) && customElements.get('kafka-lanes')";
    page.wait_for(late, 10)?;
    page.wait_for("document.querySelector('iframe').getBoundingClientRect().height > 400", 10)?;
    Ok(())
}

#[test]
fn in_a_sandbox_it_runs_where_its_host_lets_everybody_read_and_else_says_why_not() -> Result {
    let (site, open, shut) = (Site::dist_under(Some(&with_frames()))?, Site::dist()?, Site::dist()?);
    shut.shut();
    let frame = |guest: &Site| {
        format!(
            "<iframe title=\"Diagram\" width=\"900\" sandbox=\"allow-scripts\" src=\"{}\"></iframe>",
            guest.url("embed.html")
        )
    };
    site.page("sandbox.html", &host_page("", &(frame(&open) + &frame(&shut))));
    let page = Browser::open(&site, "sandbox.html", Size::new(1280, 1400))?;
    page.enter_frame(0)?;
    page.ready("document.querySelector('kafka-lanes')")?;
    assert_eq!(page.read::<String>("origin")?, "null", "it is a sandbox");
    page.leave_frame()?;
    page.wait_for("document.querySelector('iframe').getBoundingClientRect().height > 400", 10)?;
    page.enter_frame(1)?;
    let note = page.wait_for("document.querySelector('[role=status]')?.innerText", 10)?;
    assert!(note.as_str().unwrap_or_default().contains("Access-Control-Allow-Origin"), "{note}");
    Ok(())
}
