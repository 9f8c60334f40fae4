//! The fonts of a PNG: DejaVu, one of those that the style sheet names, is part of the program. Only a character that
//! it lacks is looked for in the fonts of the system.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, Once, PoisonError};

use resvg::usvg::fontdb::{Database, ID, Source};
use resvg::usvg::{Font, FontFamily, FontResolver};

/// From this weight on text is bold, as browsers have it for a family of two weights.
const BOLD: u16 = 600;

pub(super) struct Fonts {
    database: Arc<Database>,
    /// Regular, bold.
    sans: [ID; 2],
    mono: [ID; 2],
    system: Once,
    missing: Mutex<BTreeSet<char>>,
}

impl Default for Fonts {
    fn default() -> Self {
        let mut database = Database::new();
        let mut load = |font: &'static [u8]| {
            // Each of these files holds one face; should one not be read, its ID leads to no face, and to no text.
            database.load_font_source(Source::Binary(Arc::new(font))).first().copied().unwrap_or(ID::dummy())
        };
        let sans = [dejavu::sans_condensed::regular(), dejavu::sans_condensed::bold()].map(&mut load);
        let mono = [dejavu::sans_mono::regular(), dejavu::sans_mono::bold()].map(&mut load);
        Self { database: Arc::new(database), sans, mono, system: Once::new(), missing: Mutex::default() }
    }
}

impl Fonts {
    pub(super) fn database(&self) -> &Arc<Database> {
        &self.database
    }

    pub(super) fn resolver(&self) -> FontResolver<'_> {
        FontResolver {
            select_font: Box::new(|font, _| Some(self.of(font))),
            select_fallback: Box::new(|c, tried, database| self.with(c, tried, database)),
        }
    }

    /// Characters that no font has, in quotes, at least the first such of each text; empty where there are none.
    pub(super) fn missing(&self) -> String {
        let missing = self.missing.lock().unwrap_or_else(PoisonError::into_inner);
        missing.iter().map(|c| format!("“{c}”")).collect::<Vec<_>>().join(", ")
    }

    fn of(&self, font: &Font) -> ID {
        let family = if font.families().contains(&FontFamily::Monospace) { self.mono } else { self.sans };
        family[usize::from(font.weight() >= BOLD)]
    }

    /// A font that has `c`, other than those tried.
    fn with(&self, c: char, tried: &[ID], database: &mut Arc<Database>) -> Option<ID> {
        let find = FontResolver::default_fallback_selector();
        let found = find(c, tried, database).or_else(|| {
            self.system.call_once(|| Arc::make_mut(database).load_system_fonts());
            find(c, tried, database)
        });
        if found.is_none() {
            self.missing.lock().unwrap_or_else(PoisonError::into_inner).insert(c);
        }
        found
    }
}
