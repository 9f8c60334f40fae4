//! The scenario language: a line a thing, readable where nothing runs it.
//!
//! ```text
//! text      = { line }
//! line      = [ statement ] [ "#" comment ]           a comment begins a line or follows a space
//! statement = "title" rest-of-line
//!           | "topic" NAME { option }
//!           | "producer" NAME "to" NAMES { option }
//!           | "group" NAME "reads" NAMES { option }
//!           | "consumer" NAME [ "reads" NAMES ] { option }    of the group above it
//!           | "timing" [ "teaching" | "kafka" ] { option }    ours (the usual one), or Kafka's own defaults
//!           | "brokers" COUNT
//!           | "at" TIME action
//! action    = "add" "consumer" [ NAME ] "to" NAME     names that are absent are chosen
//!           | "add" "consumer" NAME "to" NAME [ "reads" NAMES ] { option }
//!           | "remove" "consumer" NAME "from" NAME
//!           | "crash" "consumer" NAME "of" NAME
//!           | "pause" "consumer" NAME "of" NAME "for" TIME    the whole process, heartbeats and all
//!           | "hang" "consumer" NAME "of" NAME "for" TIME     its application, which does not poll
//!           | "restart" "consumer" NAME "of" NAME [ "after" TIME ]    it closes if it runs, and starts again
//!           | "add" "group" [ NAME ] [ "reads" NAMES ]
//!           | "remove" "group" NAME
//!           | "add" "producer" [ NAME ] [ "to" NAMES ]
//!           | "remove" "producer" NAME
//!           | "send" KEY "from" NAME [ "to" NAME ]
//!           | "set" "partitions" NAME COUNT
//!           | "set" "rate" NAME RATE
//!           | "set" "processing" NAME [ "/" NAME ] TIME    a group, or one consumer of it
//!           | "set" "assignor" NAME ASSIGNOR
//!           | "set" "acks" NAME ( "0" | "1" | "all" )
//!           | ( "kill" | "stop" | "start" | "hang" | "stall" ) "broker" COUNT
//! option    = WORD "=" VALUE
//! NAMES     = NAME { "," NAME }
//! NAME      = bare | quoted
//! bare      = characters other than space , = " and not ".."; in "set processing" no / either
//! quoted    = "\"" { character | "\\" ( "\"" | "\\" | "n" | "r" | "t" | "u" 4 hex digits ) } "\""
//! KEYS      = NAME { "," NAME } | NAME ".." NAME      order-1..order-20
//! TIME      = number ( us | ms | s | m | h | d )
//! BYTES     = number [ B | KiB | MiB | GiB ]
//! RATE      = number ( /s | /min | /h )
//! ```
//!
//! Options, with what stands where one is absent:
//!
//! - `topic`: `partitions=1 retention=7d retention-bytes=1MiB segment-bytes=16KiB replication=1 min-isr=1
//!   unclean-election=off`;
//! - `producer`: `client=java rate=3/s keys=amy,ben,cleo,dan,emma,fay pick=random size=100`; `pick` is `random`, `in-turn` or
//!   `skewed`; `client` is one of those that `kafka-lanes partition --help` lists; `key-prefix=` stands before the numbers of `keys=1..20`; `keys=none`
//!   is no key at all (a key of that name stands in quotes);
//!   `acks=all batch-size=16KiB linger=0s delivery-timeout=30s request-timeout=10s retry-backoff=100ms`, `idempotence`
//!   is `on` or `off` and follows from `acks=` where it is absent, `retries=` has no end, and without
//!   `max-in-flight=` it is 5 requests that have arrived;
//! - `group`: `protocol=classic assignor=roundrobin reset=earliest commit=auto processing=250ms`; `protocol` is `classic`
//!   or `consumer`; `assignor` is with the one `range`, `roundrobin`, `sticky` or `cooperative-sticky`, with the other
//!   `uniform` (the usual one there) or `server-range`, or without either `manual`; `reset` is `earliest`, `latest` or
//!   `none`; `commit` is `auto`, or `after` or `before` a batch is processed;
//! - `consumer`: `processing=`, `instance=` (`group.instance.id`: a static member), and in a manual group
//!   `reads=orders-0,orders-2`;
//! - `timing`: the fields of [`Timing`](kafka_lanes_core::spec::Timing) with hyphens, and of
//!   [`ClusterTiming`](kafka_lanes_core::spec::ClusterTiming) `broker-session=5s broker-heartbeat=1s replica-lag=6s
//!   replica-fetch-wait=500ms leader-balance=10s broker-start=2s`.
//!
//! The order of the lines is free, but for a consumer's, which belongs to the group above it.

mod actions;
mod cluster;
mod draft;
mod keys;
mod line;
mod number;
mod options;
mod print;
mod quote;
mod resolve;
mod script;
mod statements;
mod vocabulary;

use kafka_lanes_core::Span;
use kafka_lanes_core::spec::WorldSpec;

use crate::diagnostic::{Diagnostic, Severity};
use crate::input::{self, MAX_INPUT_BYTES};
use statements::Reader;

pub use print::print;

/// The longest span that a scenario can hold: ten years.
pub const MAX_SPAN: Span = Span::from_secs(3_650 * 24 * 3_600);

/// What a text says, as far as it says something.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parsed {
    /// The world; the engine accepts it.
    pub spec: WorldSpec,
    /// What is wrong in the text, in its order; at most
    /// [`MAX_DIAGNOSTICS`](crate::MAX_DIAGNOSTICS) and one that counts the rest.
    pub diagnostics: Vec<Diagnostic>,
}

impl Parsed {
    /// Whether something was left out.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }
}

/// Reads a scenario. It always has a world to show, be it an empty one.
pub fn parse(text: &str) -> Parsed {
    if text.len() > MAX_INPUT_BYTES {
        return Parsed { diagnostics: vec![input::too_long(text.len())], ..Parsed::default() };
    }
    let mut reader = Reader::default();
    // The text is at most `MAX_INPUT_BYTES` long, so the number of a line fits.
    for (index, line) in input::without_mark(text).split('\n').enumerate() {
        reader.read_line(line, index as u32 + 1);
    }
    let Reader { draft, mut diagnostics, .. } = reader;
    let spec = resolve::resolve(draft, &mut diagnostics);
    Parsed { spec, diagnostics: diagnostics.finish() }
}

/// Reads a scenario from the bytes of a file.
pub fn parse_bytes(bytes: &[u8]) -> Parsed {
    match input::decode(bytes) {
        Ok(text) => parse(text),
        Err(broken) => Parsed { diagnostics: vec![broken.0], ..Parsed::default() },
    }
}

#[cfg(test)]
mod reference;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod timing_table;
