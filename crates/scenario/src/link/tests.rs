use kafka_lanes_core::spec::ConsumerSpec;
use kafka_lanes_core::{Action, BrokerAct, History, Span, Time};
use proptest::prelude::*;

use super::*;
use crate::language;
use crate::testing::{config, world};

fn example(name: &str) -> WorldSpec {
    let path = format!("{}/../../examples/{name}", env!("CARGO_MANIFEST_DIR"));
    let parsed = language::parse(&std::fs::read_to_string(path).unwrap());
    assert_eq!(parsed.diagnostics, []);
    parsed.spec
}

fn view() -> View {
    let mut view = View::default();
    for (name, value) in [("speed", "300"), ("selected", "member Payment-g1/Payment-2"), ("open", "topic ORDER_EVENTS")]
    {
        view.set(name, value);
    }
    view
}

/// What a pseudo-random person would do next.
fn act(history: &History, random: u64) -> Action {
    let world = history.world();
    let groups: Vec<_> = world.groups().map(|(_, group)| group).collect();
    let group = groups[random as usize / 16 % groups.len()];
    let member = group.members.values().nth(random as usize / 256 % group.members.len().max(1));
    let (group, name) = (group.name.to_string(), member.map_or(String::new(), |member| member.name.to_string()));
    let number = random / 4_096;
    match random % 16 {
        0..3 => Action::AddConsumer { group, name: None },
        3..5 => Action::RemoveConsumer { group, name },
        5..7 => Action::CrashConsumer { group, name },
        7..12 => {
            let key = format!("order-{}", number % 20);
            Action::Send { producer: "Shop".into(), topic: None, key }
        }
        12 => Action::Broker { broker: number as u32 % 3 + 1, act: BrokerAct::Kill },
        13 => Action::Broker { broker: number as u32 % 3 + 1, act: BrokerAct::Start },
        14 => {
            let consumer =
                ConsumerSpec { processing: Some(Span::from_millis(number % 30 * 100)), ..ConsumerSpec::default() };
            Action::StartConsumer { group, consumer: ConsumerSpec { name: format!("Slow-{}", number % 9), ..consumer } }
        }
        _ => {
            let topic = world.topics().next().map(|(_, topic)| topic).unwrap();
            Action::SetPartitions { topic: topic.name.to_string(), partitions: topic.partitions.len() as u32 + 1 }
        }
    }
}

/// So many acts within an hour, at whole milliseconds.
fn busy(spec: WorldSpec, acts: u64) -> History {
    let mut history = History::new(spec, 7).unwrap();
    let mut random = 0x9E37_79B9_7F4A_7C15u64;
    let mut next = || {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random >> 11
    };
    let mut done = 0;
    while done < acts {
        let wait = Span::from_millis(next() % (2 * 3_600_000 / acts));
        history.advance(history.world().now() + wait, u64::MAX);
        let action = act(&history, next());
        done += u64::from(history.act(action).is_ok());
    }
    history
}

fn reopened(text: &str) -> (Link, History) {
    let Opened { link, diagnostics } = Link::read(text).unwrap();
    assert_eq!(diagnostics, []);
    let mut history = link.history().unwrap();
    history.seek(link.time);
    (link, history)
}

/// Why it can't be opened.
fn fault(text: &str) -> LinkFault {
    Link::read(text).unwrap_err().fault
}

/// What stands behind [`PREFIX`], as bytes.
fn bytes_of(text: &str) -> Vec<u8> {
    alphabet::read(&text[PREFIX.len()..]).0
}

#[test]
fn the_articles_diagram_is_short() {
    let mut spec = example("order-events.kafka");
    let mut history = History::new(spec.clone(), 1).unwrap();
    history.advance(Time(12_345_678), u64::MAX);
    let text = Link::of(&history, view()).write().unwrap();
    assert!(text.len() < 300, "{}: {text}", text.len());
    spec.title = "¿Order <b>events</b>?".into();
    let other = Link { spec, ..Link::of(&history, View::default()) };
    assert_eq!(reopened(&other.write().unwrap()).0, other);
    let (link, again) = reopened(&format!("https://example.org/a/#{}", &text[1..]));
    assert_eq!(link.view, view());
    assert_eq!(link.view.value("speed"), Some("300"));
    assert_eq!(again.world().digest(), history.world().digest());
}

#[test]
fn an_hour_of_clicking_is_short_and_opens_to_the_same_world() {
    for name in ["order-events.kafka", "broker-failure.kafka"] {
        let mut history = busy(example(name), 360);
        let text = Link::of(&history, view()).write().unwrap();
        assert!(text.len() < 2_000, "{name}: {}", text.len());
        let (link, again) = reopened(&text);
        assert_eq!(link.actions, history.actions());
        assert_eq!(again.world().digest(), history.world().digest(), "{name}");
        // Scrubbed back, the end is still there.
        history.seek(Time::from_secs(1_000));
        let (_, again) = reopened(&Link::of(&history, view()).write().unwrap());
        assert_eq!((again.end(), again.world().digest()), (history.end(), history.world().digest()));
    }
}

#[test]
fn every_change_to_a_link_is_noticed() {
    let history = busy(example("order-events.kafka"), 5);
    let text = Link::of(&history, View::default()).write().unwrap();
    for length in PREFIX.len()..text.len() {
        assert_eq!(fault(&text[..length]), LinkFault::Damaged, "{length}");
    }
    for (place, was) in text.char_indices().skip(PREFIX.len() + 4) {
        let other = if was == 'A' { 'B' } else { 'A' };
        let changed = format!("{}{other}{}", &text[..place], &text[place + 1..]);
        // The last character may hold bits that mean nothing.
        match Link::read(&changed) {
            Err(broken) => assert_eq!(broken.fault, LinkFault::Damaged),
            Ok(opened) => assert!(place + 1 == text.len() && opened.link == Link::of(&history, View::default())),
        }
    }
    assert_eq!(fault("https://example.org/#story/8/2"), LinkFault::NoLink);
    assert_eq!(fault(&format!("{text}%20")), LinkFault::Character { character: '%' });
    assert!(Link::read(&format!("  {text}\n")).is_ok());
}

#[test]
fn of_a_link_that_was_cut_the_lines_before_the_cut_are_read() {
    let history = busy(example("broker-failure.kafka"), 20);
    let link = Link::of(&history, view());
    let (text, scenario) = (link.write().unwrap(), language::print(&link.spec));
    let mut known = 0;
    for length in (PREFIX.len()..text.len()).step_by(7) {
        let Some(part) = Link::read(&text[..length]).unwrap_err().part else {
            assert_eq!(known, 0, "{length}: what was read before was more");
            continue;
        };
        let printed = language::print(&part.link.spec);
        assert!(scenario.lines().zip(printed.lines()).all(|(whole, part)| whole == part), "{length}: {printed}");
        assert!(link.actions.starts_with(&part.link.actions), "{length}: {:?}", part.link.actions);
        assert!(printed == scenario || part.link.actions.is_empty());
        let lines = printed.lines().count() + part.link.actions.len();
        assert!(lines >= known, "{length}");
        known = lines;
        assert_eq!((part.link.seed, part.link.time), (link.seed, link.time));
        let said = part.diagnostics[0].message();
        assert!(said.contains("cut short") && said.ends_with("What could be read of it is shown."), "{said}");
        assert!(part.link.history().is_ok());
    }
    assert!(known + 4 > scenario.lines().count() + link.actions.len(), "{known}");
}

#[test]
fn of_a_link_with_something_behind_it_all_is_read() {
    let link = Link::of(&busy(example("order-events.kafka"), 3), View::default());
    let text = link.write().unwrap();
    for more in [")", ").", "%20and so on", "…"] {
        let Broken { fault, part } = Link::read(&[&*text, more].concat()).unwrap_err();
        assert!(matches!(fault, LinkFault::Character { .. }));
        assert_eq!(part.unwrap().link, link, "{more}");
    }
    let long = [&*text, &"A".repeat(MAX_LINK_CHARS)].concat();
    assert!(Link::read(&long).unwrap_err().part.unwrap().link.spec == link.spec);
}

#[test]
fn a_link_that_was_changed_gives_no_more_than_a_beginning_or_nothing() {
    let link = Link::of(&busy(example("order-events.kafka"), 3), View::default());
    let text = link.write().unwrap();
    let mut parts = 0;
    // Behind the mark of the engine.
    for place in (PREFIX.len() + 4..text.len() - 1).step_by(7) {
        let other = if &text[place..=place] == "A" { "B" } else { "A" };
        let changed = [&text[..place], other, &text[place + 1..]].concat();
        if let Some(part) = Link::read(&changed).unwrap_err().part {
            parts += 1;
            assert!(part.link.history().is_ok());
            assert!(part.diagnostics.iter().skip(1).all(|d| d.severity != crate::Severity::Error), "{place}");
        }
    }
    assert!(parts > 0);
    // Noise is not taken for a world.
    for wrong in [text.to_ascii_lowercase(), text.to_ascii_uppercase().replacen("#PLAY", "#play", 1)] {
        assert_eq!(Link::read(&wrong).unwrap_err(), Broken { fault: LinkFault::Damaged, part: None });
    }
}

#[test]
fn another_engines_link_opens_and_a_later_formats_does_not() {
    let history = busy(example("order-events.kafka"), 3);
    let link = Link::of(&history, View::default());
    let opened = Link::read(&link.write_as(engine() ^ 1).unwrap()).unwrap();
    assert_eq!(opened.link, link);
    assert_eq!(opened.diagnostics.len(), 1);
    assert_eq!(opened.diagnostics[0].cause, crate::Cause::OtherEngine);
    assert!(opened.diagnostics[0].message().contains("may differ"));

    let mut bytes = bytes_of(&link.write().unwrap());
    bytes[0] = FORMAT + 1;
    let Broken { fault, part } = Link::read(&[PREFIX, &alphabet::write(&bytes)].concat()).unwrap_err();
    assert_eq!(fault, LinkFault::Newer { format: FORMAT + 1 });
    // It is like ours as far as we can see.
    assert_eq!(part.unwrap().link, link);
    bytes[9] ^= 1;
    let other = Link::read(&[PREFIX, &alphabet::write(&bytes)].concat()).unwrap_err();
    assert_eq!(other, Broken { fault, part: None });
    assert!(fault.to_string().contains("later version"), "{fault}");
}

/// A link with this in it, checksum and all.
fn forged(moment: &Moment) -> String {
    let packed = packed::pack(moment).unwrap();
    let (engine, crc) = (engine().to_be_bytes(), crc32(&packed).to_be_bytes());
    [PREFIX, &alphabet::write(&[&[FORMAT], &engine[..], &crc, &packed].concat())].concat()
}

#[test]
fn an_attackers_link_is_read_like_any_text() {
    let of = |scenario: String| Moment { scenario, ..Moment::default() };
    let members: String = (0..3_000).map(|n| format!("consumer c{n}\n")).collect();
    let text = format!("topic t partitions=99999999\ngroup g reads t\n{members}");
    let opened = Link::read(&forged(&of(text))).unwrap();
    assert_eq!(opened.link.spec.groups[0].consumers.len(), kafka_lanes_core::limits::MAX_MEMBERS);
    assert!(opened.diagnostics.iter().any(|d| d.message().contains("MAX_MEMBERS")));
    assert!(opened.link.history().is_ok());

    let markup = "<img src=x onerror=alert(1)>";
    let opened = Link::read(&forged(&of(format!("topic \"{markup}\"")))).unwrap();
    assert_eq!(opened.link.spec.topics[0].name, markup);

    // As much as there may be, in few characters; and more.
    let long = forged(&of("a".repeat(MAX_UNPACKED_BYTES - 10)));
    assert!(long.len() < 4_000, "{}", long.len());
    assert!(!Link::read(&long).unwrap().diagnostics.is_empty());
    assert_eq!(packed::pack(&of("a".repeat(MAX_UNPACKED_BYTES))), Err(LinkFault::TooBigUnpacked));

    let acts = [(u64::MAX, "add group"), (0, "kill broker 9"), (1, "send x from y")];
    let acts = acts.map(|(wait, act)| (wait, String::from(act))).to_vec();
    let far = Moment { seed: u64::MAX, time: u64::MAX, ahead: u64::MAX, acts, ..Moment::default() };
    let opened = Link::read(&forged(&far)).unwrap();
    let end = Time::ZERO + kafka_lanes_core::limits::MAX_TIME;
    assert_eq!((opened.link.seed, opened.link.time, opened.link.end), (u64::MAX, end, end));
    assert_eq!((opened.link.actions.len(), opened.diagnostics.len()), (0, 3));

    let acts = [(1_000, "add group"), (5, "fly"), (7, "kill broker 9")].map(|(wait, act)| (wait, act.into())).to_vec();
    let opened = Link::read(&forged(&Moment { acts, ..Moment::default() })).unwrap();
    assert_eq!(opened.link.actions.len(), 2);
    let mut history = opened.link.history().unwrap();
    history.seek(Time::from_secs(1));
    assert_eq!(history.world().groups().count(), 1);

    let long = "A".repeat(MAX_LINK_CHARS + 1);
    assert_eq!(fault(&[PREFIX, &long].concat()), LinkFault::TooLong { chars: MAX_LINK_CHARS + 1 });
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn any_world_with_any_acts_comes_back(
        spec in world(), more in world(), seed: u64, time in 0u64..604_800_000_000, ahead in 0u64..1_000_000,
        settings in proptest::collection::vec(("\\PC{1,9}", "\\PC{0,20}"), 0..5),
    ) {
        let time = Time(time);
        let end = (time + Span(ahead)).min(Time::ZERO + kafka_lanes_core::limits::MAX_TIME);
        let mut view = View::default();
        settings.iter().for_each(|(name, value)| view.set(name, value));
        let link = Link { spec, seed, actions: more.actions, time, end, view };
        let opened = Link::read(&link.write().unwrap()).unwrap();
        prop_assert_eq!(opened.link, link);
        // Names that Kafka would not take are a warning here as anywhere.
        prop_assert!(opened.diagnostics.iter().all(|d| d.severity != crate::Severity::Error), "{:?}", opened.diagnostics);
    }
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn any_bytes_are_refused_or_read(bytes in proptest::collection::vec(any::<u8>(), 0..200), format in 0u8..4) {
        if let Err(Broken { part: Some(part), .. }) = Link::read(&[PREFIX, &alphabet::write(&[&[format], &bytes[..]].concat())].concat()) {
            prop_assert!(part.link.history().is_ok());
        }
        // The same with a checksum that is right.
        let (engine, crc) = (engine().to_be_bytes(), crc32(&bytes).to_be_bytes());
        let text = alphabet::write(&[&[FORMAT], &engine[..], &crc, &bytes].concat());
        if let Ok(opened) = Link::read(&[PREFIX, &text].concat()) {
            prop_assert!(opened.link.history().is_ok());
        }
    }
}
