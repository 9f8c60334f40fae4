//! What goes wrong, as somebody sees it: a mark on the time line leads to its cause, and a broker is killed by hand.

use kafka_lanes_e2e::{Browser, Page, Result, Site, Size, host_page, in_shadow};

const KL: &str = "document.querySelector('kafka-lanes')";

fn open(size: Size, at: &str, scenario: &str) -> Result<(Site, Page)> {
    let site = Site::dist()?;
    let body =
        format!("<kafka-lanes controls=\"full\" loading=\"eager\" at=\"{at}\"><pre>{scenario}</pre></kafka-lanes>");
    site.page("alarms.html", &host_page("", &body));
    let page = Browser::open(&site, "alarms.html", size)?;
    page.wait_for(&format!("{KL}?.state"), 20)?;
    page.painted()?;
    Ok((site, page))
}

#[test]
fn a_mark_on_the_time_line_leads_to_the_cause() -> Result {
    let scenario = include_str!("../../../examples/added-lanes.kafka");
    for size in [Size::desktop(), Size::phone()] {
        let (_site, page) = open(size, "28s", scenario)?;
        let kinds: Vec<String> = page.read(&format!("{KL}.state.alarms.map(alarm => alarm.kind)"))?;
        assert!(kinds.iter().any(|kind| kind == "order-broken"), "{kinds:?}");
        page.wait_for(&in_shadow(".alarm-mark:last-of-type"), 5)?;
        page.js(&format!(
            "const marks = {KL}.shadowRoot.querySelectorAll('.alarm-mark');
             marks[marks.length - 1].dispatchEvent(new MouseEvent('click', {{ bubbles: true, composed: true }}));"
        ))?;
        page.wait_for(&format!("{KL}.state.time_us < 20000000"), 5)?;
        let told: String = page.read(&format!("{}.textContent", in_shadow(".card")))?;
        assert!(told.contains("Order broken") && told.contains("0:19.0"), "{told}");
        let marks: usize = page.read(&format!("{KL}.shadowRoot.querySelectorAll('.alarm-mark').length"))?;
        assert!(marks >= 2, "what lies ahead keeps its mark");
        assert_eq!(page.problems()?, Vec::<String>::new());
    }
    Ok(())
}

#[test]
fn a_broker_is_killed_and_what_waits_for_it_says_so() -> Result {
    let scenario = "brokers 3\ntopic orders partitions=3 replication=3 min-isr=2\nproducer Shop to orders\n\
                    group billing reads orders\n  consumer billing-1\n";
    let (_site, page) = open(Size::desktop(), "10s", scenario)?;
    page.js(&format!(
        "{}.dispatchEvent(new MouseEvent('click', {{ bubbles: true, composed: true }}));",
        in_shadow(".broker:nth-of-type(2)")
    ))?;
    page.wait_for(&in_shadow(".card .danger"), 5)?;
    page.js(&format!("{}.click();", in_shadow(".card .danger")))?;
    page.ask(KL, "seek('14s')")?;
    page.wait_for(&in_shadow(".broker.crashed"), 5)?;
    let told: String = page.read(&format!("{}.textContent", in_shadow("svg.picture")))?;
    assert!(told.contains("broker 2 is silent") || told.contains("broker 2, does not answer"), "{told}");
    assert_eq!(page.problems()?, Vec::<String>::new());
    Ok(())
}
