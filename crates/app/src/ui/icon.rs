use yew::{Html, html};

/// Pictograms of buttons, drawn in the text colour; the button says in words what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Icon {
    Play,
    Pause,
    Step,
    Rewind,
    Theme,
    Open,
    Edit,
    Share,
    Close,
    Down,
    Replay,
}

impl Icon {
    pub(crate) fn view(self) -> Html {
        let path = match self {
            Self::Play => "M5 3.2v9.6a.6.6 0 0 0 .9.5l8-4.800a.6.6 0 0 0 0-1l-8-4.800a.6.6 0 0 0-.9.5z",
            Self::Pause => "M4.500 3h2.500v10h-2.500zM9 3h2.500v10h-2.500z",
            Self::Step => "M3 3.500v9l7-4.500zM11 3.500h2v9h-2z",
            Self::Rewind => "M13 3.500v9l-7-4.500zM3 3.500h2v9h-2z",
            Self::Theme => "M8 1a7 7 0 1 0 0 14 7 7 0 0 0 0-14zm0 1.500v11a5.500 5.500 0 0 1 0-11z",
            Self::Open => "M2 2.500h5l1.500 2h5.500v9h-12zM3.500 6v6h9v-6z",
            Self::Edit => {
                "M11.300 1.800a1.200 1.200 0 0 1 1.700 0l1.200 1.200a1.200 1.200 0 0 1 0 1.700L5.700 13.200 2 14l.8-3.700zM4.200 11l-.3 1.100 1.100-.3 7.300-7.300-.8-.8z"
            }
            Self::Share => {
                "M8 1 12 5l-1.100 1.100-2.100-2.100v6.500h-1.600V4L5.100 6.100 4 5zM2.500 8H4v5.500h8V8h1.500v7h-11z"
            }
            Self::Down => "M3.100 5 8 9.900 12.900 5 14 6.100l-6 6-6-6z",
            Self::Replay => {
                "M8 2.500a5.500 5.500 0 1 1-5.500 5.500h1.600a3.900 3.900 0 1 0 3.900-3.900v2.400L4 3.300 8 0z"
            }
            Self::Close => "M4 2.900 8 6.900l4-4 1.100 1.100-4 4 4 4-1.100 1.100-4-4-4 4-1.100-1.100 4-4-4-4z",
        };
        html! {
            <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
                <path d={path} fill="currentColor" fill-rule="evenodd" />
            </svg>
        }
    }
}
