use crate::English;

/// What stands in the picture.
pub trait PictureWords {}

impl PictureWords for English {}
