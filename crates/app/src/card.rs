//! What a card says about the thing that was chosen, read from the world: data, so that it is tested natively.

mod assignors;
mod cluster;
mod services;

use kafka_lanes_core::partitioner::Placement;
use kafka_lanes_core::spec::{Acks, Assignment, Assignors, Rate};
use kafka_lanes_core::{
    Action, Group, GroupId, KeyId, Member, MemberId, Producer, ProducerId, Span, Standing, Status, TopicId,
    TopicPartition, World,
};
use kafka_lanes_scene::Target;
use kafka_lanes_scene::describe::partition_name;
use kafka_lanes_words::{Catalogue, Fact};

use crate::clock::clock;

/// A card: a title, facts, and what can be done.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Card {
    pub(crate) title: String,
    pub(crate) subtitle: String,
    /// What leads to the arithmetic.
    pub(crate) lead: Option<String>,
    /// The arithmetic from a key to its lane, step by step.
    pub(crate) chain: Vec<(String, String)>,
    pub(crate) facts: Vec<(&'static str, String)>,
    pub(crate) lines: Vec<String>,
    pub(crate) acts: Vec<Act>,
    /// More that can be done: other values of a setting.
    pub(crate) choices: Vec<Choice>,
    /// A field for a key, and who sends it.
    pub(crate) sends: Option<String>,
}

/// A button of a card.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Act {
    pub(crate) label: String,
    pub(crate) is_danger: bool,
    pub(crate) action: Action,
}

/// A setting, and a button for each other value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Choice {
    pub(crate) setting: &'static str,
    pub(crate) acts: Vec<Act>,
}

impl Act {
    pub(crate) fn new(label: impl Into<String>, action: Action) -> Self {
        Self { label: label.into(), is_danger: false, action }
    }

    fn danger(label: impl Into<String>, action: Action) -> Self {
        Self { label: label.into(), is_danger: true, action }
    }
}

/// How long a consumer stands still at the press of a button: longer than a session of the teaching scale.
const STOP: Span = Span::from_secs(8);

/// The cards for what was chosen; none where it is gone.
pub(crate) fn cards(world: &World, words: &dyn Catalogue, target: &Target) -> Vec<Card> {
    let card = match *target {
        Target::Producer(id) | Target::KeyButton(id, _) => world.producer(id).map(|p| producer(world, words, id, p)),
        Target::Topic(id) => topic(world, words, id),
        Target::Partition(at) => partition(world, words, at),
        Target::Record(at, offset) => record(world, words, at, offset),
        Target::Group(id) => world.group(id).map(|g| group(world, words, g)),
        Target::Member(group, id) => member(world, words, group, id),
        Target::Broker(id) => cluster::broker(world, words, id),
        Target::Service(id) => services::service(world, words, id),
        Target::Call(from, to) => services::call(world, words, from, to),
        Target::Cursor(group, at) | Target::Route(group, at) => cursor(world, words, group, at),
        _ => None,
    };
    card.into_iter().collect()
}

/// What a first visitor may try with one click.
pub(crate) fn tries(world: &World, words: &dyn Catalogue) -> Vec<Act> {
    let mut acts: Vec<Act> = cluster::tries(world, words).into_iter().collect();
    if let Some((_, group)) = world.groups().next() {
        let name = group.name.to_string();
        acts.push(Act::new(words.add_consumer(&name), Action::AddConsumer { group: name, name: None }));
    }
    let alive = |group: &Group| group.members.values().filter(|m| m.stays()).count();
    let victim = world.groups().find(|(_, group)| alive(group) == 2).or_else(|| world.groups().next());
    if let Some((_, group)) = victim
        && let Some(member) = group.members.values().rfind(|m| m.stays())
    {
        let (group, name) = (group.name.to_string(), member.name.to_string());
        acts.push(Act::new(words.crash(&name), Action::CrashConsumer { group, name }));
    }
    if let Some((id, _)) = world.topics().next() {
        acts.extend(add_lane(world, words, id));
    }
    acts.push(Act::new(words.add_group(), Action::AddGroup { name: None, topics: Vec::new() }));
    acts.push(Act::new(words.add_producer(), Action::AddProducer { name: None, topics: Vec::new() }));
    acts
}

fn add_lane(world: &World, words: &dyn Catalogue, id: TopicId) -> Option<Act> {
    let topic = world.topic(id)?;
    let action = Action::SetPartitions { topic: topic.name.to_string(), partitions: topic.partition_count() + 1 };
    Some(Act::new(words.add_lane(&topic.name), action))
}

fn producer(world: &World, words: &dyn Catalogue, id: ProducerId, producer: &Producer) -> Card {
    let name = producer.name.to_string();
    let counts = producer.topics.iter().filter_map(|topic| Some((*topic, world.topic(*topic)?)));
    let lines = counts.filter_map(|(at, topic)| {
        let (knows, has) = (world.partitions_known(id, at), topic.partition_count());
        (knows < has).then(|| words.knows_fewer(&topic.name, knows, has))
    });
    let mut card = Card {
        title: name.clone(),
        subtitle: words.producer().into(),
        facts: vec![
            (words.fact(Fact::Rate), words.rate(producer.rate.0)),
            (words.fact(Fact::Sent), producer.sent.to_string()),
            (words.fact(Fact::Acknowledged), producer.acked.to_string()),
            (words.fact(Fact::Client), producer.client.name().into()),
            (words.fact(Fact::Acks), producer.delivery.acks.name().into()),
        ],
        lines: lines.collect(),
        sends: Some(name.clone()),
        ..Card::default()
    };
    if let Some(sent) = producer.last
        && let (Some(key), Some(placement)) = (sent.key, sent.placement)
    {
        card.lead = Some(words.why_there(&world.key(key).text, sent.to.partition));
        card.chain = chain(words, &world.key(key).text, placement);
    }
    let rate = |rate: Rate| Action::SetRate { producer: name.clone(), rate };
    card.acts = vec![
        Act::new(words.faster(), rate(Rate(producer.rate.0.max(500) * 2))),
        Act::new(words.slower(), rate(Rate(producer.rate.0 / 2))),
    ];
    let other_acks = [Acks::None, Acks::Leader, Acks::All].into_iter().filter(|acks| *acks != producer.delivery.acks);
    card.acts.extend(
        other_acks
            .map(|acks| Act::new(words.wait_for_acks(acks.name()), Action::SetAcks { producer: name.clone(), acks })),
    );
    card.acts.push(Act::danger(words.remove(&name), Action::RemoveProducer { name: name.clone() }));
    card
}

/// `murmur2("order-42") & 0x7fffffff mod 3`, each number shown; or what another client has in its place.
pub(crate) fn chain(words: &dyn Catalogue, key: &str, placement: Placement) -> Vec<(String, String)> {
    let step = |fact: Fact, value: String| (words.fact(fact).to_string(), value);
    let arithmetic = placement.arithmetic;
    let mut steps = vec![
        step(Fact::Key, key.to_string()),
        step(Fact::Bytes, hex(key.as_bytes())),
        (words.hash_name(arithmetic.function).into(), placement.hash.to_string()),
    ];
    if let Some(dropped) = words.sign_dropped(arithmetic.sign) {
        steps.push((dropped.into(), placement.dividend.to_string()));
    }
    steps.push((format!("{} {}", words.fact(Fact::Modulo), placement.partitions), placement.remainder().to_string()));
    steps.push(step(Fact::Lane, format!("Partition {}", placement.partition)));
    steps
}

/// The first bytes as hexadecimal; a long key is cut, and says so.
fn hex(bytes: &[u8]) -> String {
    const SHOWN: usize = 32;
    let mut text: Vec<String> = bytes.iter().take(SHOWN).map(|byte| format!("{byte:02x}")).collect();
    if bytes.len() > SHOWN {
        text.push("…".into());
    }
    text.join(" ")
}

fn topic(world: &World, words: &dyn Catalogue, id: TopicId) -> Option<Card> {
    let topic = world.topic(id)?;
    let kept: u64 = topic.partitions.iter().map(|log| log.end() - log.start()).sum();
    Some(Card {
        title: topic.name.to_string(),
        subtitle: words.topic().into(),
        facts: vec![
            (words.fact(Fact::Partitions), topic.partition_count().to_string()),
            (words.fact(Fact::Records), kept.to_string()),
        ],
        lines: vec![words.reading_keeps().into()],
        acts: add_lane(world, words, id).into_iter().collect(),
        ..Card::default()
    })
}

fn partition(world: &World, words: &dyn Catalogue, at: TopicPartition) -> Option<Card> {
    let (topic, log) = (world.topic(at.topic)?, world.log(at)?);
    let (copies, matter) = cluster::copies(world, words, log);
    let mut facts = vec![
        (words.fact(Fact::LogStart), log.start().to_string()),
        (words.fact(Fact::HighWatermark), log.high_watermark().to_string()),
        (words.fact(Fact::LogEnd), log.end().to_string()),
    ];
    for (_, group) in world.groups().filter(|(_, group)| group.reads(at.topic)) {
        let lag = group.lag(at, log.high_watermark()).map_or_else(|| "–".into(), |lag| lag.to_string());
        facts.push((words.fact(Fact::Lag), format!("{lag} ({})", group.name)));
    }
    facts.extend(copies);
    Some(Card {
        title: format!("Partition {}", at.partition),
        subtitle: words.in_group(&topic.name),
        facts,
        lines: matter.into_iter().chain([words.reading_keeps().to_string()]).collect(),
        acts: add_lane(world, words, at.topic).into_iter().collect(),
        ..Card::default()
    })
}

fn record(world: &World, words: &dyn Catalogue, at: TopicPartition, offset: u64) -> Option<Card> {
    let record = world.record(at, offset)?;
    // As its producer's client would place it now; who sent it may be gone.
    let client = world.producer(record.producer).map(|producer| producer.client).unwrap_or_default();
    let count = world.partitions_known(record.producer, at.topic);
    let placement = |key: KeyId| client.place(Some(world.key(key).text.as_bytes()), count);
    let keyed = record.key.and_then(|key| Some((key, placement(key)?)));
    let producer = world.producer(record.producer).map_or_else(|| "–".into(), |p| p.name.to_string());
    let mut lines = Vec::new();
    let chain = match keyed {
        None => Vec::new(),
        Some((key, placement)) if placement.partition == at.partition => chain(words, &world.key(key).text, placement),
        Some(_) => {
            lines.push(words.other_lane_count().into());
            Vec::new()
        }
    };
    lines.extend(
        world
            .groups()
            .filter(|(_, group)| group.reads(at.topic))
            .map(|(_, group)| who_has_read(words, group, at, offset)),
    );
    lines.push(words.reading_keeps().into());
    Some(Card {
        title: words.record_title(offset, at.partition),
        subtitle: words.sent_by(&producer, &clock(record.timestamp)),
        chain,
        lines,
        ..Card::default()
    })
}

fn who_has_read(words: &dyn Catalogue, group: &Group, at: TopicPartition, offset: u64) -> String {
    let committed = group.committed.get(&at).copied().unwrap_or(0);
    if offset < committed {
        return words.has_read(&group.name);
    }
    let holder = group.reader_of(at).map(|(_, member)| member);
    let in_hand = holder.and_then(|m| m.in_hand.map(|hand| (m, hand)));
    if let Some((member, _)) = in_hand.filter(|(_, hand)| hand.from == at && hand.offset == offset) {
        return words.has_in_hand(&group.name, &member.name);
    }
    let position = group.position(at).unwrap_or(committed);
    if offset < position { words.has_polled(&group.name) } else { words.still_to_read(&group.name, offset - position) }
}

fn group(world: &World, words: &dyn Catalogue, group: &Group) -> Card {
    let name = group.name.to_string();
    let mut card = Card {
        title: name.clone(),
        subtitle: words.consumer_group().into(),
        facts: vec![
            (words.fact(Fact::Members), group.members.len().to_string()),
            (words.fact(Fact::Lag), total_lag(world, words, group)),
        ],
        ..Card::default()
    };
    match group.assignment {
        Assignment::Manual => card.lines.push(words.manual_group().into()),
        assignment => {
            let (all, chosen) = (assignment.to_string(), group.decides().to_string());
            let shown = if all == chosen { all } else { format!("{all} → {chosen}") };
            card.facts.push((words.fact(assignors::setting(assignment)), shown));
            card.facts.push((words.fact(Fact::Generation), group.generation.to_string()));
        }
    }
    let add = Action::AddConsumer { group: name.clone(), name: None };
    card.acts.push(Act::new(words.add_consumer(&name), add));
    card.acts.push(Act::danger(words.remove(&name), Action::RemoveGroup { name }));
    card.choices = assignors::choices(words, group);
    card
}

/// Of what is committed, as in the table: where nothing is, there is no lag.
fn total_lag(world: &World, words: &dyn Catalogue, group: &Group) -> String {
    let read = world.partitions().filter(|(at, _)| group.reads(at.topic));
    let lags = read.filter_map(|(at, log)| group.lag(at, log.high_watermark()));
    lags.reduce(|one, other| one + other).map_or_else(|| words.none().into(), |lag| lag.to_string())
}

fn member(world: &World, words: &dyn Catalogue, group: GroupId, id: MemberId) -> Option<Card> {
    let group = world.group(group)?;
    let member = group.members.get(&id)?;
    let (group_name, name) = (group.name.to_string(), member.name.to_string());
    let processing = group.processing_of(member);
    let set = |processing: Span| Action::SetProcessing {
        group: group_name.clone(),
        consumer: Some(name.clone()),
        processing,
    };
    let mut facts = vec![
        (words.fact(Fact::Owns), owned(world, words, member)),
        (words.fact(Fact::Processed), member.processed.to_string()),
        (words.fact(Fact::Processing), processing.to_string()),
    ];
    for at in member.cursors.keys() {
        facts.extend(cursor_facts(world, words, group, *at));
    }
    let mut card = Card { title: name.clone(), subtitle: words.in_group(&group_name), facts, ..Card::default() };
    let stood = world.journal().rebalances.iter().rev().find(|r| r.group_name == group.name && r.ended.is_some());
    if let Some(stood) = stood.and_then(|r| r.paused.get(&member.name)) {
        card.facts.push((words.fact(Fact::Standstill), stood.to_string()));
    }
    let refused = matches!(member.status, Status::Refused { .. });
    let standing = group.standing_of(member);
    if refused || matches!(standing, Standing::PutOut | Standing::Out | Standing::Closing) {
        card.lines.push(words.member_stands(&name, standing, ""));
    }
    if refused || !member.assignors.is_empty() {
        card.facts.push((words.fact(Fact::Assignor), group.assignors_of(member).to_string()));
    }
    let assignors = Assignors::default();
    let restart =
        Action::RestartConsumer { group: group_name.clone(), name: name.clone(), after: Span::ZERO, assignors };
    let stop = |process| Action::PauseConsumer { group: group_name.clone(), name: name.clone(), span: STOP, process };
    if !member.is_alive() {
        card.acts = vec![Act::new(words.restart(&name), restart)];
    } else {
        card.acts = vec![
            Act::new(words.faster(), set(Span(processing.0 / 2))),
            Act::new(words.slower(), set(Span(processing.0.clamp(10_000, 60_000_000) * 2))),
            Act::new(words.stop_for(&name, STOP), stop(false)),
            Act::new(words.hang_for(&name, STOP), stop(true)),
        ];
        if member.stays() {
            let remove = Action::RemoveConsumer { group: group_name.clone(), name: name.clone() };
            card.acts.extend([Act::new(words.restart(&name), restart), Act::new(words.remove(&name), remove)]);
        }
        let crash = Action::CrashConsumer { group: group_name, name: name.clone() };
        card.acts.push(Act::danger(words.crash(&name), crash));
    }
    Some(card)
}

fn owned(world: &World, words: &dyn Catalogue, member: &Member) -> String {
    if member.cursors.is_empty() {
        return words.owns_nothing().into();
    }
    member.cursors.keys().map(|at| partition_name(world, *at)).collect::<Vec<_>>().join(", ")
}

fn cursor(world: &World, words: &dyn Catalogue, group: GroupId, at: TopicPartition) -> Option<Card> {
    let group = world.group(group)?;
    Some(Card {
        title: format!("Partition {}", at.partition),
        subtitle: words.in_group(&group.name),
        facts: cursor_facts(world, words, group, at),
        lines: vec![words.reading_keeps().into()],
        ..Card::default()
    })
}

fn cursor_facts(
    world: &World,
    words: &dyn Catalogue,
    group: &Group,
    at: TopicPartition,
) -> Vec<(&'static str, String)> {
    let Some(log) = world.log(at) else { return Vec::new() };
    let shown = |n: Option<u64>| n.map_or_else(|| "–".into(), |n| format!("{n} (Partition {})", at.partition));
    vec![
        (words.fact(Fact::Committed), shown(group.committed.get(&at).copied())),
        (words.fact(Fact::Position), shown(group.position(at))),
        (words.fact(Fact::LogEnd), shown(Some(log.end()))),
        (words.fact(Fact::Lag), shown(group.lag(at, log.high_watermark()))),
    ]
}
