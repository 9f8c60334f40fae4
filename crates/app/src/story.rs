//! The story in the page, without its looks: where one is, what was seen before, and what is being told.

mod pieces;
mod place;
mod progress;
mod tale;

pub(crate) use pieces::{is_known, knows, pieces};
pub(crate) use place::{Place, caption, is_address, opening, steps, world};
pub(crate) use progress::Progress;
pub(crate) use tale::{Asked, Open, Tale, names_at};
