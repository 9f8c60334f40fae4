//! Maps, sets and sorting for small things, small in bytes too.
//!
//! A world holds tens or hundreds of most things (`limits`), and it travels as wasm: each type that std's
//! B-tree or its sort is used with costs several kilobytes of code there. A sorted vector costs a tenth, copies
//! faster into a checkpoint, and iterates in the same order.

mod map;
mod set;
mod sort;

pub use map::SortedMap;
pub use set::SortedSet;
pub(crate) use sort::order_of;
pub use sort::sort_by;
