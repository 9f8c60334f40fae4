use kafka_lanes_core::partitioner::Placement;
use kafka_lanes_words::PictureWords;

use crate::facts::Facts;

/// The text with its numbers: `{behind:Email}` is what [`Facts::named`] says of it. What it does not know stays as it
/// is, and a test finds it.
pub fn fill(text: &str, facts: &Facts, words: &dyn PictureWords) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, behind)) = behind.split_once('}') else {
            filled.push('{');
            rest = behind;
            continue;
        };
        match facts.named(name, words) {
            Some(said) => filled.push_str(&said),
            None => filled.extend(["{", name, "}"]),
        }
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

impl Facts<'_> {
    /// A fact by its name in a text: `behind:Email`, `lane:payments/order-7`.
    pub fn named(&self, name: &str, words: &dyn PictureWords) -> Option<String> {
        let (what, of) = name.split_once(':').unwrap_or((name, ""));
        let (first, second) = of.split_once('/').unwrap_or((of, ""));
        let number = match what {
            "topics" => self.0.topics().count() as u64,
            "groups" => self.0.groups().count() as u64,
            "brokers" => self.0.brokers().count() as u64,
            "lost" => self.lost(),
            "out_of_order" => self.out_of_order(),
            "succeeded" => self.service(of)?.succeeded,
            "half_done" => self.service(of)?.half_done,
            "waiting" => self.service(of)?.waiting() as u64,
            "hands" => self.service(of)?.at_once.into(),
            "orders" => self.service(of)?.orders.0 / 1_000,
            "sent" => self.producer(of)?.sent,
            "acked" => self.producer(of)?.acked,
            "rate" => self.producer(of)?.rate.0 / 1_000,
            "records" => self.topic(of).map(|_| self.records(of))?,
            "lanes" => self.topic(of).map(|_| self.lanes(of))?,
            "moved" => self.topic(of).map(|_| self.moved())?,
            "members" => self.group(of).map(|_| self.members(of))?,
            "idle" => self.group(of).map(|_| self.idle(of))?,
            "working" => self.group(of).map(|_| self.working(of))?,
            "most_lanes" => self.group(of).map(|_| self.most_lanes(of))?,
            "behind" => self.group(of).map(|_| self.behind(of))?,
            "processed" => self.group(of).map(|_| self.processed(of))?,
            "again" => self.group(of).map(|_| self.again(of))?,
            "with_key" => self.topic(first).map(|_| self.with_key(first, second).count() as u64)?,
            "lane" => self.topic(first).map(|_| self.placement(first, second))?.partition.into(),
            "positive" => Placement::of_key(of.as_bytes(), 1).dividend.unsigned_abs(),
            // Signed, as Kafka has it.
            "hash" => return Some(Placement::of_key(of.as_bytes(), 1).hash.to_string()),
            "first_in" => return self.key_in(first, second, false),
            "last_in" => return self.key_in(first, second, true),
            _ => return None,
        };
        Some(words.number(number))
    }
}
