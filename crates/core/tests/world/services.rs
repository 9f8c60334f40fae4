//! Services that call each other directly: how a call ends, what piles up, and what is left half done.

use kafka_lanes_core::limits::{MAX_CALL_RETRIES, MAX_WAITING};
use kafka_lanes_core::spec::{Rate, ServiceSpec, WorldSpec};
use kafka_lanes_core::{Action, CallFault, Flight, History, Limit, Refusal, Service, ServiceStatus, Span, Time, World};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn service(name: &str, calls: &[&str]) -> ServiceSpec {
    ServiceSpec { calls: calls.iter().map(|name| String::from(*name)).collect(), ..ServiceSpec::new(name) }
}

/// A shop that takes an order a second, has it paid, and writes an e-mail.
fn shop() -> WorldSpec {
    let mut shop = service("Shop", &["Payment", "Email"]);
    shop.orders = Rate::per_second(1);
    shop.at_once = 16;
    WorldSpec { services: vec![shop, service("Payment", &[]), service("Email", &[])], ..WorldSpec::default() }
}

fn history(spec: WorldSpec) -> History {
    History::new(spec, 1).expect("a world")
}

fn named<'w>(world: &'w World, name: &str) -> &'w Service {
    world.services().find(|(_, service)| &*service.name == name).expect("a service").1
}

fn set(status: ServiceStatus) -> Action {
    Action::Service { service: "Email".into(), status }
}

#[test]
fn where_all_run_each_order_gets_all_its_steps() {
    let mut history = history(shop());
    history.advance(Time::from_secs(30), u64::MAX);
    let world = history.world();
    let shop = named(world, "Shop");
    assert_eq!(shop.received, 30);
    assert!(shop.succeeded >= 20, "{}", shop.succeeded);
    assert_eq!((shop.failed, shop.half_done, shop.last_failure), (0, 0, None));
    assert!(named(world, "Email").succeeded >= shop.succeeded);
}

/// Paid, but no confirmation: what the article begins with.
#[test]
fn a_service_that_has_stopped_leaves_orders_half_done() {
    let mut history = history(shop());
    history.advance(Time::from_secs(10), u64::MAX);
    history.act(set(ServiceStatus::Stopped)).expect("it runs");
    history.advance(Time::from_secs(40), u64::MAX);
    let world = history.world();
    let (shop, email) = (named(world, "Shop"), named(world, "Email"));
    assert!(shop.half_done >= 15, "{}", shop.half_done);
    assert_eq!(shop.half_done, shop.failed);
    let failure = shop.last_failure.expect("one");
    assert_eq!(failure.why, CallFault::Refused);
    assert_eq!(failure.to.and_then(|to| world.service(to)).map(|to| &*to.name), Some("Email"));
    // Each was tried once again.
    assert!(shop.calls[1].failed >= 2 * shop.half_done);
    assert_eq!(shop.calls[0].failed, 0);
    assert!(email.failed > 0);
}

/// What was asked of a service while it hung is answered when it is back, and nobody waits for that any more.
#[test]
fn an_answer_that_is_late_is_awaited_by_nobody() {
    let mut history = history(shop());
    let awaited = |history: &History| -> Vec<bool> {
        let world = history.world();
        world.flights().filter(|flight| flight.answer.is_some()).map(|flight| world.is_awaited(flight)).collect()
    };
    for second in 1..10 {
        history.advance(Time::from_secs(second), u64::MAX);
        assert!(awaited(&history).into_iter().all(|is| is), "at {second} s");
    }
    history.act(set(ServiceStatus::Hung)).expect("it runs");
    history.advance(Time::from_secs(40), u64::MAX);
    history.act(set(ServiceStatus::Up)).expect("it hangs");
    history.advance(Time::from_millis(40_300), u64::MAX);
    assert!(awaited(&history).contains(&false), "{:?}", awaited(&history));
}

/// Who only hangs is worse: whoever calls it waits, and soon nobody has a hand free.
#[test]
fn a_service_that_hangs_holds_up_whoever_calls_it() {
    let mut spec = shop();
    spec.services[0].at_once = 4;
    let mut history = history(spec);
    history.advance(Time::from_secs(10), u64::MAX);
    history.act(set(ServiceStatus::Hung)).expect("it runs");
    history.advance(Time::from_secs(60), u64::MAX);
    let world = history.world();
    let shop = named(world, "Shop");
    assert_eq!(shop.busy, 4);
    assert!(shop.waiting() >= 20, "{}", shop.waiting());
    assert!(shop.calls[1].timed_out > 0);
    assert_eq!(shop.last_failure.map(|failure| failure.why), Some(CallFault::TimedOut));
    // It comes back, and does for nobody what nobody waits for any more.
    history.act(set(ServiceStatus::Up)).expect("it hung");
    history.advance(Time::from_secs(80), u64::MAX);
    assert!(named(history.world(), "Email").in_vain > 0);
}

#[test]
fn what_can_not_be_is_refused() {
    let mut history = history(shop());
    let refused = |history: &mut History, action| history.act(action).expect_err("refused");
    assert_eq!(
        refused(&mut history, Action::Service { service: "Fax".into(), status: ServiceStatus::Hung }),
        Refusal::NoSuchService("Fax".into())
    );
    let is = |status| Refusal::ServiceIs { service: "Email".into(), status };
    assert_eq!(refused(&mut history, set(ServiceStatus::Up)), is(ServiceStatus::Up));
    history.act(set(ServiceStatus::Stopped)).expect("it runs");
    assert_eq!(refused(&mut history, set(ServiceStatus::Hung)), is(ServiceStatus::Stopped));
    let orders = Action::SetOrders { service: "Shop".into(), rate: Rate::per_second(10_001) };
    assert_eq!(refused(&mut history, orders), Refusal::Over(Limit::Rate));

    let world = |services| World::new(&WorldSpec { services, ..WorldSpec::default() }, 1).map(|_| ());
    assert_eq!(world(vec![service("A", &["B"])]), Err(Refusal::NoSuchService("B".into())));
    assert_eq!(world(vec![service("A", &[]), service("A", &[])]), Err(Refusal::NameTaken("A".into())));
    assert_eq!(world(vec![service("", &[])]), Err(Refusal::BadName));
    assert_eq!(world(vec![ServiceSpec { at_once: 0, ..service("A", &[]) }]), Err(Refusal::Over(Limit::AtOnce)));
    let retries = MAX_CALL_RETRIES + 1;
    assert_eq!(world(vec![ServiceSpec { retries, ..service("A", &[]) }]), Err(Refusal::Over(Limit::CallRetries)));
    let many = (0..17).map(|n| service(&n.to_string(), &[])).collect();
    assert_eq!(world(many), Err(Refusal::Over(Limit::Services)));
}

/// Services that call each other in a ring, as fast as they can: every wait has an end.
#[test]
fn a_ring_of_calls_does_not_hang() {
    let mut ring: Vec<ServiceSpec> = [("A", "B"), ("B", "C"), ("C", "A")].map(|(a, b)| service(a, &[b])).into();
    for one in &mut ring {
        (one.takes, one.timeout, one.retries) = (Span::ZERO, Span::ZERO, MAX_CALL_RETRIES);
        one.orders = Rate::per_second(1_000);
    }
    let mut history = history(WorldSpec { services: ring, ..WorldSpec::default() });
    history.advance(Time::from_secs(3), u64::MAX);
    assert_eq!(history.world().now(), Time::from_secs(3));
    for (_, service) in history.world().services() {
        assert!(service.waiting() <= MAX_WAITING);
        conserves(history.world(), service);
    }
}

/// Each request is done, not done, or here; each call has one end, or is under way.
fn conserves(world: &World, service: &Service) {
    let here = service.waiting() as u64 + u64::from(service.busy);
    assert_eq!(service.received, service.succeeded + service.failed + here, "{service:?}");
    assert!(service.half_done <= service.failed);
    let awaited: u64 = service.calls.iter().map(|link| link.sent - link.succeeded - link.failed - link.timed_out).sum();
    assert!(awaited <= u64::from(service.busy), "a request waits for one call at a time");
    for link in &service.calls {
        let callee = world.service(link.to).expect("a service");
        assert!(link.succeeded <= callee.succeeded);
    }
}

fn specs() -> impl Strategy<Value = Vec<ServiceSpec>> {
    let one = (1u64..800, 1u64..4_000, 0u32..4, 1u32..6, 0u64..9_000);
    proptest::collection::vec((one, proptest::collection::vec(0usize..5, 0..4)), 1..5).prop_map(|drawn| {
        let count = drawn.len();
        let services = drawn.into_iter().enumerate();
        services
            .map(|(place, ((takes, timeout, retries, at_once, orders), calls))| ServiceSpec {
                calls: calls.into_iter().map(|to| format!("S{}", to % count)).collect(),
                takes: Span::from_millis(takes),
                timeout: Span::from_millis(timeout),
                retries,
                at_once,
                orders: Rate(orders),
                ..ServiceSpec::new(format!("S{place}"))
            })
            .collect()
    })
}

/// When, to which service, and what.
fn acts() -> impl Strategy<Value = Vec<(u64, usize, u8)>> {
    proptest::collection::vec((0u64..30_000, 0usize..5, 0u8..3), 0..8)
}

fn script(acts: Vec<(u64, usize, u8)>, count: usize) -> Vec<(Time, Action)> {
    let act = |(at, which, status): (u64, usize, u8)| {
        let status = [ServiceStatus::Up, ServiceStatus::Stopped, ServiceStatus::Hung][usize::from(status)];
        (Time::from_millis(at), Action::Service { service: format!("S{}", which % count), status })
    };
    let mut script: Vec<(Time, Action)> = acts.into_iter().map(act).collect();
    script.sort_by_key(|(at, _)| *at);
    script
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, rng_seed: RngSeed::Fixed(5), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_call_ends_in_one_way_and_is_tried_so_often(
        services in specs(),
        acts in acts(),
    ) {
        let count = services.len();
        let retries: Vec<u32> = services.iter().map(|service| service.retries).collect();
        let mut spec = WorldSpec { services, ..WorldSpec::default() };
        spec.actions = script(acts, count);
        let mut history = history(spec);
        for second in 1..=30 {
            history.advance(Time::from_secs(second), u64::MAX);
            let world = history.world();
            for ((_, service), retries) in world.services().zip(&retries) {
                conserves(world, service);
                // No more tries of a step than the first and the retries, of each request that came so far.
                for (place, link) in service.calls.iter().enumerate() {
                    let begun = if place == 0 { service.received } else { service.calls[place - 1].succeeded };
                    prop_assert!(link.sent <= begun * u64::from(retries + 1));
                }
            }
            let flown = |flight: &Flight| flight.departed <= world.now() && world.now() <= flight.arrives;
            prop_assert!(world.flights().all(flown));
        }
        let digest = history.world().digest();
        history.seek(Time::from_secs(12));
        history.seek(Time::from_secs(30));
        prop_assert_eq!(history.world().digest(), digest);
    }

    /// Where no ring of calls goes on for ever, all that was begun comes to an end: no call is forgotten.
    #[test]
    fn everything_ends(services in specs(), acts in acts()) {
        let count = services.len();
        let mut services = services;
        for (place, service) in services.iter_mut().enumerate() {
            let later: Vec<String> = (place + 1..count).map(|to| format!("S{to}")).collect();
            service.calls.retain(|name| later.contains(name));
        }
        let mut spec = WorldSpec { services, ..WorldSpec::default() };
        spec.actions = script(acts, count);
        for place in 0..count {
            let service = || format!("S{place}");
            spec.actions.push((Time::from_secs(31), Action::SetOrders { service: service(), rate: Rate(0) }));
            spec.actions.push((Time::from_secs(31), Action::Service { service: service(), status: ServiceStatus::Up }));
        }
        let mut history = history(spec);
        history.advance(Time::from_secs(40_000), u64::MAX);
        let world = history.world();
        prop_assert_eq!(world.flights().count(), 0);
        for (_, service) in world.services() {
            prop_assert_eq!((service.busy, service.waiting()), (0, 0));
            prop_assert_eq!(service.received, service.succeeded + service.failed);
            for link in &service.calls {
                prop_assert_eq!(link.sent, link.succeeded + link.failed + link.timed_out);
            }
        }
    }
}
