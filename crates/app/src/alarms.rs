//! The alarms of the recorded history, for the marks on the scrub bar: also those that lie after the present moment.

use kafka_lanes_core::{Time, World};
use kafka_lanes_words::Catalogue;

/// Marks that are kept; the journal keeps as many.
const KEPT: usize = 200;

/// An alarm that was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) at: Time,
    /// When that happened which led to it.
    pub(crate) since: Time,
    /// The whole sentence: in an earlier world its key may not have a name yet.
    pub(crate) text: String,
}

/// What was seen so far, by time.
#[derive(Debug, Default)]
pub(crate) struct Alarms {
    seen: Vec<Seen>,
    until: Time,
}

impl Alarms {
    pub(crate) fn seen(&self) -> &[Seen] {
        &self.seen
    }

    /// Takes up what is new in `world`.
    pub(crate) fn look(&mut self, world: &World, words: &dyn Catalogue) {
        if world.now() >= self.until && !(self.seen.is_empty() && world.journal().alarms.is_empty()) {
            self.take_up(world, words);
        }
    }

    #[inline(never)]
    fn take_up(&mut self, world: &World, words: &dyn Catalogue) {
        let new = world.journal().alarms.iter().filter(|alarm| alarm.at >= self.until);
        let new = new.map(|alarm| Seen { at: alarm.at, since: alarm.since, text: words.alarm(world, alarm) });
        let new: Vec<Seen> = new.collect();
        // Of the moment that was looked at last some are known, and may be told better now.
        self.seen.retain(|seen| seen.at < self.until);
        self.seen.extend(new);
        self.until = world.now();
        let over = self.seen.len().saturating_sub(KEPT);
        self.seen.drain(..over);
    }

    /// What was recorded after `now` is forgotten.
    pub(crate) fn fork(&mut self, now: Time) {
        self.seen.retain(|seen| seen.at <= now);
        self.until = self.until.min(now);
    }
}

#[cfg(test)]
mod tests {
    use kafka_lanes_core::spec::{ConsumerSpec, GroupSpec, TopicSpec, WorldSpec};
    use kafka_lanes_core::{Action, History};
    use kafka_lanes_words::English;

    use super::*;

    #[test]
    fn what_lies_ahead_is_known_until_the_past_forks() {
        let consumers = ["a", "b"].map(|name| ConsumerSpec { name: name.into(), ..ConsumerSpec::default() });
        let spec = WorldSpec {
            topics: vec![TopicSpec::new("t", 1)],
            groups: vec![GroupSpec { consumers: consumers.into(), ..GroupSpec::new("g", vec!["t".into()]) }],
            ..WorldSpec::default()
        };
        let mut history = History::new(spec, 1).expect("the world is possible");
        let mut alarms = Alarms::default();
        for second in 1..=20 {
            history.seek(Time::from_secs(second));
            alarms.look(history.world(), &English);
        }
        assert_eq!(alarms.seen().len(), 1, "one of two consumers is idle: {:?}", alarms.seen());
        history.seek(Time::ZERO);
        alarms.look(history.world(), &English);
        assert_eq!(alarms.seen().len(), 1, "it is ahead");
        history.act(Action::RemoveConsumer { group: "g".into(), name: "b".into() }).expect("b is there");
        alarms.fork(Time::ZERO);
        assert!(alarms.seen().is_empty());
    }
}
