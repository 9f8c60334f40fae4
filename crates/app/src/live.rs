//! A live diagram, without the panels round it: a world that plays, its picture in the page, and the frames that move
//! it. An embed shows this first; `ui` comes as soon as its code is there.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use kafka_lanes_scene::{PORTRAIT_BELOW, View};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement, HtmlElement};

use crate::fall;
use crate::frame::Frames;
use crate::markup;
use crate::options::{Controls, Options};
use crate::painter::Painter;
use crate::picture::Picture;
use crate::player::Player;
use crate::stage::Stage;
use crate::watch::{Watch, room};
use crate::words::words;

/// Who wants to know that the page has something new to show beside the picture.
type Listener = Box<dyn Fn()>;

/// A live diagram in an element.
pub(crate) struct Live {
    pub(crate) stage: RefCell<Stage>,
    /// What is drawn, and what moves over it: wherever the panels put them.
    pub(crate) svg: Element,
    pub(crate) canvas: HtmlCanvasElement,
    /// A panel stands beside the picture and wants room.
    pub(crate) docked: Cell<bool>,
    /// A text says what the picture shows: it needs no captions, and nothing to press.
    pub(crate) told: Cell<bool>,
    mount: Element,
    /// How much stands round the picture, and the height that all of it shall have.
    frame: Cell<(Controls, Option<f64>)>,
    frames: Frames,
    watch: RefCell<Option<Watch>>,
    seen: Cell<bool>,
    listener: RefCell<Option<Listener>>,
}

impl Live {
    /// Puts a live diagram into `mount`, and lets it run if `player` plays. None where the browser draws neither SVG nor
    /// canvas.
    pub(crate) fn new(mount: Element, player: Player, options: &Options, caption: &str) -> Option<Rc<Self>> {
        let document = mount.owner_document()?;
        let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
        let picture = Picture::new(document)?;
        let svg = picture.svg().clone();
        // As the panels will stand, so that nothing moves when they come.
        markup::put(&mount, &skeleton(options.controls, caption));
        let place = mount.query_selector(".stage").ok().flatten()?;
        place.append_with_node_2(&svg, &canvas).ok()?;
        let stage = Stage::new(player, View::new(960.0, 540.0), picture, Painter::new(canvas.clone()));
        let live = Rc::new_cyclic(|live: &Weak<Self>| {
            let live = live.clone();
            let on_frame = move |micros| {
                let Some(live) = live.upgrade() else { return };
                if fall::is_over() {
                    return live.frames.rest();
                }
                let tell = live.stage.borrow_mut().frame(micros);
                // What was sent to a moment has come there.
                if !live.stage.borrow().player.is_playing() {
                    live.run_or_rest();
                }
                if tell {
                    live.tell();
                }
            };
            Self {
                stage: RefCell::new(stage),
                svg,
                canvas,
                docked: Cell::new(false),
                told: Cell::new(false),
                mount,
                frame: Cell::new((options.controls, options.height)),
                frames: Frames::new(on_frame),
                watch: RefCell::new(None),
                seen: Cell::new(true),
                listener: RefCell::new(None),
            }
        });
        live.start();
        Some(live)
    }

    fn start(self: &Rc<Self>) {
        let live = Rc::downgrade(self);
        let watch = Watch::new(&self.mount, move |sight| {
            if let Some(live) = live.upgrade() {
                live.noticed(sight);
            }
        });
        *self.watch.borrow_mut() = watch;
        self.fit();
        self.run_or_rest();
    }

    /// From now on `listener` is told when there is something new to show.
    pub(crate) fn listen(&self, listener: impl Fn() + 'static) {
        *self.listener.borrow_mut() = Some(Box::new(listener));
    }

    fn tell(&self) {
        if let Some(listener) = &*self.listener.borrow() {
            listener();
        }
    }

    /// Acts on what was noticed about the element or its page.
    pub(crate) fn noticed(&self, sight: Sight) {
        if fall::is_over() {
            return;
        }
        match sight {
            Sight::Resized => {
                self.fit();
                self.tell();
            }
            Sight::Recoloured => self.stage.borrow_mut().repaint(),
            Sight::Seen(seen) => {
                self.seen.set(seen);
                self.run_or_rest();
            }
        }
    }

    /// Frames come only while something moves and can be seen.
    pub(crate) fn run_or_rest(&self) {
        if self.seen.get() && self.stage.borrow().player.is_playing() {
            self.frames.run();
        } else {
            self.frames.rest();
            self.stage.borrow_mut().settle();
        }
    }

    /// How much stands round the picture from now on, and how high all of it shall be.
    pub(crate) fn set_frame(&self, options: &Options) {
        self.frame.set((options.controls, options.height));
    }

    /// Gives the picture the room that the panels leave.
    pub(crate) fn fit(&self) {
        let element = |element: Option<Element>| element.and_then(|element| element.dyn_into::<HtmlElement>().ok());
        let root = element(self.mount.first_element_child());
        let (Some(root), Some(place)) = (root, element(self.svg.parent_element())) else { return };
        let (controls, height) = self.frame.get();
        let full = controls == Controls::Full;
        // An embed has the height that was reserved for it, with all that stands in it.
        let below = if full { below_the_fold(&root, &place) } else { 0 };
        let panels = f64::from(root.offset_height() - place.offset_height() - below);
        let mut stage = self.stage.borrow_mut();
        let mut view: View = stage.view().clone();
        view.width = f64::from(place.client_width()).max(1.0);
        view.height = (room(full, height) - panels).max(0.0);
        view.compact = self.docked.get() && full;
        view.captions = full && !self.docked.get() && !self.told.get();
        view.buttons = !self.told.get();
        if view != *stage.view() {
            stage.set_view(&view);
        }
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.mount.set_text_content(None);
    }
}

/// What the element notices about itself and its page.
pub(crate) enum Sight {
    /// It has another size, or may have.
    Resized,
    /// It came into sight, or left it.
    Seen(bool),
    /// Colours changed.
    Recoloured,
}

/// The panels' places until they come, and what stands over the picture of an embed.
fn skeleton(controls: Controls, caption: &str) -> String {
    let class = if controls == Controls::Full { "kl" } else { "kl embed" };
    let transport = if controls == Controls::None { "" } else { "<div class=\"transport\"></div>" };
    let caption = if caption.is_empty() { String::new() } else { captioned(caption) };
    format!(
        "<div class=\"{class}\">{caption}<div class=\"stage\"></div><div class=\"foot\"><details class=\"words\">\
         <summary>{}</summary></details></div>{transport}</div>",
        words().in_words()
    )
}

#[inline(never)]
fn captioned(caption: &str) -> String {
    ["<p class=\"caption\">", &kafka_lanes_scene::svg::escape(caption), "</p>"].concat()
}

/// Height of what comes after the transport, as the foot does on a phone: the picture need not make room for it.
fn below_the_fold(root: &HtmlElement, place: &HtmlElement) -> i32 {
    if f64::from(place.client_width()) >= PORTRAIT_BELOW {
        return 0;
    }
    let foot = root.query_selector(".foot").ok().flatten().and_then(|foot| foot.dyn_into::<HtmlElement>().ok());
    foot.map_or(0, |foot| foot.offset_height())
}
