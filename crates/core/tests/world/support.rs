//! Worlds to try things in, and people who do random things to them.

use kafka_lanes_core::spec::{
    Acks, Assignment, Assignor, Assignors, ConsumerSpec, GroupSpec, ProducerSpec, Rate, ServerAssignor, Timing,
    TopicSpec, WorldSpec,
};
use kafka_lanes_core::{Action, BrokerAct, GroupId, History, Member, MemberId, Span, Time, World};
use proptest::prelude::*;

/// The article's world: one producer, three lanes, three groups.
pub(crate) fn article() -> WorldSpec {
    WorldSpec {
        topics: vec![TopicSpec::new("ORDER_EVENTS", 3)],
        producers: vec![ProducerSpec::new("Shop", vec!["ORDER_EVENTS".into()])],
        groups: vec![
            group("Payment-g1", &["Payment-1", "Payment-2", "Payment-3"]),
            group("Inventory-g1", &["Inv-1", "Inv-2"]),
            group("Notification-g1", &["Notify-1", "Notify-2"]),
        ],
        ..WorldSpec::default()
    }
}

/// A group that reads the article's topic.
pub(crate) fn group(name: &str, consumers: &[&str]) -> GroupSpec {
    GroupSpec {
        consumers: consumers.iter().map(|c| ConsumerSpec { name: (*c).into(), ..Default::default() }).collect(),
        ..GroupSpec::new(name, vec!["ORDER_EVENTS".into()])
    }
}

/// A history that has not begun.
pub(crate) fn begin(spec: WorldSpec) -> History {
    History::new(spec, 1).expect("a world within the limits")
}

/// Moves on to `to`, whatever it takes.
pub(crate) fn run(history: &mut History, to: Time) {
    let most = 3_000_000;
    let advance = history.advance(to, most);
    assert!(
        advance.events < most,
        "it hangs at {}: {:?}",
        history.world().now(),
        history.world().groups().map(|(_, g)| (g.assignment, g.phase, g.members.len())).collect::<Vec<_>>()
    );
}

/// A consumer of the group "g", as many of these worlds have it, is told to close.
pub(crate) fn remove(name: &str) -> Action {
    Action::RemoveConsumer { group: "g".into(), name: name.into() }
}

/// A consumer of "g" dies.
pub(crate) fn crash(name: &str) -> Action {
    Action::CrashConsumer { group: "g".into(), name: name.into() }
}

/// A consumer of "g" closes, if it runs, and starts again `after` a while.
pub(crate) fn restart(name: &str, after: Span, assignors: Assignors) -> Action {
    Action::RestartConsumer { group: "g".into(), name: name.into(), after, assignors }
}

/// Records that the only group processed again, and those that it passed over.
pub(crate) fn again_and_passed(history: &History) -> (u64, u64) {
    let (_, group) = history.world().groups().next().expect("the only group");
    let all = group.delivery.values();
    all.fold((0, 0), |(again, passed), delivery| (again + delivery.again.count, passed + delivery.passed.count))
}

/// All members of all groups.
pub(crate) fn members(world: &World) -> impl Iterator<Item = (GroupId, MemberId, &Member)> {
    world.groups().flat_map(|(group, g)| g.members.iter().map(move |(id, m)| (group, *id, m)))
}

/// By any of Kafka's assignors.
pub(crate) fn all_assignments() -> impl Iterator<Item = Assignment> {
    let by_broker = ServerAssignor::ALL.into_iter().map(Assignment::ByBroker);
    Assignor::ALL.into_iter().map(Assignment::by).chain(by_broker)
}

/// One of them, or several of the clients'.
pub(crate) fn assignments() -> impl Strategy<Value = Assignment> {
    let one = prop::sample::select(all_assignments().collect::<Vec<_>>());
    prop_oneof![3 => one, 1 => some_assignors().prop_map(Assignment::By)]
}

fn some_assignors() -> impl Strategy<Value = Assignors> {
    prop::collection::vec(prop::sample::select(&Assignor::ALL[..]), 1..4).prop_map(|all| all.into_iter().collect())
}

/// A list of them, often of none: then those of the group.
pub(crate) fn own_assignors() -> impl Strategy<Value = Assignors> {
    prop_oneof![2 => Just(Assignors::default()), 1 => some_assignors()]
}

/// Something that a person does. Which group, member or producer is meant is counted round those there are.
#[derive(Debug, Clone)]
pub(crate) enum Op {
    Join(usize),
    Leave(usize),
    Crash(usize),
    Partitions(u32),
    Assignor(usize, usize),
    AddGroup,
    RemoveGroup(usize),
    AddProducer,
    RemoveProducer(usize),
    Send(usize, String),
    Rate(usize, u64),
    Processing(usize, u64),
    Broker(u32, usize),
    Acks(usize, usize),
    Pause(usize, u64, bool),
    Restart(usize, u64, Assignors),
}

impl Op {
    /// The same as an action, if there is anything to do it to.
    pub(crate) fn action(&self, world: &World) -> Option<Action> {
        let group = |n: usize| pick(world.groups().map(|(_, g)| g.name.to_string()), n);
        let producer = |n: usize| pick(world.producers().map(|(_, p)| p.name.to_string()), n);
        let live = |n: usize| {
            let alive = members(world).filter(|(_, _, m)| m.is_alive());
            pick(alive.filter_map(|(g, _, m)| named(world, g, m)), n)
        };
        Some(match self {
            Self::Join(n) => Action::AddConsumer { group: group(*n)?, name: None },
            Self::Leave(n) => live(*n).map(|(group, name)| Action::RemoveConsumer { group, name })?,
            Self::Crash(n) => live(*n).map(|(group, name)| Action::CrashConsumer { group, name })?,
            Self::Partitions(more) => {
                let (_, topic) = world.topics().next()?;
                Action::SetPartitions { topic: topic.name.to_string(), partitions: topic.partition_count() + more }
            }
            Self::Assignor(n, which) => match pick(all_assignments(), *which)? {
                Assignment::By(assignors) => Action::SetAssignor { group: group(*n)?, assignors },
                Assignment::ByBroker(assignor) => Action::SetServerAssignor { group: group(*n)?, assignor },
                Assignment::Manual => return None,
            },
            Self::Pause(n, millis, process) => {
                let (group, name) = live(*n)?;
                Action::PauseConsumer { group, name, span: Span::from_millis(*millis), process: *process }
            }
            Self::Restart(n, millis, assignors) => {
                let (group, name) = pick(members(world).filter_map(|(g, _, m)| named(world, g, m)), *n)?;
                let after = Span::from_millis(*millis);
                Action::RestartConsumer { group, name, after, assignors: *assignors }
            }
            Self::AddGroup => Action::AddGroup { name: None, topics: Vec::new() },
            Self::RemoveGroup(n) => Action::RemoveGroup { name: group(*n)? },
            Self::AddProducer => Action::AddProducer { name: None, topics: Vec::new() },
            Self::RemoveProducer(n) => Action::RemoveProducer { name: producer(*n)? },
            Self::Send(n, key) => Action::Send { producer: producer(*n)?, topic: None, key: key.clone() },
            Self::Rate(n, rate) => Action::SetRate { producer: producer(*n)?, rate: Rate(*rate) },
            Self::Broker(broker, n) => {
                Action::Broker { broker: *broker, act: BrokerAct::ALL[n % BrokerAct::ALL.len()] }
            }
            Self::Acks(n, acks) => {
                let acks = [Acks::None, Acks::Leader, Acks::All][acks % 3];
                Action::SetAcks { producer: producer(*n)?, acks }
            }
            Self::Processing(n, millis) => {
                Action::SetProcessing { group: group(*n)?, consumer: None, processing: Span::from_millis(*millis) }
            }
        })
    }
}

fn named(world: &World, group: GroupId, member: &Member) -> Option<(String, String)> {
    Some((world.group(group)?.name.to_string(), member.name.to_string()))
}

fn pick<T>(all: impl Iterator<Item = T>, n: usize) -> Option<T> {
    let mut all: Vec<T> = all.collect();
    let index = n.checked_rem(all.len())?;
    Some(all.swap_remove(index))
}

/// Members come and go, in good order or not; the topic grows.
pub(crate) fn coming_and_going() -> impl Strategy<Value = Op> {
    prop_oneof![
        4 => (0usize..9).prop_map(Op::Join),
        3 => (0usize..40).prop_map(Op::Leave),
        3 => (0usize..40).prop_map(Op::Crash),
        1 => (1u32..4).prop_map(Op::Partitions),
        1 => (0usize..9, 0usize..6).prop_map(|(n, assignor)| Op::Assignor(n, assignor)),
    ]
}

/// Members stand still for a while, and start again.
pub(crate) fn stopping() -> impl Strategy<Value = Op> {
    prop_oneof![
        (0usize..40, 0u64..9_000, any::<bool>()).prop_map(|(n, millis, process)| Op::Pause(n, millis, process)),
        (0usize..40, 0u64..7_000, own_assignors()).prop_map(|(n, millis, own)| Op::Restart(n, millis, own)),
    ]
}

/// Anything that a person can do.
pub(crate) fn anything() -> impl Strategy<Value = Op> {
    prop_oneof![
        6 => coming_and_going(),
        3 => stopping(),
        1 => Just(Op::AddGroup),
        1 => (0usize..9).prop_map(Op::RemoveGroup),
        1 => Just(Op::AddProducer),
        1 => (0usize..9).prop_map(Op::RemoveProducer),
        3 => (0usize..9, "[a-z]{0,3}").prop_map(|(n, key)| Op::Send(n, key)),
        1 => (0usize..9, 0u64..20_000).prop_map(|(n, rate)| Op::Rate(n, rate)),
        1 => (0usize..9, 0u64..400).prop_map(|(n, millis)| Op::Processing(n, millis)),
        3 => (0u32..5, 0usize..9).prop_map(|(broker, n)| Op::Broker(broker, n)),
        1 => (0usize..9, 0usize..3).prop_map(|(n, acks)| Op::Acks(n, acks)),
    ]
}

/// Things done at moments of the first `secs` seconds, in order.
pub(crate) fn timed<S: Strategy<Value = Op>>(op: S, secs: u64, most: usize) -> impl Strategy<Value = Vec<(Time, Op)>> {
    prop::collection::vec(((0..secs * 1_000).prop_map(Time::from_millis), op), 0..most).prop_map(|mut ops| {
        ops.sort_by_key(|(at, _)| *at);
        ops
    })
}

/// Does each thing at its time. What is refused (a name that is taken, a limit) is not done.
pub(crate) fn play(history: &mut History, ops: &[(Time, Op)]) {
    for (at, op) in ops {
        run(history, *at);
        if let Some(action) = op.action(history.world()) {
            let _ = history.act(action);
        }
    }
}

/// Latencies and intervals of all sizes that leave a group a chance: sessions outlast a few heartbeats.
pub(crate) fn timings() -> impl Strategy<Value = Timing> {
    (0u64..1_500, 0u64..1_500, 0u64..400, 1u64..800, 1u64..1_000, 0u64..1_000, 0u64..3_000).prop_map(
        |(produce, fetch, rpc, wait, heartbeat, delay, age)| Timing {
            produce: Span::from_millis(produce),
            fetch: Span::from_millis(fetch),
            rpc: Span::from_millis(rpc),
            fetch_max_wait: Span::from_millis(wait),
            heartbeat: Span::from_millis(heartbeat),
            session: Span::from_millis(4_000),
            initial_rebalance_delay: Span::from_millis(delay),
            metadata_max_age: Span::from_millis(age),
            ..Timing::default()
        },
    )
}

/// So many cases, the same ones every time.
pub(crate) fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, rng_seed: proptest::test_runner::RngSeed::Fixed(3), ..ProptestConfig::default() }
}
