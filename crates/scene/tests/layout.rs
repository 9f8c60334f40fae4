//! The layout holds for every world and width: no label over another, no arrow through a label, nothing outside.

mod common;

use kafka_lanes_core::spec::{ServiceSpec, WorldSpec};
use kafka_lanes_core::{Action, History, ServiceId, ServiceStatus, Time, TopicPartition, World};
use kafka_lanes_scene::{DotKind, Fold, Part, Polyline, Rect, Scene, Shape, Target, View, layout, motion, n};
use kafka_lanes_words::English;
use proptest::prelude::*;

/// Texts with what they take up, and the part that they are of.
fn texts(scene: &Scene) -> Vec<(Rect, String, &Part)> {
    let of = |part| {
        shapes_of(part).filter_map(move |shape| match shape {
            Shape::Text(text) if !text.text.is_empty() => Some((text.bounds().inset(0.2), text.text.clone(), part)),
            _ => None,
        })
    };
    scene.parts().flat_map(of).collect()
}

fn shapes_of(part: &Part) -> impl Iterator<Item = &Shape> {
    part.shapes.iter()
}

/// Whether the piece from `a` to `b` has points in `rect`.
fn crosses(rect: Rect, a: (f64, f64), b: (f64, f64)) -> bool {
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    let slabs = [(a.0, b.0 - a.0, rect.x, rect.right()), (a.1, b.1 - a.1, rect.y, rect.bottom())];
    for (start, step, low, high) in slabs {
        if step == 0.0 {
            if start <= low || start >= high {
                return false;
            }
            continue;
        }
        let (enter, leave) = ((low - start) / step, (high - start) / step);
        from = from.max(enter.min(leave));
        to = to.min(enter.max(leave));
    }
    from < to
}

fn through(line: &Polyline, within: Rect, rect: Rect) -> bool {
    within.overlaps(rect) && line.points().windows(2).any(|piece| crosses(rect, piece[0], piece[1]))
}

/// What a line takes up, and a little more, so that straight lines take up something.
fn bounds(line: &Polyline) -> Rect {
    let ends = |pick: fn(&(f64, f64)) -> f64| {
        line.points().iter().map(pick).fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)))
    };
    let ((left, right), (top, bottom)) = (ends(|p| p.0), ends(|p| p.1));
    Rect::new(left, top, right - left, bottom - top).inset(-1.0)
}

/// All paths that records take, and all arrows.
fn lines(world: &World, scene: &Scene) -> Vec<(String, Polyline)> {
    let mut lines: Vec<(String, Polyline)> = scene
        .routes()
        .iter()
        .map(|route| (format!("{:?} {:?}", route.group, route.partition), route.line.clone()))
        .collect();
    for (from, service) in world.services() {
        let called = kafka_lanes_scene::steps(service).into_iter();
        lines.extend(called.map(|link| {
            let line = scene.call_path(from, link.to).cloned().expect("each call has an arrow");
            (format!("{from:?} to {:?}", link.to), line)
        }));
    }
    for (id, producer) in world.producers().take(8) {
        for topic in &producer.topics {
            let count = world.topic(*topic).map_or(0, |topic| topic.partition_count());
            for partition in (0..count).filter(|p| *p < 8 || p % 7 == 0) {
                let to = TopicPartition { topic: *topic, partition };
                lines.push((format!("{id:?} to {to:?}"), scene.write_path(world, id, to)));
            }
        }
    }
    lines
}

fn check(world: &World, scene: &Scene) -> Result<(), TestCaseError> {
    let mut texts = texts(scene);
    texts.sort_by(|(a, ..), (b, ..)| a.y.total_cmp(&b.y));
    for (i, (a, a_text, a_part)) in texts.iter().enumerate() {
        for (b, b_text, b_part) in texts[i + 1..].iter().take_while(|(b, ..)| b.y < a.bottom()) {
            prop_assert!(
                !a.overlaps(*b),
                "{a_text:?} of {} lies over {b_text:?} of {}: {a:?} {b:?}",
                a_part.key,
                b_part.key
            );
        }
        prop_assert!(a.x >= 0.0 && a.right() <= scene.width, "{a_text:?} of {} sticks out: {a:?}", a_part.key);
        prop_assert!(
            a.y >= -0.5 && a.bottom() <= scene.height,
            "{a_text:?} of {} sticks out: {a:?} of {}",
            a_part.key,
            scene.height
        );
    }
    // Of the producers of a very large world a few speak for all: each is a box with a line to every topic.
    for (name, line) in lines(world, scene).into_iter().take(600) {
        let within = bounds(&line);
        for (rect, text, part) in &texts {
            prop_assert!(
                !through(&line, within, *rect),
                "{name} goes through {text:?} of {}: {rect:?} {:?}",
                part.key,
                line.points()
            );
        }
        for (x, y) in line.points() {
            prop_assert!(
                (0.0..=scene.width).contains(x) && (0.0..=scene.height).contains(y),
                "{name} leaves the picture at {x} {y}"
            );
        }
    }
    for part in scene.parts() {
        for shape in shapes_of(part) {
            let rect = match shape {
                Shape::Rect { rect, .. } => *rect,
                Shape::Circle { x, y, r, .. } | Shape::Glyph { x, y, r, .. } => {
                    Rect::new(x - r, y - r, 2.0 * r, 2.0 * r)
                }
                Shape::Text(text) => {
                    prop_assert!(text.size >= 11.0, "{:?} of {} is too small to read", text.text, part.key);
                    continue;
                }
                Shape::Path { .. } => continue,
            };
            prop_assert!(
                rect.x >= 0.0 && rect.right() <= scene.width && rect.y >= -0.5 && rect.bottom() <= scene.height,
                "{} sticks out: {rect:?} of {} x {}",
                part.key,
                n(scene.width),
                n(scene.height)
            );
            prop_assert!(rect.w >= 0.0 && rect.h >= 0.0, "{} is inside out: {rect:?}", part.key);
        }
    }
    boxes_are_apart(scene)
}

/// Things that stand beside one another do not overlap.
fn boxes_are_apart(scene: &Scene) -> Result<(), TestCaseError> {
    let is = |part: &Part, kind: &str| part.class.split(' ').any(|class| class == kind);
    for kinds in [
        &["topic", "group", "producer", "key-button", "broker", "service"][..],
        &["lane"],
        &["member"],
        &["cell", "next"],
        &["key-button"],
    ] {
        let boxes: Vec<&Part> = scene.parts().filter(|part| kinds.iter().any(|kind| is(part, kind))).collect();
        for (i, a) in boxes.iter().enumerate() {
            for b in &boxes[i + 1..] {
                let in_bar =
                    is(a, "producer") && is(b, "key-button") && a.bounds.contains(b.bounds.cx(), b.bounds.cy());
                prop_assert!(
                    in_bar || !a.bounds.inset(0.1).overlaps(b.bounds.inset(0.1)),
                    "{} lies over {}",
                    a.key,
                    b.key
                );
            }
        }
    }
    Ok(())
}

fn keys_are_unique(scene: &Scene) -> Result<(), TestCaseError> {
    let mut keys: Vec<&str> = scene.parts().map(|part| part.key.as_str()).collect();
    keys.sort_unstable();
    if let Some(pair) = keys.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(TestCaseError::fail(format!("two parts are called {}", pair[0])));
    }
    Ok(())
}

fn widths() -> impl Strategy<Value = f64> {
    prop_oneof![
        (320..=2560_u32).prop_map(f64::from),
        (320..640_u32).prop_map(f64::from),
        prop::sample::select(vec![
            320.0, 360.0, 375.0, 414.0, 639.0, 640.0, 768.0, 899.0, 900.0, 1024.0, 1099.0, 1100.0, 1280.0, 1920.0,
            2560.0
        ]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn nothing_overlaps_and_nothing_sticks_out(
        spec in common::worlds(), width in widths(), height in 200..1_200_u32, compact in any::<bool>(),
        millis in 500..6_000_u64, opened in any::<u8>(),
    ) {
        let mut view = View { compact, ..View::new(width, f64::from(height)) };
        for moment in [0, millis] {
            let history = common::at(spec.clone(), moment);
            let world = history.world();
            let scene = layout(world, &view, &English);
            check(world, &scene)?;
            keys_are_unique(&scene)?;
            prop_assert_eq!(motion(world, &scene).records(), kafka_lanes_scene::in_flight(world));
            // The second time some of what is folded is opened.
            let targets = scene.parts().filter_map(|part| part.target).filter(|target| target.can_open());
            let some = targets.enumerate().filter(|(n, _)| opened >> (n % 8) & 1 == 1).map(|(_, target)| target);
            view.open.extend(some);
        }
        let history = common::at(spec, millis);
        check(history.world(), &layout(history.world(), &view, &English))?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(5), ..ProptestConfig::default() })]

    /// Whoever calls whom: every service has its box and every call its arrow, and nothing is over anything.
    #[test]
    fn services_are_drawn_apart(
        spec in common::worlds_with_services(), width in widths(), height in 200..1_200_u32, compact in any::<bool>(),
        millis in 500..6_000_u64,
    ) {
        let view = View { compact, ..View::new(width, f64::from(height)) };
        for moment in [0, millis] {
            let history = common::at(spec.clone(), moment);
            let world = history.world();
            let scene = layout(world, &view, &English);
            check(world, &scene)?;
            keys_are_unique(&scene)?;
            let boxes = scene.parts().filter(|part| matches!(part.target, Some(Target::Service(_)))).count();
            prop_assert_eq!(boxes, world.services().count());
            prop_assert_eq!(motion(world, &scene).records(), kafka_lanes_scene::in_flight(world));
        }
    }
}

/// In the room of a page the shop of the story has all its rows, at all its moments and whatever is selected.
#[test]
fn the_shop_at_rush_hour_is_drawn_whole() {
    for (width, height) in [(1_280.0, 620.0), (768.0, 560.0), (375.0, 600.0)] {
        for seconds in [0, 4, 9, 24, 29, 36, 90] {
            let history = common::at(common::rush(), seconds * 1_000);
            let mut view = View::new(width, height);
            let scene = layout(history.world(), &view, &English);
            check(history.world(), &scene).expect("the picture holds");
            assert!(scene.height <= height && scene.height >= 0.8 * height, "{} of {height}", scene.height);
            let shown: Vec<String> = texts(&scene).into_iter().map(|(_, text, _)| text).collect();
            assert!(shown.iter().all(|text| !text.contains('…')), "something is cut of {shown:?}");
            for name in ["Shop", "Coupons", "Stock", "Payment", "Email"] {
                let times = shown.iter().filter(|text| *text == name).count();
                assert_eq!(times, if name == "Shop" { 1 } else { 2 }, "{name} at {width}");
            }
            let half_done = shown.iter().any(|text| text.ends_with("half done"));
            let no_mail = shown.iter().any(|text| text == "Payment is done, but no Email");
            let is_down = shown.iter().any(|text| text == "STOPPED");
            assert_eq!([half_done, no_mail, is_down], [seconds > 26; 3], "at {seconds} s, {width} wide");
            view.selected = scene.parts().filter_map(|part| part.target).last();
            check(history.world(), &layout(history.world(), &view, &English)).expect("the picture holds");
        }
    }
}

/// Who calls stands left of who is called; a circle does not keep anybody from being drawn.
#[test]
fn callers_stand_left_of_those_they_call() {
    let service = |name: &str, calls: &[&str]| ServiceSpec {
        calls: calls.iter().map(|name| name.to_string()).collect(),
        ..ServiceSpec::new(name)
    };
    let services =
        vec![service("Stock", &[]), service("Orders", &["Payment", "Stock"]), service("Payment", &["Orders"])];
    let history = common::at(WorldSpec { services, ..WorldSpec::default() }, 1_000);
    let scene = layout(history.world(), &View::new(1_280.0, 620.0), &English);
    let left = |n| scene.bounds_of(Target::Service(ServiceId(n))).expect("each is drawn").x;
    assert!(left(1) < left(2) && left(1) < left(0), "{} {} {}", left(0), left(1), left(2));
}

/// A call goes along its arrow, and its answer comes back on the other side of it; what nobody waits for is faint.
#[test]
fn calls_fly_there_and_answers_back() {
    let mut history = common::at(common::rush(), 29_000);
    let scene = layout(history.world(), &View::new(1_280.0, 620.0), &English);
    let of = |history: &History| {
        let mut dots = kafka_lanes_scene::dots(history.world(), &scene);
        dots.sort_by(|a, b| a.y.total_cmp(&b.y));
        dots
    };
    let before = of(&history);
    assert!(before.iter().any(|dot| dot.kind == DotKind::Refusal) && before.iter().all(|dot| !dot.dim));
    history.advance(Time::from_millis(29_001), u64::MAX);
    for (then, now) in before.iter().zip(of(&history)).filter(|(then, now)| then.kind == now.kind) {
        let there = now.kind == DotKind::Call;
        assert_eq!(now.x > then.x, there, "{then:?} {now:?}");
    }
    let stop = Action::Service { service: "Shop".into(), status: ServiceStatus::Stopped };
    history.act(stop).expect("it runs");
    let scene = layout(history.world(), &View::new(1_280.0, 620.0), &English);
    let after = kafka_lanes_scene::dots(history.world(), &scene);
    assert!(!after.is_empty() && after.iter().all(|dot| dot.dim), "nobody waits for anything any more");
}

#[test]
fn the_article_s_world_shows_all_its_lanes_at_every_width() {
    let history = common::at(common::article(3), 12_400);
    for width in (320..=2560).step_by(16) {
        let scene = layout(history.world(), &View::new(f64::from(width), 620.0), &English);
        let cursors = scene.parts().filter(|part| matches!(part.target, Some(Target::Cursor(..)))).count();
        let members = scene.parts().filter(|part| matches!(part.target, Some(Target::Member(..)))).count();
        assert_eq!((cursors, members, scene.routes().len()), (9, 7, 9), "at {width}");
        assert!(scene.routes().iter().all(|route| route.member.is_some()), "at {width} arrows are ribbons");
    }
}

/// Every name is whole from the smallest phone on, and with it `-g1` of the groups on those of today.
#[test]
fn the_article_s_world_has_its_names_whole_on_a_phone() {
    let history = common::at(common::article(3), 12_400);
    for width in 320..640 {
        let scene = layout(history.world(), &View::new(f64::from(width), 640.0), &English);
        let texts: Vec<String> = texts(&scene).into_iter().map(|(_, text, _)| text).collect();
        assert!(texts.iter().all(|text| !text.contains('…')), "at {width} something is cut of {texts:?}");
        for name in ["Payment-1", "Notify-2", "ORDER_EVENTS"] {
            assert!(texts.iter().any(|text| text == name), "at {width} {name} is not there");
        }
        let whole = texts.iter().any(|text| text == "Notification-g1");
        assert!(whole || width < 360, "at {width} the groups' names are short");
    }
}

#[test]
fn a_large_screen_is_filled_and_a_usual_one_is_drawn_as_ever() {
    let history = common::at(common::article(3), 12_400);
    let scene = |width, height| layout(history.world(), &View::new(width, height), &English);
    for (width, height) in [(1_280.0, 620.0), (1_366.0, 640.0), (1_920.0, 640.0), (1_000.0, 1_400.0), (375.0, 2_000.0)]
    {
        assert_eq!(scene(width, height).scale, 1.0, "at {width} by {height}");
    }
    for (width, height) in [(1_440.0, 760.0), (1_920.0, 880.0), (2_560.0, 1_200.0)] {
        let scene = scene(width, height);
        let (w, h) = scene.size();
        assert!(scene.scale > 1.0 && w == width && (0.9 * height..=height).contains(&h), "{w} by {h} of {height}");
        check(history.world(), &scene).expect("the picture holds");
    }
}

#[test]
fn what_is_folded_opens() {
    let history = common::at(common::big(), 2_000);
    let mut view = View::new(1_280.0, 620.0);
    let folded = layout(history.world(), &view, &English);
    assert!(folded.parts().all(|part| !matches!(part.target, Some(Target::Partition(_)))));
    let topic = history.world().topics().next().map(|(id, _)| Target::Topic(id)).expect("the big world has topics");
    kafka_lanes_scene::toggle(&mut view, topic);
    let opened = layout(history.world(), &view, &English);
    let lanes = |scene: &Scene| scene.parts().filter(|part| matches!(part.target, Some(Target::Partition(_)))).count();
    assert_eq!(lanes(&opened), 12);
    let more = opened.parts().find_map(|part| part.target.filter(|t| matches!(t, Target::More(Fold::Lanes(_)))));
    kafka_lanes_scene::toggle(&mut view, more.expect("the other six lanes are in a summary"));
    assert_eq!(lanes(&layout(history.world(), &view, &English)), 18);
}

#[test]
fn a_rebalance_moves_arrows_and_nothing_else() {
    for width in [375.0, 768.0, 1_280.0] {
        let view = View::new(width, 620.0);
        let lanes = |millis| {
            let history = common::at(common::article(3), millis);
            let scene = layout(history.world(), &view, &English);
            let bounds =
                scene.parts().filter(|part| matches!(part.target, Some(Target::Partition(_) | Target::Member(..))));
            bounds.map(|part| part.bounds).collect::<Vec<_>>()
        };
        assert_eq!(lanes(0), lanes(12_400), "the boxes move at {width}");
    }
}

/// As large as a world may be, and everything opened: bounded, and still nothing over anything.
#[test]
fn the_largest_world_is_a_bounded_picture() {
    let history = common::at(common::largest(), 0);
    for width in [320.0, 1_280.0] {
        let mut view = View::new(width, 620.0);
        for _ in 0..2 {
            let scene = layout(history.world(), &view, &English);
            assert!(scene.parts().count() < 40_000 && scene.height < 500_000.0, "{} px", scene.height);
            keys_are_unique(&scene).expect("keys are unique");
            view.open.extend(scene.parts().filter_map(|part| part.target).filter(|target| target.can_open()));
        }
    }
    check(history.world(), &layout(history.world(), &View::new(1_280.0, 620.0), &English)).expect("nothing overlaps");
}

#[test]
fn sizes_that_are_no_sizes_are_drawn_all_the_same() {
    let history = common::at(common::article(3), 3_000);
    for (width, height) in [(0.0, 0.0), (-5.0, f64::NAN), (f64::INFINITY, 1e300), (1e9, -1.0), (640.0, 1.0)] {
        let scene = layout(history.world(), &View::new(width, height), &English);
        check(history.world(), &scene).expect("the picture holds");
    }
}

#[test]
fn an_empty_world_is_an_empty_picture() {
    let history = common::at(kafka_lanes_core::spec::WorldSpec::default(), 1_000);
    for width in [320.0, 1_280.0] {
        let scene = layout(history.world(), &View::new(width, 620.0), &English);
        check(history.world(), &scene).expect("the picture holds");
        assert!(scene.routes().is_empty());
    }
}
