//! How fast the engine is, as one JSON line: `cargo run --profile native -p kafka-lanes-core --example throughput`.
//!
//! Medians: records simulated per second of real time (sent, appended, and read by three groups) at 10,000 a
//! second for a minute; and the time to seek to random moments of an hour of the article's world, as it is and at 1,000
//! records a second.

use std::time::{Duration, Instant};

use kafka_lanes_core::spec::{ConsumerSpec, GroupSpec, ProducerSpec, Rate, TopicSpec, WorldSpec};
use kafka_lanes_core::{History, Span, Time};

const RUNS: usize = 7;
const SEEKS: u64 = 101;

fn article() -> WorldSpec {
    let orders = || vec![String::from("ORDER_EVENTS")];
    let group = |name: &str, consumer: &str, count: u32| {
        let consumers = (1..=count).map(|n| ConsumerSpec { name: format!("{consumer}-{n}"), ..Default::default() });
        GroupSpec { consumers: consumers.collect(), ..GroupSpec::new(name, orders()) }
    };
    WorldSpec {
        topics: vec![TopicSpec::new("ORDER_EVENTS", 3)],
        producers: vec![ProducerSpec::new("Shop", orders())],
        groups: vec![
            group("Payment-g1", "Payment", 3),
            group("Inventory-g1", "Inv", 2),
            group("Notification-g1", "Notify", 2),
        ],
        ..WorldSpec::default()
    }
}

/// The same at 1,000 records a second: 3.6 million in an hour.
fn busy() -> WorldSpec {
    let mut spec = article();
    spec.producers[0].rate = Rate::per_second(1_000);
    spec.groups.iter_mut().for_each(|group| group.processing = Span(200));
    spec
}

/// The same under load: 10,000 records a second, and consumers that keep up.
fn loaded() -> WorldSpec {
    let mut spec = article();
    spec.producers[0].rate = Rate::per_second(10_000);
    spec.groups.iter_mut().for_each(|group| group.processing = Span(20));
    spec
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn sent(history: &History) -> u64 {
    history.world().producers().map(|(_, producer)| producer.sent).sum()
}

fn records_per_second() -> (u64, u128) {
    let mut records = 0;
    let times = (0..RUNS).map(|_| {
        let mut history = History::new(loaded(), 1).expect("within the limits");
        let start = Instant::now();
        history.advance(Time::from_secs(60), u64::MAX);
        records = sent(&history);
        start.elapsed()
    });
    let micros = median(times.collect()).as_micros().max(1);
    (records, u128::from(records) * 1_000_000 / micros)
}

/// How long it takes to simulate an hour of `spec`, and, as a median, to seek to a moment in it.
fn an_hour(spec: WorldSpec) -> (u128, u128) {
    let mut history = History::new(spec, 1).expect("within the limits");
    let start = Instant::now();
    history.advance(Time::from_secs(3_600), u64::MAX);
    let hour = start.elapsed();
    // Moments spread over the hour, in no order.
    let seeks = (1..=SEEKS).map(|n| {
        let start = Instant::now();
        history.seek(Time::from_secs(n * 1_427 % 3_600));
        start.elapsed()
    });
    (hour.as_micros(), median(seeks.collect()).as_micros())
}

fn main() {
    let (records, per_second) = records_per_second();
    let (hour, seek) = an_hour(article());
    let (busy_hour, busy_seek) = an_hour(busy());
    println!(
        "{{\"records\":{records},\"records_per_second\":{per_second},\"simulate_hour_us\":{hour},\
         \"seek_in_hour_us\":{seek},\"simulate_busy_hour_us\":{busy_hour},\"seek_in_busy_hour_us\":{busy_seek}}}"
    );
}
