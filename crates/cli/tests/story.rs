//! The story in a terminal, and as the document that `formats.md` promises.

mod support;

use serde_json::Value;
use support::kafka_lanes;

fn document() -> Value {
    serde_json::from_str(&kafka_lanes(&["story", "--json"], b"").succeeds()).unwrap()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn the_document_has_the_promised_form() {
    let story = document();
    assert_eq!(keys(&story), ["chapters"]);
    let chapters = story["chapters"].as_array().unwrap();
    assert_eq!(chapters.len(), 13);
    for chapter in chapters {
        assert_eq!(keys(chapter), ["steps", "title"]);
        let steps = chapter["steps"].as_array().unwrap();
        let asked = steps.iter().filter_map(|step| step.get("question")).collect::<Vec<_>>();
        assert_eq!(asked.len(), 1, "{}", chapter["title"]);
        assert_eq!(keys(asked[0]), ["ask", "choices"]);
        assert!(asked[0]["choices"].as_array().unwrap().len() >= 2);
        for step in steps {
            assert!(step["at_us"].as_u64().unwrap() > 0);
            assert!(!step["text"].as_str().unwrap().contains('{'));
        }
    }
}

/// Whoever runs a step's scenario to its moment sees what its text says.
#[test]
fn each_scenario_runs_to_its_moment() {
    let story = document();
    let step = &story["chapters"][7]["steps"][2];
    let until = format!("{}us", step["at_us"]);
    let state = kafka_lanes(&["run", "-", "--until", &until, "--json"], step["scenario"].as_str().unwrap().as_bytes());
    let state: Value = serde_json::from_str(&state.succeeds()).unwrap();
    let members = state["groups"]["Payment-g1"]["members"].as_object().unwrap();
    let idle = members.values().filter(|member| member["idle"] == true).count();
    let text = step["text"].as_str().unwrap();
    assert!(text.contains(&format!("there are {} consumers", members.len())), "{text}");
    assert!(text.contains(&format!("{idle} have no lane")), "{text}");
}

#[test]
fn in_a_terminal_it_is_text_in_lines_that_fit() {
    let text = kafka_lanes(&["story"], b"").succeeds();
    assert!(text.starts_with("1. "), "{text}");
    assert!(text.contains("\n13. "));
    assert!(text.lines().all(|line| line.chars().count() <= 78));
    let story = document();
    let title = story["chapters"][4]["title"].as_str().unwrap();
    assert!(text.contains(&format!("\n5. {title}\n")));
    assert_eq!(text.matches("\n?").count(), 13);
}

#[test]
fn help_has_an_example() {
    assert!(kafka_lanes(&["story", "--help"], b"").succeeds().contains("kafka-lanes story --json"));
}
