//! The real binary, as a person or a script calls it.

mod exchange;
mod support;

use support::{Run, example, kafka_lanes, scratch};

#[test]
fn a_scenario_runs_and_the_same_again_gives_the_same() {
    let args = ["run", &example("order-events.kafka"), "--until", "30s", "--json"];
    let first = kafka_lanes(&args, b"").succeeds();
    let document: serde_json::Value = serde_json::from_str(&first).unwrap();
    assert_eq!(document["time_us"], 30_000_000);
    assert_eq!(document["groups"]["Inventory-g1"]["members"]["Inv-1"]["assigned"].as_array().unwrap().len(), 2);
    assert!(document["producers"]["Shop"]["sent"].as_u64().unwrap() > 50);
    assert_eq!(kafka_lanes(&args, b"").succeeds(), first);
    let other = kafka_lanes(&[&args[..], &["--seed", "2"]].concat(), b"").succeeds();
    assert_ne!(other, first);
}

#[test]
fn every_example_checks_runs_and_renders() {
    let folder = support::root().join("examples");
    let mut files = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if !path.extension().is_some_and(|ext| ext == "kafka" || ext == "mmd") {
            continue;
        }
        files += 1;
        let path = path.to_str().unwrap();
        assert!(kafka_lanes(&["check", path], b"").succeeds().contains(": ok: "));
        assert!(kafka_lanes(&["run", path], b"").succeeds().contains("Digest "));
        assert!(kafka_lanes(&["render", path], b"").succeeds().starts_with("<svg"));
    }
    assert!(files > 0);
}

#[test]
fn a_scenario_may_come_from_stdin() {
    let text = std::fs::read(example("order-events.kafka")).unwrap();
    let from_stdin = kafka_lanes(&["run", "-", "--json"], &text).succeeds();
    let from_file = kafka_lanes(&["run", &example("order-events.kafka"), "--json"], b"").succeeds();
    assert_eq!(from_stdin, from_file);
}

#[test]
fn a_link_may_come_from_a_file_or_stdin() {
    let order = example("order-events.kafka");
    let link = kafka_lanes(&["export", &order, "--to", "link", "--at", "20s"], b"").succeeds();
    let as_argument = kafka_lanes(&["run", link.trim(), "--json"], b"").succeeds();
    assert_eq!(kafka_lanes(&["run", "-", "--json"], link.as_bytes()).succeeds(), as_argument);
    let cut = kafka_lanes(&["run", "-"], &link.as_bytes()[..link.len() / 2]).fails(1);
    assert!(cut.stderr.contains("cut short"), "{}", cut.stderr);
}

#[test]
fn a_picture_is_a_file_of_its_own_or_words() {
    let order = example("order-events.kafka");
    let file = scratch("picture.svg");
    assert_eq!(kafka_lanes(&["render", &order, "--theme", "dark", "-o", &file], b"").succeeds(), "");
    let svg = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
    assert!(svg.contains("<title>") && svg.contains("<desc>") && svg.contains("ORDER_EVENTS"));
    assert!(!svg.contains("<script") && !svg.contains("@font-face") && !svg.contains("@import"));
    let narrow = kafka_lanes(&["render", &order, "--size", "375x700"], b"").succeeds();
    assert!(narrow.contains("width=\"375\""));
    let words = kafka_lanes(&["render", &order, "--words"], b"").succeeds();
    for part in ["Shop sends to ORDER_EVENTS", "Payment-1 reads lane 0.", "High watermark", "ORDER_EVENTS-2"] {
        assert!(words.contains(part), "{part:?} is missing from:\n{words}");
    }
}

#[test]
fn partition_explains_and_answers_in_json_lines() {
    let told = kafka_lanes(&["partition", "--partitions", "3", "abc", ""], b"").succeeds();
    assert_eq!(
        told,
        "abc: murmur2 = 479470107, & 0x7fffffff = 479470107, mod 3 = partition 0\n\
         (empty key): murmur2 = 275646681, & 0x7fffffff = 275646681, mod 3 = partition 0\n"
    );
    // Lines end in either way, the last one need not, and an empty one is the empty key.
    let told = kafka_lanes(&["partition", "--partitions", "7", "--json"], b"21\r\n\nfoobar").succeeds();
    assert_eq!(
        told,
        "{\"key\":\"21\",\"hash\":-973932308,\"partition\":3}\n\
         {\"key\":\"\",\"hash\":275646681,\"partition\":2}\n\
         {\"key\":\"foobar\",\"hash\":-790332482,\"partition\":0}\n"
    );
    let hex = kafka_lanes(&["partition", "--partitions", "7", "--json", "--hex", "3231"], b"").succeeds();
    assert_eq!(hex, "{\"key\":\"3231\",\"hash\":-973932308,\"partition\":3}\n");
    assert_eq!(kafka_lanes(&["partition", "--partitions", "7"], b"").succeeds(), "");
}

/// The numbers are the clients' own: see `conformance/vectors`.
#[test]
fn each_client_computes_in_its_own_way() {
    let told = |client: &str, more: &[&str]| {
        let args = [&["partition", "--partitions", "12", "--client", client], more].concat();
        kafka_lanes(&args, b"").succeeds()
    };
    for (client, line) in [
        ("java", "abc: murmur2 = 479470107, & 0x7fffffff = 479470107, mod 12 = partition 3\n"),
        ("librdkafka", "abc: CRC-32 = 891568578, mod 12 = partition 6\n"),
        ("librdkafka-fnv1a", "abc: FNV-1a = 440920331, without its sign = 440920331, mod 12 = partition 11\n"),
        ("sarama", "abc: FNV-1a = 440920331, mod 12 = 11, without its sign = partition 11\n"),
        ("kafkajs-legacy", "abc: murmur2 in 53 bits = 1545667907, & 0x7fffffff = 1545667907, mod 12 = partition 11\n"),
    ] {
        assert_eq!(told(client, &["abc"]), line, "{client}");
    }
    // What is picked otherwise has no partition; a key that is there has a hash all the same.
    let empty = told("librdkafka", &["--json", "", "a"]);
    assert_eq!(
        empty,
        "{\"key\":\"\",\"hash\":0,\"partition\":null}\n{\"key\":\"a\",\"hash\":3904355907,\"partition\":3}\n"
    );
    assert!(told("librdkafka", &[""]).starts_with("(empty key): CRC-32 = 0, not used for this key, but a random "));
    // Java's round-robin hashes nothing: both say so.
    assert_eq!(told("java-round-robin", &["--json", "a"]), "{\"key\":\"a\",\"hash\":null,\"partition\":null}\n");
    assert!(told("java-round-robin", &["a"]).starts_with("a: no hash, but the partition whose turn it is"));
    assert_eq!(told("java", &["--json", "--no-key"]), "{\"key\":null,\"hash\":null,\"partition\":null}\n");
    assert!(told("librdkafka-murmur2", &["--no-key"]).starts_with("(no key): murmur2 = 275646681, "));
}

#[test]
fn partition_refuses_what_is_no_key() {
    let Run { stderr, .. } = kafka_lanes(&["partition", "--partitions", "3"], b"fine\nab\xFF\n").fails(1);
    assert!(stderr.contains("stdin:2:3: error: ") && stderr.contains("--hex"), "{stderr}");
    let Run { stderr, .. } = kafka_lanes(&["partition", "--partitions", "3", "--hex", "6f7", "zz"], b"").fails(1);
    assert!(stderr.contains("key 1:4: error: "), "{stderr}");
    let Run { stderr, .. } = kafka_lanes(&["partition", "--partitions", "3", "--client", "saramá", "k"], b"").fails(2);
    assert!(stderr.contains("sarama-reference") && stderr.contains("librdkafka"), "{stderr}");
    kafka_lanes(&["partition", "--partitions", "3", "--no-key", "k"], b"").fails(2);
    for partitions in ["0", "-1", "2147483648", "x"] {
        kafka_lanes(&["partition", "--partitions", partitions, "k"], b"").fails(2);
    }
    kafka_lanes(&["partition", "k"], b"").fails(2);
}

#[test]
fn assign_answers_a_line_a_group() {
    let groups = "{\"topics\":{\"orders\":11,\"payments\":1},\"members\":[\
        {\"id\":\"b\",\"topics\":[\"orders\",\"payments\"]},{\"id\":\"a\",\"topics\":[\"orders\",\"gone\"],\"rack\":\"r\",\
        \"owned\":[\"orders-1\"],\"generation\":4}]}\n\n{\"topics\":{},\"members\":[]}\n";
    let told = kafka_lanes(&["assign", "--assignor", "range"], groups.as_bytes()).succeeds();
    let list = |numbers: std::ops::Range<u32>| numbers.map(|n| format!("\"orders-{n}\"")).collect::<Vec<_>>().join(",");
    assert_eq!(
        told,
        format!(
            "{{\"assignment\":{{\"a\":[{}],\"b\":[{},\"payments-0\"]}}}}\n{{\"assignment\":{{}}}}\n",
            list(0..6),
            list(6..11)
        )
    );
    let statics = b"{\"topics\":{\"t\":3},\"members\":[{\"id\":\"a\",\"topics\":[\"t\"]},{\"id\":\"b\",\"topics\":[\"t\"],\"instance_id\":\"i\"}]}";
    let told = kafka_lanes(&["assign", "--assignor", "roundrobin"], statics).succeeds();
    assert_eq!(told, "{\"assignment\":{\"a\":[\"t-1\"],\"b\":[\"t-0\",\"t-2\"]}}\n");
}

#[test]
fn assign_knows_what_members_hold() {
    // c joins: b, who has most, gives up the highest number. Cooperatively, c gets it a round later.
    let group = b"{\"topics\":{\"a-b\":5,\"old\":0},\"members\":[\
        {\"id\":\"a\",\"topics\":[\"a-b\"],\"owned\":[\"a-b-0\",\"a-b-2\"],\"generation\":4},\
        {\"id\":\"b\",\"topics\":[\"a-b\"],\"owned\":[\"a-b-1\",\"a-b-3\",\"a-b-4\",\"gone-7\"],\"generation\":4},\
        {\"id\":\"c\",\"topics\":[\"a-b\"],\"generation\":-1}]}";
    let answer = |c: &str| {
        format!("{{\"assignment\":{{\"a\":[\"a-b-0\",\"a-b-2\"],\"b\":[\"a-b-1\",\"a-b-3\"],\"c\":[{c}]}}}}\n")
    };
    for (assignor, c) in [("sticky", "\"a-b-4\""), ("cooperative-sticky", ""), ("uniform", "\"a-b-4\"")] {
        let told = kafka_lanes(&["assign", "--assignor", assignor], group).succeeds();
        assert_eq!(told, answer(c), "{assignor}");
    }
    let told = kafka_lanes(&["assign", "--assignor", "server-range"], group).succeeds();
    assert!(told.contains("\"c\":[\"a-b-4\"]") && told.contains("\"a\":[\"a-b-0\",\"a-b-1\"]"), "{told}");
}

#[test]
fn assign_knows_racks() {
    let group = b"{\"topics\":{\"t\":2},\"members\":[{\"id\":\"a\",\"topics\":[\"t\"],\"rack\":\"y\"},{\"id\":\"b\",\"topics\":[\"t\"],\"rack\":\"x\"}],\
        \"partition_racks\":{\"t\":[[\"x\"],[\"y\"]]}}";
    for (assignor, far) in [
        ("range", false),
        ("sticky", false),
        ("cooperative-sticky", false),
        ("roundrobin", true),
        ("server-range", true),
    ] {
        let told = kafka_lanes(&["assign", "--assignor", assignor], group).succeeds();
        let (a, b) = if far { (0, 1) } else { (1, 0) };
        assert_eq!(told, format!("{{\"assignment\":{{\"a\":[\"t-{a}\"],\"b\":[\"t-{b}\"]}}}}\n"), "{assignor}");
    }
}

#[test]
fn assign_refuses_what_is_no_group() {
    for (line, what) in [
        ("{\"topics\":{\"t\":3},\"memb", "stdin:1:"),
        ("{\"topics\":{\"t\":-3},\"members\":[]}", "stdin:1:"),
        ("{\"topics\":{\"t\":4000000000},\"members\":[]}", "MAX_GROUP_PARTITIONS"),
        ("{\"topics\":{},\"members\":[{\"id\":\"a\",\"topics\":[]},{\"id\":\"a\",\"topics\":[]}]}", "twice"),
        (
            "{\"topics\":{},\"members\":[{\"id\":\"a\",\"topics\":[],\"owned\":[\"orders\"]}]}",
            "“orders” is no partition",
        ),
    ] {
        let Run { stderr, .. } = kafka_lanes(&["assign", "--assignor", "range"], line.as_bytes()).fails(1);
        assert!(stderr.contains(what), "{line}: {stderr}");
    }
    let member =
        |fields: &str| format!("{{\"topics\":{{\"o\":3}},\"members\":[{{\"id\":\"c1\",\"topics\":[\"o\"]{fields}}}]}}");
    for (line, what) in [
        (member(",\"instance\":\"z\""), "“instance” is no field here. Did you mean instance_id?"),
        (member(",\"colour\":\"z\""), "Known are: id, topics, instance_id, rack, owned, generation."),
        (member(",\"generation\":\"new\""), "Here stands the text \"new\", where a whole number from -2147483648"),
        (member(",\"id\":\"c2\""), "The field id stands twice."),
        ("{\"topic\":{},\"members\":[]}".into(), "Did you mean topics?"),
        ("{\"topics\":{}}".into(), "The field members is missing."),
        (
            "{\"topics\":{\"t\":-3},\"members\":[]}".into(),
            "the number -3, where a whole number from 0 to 4294967295 belongs",
        ),
        ("{\"topics\":{\"t\":\"3\"},\"members\":[]}".into(), "Here stands the text \"3\", where a whole number"),
        (
            "[{\"o\":3},[[\"c1\",[\"o\"]]],{}]".into(),
            "Here stands a list, where a group, {\"topics\":…,\"members\":…}, belongs.",
        ),
        ("[]".into(), "Here stands a list, where a group, "),
        ("7".into(), "Here stands the number 7, where a group, "),
        (
            "{\"topics\":{\"o\":3},\"members\":[[\"c1\",[\"o\"]]]}".into(),
            "a list, where a member, {\"id\":…,\"topics\":…}, belongs.",
        ),
        ("{\"topics\":{\"t\":3},\"memb".into(), "The line ends before the group does."),
        ("{\"topics\":{},\"members\":[]} {}".into(), "Something stands behind the end of the group."),
    ] {
        let Run { stderr, .. } = kafka_lanes(&["assign", "--assignor", "range"], line.as_bytes()).fails(1);
        assert!(
            stderr.contains(what) && stderr.starts_with("stdin:1:") && !stderr.starts_with("stdin:1:0:"),
            "{line}: {stderr}"
        );
        assert!(!stderr.contains("struct") && !stderr.contains("u32"), "{stderr}");
    }
    let server = |line: &str| kafka_lanes(&["assign", "--assignor", "uniform"], line.as_bytes()).fails(1).stderr;
    let unknown = server("{\"topics\":{},\"members\":[{\"id\":\"a\",\"topics\":[\"t\"]}]}");
    assert!(unknown.contains("“t”, which is not among the topics"), "{unknown}");
    let twice = server(
        "{\"topics\":{\"t\":1},\"members\":[{\"id\":\"a\",\"topics\":[],\"owned\":[\"t-0\"]},{\"id\":\"b\",\"topics\":[],\"owned\":[\"t-0\"]}]}",
    );
    assert!(twice.contains("owned by a and by b"), "{twice}");
    let Run { stderr, .. } = kafka_lanes(&["assign", "--assignor", "best"], b"").fails(2);
    assert!(stderr.contains("sticky, cooperative-sticky, uniform, server-range"), "{stderr}");
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let text = "topic a partitions=3\ntopc b\nproducer p to a, nowhere\n";
    for command in [&["run", "-"][..], &["check", "-"], &["render", "-"], &["export", "-", "--to", "scenario"]] {
        let Run { stdout, stderr, .. } = kafka_lanes(command, text.as_bytes()).fails(1);
        assert!(stderr.contains("stdin:2:1: error: "), "{stderr}");
        assert!(stderr.contains("stdin:3:18: error: "), "{stderr}");
        assert_eq!(stdout, "");
    }
}

#[test]
fn what_a_world_cannot_do_is_said_with_its_time() {
    let text = "brokers 2\ntopic a\nat 2s kill broker 1\nat 2.5s kill broker 1\n";
    let warning = "stdin: warning: at 2.5s: The scenario asks for what can't be done. Broker 1 is down already.";
    for command in [&["run", "-"][..], &["check", "-"], &["render", "-", "--at", "3s"]] {
        let Run { stderr, .. } = kafka_lanes(command, text.as_bytes()).fails(0);
        assert!(stderr.starts_with(warning), "{stderr}");
    }
}

#[test]
fn nothing_that_is_given_breaks_it() {
    let Run { stderr, .. } = kafka_lanes(&["run", "-"], &vec![b'x'; 10_000_000]).fails(1);
    assert!(stderr.contains("MAX_INPUT_BYTES"), "{stderr}");
    let Run { stderr, .. } = kafka_lanes(&["run", "-"], b"title ok\ntopic \xFF\n").fails(1);
    assert!(stderr.contains("stdin:2:7: error: "), "{stderr}");
    let Run { stderr, .. } = kafka_lanes(&["run", "no such file"], b"").fails(1);
    assert!(stderr.contains("no such file: error: "), "{stderr}");
    let Run { stderr, .. } = kafka_lanes(&["run", env!("CARGO_MANIFEST_DIR")], b"").fails(1);
    assert!(stderr.contains("can't be read"), "{stderr}");
    let Run { stderr, .. } = kafka_lanes(&["partition", "--partitions", "3"], &vec![b'k'; 17_000_000]).fails(1);
    assert!(stderr.contains("MAX_LINE_BYTES"), "{stderr}");
    kafka_lanes(&["run", "-"], b"").succeeds();
    let order = example("order-events.kafka");
    let Run { stderr, .. } = kafka_lanes(&["render", &order, "-o", "/no/such/folder/x.svg"], b"").fails(1);
    assert!(stderr.contains("/no/such/folder/x.svg: error: "), "{stderr}");
    for wrong in [
        &["run", &order, "--until", "8d"][..],
        &["run", &order, "--until", "12"],
        &["run", &order, "--seed", "-1"],
        &["render", &order, "--size", "1x1"],
        &["render", &order, "--theme", "pink"],
        &["export", &order, "--to", "wood"],
        &["export", &order, "--to", "json", "--base", "https://example.org"],
        &["import", "--from", "wood", &order],
        &["check"],
        &["fly"],
        &[],
    ] {
        let Run { stderr, .. } = kafka_lanes(wrong, b"").fails(2);
        assert!(!stderr.is_empty(), "{wrong:?}");
    }
}

#[test]
fn check_goes_through_all_files_and_says_how_many_were_refused() {
    let order = example("order-events.kafka");
    let Run { stdout, stderr, .. } = kafka_lanes(&["check", "missing.kafka", &order, "-"], b"oops\n").fails(1);
    assert!(stdout.contains("order-events.kafka: ok: topics 1, partitions 3"), "{stdout}");
    assert!(stderr.contains("missing.kafka: error: ") && stderr.contains("stdin:1:1: error: "), "{stderr}");
    assert!(stderr.ends_with("2 of 3 refused; see above.\n"), "{stderr}");
}

#[test]
fn a_reader_that_has_enough_is_no_failure() {
    let keys = "a key that is long enough to fill a pipe\n".repeat(50_000);
    let run = support::kafka_lanes_read_one_line(&["partition", "--partitions", "3"], keys.as_bytes());
    assert_eq!((run.code, &*run.stderr), (0, ""));
    assert!(
        run.stdout.ends_with("partition 0")
            || run.stdout.ends_with("partition 1")
            || run.stdout.ends_with("partition 2")
    );
}

#[test]
fn every_help_has_an_example() {
    for command in ["", "run", "render", "partition", "assign", "check", "import", "export"] {
        let args: Vec<&str> = [command, "--help"].into_iter().filter(|arg| !arg.is_empty()).collect();
        let help = kafka_lanes(&args, b"").succeeds();
        assert!(help.contains("Example") && help.contains(&format!("kafka-lanes {command}")), "{help}");
    }
}

/// Who reads what in each group, as the state document says it.
fn arrows(document: &str) -> serde_json::Value {
    let document: serde_json::Value = serde_json::from_str(document).unwrap();
    let groups = document["groups"].as_object().unwrap();
    let share = |group: &serde_json::Value| -> serde_json::Value {
        let members = group["members"].as_object().unwrap().iter();
        members.map(|(name, member)| (name.clone(), member["assigned"].clone())).collect()
    };
    groups.iter().map(|(name, group)| (name.clone(), share(group))).collect()
}

#[test]
fn a_flowchart_runs_as_it_is_drawn() {
    let drawn = kafka_lanes(&["run", &example("order-events.mmd"), "--json"], b"");
    assert!(drawn.stderr.contains("order-events.mmd: note: "), "{}", drawn.stderr);
    let written = kafka_lanes(&["run", &example("order-events.kafka"), "--json"], b"").succeeds();
    assert_eq!(arrows(&drawn.succeeds()), arrows(&written));
}

#[test]
fn the_articles_diagram_runs_from_the_middle_of_its_prose() {
    // The article itself is not part of the repository: a session of the project finds it here.
    let seed = support::root().join("../shared/seed/000_6f04c6d2e994b214.txt");
    let Ok(article) = std::fs::read_to_string(seed) else { return };
    let start = article.find("flowchart LR").expect("the article has a flowchart");
    let end = article.find("Combining Two Messaging Models").expect("the flowchart ends");
    let written = kafka_lanes(&["run", &example("order-events.kafka"), "--json"], b"").succeeds();
    let drawn = kafka_lanes(&["run", "-", "--json"], &article.as_bytes()[start..end]).succeeds();
    assert_eq!(arrows(&drawn), arrows(&written));
}

#[test]
fn import_and_export_keep_the_world() {
    let scenario = kafka_lanes(&["import", "--from", "mermaid", &example("order-events.mmd")], b"").succeeds();
    let again = kafka_lanes(&["export", "-", "--to", "scenario"], scenario.as_bytes()).succeeds();
    assert_eq!(again, scenario);
    let mermaid = kafka_lanes(&["export", "-", "--to", "mermaid"], scenario.as_bytes()).succeeds();
    let back = kafka_lanes(&["import", "--from", "mermaid", "-"], mermaid.as_bytes()).succeeds();
    assert_eq!(back, scenario);
    let order = example("order-events.kafka");
    assert!(kafka_lanes(&["export", &order, "--to", "svg"], b"").succeeds().starts_with("<svg"));
    let json = kafka_lanes(&["export", &order, "--to", "json"], b"").succeeds();
    assert_eq!(json, kafka_lanes(&["run", &order, "--until", "12s", "--json"], b"").succeeds());
}

#[test]
fn a_flowchart_of_something_else_is_refused_with_its_place() {
    let Run { stderr, .. } = kafka_lanes(&["run", "-"], b"flowchart TD\n  Tea --> Milk\n  Milk --> Tea\n").fails(1);
    assert!(stderr.starts_with("stdin:1:"), "{stderr}");
    let nodes: String = (0..60_000).map(|n| format!("n{n}-->m{n}\n")).collect();
    kafka_lanes(&["run", "-"], format!("graph LR\n{nodes}").as_bytes()).fails(1);
}
