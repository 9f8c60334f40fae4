//! Brokers and copies on cards.

use kafka_lanes_core::{Action, BrokerAct, BrokerId, BrokerStatus, Log, World};
use kafka_lanes_scene::describe::partition_name;
use kafka_lanes_scene::{broker_state, in_sync, trouble};
use kafka_lanes_words::{Catalogue, Fact};

use super::{Act, Card};

/// A broker: how it is, what it leads, and what can be done to it.
pub(super) fn broker(world: &World, words: &dyn Catalogue, id: BrokerId) -> Option<Card> {
    let broker = world.broker(id)?;
    let [state, _] = words.broker_state(broker_state(world, id, broker));
    let named = |has: &dyn Fn(&Log) -> bool| {
        let lanes = world.partitions().filter(|(_, log)| has(log));
        let names: Vec<String> = lanes.map(|(at, _)| partition_name(world, at)).collect();
        if names.is_empty() { "–".into() } else { names.join(", ") }
    };
    let leads = named(&|log| log.replication().leader == Some(id));
    let in_sync = named(&|log| log.replication().isr.contains(&id));
    let lags = named(&|log| {
        let copies = log.replication();
        copies.replicas.iter().any(|replica| replica.broker == id) && !copies.isr.contains(&id)
    });
    let acts = BrokerAct::ALL.into_iter().filter(|act| match broker.status {
        BrokerStatus::Running => *act != BrokerAct::Start || broker.stalled,
        BrokerStatus::Hung => matches!(act, BrokerAct::Start | BrokerAct::Kill),
        BrokerStatus::Starting => *act == BrokerAct::Kill,
        BrokerStatus::Down => *act == BrokerAct::Start,
    });
    let acts = acts.map(|act| {
        let button = if act == BrokerAct::Kill { Act::danger } else { Act::new };
        button(words.broker_act(id.0, act), Action::Broker { broker: id.0, act })
    });
    Some(Card {
        title: words.broker(id.0),
        subtitle: state,
        facts: vec![
            (words.fact(Fact::Leads), leads),
            (words.fact(Fact::InSync), in_sync),
            (words.fact(Fact::NotInSync), lags),
        ],
        lines: vec![words.broker_about().into()],
        acts: acts.collect(),
        ..Card::default()
    })
}

/// Who has copies of a lane, and what is the matter with them; nothing where there is but one.
pub(super) fn copies(world: &World, words: &dyn Catalogue, log: &Log) -> (Vec<(&'static str, String)>, Option<String>) {
    let copies = log.replication();
    if copies.replicas.len() < 2 {
        return (Vec::new(), None);
    }
    let or_none = |text: String| if text.is_empty() { "–".into() } else { text };
    let facts = vec![
        (words.fact(Fact::Leader), copies.leader.map_or_else(|| "–".into(), |broker| words.broker(broker.0))),
        (words.fact(Fact::InSync), or_none(in_sync(copies, true))),
        (words.fact(Fact::NotInSync), or_none(in_sync(copies, false))),
        (words.fact(Fact::MinInSync), copies.min_isr.to_string()),
    ];
    let matter = trouble(world, log).map(|trouble| {
        let [long, _] = words.trouble(trouble);
        words.sentence(&long)
    });
    (facts, matter)
}

/// What a first visitor may do to a broker: start the one that is down, else kill the second.
pub(super) fn tries(world: &World, words: &dyn Catalogue) -> Option<Act> {
    world.brokers().nth(1)?;
    let down = world.brokers().find(|(_, broker)| broker.status == BrokerStatus::Down);
    let (id, act) = match down {
        Some((id, _)) => (id, BrokerAct::Start),
        None => (world.brokers().filter(|(_, broker)| broker.is_running()).nth(1)?.0, BrokerAct::Kill),
    };
    Some(Act::new(words.broker_act(id.0, act), Action::Broker { broker: id.0, act }))
}
