//! The answers of real clients, as data: `conformance/vectors`, which `cargo xtask conformance` makes again.

mod keyed;
mod support;
mod unkeyed;
