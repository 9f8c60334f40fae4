//! A catalogue in which things have other names: what is said stays the same otherwise.

use crate::{Catalogue, Role};

/// The words of a picture with other names for what is on it.
#[derive(Clone, Copy)]
pub struct Renamed {
    /// The catalogue that is spoken.
    pub of: &'static dyn Catalogue,
    /// The names of things, in the order of [`Role::ALL`]: as that catalogue has them, and what is said instead.
    pub names: [(&'static str, &'static str); Role::ALL.len()],
}

/// Declares a trait of words, and has [`Renamed`] speak them too.
macro_rules! renamed {
    ($(#[$about:meta])* pub trait $name:ident $(: $base:ident $(+ $more:ident)*)? {
        $($(#[$doc:meta])* fn $method:ident(&self $(, $given:ident: $type:ty)* $(,)?) -> $said:ty;)*
    }) => {
        $(#[$about])*
        pub trait $name $(: $base $(+ $more)*)? {
            $($(#[$doc])* fn $method(&self $(, $given: $type)*) -> $said;)*
        }
        impl $name for $crate::Renamed {
            $(fn $method(&self $(, $given: $type)*) -> $said {
                $crate::renamed::Said::renamed(self.of.$method($($given),*), self)
            })*
        }
    };
}
pub(crate) use renamed;

/// What a catalogue can say.
pub(crate) trait Said {
    fn renamed(self, names: &Renamed) -> Self;
}

impl Said for String {
    fn renamed(self, names: &Renamed) -> Self {
        names.rename(&self)
    }
}

impl<const N: usize> Said for [String; N] {
    fn renamed(self, names: &Renamed) -> Self {
        self.map(|text| names.rename(&text))
    }
}

/// What stands in cards and tables, not in the picture: Kafka's names are right there.
impl Said for &'static str {
    fn renamed(self, _: &Renamed) -> Self {
        self
    }
}

impl<const N: usize> Said for [&'static str; N] {
    fn renamed(self, _: &Renamed) -> Self {
        self
    }
}

impl Renamed {
    /// The text with the other names, each where its word stands alone, with a plural's s and a capital as it was.
    pub fn rename(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let starts = !out.chars().next_back().is_some_and(is_of_word);
            if let Some((length, name)) = starts.then(|| self.name_at(rest)).flatten() {
                let mut letters = name.chars();
                match letters.next() {
                    Some(letter) if first.is_ascii_uppercase() => out.push(letter.to_ascii_uppercase()),
                    letter => out.extend(letter),
                }
                out.push_str(letters.as_str());
                rest = &rest[length..];
            } else {
                out.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
        out
    }

    /// The name with which the text begins, by its length, and what it is called instead.
    fn name_at(&self, text: &str) -> Option<(usize, &'static str)> {
        // A consumer group is mostly called a group; of longer names no word stands for all.
        let forms = self.names.iter().flat_map(|(name, instead)| {
            let short = name.split_once(' ').map_or(*name, |(_, last)| if last.contains(' ') { name } else { last });
            [(*name, *instead), (short, *instead)]
        });
        let fits = |form: &str| {
            let is_it = text.get(..form.len()).is_some_and(|here| here.eq_ignore_ascii_case(form));
            let behind = text.get(form.len()..).unwrap_or_default();
            let behind = behind.strip_prefix('s').unwrap_or(behind);
            is_it && !behind.chars().next().is_some_and(is_of_word)
        };
        forms.filter(|(form, _)| fits(form)).map(|(form, name)| (form.len(), name)).max_by_key(|(length, _)| *length)
    }
}

/// Whether a word goes on with this: a letter or a digit. What Unicode says of all of them would be kilobytes in a page;
/// of what is not ASCII, only blanks and punctuation as they stand in European texts are no part of a word.
pub fn is_of_word(c: char) -> bool {
    match c {
        '\u{0}'..='\u{7f}' => c.is_ascii_alphanumeric(),
        '\u{80}'..='\u{bf}' | '\u{2000}'..='\u{206f}' => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use crate::{English, PictureWords, StoryCatalogue};

    use super::*;

    fn on_site() -> Renamed {
        let names = English.story().names.each_ref();
        Renamed { of: &English, names: names.map(|name| (name.kafka, name.story)) }
    }

    #[test]
    fn names_change_where_their_word_stands_alone() {
        let site = on_site();
        assert_eq!(site.rename("Topic ORDERS, 3 partitions"), "Job list ORDERS, 3 lanes");
        assert_eq!(site.rename("consumer group g, 2 groups"), "crew g, 2 crews");
        assert_eq!(site.rename("producers’ recordings"), "owners’ recordings");
        assert_eq!(site.rename("größer: record"), "größer: job");
        assert_eq!(site.rename("an append-only log, the log's end"), "a list that only grows, the log's end");
    }

    #[test]
    fn the_picture_speaks_with_them() {
        assert_eq!(on_site().partition(2), "Lane 2");
        assert_eq!(on_site().consumers_idle(5, 2), "5 workers, 2 idle");
        assert_eq!(English.consumers_idle(5, 2), "5 consumers, 2 idle");
    }
}
