//! A scenario as a file for Docker Compose: its brokers in KRaft mode, and a service that creates its topics.

use kafka_lanes_core::spec::WorldSpec;

use crate::commands::create_topic;
use crate::name::topic_name_fault;

/// The image of Apache Kafka's own project.
const IMAGE: &str = "apache/kafka:4.3.1";
/// Any 16 bytes in base64url will do; the same in all services.
const CLUSTER_ID: &str = "a2Fma2EtbGFuZXMtMDAwMQ";
/// The controller's number: no broker has it.
const CONTROLLER: u32 = 100;
/// The port of the first broker on the host.
const FIRST_PORT: u32 = 9092;

/// The file. As in a scenario, brokers are numbered from 1 and the controller is another process. From the host, broker
/// 1 is at localhost:9092, broker 2 at localhost:9093, and so on.
pub fn print(spec: &WorldSpec) -> String {
    let brokers = spec.cluster.brokers.max(1);
    let mut text = format!(
        "# docker compose up; then localhost:{FIRST_PORT} is broker 1.\nservices:\n  controller:\n    image: {IMAGE}\n    environment:\n"
    );
    environment(&mut text, CONTROLLER, "controller", "CONTROLLER://:29093", None, brokers);
    for broker in 1..=brokers {
        let port = FIRST_PORT + broker - 1;
        text.push_str(&format!(
            "  broker-{broker}:\n    image: {IMAGE}\n    depends_on: [controller]\n    ports: [\"{port}:{port}\"]\n    environment:\n"
        ));
        let advertised = format!("PLAINTEXT://broker-{broker}:19092,HOST://localhost:{port}");
        environment(
            &mut text,
            broker,
            "broker",
            &format!("PLAINTEXT://:19092,HOST://:{port}"),
            Some(&advertised),
            brokers,
        );
    }
    text.push_str(&format!("  create-topics:\n    image: {IMAGE}\n    depends_on:\n"));
    (1..=brokers).for_each(|broker| text.push_str(&format!("      - broker-{broker}\n")));
    text.push_str("    restart: \"no\"\n    entrypoint: [\"/bin/bash\", \"-euc\"]\n    command:\n      - |\n");
    // A topic with copies needs that many brokers, so the script asks until all of them have registered.
    let mut script = format!(
        "PATH=\"$PATH:/opt/kafka/bin\"\nuntil [ \"$(kafka-broker-api-versions.sh --bootstrap-server broker-1:19092 2>/dev/null | grep -c 'id:')\" -ge {brokers} ]; do sleep 1; done\n"
    );
    for topic in &spec.topics {
        if topic_name_fault(&topic.name).is_some() {
            script.push_str("# One topic is left out: Kafka refuses its name.\n");
        } else {
            script.push_str(&create_topic(topic, "kafka-topics.sh", "broker-1:19092"));
        }
    }
    for line in script.lines() {
        // Compose has its own meaning for a dollar sign.
        text.push_str(&format!("        {}\n", line.replace('$', "$$")));
    }
    text
}

fn environment(text: &mut String, id: u32, role: &str, listeners: &str, advertised: Option<&str>, brokers: u32) {
    let copies = brokers.min(3);
    let settings = [
        ("CLUSTER_ID", Some(CLUSTER_ID.into())),
        ("KAFKA_NODE_ID", Some(id.to_string())),
        ("KAFKA_PROCESS_ROLES", Some(role.into())),
        ("KAFKA_LISTENERS", Some(listeners.into())),
        ("KAFKA_ADVERTISED_LISTENERS", advertised.map(String::from)),
        ("KAFKA_CONTROLLER_LISTENER_NAMES", Some("CONTROLLER".into())),
        (
            "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
            Some("CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,HOST:PLAINTEXT".into()),
        ),
        ("KAFKA_INTER_BROKER_LISTENER_NAME", advertised.map(|_| "PLAINTEXT".into())),
        ("KAFKA_CONTROLLER_QUORUM_VOTERS", Some(format!("{CONTROLLER}@controller:29093"))),
        ("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", Some(copies.to_string())),
        ("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", Some(copies.to_string())),
        ("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", Some("1".into())),
        ("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", Some(copies.to_string())),
        ("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", Some("1".into())),
    ];
    for (name, value) in settings {
        if let Some(value) = value {
            text.push_str(&format!("      {name}: \"{value}\"\n"));
        }
    }
}
