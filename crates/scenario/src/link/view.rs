/// Settings of one view at the most.
pub const MAX_VIEW_SETTINGS: usize = 64;
/// Bytes of the name, and of the value, of one setting at the most.
pub const MAX_VIEW_BYTES: usize = 2_048;

/// How a world is looked at: settings by their names, such as `speed` with `300` or `selected` with `topic orders`. What
/// they mean is the picture's affair; who does not know a name passes it over. The order is kept; a name may come again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct View {
    settings: Vec<(String, String)>,
}

impl View {
    /// Adds a setting. What has no room ([`MAX_VIEW_SETTINGS`], [`MAX_VIEW_BYTES`]), or a control character in it, is
    /// left out: a view is no more than a wish.
    pub fn set(&mut self, name: &str, value: &str) {
        let fits = |text: &str| text.len() <= MAX_VIEW_BYTES && !text.contains(char::is_control);
        if self.settings.len() < MAX_VIEW_SETTINGS && !name.is_empty() && fits(name) && fits(value) {
            self.settings.push((name.into(), value.into()));
        }
    }

    /// The value of the first setting of this name.
    pub fn value<'v>(&'v self, name: &'v str) -> Option<&'v str> {
        self.values(name).next()
    }

    /// The values of all settings of this name, in their order.
    pub fn values<'v>(&'v self, name: &'v str) -> impl Iterator<Item = &'v str> {
        self.settings().filter(move |setting| setting.0 == name).map(|setting| setting.1)
    }

    /// All settings: names and values.
    pub fn settings(&self) -> impl Iterator<Item = (&str, &str)> {
        self.settings.iter().map(|(name, value)| (&**name, &**value))
    }
}
