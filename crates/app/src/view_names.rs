//! Things of the picture by names that last: in links, and in the attribute `view`.

use kafka_lanes_core::sorted::SortedSet;
use kafka_lanes_core::{BrokerId, TopicPartition, World};
use kafka_lanes_scenario::link;
use kafka_lanes_scene::{Target, View};

use crate::player::Player;
use crate::speed::Speed;

/// The way in which a world is looked at, for a link: what is not as usual.
pub(crate) fn to_link(player: &Player, view: &View) -> link::View {
    let mut settings = link::View::default();
    let world = player.history().world();
    if player.speed() != Speed::default() {
        settings.set("speed", player.speed().label().trim_start_matches('×'));
    }
    if let Some(name) = view.selected.and_then(|target| name(world, target)) {
        settings.set("selected", &name);
    }
    for name in view.open.iter().filter_map(|target| name(world, *target)) {
        settings.set("open", &name);
    }
    settings
}

/// What of a picture a link selects and opens. What is not there is passed over.
pub(crate) fn from_link(world: &World, settings: &link::View, view: &mut View) {
    view.selected = settings.value("selected").and_then(|name| target(world, name));
    view.open = settings.values("open").filter_map(|name| target(world, name)).collect();
}

/// What the attribute `view` opens: topics and groups by their plain names.
pub(crate) fn opened(world: &World, names: &str) -> SortedSet<Target> {
    names.split(',').filter_map(|name| named(world, name.trim())).collect()
}

/// What the attribute `view` names, and is neither the words nor in the world.
pub(crate) fn unknown<'n>(world: &World, names: &'n str) -> impl Iterator<Item = &'n str> {
    let names = names.split(',').map(str::trim);
    names.filter(|name| !matches!(*name, "" | "words") && named(world, name).is_none())
}

fn named(world: &World, name: &str) -> Option<Target> {
    let topic = world.topics().find(|(_, topic)| *topic.name == *name).map(|(id, _)| Target::Topic(id));
    topic.or_else(|| world.groups().find(|(_, group)| *group.name == *name).map(|(id, _)| Target::Group(id)))
}

/// `topic orders`, `lane orders-0`, `record orders-0 17`, `group billing`, `member billing billing-1`…; none for what no
/// link keeps.
fn name(world: &World, target: Target) -> Option<String> {
    let lane = |at: TopicPartition| Some(format!("{}-{}", world.topic(at.topic)?.name, at.partition));
    Some(match target {
        Target::Topic(id) => format!("topic {}", world.topic(id)?.name),
        Target::Partition(at) => format!("lane {}", lane(at)?),
        Target::Record(at, offset) => format!("record {offset} {}", lane(at)?),
        Target::Group(id) => format!("group {}", world.group(id)?.name),
        Target::Producer(id) => format!("producer {}", world.producer(id)?.name),
        Target::Broker(id) => format!("broker {}", id.0),
        Target::Service(id) => format!("service {}", world.service(id)?.name),
        Target::Member(group, id) => {
            let group = world.group(group)?;
            format!("member {} {}", group.name.chars().count(), [&group.name, &*group.members.get(&id)?.name].concat())
        }
        _ => return None,
    })
}

fn target(world: &World, name: &str) -> Option<Target> {
    let (kind, rest) = name.split_once(' ')?;
    let lane = |text: &str| {
        let (topic, partition) = text.rsplit_once('-')?;
        let at = TopicPartition {
            topic: world.topics().find(|(_, known)| *known.name == *topic)?.0,
            partition: partition.parse().ok()?,
        };
        world.log(at).map(|_| at)
    };
    let group = |text: &str| world.groups().find(|(_, group)| *group.name == *text);
    Some(match kind {
        "topic" => Target::Topic(world.topics().find(|(_, topic)| *topic.name == *rest)?.0),
        "lane" => Target::Partition(lane(rest)?),
        "record" => {
            let (offset, at) = rest.split_once(' ')?;
            Target::Record(lane(at)?, offset.parse().ok()?)
        }
        "group" => Target::Group(group(rest)?.0),
        "producer" => Target::Producer(world.producers().find(|(_, producer)| *producer.name == *rest)?.0),
        "broker" => Target::Broker(world.brokers().find(|(id, _)| *id == BrokerId(rest.parse().unwrap_or(0)))?.0),
        "service" => Target::Service(world.services().find(|(_, service)| *service.name == *rest)?.0),
        "member" => {
            let (letters, names) = rest.split_once(' ')?;
            let end = names.char_indices().nth(letters.parse().ok()?).map_or(names.len(), |(at, _)| at);
            let (id, group) = group(&names[..end])?;
            let member = group.members.iter().find(|(_, member)| *member.name == names[end..])?;
            Target::Member(id, *member.0)
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use kafka_lanes_core::Time;

    use super::*;
    use crate::opening::open;

    #[test]
    fn what_can_be_chosen_comes_back_by_its_name() {
        let text = "service \"x y\" calls z\nservice z\nbrokers 2\ntopic \"a b-1\" partitions=2\nproducer p to \"a b-1\"\ngroup \"g h\" reads \"a b-1\"\n  consumer \"c d\"\n";
        let player = Player::new(open(text).spec.expect("a world"), 1, Time::from_secs(20)).expect("it is possible");
        let world = player.history().world();
        let scene = kafka_lanes_scene::layout(world, &View::new(1_280.0, 700.0), &kafka_lanes_words::English);
        let mut kept = 0;
        for chosen in scene.parts().filter_map(|part| part.target) {
            if let Some(name) = name(world, chosen) {
                assert_eq!(target(world, &name), Some(chosen), "{name}");
                kept += 1;
            }
        }
        assert!(kept > 10, "{kept}");
        for odd in
            ["", "topic", "topic x", "lane x", "record 1", "member 99 x", "member -1 x", "broker 9", "what is it"]
        {
            assert_eq!(target(world, odd), None, "{odd}");
        }
    }
}
