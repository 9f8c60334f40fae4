//! State to picture: geometry, SVG, and the same in words and tables. No browser, no I/O.
//!
//! [`layout`] draws a world as a [`View`] wants it; [`Scene::update`] brings the drawing up to date;
//! [`motion`] says where the records are that are on their way; [`svg::document`] makes a file of both.

mod alarms;
mod arrows;
mod bars;
mod brokers;
mod column;
mod copies;
pub mod describe;
mod dots;
mod draw;
mod fold;
mod frame;
mod glyph;
mod group;
mod group_box;
mod landscape;
mod lane;
pub mod measure;
mod part;
mod path;
mod plan;
mod portrait;
mod producer;
mod producer_box;
mod route;
mod scene;
mod services;
mod shape;
mod stack;
pub mod style;
pub mod svg;
mod target;
mod topic_box;
mod view;
mod wiring;

pub use brokers::state as broker_state;
pub use copies::{in_sync, trouble};
pub use dots::{Dot, DotKind, Flow, Motion, dots, in_flight, motion};
pub use fold::toggle;
pub use glyph::{Glyph, KEY_HUES, Letter, Outline};
pub use part::{Block, BlockId, Part};
pub use path::Polyline;
pub use route::Route;
pub use scene::{Scene, layout};
pub use services::{last_failure, steps};
pub use shape::{Anchor, Rect, Shape, Text, n};
pub use style::Theme;
pub use target::{Fold, Target};
pub use view::{PORTRAIT_BELOW, SHOWN_AT, View};
