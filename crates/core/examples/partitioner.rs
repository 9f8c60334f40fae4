//! How fast the hashes of keys are, natively, as lines of Markdown: `cargo run --release -p kafka-lanes-core --example
//! partitioner`. "alone": each key waits for the hash before; "in a row": many keys, as a producer's thread has them.

use std::hint::black_box;
use std::time::Instant;

use kafka_lanes_core::partitioner::{crc32, fnv1a, legacy_murmur2, murmur2};

/// Bytes hashed in one run: long beside the clock's resolution, short beside what else a machine does.
const BYTES_PER_RUN: usize = 1 << 18;
const RUNS: usize = 500;

fn main() {
    println!("| hash | key | alone | in a row | bytes a second |\n|---|---|---:|---:|---:|");
    lines("murmur2", murmur2);
    lines("FNV-1a", fnv1a);
    lines("CRC-32", |key| crc32(key).cast_signed());
    lines("kafkajs-legacy", legacy_murmur2);
}

fn lines(name: &str, hash: impl Fn(&[u8]) -> i32 + Copy) {
    for (length, shown) in [(16, "16 B"), (1_024, "1 kB")] {
        let alone = quickest(|| alone(hash, length));
        let row = quickest(|| in_a_row(hash, length));
        println!("| {name} | {shown} | {alone:.1} ns | {row:.1} ns | {:.2} GB |", length as f64 / row);
    }
}

/// Nanoseconds for one hash of a key of this length that follows from the hash before.
fn alone(hash: impl Fn(&[u8]) -> i32, length: usize) -> f64 {
    let times = BYTES_PER_RUN / length;
    let mut key: Vec<u8> = (0..length).map(|n| n as u8).collect();
    let start = Instant::now();
    for _ in 0..times {
        key[0] = hash(black_box(&key)) as u8;
    }
    start.elapsed().as_nanos() as f64 / times as f64
}

/// Nanoseconds for one hash of many keys, none of which waits for another.
fn in_a_row(hash: impl Fn(&[u8]) -> i32, length: usize) -> f64 {
    const KEYS: usize = 64;
    let bytes: Vec<u8> = (0..KEYS * length).map(|n| n as u8).collect();
    let rounds = BYTES_PER_RUN / bytes.len();
    let start = Instant::now();
    let mut sum = 0;
    for _ in 0..rounds {
        for key in black_box(&bytes).chunks(length) {
            sum ^= hash(key);
        }
    }
    black_box(sum);
    start.elapsed().as_nanos() as f64 / (rounds * KEYS) as f64
}

/// The quickest of many short runs: what other programs take from the processor only ever makes one slower.
fn quickest(measure: impl FnMut() -> f64) -> f64 {
    std::iter::repeat_with(measure).take(RUNS).fold(f64::INFINITY, f64::min)
}
