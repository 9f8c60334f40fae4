//! What moves, on one canvas: every record on its way, where it is at this moment.

use std::f64::consts::TAU;

use js_sys::Array;
use kafka_lanes_core::World;
use kafka_lanes_core::sorted::SortedMap;
use kafka_lanes_scene::{Dot, DotKind, Flow, Glyph, KEY_HUES, Scene, motion, n};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, window};

/// Room of a sprite round its middle, in radii.
const SPRITE_HALF: f64 = 1.35;
/// Hues of groups.
const GROUP_HUES: u32 = 4;
/// A stream of records too many to be told apart: dashes that move with simulated time, px and px a second.
const STREAM_DASH: f64 = 3.0;
const STREAM_GAP: f64 = 9.0;
const STREAM_SPEED: f64 = 60.0;
/// With more dots than this, tails are left out: nobody sees them, and each one costs.
const MAX_TAILS: usize = 400;

/// Paints the records in flight.
pub(crate) struct Painter {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    /// Device pixels a unit of the picture, and the size in CSS pixels that the canvas has.
    size: (f64, f64, f64),
    colours: Option<Colours>,
    /// Each look is drawn once and copied from then on.
    sprites: SortedMap<(Glyph, DotKind), HtmlCanvasElement>,
    /// How many records the canvas says that it shows.
    told: Option<usize>,
}

struct Colours {
    hues: Vec<String>,
    producer: String,
    letter: String,
    halo: String,
}

impl Painter {
    /// Paints on `canvas`; none where the browser gives no 2D context.
    pub(crate) fn new(canvas: HtmlCanvasElement) -> Option<Self> {
        let context = context(&canvas)?;
        Some(Self { canvas, context, size: (0.0, 0.0, 0.0), colours: None, sprites: SortedMap::new(), told: None })
    }

    /// The page turned light or dark.
    pub(crate) fn forget_colours(&mut self) {
        self.colours = None;
        self.sprites.clear();
    }

    /// Paints the frame of `world`'s present moment.
    pub(crate) fn paint(&mut self, world: &World, scene: &Scene) {
        self.fit(scene);
        let ratio = self.size.0;
        self.context.clear_rect(0.0, 0.0, f64::from(self.canvas.width()), f64::from(self.canvas.height()));
        let motion = motion(world, scene);
        for flow in &motion.flows {
            self.flow(flow, world, ratio);
        }
        if motion.dots.len() <= MAX_TAILS {
            self.tails(&motion.dots, ratio);
        }
        for dot in &motion.dots {
            self.dot(dot, ratio);
        }
        // For tests, and for who wants to know: how many records this frame shows.
        if self.told.replace(motion.records()) != Some(motion.records())
            && let Err(error) = self.canvas.set_attribute("data-dots", &motion.records().to_string())
        {
            web_sys::console::warn_1(&error);
        }
    }

    fn fit(&mut self, scene: &Scene) {
        let ratio = window().map_or(1.0, |window| window.device_pixel_ratio()).clamp(1.0, 3.0);
        let (width, height) = scene.size();
        let size = (ratio * scene.scale, width, height);
        if size == self.size {
            return;
        }
        if size.0 != self.size.0 {
            self.sprites.clear();
        }
        self.size = size;
        self.canvas.set_width((size.1 * ratio) as u32);
        self.canvas.set_height((size.2 * ratio) as u32);
        let style = self.canvas.style();
        // A known property with a number does not fail.
        let _ = style.set_property("width", &format!("{}px", n(size.1)));
        let _ = style.set_property("height", &format!("{}px", n(size.2)));
    }

    fn colours(&mut self) -> &Colours {
        let canvas = &self.canvas;
        self.colours.get_or_insert_with(|| {
            let style = window().and_then(|window| window.get_computed_style(canvas).ok().flatten());
            // A custom property computes to its text, `light-dark(…)` and all: a real property resolves it.
            let resolved = |name: &str| {
                let probe = canvas.style();
                let _ = probe.set_property("color", &format!("var(--{name})"));
                let colour = style.as_ref().and_then(|style| style.get_property_value("color").ok());
                let _ = probe.remove_property("color");
                colour.unwrap_or_else(|| "gray".into())
            };
            Colours {
                // In the order of the hues of glyphs.
                hues: (0..KEY_HUES)
                    .map(|hue| format!("k{hue}"))
                    .chain(["mut".into()])
                    .chain((0..GROUP_HUES).map(|hue| format!("g{hue}-s")))
                    .chain(["pr-w".into(), "al".into()])
                    .map(|name| resolved(&name))
                    .collect(),
                producer: resolved("pr-w"),
                letter: resolved("k-t"),
                halo: resolved("bg"),
            }
        })
    }

    /// Dashes along the path; where they are follows from simulated time, so a paused stream stands still.
    fn flow(&mut self, flow: &Flow, world: &World, ratio: f64) {
        self.colours();
        let Some(colours) = &self.colours else { return };
        let context = &self.context;
        let hue = flow.group.and_then(|id| world.groups().position(|(other, _)| other == id));
        let group = |hue: usize| &colours.hues[usize::from(Glyph::GROUPS) + hue % GROUP_HUES as usize];
        let colour = match flow.kind {
            DotKind::Refusal => &colours.hues[usize::from(Glyph::ALARM)],
            _ => hue.map_or(&colours.producer, group),
        };
        context.begin_path();
        for (index, (x, y)) in flow.line.points().iter().enumerate() {
            if index == 0 { context.move_to(x * ratio, y * ratio) } else { context.line_to(x * ratio, y * ratio) }
        }
        let period = STREAM_DASH + STREAM_GAP;
        let gone = (world.now().0 as f64 / 1e6 * STREAM_SPEED) % period;
        let dash: Array = [STREAM_DASH * ratio, STREAM_GAP * ratio].into_iter().map(JsValue::from).collect();
        // Only an array of something other than numbers fails.
        let _ = context.set_line_dash(&dash);
        context.set_line_dash_offset(-gone * ratio);
        context.set_line_cap("round");
        context.set_line_width((2.0 + 0.3 * f64::from(flow.records.max(1).ilog2())).min(6.0) * ratio);
        context.set_stroke_style_str(colour);
        context.stroke();
        let _ = context.set_line_dash(&Array::new());
    }

    fn tails(&mut self, dots: &[Dot], ratio: f64) {
        self.colours();
        let Some(colours) = &self.colours else { return };
        let context = &self.context;
        context.set_line_cap("round");
        context.set_line_join("round");
        for (hue, colour) in colours.hues.iter().enumerate() {
            context.begin_path();
            for dot in dots.iter().filter(|dot| hue_of(dot) == hue) {
                context.move_to(dot.x * ratio, dot.y * ratio);
                for (x, y) in dot.tail {
                    context.line_to(x * ratio, y * ratio);
                }
            }
            context.set_stroke_style_str(colour);
            context.set_global_alpha(0.35);
            context.set_line_width(3.0 * ratio);
            context.stroke();
        }
        context.set_global_alpha(1.0);
    }

    fn dot(&mut self, dot: &Dot, ratio: f64) {
        let Some(glyph) = dot.glyph else { return };
        let look = (glyph, dot.kind);
        if !self.sprites.contains_key(&look)
            && let Some(sprite) = self.sprite(glyph, dot.kind, ratio)
        {
            self.sprites.insert(look, sprite);
        }
        let Some(sprite) = self.sprites.get(&look) else { return };
        let half = f64::from(sprite.width()) / 2.0;
        // What nobody waits for, and what does not belong to what is selected, is faint.
        self.context.set_global_alpha(if dot.dim { 0.34 } else { 1.0 });
        // Refused only for a sprite without size; ours have one.
        let _ = self.context.draw_image_with_html_canvas_element(sprite, dot.x * ratio - half, dot.y * ratio - half);
        self.context.set_global_alpha(1.0);
    }

    fn sprite(&mut self, glyph: Glyph, kind: DotKind, ratio: f64) -> Option<HtmlCanvasElement> {
        self.colours();
        let colours = self.colours.as_ref()?;
        let r = kind.radius() * ratio;
        let half = (r * SPRITE_HALF + 2.0 * ratio).ceil();
        let document = self.canvas.owner_document()?;
        let sprite: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
        sprite.set_width(2 * half as u32);
        sprite.set_height(2 * half as u32);
        let context = context(&sprite)?;
        outline(&context, glyph, half, r);
        context.set_line_join("round");
        context.set_line_width(3.0 * ratio);
        context.set_stroke_style_str(&colours.halo);
        context.stroke();
        context.set_fill_style_str(&colours.hues[usize::from(glyph.hue) % colours.hues.len()]);
        context.fill();
        if kind.has_letter() {
            let size = glyph.letter.size(r);
            context.set_font(&format!("700 {}px system-ui, sans-serif", n(size)));
            context.set_text_align("center");
            context.set_fill_style_str(&colours.letter);
            // Text never fails on a context that exists.
            let _ = context.fill_text(&glyph.letter.to_string(), half, glyph.baseline(half, r));
        }
        Some(sprite)
    }
}

fn hue_of(dot: &Dot) -> usize {
    dot.glyph.map_or(0, |glyph| usize::from(glyph.hue))
}

fn outline(context: &CanvasRenderingContext2d, glyph: Glyph, middle: f64, r: f64) {
    context.begin_path();
    let corners = glyph.outline.corners();
    if corners.is_empty() {
        // Only a negative radius fails.
        let _ = context.arc(middle, middle, r, 0.0, TAU);
    }
    for (index, (dx, dy)) in corners.iter().enumerate() {
        let (x, y) = (middle + dx * r, middle + dy * r);
        if index == 0 { context.move_to(x, y) } else { context.line_to(x, y) }
    }
    context.close_path();
}

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    let context: JsValue = canvas.get_context("2d").ok()??.into();
    context.dyn_into().ok()
}
