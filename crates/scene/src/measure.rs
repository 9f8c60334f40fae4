//! How wide text is, without a browser: a small table of the widest common system fonts, with slack.

/// What is left free, so that a font that is wider than the table still fits; and how much wider bold is with
/// it. Bold of the widest font that the style sheet names needs 1.09 of the table for names as people have them.
const SLACK: f64 = 1.1;
const BOLD: f64 = 1.12;

/// Width of `text` in px at this font size and weight, slack included.
pub fn width(text: &str, size: f64, weight: u16, mono: bool) -> f64 {
    if mono {
        // Fonts with equal widths agree on theirs, bold or not.
        return text.chars().map(mono_em).sum::<f64>() * size * 1.03;
    }
    let factor = if weight >= 600 { BOLD } else { SLACK };
    text.chars().map(em).sum::<f64>() * size * factor
}

/// `text`, or as much of it as fits into `room` px: the middle goes, since names differ at their ends
/// ("Notific…n-g1"). Nothing where not even two characters would fit.
pub fn fit(text: &str, room: f64, size: f64, weight: u16) -> String {
    if width(text, size, weight, false) <= room {
        return text.into();
    }
    let chars: Vec<char> = text.chars().take(512).collect();
    // A name of 512 characters never fits whole: its end is then that of the part looked at.
    for kept in (1..chars.len()).rev() {
        let tail = (kept / 2).min(4);
        let head = kept - tail;
        let mut short: String = chars[..head].iter().collect();
        short = short.trim_end().into();
        short.push('…');
        short.extend(&chars[chars.len() - tail..]);
        if width(&short, size, weight, false) <= room {
            return short;
        }
    }
    String::new()
}

/// The same, but the end goes: for names of which the beginning says most.
pub fn fit_start(text: &str, room: f64, size: f64, weight: u16) -> String {
    if width(text, size, weight, false) <= room {
        return text.into();
    }
    let mut short: String = text.chars().take(512).collect();
    while short.pop().is_some() {
        let with_dots = format!("{}…", short.trim_end());
        if width(&with_dots, size, weight, false) <= room {
            return if short.is_empty() { String::new() } else { with_dots };
        }
    }
    String::new()
}

/// The text, or nothing where it does not fit.
pub(crate) fn fits(text: &str, room: f64, size: f64, weight: u16) -> bool {
    width(text, size, weight, false) <= room
}

fn mono_em(c: char) -> f64 {
    if is_wide(c) { 1.2 } else { 0.6 }
}

fn em(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '!' => 0.29,
        ' ' => 0.3,
        'f' | 't' | 'r' | 'I' | '(' | ')' | '[' | ']' | '/' | '-' | '"' => 0.37,
        's' | 'c' | 'z' | 'x' | 'v' | 'y' | 'k' | 'J' | 'L' | '_' => 0.53,
        'm' | 'w' | '%' | '@' | 'M' | 'W' | '…' | '—' => 0.9,
        'a'..='z' | '0'..='9' | 'F' | 'E' | 'S' | 'T' | '?' | '$' => 0.57,
        'A'..='Z' | '+' | '=' | '<' | '>' | '~' | '&' | '×' => 0.69,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' => 0.0,
        '\u{300}'..='\u{36f}' => 0.0,
        '\u{a0}'..='\u{24f}' => 0.66,
        '\u{250}'..='\u{10ff}' => 0.72,
        _ if is_wide(c) => 1.2,
        _ => 0.8,
    }
}

/// Characters that fill a square: ideographs, syllables of Hangul, emoji, and what we know nothing about.
fn is_wide(c: char) -> bool {
    c >= '\u{2e80}' || ('\u{1100}'..='\u{11ff}').contains(&c) || ('\u{2600}'..='\u{27bf}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_stays_and_what_does_not_keeps_both_ends() {
        assert_eq!(fit("Payment-g1", 200.0, 13.0, 600), "Payment-g1");
        let short = fit("Notification-g1", 70.0, 13.0, 600);
        assert!(short.starts_with("No") && short.ends_with("g1") && short.contains('…'), "{short}");
        assert!(width(&short, 13.0, 600, false) <= 70.0);
        assert_eq!(fit("Payment", 2.0, 13.0, 600), "");
    }

    #[test]
    fn wide_scripts_count_as_wide() {
        assert!(width("注文注文", 12.0, 400, false) > 50.0);
        assert!(width("🛒", 12.0, 400, false) > 14.0);
        assert!(width("order", 12.0, 400, false) < 40.0);
    }

    #[test]
    fn any_length_of_name_is_cut_to_its_room() {
        for length in [1, 2, 3, 10, 249, 2_000] {
            for room in [0.0, 5.0, 20.0, 55.5, 300.0] {
                let short = fit(&"wíde語".repeat(length), room, 11.0, 700);
                assert!(short.is_empty() || width(&short, 11.0, 700, false) <= room);
            }
        }
    }
}
