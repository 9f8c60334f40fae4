//! The worlds that are measured, in the scenario language.

/// The world of the page itself.
pub(crate) const ARTICLE: &str = include_str!("../../../../../examples/order-events.kafka");
/// The same as a flowchart.
pub(crate) const FLOWCHART: &str = include_str!("../../../../../examples/order-events.mmd");

/// A group's line and those of its members.
fn group(name: &str, topic: &str, options: &str, members: usize) -> String {
    let members: String = (1..=members).map(|n| format!("  consumer {name}-{n}\n")).collect();
    format!("group {name} reads {topic} {options}\n{members}")
}

/// The article's world with so many records a second, read by consumers that keep up.
pub(crate) fn narrow(per_second: f64) -> String {
    let groups: String = [("Payment", 3), ("Inventory", 2), ("Notification", 2)]
        .map(|(name, members)| group(name, "ORDER_EVENTS", "assignor=roundrobin processing=0ms", members))
        .concat();
    format!(
        "timing max-poll-records=10000\ntopic ORDER_EVENTS partitions=3\n\
         producer Shop to ORDER_EVENTS rate={per_second:.1}/s keys=order-1..order-200\n{groups}"
    )
}

/// Eight producers, 24 lanes and two groups: room for many records one by one.
pub(crate) fn wide(per_second: f64) -> String {
    let rate = per_second / 8.0;
    let producers: String = (1..=8)
        .map(|n| format!("producer Shop-{n} to ORDER_EVENTS rate={rate:.2}/s keys=order-1..order-500\n"))
        .collect();
    let groups: String = [("Payment", 6), ("Inventory", 4)]
        .map(|(name, members)| group(name, "ORDER_EVENTS", "assignor=roundrobin processing=0ms", members))
        .concat();
    format!("timing max-poll-records=10000\ntopic ORDER_EVENTS partitions=24\n{producers}{groups}")
}

/// The article's world under load, as the example `throughput` of the core has it.
pub(crate) fn loaded() -> String {
    let groups: String = [("Payment-g1", 3), ("Inventory-g1", 2), ("Notification-g1", 2)]
        .map(|(name, members)| group(name, "ORDER_EVENTS", "assignor=roundrobin processing=20us", members))
        .concat();
    format!("topic ORDER_EVENTS partitions=3\nproducer Shop to ORDER_EVENTS rate=10000/s\n{groups}")
}

/// A page with one element that shows `scenario`, with these attributes; `script` runs before anything else.
pub(crate) fn page(scenario: &str, attributes: &str, script: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>One diagram</title>\
         <link rel=\"icon\" href=\"data:,\"><script>{script}</script>\
         <script type=\"module\" src=\"kafka-lanes.js\"></script></head><body><main>\
         <kafka-lanes {attributes}><pre>\n{}</pre></kafka-lanes></main></body></html>",
        escaped(scenario)
    )
}

/// Text as it stands in HTML.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
