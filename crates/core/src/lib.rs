//! What Kafka does, as plain data and plain functions: no browser, no clock, no floats, no `unsafe`.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod action;
pub mod limits;
pub mod spec;
mod time;

pub use action::Action;
pub use time::{Span, Time};
