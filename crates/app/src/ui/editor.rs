//! The scenario as text beside the picture: coloured as one types, with what could stand at the cursor, and what is
//! wrong underlined. The text area is over the coloured text, letter upon letter.

use std::ops::Range;

use kafka_lanes_scenario::Severity;
use kafka_lanes_scenario::language::{Completion, Completions, complete, highlight, parse};
use web_sys::{Element, HtmlElement, HtmlTextAreaElement};
use yew::{
    Callback, Event, Html, InputEvent, KeyboardEvent, MouseEvent, NodeRef, Properties, TargetCast, classes,
    function_component, html, use_effect_with, use_node_ref, use_state_eq,
};

use crate::ui::icon::Icon;
use crate::ui::marked::{Marked, Piece, pieces};
use crate::utf16;
use crate::words::words;

/// Completions that are shown at once.
const SHOWN: usize = 8;
/// Beyond this many bytes it is a plain field: to colour it anew at each key would be felt.
const MAX_COLOURED: usize = 65_536;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) text: String,
    pub(crate) on_edit: Callback<String>,
    pub(crate) on_close: Callback<()>,
}

/// What is offered, and which of it is chosen.
#[derive(Debug, Clone, PartialEq, Default)]
struct Offer {
    replace: Range<usize>,
    items: Vec<Completion>,
    chosen: usize,
    /// Line and column of what it would take the place of, from 0.
    place: (usize, usize),
}

#[function_component]
pub(crate) fn Editor(props: &Props) -> Html {
    let (field, ink, list) = (use_node_ref(), use_node_ref(), use_node_ref());
    let offer = use_state_eq(Offer::default);
    {
        let field = field.clone();
        // Not as an attribute: a value that is set anew moves the cursor.
        use_effect_with(props.text.clone(), move |text| {
            if let Some(field) = field.cast::<HtmlTextAreaElement>().filter(|field| field.value() != *text) {
                field.set_value(text);
            }
        });
    }
    {
        let (list, field) = (list.clone(), field.clone());
        use_effect_with((*offer).clone(), move |offer| place_list(&list, &field, offer));
    }
    let on_input = {
        let (offer, on_edit) = (offer.clone(), props.on_edit.clone());
        Callback::from(move |event: InputEvent| {
            let field: HtmlTextAreaElement = event.target_unchecked_into();
            offer.set(offer_at(&field));
            on_edit.emit(field.value());
        })
    };
    let take = {
        let (field, offer, on_edit) = (field.clone(), offer.clone(), props.on_edit.clone());
        Callback::from(move |index: usize| {
            if let (Some(field), Some(item)) = (field.cast::<HtmlTextAreaElement>(), offer.items.get(index)) {
                put_in(&field, &offer.replace, &item.text);
                offer.set(Offer::default());
                on_edit.emit(field.value());
            }
        })
    };
    let on_key = {
        let (offer, take) = (offer.clone(), take.clone());
        Callback::from(move |event: KeyboardEvent| key(&event, &offer, &take))
    };
    let on_scroll = {
        let (field, ink) = (field.clone(), ink.clone());
        Callback::from(move |_: Event| follow(&field, &ink))
    };
    let close_list = {
        let offer = offer.clone();
        move || offer.set(Offer::default())
    };
    let on_blur = {
        let close_list = close_list.clone();
        Callback::from(move |_: yew::FocusEvent| close_list())
    };
    let on_click = Callback::from(move |_: MouseEvent| close_list());
    let parsed = parse(&props.text);
    let faults: Vec<(Range<usize>, bool)> =
        parsed.diagnostics.iter().map(|fault| (fault.range(&props.text), fault.severity == Severity::Error)).collect();
    let coloured = if props.text.len() <= MAX_COLOURED {
        pieces(&props.text, &highlight(&props.text), &faults)
    } else {
        Vec::new()
    };
    let plain = coloured.is_empty().then_some("plain");
    html! {
        <section class="editor" part="editor" aria-label={words().scenario_text()}>
            <div class="editor-head">
                <h2>{ words().scenario_text() }</h2>
                <button class="close" aria-label={words().close()} onclick={props.on_close.reform(|_: MouseEvent| ())}>
                    { Icon::Close.view() }
                </button>
            </div>
            <div class={classes!("paper", plain)}>
                <pre ref={ink} class="ink" aria-hidden="true">{ for coloured.iter().map(piece) }{ "\n" }</pre>
                <textarea ref={field} class="text" aria-label={words().scenario_text()} spellcheck="false" autocomplete="off"
                    autocapitalize="off" wrap="off" oninput={on_input} onkeydown={on_key} onscroll={on_scroll} onblur={on_blur} onclick={on_click} />
                <ul ref={list} class="offer" hidden={offer.items.is_empty()} role="listbox" aria-label={words().completions()}>
                    { for offer.items.iter().take(SHOWN).enumerate().map(|(n, item)| {
                        let take = take.reform(move |event: MouseEvent| { event.prevent_default(); n });
                        html! {
                            <li role="option" aria-selected={(n == offer.chosen).to_string()} onmousedown={take}>
                                <code>{ item.text.clone() }</code><span>{ item.note.clone() }</span>
                            </li>
                        }
                    }) }
                </ul>
            </div>
            <ul class="remarks" role="status">
                { for parsed.diagnostics.iter().take(20).map(|fault| html! {
                    <li class={(fault.severity == Severity::Error).then_some("error")}>
                        <b>{ words().at_line(fault.line, fault.column) }</b>{ fault.message() }
                    </li>
                }) }
            </ul>
        </section>
    }
}

fn piece(piece: &Piece) -> Html {
    let mark = match piece.mark {
        Marked::Nothing => None,
        Marked::Warning => Some("doubt"),
        Marked::Error => Some("wrong"),
    };
    html! { <span class={classes!(piece.class, mark)}>{ piece.text.clone() }</span> }
}

/// What could stand at the cursor; nothing where the cursor is a selection, or just behind a whole word.
fn offer_at(field: &HtmlTextAreaElement) -> Offer {
    let text = field.value();
    let (Ok(Some(start)), Ok(Some(end))) = (field.selection_start(), field.selection_end()) else {
        return Offer::default();
    };
    let at = utf16::byte(&text, start);
    let Completions { replace, items } = complete(&text, at);
    let typed = &text[replace.start..at.max(replace.start)];
    let is_done = items.iter().any(|item| item.text == typed);
    if start != end || is_done || typed.is_empty() && !text[..at].ends_with([' ', '=', ',']) {
        return Offer::default();
    }
    let line_start = text[..replace.start].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[..line_start].matches('\n').count();
    let column = text[line_start..replace.start].chars().count();
    Offer { replace, items, chosen: 0, place: (line, column) }
}

fn put_in(field: &HtmlTextAreaElement, replace: &Range<usize>, new: &str) {
    let text = field.value();
    let (Some(before), Some(after)) = (text.get(..replace.start), text.get(replace.end..)) else { return };
    field.set_value(&[before, new, after].concat());
    let cursor = utf16::units(before) + utf16::units(new);
    // Refused only for fields that hold no text.
    let _ = field.set_selection_range(cursor, cursor);
}

fn key(event: &KeyboardEvent, offer: &yew::UseStateHandle<Offer>, take: &Callback<usize>) {
    // What one types must not play, step or turn pages.
    event.stop_propagation();
    let field: HtmlTextAreaElement = event.target_unchecked_into();
    if event.key() == " " && event.ctrl_key() {
        event.prevent_default();
        return offer.set(offer_at(&field));
    }
    let count = offer.items.len().min(SHOWN);
    if count == 0 {
        return;
    }
    let choose = |chosen: usize| offer.set(Offer { chosen, ..(**offer).clone() });
    match &*event.key() {
        "ArrowDown" => choose((offer.chosen + 1) % count),
        "ArrowUp" => choose((offer.chosen + count - 1) % count),
        "Tab" | "Enter" => take.emit(offer.chosen),
        "Escape" => offer.set(Offer::default()),
        "ArrowLeft" | "ArrowRight" | "Home" | "End" => return offer.set(Offer::default()),
        _ => return,
    }
    event.prevent_default();
}

/// The coloured text scrolls with the field.
fn follow(field: &NodeRef, ink: &NodeRef) {
    if let (Some(field), Some(ink)) = (field.cast::<Element>(), ink.cast::<Element>()) {
        ink.set_scroll_top(field.scroll_top());
        ink.set_scroll_left(field.scroll_left());
    }
}

/// Under the word that it would take the place of. By the object model, since a strict page refuses `style=`.
fn place_list(list: &NodeRef, field: &NodeRef, offer: &Offer) {
    let (Some(list), Some(field)) = (list.cast::<HtmlElement>(), field.cast::<Element>()) else { return };
    let (line, column) = offer.place;
    let left = format!("calc(10px + {column}ch - {}px)", field.scroll_left());
    let top = format!("calc(10px + {}em - {}px)", (line + 1) as f64 * 1.5, field.scroll_top());
    // Known properties with values of our own.
    let _ = list.style().set_property("left", &left);
    let _ = list.style().set_property("top", &top);
}
