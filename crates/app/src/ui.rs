//! The panels round the picture.

pub(crate) mod app;
pub(crate) mod card;
pub(crate) mod dialog;
pub(crate) mod editor;
pub(crate) mod icon;
pub(crate) mod marked;
pub(crate) mod picture;
pub(crate) mod share;
pub(crate) mod story;
pub(crate) mod tip;
pub(crate) mod transport;
pub(crate) mod words_view;
