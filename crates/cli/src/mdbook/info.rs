//! The first line of a code block: what it holds, and the attributes of its diagram.

/// The attributes of the element that a block can give it. What a `scenario` or `src` would say, the block holds.
const ATTRIBUTES: [&str; 12] =
    ["at", "autoplay", "caption", "controls", "height", "lang", "loading", "seed", "speed", "step", "theme", "view"];

/// The blocks that are diagrams, beside those marked `kafka`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marks {
    /// Flowcharts that are marked `mermaid`, where they show a Kafka.
    pub(super) mermaid: bool,
}

/// What the first line says: `kafka height=400 at=12s autoplay`, or with commas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Info {
    /// Whether it is marked `mermaid`, and stays as it is if it is a chart of something else.
    pub(super) mermaid: bool,
    /// Attributes with their values, in their order, each once.
    pub(super) attributes: Vec<(String, String)>,
    /// What is no attribute.
    pub(super) unknown: Vec<String>,
}

impl Info {
    /// Reads it; nothing for a block of something else.
    pub(super) fn read(info: &str, marks: Marks) -> Option<Self> {
        let mut words = words(info).into_iter();
        let mermaid = match words.next()?.as_str() {
            "kafka" => false,
            "mermaid" if marks.mermaid => true,
            _ => return None,
        };
        let mut read = Self { mermaid, attributes: Vec::new(), unknown: Vec::new() };
        for word in words {
            let (name, value) = word.split_once('=').unwrap_or((&word, ""));
            if !ATTRIBUTES.contains(&name) {
                read.unknown.push(word);
                continue;
            }
            read.attributes.retain(|(other, _)| other != name);
            read.attributes.push((name.into(), value.into()));
        }
        Some(read)
    }

    /// The value of an attribute, if it is there.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The same without these attributes.
    pub(super) fn without(&self, names: &[&str]) -> Self {
        let mut rest = self.clone();
        rest.attributes.retain(|(name, _)| !names.contains(&name.as_str()));
        rest
    }

    /// A sentence about a word that is no attribute.
    pub(super) fn about_unknown(word: &str) -> String {
        format!("“{word}” is no attribute of a diagram. Those are {}.", ATTRIBUTES.join(", "))
    }
}

/// What spaces and commas separate; not those within quotation marks, which themselves go.
fn words(info: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in info.chars() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            (_, Some(_)) => push(&mut words, c),
            ('"' | '\'', None) => quote = Some(c),
            (c, None) if c.is_whitespace() || c == ',' => words.push(String::new()),
            _ => push(&mut words, c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn push(words: &mut [String], c: char) {
    if let Some(word) = words.last_mut() {
        word.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(info: &str) -> Option<Info> {
        Info::read(info, Marks { mermaid: true })
    }

    fn attributes(info: &str) -> Vec<(String, String)> {
        read(info).expect("a diagram").attributes
    }

    #[test]
    fn attributes_stand_behind_the_mark() {
        let pairs = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
            pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect()
        };
        assert_eq!(attributes("kafka"), []);
        assert_eq!(attributes("kafka height=400 autoplay"), pairs(&[("height", "400"), ("autoplay", "")]));
        assert_eq!(attributes("kafka,at=\"12s\", speed='2'"), pairs(&[("at", "12s"), ("speed", "2")]));
        assert_eq!(attributes("kafka at=1s at=2s"), pairs(&[("at", "2s")]));
    }

    #[test]
    fn other_blocks_and_other_words() {
        assert_eq!(read(""), None);
        assert_eq!(read("kafkas at=1s"), None);
        assert!(read("mermaid").is_some_and(|info| info.mermaid));
        assert_eq!(Info::read("mermaid", Marks { mermaid: false }), None);
        assert_eq!(
            read("kafka hight=4 onclick=x").map(|info| info.unknown),
            Some(vec!["hight=4".into(), "onclick=x".into()])
        );
    }
}
