//! The custom element `<kafka-lanes>`: Yew panels round a canvas of moving records.
//!
//! The element's class is a few lines of JavaScript (`web/kafka-lanes.js`); it calls [`mount`] and keeps
//! the [`Mounted`] that it gets. Nothing here decides anything about Kafka: the world is `core`'s, the
//! picture `scene`'s, the sentences `words`'.

mod alarms;
mod begin;
mod card;
mod clock;
mod complaints;
mod event;
mod fall;
mod frame;
mod live;
mod markup;
mod mounted;
mod number;
mod opening;
mod options;
mod painter;
mod picture;
mod player;
mod rest;
mod save;
mod share;
mod source;
mod speed;
mod stage;
mod storage;
mod story;
mod theme;
mod ui;
mod utf16;
mod view_names;
mod watch;
mod words;

pub use fall::stop;
pub use mounted::{Mounted, begin, is_mermaid, mount};
pub use rest::bring_rest;
