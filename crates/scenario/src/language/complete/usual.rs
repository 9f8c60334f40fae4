//! What stands where an option is absent.

use super::super::draft::Draft;
use super::super::number::print_span;
use super::super::vocabulary::MAX_POLL_RECORDS;

/// The value that an option of a statement has where it is absent, if that is one value.
pub(super) fn usual(statement: &str, option: Option<&str>) -> Option<String> {
    let option = option?;
    if statement == "timing" {
        let mut draft = Draft::default();
        if option == MAX_POLL_RECORDS {
            return Some(draft.timing.max_poll_records.to_string());
        }
        return draft.span_named(option).map(|(span, _)| print_span(*span));
    }
    let value = match (statement, option) {
        ("topic", "partitions" | "replication" | "min-isr") => "1",
        ("topic", "retention") => "7d",
        ("topic", "retention-bytes") => "1MiB",
        ("topic", "segment-bytes") | ("producer", "batch-size") => "16KiB",
        ("topic", "unclean-election") => "off",
        ("producer", "client") => "java",
        ("producer", "rate") => "3/s",
        ("producer", "keys") => "amy,ben,cleo,dan,emma,fay",
        ("producer", "pick") => "random",
        ("producer", "size") => "100",
        ("producer", "acks") => "all",
        ("producer", "linger") => "0s",
        ("producer", "delivery-timeout") => "30s",
        ("producer", "request-timeout") => "10s",
        ("producer", "retry-backoff") => "100ms",
        ("service", "takes") => "200ms",
        ("service", "timeout") => "5s",
        ("service", "retries") => "1",
        ("service", "at-once") => "4",
        ("group", "protocol") => "classic",
        ("group", "assignor") => "roundrobin",
        ("group", "reset") => "earliest",
        ("group", "commit") => "auto",
        ("group", "processing") => "250ms",
        _ => return None,
    };
    Some(value.into())
}
