//! The panel of a group: how high it is, and where its members are.

use kafka_lanes_core::{Group, GroupId, MemberId, TopicPartition, World};

use crate::fold::{MAX_OPENED_MEMBERS, MAX_TILES};
use crate::measure;
use crate::plan::{Badge, GroupBox, MemberBox, owned};
use crate::shape::Rect;
use crate::target::{Fold, Target};
use crate::view::View;

const TILE: (f64, f64) = (30.0, 28.0);
const TILE_PITCH: (f64, f64) = (33.0, 31.0);
/// Least and greatest distance from a member to the next, px.
pub(crate) const MEMBER_PITCH: (f64, f64) = (34.0, 56.0);

/// A group before it has a place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct GroupPlan {
    pub(crate) id: GroupId,
    pub(crate) folded: bool,
    /// Members that are drawn.
    pub(crate) shown: Vec<MemberId>,
    rest: u64,
    width: f64,
    head: f64,
}

impl GroupPlan {
    pub(crate) fn new(view: &View, (id, group): (GroupId, &Group), folded: bool, width: f64, head: f64) -> Self {
        let all: Vec<MemberId> = group.members.keys().copied().collect();
        let most = match (folded, view.opens(Target::More(Fold::Members(id)))) {
            (true, _) => MAX_TILES,
            (false, false) => MAX_OPENED_MEMBERS,
            (false, true) => usize::MAX,
        };
        // Where not all fit, the last place says how many more there are.
        let shown = if all.len() > most { most - 1 } else { all.len() };
        Self { id, folded, rest: (all.len() - shown) as u64, shown: all[..shown].to_vec(), width, head }
    }

    /// Rows of boxes, "+230" among them; a group without members has one for the words.
    pub(crate) fn rows(&self) -> usize {
        (self.shown.len() + usize::from(self.rest > 0)).max(1)
    }

    fn tiles_across(&self) -> usize {
        (((self.width - 25.0) / TILE_PITCH.0) as usize).max(1)
    }

    pub(crate) fn height(&self, pitch: f64) -> f64 {
        if self.folded {
            let rows = self.rows().div_ceil(self.tiles_across());
            return self.head + 16.0 + rows as f64 * TILE_PITCH.1 + 7.0;
        }
        self.head + self.rows() as f64 * pitch + if self.head < 34.0 { 4.0 } else { 8.0 }
    }

    pub(crate) fn place(&self, world: &World, x: f64, y: f64, pitch: f64) -> GroupBox {
        let rect = Rect::new(x, y, self.width, self.height(pitch));
        let mut group = GroupBox {
            id: self.id,
            name: world.group(self.id).map(|group| group.name.to_string()).unwrap_or_default(),
            rect,
            title: (x + 14.0, y + self.head / 2.0 + 6.0),
            title_size: 13.5,
            folded: self.folded,
            members: Vec::new(),
            more: None,
        };
        let spot = |n: usize| {
            if self.folded {
                let across = self.tiles_across();
                let (column, row) = ((n % across) as f64, (n / across) as f64);
                let (left, top) = (x + 14.0, y + self.head + 16.0);
                return Rect::new(left + column * TILE_PITCH.0, top + row * TILE_PITCH.1, TILE.0, TILE.1);
            }
            Rect::new(x + 8.0, y + self.head + n as f64 * pitch, self.width - 16.0, pitch - 6.0)
        };
        for (n, id) in self.shown.iter().enumerate() {
            group.members.push(member(world, self.id, *id, spot(n), self.folded));
        }
        if self.rest > 0 {
            group.more = Some((self.rest, spot(self.shown.len())));
        }
        group
    }
}

/// A member in its box: badges at the left where arrows land, stacked if they fit, else in a row.
fn member(world: &World, group: GroupId, id: MemberId, rect: Rect, folded: bool) -> MemberBox {
    let mut member = MemberBox { id, rect, badges: Vec::new(), doors: Vec::new(), name_x: rect.x + 14.0, small: false };
    let Some(g) = world.group(group) else { return member };
    let lanes = owned(g, id);
    if folded || lanes.is_empty() {
        return member;
    }
    let size = 18.0;
    let step = size + 2.0;
    let stacked = lanes.len() > 1 && lanes.len() as f64 * step - 2.0 <= rect.h - 4.0;
    let (badges, right) = badges(world, g, &lanes, (rect.x + 6.0, rect.cy()), size, stacked);
    member.doors = match stacked {
        true => lanes.iter().zip(&badges).map(|(tp, badge)| (*tp, badge.rect.cy())).collect(),
        false => doors(&lanes, rect.cy(), rect.h - 10.0, 8.0),
    };
    member.badges = badges;
    member.name_x = right + 9.0;
    member
}

/// Where arrows end that share an edge: side by side round its middle.
pub(crate) fn doors(lanes: &[TopicPartition], middle: f64, room: f64, most: f64) -> Vec<(TopicPartition, f64)> {
    let gaps = lanes.len().saturating_sub(1).max(1) as f64;
    let step = most.min(room / gaps);
    let first = middle - step * (lanes.len().saturating_sub(1)) as f64 / 2.0;
    lanes.iter().enumerate().map(|(n, tp)| (*tp, first + n as f64 * step)).collect()
}

/// Badges from the left end `x` round the middle `y`, and where they end. More than four: three and "+3".
pub(crate) fn badges(
    world: &World,
    group: &Group,
    lanes: &[TopicPartition],
    (x, y): (f64, f64),
    size: f64,
    stacked: bool,
) -> (Vec<Badge>, f64) {
    let several_topics = group.topics.len() > 1;
    let text = |tp: &TopicPartition| {
        let initial = world.topic(tp.topic).and_then(|topic| topic.name.chars().next()).filter(|_| several_topics);
        initial.map(String::from).unwrap_or_default() + &tp.partition.to_string()
    };
    let shown = if lanes.len() > 4 { 3 } else { lanes.len() };
    let mut texts: Vec<(String, bool)> = lanes[..shown].iter().map(|tp| (text(tp), false)).collect();
    if lanes.len() > shown {
        texts.push((format!("+{}", lanes.len() - shown), true));
    }
    let font = badge_font(size);
    let wide = |text: &str| size.max(measure::width(text, font, 700, false) + 5.0);
    if stacked {
        let step = size + 2.0;
        let width = texts.iter().map(|(text, _)| wide(text)).fold(size, f64::max);
        let top = y - (texts.len() as f64 * step - 2.0) / 2.0;
        let badges = texts.into_iter().enumerate().map(|(n, (text, rest))| Badge {
            rect: Rect::new(x, top + n as f64 * step, width, size),
            text,
            rest,
        });
        return (badges.collect(), x + width);
    }
    let (mut left, gap) = (x, if size < 16.0 { 2.0 } else { 3.0 });
    let badges = texts.into_iter().map(|(text, rest)| {
        let width = wide(&text);
        let rect = Rect::new(left, y - size / 2.0, width, size);
        left += width + gap;
        Badge { rect, text, rest }
    });
    let badges: Vec<Badge> = badges.collect();
    (badges, left - gap)
}

/// Font size of the number in a badge of this size.
pub(crate) fn badge_font(size: f64) -> f64 {
    if size < 16.0 { 11.0 } else { 11.5 }
}
