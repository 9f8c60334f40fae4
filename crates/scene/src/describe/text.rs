use kafka_lanes_core::sorted::SortedMap;
use kafka_lanes_core::{Alarm, Batch, Broken, Group, Producer, Standing, Status, TopicId, TopicPartition, World};
use kafka_lanes_words::{BrokerState, Catalogue};

use crate::brokers::{is_drawn, state};
use crate::copies::trouble;

/// So many producers, topics, groups, members or lanes are told one by one; the tables have the rest.
const TOLD: usize = 8;

/// A short description, a paragraph a line: who sends, the topics and their lanes, who reads what in each
/// group, who is behind, who is idle, and what happened last.
pub fn text(world: &World, words: &dyn Catalogue) -> String {
    let teller = Teller { world, words };
    let mut lines = vec![words.moment_of(world.now())];
    if world.topics().next().is_none() && world.services().next().is_none() {
        lines.push(words.nothing_here());
    }
    if world.services().next().is_some() {
        lines.extend(teller.services());
    }
    lines.extend(teller.each(world.producers().map(|(_, producer)| producer), |p| teller.producer(p)));
    lines.extend(teller.each(world.topics(), |(id, _)| teller.topic(id)));
    lines.extend(teller.brokers());
    lines.extend(teller.each(world.groups().map(|(_, group)| group), |group| teller.group(group)));
    if let Some(last) = world.journal().entries.back() {
        lines.push(words.last_happening(last.at, &words.happening(world, &last.what)));
    }
    let newest = world
        .journal()
        .alarms
        .iter()
        .rev()
        .take(TOLD)
        .map(|alarm| words.alarm_at(alarm.at, &words.alarm(world, alarm)));
    lines.extend(newest);
    lines.join("\n")
}

/// What happened last, as one sentence; nothing has at the beginning.
pub fn just_now(world: &World, words: &dyn Catalogue) -> Option<String> {
    // That a consumer is idle follows from a rebalance, which tells more.
    let is_news = |alarm: &&Alarm| !matches!(alarm.broken, Broken::Idle { .. });
    let (last, alarm) = (world.journal().entries.back(), world.journal().alarms.iter().rev().find(is_news));
    match (last, alarm) {
        (last, Some(alarm)) if last.is_none_or(|last| last.at <= alarm.at) => Some(words.alarm(world, alarm)),
        (last, _) => last.map(|last| words.happening(world, &last.what)),
    }
}

struct Teller<'a> {
    world: &'a World,
    words: &'a dyn Catalogue,
}

impl Teller<'_> {
    /// A line for each of the first few, and one for the rest.
    fn each<T>(&self, things: impl Iterator<Item = T>, line: impl Fn(T) -> String) -> Vec<String> {
        let mut things = things.fuse();
        let mut lines: Vec<String> = things.by_ref().take(TOLD).map(line).collect();
        let others = things.count();
        if others > 0 {
            lines.push(self.words.and_others(others));
        }
        lines
    }

    fn list(&self, names: impl Iterator<Item = String>) -> String {
        let mut names = names.fuse();
        let told: Vec<String> = names.by_ref().take(TOLD).collect();
        self.words.list(&told, names.count())
    }

    fn topics(&self, ids: &[TopicId]) -> String {
        self.list(ids.iter().filter_map(|id| self.world.topic(*id)).map(|topic| topic.name.to_string()))
    }

    /// With its topic's name where there are several topics.
    fn lane(&self, partition: TopicPartition) -> String {
        let several = self.world.topics().nth(1).is_some();
        let topic = self.world.topic(partition.topic).filter(|_| several);
        self.words.lane_of(topic.map(|topic| &*topic.name), partition.partition)
    }

    fn lanes(&self, partitions: impl Iterator<Item = TopicPartition>) -> String {
        self.list(partitions.map(|partition| self.lane(partition)))
    }

    /// How the brokers are that do not work, and what that does to lanes; nothing where there is but one broker.
    #[inline(never)]
    fn brokers(&self) -> Vec<String> {
        let (world, words) = (self.world, self.words);
        if !is_drawn(world) {
            return Vec::new();
        }
        let states = world.brokers().map(|(id, broker)| (id, state(world, id, broker)));
        let not_working = states.filter(|(_, state)| !matches!(state, BrokerState::Leads(_)));
        let told = not_working.map(|(id, state)| {
            let [long, _] = words.broker_state(state);
            words.name_broker(id.0, &long)
        });
        let mut told = told.peekable();
        let told = told.peek().is_some().then(|| self.list(told));
        let mut lines = vec![words.brokers_are(world.brokers().count(), &told.unwrap_or_default())];
        let in_trouble = world.partitions().filter_map(|(at, log)| Some((at, trouble(world, log)?)));
        lines.extend(self.each(in_trouble, |(at, trouble)| {
            let [long, _] = words.trouble(trouble);
            words.lane_in_trouble(&self.lane(at), &long)
        }));
        lines
    }

    /// The services that call each other directly.
    #[inline(never)]
    fn services(&self) -> Vec<String> {
        self.each(self.world.services().map(|(_, service)| service), |service| {
            let called = service.calls.iter().filter_map(|link| self.world.service(link.to));
            let called = called.map(|service| service.name.to_string());
            let calls = if service.calls.is_empty() { String::new() } else { self.list(called) };
            self.words.service_does(service, &calls)
        })
    }

    fn producer(&self, producer: &Producer) -> String {
        let mut line =
            self.words.producer_sends(&producer.name, &self.topics(&producer.topics), producer.rate.0, producer.sent);
        if let Some(last) = producer.last {
            let key = match last.key.map(|key| &self.world.key(key).text) {
                None => self.words.no_key(),
                Some(text) if text.is_empty() => self.words.empty_key(),
                Some(text) => text.to_string(),
            };
            line.push(' ');
            line.push_str(&self.words.last_sent(&key, &self.lane(last.to)));
        }
        line
    }

    fn topic(&self, id: TopicId) -> String {
        let Some(topic) = self.world.topic(id) else { return String::new() };
        let records = topic.partitions.iter().map(|log| log.end() - log.start()).sum();
        let batches = self.world.produce_requests().flat_map(|request| request.batches.iter());
        let under_way = batches.filter(|batch| batch.to.topic == id).map(Batch::len).sum();
        self.words.topic_holds(&topic.name, u64::from(topic.partition_count()), records, under_way)
    }

    fn group(&self, group: &Group) -> String {
        let words = self.words;
        // Who was refused, or put out, is none of its members.
        let is_out =
            |standing| matches!(standing, Standing::PutOut | Standing::Out | Standing::As(Status::Refused { .. }));
        let consumers = group.members.values().filter(|m| !is_out(group.standing_of(m))).count();
        let mut line =
            vec![words.group_reads(&group.name, &self.topics(&group.topics), consumers as u64, group.decides())];
        if !group.phase.is_settled() {
            line.push(words.group_is_rebalancing(&group.name));
        }
        line.extend(self.each(group.members.values(), |member| {
            let standing = group.standing_of(member);
            if member.cursors.is_empty() {
                return words.member_stands(&member.name, standing, "");
            }
            let lanes = self.lanes(member.cursors.keys().copied());
            match standing {
                Standing::PutOut | Standing::Closing => words.member_stands(&member.name, standing, &lanes),
                _ => words.member_reads(&member.name, &lanes),
            }
        }));
        line.extend(self.unread(group));
        line.push(self.behind(group));
        line.join(" ")
    }

    /// Lanes without a reader, where the group has members at all.
    fn unread(&self, group: &Group) -> Option<String> {
        let mine = self.world.partitions().map(|(partition, _)| partition).filter(|p| group.reads(p.topic));
        let mut unread = mine.filter(|partition| group.reader_of(*partition).is_none()).peekable();
        unread.peek()?;
        (!group.members.is_empty()).then(|| self.words.nobody_reads_these(&self.lanes(unread)))
    }

    /// Lag as Kafka's tools count it: where nothing is committed there is none. Of those lanes the ones with records are told.
    fn behind(&self, group: &Group) -> String {
        let (mut lags, mut without, mut lanes) = (SortedMap::new(), Vec::new(), 0);
        for (partition, log) in self.world.partitions().filter(|(partition, _)| group.reads(partition.topic)) {
            lanes += 1;
            match group.lag(partition, log.high_watermark()) {
                Some(lag) => _ = lags.insert(partition, lag),
                None if log.high_watermark() > log.start() => without.push(partition),
                None => {}
            }
        }
        let behind: u64 = lags.values().sum();
        if behind == 0 && !without.is_empty() {
            return self.without_commit(group, &without, lags.is_empty());
        }
        let most = lags.iter().rev().max_by_key(|(_, lag)| **lag).filter(|_| lanes > 1);
        let most = most.map(|(partition, lag)| (self.lane(*partition), *lag));
        let most = most.as_ref().map(|(lane, lag)| (&**lane, *lag));
        let behind = self.words.group_is_behind(&group.name, behind, most);
        if without.is_empty() { behind } else { format!("{behind} {}", self.without_commit(group, &without, false)) }
    }

    #[inline(never)]
    fn without_commit(&self, group: &Group, lanes: &[TopicPartition], all: bool) -> String {
        let lanes = if all { String::new() } else { self.lanes(lanes.iter().copied()) };
        self.words.group_without_commit(&group.name, &lanes)
    }
}
