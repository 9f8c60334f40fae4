//! States that should not last, as the world sees them from above: consumers without a partition, lags that grow.

use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::alarm::{Alarm, Broken};
use crate::group::Group;
use crate::ids::{GroupId, MemberId, TopicPartition};
use crate::member::Member;
use crate::message::Event;
use crate::sorted::SortedSet;
use crate::time::Time;
use crate::trend::{GROWN_FOR, SAMPLE, Turn};
use crate::world::World;

impl World {
    /// A group is stable again, after a rebalance that `began` then: who has nothing has nothing to do.
    pub(super) fn watch_idle(&mut self, group: GroupId, began: Time) {
        let now = self.now;
        let Some(g) = self.groups.get(&group) else { return };
        let has_none = |m: &Member| m.registered && m.stays() && m.cursors.is_empty() && !m.must_rejoin;
        let idle: SortedSet<Rc<str>> = g.members.values().filter(|m| has_none(m)).map(|m| m.name.clone()).collect();
        let is_idle = |alarm: &Alarm| alarm.member.as_ref().is_some_and(|name| idle.contains(name));
        self.journal.end_alarms(now, &g.name, |alarm| matches!(alarm.broken, Broken::Idle { .. }) && !is_idle(alarm));
        for m in g.members.values().filter(|m| has_none(m)) {
            let is_known = |alarm: &Alarm| {
                let is_mine = alarm.group.as_ref() == Some(&g.name) && alarm.member.as_ref() == Some(&m.name);
                alarm.lasts() && is_mine && matches!(alarm.broken, Broken::Idle { .. })
            };
            if self.journal.alarms.iter().any(is_known) {
                continue;
            }
            let topics = g.topics_of(m);
            let partitions = topics.iter().filter_map(|topic| self.topics.get(topic.0 as usize));
            let partitions = partitions.map(|topic| topic.partition_count()).sum();
            let shares = |other: &&Member| g.topics_of(other).iter().any(|topic| topics.contains(topic));
            // `limits::MAX_MEMBERS` keeps this far below 2^32.
            let members = g.registered().map(|(_, other)| other).filter(shares).count() as u32;
            self.journal.alarm(Alarm {
                at: now,
                since: began,
                until: None,
                partition: None,
                offset: None,
                key: None,
                records: 0,
                group: Some(g.name.clone()),
                member: Some(m.name.clone()),
                broken: Broken::Idle { members, partitions },
            });
        }
    }

    /// A member goes: it waits for nothing any more.
    pub(super) fn watch_gone(&mut self, group: GroupId, member: MemberId) {
        let Some(g) = self.groups.get(&group) else { return };
        let Some(m) = g.members.get(&member) else { return };
        self.journal.end_alarms(self.now, &g.name, |alarm| {
            matches!(alarm.broken, Broken::Idle { .. }) && alarm.member.as_ref() == Some(&m.name)
        });
    }

    /// Every so often the world looks how far groups are behind.
    #[inline(never)]
    pub(super) fn on_lag_check(&mut self) {
        let mut turns: Vec<(GroupId, TopicPartition, Turn)> = Vec::new();
        for (group, g) in self.groups.iter_mut() {
            for (at, delivery) in g.delivery.iter_mut() {
                let log = self.topics.get(at.topic.0 as usize).and_then(|t| t.partitions.get(at.partition as usize));
                let turn = log.and_then(|log| delivery.trend.look(log.high_watermark(), delivery.next));
                turns.extend(turn.map(|turn| (*group, *at, turn)));
            }
        }
        for (group, at, turn) in turns {
            self.turn_lag(group, at, turn);
        }
        self.send_after(SAMPLE, Event::LagCheck);
    }

    #[inline(never)]
    fn turn_lag(&mut self, group: GroupId, at: TopicPartition, turn: Turn) {
        let now = self.now;
        self.changes.lanes.insert(at);
        let Some(g) = self.groups.get(&group) else { return };
        match turn {
            Turn::Ends => self.journal.end_alarms(now, &g.name, |alarm| {
                matches!(alarm.broken, Broken::LagGrowing { .. }) && alarm.partition == Some(at)
            }),
            Turn::Grows { arrived, processed } => {
                let Some(alarm) = self.lag_alarm(g, at, Broken::LagGrowing { arrived, processed }) else { return };
                self.journal.alarm(alarm);
            }
        }
    }

    fn lag_alarm(&self, g: &Group, at: TopicPartition, broken: Broken) -> Option<Alarm> {
        let next = g.delivery.get(&at)?.next;
        let log = self.log(at)?;
        let key = log.record(next).and_then(|record| record.key);
        Some(Alarm {
            since: Time(self.now.0.saturating_sub(GROWN_FOR.0)),
            records: log.high_watermark().saturating_sub(next),
            group: Some(g.name.clone()),
            member: g.reader_of(at).map(|(_, m)| m.name.clone()),
            ..Alarm::of_record(self.now, at, next, key, broken)
        })
    }
}
