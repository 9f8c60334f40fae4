//! Private members of classes in scripts (`#name`) get names of a letter: nobody outside can know them.

/// `source` with short names for the private members that it reaches by `this`.
pub(crate) fn short(source: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    for found in source.split("this.#").skip(1).map(word) {
        if !names.contains(&found) {
            names.push(found);
        }
    }
    let mut pieces = source.split('#');
    let mut out = String::from(pieces.next().unwrap_or_default());
    for piece in pieces {
        out.push('#');
        let name = word(piece);
        // `#name` within a text or a pattern follows a quote or a slash.
        let letter = names
            .iter()
            .position(|known| *known == name)
            .zip(out.chars().rev().nth(1))
            .and_then(|(number, before)| if "\"'`/".contains(before) { None } else { (b'a'..=b'z').nth(number) });
        match letter {
            Some(letter) => {
                out.push(char::from(letter));
                out.push_str(&piece[name.len()..]);
            }
            None => out.push_str(piece),
        }
    }
    out
}

/// The name at the start of a text.
fn word(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_become_letters_and_texts_stay() {
        let source = "class A{#one=1;get #two(){return this.#one}f(a){this.#two;a.#one;\"#one\";/#two/}}";
        let shorter = "class A{#a=1;get #b(){return this.#a}f(a){this.#b;a.#a;\"#one\";/#two/}}";
        assert_eq!(short(source), shorter);
        for plain in ["", "a", "'#play/'", "#x in y"] {
            assert_eq!(short(plain), plain);
        }
    }
}
