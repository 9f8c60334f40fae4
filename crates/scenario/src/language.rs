//! The scenario language: a line a thing, readable where nothing runs it.
//!
//! The grammar, in EBNF: `{ }` is any number of times, `[ ]` at most once, `|` or. What stands in quotes, stands
//! so in a text; words in capitals are explained at the end.
//!
//! ```text
//! text       = { line } ;
//! line       = [ statement ] [ "#" comment ] ;       a comment begins a line or follows a space
//! statement  = "title" TEXT
//!            | "brokers" COUNT
//!            | "topic" NAME { topic }
//!            | "producer" NAME [ "to" NAMES ] { producer }
//!            | "group" NAME [ "reads" NAMES ] { group }
//!            | "consumer" NAME [ "reads" NAMES ] { consumer }    of the group above it
//!            | "service" NAME [ "calls" NAMES ] { service }      services that call each other directly
//!            | "timing" [ "teaching" | "kafka" ] { timing }      ours (the usual one), or Kafka's own defaults
//!            | "at" TIME action ;
//! topic      = "partitions=" COUNT | "retention=" TIME | "retention-bytes=" BYTES | "segment-bytes=" BYTES
//!            | "replication=" COUNT | "min-isr=" COUNT | "unclean-election=" switch ;
//! producer   = "client=" client | "rate=" RATE | "keys=" keys | "key-prefix=" KEY
//!            | "pick=" ( "random" | "in-turn" | "skewed" ) | "size=" BYTES | "acks=" acks
//!            | "idempotence=" switch | "linger=" TIME | "batch-size=" BYTES | "max-in-flight=" COUNT
//!            | "retries=" COUNT | "delivery-timeout=" TIME | "request-timeout=" TIME | "retry-backoff=" TIME ;
//! client     = "java" | "java-round-robin" | "librdkafka" | "librdkafka-consistent" | "librdkafka-murmur2"
//!             | "librdkafka-murmur2-random" | "librdkafka-fnv1a" | "librdkafka-fnv1a-random" | "sarama"
//!             | "sarama-reference" | "sarama-crc" | "sarama-murmur2" | "kafkajs" | "kafkajs-legacy"
//!             | "kafka-python" ;
//! acks       = "0" | "1" | "all" ;
//! switch     = "on" | "off" ;
//! keys       = "none" | KEY { "," KEY } | KEY ".." KEY ;         order-1..order-20, or order-1..20
//! group      = "protocol=" ( "classic" | "consumer" ) | "assignor=" ( assignors | "manual" )
//!            | "reset=" ( "earliest" | "latest" | "none" ) | "commit=" ( "auto" | "after" | "before" )
//!            | "processing=" TIME ;
//! assignors  = classic | "uniform" | "server-range" ;            the last two are of the protocol consumer
//! classic    = assignor { "," assignor } ;                       the one that is liked best first
//! assignor   = "range" | "roundrobin" | "sticky" | "cooperative-sticky" ;
//! consumer   = "processing=" TIME | "instance=" NAME             the instance: a static member
//!            | "assignor=" classic                               other ones than its group's
//!            | "reads=" PARTITION { "," PARTITION } ;            in a manual group
//! service    = "takes=" TIME | "timeout=" TIME | "retries=" COUNT | "at-once=" COUNT | "orders=" RATE ;
//! timing     = "produce=" TIME | "fetch=" TIME | "rpc=" TIME | "fetch-max-wait=" TIME | "max-poll-records=" COUNT
//!            | "auto-commit=" TIME | "heartbeat=" TIME | "session=" TIME | "max-poll-interval=" TIME
//!            | "initial-rebalance-delay=" TIME | "metadata-max-age=" TIME | "retention-check=" TIME
//!            | "broker-session=" TIME | "broker-heartbeat=" TIME | "replica-lag=" TIME
//!            | "replica-fetch-wait=" TIME | "leader-balance=" TIME | "broker-start=" TIME
//!            | "consumer-heartbeat=" TIME | "consumer-session=" TIME | "assignment-interval=" TIME ;
//! action     = "add" "consumer" [ NAME ] "to" NAME               names that are absent are chosen
//!            | "add" "consumer" NAME "to" NAME [ "reads" NAMES ] { consumer }
//!            | "add" "group" [ NAME ] [ "reads" NAMES ]
//!            | "add" "producer" [ NAME ] [ "to" NAMES ]
//!            | "remove" ( "consumer" NAME "from" NAME | "group" NAME | "producer" NAME )
//!            | "crash" "consumer" NAME "of" NAME
//!            | "pause" "consumer" NAME "of" NAME "for" TIME      the whole process, heartbeats and all
//!            | "hang" "consumer" NAME "of" NAME "for" TIME       its application, which does not poll
//!            | "restart" "consumer" NAME "of" NAME [ "after" TIME ] [ "assignor=" classic ]
//!                                                                it closes if it runs, and starts again
//!            | "send" KEY "from" NAME [ "to" NAME ]
//!            | "set" "partitions" NAME COUNT
//!            | "set" "rate" NAME RATE
//!            | "set" "processing" NAME [ "/" NAME ] TIME         a group, or one consumer of it
//!            | "set" "assignor" NAME assignors                     for all consumers at once
//!            | "set" "acks" NAME acks
//!            | "set" "orders" NAME RATE                          customers of a service
//!            | ( "stop" | "start" | "hang" ) "service" NAME
//!            | ( "kill" | "stop" | "start" | "hang" | "stall" ) "broker" COUNT ;
//!
//! NAMES      = NAME { "," NAME } ;
//! NAME       = bare | quoted ;
//! KEY        = bare | quoted ;
//! PARTITION  = a topic's NAME, "-" and a number, in one word: orders-0 ;
//! TEXT       = quoted | the rest of the line ;
//! COUNT      = digit { digit } ;
//! TIME       = number ( "us" | "ms" | "s" | "m" | "h" | "d" ) ;
//! BYTES      = number [ "B" | "KiB" | "MiB" | "GiB" ] ;
//! RATE       = number ( "/s" | "/min" | "/m" | "/h" ) ;
//! number     = digit { digit } [ "." digit { digit } ] ;
//! bare       = characters other than space , = " and not ".."; in "set processing" no / either ;
//! quoted     = '"' { character | "\" ( '"' | "\" | "n" | "r" | "t" | "u" and 4 hex digits ) } '"' ;
//! ```
//!
//! Where a name belongs, `to`, `from`, `of`, `reads` and `calls` are not names: as one, such a word stands in quotes. So does
//! a key `none` that is the only one. `keys=1..20` has `key-prefix=` before each of its numbers.
//!
//! The order of the lines is free, but for a consumer's, which belongs to the group above it. The order of the
//! options of a line is free; of one that stands twice, the last one counts.
//!
//! What stands where an option is absent:
//!
//! - `topic`: `partitions=1 retention=7d retention-bytes=1MiB segment-bytes=16KiB replication=1 min-isr=1
//!   unclean-election=off`;
//! - `producer`: `client=java rate=3/s keys=amy,ben,cleo,dan,emma,fay pick=random size=100 acks=all linger=0s
//!   batch-size=16KiB delivery-timeout=30s request-timeout=10s retry-backoff=100ms`; with `timing kafka` the times are
//!   Kafka's, as `docs/timing.md` has them; `idempotence=` follows from the others, `retries=` has no end, and without
//!   `max-in-flight=` it is 5 requests that have arrived; without `to` it sends to the first topic;
//! - `group`: `protocol=classic assignor=roundrobin reset=earliest commit=auto processing=250ms`, and with
//!   `protocol=consumer` it is `assignor=uniform`, where `range` is `server-range` too; an assignor alone brings its
//!   protocol; without `reads` it reads nothing but what its consumers name;
//! - `consumer`: the topics, the processing time and the assignors of its group, and no instance;
//! - `service`: `takes=200ms timeout=5s retries=1 at-once=4`, and nobody orders; a call and its answer each fly as
//!   long as `timing produce=` says;
//! - `timing`: as `docs/timing.md` has them, which are the fields of
//!   [`Timing`](kafka_lanes_core::spec::Timing) and [`ClusterTiming`](kafka_lanes_core::spec::ClusterTiming) with
//!   hyphens.
//!
//! An editor asks more of a text than its world: [`complete`], [`highlight`], [`edit`] and [`undo`]. They watch the
//! same readers that [`parse`] uses, so what they know of the language is what it knows.

mod actions;
mod assignors;
mod cluster;
mod complete;
mod draft;
mod edit;
mod highlight;
mod keys;
mod line;
mod number;
mod options;
mod print;
mod quote;
mod resolve;
mod script;
mod services;
mod statements;
mod vocabulary;
mod want;

use kafka_lanes_core::spec::WorldSpec;
use kafka_lanes_core::{Action, Span, Time};

use crate::diagnostic::{Diagnostic, Severity};
use crate::input::{self, MAX_INPUT_BYTES};
use statements::Reader;

#[cfg(test)]
pub(crate) use cluster::usual_delivery;
pub use complete::{Completion, CompletionKind, Completions, MAX_COMPLETIONS, complete};
pub use edit::{edit, undo};
pub use highlight::{Token, highlight};
pub use number::print_span;
pub use print::print;
pub(crate) use print::print_action;
pub(crate) use quote::quote;

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

/// Reads lines that begin with `at`, each for itself: whether the world has what they name is not asked. Lines that say
/// something else are passed over, and so is what comes too late or is too much.
pub(crate) fn parse_actions(text: &str) -> (Vec<(Time, Action)>, Vec<Diagnostic>) {
    let mut reader = Reader::default();
    for (index, line) in text.lines().enumerate() {
        reader.read_line(line, index as u32 + 1);
    }
    let Reader { draft, mut diagnostics } = reader;
    let actions = script::within_limits(draft.actions, &mut diagnostics);
    (actions.into_iter().map(|draft| (draft.time, draft.action)).collect(), diagnostics.finish())
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
mod refusal_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod timing_table;
#[cfg(test)]
mod words_tests;
