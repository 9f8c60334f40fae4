use kafka_lanes_scene::n;
use web_sys::HtmlElement;
use yew::{Html, Properties, function_component, html, use_effect_with, use_node_ref};

/// What is said about the thing under the pointer or with the focus, and where that thing is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tip {
    pub(crate) text: String,
    /// Left edge of the thing, px in the picture.
    pub(crate) x: f64,
    /// A little below it, px in the picture.
    pub(crate) y: f64,
}

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) tip: Tip,
    /// Width of the picture, which it does not leave.
    pub(crate) width: f64,
}

/// Widest that a tip gets, px: as in the style sheet.
const WIDEST: f64 = 300.0;

/// Hidden from screen readers: what it says is the accessible name of the thing itself.
#[function_component]
pub(crate) fn TipView(props: &Props) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((props.tip.clone(), props.width), move |(tip, width)| {
            let Some(node) = node.cast::<HtmlElement>() else { return };
            let x = tip.x.min(width - WIDEST).max(0.0);
            // No `style` attribute: a strict Content-Security-Policy forbids it, and allows this.
            let _ = node.style().set_property("transform", &format!("translate({}px, {}px)", n(x), n(tip.y)));
        });
    }
    html! { <div ref={node} class="tip" aria-hidden="true">{ props.tip.text.clone() }</div> }
}
