//! How fast the hash of a key is, natively.

use std::hint::black_box;
use std::time::Instant;

use kafka_lanes_core::partitioner::murmur2;

use crate::numbers::median;

/// Bytes hashed in one run: long beside the clock's resolution, short beside patience.
const BYTES_PER_RUN: usize = 1 << 26;

/// The table: nanoseconds for keys of two lengths.
pub(crate) fn table(runs: usize) -> String {
    let mut text = String::from(
        "Kafka's murmur2, natively (release build; median of several runs)\n\n| key | one hash | bytes a second |\n\
         |---|---:|---:|\n",
    );
    for (name, length) in [("16 B", 16), ("1 kB", 1_024)] {
        let ns = median(&(0..runs.max(5)).map(|_| one(length)).collect::<Vec<_>>());
        text.push_str(&format!("| {name} | {ns:.1} ns | {:.2} GB |\n", length as f64 / ns));
    }
    text
}

/// Nanoseconds for one hash of a key of this length.
fn one(length: usize) -> f64 {
    let times = BYTES_PER_RUN / length;
    let mut key: Vec<u8> = (0..length).map(|n| n as u8).collect();
    let start = Instant::now();
    for _ in 0..times {
        // Each key follows from the hash before, so that no two hashes overlap and none is left out.
        key[0] = black_box(murmur2(black_box(&key))) as u8;
    }
    start.elapsed().as_nanos() as f64 / times as f64
}
