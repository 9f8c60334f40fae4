//! One fixed world, to ask any platform whether it computes the same: natively and in every browser.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::action::{Action, BrokerAct};
use crate::history::History;
use crate::service::ServiceStatus;
use crate::spec::{
    Acks, Assignment, Assignor, ClusterSpec, ConsumerSpec, GroupSpec, Keys, OffsetReset, PartitionName, Pick,
    ProducerSpec, Rate, ReplicationSpec, ServerAssignor, ServiceSpec, TopicSpec, WorldSpec,
};
use crate::time::{Span, Time};

/// The seed that [`DIGEST`] belongs to.
pub const SEED: u64 = 42;
/// The moment that [`DIGEST`] belongs to.
pub const UNTIL: Time = Time::from_secs(60);
/// The digest of [`spec`] with [`SEED`] at [`UNTIL`]. It changes when the engine does, and only then.
pub const DIGEST: u64 = 0xbca4_2217_1ae7_b69a;

/// The digest that this platform computes; it should be [`DIGEST`].
pub fn digest() -> u64 {
    let history = History::new(spec(), SEED);
    history.map_or(0, |mut history| {
        history.advance(UNTIL, u64::MAX);
        history.world().digest()
    })
}

/// A world in which nearly everything happens within a minute.
pub fn spec() -> WorldSpec {
    let orders = || vec![String::from("ORDER_EVENTS")];
    let mut events = TopicSpec::new("ORDER_EVENTS", 3);
    (events.retention_bytes, events.segment_bytes) = (4_000, 1_000);
    events.replication = ReplicationSpec { factor: 3, min_isr: 2, unclean_election: false };
    let mut web = ProducerSpec::new("Web", vec!["ORDER_EVENTS".into(), "réglé ✓".into()]);
    (web.pick, web.rate) = (Pick::Skewed, Rate(7_300));
    web.keys = Keys::Range { prefix: "order-".into(), first: 1, last: 20 };
    let mut payment = group("Payment-g1", orders(), &["Payment-1", "Payment-2", "Payment-3"]);
    payment.processing = Span::from_millis(130);
    let mut inventory = group("Inventory-g1", orders(), &["Inv-1", "Inv-2"]);
    inventory.assignment = Assignment::by(Assignor::Range);
    inventory.consumers[0].instance = Some("inv-1".into());
    let mut audit = group("Audit", vec!["réglé ✓".into()], &["Audit-1", "Audit-2"]);
    (audit.assignment, audit.reset) = (Assignment::Manual, OffsetReset::Latest);
    for (partition, consumer) in audit.consumers.iter_mut().enumerate() {
        consumer.assigned.push(PartitionName { topic: "réglé ✓".into(), partition: partition as u32 });
    }
    let mut bulk = ProducerSpec::new("Bulk", orders());
    (bulk.keys, bulk.delivery.linger, bulk.delivery.acks) = (Keys::None, Span::from_millis(700), Acks::Leader);
    WorldSpec {
        title: "golden".into(),
        cluster: ClusterSpec { brokers: 3, ..ClusterSpec::default() },
        topics: vec![events, TopicSpec::new("réglé ✓", 2)],
        producers: vec![web, ProducerSpec::new("Shop", orders()), bulk],
        groups: vec![payment, inventory, audit],
        services: services(),
        actions: script(),
        ..WorldSpec::default()
    }
}

/// A shop that calls three others, of which one is slow.
fn services() -> Vec<ServiceSpec> {
    let mut shop = ServiceSpec::new("Orders");
    (shop.calls, shop.orders) = (vec!["Stock".into(), "Pay".into(), "E-mail".into()], Rate(1_700));
    let mut email = ServiceSpec::new("E-mail");
    (email.takes, email.at_once) = (Span::from_millis(900), 2);
    shop.timeout = Span::from_secs(4);
    vec![shop, ServiceSpec::new("Stock"), ServiceSpec::new("Pay"), email]
}

fn group(name: &str, topics: Vec<String>, consumers: &[&str]) -> GroupSpec {
    let consumer = |name: &&str| ConsumerSpec { name: String::from(*name), ..ConsumerSpec::default() };
    GroupSpec { consumers: consumers.iter().map(consumer).collect(), ..GroupSpec::new(name, topics) }
}

fn script() -> Vec<(Time, Action)> {
    let payment = || String::from("Payment-g1");
    let inventory = || String::from("Inventory-g1");
    let pause = |group: &str, name: &str, span| Action::PauseConsumer {
        group: group.into(),
        name: name.into(),
        span,
        process: true,
    };
    let own = |name: &str, assignors: [Assignor; 2]| {
        let assignors = assignors.into_iter().collect();
        ConsumerSpec { name: name.into(), assignors, ..ConsumerSpec::default() }
    };
    let (after, assignors) = (Span::from_secs(1), [Assignor::Sticky, Assignor::RoundRobin].into_iter().collect());
    let shop = || String::from("Shop");
    let email = |status| Action::Service { service: "E-mail".into(), status };
    let topic = String::from("ORDER_EVENTS");
    let actions = [
        (5, Action::AddConsumer { group: payment(), name: None }),
        (9, Action::SetRate { producer: shop(), rate: Rate(11_000) }),
        (11, Action::Send { producer: shop(), topic: None, key: "order-42".into() }),
        (12, Action::SetOrders { service: "Orders".into(), rate: Rate(2_100) }),
        (12, Action::CrashConsumer { group: payment(), name: "Payment-2".into() }),
        (13, Action::Broker { broker: 2, act: BrokerAct::Kill }),
        (20, Action::SetPartitions { topic, partitions: 5 }),
        (22, email(ServiceStatus::Hung)),
        (24, Action::SetAssignor { group: inventory(), assignors: Assignor::RoundRobin.into() }),
        (25, Action::Broker { broker: 2, act: BrokerAct::Start }),
        (26, Action::SetServerAssignor { group: "Audit".into(), assignor: ServerAssignor::Uniform }),
        (28, Action::AddConsumer { group: "Audit".into(), name: None }),
        (30, Action::RemoveConsumer { group: payment(), name: "Payment-1".into() }),
        (31, email(ServiceStatus::Up)),
        (33, Action::Broker { broker: 1, act: BrokerAct::Stop }),
        (34, Action::SetAssignor { group: payment(), assignors: Assignor::CooperativeSticky.into() }),
        (36, pause("Audit", "Audit-2", Span::from_secs(3))),
        (38, Action::AddGroup { name: None, topics: Vec::new() }),
        (39, email(ServiceStatus::Stopped)),
        (40, Action::AddProducer { name: None, topics: Vec::new() }),
        (44, Action::SetProcessing { group: payment(), consumer: None, processing: Span::from_millis(20) }),
        (46, Action::AddConsumer { group: payment(), name: None }),
        (45, Action::StartConsumer { group: inventory(), consumer: own("Inv-8", [Assignor::Range, Assignor::Sticky]) }),
        (
            47,
            Action::StartConsumer {
                group: inventory(),
                consumer: own("Inv-9", [Assignor::RoundRobin, Assignor::Range]),
            },
        ),
        (48, Action::RestartConsumer { group: inventory(), name: "Inv-1".into(), after, assignors }),
        (50, Action::RemoveGroup { name: "Inventory-g1".into() }),
        (51, Action::SetAcks { producer: "Web".into(), acks: Acks::None }),
        (52, Action::RemoveProducer { name: shop() }),
    ];
    actions.map(|(secs, action)| (Time::from_secs(secs), action)).into()
}
