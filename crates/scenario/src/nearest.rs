/// Characters of a word beyond which no near word is looked for.
const LONGEST: usize = 32;

/// Characters of a word from which on it is taken for the beginning of another.
const BEGINNING: usize = 3;

/// The one of `known` that `word` most likely was meant to be, if any is near: letters of either case,
/// with at most one letter in three wrong, missing, too many or swapped with its neighbour; else the only one that
/// `word` begins.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A number is no misspelt word, nor another number.
    let word = lower(word).filter(|word| !word.iter().all(char::is_ascii_digit))?;
    let most = (word.len().max(2)).div_ceil(3).min(3);
    let mut near: Option<(usize, &str)> = None;
    let mut begun = Vec::new();
    for candidate in known {
        let Some(letters) = lower(candidate) else { continue };
        let distance = distance(&word, &letters);
        if distance <= most && near.is_none_or(|(least, _)| distance < least) {
            near = Some((distance, candidate));
        }
        if word.len() >= BEGINNING && letters.starts_with(&word) {
            begun.push(candidate);
        }
    }
    let only = if let [only] = *begun { Some(only) } else { None };
    near.map(|(_, candidate)| candidate).or(only)
}

fn lower(word: &str) -> Option<Vec<char>> {
    let word: Vec<char> = word.chars().take(LONGEST + 1).map(|c| c.to_ascii_lowercase()).collect();
    (word.len() <= LONGEST).then_some(word)
}

/// How many single letters must be changed, put in, left out or swapped (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    if a.len().abs_diff(b.len()) > 3 {
        return usize::MAX;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before_last[j - 1] + 1);
            }
            row.push(best);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let words = ["topic", "producer", "group", "consumer", "timing", "title"];
        assert_eq!(nearest("topc", words), Some("topic"));
        assert_eq!(nearest("Tpoic", words), Some("topic"));
        assert_eq!(nearest("prodcuer", words), Some("producer"));
        assert_eq!(nearest("gruop", words), Some("group"));
        assert_eq!(nearest("broker", words), None);
        assert_eq!(nearest("2", ["0", "1", "all"]), None);
        assert_eq!(nearest("prod", words), Some("producer"));
        assert_eq!(nearest("ti", words), None);
        assert_eq!(nearest("retent", ["retention-bytes", "retention-time"]), None);
        assert_eq!(nearest(&"x".repeat(100_000), words), None);
    }
}
