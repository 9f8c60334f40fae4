//! A topic gets more partitions. Its producers go by them when they hear of them; from then on a key's records may go
//! elsewhere, and a key's order is kept within a partition only. Whether a group keeps it then, the world sees from above.

use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::alarm::{Alarm, Broken};
use crate::batch::Batch;
use crate::group::Group;
use crate::growth::{Growth, Heard, KEPT, LastOfKey};
use crate::ids::{GroupId, MemberId, ProducerId, TopicId, TopicPartition};
use crate::journal::{Happening, Remap};
use crate::key::KeyId;
use crate::member::InHand;
use crate::sorted::SortedMap;
use crate::spec::OffsetReset;
use crate::world::World;

impl World {
    /// A topic has more partitions, of which its producers are yet to hear.
    pub(super) fn note_growth(&mut self, topic: TopicId, before: u32, after: u32) {
        let growth = Growth { at: self.now, after, heard: SortedMap::new() };
        let Some(t) = self.topics.get_mut(topic.0 as usize) else { return };
        t.growths.push(Rc::new(growth));
        if t.growths.len() > KEPT {
            t.growths.remove(0);
        }
        let producers: Vec<ProducerId> = self.producers.keys().copied().collect();
        for id in producers {
            let Some(producer) = self.producers.get_mut(&id) else { continue };
            // Who has sent nothing there asks before its first record.
            if producer.reached.iter().any(|to| to.topic == topic) {
                producer.unheard.get_or_insert_with(topic, || before);
                self.await_partitions(id);
            }
        }
    }

    /// A producer goes by all partitions of a topic from now on: notes where the last record of each key is, and which
    /// keys go elsewhere.
    #[inline(never)]
    pub(super) fn hear_of_growth(&mut self, id: ProducerId, topic: TopicId, before: u32) {
        let Some(producer) = self.producers.get(&id) else { return };
        let Some(t) = self.topic(topic) else { return };
        let (at, after, client) = (self.now, t.partition_count(), producer.client);
        let mut heard = Heard { at, before, sent: producer.sent, last: SortedMap::new() };
        for (partition, log) in (0..before).zip(&t.partitions) {
            let records = (log.start()..).zip(log.records()).filter(|(_, record)| record.producer == id);
            for (offset, record) in records {
                let Some(key) = record.key else { continue };
                heard.note(key, LastOfKey { partition, offset, number: record.number });
            }
        }
        let place = |key: KeyId, count| client.place(Some(self.key(key).text.as_bytes()), count);
        // A client that goes round all partitions promises nothing about keys.
        heard.last.retain(|key, _| place(*key, before).is_some());
        let mut remap = Remap { at, topic, producer: producer.name.clone(), moved: Vec::new(), stay: 0 };
        for key in heard.last.keys() {
            match (place(*key, before), place(*key, after)) {
                (Some(old), Some(new)) if old.partition != new.partition => {
                    remap.moved.push((*key, old.partition, new.partition));
                }
                _ => remap.stay += 1,
            }
        }
        let what = Happening::PartitionsHeard { producer: producer.name.clone(), topic: t.name.clone(), before, after };
        self.journal.tell(at, what);
        self.journal.remap(remap);
        let growth = self.topics.get_mut(topic.0 as usize).and_then(|t| t.growths.last_mut());
        growth.into_iter().for_each(|growth| _ = Rc::make_mut(growth).heard.insert(id, heard.clone()));
    }

    /// A batch was stored from `offset` on in a topic that has grown: it may be from before its producer heard of that.
    #[inline(never)]
    pub(super) fn note_from_before(&mut self, id: ProducerId, batch: &Batch, offset: u64) {
        let TopicPartition { topic, partition } = batch.to;
        let Some(client) = self.producers.get(&id).map(|producer| producer.client) else { return };
        let (keys, Some(t)) = (&self.keys, self.topics.get_mut(topic.0 as usize)) else { return };
        for growth in &mut t.growths {
            if growth.heard.get(&id).is_none_or(|heard| heard.sent <= batch.records.first().number) {
                continue;
            }
            let Some(heard) = Rc::make_mut(growth).heard.get_mut(&id) else { continue };
            for (offset, record) in (offset..).zip(batch.records.iter()) {
                let key = record.key.filter(|key| client.hashed(Some(keys.at(*key).text.as_bytes())).is_some());
                key.into_iter().for_each(|key| heard.note(key, LastOfKey { partition, offset, number: record.number }));
            }
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
            let Some(heard) = growth.heard.get(&record.producer) else { continue };
            let Some(last) = heard.last.get(&key) else { continue };
            let earlier = TopicPartition { partition: last.partition, ..done.from };
            if earlier == done.from || last.number >= record.number {
                continue;
            }
            let is_there = self.record(earlier, last.offset).is_some_and(|there| there.number == last.number);
            if is_there && g.has_yet_to_process(earlier, last.offset) {
                let (before, after, offset) = (heard.before, growth.after, last.offset);
                let broken = Broken::OrderByPartitions { earlier, offset, before, after, heard: heard.at };
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
