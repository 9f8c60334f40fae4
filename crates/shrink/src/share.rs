/// The short name under which the first part exports the `number`-th thing that the second takes of it.
pub(crate) fn export_name(number: usize) -> String {
    const LETTERS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let (before, last) = (number / LETTERS.len(), char::from(LETTERS[number % LETTERS.len()]));
    if before == 0 { last.into() } else { format!("{}{last}", export_name(before)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_differ() {
        let names: std::collections::BTreeSet<String> = (0..5_000).map(export_name).collect();
        assert_eq!(names.len(), 5_000);
        assert!(names.iter().all(|name| name.len() <= 3));
    }
}
