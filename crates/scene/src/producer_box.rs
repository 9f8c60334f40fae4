//! Where producers are, and the buttons that send one record.

use kafka_lanes_core::World;
use kafka_lanes_words::PictureWords;

use crate::fold::producer_boxes;
use crate::plan::{ProducerBox, ProducerShape};
use crate::shape::Rect;
use crate::view::View;

const TALL: f64 = 84.0;
const FLAT: f64 = 44.0;
const GAP: f64 = 14.0;
/// Buttons: title, then two rows of three.
const BUTTON: f64 = 46.0;
const BUTTON_PITCH: f64 = 52.0;
const ACROSS: usize = 3;
/// More keys than this have no buttons: a person types them.
pub(crate) const MAX_BUTTONS: usize = 6;

/// What the column needs at the least.
pub(crate) fn least_height(world: &World, view: &View) -> f64 {
    let count = producer_boxes(world, view).len() as f64;
    let height = if count > 4.0 { FLAT } else { TALL };
    count * height + (count - 1.0).max(0.0) * GAP
}

/// Boxes evenly down the column, each with its buttons where there is room.
pub(crate) fn place(world: &World, view: &View, words: &dyn PictureWords, column: Rect) -> Vec<ProducerBox> {
    let boxes = producer_boxes(world, view);
    let count = boxes.len() as f64;
    let share = (column.h + GAP) / count.max(1.0);
    let mut placed = Vec::new();
    for (n, (name, ids)) in boxes.into_iter().enumerate() {
        let name = if name.is_empty() { words.other_producers() } else { name };
        let flat = share < TALL + GAP - 0.01;
        let height = if flat { FLAT } else { TALL };
        let keys = match ids.as_slice() {
            [one] if view.buttons => world.producer(*one).map_or(0, |producer| producer.keys.len()),
            _ => 0,
        };
        let rows = if keys <= MAX_BUTTONS { keys.div_ceil(ACROSS) } else { 0 };
        let under = if rows > 0 { 35.0 + rows as f64 * BUTTON_PITCH } else { 0.0 };
        let (rows, under) = if height + under + GAP <= share { (rows, under) } else { (0, 0.0) };
        let middle = column.y + (n as f64 + 0.5) * share - GAP / 2.0;
        let rect = Rect::new(column.x, middle - (height + under) / 2.0, column.w, height);
        let shape = if flat { ProducerShape::Flat } else { ProducerShape::Tall };
        let mut producer = ProducerBox { ids, name, rect, buttons: Vec::new(), buttons_title: None, shape };
        if rows > 0 {
            let pitch = (column.w - 1.0) / ACROSS as f64;
            producer.buttons_title = Some((rect.cx(), rect.bottom() + 26.0, column.w < 110.0));
            for key in 0..keys.min(rows * ACROSS) {
                let (across, down) = ((key % ACROSS) as f64, (key / ACROSS) as f64);
                let (x, y) = (column.x + 1.0 + across * pitch, rect.bottom() + 35.0 + down * BUTTON_PITCH);
                producer.buttons.push(Rect::new(x, y, pitch - 2.4, BUTTON));
            }
        }
        placed.push(producer);
    }
    placed
}

/// Boxes as bars under one another, px `gap` apart, from where `first` is. A bar that is alone has its
/// buttons at its right.
pub(crate) fn bars(world: &World, view: &View, words: &dyn PictureWords, first: Rect, gap: f64) -> Vec<ProducerBox> {
    let boxes = producer_boxes(world, view);
    let alone = boxes.len() == 1;
    let mut placed = Vec::new();
    for (n, (name, ids)) in boxes.into_iter().enumerate() {
        let name = if name.is_empty() { words.other_producers() } else { name };
        let rect = Rect::new(first.x, first.y + n as f64 * (first.h + gap), first.w, first.h);
        let mut producer =
            ProducerBox { ids, name, rect, buttons: Vec::new(), buttons_title: None, shape: ProducerShape::Bar };
        let keys = producer.ids.first().and_then(|id| world.producer(*id)).map_or(0, |p| p.keys.len());
        let wide = keys as f64 * 31.5;
        if alone && producer.ids.len() == 1 && view.buttons && keys <= MAX_BUTTONS && wide + 96.0 <= rect.w {
            let left = rect.right() - 5.0 - wide;
            for key in 0..keys {
                producer.buttons.push(Rect::new(left + key as f64 * 31.5, rect.cy() - 15.0, 28.0, 30.0));
            }
            producer.buttons_title = Some((left - 8.0, rect.cy() + 4.0, true));
        }
        placed.push(producer);
    }
    placed
}
