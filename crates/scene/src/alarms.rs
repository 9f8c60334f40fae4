//! Promises that were broken, where they were: a red box round the records, and a pill that says what happened.

use kafka_lanes_core::{Alarm, Broken, GroupId, Log, TopicPartition, World};

use crate::draw::Ctx;
use crate::measure::{fits, width};
use crate::part::Part;
use crate::plan::LaneBox;
use crate::shape::{Anchor, Rect, Shape, n};
use crate::target::Target;

/// A pill's height; its icon with what is around it; what is right of its text.
const PILL: (f64, f64, f64) = (22.0, 25.0, 10.0);

/// The alarms of a lane that happened to records in its window, newest last.
fn of_lane<'a>(ctx: Ctx<'a>, lane: &LaneBox, log: &Log) -> impl DoubleEndedIterator<Item = (&'a Alarm, u64)> {
    let (at, first) = (lane.tp, lane.first(log));
    let alarms = ctx.world.journal().alarms.iter().filter(move |alarm| alarm.partition == Some(at));
    alarms
        .filter(|alarm| !matches!(alarm.broken, Broken::LagGrowing { .. }))
        .filter_map(move |alarm| Some((alarm, alarm.offset.filter(|offset| *offset + alarm.records > first)?)))
}

/// Boxes round the records that are still to be seen, and one pill in the free room right of the log's end, which ends
/// at `right`. Nothing where nothing is wrong.
#[inline(never)]
pub(crate) fn part(ctx: Ctx, lane: &LaneBox, log: &Log, right: f64) -> Option<(Part, bool)> {
    let (newest, _) = of_lane(ctx, lane, log).next_back()?;
    let end = lane.cell(log, log.end());
    let label = ctx.words.name_alarm(&newest.broken, lane.tp.partition);
    let key = format!("alarm:{}:{}", lane.tp.topic.0, lane.tp.partition);
    let mut part = Part::plain(key, "alarm", end).of(Target::Alarm(lane.tp, newest.since), label).focusable();
    for (alarm, offset) in of_lane(ctx, lane, log) {
        // What is lost is not there any more.
        let is_there = !matches!(alarm.broken, Broken::LostWithLeader { .. } | Broken::LostByUncleanElection { .. });
        let from = offset.max(lane.first(log));
        let to = (offset + alarm.records.max(1)).min(log.end());
        if is_there && from < to {
            let (a, b) = (lane.cell(log, from), lane.cell(log, to - 1));
            let around = Rect::new(a.x, a.y, b.right() - a.x, b.bottom() - a.y).inset(-1.5);
            part.add(Shape::rect(around, 6.0, "alarm-box"));
        }
    }
    let left = end.right() + 8.0;
    let texts = ctx.words.alarm_pill(&newest.broken, newest.records);
    let room = right - left - PILL.1 - PILL.2;
    let text = texts.into_iter().find(|text| !lane.upright && fits(text, room, 11.5, 700));
    // Where there is no room for words, the sign stands alone.
    let text = text.or_else(|| (!lane.upright && room + PILL.2 >= 0.0).then(String::new));
    let has_pill = text.is_some();
    if let Some(text) = text {
        let wide = PILL.1 + if text.is_empty() { 4.0 } else { width(&text, 11.5, 700, false) + PILL.2 };
        let pill = Rect::new(right - wide, end.cy() - PILL.0 / 2.0, wide, PILL.0);
        part.add(Shape::rect(pill, PILL.0 / 2.0, "pill-dead"));
        let (x, y) = (pill.x + 9.0, pill.cy());
        let sign = format!(
            "M{} {}l6 -11l6 11zM{} {}v4M{} {}v.4",
            n(x),
            n(y + 5.0),
            n(x + 6.0),
            n(y - 2.0),
            n(x + 6.0),
            n(y + 3.6)
        );
        part.add(Shape::path(sign, "alarm-sign"));
        part.add(Shape::text(pill.right() - PILL.2, y + 4.0, Anchor::End, (11.5, 700), "pill-ink", text));
        part.bounds = pill;
    }
    Some((part.ringed(ctx.view.selected), has_pill))
}

/// Whether a group's lag on a lane grows without end.
pub(crate) fn is_growing(world: &World, group: GroupId, at: TopicPartition) -> bool {
    let Some(group) = world.group(group) else { return false };
    let growing = |alarm: &&Alarm| {
        alarm.lasts()
            && alarm.partition == Some(at)
            && alarm.group.as_ref() == Some(&group.name)
            && matches!(alarm.broken, Broken::LagGrowing { .. })
    };
    world.journal().alarms.iter().rev().any(|alarm| growing(&alarm))
}
