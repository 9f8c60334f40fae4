//! The story as somebody reads it: on and back, asked, touched, and let go.

mod asked;
mod beyond;
mod everybody;
mod support;
mod touch;
mod walk;
mod words;
