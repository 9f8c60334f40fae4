use std::io::{self, BufRead, Read};

use kafka_lanes_core::partitioner::Placement;
use serde::Serialize;

use crate::args::Partition;
use crate::failure::Failure;
use crate::output::Output;

/// Bytes of a line of stdin at the most.
const MAX_LINE_BYTES: u64 = 16 * 1_048_576;

#[derive(Serialize)]
struct Answer<'a> {
    key: &'a str,
    hash: i32,
    partition: u32,
}

pub(crate) fn partition(args: &Partition) -> Result<(), Failure> {
    match &*args.client {
        "java" => {}
        later @ ("librdkafka" | "sarama" | "kafkajs" | "kafka-python") => {
            return Err(Failure::Usage(format!("error: --client {later} comes later; java works now.")));
        }
        other => return Err(Failure::Usage(format!("error: --client {other} is not known; java is."))),
    }
    let mut output = Output::new();
    for (index, key) in args.keys.iter().enumerate() {
        answer(args, key, || format!("key {}", index + 1), &mut output)?;
    }
    if args.keys.is_empty() {
        each_line(|number, line| {
            let key = std::str::from_utf8(line).map_err(|error| {
                let column = String::from_utf8_lossy(&line[..error.valid_up_to()]).chars().count() + 1;
                Failure::Refused(format!(
                    "stdin:{number}:{column}: error: this is no UTF-8. Give keys of any bytes in hex, with --hex."
                ))
            })?;
            answer(args, key, || format!("stdin:{number}"), &mut output)
        })?;
    }
    output.finish()
}

/// Every line of stdin with its number, without its end; the last one need not have an end.
pub(crate) fn each_line(mut take: impl FnMut(usize, &[u8]) -> Result<(), Failure>) -> Result<(), Failure> {
    let mut stdin = io::stdin().lock();
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let read = stdin.by_ref().take(MAX_LINE_BYTES).read_until(b'\n', &mut line);
        let read =
            read.map_err(|error| Failure::Refused(format!("stdin:{number}:1: error: can't be read: {error}")))?;
        if read == 0 {
            break;
        }
        let ended = line.pop_if(|byte| *byte == b'\n').is_some();
        if !ended && read as u64 == MAX_LINE_BYTES {
            return Err(Failure::Refused(format!(
                "stdin:{number}:1: error: this line is longer than {MAX_LINE_BYTES} bytes (MAX_LINE_BYTES). Break it up."
            )));
        }
        if ended {
            line.pop_if(|byte| *byte == b'\r');
        }
        take(number, &line)?;
    }
    Ok(())
}

fn answer(args: &Partition, key: &str, place: impl Fn() -> String, output: &mut Output) -> Result<(), Failure> {
    let decoded;
    let bytes = if args.hex {
        decoded = from_hex(key).map_err(|column| {
            Failure::Refused(format!(
                "{}:{column}: error: this is no hex. Each byte is two digits from 0 to 9 and a to f, such as 6f72.",
                place()
            ))
        })?;
        &decoded[..]
    } else {
        key.as_bytes()
    };
    let Placement { hash, positive, partitions, partition } = Placement::of_key(bytes, args.partitions);
    if !args.json {
        let shown = if key.is_empty() { "(empty key)".into() } else { printable(key) };
        return output.line(&format!(
            "{shown}: murmur2 = {hash}, & 0x7fffffff = {positive}, mod {partitions} = partition {partition}"
        ));
    }
    match serde_json::to_string(&Answer { key, hash, partition }) {
        Ok(line) => output.line(&line),
        Err(error) => Err(Failure::Refused(format!("{}: error: can't be written as JSON: {error}", place()))),
    }
}

/// A key as it is, but for what would upset a terminal.
fn printable(key: &str) -> String {
    key.chars().map(|c| if c.is_control() { c.escape_default().to_string() } else { c.to_string() }).collect()
}

/// The bytes of hex digits; else the column of the first thing that is none.
fn from_hex(text: &str) -> Result<Vec<u8>, usize> {
    let digits: Vec<u8> = text
        .chars()
        .enumerate()
        // A hex digit is below 16.
        .map(|(index, c)| c.to_digit(16).map(|digit| digit as u8).ok_or(index + 1))
        .collect::<Result<_, _>>()?;
    let (pairs, rest) = digits.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(digits.len() + 1);
    }
    Ok(pairs.iter().map(|[high, low]| high << 4 | low).collect())
}
