//! Who shares out the lanes of a group: what a person may choose instead.

use kafka_lanes_core::spec::{Assignment, Assignor, Assignors, ServerAssignor};
use kafka_lanes_core::{Action, Group};
use kafka_lanes_words::{Catalogue, Fact, Usual};

use super::{Act, Choice};

const COOPERATIVE: Assignor = Assignor::CooperativeSticky;

/// The setting that says who shares out.
pub(super) fn setting(assignment: Assignment) -> Fact {
    match assignment {
        Assignment::ByBroker(_) => Fact::RemoteAssignor,
        _ => Fact::Assignor,
    }
}

/// The assignors that a group might have instead. Where the broker decides, those of consumers mean nothing: they come
/// with the classic protocol.
pub(super) fn choices(words: &dyn Catalogue, group: &Group) -> Vec<Choice> {
    let by_consumers = |assignors: Assignors, label: String| {
        Act::new(label, Action::SetAssignor { group: group.name.to_string(), assignors })
    };
    let by_broker = |assignor: ServerAssignor| {
        let action = Action::SetServerAssignor { group: group.name.to_string(), assignor };
        Act::new(words.assign_by(assignor.name(), None), action)
    };
    let now = group.assignment;
    let others = ServerAssignor::ALL.into_iter().filter(|assignor| now != Assignment::ByBroker(*assignor));
    let mut brokers = Choice { setting: words.fact(Fact::RemoteAssignor), acts: others.map(by_broker).collect() };
    if matches!(now, Assignment::ByBroker(_)) {
        brokers.acts.push(by_consumers(java_default(), words.assign_by_consumers().into()));
        return vec![brokers];
    }
    let lists = usual(now).into_iter().filter(|(assignors, _)| now != Assignment::By(*assignors));
    let acts = lists.map(|(assignors, usual)| {
        let names: Vec<&str> = assignors.iter().map(Assignor::name).collect();
        by_consumers(assignors, words.assign_by(&names.join(", "), usual))
    });
    vec![Choice { setting: words.fact(Fact::Assignor), acts: acts.collect() }, brokers]
}

/// Each assignor alone, Kafka's default, and on the way to the cooperative protocol the next of two rolling bounces
/// (KIP-429): the old assignor stays until all consumers know the cooperative one.
fn usual(now: Assignment) -> Vec<(Assignors, Option<Usual>)> {
    let mut lists: Vec<_> = Assignor::ALL.map(|assignor| (Assignors::one(assignor), None)).into();
    lists.push((java_default(), Some(Usual::Default)));
    let Assignment::By(assignors) = now else { return lists };
    let old = assignors.iter().find(|assignor| *assignor != COOPERATIVE);
    match old {
        Some(_) if assignors.contains(COOPERATIVE) => {
            let alone = lists.iter_mut().filter(|(list, _)| *list == Assignors::one(COOPERATIVE));
            alone.for_each(|(_, usual)| *usual = Some(Usual::LastBounce));
        }
        Some(old) => lists.push(([COOPERATIVE, old].into_iter().collect(), Some(Usual::FirstBounce))),
        None => {}
    }
    lists
}

/// `partition.assignment.strategy` of a Java consumer that says nothing of it.
fn java_default() -> Assignors {
    [Assignor::Range, COOPERATIVE].into_iter().collect()
}

#[cfg(test)]
mod tests {
    use kafka_lanes_core::Time;
    use kafka_lanes_scene::Target;
    use kafka_lanes_words::English;

    use super::*;
    use crate::card::{Card, cards};
    use crate::opening::open;
    use crate::player::Player;

    fn player(assignor: &str) -> Player {
        let text = format!("topic t\nproducer p to t\ngroup g reads t assignor={assignor}\n  consumer g-1\n");
        Player::new(open(&text).spec.expect("a world"), 1, Time::from_secs(5)).expect("possible")
    }

    fn card(player: &Player) -> Card {
        let world = player.history().world();
        let (id, _) = world.groups().next().expect("the only group");
        cards(world, &English, &Target::Group(id)).pop().expect("it is there")
    }

    /// What can be chosen, a line a setting.
    fn shown(player: &Player) -> Vec<String> {
        let line = |choice: Choice| {
            let labels: Vec<String> = choice.acts.into_iter().map(|act| act.label).collect();
            format!("{}: {}", choice.setting, labels.join(" | "))
        };
        card(player).choices.into_iter().map(line).collect()
    }

    /// Presses the button of this label.
    fn press(player: &mut Player, label: &str) {
        let acts = card(player).choices.into_iter().flat_map(|choice| choice.acts);
        let act = acts.into_iter().find(|act| act.label == label).expect("the button is there");
        player.act(act.action).expect("it can be done");
    }

    #[test]
    fn two_bounces_lead_to_the_cooperative_protocol() {
        let mut player = player("sticky");
        let [clients, broker] = &shown(&player)[..] else { panic!("two settings") };
        assert_eq!(
            clients,
            "partition.assignment.strategy: range | roundrobin | cooperative-sticky | range, cooperative-sticky (default) | \
             cooperative-sticky, sticky (bounce 1 of 2)"
        );
        assert_eq!(broker, "group.remote.assignor: uniform | range");
        press(&mut player, "cooperative-sticky, sticky (bounce 1 of 2)");
        press(&mut player, "cooperative-sticky (last bounce)");
        let now = card(&player).facts;
        assert!(now.contains(&("partition.assignment.strategy", "cooperative-sticky".into())), "{now:?}");
    }

    #[test]
    fn where_the_broker_decides_lists_of_consumers_are_none() {
        let mut player = player("range");
        press(&mut player, "uniform");
        assert_eq!(shown(&player), ["group.remote.assignor: range | back to the classic protocol"]);
        assert!(card(&player).facts.contains(&("group.remote.assignor", "uniform".into())));
        press(&mut player, "back to the classic protocol");
        assert_eq!(shown(&player).len(), 2);
    }
}
