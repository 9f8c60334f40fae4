use alloc::string::String;
use alloc::vec::Vec;

use super::Rate;
use crate::time::Span;

/// A service that is called directly, as services call each other where there is no Kafka.
///
/// It works on a request for a while, then calls other services one after the other. One call that fails for good
/// makes the whole request fail; what the calls before it did stays done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceSpec {
    /// Its name; unique among services.
    pub name: String,
    /// The services that it calls for each request, in this order.
    pub calls: Vec<String>,
    /// How long it works on a request before it calls others; at least a millisecond.
    pub takes: Span,
    /// How long it waits for the answer to a call; at least a millisecond.
    pub timeout: Span,
    /// How often it tries a call again; at most [`MAX_CALL_RETRIES`](crate::limits::MAX_CALL_RETRIES).
    pub retries: u32,
    /// How many requests it works on at once; the others wait. From 1 to
    /// [`MAX_AT_ONCE`](crate::limits::MAX_AT_ONCE).
    pub at_once: u32,
    /// How often somebody outside asks it for something: a customer who orders.
    pub orders: Rate,
}

impl ServiceSpec {
    /// A service with the teaching defaults: it calls nobody, takes 200 ms for a request, works on four at once,
    /// waits 5 s for an answer, and tries a call once again.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            calls: Vec::new(),
            takes: Span::from_millis(200),
            timeout: Span::from_secs(5),
            retries: 1,
            at_once: 4,
            orders: Rate(0),
        }
    }
}
