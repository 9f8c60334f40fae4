use kafka_lanes_words::PictureWords;

use crate::facts::Facts;

/// The text with its numbers: `{behind:Email}` is what [`Facts::named`] says of it. What it does not know stays as it
/// is, and a test finds it.
pub fn fill(text: &str, facts: &Facts, words: &impl PictureWords) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, behind)) = behind.split_once('}') else {
            filled.push('{');
            rest = behind;
            continue;
        };
        match facts.named(name, words) {
            Some(said) => filled.push_str(&said),
            None => filled.extend(["{", name, "}"]),
        }
        rest = behind;
    }
    filled.push_str(rest);
    filled
}
