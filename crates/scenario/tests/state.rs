//! The state document has the form that `formats.md` promises, and its numbers agree with each other.

use kafka_lanes_core::{Action, History, Time};
use kafka_lanes_scenario::{StateDocument, language};
use serde_json::{Value, json};

fn world() -> History {
    let text = "title x
topic orders partitions=2
producer Shop to orders rate=4/s
group payment reads orders assignor=range
  consumer Payment-1
group audit reads orders assignor=manual reset=latest
  consumer A reads=orders-1
  consumer B
at 5s add consumer Payment-2 to payment
at 15s add consumer Payment-3 to payment
service Web calls Pay orders=1/s
service Pay
at 12s stop service Pay
";
    let parsed = language::parse(text);
    assert_eq!(parsed.diagnostics, []);
    History::new(parsed.spec, 7).expect("a parsed world is never refused")
}

fn at(history: &mut History, seconds: u64) -> Value {
    history.seek(Time::from_secs(seconds));
    serde_json::to_value(StateDocument::of(history)).expect("the document is plain data")
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[test]
fn the_form_is_the_promised_one() {
    let mut history = world();
    let state = at(&mut history, 30);
    let fields =
        ["alarms", "digest", "groups", "in_flight", "producers", "rebalances", "seed", "services", "time_us", "topics"];
    assert_eq!(keys(&state), fields);
    assert_eq!((&state["time_us"], &state["seed"]), (&json!(30_000_000), &json!(7)));
    assert_eq!(state["digest"].as_str().map(str::len), Some(16));
    let lane = &state["topics"]["orders"]["partitions"][1];
    assert_eq!(keys(lane), ["high_watermark", "isr", "leader", "log_end", "log_start", "partition", "replicas"]);
    assert_eq!((&lane["partition"], &lane["replicas"]), (&json!(1), &json!([1])));
    let payment = &state["groups"]["payment"];
    assert_eq!(keys(payment), ["assignor", "epoch", "members", "offsets", "protocol", "state"]);
    assert_eq!((&payment["assignor"], &payment["state"]), (&json!("range"), &json!("stable")));
    let member = json!({"assigned": ["orders-0"], "state": "stable", "idle": false});
    assert_eq!(payment["members"]["Payment-1"], member);
    let idle = json!({"assigned": [], "state": "stable", "idle": true});
    assert_eq!(payment["members"]["Payment-3"], idle);
    assert_eq!(keys(&payment["offsets"]["orders-0"]), ["again", "committed", "lag", "passed", "position"]);
    assert_eq!(keys(&state["producers"]["Shop"]), ["acked", "failed", "sent"]);
    let web = &state["services"]["Web"];
    assert_eq!(
        keys(web),
        [
            "busy",
            "calls",
            "failed",
            "half_done",
            "in_vain",
            "last_failure",
            "received",
            "state",
            "succeeded",
            "waiting",
        ]
    );
    assert_eq!(keys(&web["calls"]["Pay"]), ["failed", "sent", "succeeded", "timed_out"]);
    assert_eq!((&web["last_failure"]["to"], &web["last_failure"]["why"]), (&json!("Pay"), &json!("refused")));
    assert_eq!(state["services"]["Pay"]["state"], "stopped");
    assert_eq!(keys(&state["in_flight"]), ["fetch", "produce"]);
}

#[test]
fn the_numbers_agree() {
    let mut history = world();
    let mut under_way = 0;
    for seconds in 1..60 {
        let state = at(&mut history, seconds);
        let number = |value: &Value| value.as_u64().expect("a number");
        let lanes = state["topics"]["orders"]["partitions"].as_array().expect("a list");
        let appended: u64 = lanes.iter().map(|lane| number(&lane["log_end"])).sum();
        let sent = number(&state["producers"]["Shop"]["sent"]);
        assert_eq!(sent, appended + number(&state["in_flight"]["produce"]), "at {seconds}s");
        assert!(number(&state["producers"]["Shop"]["acked"]) <= appended);
        for (lane, offsets) in lanes.iter().zip(["orders-0", "orders-1"]) {
            let offsets = &state["groups"]["payment"]["offsets"][offsets];
            if let Some(committed) = offsets["committed"].as_u64() {
                assert_eq!(number(&offsets["lag"]), number(&lane["high_watermark"]) - committed);
            } else {
                assert!(offsets["lag"].is_null());
            }
        }
        under_way += number(&state["in_flight"]["fetch"]);
    }
    assert!(under_way > 0, "records fly to consumers at some time");
}

#[test]
fn rebalances_say_who_got_what_and_how_long_it_took() {
    let mut history = world();
    let state = at(&mut history, 30);
    let rebalances = state["rebalances"].as_array().expect("a list");
    let causes: Vec<&str> = rebalances.iter().filter_map(|one| one["cause"].as_str()).collect();
    assert_eq!(causes, ["member Payment-1 joined", "member Payment-2 joined", "member Payment-3 joined"]);
    let second = &rebalances[1];
    assert_eq!(keys(second), ["cause", "group", "moved", "paused_us", "stood_us", "time_us"]);
    assert_eq!(second["moved"], json!([["orders-1", "Payment-1", "Payment-2"]]));
    assert!(second["paused_us"]["Payment-1"].as_u64() > Some(0));
    assert!(second["stood_us"]["orders-1"].as_u64() > Some(0));
}

#[test]
fn manual_groups_are_told_as_such() {
    let mut history = world();
    let state = at(&mut history, 10);
    let audit = &state["groups"]["audit"];
    assert_eq!((&audit["protocol"], &audit["assignor"]), (&json!("manual"), &json!("manual")));
    assert_eq!(audit["members"]["A"]["assigned"], json!(["orders-1"]));
    assert_eq!(audit["members"]["B"]["idle"], json!(true));
    assert!(audit["offsets"]["orders-0"]["position"].is_null(), "nobody reads it");
}

/// Of a list the one that was chosen; and who was refused, with Kafka's name for it.
#[test]
fn lists_of_assignors_are_told_with_who_was_refused() {
    let text = "topic orders partitions=2\ngroup g reads orders assignor=cooperative-sticky,range\n  consumer a\n\
                at 5s add consumer b to g assignor=sticky\nat 8s add consumer c to g assignor=range\n";
    let mut history = History::new(language::parse(text).spec, 1).expect("a parsed world is never refused");
    let before = at(&mut history, 0);
    assert_eq!(before["groups"]["g"]["assignor"], json!("cooperative-sticky,range"));
    let group = &at(&mut history, 7)["groups"]["g"];
    assert_eq!((&group["assignor"], &group["protocol"]), (&json!("cooperative-sticky"), &json!("classic")));
    let refused = json!({"assigned": [], "state": "refused", "idle": false, "assignors": ["sticky"],
                         "error": "INCONSISTENT_GROUP_PROTOCOL"});
    assert_eq!(group["members"]["b"], refused);
    let group = &at(&mut history, 12)["groups"]["g"];
    assert_eq!(group["assignor"], json!("range"));
    let own = json!({"assigned": ["orders-1"], "state": "stable", "idle": false, "assignors": ["range"]});
    assert_eq!(group["members"]["c"], own);
}

#[test]
fn the_same_moment_is_the_same_document() {
    let (mut one, mut other) = (world(), world());
    let first = at(&mut one, 20);
    at(&mut other, 40);
    assert_eq!(at(&mut other, 20), first);
    other.act(Action::RemoveProducer { name: "Shop".into() }).expect("Shop is there");
    assert_ne!(at(&mut other, 21)["digest"], at(&mut one, 21)["digest"]);
}

#[test]
fn brokers_copies_and_broken_promises_are_told() {
    let text = "brokers 3
topic orders partitions=3 replication=3 min-isr=2
producer Shop to orders rate=20/s acks=1
at 10s stall broker 2
at 10s stall broker 3
at 12s kill broker 1
at 12s start broker 2
at 12s start broker 3
";
    let parsed = language::parse(text);
    assert_eq!(parsed.diagnostics, []);
    let mut history = History::new(parsed.spec, 7).expect("a parsed world is never refused");
    let before = at(&mut history, 9);
    let lanes = before["topics"]["orders"]["partitions"].as_array().expect("partitions");
    let leaders: Vec<i64> = lanes.iter().map(|lane| lane["leader"].as_i64().expect("a number")).collect();
    assert!((1..=3).all(|broker| leaders.contains(&broker)), "{leaders:?}");
    assert_eq!(before["alarms"], json!([]));
    let after = at(&mut history, 30);
    for lane in after["topics"]["orders"]["partitions"].as_array().expect("partitions") {
        assert_ne!(lane["leader"], json!(1));
        assert_eq!(lane["isr"].as_array().map(Vec::len), Some(2));
        assert_eq!(lane["replicas"].as_array().map(Vec::len), Some(3));
    }
    let alarms = after["alarms"].as_array().expect("alarms");
    assert!(!alarms.is_empty());
    assert_eq!(
        keys(&alarms[0]),
        ["cause", "key", "kind", "offset", "partition", "records", "since_us", "time_us", "topic", "until_us"]
    );
    assert_eq!((&alarms[0]["kind"], &alarms[0]["topic"]), (&json!("record-lost"), &json!("orders")));
}

/// The state of a world at a moment, with its only group and the words of that moment's text.
fn group_at(text: &str, seconds: u64) -> Value {
    let parsed = language::parse(text);
    assert_eq!(parsed.diagnostics, []);
    let mut history = History::new(parsed.spec, 1).expect("a parsed world is never refused");
    let mut state = at(&mut history, seconds);
    let cause = state["rebalances"].as_array().and_then(|all| all.last()).map(|last| last["cause"].clone());
    let mut group = state["groups"]["g"].take();
    group["cause"] = cause.unwrap_or_default();
    group
}

/// A group of two, or of one, in which something happens to `c1`.
fn with_c1(lanes: u32, both: bool, timing: &str, action: &str) -> String {
    let c2 = if both { "\n  consumer c2" } else { "" };
    format!(
        "{timing}\ntopic o partitions={lanes}\nproducer S to o rate=10/s\ngroup g reads o processing=1ms\n  \
         consumer c1{c2}\nat {action}\n"
    )
}

#[test]
fn a_member_that_left_as_its_application_did_not_poll_is_no_good_one() {
    let timing = "timing kafka max-poll-interval=6s";
    let group = group_at(&with_c1(4, true, timing, "34s hang consumer c1 of g for 20s"), 44);
    assert_eq!(group["members"]["c1"], json!({"assigned": [], "state": "removed", "idle": false}));
    assert_eq!(group["members"]["c2"]["state"], json!("stable"));
    assert_eq!(group["cause"], json!("member c1 did not poll for max.poll.interval.ms"));
    let group = group_at(&with_c1(2, false, timing, "34s hang consumer c1 of g for 500s"), 44);
    assert_eq!((&group["state"], &group["members"]["c1"]["state"]), (&json!("empty"), &json!("removed")));
}

/// A partition is one member's, as its coordinator sees it; what another believes is told as that.
#[test]
fn a_member_that_does_not_know_that_it_was_put_out_owns_nothing() {
    let text = with_c1(2, true, "", "10s pause consumer c1 of g for 100s");
    let group = group_at(&text, 40);
    let put_out = json!({"assigned": [], "state": "removed", "idle": false, "believes": ["o-0"]});
    assert_eq!(group["members"]["c1"], put_out);
    assert_eq!(group["members"]["c2"]["assigned"], json!(["o-0", "o-1"]));
    let back = &group_at(&text, 130)["members"]["c1"];
    assert_eq!(back["state"], json!("stable"));
    assert_eq!(back.get("believes"), None);
    assert_eq!(back["assigned"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_member_that_waits_for_what_others_have_is_reconciling() {
    let text = "timing kafka\ntopic o partitions=2\nproducer S to o rate=10/s\n\
                group g reads o assignor=uniform processing=1ms\n  consumer c1\nat 30s add consumer c2 to g\n";
    let group = group_at(text, 31);
    let c2 = json!({"assigned": [], "state": "reconciling", "idle": false});
    assert_eq!((&group["state"], &group["members"]["c2"]), (&json!("reconciling"), &c2));
    let group = group_at(text, 50);
    assert_eq!(group["members"]["c2"]["state"], json!("stable"));
    assert_eq!(group["members"]["c2"]["assigned"].as_array().map(Vec::len), Some(1));
}
