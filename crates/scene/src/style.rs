//! The paint: one style sheet for the page and for files.

/// The rules, without the values of their tokens. Everything is under `.picture`, the class of the `<svg>`.
const RULES: &str = include_str!("picture.css");

/// The picture's style sheet for a page: tokens that follow `color-scheme` (by `light-dark()`), then the rules.
/// The tokens are set on `:host` and `:root`, so that a canvas or a panel beside the picture can use them too; a page
/// overrides one by a custom property, `--kl-bg` for `bg`.
pub fn css() -> String {
    let tokens: String = TOKENS
        .iter()
        .map(|(name, light, dark)| format!("--{name}:var(--kl-{name},light-dark({light},{dark}));"))
        .collect();
    format!(":root,:host{{{tokens}}}{RULES}")
}

/// The rules for who chose colours of their own.
const FORCED: &str = include_str!("forced.css");

/// The rules that only services need: a page has them by the time that it shows some.
const SERVICES: &str = include_str!("services.css");

/// More of the style sheet, which a page has with its panels: for forced colours, and for pictures of services.
#[inline(never)]
pub fn later_css() -> String {
    [FORCED, SERVICES].concat()
}

/// Which colours a standalone file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// The light ones.
    Light,
    /// The dark ones.
    Dark,
    /// Those that the viewer prefers.
    #[default]
    Auto,
}

/// The style sheet of a standalone file: plain values and a media query, since viewers lack `light-dark()`.
pub(crate) fn standalone(theme: Theme, has_services: bool) -> String {
    let tokens = |dark: bool| -> String {
        let pick = |(name, l, d): &(&str, &str, &str)| format!("--{name}:{};", if dark { d } else { l });
        TOKENS.iter().map(pick).collect()
    };
    let root = match theme {
        Theme::Light => format!(".picture{{{}}}", tokens(false)),
        Theme::Dark => format!(".picture{{{}}}", tokens(true)),
        Theme::Auto => {
            format!(".picture{{{}}}@media (prefers-color-scheme:dark){{.picture{{{}}}}}", tokens(false), tokens(true))
        }
    };
    format!("{root}{RULES}{FORCED}{}", if has_services { SERVICES } else { "" })
}

/// Colours by name: light, dark. Every pair of text and ground has a contrast of at least 4.5 to 1.
pub const TOKENS: &[(&str, &str, &str)] = &[
    ("bg", "#fbfcfd", "#0b1120"),
    ("ink", "#0f172a", "#e8eef7"),
    ("mut", "#4d5b70", "#9fb0c7"),
    ("line", "#d9e0e9", "#243249"),
    ("card", "#ffffff", "#121c30"),
    ("t-f", "#f1f5f9", "#111a2c"),
    ("t-s", "#475569", "#64748b"),
    ("t-t", "#0f172a", "#e2e8f0"),
    ("l-f", "#ffffff", "#0b1324"),
    ("l-s", "#bcd6f8", "#2c4672"),
    ("p-f", "#1e3a8a", "#28468f"),
    ("p-t", "#f8fafc", "#f8fafc"),
    ("p-w", "#1e3a8a", "#7f9df0"),
    ("g0-f", "#fff7ed", "#23150d"),
    ("g0-s", "#c2410c", "#fb8a3c"),
    ("g0-t", "#7c2d12", "#fed7aa"),
    ("g1-f", "#ecfdf5", "#08201a"),
    ("g1-s", "#047857", "#34d399"),
    ("g1-t", "#064e3b", "#a7f3d0"),
    ("g2-f", "#eff6ff", "#0d1b38"),
    ("g2-s", "#1d4ed8", "#6aa5fb"),
    ("g2-t", "#1e40af", "#bfdbfe"),
    ("g3-f", "#faf5ff", "#1c1230"),
    ("g3-s", "#7e22ce", "#c084fc"),
    ("g3-t", "#581c87", "#e9d5ff"),
    ("pr-f", "#0f766e", "#0f766e"),
    ("pr-t", "#f0fdfa", "#f0fdfa"),
    ("pr-s", "#5eead4", "#5eead4"),
    ("pr-w", "#0f766e", "#2dd4bf"),
    ("k0", "#7c3aed", "#a78bfa"),
    ("k1", "#be185d", "#f472b6"),
    ("k2", "#8a5a00", "#f3c04b"),
    ("k3", "#0e7490", "#38cfe6"),
    ("k4", "#52525b", "#cbd5e1"),
    ("k5", "#4d7c0f", "#a3e635"),
    ("k-t", "#ffffff", "#0b1120"),
    ("al", "#b91c1c", "#f87171"),
    ("al-t", "#ffffff", "#0b1120"),
];
