use std::io::{self, BufRead, Read};

use kafka_lanes_core::partitioner::{Placement, Sign};
use kafka_lanes_words::{English, PlacementWords};
use serde::Serialize;

use crate::args::Partition;
use crate::failure::Failure;
use crate::output::Output;

/// Bytes of a line of stdin at the most.
const MAX_LINE_BYTES: u64 = 16 * 1_048_576;

#[derive(Serialize)]
struct Answer<'a> {
    key: Option<&'a str>,
    hash: Option<i64>,
    partition: Option<u32>,
}

pub(crate) fn partition(args: &Partition) -> Result<(), Failure> {
    let mut output = Output::new();
    if args.no_key {
        answer(args, None, None, &mut output)?;
        return output.finish();
    }
    for (index, key) in args.keys.iter().enumerate() {
        key_answer(args, key, || format!("key {}", index + 1), &mut output)?;
    }
    if args.keys.is_empty() {
        each_line(|number, line| {
            let key = std::str::from_utf8(line).map_err(|error| {
                let column = String::from_utf8_lossy(&line[..error.valid_up_to()]).chars().count() + 1;
                Failure::Refused(format!(
                    "stdin:{number}:{column}: error: this is no UTF-8. Give keys of any bytes in hex, with --hex."
                ))
            })?;
            key_answer(args, key, || format!("stdin:{number}"), &mut output)
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

fn key_answer(args: &Partition, key: &str, place: impl Fn() -> String, output: &mut Output) -> Result<(), Failure> {
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
    answer(args, Some(key), Some(bytes), output)
}

fn answer(args: &Partition, key: Option<&str>, bytes: Option<&[u8]>, output: &mut Output) -> Result<(), Failure> {
    let placement = args.client.place(bytes, args.partitions);
    // A key that the client leaves to chance has a hash all the same, but where no key has one.
    let hashes_keys = args.client.hashed(Some(b"any")).is_some();
    let hashed = args.client.hashed(bytes).or(bytes.filter(|_| hashes_keys));
    let hash = hashed.map(|bytes| args.client.arithmetic().function.hash(bytes));
    if !args.json {
        let shown = match key {
            None => "(no key)".into(),
            Some("") => "(empty key)".into(),
            Some(key) => printable(key),
        };
        let why = match (&placement, hash) {
            (Some(placed), _) => arithmetic(placed),
            (None, Some(hash)) => {
                let name = English.hash_name(args.client.arithmetic().function);
                format!("{name} = {hash}, {}", English.hash_unused(args.client.unkeyed()))
            }
            (None, None) => English.unkeyed(args.client.unkeyed()),
        };
        return output.line(&format!("{shown}: {why}"));
    }
    let answer = Answer { key, hash, partition: placement.map(|placed| placed.partition) };
    match serde_json::to_string(&answer) {
        Ok(line) => output.line(&line),
        Err(error) => Err(Failure::Refused(format!("error: the answer can't be written as JSON: {error}"))),
    }
}

/// The arithmetic in one line, each number shown.
fn arithmetic(placement: &Placement) -> String {
    let Placement { arithmetic, hash, dividend, partitions, partition } = placement;
    let mut steps = format!("{} = {hash}, ", English.hash_name(arithmetic.function));
    if let Some(dropped) = English.sign_dropped(arithmetic.sign) {
        steps.push_str(&format!("{dropped} = {dividend}, "));
    }
    if arithmetic.sign == Sign::AbsoluteRemainder {
        let remainder = placement.remainder();
        return format!("{steps}mod {partitions} = {remainder}, without its sign = partition {partition}");
    }
    format!("{steps}mod {partitions} = partition {partition}")
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
