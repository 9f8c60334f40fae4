//! The picture: the scene's blocks as SVG, and how a person points at them.

use std::rc::Rc;

use kafka_lanes_scene::{Anchor, Block, Glyph, Part, Shape, Target, n};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::virtual_dom::{VNode, VTag, VText};
use yew::{Callback, Html, Properties, function_component, html, use_node_ref};

use crate::ui::tip::Tip;
use crate::words::words;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) blocks: Vec<Block>,
    /// Width and height, CSS px.
    pub(crate) size: (f64, f64),
    /// CSS px a unit of the blocks.
    pub(crate) scale: f64,
    pub(crate) on_choose: Callback<Option<Target>>,
    pub(crate) on_point: Callback<Option<Tip>>,
}

#[function_component]
pub(crate) fn Picture(props: &Props) -> Html {
    let svg = use_node_ref();
    let blocks = Rc::new(props.blocks.clone());
    let found = {
        let blocks = blocks.clone();
        move |target: Option<web_sys::EventTarget>| part_at(&blocks, target)
    };
    let on_click = {
        let (found, on_choose) = (found.clone(), props.on_choose.clone());
        Callback::from(move |event: yew::MouseEvent| {
            on_choose.emit(found(event.target()).and_then(|part| part.target));
        })
    };
    let point = {
        let (found, on_point, scale) = (found.clone(), props.on_point.clone(), props.scale);
        move |target: Option<web_sys::EventTarget>| {
            on_point.emit(found(target).filter(|part| !part.label.is_empty()).map(|part| Tip {
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
        let (found, on_choose) = (found, props.on_choose.clone());
        let svg = svg.clone();
        Callback::from(move |event: KeyboardEvent| match &*event.key() {
            "Enter" | " " => {
                if let Some(part) = found(event.target()) {
                    on_choose.emit(part.target);
                    handled(&event);
                }
            }
            "ArrowRight" | "ArrowDown" => walk(&svg.cast(), &event, 1),
            "ArrowLeft" | "ArrowUp" => walk(&svg.cast(), &event, -1),
            "Home" => walk(&svg.cast(), &event, i64::MIN),
            "End" => walk(&svg.cast(), &event, i64::MAX),
            _ => {}
        })
    };
    let (width, height) = props.size;
    // One stop in the tab order; arrows walk from there.
    let mut first = true;
    html! {
        <svg ref={svg} class="picture" width={n(width)} height={n(height)} role="group"
            viewBox={format!("0 0 {} {}", n(width / props.scale), n(height / props.scale))} aria-label={words().picture()}
            onclick={on_click} onpointerover={on_over} onpointerleave={on_leave} onfocusin={on_focus} onfocusout={on_blur}
            onkeydown={on_key}>
            { for blocks.iter().map(|block| {
                let enter = first && block.parts.iter().any(|part| part.focusable);
                first &= !enter;
                html! { <BlockView key={block.id.key()} block={block.clone()} {enter} /> }
            }) }
        </svg>
    }
}

fn handled(event: &KeyboardEvent) {
    event.prevent_default();
    event.stop_propagation();
}

fn part_at(blocks: &[Block], target: Option<web_sys::EventTarget>) -> Option<Part> {
    let element = target?.dyn_into::<Element>().ok()?.closest("[data-part]").ok()??;
    let key = element.get_attribute("data-part")?;
    blocks.iter().flat_map(|block| block.parts.iter()).find(|part| part.key == key).cloned()
}

/// Moves the focus by `by` among all that takes it, and the one tab stop with it.
fn walk(svg: &Option<Element>, event: &KeyboardEvent, by: i64) {
    let Some(svg) = svg else { return };
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

#[derive(Properties, PartialEq)]
struct BlockProps {
    block: Block,
    /// Its first part that takes focus is the tab stop of the picture.
    enter: bool,
}

/// Drawn again only when its block changed: blocks compare by pointer first.
#[function_component]
fn BlockView(props: &BlockProps) -> Html {
    let mut enter = props.enter;
    let parts = props.block.parts.iter().map(|part| {
        let stop = enter && part.focusable;
        enter &= !stop;
        view_part(part, stop)
    });
    html! { <g>{ for parts }</g> }
}

fn view_part(part: &Part, stop: bool) -> Html {
    let mut tag = VTag::new("g");
    tag.key = Some(part.key.clone().into());
    tag.add_attribute("class", part.class.clone());
    if part.target.is_some() {
        tag.add_attribute("data-part", part.key.clone());
    }
    if part.focusable {
        tag.add_attribute("tabindex", if stop { "0" } else { "-1" });
        // Not `button`: a button's name must hold all text in it, and ours says more in better order.
        tag.add_attribute("role", "img");
        tag.add_attribute("aria-label", part.label.clone());
    } else {
        tag.add_attribute("aria-hidden", "true");
    }
    tag.add_children(part.shapes.iter().flat_map(view_shape));
    tag.into()
}

fn view_shape(shape: &Shape) -> Vec<VNode> {
    match shape {
        Shape::Rect { rect, r, class } => {
            let numbers = [("x", rect.x), ("y", rect.y), ("width", rect.w), ("height", rect.h), ("rx", *r)];
            vec![element("rect", class, &numbers)]
        }
        Shape::Circle { x, y, r, class } => vec![element("circle", class, &[("cx", *x), ("cy", *y), ("r", *r)])],
        Shape::Path { d, class } => vec![path(d.clone(), class)],
        Shape::Text(text) => {
            let mut tag = tag("text", text.class, &[("x", text.x), ("y", text.y), ("font-size", text.size)]);
            tag.add_attribute("font-weight", text.weight.to_string());
            tag.add_attribute("text-anchor", anchor(text.anchor));
            tag.add_child(VText::new(text.text.clone()).into());
            vec![tag.into()]
        }
        Shape::Glyph { x, y, r, glyph, letter } => vec![view_glyph((*x, *y), *r, *glyph, *letter)],
    }
}

fn view_glyph((x, y): (f64, f64), r: f64, glyph: Glyph, letter: bool) -> VNode {
    let mut group = tag("g", &format!("glyph {}", glyph.hue_class()), &[]);
    group.add_child(match glyph.path(x, y, r) {
        Some(d) => path(d, "mark"),
        None => element("circle", "mark", &[("cx", x), ("cy", y), ("r", r)]),
    });
    if letter {
        let size = glyph.letter.size(r);
        let mut text = tag("text", "letter", &[("x", x), ("y", glyph.baseline(y, r)), ("font-size", size)]);
        text.add_attribute("font-weight", "700");
        text.add_attribute("text-anchor", "middle");
        text.add_child(VText::new(glyph.letter.to_string()).into());
        group.add_child(text.into());
    }
    group.into()
}

fn anchor(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    }
}

fn tag(name: &'static str, class: &str, numbers: &[(&'static str, f64)]) -> VTag {
    let mut tag = VTag::new(name);
    tag.add_attribute("class", class.to_string());
    for (attribute, value) in numbers {
        tag.add_attribute(attribute, n(*value));
    }
    tag
}

fn element(name: &'static str, class: &str, numbers: &[(&'static str, f64)]) -> VNode {
    tag(name, class, numbers).into()
}

fn path(d: String, class: &str) -> VNode {
    let mut tag = tag("path", class, &[]);
    tag.add_attribute("d", d);
    tag.into()
}
