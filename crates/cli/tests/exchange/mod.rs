//! Links, and what goes to and comes from a real Kafka, as a person calls for it.

use crate::support::{Run, example, kafka_lanes, root};

fn link_of(more: &[&str]) -> String {
    let file = example("broker-failure.kafka");
    let args = [&["export", &file, "--to", "link"], more].concat();
    kafka_lanes(&args, b"").succeeds().trim_end().into()
}

#[test]
fn a_link_opens_to_the_world_that_it_was_made_of() {
    let link = link_of(&["--at", "25s", "--seed", "7", "--base", "https://example.org/lanes/#story/1/1"]);
    assert!(link.starts_with("https://example.org/lanes/#play/") && link.len() < 300, "{link}");
    let file = example("broker-failure.kafka");
    let run = |args: &[&str]| kafka_lanes(&[&["run"], args, &["--json"]].concat(), b"").succeeds();
    assert_eq!(run(&[&link]), run(&[&file, "--until", "25s", "--seed", "7"]));
    // What is said goes before what the link says.
    assert_eq!(run(&[&link, "--until", "40s", "--seed", "2"]), run(&[&file, "--until", "40s", "--seed", "2"]));
    let render = |args: &[&str]| kafka_lanes(&[&["render"], args].concat(), b"").succeeds();
    assert_eq!(render(&[&link]), render(&[&file, "--at", "25s", "--seed", "7"]));
    assert!(kafka_lanes(&["check", &link], b"").succeeds().starts_with("link: ok: topics 1"));
    let scenario = kafka_lanes(&["export", &link, "--to", "scenario"], b"").succeeds();
    assert_eq!(scenario, kafka_lanes(&["export", &file, "--to", "scenario"], b"").succeeds());
    assert_eq!(kafka_lanes(&["export", &link, "--to", "link"], b"").succeeds().trim_end(), &link[26..]);
}

#[test]
fn a_broken_link_is_refused_with_a_sentence() {
    let link = link_of(&[]);
    assert!(link.starts_with("#play/"), "{link}");
    for (broken, what) in [
        (link[..link.len() - 3].to_owned(), "cut short or changed"),
        (format!("{link}%20and"), "'%'"),
        (link.replace("#play/A", "#play/B"), "later version"),
        ("#play/".into(), "cut short or changed"),
        (format!("#play/{}", "A".repeat(70_000)), "MAX_LINK_CHARS"),
    ] {
        for command in ["run", "render", "check"] {
            let Run { stdout, stderr, .. } = kafka_lanes(&[command, &broken], b"").fails(1);
            assert!(stderr.starts_with("link: error: ") && stderr.contains(what) && stdout.is_empty(), "{stderr}");
        }
    }
}

#[test]
fn a_scenario_as_commands_of_kafkas_own_tools() {
    let text = "topic \"it's; $(rm)\" partitions=2\ntopic orders partitions=3 retention=90s segment-bytes=1KiB\n\
        producer p to orders acks=1\ngroup g reads orders protocol=consumer assignor=server-range\n  consumer c instance=i\n\
        group \"two\\nlines\" reads orders assignor=sticky reset=latest\n  consumer d\n  \
        consumer e assignor=cooperative-sticky,sticky\n";
    let script = kafka_lanes(&["export", "-", "--to", "cli"], text.as_bytes()).succeeds();
    for line in [
        "kafka-topics.sh --bootstrap-server \"$BOOTSTRAP\" --create --if-not-exists --topic orders --partitions 3 \
         --replication-factor 1 --config retention.ms=90000 --config segment.bytes=1048576\n",
        "--topic 'it'\\''s; $(rm)' ",
        "--group g --command-property client.id=c --command-property group.instance.id=i --command-property \
         group.protocol=consumer --command-property group.remote.assignor=range --from-beginning &\n",
        "partition.assignment.strategy=org.apache.kafka.clients.consumer.StickyAssignor ",
        "partition.assignment.strategy=org.apache.kafka.clients.consumer.CooperativeStickyAssignor,\
         org.apache.kafka.clients.consumer.StickyAssignor",
        "auto.offset.reset=latest",
    ] {
        assert!(script.contains(line), "{line:?} is missing from:\n{script}");
    }
    let shell = std::process::Command::new("sh").args(["-n", "-c", &script]).output().unwrap();
    assert!(shell.status.success(), "{}", String::from_utf8_lossy(&shell.stderr));
}

#[test]
fn a_scenario_as_a_file_for_compose() {
    let file = kafka_lanes(&["export", &example("broker-failure.kafka"), "--to", "compose"], b"").succeeds();
    for part in [
        "  broker-3:\n",
        "KAFKA_ADVERTISED_LISTENERS: \"PLAINTEXT://broker-2:19092,HOST://localhost:9093\"\n",
        "  create-topics:\n",
        "--topic ORDER_EVENTS --partitions 3 --replication-factor 3 --config min.insync.replicas=2\n",
    ] {
        assert!(file.contains(part), "{part:?} is missing from:\n{file}");
    }
    assert_eq!(file.matches("KAFKA_PROCESS_ROLES: \"broker\"").count(), 3);
    // What a shell would see as a variable, compose must not.
    assert!(file.lines().all(|line| line.replace("$$", "").find('$').is_none()), "{file}");
}

#[test]
fn what_kafkas_tools_print_becomes_a_scenario() {
    let folder = root().join("crates/scenario/fixtures/consumer-groups");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let text = read("offsets.txt") + &read("topics.txt") + &read("state.txt") + &read("members-verbose.txt");
    let scenario = kafka_lanes(&["import", "--from", "consumer-groups", "-"], text.as_bytes()).succeeds();
    for line in [
        "brokers 3\n",
        "topic ORDER_EVENTS partitions=3 replication=3 min-isr=2\n",
        "group Notification-g1 reads ORDER_EVENTS protocol=consumer assignor=uniform\n",
        "group Payment-g1 reads ORDER_EVENTS assignor=roundrobin\n",
        "  consumer Payment-2\n",
        "# gone-g: no active members.\n",
    ] {
        assert!(scenario.contains(line), "{line:?} is missing from:\n{scenario}");
    }
    assert!(kafka_lanes(&["run", "-", "--until", "20s"], scenario.as_bytes()).succeeds().contains("Payment-g1"));
    let Run { stderr, .. } =
        kafka_lanes(&["import", "--from", "consumer-groups", "-"], b"GROUP TOPIC PARTITION\ng t x\n").fails(1);
    assert!(stderr.contains("stdin:2:5: error: "), "{stderr}");
}
