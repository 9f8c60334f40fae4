//! Services that call each other on cards.

use kafka_lanes_core::{Action, ServiceId, ServiceStatus, World};
use kafka_lanes_scene::{last_failure, steps};
use kafka_lanes_words::{Catalogue, Requests};

use super::{Act, Card};

/// A service: whether it runs, whom it calls, how its requests went, and what can be done to it.
#[inline(never)]
pub(super) fn service(world: &World, words: &dyn Catalogue, id: ServiceId) -> Option<Card> {
    let service = world.service(id)?;
    let called = steps(service);
    let called = called.iter().filter_map(|link| world.service(link.to)).map(|called| called.name.to_string());
    let called: Vec<String> = called.collect();
    let or_none = |text: String| if text.is_empty() { "–".into() } else { text };
    let [_, at_work] = words.requests(Requests::AtWork(service.busy, service.at_once));
    let values = [
        or_none(called.join(", ")),
        service.received.to_string(),
        service.waiting().to_string(),
        at_work,
        service.succeeded.to_string(),
        service.failed.to_string(),
        service.half_done.to_string(),
        service.in_vain.to_string(),
        or_none(last_failure(world, service, words).unwrap_or_default()),
    ];
    let statuses = [ServiceStatus::Up, ServiceStatus::Hung, ServiceStatus::Stopped].into_iter();
    // What has ended can't hang.
    let possible = statuses.filter(|status| match service.status {
        ServiceStatus::Stopped => *status == ServiceStatus::Up,
        now => *status != now,
    });
    let name = service.name.to_string();
    let acts = possible.map(|status| {
        let button = if status == ServiceStatus::Stopped { Act::danger } else { Act::new };
        button(words.service_act(&name, status), Action::Service { service: name.clone(), status })
    });
    Some(Card {
        title: name.clone(),
        subtitle: format!("{}, {}", words.service(), words.service_state(service.status)),
        facts: words.service_facts().into_iter().zip(values).collect(),
        lines: vec![words.service_about().into()],
        acts: acts.collect(),
        ..Card::default()
    })
}

/// The calls of a service to another, and how they went.
#[inline(never)]
pub(super) fn call(world: &World, words: &dyn Catalogue, from: ServiceId, to: ServiceId) -> Option<Card> {
    let (caller, called) = (world.service(from)?, world.service(to)?);
    let link = steps(caller).into_iter().find(|link| link.to == to)?;
    let values = [link.sent, link.succeeded, link.failed, link.timed_out].map(|n| n.to_string());
    Some(Card {
        title: words.name_call(&caller.name, &called.name),
        facts: words.call_facts().into_iter().zip(values).collect(),
        ..Card::default()
    })
}

#[cfg(test)]
mod tests {
    use kafka_lanes_core::Time;
    use kafka_lanes_scene::Target;
    use kafka_lanes_words::English;

    use super::super::cards;
    use super::*;
    use crate::opening::open;
    use crate::player::Player;

    fn card(player: &Player, target: Target) -> Card {
        cards(player.history().world(), &English, &target).pop().expect("it is there")
    }

    #[test]
    fn a_service_is_stopped_and_started_from_its_card() {
        let text = "service Shop calls Pay, Mail orders=2/s\nservice Pay\nservice Mail\n";
        let mut player = Player::new(open(text).spec.expect("a world"), 1, Time::from_secs(8)).expect("possible");
        let mail = Target::Service(ServiceId(2));
        let buttons = |player: &Player| card(player, mail).acts.into_iter().map(|act| act.label).collect::<Vec<_>>();
        assert_eq!(buttons(&player), ["let Mail hang", "stop Mail"]);
        let stop = card(&player, mail).acts.pop().expect("the second").action;
        player.act(stop).expect("it runs");
        assert_eq!(buttons(&player), ["start Mail"]);
        assert_eq!(card(&player, mail).subtitle, "service, has stopped");
        player.act(card(&player, mail).acts.remove(0).action).expect("it has stopped");
        assert_eq!(buttons(&player), ["let Mail hang", "stop Mail"]);
        let facts = card(&player, Target::Service(ServiceId(0))).facts;
        assert_eq!(facts[0], ("calls", "Pay, Mail".into()));
        let (_, shop) = player.history().world().services().next().expect("the shop");
        assert_eq!(facts[1].1, shop.received.to_string());
    }

    #[test]
    fn an_arrow_has_a_card_of_its_calls() {
        let text = "service Shop calls Pay orders=2/s\nservice Pay\n";
        let player = Player::new(open(text).spec.expect("a world"), 1, Time::from_secs(8)).expect("possible");
        let called = card(&player, Target::Call(ServiceId(0), ServiceId(1)));
        assert_eq!(called.title, "Shop calls Pay");
        let sent: u64 = called.facts[0].1.parse().expect("a number");
        assert!(sent > 5, "{sent}");
        let none = cards(player.history().world(), &English, &Target::Call(ServiceId(1), ServiceId(0)));
        assert!(none.is_empty());
    }
}
