//! What somebody changes in a step's world does what its words promise, and soon.

use kafka_lanes_core::{Action, History, Span};
use kafka_lanes_story::{Facts, Step, Story, Touch, memberships, regroup, resize, with_group};
use kafka_lanes_words::English;

/// The step of a chapter, both from 1, as it stands before anybody touches it.
fn opened(chapter: usize, number: usize) -> (Step<'static>, History) {
    let chapter = Story::of(&English).chapters().nth(chapter - 1).expect("a chapter");
    let step = chapter.steps().nth(number - 1).expect("a step");
    (step, step.moment().reached().expect("a world"))
}

fn touch(step: &Step) -> Touch {
    step.touch().expect("something to touch")
}

fn act(history: &mut History, actions: Vec<Action>, settles: Span) {
    for action in actions {
        history.act(action).expect("it can be done");
    }
    history.advance(history.world().now() + settles, u64::MAX);
}

/// The steps at which something can be touched, from 1.
#[test]
fn three_chapters_let_something_be_touched() {
    let mut found = Vec::new();
    for (number, chapter) in (1..).zip(Story::of(&English).chapters()) {
        found.extend((1..).zip(chapter.steps()).filter_map(|(step, one)| one.touch().map(|_| (number, step))));
    }
    assert_eq!(found, [(7, 4), (8, 4), (9, 2)]);
}

#[test]
fn a_record_with_a_key_of_ones_own_lies_in_its_lane() {
    let (step, opened) = opened(7, 4);
    let Touch::Key { producer, topic, key: first } = touch(&step) else { panic!("a key") };
    for key in ["my-key", "ключ", first] {
        let mut history = opened.clone();
        let lane = Facts(history.world()).placement(topic, key).partition;
        let before = Facts(history.world()).with_key(topic, key).count();
        let send = Action::Send { producer: producer.into(), topic: Some(topic.into()), key: key.into() };
        act(&mut history, vec![send], touch(&step).settles());
        let lanes: Vec<u32> = Facts(history.world()).with_key(topic, key).map(|(lane, _)| lane).collect();
        assert_eq!(lanes.len(), before + 1, "{key}");
        assert!(lanes.iter().all(|one| *one == lane), "{key}: {lanes:?}");
    }
}

#[test]
fn any_number_of_consumers_shares_the_lanes_and_who_is_too_many_is_idle() {
    let (step, opened) = opened(8, 4);
    let Touch::Consumers { group, most } = touch(&step) else { panic!("consumers") };
    for first in 1..=most {
        for second in 1..=most {
            let mut history = opened.clone();
            for wanted in [first, second] {
                let actions = resize(history.world(), group, wanted);
                act(&mut history, actions, touch(&step).settles());
                let facts = Facts(history.world());
                let lanes = facts.lanes("ORDER_EVENTS");
                assert_eq!(facts.members(group), wanted, "{first}, {second}");
                assert!(facts.each_lane_has_a_reader(group), "{first}, {second}");
                assert_eq!(facts.working(group), wanted.min(lanes), "{first}, {second}");
                assert_eq!(facts.idle(group), wanted.saturating_sub(lanes), "{first}, {second}");
            }
        }
    }
}

/// From one `group.id` each to one for both, to a new one, and to the old one.
#[test]
fn a_group_id_makes_a_queue_of_a_broadcast_and_back() {
    let (step, mut history) = opened(9, 2);
    let settles = touch(&step).settles();
    assert_eq!(touch(&step), Touch::GroupId);
    let names = |history: &History| memberships(history).into_iter().map(|one| one.group).collect::<Vec<_>>();
    assert_eq!(names(&history), ["payment-g1", "analytics-g1"]);

    let actions = regroup(&history, "analytics-1", "payment-g1");
    act(&mut history, actions, settles);
    assert_eq!(names(&history), ["payment-g1", "payment-g1"]);
    let facts = Facts(history.world());
    assert_eq!((facts.working("payment-g1"), facts.most_lanes("payment-g1")), (2, 1), "they share");

    let spec = with_group(&history, "analytics-1", "radio").expect("a new group");
    assert!(with_group(&history, "analytics-1", "payment-g1").is_none());
    let past = history.actions().to_vec();
    let now = history.world().now();
    let digest = Facts(history.world()).processed("payment-g1");
    history = History::recorded(spec, history.seed(), past, history.end()).expect("a world");
    history.seek(now);
    assert_eq!(Facts(history.world()).processed("payment-g1"), digest, "a group without anybody changes nothing");
    let actions = regroup(&history, "analytics-1", "radio");
    act(&mut history, actions, settles);
    let facts = Facts(history.world());
    for group in ["payment-g1", "radio"] {
        assert_eq!(facts.most_lanes(group), facts.lanes("orders"), "each has all");
    }
    assert!(facts.processed("radio") > 0);
    assert_eq!(regroup(&history, "analytics-1", "radio"), [], "it is there");

    let actions = regroup(&history, "payment-1", "radio");
    act(&mut history, actions, settles);
    assert_eq!(names(&history), ["radio", "radio"]);
    assert_eq!(Facts(history.world()).most_lanes("radio"), 1);
}
