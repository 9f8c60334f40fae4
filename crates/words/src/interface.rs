use crate::English;

/// What stands on buttons, panels and pages.
pub trait InterfaceWords {}

impl InterfaceWords for English {}
