//! Attributes of the element that make no sense, said to whoever wrote them.

/// What an attribute takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Takes {
    Height,
    Moment,
    Speed,
    Controls,
    Seed,
    Theme,
    Language,
    Loading,
    Step,
    Caption,
}

/// Whether an attribute `height` makes sense.
pub fn is_height(value: &str) -> bool {
    value.parse().is_ok_and(|pixels: u16| (1..=9_999).contains(&pixels))
}

/// What is said of attributes.
pub trait AttributeWords {
    /// A value that makes no sense is as if it were not there.
    fn no_sense(&self, attribute: &str, value: &str, takes: Takes) -> String;
    /// The attribute `view` names what is neither a topic nor a group.
    fn nothing_to_open(&self, name: &str) -> String;
    /// An element whose scenario is empty, or says nothing that could run.
    fn nothing_to_show(&self) -> &'static str;
    /// Behind a sentence: there is so much more to say.
    fn and_more(&self, count: usize) -> String;
}

impl AttributeWords for crate::English {
    fn no_sense(&self, attribute: &str, value: &str, takes: Takes) -> String {
        let takes = match takes {
            Takes::Height => "a whole number of CSS pixels from 1 to 9999",
            Takes::Moment => "a moment, as 12s, 250ms or 1.5h",
            Takes::Speed => "a number above 0, as 0.5",
            Takes::Controls => "none or full",
            Takes::Seed => "a whole number up to 18446744073709551615",
            Takes::Theme => "light, dark or auto",
            Takes::Language => "en, for there is only English so far",
            Takes::Loading => "lazy, eager or click",
            Takes::Step => "a chapter and a step of the story, as 8/2",
            Takes::Caption => "the word none, which leaves the step's text away",
        };
        ["The attribute ", attribute, "=\"", value, "\" is passed over: it takes ", takes, "."].concat()
    }
    fn nothing_to_open(&self, name: &str) -> String {
        ["The attribute view names “", name, "”, which is no topic and no group here."].concat()
    }
    fn nothing_to_show(&self) -> &'static str {
        "there is no scenario. A line is enough, as: topic orders partitions=3"
    }
    fn and_more(&self, count: usize) -> String {
        format!(" ({count} more)")
    }
}
