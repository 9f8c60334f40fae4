//! The picture's place among the panels, and how a person points at what is in it.

use std::rc::Rc;

use kafka_lanes_scene::{Part, Target};
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, KeyboardEvent};
use yew::{Callback, Html, Properties, function_component, html};

use crate::live::Live;
use crate::ui::tip::{Tip, TipView};

#[derive(Properties)]
pub(crate) struct Props {
    pub(crate) live: Rc<Live>,
    pub(crate) tip: Option<Tip>,
    pub(crate) on_choose: Callback<Option<Target>>,
    pub(crate) on_point: Callback<Option<Tip>>,
}

impl PartialEq for Props {
    /// The picture draws itself: only the tip is of this component.
    fn eq(&self, other: &Self) -> bool {
        self.tip == other.tip
    }
}

#[function_component]
pub(crate) fn Picture(props: &Props) -> Html {
    let live = props.live.clone();
    let on_click = {
        let (live, on_choose) = (live.clone(), props.on_choose.clone());
        Callback::from(move |event: yew::MouseEvent| {
            on_choose.emit(part_at(&live, event.target()).and_then(|part| part.target));
        })
    };
    let point = {
        let (live, on_point) = (live.clone(), props.on_point.clone());
        move |target: Option<EventTarget>| {
            let scale = live.stage.borrow().scene().scale;
            on_point.emit(part_at(&live, target).filter(|part| !part.label.is_empty()).map(|part| Tip {
                text: part.label,
                x: part.bounds.x * scale,
                y: part.bounds.bottom() * scale + 8.0,
            }));
        }
    };
    let on_over = {
        let point = point.clone();
        Callback::from(move |event: yew::PointerEvent| point(event.target()))
    };
    let on_focus = Callback::from(move |event: yew::FocusEvent| point(event.target()));
    let on_leave = props.on_point.reform(|_: yew::PointerEvent| None);
    let on_blur = props.on_point.reform(|_: yew::FocusEvent| None);
    let on_key = {
        let (live, on_choose) = (live.clone(), props.on_choose.clone());
        Callback::from(move |event: KeyboardEvent| match &*event.key() {
            // With these held it is a command of the browser, as to go back.
            _ if event.ctrl_key() || event.meta_key() || event.alt_key() => {}
            "Enter" | " " => {
                if let Some(part) = part_at(&live, event.target()) {
                    on_choose.emit(part.target);
                    handled(&event);
                }
            }
            "ArrowRight" | "ArrowDown" => walk(&live.svg, &event, 1),
            "ArrowLeft" | "ArrowUp" => walk(&live.svg, &event, -1),
            "Home" => walk(&live.svg, &event, i64::MIN),
            "End" => walk(&live.svg, &event, i64::MAX),
            _ => {}
        })
    };
    let width = live.stage.borrow().scene().size().0;
    html! {
        <div class="stage" part="picture" onclick={on_click} onpointerover={on_over} onpointerleave={on_leave}
            onfocusin={on_focus} onfocusout={on_blur} onkeydown={on_key}>
            { Html::VRef(live.svg.clone().into()) }
            { Html::VRef(live.canvas.clone().into()) }
            if let Some(tip) = &props.tip { <TipView tip={tip.clone()} {width} /> }
        </div>
    }
}

fn handled(event: &KeyboardEvent) {
    event.prevent_default();
    event.stop_propagation();
}

fn part_at(live: &Live, target: Option<EventTarget>) -> Option<Part> {
    let element = target?.dyn_into::<Element>().ok()?.closest("[data-part]").ok()??;
    let key = element.get_attribute("data-part")?;
    live.stage.borrow().scene().parts().find(|part| part.key == key).cloned()
}

/// Moves the focus by `by` among all that takes it, and the one tab stop with it.
fn walk(svg: &Element, event: &KeyboardEvent, by: i64) {
    let Ok(stops) = svg.query_selector_all("[tabindex]") else { return };
    let Some(here) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let stops: Vec<Element> = (0..stops.length()).filter_map(|i| stops.get(i)?.dyn_into().ok()).collect();
    let index = stops.iter().position(|stop| *stop == here).unwrap_or(0) as i64;
    let next = index.saturating_add(by).clamp(0, stops.len() as i64 - 1);
    let Some(next) = stops.get(next as usize) else { return };
    // Setting a plain attribute of an element does not fail.
    let _ = here.set_attribute("tabindex", "-1");
    let _ = next.set_attribute("tabindex", "0");
    if let Some(next) = next.dyn_ref::<web_sys::SvgElement>() {
        let _ = next.focus();
    }
    handled(event);
}
