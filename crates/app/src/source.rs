//! The scenario as text: what a person wrote, with what they did to the world since, a line an act.

use kafka_lanes_core::History;
use kafka_lanes_scenario::language;

/// The text of the world that is on the stage.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Source {
    /// What the world was made of.
    base: String,
    /// What is being written and is no world yet.
    draft: Option<String>,
}

impl Source {
    pub(crate) fn new(base: String) -> Self {
        Self { base, draft: None }
    }

    /// What is written makes no world: it stays, and the world stays what it is.
    pub(crate) fn draft(&mut self, text: String) {
        self.draft = Some(text);
    }

    /// Whether the world is made of this text, and nobody has written on it.
    pub(crate) fn is_still(&self, text: &str) -> bool {
        self.draft.is_none() && self.base == text
    }

    /// The text as it stands: with a line for each act, in the order of time, and all else as it was written.
    pub(crate) fn text(&self, history: &History) -> String {
        match &self.draft {
            Some(draft) => draft.clone(),
            // More acts than a scenario may have are left out: what can be read again is worth more than all of it.
            None => language::edit(&self.base, history.actions()).unwrap_or_else(|_| self.base.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use kafka_lanes_core::{Action, Time};

    use super::*;

    #[test]
    fn an_act_is_a_line_and_comments_stay() {
        let base = "# mine\ntopic t\n\ngroup g reads t # all of it\n  consumer a\n";
        let spec = language::parse(base).spec;
        let mut history = History::new(spec, 1).expect("it is possible");
        history.seek(Time::from_secs(3));
        let mut source = Source::new(base.into());
        assert_eq!(source.text(&history), base);
        history.act(Action::AddConsumer { group: "g".into(), name: None }).expect("there is room");
        let text = source.text(&history);
        assert!(text.starts_with(base), "{text}");
        assert!(text[base.len()..].trim().starts_with("at 3s add consumer"), "{text}");
        source.draft("top".into());
        assert_eq!(source.text(&history), "top");
    }
}
