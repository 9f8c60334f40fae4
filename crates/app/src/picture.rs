//! The picture in the page: an SVG that holds the scene's blocks, and in them their parts. What stays the same keeps
//! its element, so that focus and selection stay where they are.

use std::rc::Rc;

use kafka_lanes_scene::{Block, BlockId, Part, Scene, n, svg};
use web_sys::{Document, Element};

use crate::markup;
use crate::words::words;

/// Namespace of SVG elements.
const SVG: &str = "http://www.w3.org/2000/svg";

/// The SVG, and what it shows.
pub(crate) struct Picture {
    svg: Element,
    document: Document,
    blocks: Vec<Shown>,
    size: (f64, f64, f64),
}

/// A block in the page.
struct Shown {
    id: BlockId,
    element: Element,
    parts: Rc<[Part]>,
    /// Those of `parts`, in the same order.
    elements: Vec<Element>,
}

impl Picture {
    /// An empty picture; none where the browser makes no SVG.
    pub(crate) fn new(document: Document) -> Option<Self> {
        let svg = document.create_element_ns(Some(SVG), "svg").ok()?;
        set(&svg, "class", "picture");
        set(&svg, "role", "group");
        set(&svg, "aria-label", words().picture());
        Some(Self { svg, document, blocks: Vec::new(), size: (0.0, 0.0, 0.0) })
    }

    /// The SVG, to be put into the page.
    pub(crate) fn svg(&self) -> &Element {
        &self.svg
    }

    /// Shows `scene`, and touches only what is not shown yet.
    pub(crate) fn show(&mut self, scene: &Scene) {
        let (width, height) = scene.size();
        let size = (width, height, scene.scale);
        if size != self.size {
            self.size = size;
            set(&self.svg, "width", &n(width));
            set(&self.svg, "height", &n(height));
            set(&self.svg, "viewBox", &format!("0 0 {} {}", n(width / scene.scale), n(height / scene.scale)));
        }
        let before = std::mem::take(&mut self.blocks);
        let kept = before.into_iter().map(|shown| {
            let stays = scene.blocks.iter().any(|block| block.id == shown.id);
            (stays, shown.element.clone(), shown)
        });
        let mut places = Places::keep(&self.svg, kept);
        for block in &scene.blocks {
            let shown = places.take(|shown| shown.id == block.id);
            let mut shown = match shown {
                Some(shown) => shown,
                None => {
                    let Some(element) = self.group() else { return };
                    places.put(&element);
                    Shown { id: block.id, element, parts: Rc::from([]), elements: Vec::new() }
                }
            };
            self.show_block(&mut shown, block);
            self.blocks.push(shown);
        }
        self.keep_a_tab_stop();
    }

    fn show_block(&self, shown: &mut Shown, block: &Block) {
        if Rc::ptr_eq(&shown.parts, &block.parts) {
            return;
        }
        let before = std::mem::replace(&mut shown.parts, block.parts.clone());
        let elements = std::mem::take(&mut shown.elements);
        let kept = elements.into_iter().zip(before.iter()).map(|(element, part)| {
            let stays = block.parts.iter().any(|new| new.key == part.key);
            (stays, element.clone(), (element, part))
        });
        let mut places = Places::keep(&shown.element, kept);
        for part in block.parts.iter() {
            let old = places.take(|(_, old)| old.key == part.key);
            let (element, old) = match old {
                Some((element, old)) => (element, Some(old)),
                None => {
                    let Some(element) = self.group() else { return };
                    places.put(&element);
                    (element, None)
                }
            };
            show_part(&element, old, part);
            shown.elements.push(element);
        }
    }

    fn group(&self) -> Option<Element> {
        self.document.create_element_ns(Some(SVG), "g").ok()
    }

    /// One part is a stop in the tab order; arrows walk from there.
    fn keep_a_tab_stop(&self) {
        if let Ok(None) = self.svg.query_selector("[tabindex='0']")
            && let Ok(Some(first)) = self.svg.query_selector("[tabindex]")
        {
            set(&first, "tabindex", "0");
        }
    }
}

/// Writes what is new about a part into its element.
fn show_part(element: &Element, old: Option<&Part>, part: &Part) {
    let is_new = old.is_none();
    if is_new || old.is_some_and(|old| old.class != part.class) {
        set(element, "class", &part.class);
    }
    if is_new && part.target.is_some() {
        set(element, "data-part", &part.key);
    }
    if part.focusable {
        if is_new {
            set(element, "tabindex", "-1");
            // Not `button`: a button's name must hold all text in it, and ours says more in better order.
            set(element, "role", "img");
        }
        if is_new || old.is_some_and(|old| old.label != part.label) {
            set(element, "aria-label", &part.label);
        }
    } else if is_new {
        set(element, "aria-hidden", "true");
    }
    if is_new || old.is_some_and(|old| old.shapes != part.shapes) {
        markup::put(element, &svg::shapes(&part.shapes));
    }
}

/// Setting a plain attribute of an element does not fail.
fn set(element: &Element, name: &str, value: &str) {
    let _ = element.set_attribute(name, value);
}

/// The children of an element while they are put in a new order: those that stay, from the first to the last.
struct Places<'e, T> {
    parent: &'e Element,
    /// What stays and has not been taken, with its element.
    open: Vec<Option<(Element, T)>>,
    /// All before it are taken.
    next: usize,
}

impl<'e, T> Places<'e, T> {
    /// Takes those out of the page that do not stay.
    fn keep(parent: &'e Element, children: impl Iterator<Item = (bool, Element, T)>) -> Self {
        let mut open = Vec::new();
        for (stays, element, child) in children {
            if stays {
                open.push(Some((element, child)));
            } else {
                element.remove();
            }
        }
        Self { parent, open, next: 0 }
    }

    /// What is next, if it was there: it stays where it is unless something else comes before it now.
    fn take(&mut self, is_it: impl Fn(&T) -> bool) -> Option<T> {
        let at = self.open.iter().position(|place| place.as_ref().is_some_and(|(_, child)| is_it(child)))?;
        let (element, child) = self.open[at].take()?;
        if at == self.next {
            while self.open.get(self.next).is_some_and(Option::is_none) {
                self.next += 1;
            }
        } else {
            self.put(&element);
        }
        Some(child)
    }

    /// Puts an element in front of all that has not been taken.
    fn put(&self, element: &Element) {
        let before = self.open.get(self.next).and_then(|place| place.as_ref()).map(|(element, _)| element);
        // It fails only for a child of another parent.
        let _ = self.parent.insert_before(element, before.map(AsRef::as_ref));
    }
}
