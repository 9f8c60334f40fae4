//! `docs/src/timing.md` says what the code says.
//!
//! `KAFKA_LANES_OVERWRITE=1 cargo test -p kafka-lanes-scenario timing_table` writes its table anew.

use std::path::Path;

use super::cluster::{delivery_times, usual_delivery};
use super::draft::Draft;
use super::number::print_span;
use super::vocabulary::{MAX_POLL_RECORDS, TIMINGS};

const BEGIN: &str = "<!-- table: written by crates/scenario/src/language/timing_table.rs -->\n";
const END: &str = "<!-- end of table -->";

/// What Kafka calls it.
fn kafkas_name(name: &str) -> &'static str {
    match name {
        "produce" => "the network, from a producer to a partition's leader",
        "fetch" => "the network, from a partition's leader to a consumer, with records",
        "rpc" => "the network, any other message",
        "fetch-max-wait" => "`fetch.max.wait.ms`",
        "max-poll-records" => "`max.poll.records`",
        "auto-commit" => "`auto.commit.interval.ms`",
        "heartbeat" => "`heartbeat.interval.ms`",
        "session" => "`session.timeout.ms`",
        "max-poll-interval" => "`max.poll.interval.ms`, also the rebalance timeout",
        "initial-rebalance-delay" => "`group.initial.rebalance.delay.ms`",
        "metadata-max-age" => "`metadata.max.age.ms`",
        "retention-check" => "`log.retention.check.interval.ms`",
        "consumer-heartbeat" => "`group.consumer.heartbeat.interval.ms`",
        "consumer-session" => "`group.consumer.session.timeout.ms`",
        "assignment-interval" => "`group.consumer.assignment.interval.ms`",
        "broker-session" => "`broker.session.timeout.ms`",
        "broker-heartbeat" => "`broker.heartbeat.interval.ms`",
        "replica-lag" => "`replica.lag.time.max.ms`",
        "replica-fetch-wait" => "`replica.fetch.wait.max.ms`",
        "leader-balance" => "`leader.imbalance.check.interval.seconds`",
        "broker-start" => "from the start of a broker's process until it registers, as measured",
        _ => "?",
    }
}

fn value(times: &mut Draft, name: &str) -> String {
    match times.span_named(name) {
        Some((span, _)) => print_span(*span),
        None => times.timing.max_poll_records.to_string(),
    }
}

fn table() -> String {
    let head = "| `timing` | in Kafka | teaching | Kafka |\n| --- | --- | --- | --- |\n";
    let (mut teaching, mut kafka) = (Draft::default(), Draft::default());
    kafka.set_scale(true);
    let row = |name: &&str| {
        let (ours, theirs) = (value(&mut teaching, name), value(&mut kafka, name));
        format!("| `{name}` | {} | {ours} | {theirs} |\n", kafkas_name(name))
    };
    let [of_ours, of_theirs] = [false, true].map(|kafkas| delivery_times(usual_delivery(kafkas)));
    let of_producers = of_ours.into_iter().zip(of_theirs).map(|((name, ours), (_, theirs))| {
        let (ours, theirs) = (print_span(ours), print_span(theirs));
        format!("| a producer's `{name}` | `{}.ms` | {ours} | {theirs} |\n", name.replace('-', "."))
    });
    [String::from(head)].into_iter().chain(TIMINGS.iter().map(row)).chain(of_producers).collect()
}

#[test]
fn the_page_has_the_numbers_of_the_code() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/src/timing.md");
    let text = std::fs::read_to_string(&page).expect("the page about timing");
    let (before, rest) = text.split_once(BEGIN).expect("a place for the table");
    let (stands, after) = rest.split_once(END).expect("the end of that place");
    if std::env::var_os("KAFKA_LANES_OVERWRITE").is_some() {
        std::fs::write(&page, [before, BEGIN, &table(), END, after].concat()).expect("a page that can be written");
        return;
    }
    assert_eq!(stands, table(), "write it anew with KAFKA_LANES_OVERWRITE=1");
}

#[test]
fn each_has_a_name_in_kafka() {
    assert!(TIMINGS.contains(&MAX_POLL_RECORDS));
    assert!(TIMINGS.iter().all(|name| kafkas_name(name) != "?"));
}
