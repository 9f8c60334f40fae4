use std::rc::Rc;

use kafka_lanes_core::{Changes, GroupId, MemberId, ProducerId, ServiceId, TopicId, TopicPartition, World};
use kafka_lanes_words::PictureWords;

use crate::draw::Ctx;
use crate::part::{Block, BlockId, Part};
use crate::path::Polyline;
use crate::plan::Plan;
use crate::route::Route;
use crate::shape::Rect;
use crate::target::Target;
use crate::view::View;
use crate::{arrows, bars, brokers, dots, frame, group, landscape, lane, portrait, producer, services};

/// A picture of a world, at rest: everything but the records that are on their way.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Width in the picture's own units, as all that is in it: the view's by `scale`.
    pub width: f64,
    /// Height in the same units: at least what the content needs.
    pub height: f64,
    /// CSS px a unit: 1, or more where the view is so large that the picture would leave it half empty.
    pub scale: f64,
    /// The picture, in drawing order.
    pub blocks: Vec<Block>,
    /// What the picture is called, for its file and its accessible name.
    pub title: String,
    /// What there is to see, in a sentence or two.
    pub description: String,
    pub(crate) view: View,
    pub(crate) plan: Plan,
}

/// Draws `world` as `view` wants it: a pure function, fresh from nothing.
pub fn layout(world: &World, view: &View, words: &dyn PictureWords) -> Scene {
    let view = bounded(view);
    let (scale, plan) = match view.is_portrait() {
        true => (1.0, plan(world, &view, 1.0, words)),
        false => enlarged(world, &view, words),
    };
    let ctx = Ctx { world, view: &view, words, plan: &plan };
    let blocks = block_ids(&plan).into_iter().map(|id| block(ctx, id)).collect();
    let name = world.topics().next().map(|(_, topic)| topic.name.to_string()).unwrap_or_default();
    let (width, height) = (plan.width, plan.height);
    if services::is_any(world) {
        let (title, description) = services::told(world, &name, words);
        return Scene { width, height, scale, blocks, title, description, view, plan };
    }
    let (title, description) = (words.picture_title(&name), described(world, words));
    Scene { width, height, scale, blocks, title, description, view, plan }
}

/// What there is to see beside services.
pub(crate) fn described(world: &World, words: &dyn PictureWords) -> String {
    let consumers: usize = world.groups().map(|(_, group)| group.members.len()).sum();
    words.picture_description(
        world.producers().count() as u64,
        world.topics().count() as u64,
        world.partitions().count() as u64,
        world.groups().count() as u64,
        consumers as u64,
    )
}

fn plan(world: &World, view: &View, scale: f64, words: &dyn PictureWords) -> Plan {
    let topics = |view: &View| match view.is_portrait() {
        true => portrait::plan(world, view, words),
        false => landscape::plan(world, view, scale, words),
    };
    if services::is_any(world) { services::plan(world, view, scale, words, topics) } else { topics(view) }
}

/// The plan in the largest scale in which all fits that fits without.
fn enlarged(world: &World, view: &View, words: &dyn PictureWords) -> (f64, Plan) {
    let smallest = plan(world, view, 1.0, words);
    let mut larger = view.scales().map(|(scale, view)| (scale, view.height, plan(world, &view, scale, words)));
    let fitting =
        larger.find(|(_, height, larger)| larger.height <= height + 0.5 && larger.shows_as_much_as(&smallest));
    fitting.map_or((1.0, smallest), |(scale, _, plan)| (scale, plan))
}

/// A view that can be drawn: not narrower than 280 px, no wider than 8,000, all numbers finite.
fn bounded(view: &View) -> View {
    let width = if view.width.is_finite() { view.width.clamp(280.0, 8_000.0) } else { 1_280.0 };
    let height = if view.height.is_finite() { view.height.clamp(0.0, 20_000.0) } else { 720.0 };
    View { width, height, ..view.clone() }
}

impl Scene {
    /// Brings the picture up to what `world` is now, redrawing only what `changes` names. The result is
    /// what [`layout`] would draw.
    pub fn update(&mut self, world: &World, changes: &Changes, words: &dyn PictureWords) {
        if changes.structure {
            let view = self.view.clone();
            let before = std::mem::replace(self, layout(world, &view, words));
            self.keep_equal_blocks(&before);
            return;
        }
        let dirty: Vec<usize> =
            (0..self.blocks.len()).filter(|n| self.is_touched(world, self.blocks[*n].id, changes)).collect();
        for n in dirty {
            let ctx = Ctx { world, view: &self.view, words, plan: &self.plan };
            let fresh = block(ctx, self.blocks[n].id);
            self.blocks[n] = fresh;
        }
    }

    /// Draws the same world as another view wants it. Blocks that stay the same are kept, so that a
    /// renderer sees by `Rc::ptr_eq` what it need not draw.
    pub fn look(&mut self, world: &World, view: &View, words: &dyn PictureWords) {
        let before = std::mem::replace(self, layout(world, view, words));
        self.keep_equal_blocks(&before);
    }

    fn keep_equal_blocks(&mut self, before: &Self) {
        for block in &mut self.blocks {
            if let Some(same) = before.blocks.iter().find(|old| *old == block) {
                block.parts = same.parts.clone();
            }
        }
    }

    /// Width and height on the page, in whole CSS px.
    pub fn size(&self) -> (f64, f64) {
        // What divides and multiplies by the scale comes back a hair off.
        let whole = |units: f64| (units * self.scale - 1e-6).ceil();
        (whole(self.width), whole(self.height))
    }

    /// How it is looked at.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// All parts, in drawing order.
    pub fn parts(&self) -> impl Iterator<Item = &Part> {
        self.blocks.iter().flat_map(|block| block.parts.iter())
    }

    /// The arrows, or ribbons where arrows are too many.
    pub fn routes(&self) -> &[Route] {
        &self.plan.routes
    }

    /// The path of a record from a producer to the end of a lane; the part inside the topic alone where the
    /// producer is gone. Empty where there is no such lane.
    pub fn write_path(&self, world: &World, producer: ProducerId, to: TopicPartition) -> Polyline {
        dots::write_path(world, self, producer, to)
    }

    /// The arrow from a service to one that it calls; none where it does not.
    pub fn call_path(&self, from: ServiceId, to: ServiceId) -> Option<&Polyline> {
        self.plan.services.as_ref()?.wire(from, to).map(|wire| &wire.line)
    }

    /// Where a thing is, if it is drawn.
    pub fn bounds_of(&self, target: Target) -> Option<Rect> {
        self.parts().find(|part| part.target == Some(target)).map(|part| part.bounds)
    }

    /// The route that a record of a lane takes to a member of a group: of several that believe to own it, to this one.
    pub(crate) fn route(&self, group: GroupId, member: MemberId, tp: TopicPartition) -> Option<&Route> {
        let of_lane = |route: &&Route| {
            let leads_there = route.partition.is_none_or(|partition| partition == tp.partition);
            route.group == group && route.topic == tp.topic && leads_there
        };
        let routes = || self.plan.routes.iter().filter(of_lane);
        routes().find(|r| r.member == Some(member)).or_else(|| routes().find(|r| r.member.is_none()))
    }

    fn is_touched(&self, world: &World, id: BlockId, changes: &Changes) -> bool {
        match id {
            BlockId::Lane(topic, partition) => {
                changes.lanes.contains(&TopicPartition { topic: TopicId(topic), partition })
            }
            BlockId::Bars(topic) => changes.lanes.iter().any(|tp| tp.topic.0 == topic),
            BlockId::Group(id) => {
                let folded = self.plan.groups.iter().any(|g| g.id.0 == id && g.folded);
                let group = GroupId(id);
                let reads = |tp: &TopicPartition| world.group(group).is_some_and(|g| g.reads(tp.topic));
                changes.groups.contains(&group) || folded && changes.lanes.iter().any(reads)
            }
            // Who leads shows on brokers, and changes with a lane's copies.
            BlockId::Brokers => !changes.lanes.is_empty(),
            BlockId::Services => changes.services,
            BlockId::Frame | BlockId::Routes | BlockId::Writes | BlockId::Producers | BlockId::Calls => false,
        }
    }
}

fn block_ids(plan: &Plan) -> Vec<BlockId> {
    let mut ids = vec![BlockId::Frame];
    for topic in &plan.topics {
        ids.extend(topic.lanes.iter().map(|lane| BlockId::Lane(lane.tp.topic.0, lane.tp.partition)));
        ids.extend(topic.bars.iter().map(|_| BlockId::Bars(topic.id.0)));
    }
    ids.extend(plan.groups.iter().map(|group| BlockId::Group(group.id.0)));
    ids.extend([BlockId::Routes, BlockId::Writes, BlockId::Producers]);
    ids.extend((!plan.brokers.is_empty()).then_some(BlockId::Brokers));
    if plan.services.is_some() {
        ids.extend([BlockId::Services, BlockId::Calls]);
    }
    ids
}

fn block(ctx: Ctx, id: BlockId) -> Block {
    let parts = match id {
        BlockId::Frame => frame::parts(ctx),
        BlockId::Lane(topic, partition) => {
            let topic = ctx.plan.topic(TopicId(topic));
            let lane = topic.and_then(|topic| Some((topic, topic.lane(partition)?)));
            lane.map(|(topic, lane)| lane::parts(ctx, topic, lane)).unwrap_or_default()
        }
        BlockId::Bars(topic) => {
            let topic = ctx.plan.topic(TopicId(topic));
            let bars = topic.and_then(|topic| Some((topic, topic.bars.as_ref()?)));
            bars.map(|(topic, bars)| bars::parts(ctx, topic, bars)).unwrap_or_default()
        }
        BlockId::Group(id) => {
            let place = ctx.plan.groups.iter().find(|group| group.id.0 == id);
            place.map(|place| group::parts(ctx, place)).unwrap_or_default()
        }
        BlockId::Routes => arrows::routes(ctx),
        BlockId::Writes => arrows::writes(ctx),
        BlockId::Producers => producer::parts(ctx),
        BlockId::Brokers => brokers::parts(ctx),
        BlockId::Services => services::parts(ctx),
        BlockId::Calls => services::wires(ctx),
    };
    Block { id, parts: Rc::from(parts) }
}
