//! `at TIME …`: what happens later.

use kafka_lanes_core::spec::{Assignment, Assignors, ConsumerSpec};
use kafka_lanes_core::{Action, BrokerAct, Span, Time};

use super::MAX_SPAN;
use super::cluster::broker_act;
use super::draft::{DraftAction, Name};
use super::line::{Kind, Line, Token};
use super::number;
use super::services::service_status;
use super::statements::Reader;
use super::vocabulary::{
    ADDABLE, ASSIGNORS, Bounds, CONSUMER_OPTIONS, CRASHABLE, HANGABLE, RESTART_OPTIONS, SETTABLE, STOPPABLE, VERBS,
};
use super::want::Want;
use crate::cause::{Cause, Need, Quantity, Thing};
use crate::diagnostic::Place;

/// An action with the places of what it names.
struct Act {
    action: Action,
    subject: Place,
    detail: Place,
    topics: Vec<Place>,
}

impl Act {
    fn on(subject: Place, action: Action) -> Self {
        Self { action, subject, detail: subject, topics: Vec::new() }
    }

    fn with(self, detail: Place) -> Self {
        Self { detail, ..self }
    }
}

impl Reader {
    #[inline(never)]
    pub(super) fn at(&mut self, line: &mut Line) {
        if line.peek().is_none() {
            line.want(Want::Number(Quantity::Span));
            return self.missing(line, Need::Time);
        }
        line.want(Want::Number(Quantity::Span));
        let Some(when) = self.value(line) else { return };
        let too_late = number::span(&when.text).is_ok_and(|span| span > MAX_SPAN);
        let time = if too_late { Some(MAX_SPAN) } else { self.span_of(&when, Bounds::Any) };
        let Some(time) = time else { return };
        let at = line.rest();
        line.want(Want::Words(VERBS));
        let Some(verb) = line.take() else { return self.missing(line, Need::Action) };
        let act = match verb.text.as_str() {
            _ if verb.kind != Kind::Bare => return self.unknown_word(&verb, VERBS),
            "add" => self.add(line),
            "remove" => self.remove(line),
            "crash" => self.crash(line),
            "pause" => self.kind(line, CRASHABLE).and_then(|_| self.pause(line, true)),
            "hang" => self.hang(line),
            "restart" => self.restart(line),
            "set" => self.set(line),
            "send" => self.send(line),
            word @ ("stop" | "start") => self.stop_or_start(line, word),
            word => match broker_act(word) {
                Some(act) => self.broker(line).map(|broker| broker_acts(broker, act)),
                None => return self.unknown_word(&verb, VERBS),
            },
        };
        let Some(Act { action, subject, detail, topics }) = act else { return };
        self.end(line);
        if too_late {
            // However far beyond it is, it is shown as it is written.
            self.diagnostics.push(when.at, Cause::TooLate { at: when.text });
            return;
        }
        let (subject_at, detail_at) = (subject, detail);
        let time = Time::ZERO + time;
        self.draft.actions.push(DraftAction { time, action, at, subject_at, detail_at, topics_at: topics });
    }

    fn add(&mut self, line: &mut Line) -> Option<Act> {
        let what = self.kind(line, ADDABLE)?;
        let at = line.here();
        match what {
            "consumer" => {
                let name = self.name_unless(line, "to", Thing::Consumer)?;
                let group = self.name_after(line, "to", Thing::Group)?;
                let detail = name.as_ref().map_or(at, |name| name.at);
                let (topics, mut places) =
                    if line.at_option() { Default::default() } else { self.topics_after(line, "reads") };
                let mut consumer = ConsumerSpec { topics, ..ConsumerSpec::default() };
                let named = places.len();
                self.options(line, CONSUMER_OPTIONS, |reader, option, line| match option {
                    "reads" => {
                        consumer.assigned.clear();
                        places.truncate(named);
                        for (partition, at) in reader.partitions(line) {
                            consumer.assigned.push(partition);
                            places.push(at);
                        }
                    }
                    "assignor" => consumer.assignors = reader.own_assignors(line),
                    "instance" => consumer.instance = reader.instance(line).or_else(|| consumer.instance.take()),
                    _ => consumer.processing = reader.span(line, Bounds::Any).or(consumer.processing),
                });
                let (group, at, name) = (group.text, group.at, name.map(|name| name.text));
                let action = match name {
                    Some(name) if consumer != ConsumerSpec::default() => {
                        Action::StartConsumer { group, consumer: ConsumerSpec { name, ..consumer } }
                    }
                    name => Action::AddConsumer { group, name },
                };
                Some(Act { topics: places, ..Act::on(at, action).with(detail) })
            }
            "group" => {
                let name = self.name_unless(line, "reads", Thing::Group)?;
                let (topics, places) = self.topics_after(line, "reads");
                let action = Action::AddGroup { name: name.map(|name| name.text), topics };
                Some(Act { topics: places, ..Act::on(at, action) })
            }
            _ => {
                let name = self.name_unless(line, "to", Thing::Producer)?;
                let (topics, places) = self.topics_after(line, "to");
                let action = Action::AddProducer { name: name.map(|name| name.text), topics };
                Some(Act { topics: places, ..Act::on(at, action) })
            }
        }
    }

    fn remove(&mut self, line: &mut Line) -> Option<Act> {
        match self.kind(line, ADDABLE)? {
            "consumer" => {
                let name = self.name(line, Thing::Consumer)?;
                let group = self.name_after(line, "from", Thing::Group)?;
                let action = Action::RemoveConsumer { group: group.text, name: name.text };
                Some(Act::on(group.at, action).with(name.at))
            }
            "group" => {
                let name = self.name(line, Thing::Group)?;
                Some(Act::on(name.at, Action::RemoveGroup { name: name.text }))
            }
            _ => {
                let name = self.name(line, Thing::Producer)?;
                Some(Act::on(name.at, Action::RemoveProducer { name: name.text }))
            }
        }
    }

    fn crash(&mut self, line: &mut Line) -> Option<Act> {
        self.kind(line, CRASHABLE)?;
        let name = self.name(line, Thing::Consumer)?;
        let group = self.name_after(line, "of", Thing::Group)?;
        let action = Action::CrashConsumer { group: group.text, name: name.text };
        Some(Act::on(group.at, action).with(name.at))
    }

    /// `hang consumer …` or `hang broker COUNT`.
    fn hang(&mut self, line: &mut Line) -> Option<Act> {
        match self.kind(line, HANGABLE)? {
            "broker" => Some(broker_acts(self.broker_number(line)?, BrokerAct::Hang)),
            "service" => self.service_acts(line, "hang"),
            _ => self.pause(line, false),
        }
    }

    /// `broker COUNT` or `service NAME`, behind the verb.
    fn stop_or_start(&mut self, line: &mut Line, verb: &str) -> Option<Act> {
        match self.kind(line, STOPPABLE)? {
            "broker" => Some(broker_acts(self.broker_number(line)?, broker_act(verb)?)),
            _ => self.service_acts(line, verb),
        }
    }

    fn service_acts(&mut self, line: &mut Line, verb: &str) -> Option<Act> {
        let service = self.name(line, Thing::Service)?;
        let status = service_status(verb)?;
        Some(Act::on(service.at, Action::Service { service: service.text, status }))
    }

    /// `NAME of NAME for TIME`, behind `pause consumer` or `hang consumer`.
    fn pause(&mut self, line: &mut Line, process: bool) -> Option<Act> {
        let name = self.name(line, Thing::Consumer)?;
        let group = self.name_after(line, "of", Thing::Group)?;
        if !line.take_if("for") {
            self.missing(line, Need::Span("for"));
            return None;
        }
        let span = self.span(line, Bounds::Any)?;
        let action = Action::PauseConsumer { group: group.text, name: name.text, span, process };
        Some(Act::on(group.at, action).with(name.at))
    }

    /// `restart consumer NAME of NAME [ after TIME ] [ assignor=… ]`
    fn restart(&mut self, line: &mut Line) -> Option<Act> {
        self.kind(line, CRASHABLE)?;
        let name = self.name(line, Thing::Consumer)?;
        let group = self.name_after(line, "of", Thing::Group)?;
        let after = if line.take_if("after") { self.span(line, Bounds::Any)? } else { Span::ZERO };
        let mut assignors = Assignors::default();
        self.options(line, RESTART_OPTIONS, |reader, _, line| assignors = reader.own_assignors(line));
        let action = Action::RestartConsumer { group: group.text, name: name.text, after, assignors };
        Some(Act::on(group.at, action).with(name.at))
    }

    fn set(&mut self, line: &mut Line) -> Option<Act> {
        match self.kind(line, SETTABLE)? {
            "partitions" => {
                let topic = self.name(line, Thing::Topic)?;
                let (count, Token { at, .. }) = self.count(line)?;
                let partitions = u32::try_from(count).unwrap_or(u32::MAX);
                Some(Act::on(topic.at, Action::SetPartitions { topic: topic.text, partitions }).with(at))
            }
            "acks" => {
                let producer = self.name(line, Thing::Producer)?;
                let at = line.here();
                let acks = self.acks(line)?;
                Some(Act::on(producer.at, Action::SetAcks { producer: producer.text, acks }).with(at))
            }
            "orders" => {
                let service = self.name(line, Thing::Service)?;
                let rate = self.rate(line)?;
                Some(Act::on(service.at, Action::SetOrders { service: service.text, rate }))
            }
            "rate" => {
                let producer = self.name(line, Thing::Producer)?;
                let rate = self.rate(line)?;
                Some(Act::on(producer.at, Action::SetRate { producer: producer.text, rate }))
            }
            "processing" => {
                let (group, consumer) = self.group_and_consumer(line)?;
                let processing = self.span(line, Bounds::Any)?;
                let detail = consumer.as_ref().map_or(group.at, |consumer| consumer.at);
                let consumer = consumer.map(|consumer| consumer.text);
                let action = Action::SetProcessing { group: group.text, consumer, processing };
                Some(Act::on(group.at, action).with(detail))
            }
            _ => {
                let group = self.name(line, Thing::Group)?;
                let (text, at) = (group.text, group.at);
                let names = self.assignors(line, ASSIGNORS);
                let action = match self.assignment_of(&names, false)? {
                    Assignment::By(assignors) => Action::SetAssignor { group: text, assignors },
                    Assignment::ByBroker(assignor) => Action::SetServerAssignor { group: text, assignor },
                    // Not among the choices.
                    Assignment::Manual => return None,
                };
                Some(Act::on(at, action))
            }
        }
    }

    fn send(&mut self, line: &mut Line) -> Option<Act> {
        line.want(Want::Key);
        let Some(key) = line.take_word() else {
            self.missing(line, Need::Key);
            return None;
        };
        let at = key.at;
        let key = self.key(key)?;
        let producer = self.name_after(line, "from", Thing::Producer)?;
        let topic = if line.take_if("to") { Some(self.name(line, Thing::Topic)?) } else { None };
        let topics = topic.iter().map(|topic| topic.at).collect();
        let action = Action::Send { producer: producer.text, topic: topic.map(|topic| topic.text), key };
        Some(Act { topics, ..Act::on(producer.at, action).with(at) })
    }

    /// Which kind of thing it is done to.
    pub(super) fn kind(&mut self, line: &mut Line, known: &'static [&'static str]) -> Option<&'static str> {
        line.want(Want::Words(known));
        let Some(token) = line.take() else {
            self.missing(line, Need::Action);
            return None;
        };
        let found = known.iter().copied().find(|word| token.is(word));
        if found.is_none() {
            self.unknown_word(&token, known);
        }
        found
    }

    /// A name that may be absent, before `word` or the end. The outer `None`: there is something, and it is no name.
    fn name_unless(&mut self, line: &mut Line, word: &str, thing: Thing) -> Option<Option<Name>> {
        match line.peek() {
            None => Some(None),
            Some(token) if token.is(word) => Some(None),
            Some(_) => self.new_name(line, thing).map(Some),
        }
    }

    fn name_after(&mut self, line: &mut Line, word: &'static str, thing: Thing) -> Option<Name> {
        if !line.take_if(word) {
            self.missing(line, Need::Word(word));
            return None;
        }
        self.name(line, thing)
    }

    /// The topics behind `word`, if it is there.
    fn topics_after(&mut self, line: &mut Line, word: &'static str) -> (Vec<String>, Vec<Place>) {
        let names = if line.take_if(word) { self.names(line, Thing::Topic) } else { Vec::new() };
        names.into_iter().map(|name| (name.text, name.at)).unzip()
    }

    /// `GROUP` or `GROUP/CONSUMER`, each bare or in quotes.
    fn group_and_consumer(&mut self, line: &mut Line) -> Option<(Name, Option<Name>)> {
        line.want(Want::Member);
        let Some(first) = line.take_word() else {
            self.missing(line, Need::Name(Thing::Group));
            return None;
        };
        let (group, behind) = split_bare(first);
        let behind = match behind {
            Some(behind) => behind,
            // The slash may stand behind a closing quotation mark.
            None if line.peek().is_some_and(|token| token.kind == Kind::Bare && token.text.starts_with('/')) => {
                line.want(Want::Name(Thing::Consumer));
                split_bare(line.take()?).1?
            }
            None => return Some((self.named(group)?, None)),
        };
        let consumer = if behind.text.is_empty() { self.consumer_behind(line)? } else { behind };
        Some((self.named(group)?, Some(self.named(consumer)?)))
    }

    fn consumer_behind(&mut self, line: &mut Line) -> Option<Token> {
        line.want(Want::Name(Thing::Consumer));
        self.value(line)
    }
}

fn broker_acts((broker, at): (u32, Place), act: BrokerAct) -> Act {
    Act::on(at, Action::Broker { broker, act })
}

/// What stands before and behind the first slash of a bare word.
fn split_bare(token: Token) -> (Token, Option<Token>) {
    let Some((before, behind)) = token.text.split_once('/').filter(|_| token.kind == Kind::Bare) else {
        return (token, None);
    };
    // A text is at most `MAX_INPUT_BYTES` long.
    let length = before.chars().count() as u32;
    let Place { line, column, length: whole } = token.at;
    let behind_at = Place { line, column: column + length + 1, length: whole.saturating_sub(length + 1) };
    let first = Token { kind: Kind::Bare, text: before.into(), at: Place { line, column, length } };
    (first, Some(Token { kind: Kind::Bare, text: behind.into(), at: behind_at }))
}
