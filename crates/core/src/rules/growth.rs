//! What the world sees from above after a topic got more partitions: a key's order is kept within a partition only.

use alloc::rc::Rc;

use crate::alarm::{Alarm, Broken};
use crate::group::Group;
use crate::growth::{Growth, KEPT, LastOfKey};
use crate::ids::{GroupId, MemberId, TopicId, TopicPartition};
use crate::member::InHand;
use crate::sorted::SortedMap;
use crate::spec::OffsetReset;
use crate::world::World;

impl World {
    /// A topic has more partitions: notes where the last record of each key is.
    pub(super) fn note_growth(&mut self, topic: TopicId, before: u32, after: u32) {
        let at = self.now;
        let Some(t) = self.topic(topic) else { return };
        let mut last = SortedMap::<_, LastOfKey>::new();
        for (partition, log) in (0..before).zip(&t.partitions) {
            for (offset, record) in (log.start()..).zip(log.records()) {
                let Some(key) = record.key else { continue };
                let this = LastOfKey { partition, offset, number: record.number };
                let known = last.get_or_insert_with((record.producer, key), || this);
                if known.number < record.number {
                    *known = this;
                }
            }
        }
        // A client that goes round all partitions promises nothing about keys.
        last.retain(|(producer, key), _| {
            let client = self.producers.get(producer).map(|producer| producer.client);
            client.is_some_and(|client| client.place(Some(self.key(*key).text.as_bytes()), before).is_some())
        });
        let growth = Growth { at, before, after, last };
        let Some(t) = self.topics.get_mut(topic.0 as usize) else { return };
        t.growths.push(Rc::new(growth));
        if t.growths.len() > KEPT {
            t.growths.remove(0);
        }
    }

    /// A record was processed: has the group yet to process an earlier one of its key, in the partition to which the
    /// key went before?
    pub(super) fn watch_order(&mut self, group: GroupId, member: MemberId, done: InHand) {
        let Some(alarm) = self.broken_order(group, member, done) else { return };
        self.raise(alarm);
    }

    fn broken_order(&self, group: GroupId, member: MemberId, done: InHand) -> Option<Alarm> {
        let key = done.key?;
        let record = self.record(done.from, done.offset)?;
        let topic = self.topic(done.from.topic)?;
        let g = self.groups.get(&group)?;
        for growth in topic.growths.iter().rev() {
            let Some(last) = growth.last.get(&(record.producer, key)) else { continue };
            let earlier = TopicPartition { partition: last.partition, ..done.from };
            if earlier == done.from || last.number >= record.number {
                continue;
            }
            let is_there = self.record(earlier, last.offset).is_some_and(|there| there.number == last.number);
            if is_there && g.has_yet_to_process(earlier, last.offset) {
                let (before, after, offset) = (growth.before, growth.after, last.offset);
                let broken = Broken::OrderByPartitions { earlier, offset, before, after };
                let alarm = Alarm::of_record(self.now, done.from, done.offset, done.key, broken);
                let member = self.name_of_member(group, member);
                return Some(Alarm { since: growth.at, group: Some(g.name.clone()), member, ..alarm });
            }
        }
        None
    }
}

impl Group {
    fn has_yet_to_process(&self, partition: TopicPartition, offset: u64) -> bool {
        match self.delivery.get(&partition) {
            Some(delivery) => delivery.next <= offset,
            // Nobody has read there yet. Where a reader will begin is certain with `earliest` only.
            None => self.reset == OffsetReset::Earliest,
        }
    }
}
