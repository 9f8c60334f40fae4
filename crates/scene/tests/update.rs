//! Redrawing what changed gives what drawing everything gives.

mod common;

use kafka_lanes_core::spec::Rate;
use kafka_lanes_core::{Action, BrokerAct, ServiceStatus, Time};
use kafka_lanes_scene::{BlockId, Scene, View, dots, in_flight, layout, motion};
use kafka_lanes_words::English;
use proptest::prelude::*;

fn same(updated: &Scene, fresh: &Scene) -> Result<(), TestCaseError> {
    for (a, b) in updated.blocks.iter().zip(&fresh.blocks) {
        prop_assert!(a == b, "{:?} differs from a fresh drawing:\n{:#?}\n{:#?}", a.id, a.parts, b.parts);
    }
    prop_assert!(updated == fresh, "the scenes differ outside their blocks");
    Ok(())
}

fn action(kind: u8, group: &str, member: &str, topic: &str, partitions: u32) -> Option<Action> {
    let (group, name) = (group.to_string(), member.to_string());
    Some(match kind {
        0 => Action::AddConsumer { group, name: None },
        1 => Action::RemoveConsumer { group, name },
        2 => Action::CrashConsumer { group, name },
        3 => Action::SetPartitions { topic: topic.into(), partitions: partitions + 1 },
        4 => Action::RemoveGroup { name: group },
        5 => Action::AddGroup { name: None, topics: Vec::new() },
        6 => Action::AddProducer { name: None, topics: Vec::new() },
        7..12 => Action::Broker { broker: 1 + partitions % 3, act: BrokerAct::ALL[usize::from(kind) - 7] },
        _ => return None,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(11), ..ProptestConfig::default() })]

    #[test]
    fn an_update_is_a_fresh_layout(
        spec in common::worlds(),
        width in prop::sample::select(vec![320.0, 375.0, 700.0, 1_280.0]),
        steps in prop::collection::vec((20..900_u64, 0..20_u8), 1..14),
    ) {
        let mut history = common::at(spec, 0);
        let view = View::new(width, 620.0);
        let mut scene = layout(history.world(), &view, &English);
        let mut now = 0;
        for (millis, kind) in steps {
            now += millis;
            let mut changes = history.advance(Time::from_millis(now), u64::MAX).changes;
            let world = history.world();
            let group = world.groups().next().map(|(_, group)| (group.name.to_string(), group.members.values().next().map(|m| m.name.to_string()).unwrap_or_default()));
            let topic = world.topics().next().map(|(_, topic)| (topic.name.to_string(), topic.partition_count())).unwrap_or_default();
            if let Some(action) = group.and_then(|(group, member)| action(kind, &group, &member, &topic.0, topic.1))
                && let Ok(more) = history.act(action)
            {
                changes.merge(more);
            }
            scene.update(history.world(), &changes, &English);
            let fresh = layout(history.world(), &view, &English);
            same(&scene, &fresh)?;
            prop_assert_eq!(motion(history.world(), &scene).records(), in_flight(history.world()));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(13), ..ProptestConfig::default() })]

    #[test]
    fn an_update_of_services_is_a_fresh_layout(
        spec in common::worlds_with_services(),
        width in prop::sample::select(vec![320.0, 375.0, 700.0, 1_280.0]),
        steps in prop::collection::vec((5..500_u64, any::<usize>(), 0..8_usize), 1..14),
    ) {
        let mut history = common::at(spec, 0);
        let view = View::new(width, 620.0);
        let mut scene = layout(history.world(), &view, &English);
        let mut now = 0;
        for (millis, which, kind) in steps {
            now += millis;
            let mut changes = history.advance(Time::from_millis(now), u64::MAX).changes;
            let count = history.world().services().count();
            let service = history.world().services().nth(which % count).map(|(_, service)| service.name.to_string());
            let service = service.unwrap_or_default();
            let action = match kind {
                0..3 => Action::Service { service, status: [ServiceStatus::Up, ServiceStatus::Stopped, ServiceStatus::Hung][kind] },
                3 => Action::SetOrders { service, rate: Rate::per_second(which as u64 % 40) },
                _ => Action::AddConsumer { group: String::new(), name: None },
            };
            if let Ok(more) = history.act(action) {
                changes.merge(more);
            }
            scene.update(history.world(), &changes, &English);
            same(&scene, &layout(history.world(), &view, &English))?;
            prop_assert_eq!(motion(history.world(), &scene).records(), in_flight(history.world()));
        }
    }
}

/// What services do redraws services, and neither their arrows nor anything else.
#[test]
fn services_at_work_redraw_their_boxes() {
    let mut spec = common::article(3);
    spec.services = common::rush().services;
    let mut history = common::at(spec, 8_000);
    let mut scene = layout(history.world(), &View::new(1_280.0, 620.0), &English);
    let before = scene.clone();
    let mut now = 8_000;
    let changes = loop {
        now += 5;
        let changes = history.advance(Time::from_millis(now), u64::MAX).changes;
        if changes.services && changes.lanes.is_empty() && changes.groups.is_empty() {
            break changes;
        }
        scene.update(history.world(), &changes, &English);
    };
    let before = if now > 8_005 { scene.clone() } else { before };
    assert!(!changes.structure);
    scene.update(history.world(), &changes, &English);
    for (now, then) in scene.blocks.iter().zip(&before.blocks) {
        assert_eq!(std::rc::Rc::ptr_eq(&now.parts, &then.parts), now.id != BlockId::Services, "{:?}", now.id);
    }
}

#[test]
fn what_did_not_change_is_not_drawn_again() {
    let mut history = common::at(common::article(3), 8_000);
    let mut scene = layout(history.world(), &View::new(1_280.0, 620.0), &English);
    let before = scene.clone();
    let mut now = 8_000;
    let changes = loop {
        now += 20;
        let changes = history.advance(Time::from_millis(now), u64::MAX).changes;
        if !changes.is_empty() {
            break changes;
        }
    };
    scene.update(history.world(), &changes, &English);
    assert!(!changes.structure);
    for (now, then) in scene.blocks.iter().zip(&before.blocks) {
        let named = match now.id {
            BlockId::Lane(_, p) => changes.lanes.iter().any(|tp| tp.partition == p),
            BlockId::Group(id) => changes.groups.iter().any(|group| group.0 == id),
            _ => false,
        };
        assert_eq!(std::rc::Rc::ptr_eq(&now.parts, &then.parts), !named, "{:?}", now.id);
    }
}

#[test]
fn a_selection_redraws_only_what_it_touches() {
    let history = common::at(common::article(3), 8_000);
    let mut view = View::new(1_280.0, 620.0);
    let mut scene = layout(history.world(), &view, &English);
    let before = scene.clone();
    view.selected =
        scene.parts().filter_map(|part| part.target).find(|t| matches!(t, kafka_lanes_scene::Target::Member(..)));
    scene.look(history.world(), &view, &English);
    let kept = scene.blocks.iter().zip(&before.blocks).filter(|(a, b)| std::rc::Rc::ptr_eq(&a.parts, &b.parts)).count();
    assert_eq!(kept, scene.blocks.len() - 2, "all but the group and the arrows");
    let (dim, lit): (Vec<_>, Vec<_>) = dots(history.world(), &scene).into_iter().partition(|dot| dot.dim);
    assert!(!dim.is_empty() && !lit.is_empty());
}

#[test]
fn a_record_moves_along_its_path_with_time() {
    let mut history = common::at(common::article(3), 8_000);
    let scene = layout(history.world(), &View::new(1_280.0, 620.0), &English);
    let shown = dots(history.world(), &scene);
    assert_eq!(shown.len(), in_flight(history.world()));
    history.advance(Time::from_millis(8_001), u64::MAX);
    for (a, b) in shown.iter().zip(dots(history.world(), &scene)).filter(|(a, b)| a.key == b.key) {
        assert!((a.x - b.x).hypot(a.y - b.y) < 3.0, "a record jumps in a millisecond");
    }
}
