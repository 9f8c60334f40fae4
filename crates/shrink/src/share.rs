/// The name under which the first part exports the `number`-th thing that the second takes of it: its memory, its tables in
/// their order, its globals. It is no number, which functions in the table go by.
pub(crate) fn export_name(number: usize) -> String {
    const LETTERS: &[u8; 26] = b"abcdefghijklmnopqrstuvwxyz";
    let (before, last) = (number / LETTERS.len(), char::from(LETTERS[number % LETTERS.len()]));
    if before == 0 { last.into() } else { format!("{}{last}", export_name(before)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_differ() {
        let names: std::collections::BTreeSet<String> = (0..500).map(export_name).collect();
        assert_eq!(names.len(), 500);
        assert!(names.iter().all(|name| name.len() <= 2));
    }
}
