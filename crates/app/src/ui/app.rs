//! The component that an element mounts: it holds the stage, listens, and lays the panels out.

mod acts;
mod heard;
mod messages;
mod opened;
mod panels;
mod story;
mod told;
mod touch;

use std::cell::{Ref, RefMut};
use std::rc::Rc;

use kafka_lanes_core::{Changes, Time};
use kafka_lanes_scene::Target;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};
use yew::{Component, Context, Html, classes, html};

pub(crate) use self::messages::{Asked, Msg, Props};
use self::opened::{said, wrong};
use crate::card::{Card, cards};
use crate::live::Live;
use crate::opening::{Remark, imported_remarks, open_bytes};
use crate::options::{Controls, Options};
use crate::share::Shared;
use crate::source::Source;
use crate::stage::Stage;
use crate::story::{Open, Place, Tale};
use crate::ui::card::CardView;
use crate::ui::dialog::OpenDialog;
use crate::ui::editor::Editor;
use crate::ui::picture::Picture;
use crate::ui::share::ShareDialog;
use crate::ui::story::Wish;
use crate::ui::story::glossary::Glossary;
use crate::ui::tip::Tip;
use crate::ui::words_view::WordsView;
use crate::words::words;

pub(crate) struct App {
    live: Rc<Live>,
    options: Options,
    chosen: Option<Target>,
    tip: Option<Tip>,
    dialog: bool,
    editor: bool,
    /// What the editor shows.
    source: Source,
    shared: Option<Shared>,
    remarks: Vec<Remark>,
    notice: Option<String>,
    /// Attributes that make no sense.
    complaints: Vec<String>,
    /// How what was opened last was understood, until a person puts it away.
    reading: Option<Card>,
    /// The story, whether or not it is told.
    tale: Tale,
    /// What stands over the picture of an embed that shows a step of the story.
    caption: Option<String>,
    /// What gets the focus when it is there.
    focus: Option<String>,
}

impl Component for App {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let Props { live, options, opening, caption, .. } = ctx.props().clone();
        let source = Source::new(opening.source);
        let mut remarks = imported_remarks(&ctx.props().attributes);
        remarks.extend(opening.remarks);
        let notice = opening.notice.map(|notice| said(ctx, notice)).or_else(|| wrong(ctx, &remarks));
        let link = ctx.link().clone();
        live.listen(move || link.send_message(Msg::Moved));
        let full = options.controls == Controls::Full;
        let caption = options.step.as_ref().filter(|_| !full).map(|_| caption);
        let tale = if full { Tale::new(options.step.as_deref()) } else { Tale::default() };
        live.told.set(tale.is_told());
        if let Some(names) = tale.names() {
            live.stage.borrow_mut().speak(Some(names));
        }
        let mut app = Self {
            live,
            options,
            chosen: None,
            tip: None,
            dialog: false,
            editor: false,
            source,
            shared: None,
            remarks,
            notice,
            complaints: Vec::new(),
            reading: None,
            tale,
            caption,
            focus: None,
        };
        app.see_attributes(ctx);
        app
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Moved => self.came_along(),
            Msg::Fit => self.live.fit(),
            Msg::Play(playing) => self.play(playing),
            Msg::Command(command) => self.command(ctx, command),
            Msg::Act(action) => self.act(ctx, action),
            Msg::Choose(Some(Target::KeyButton(producer, key))) => self.send_key(ctx, producer, key),
            Msg::Choose(Some(Target::Alarm(_, since))) => self.before_alarm(ctx, since),
            Msg::Choose(target) => self.choose(ctx, target),
            Msg::Point(tip) => {
                if tip == self.tip {
                    return false;
                }
                self.tip = tip;
            }
            Msg::Dialog(open) => {
                self.dialog = open;
                if open {
                    self.remarks.clear();
                }
            }
            Msg::Open(bytes, asked) => {
                let importer = ctx.props().importer.clone();
                ctx.link()
                    .send_future(async move { Msg::Opened(Box::new(open_bytes(&bytes, &importer).await), asked) });
                return false;
            }
            Msg::Opened(opening, asked) => self.open(ctx, *opening, asked),
            Msg::Editor(open) => {
                self.editor = open;
                ctx.link().send_message(Msg::Fit);
            }
            Msg::Edit(text) => self.edit(ctx, text),
            Msg::Share(open) => self.shared = open.then(|| self.share()),
            Msg::Theme => {
                crate::theme::turn();
                self.stage_mut().repaint();
            }
            Msg::Story(wish) => self.story(ctx, wish),
            Msg::Touch(what) => self.touched(ctx, what),
            Msg::Attribute(name, value) => self.attribute(ctx, &name, value.as_deref()),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        self.stage_mut().see_alarms();
        let full = self.options.controls == Controls::Full;
        let (stage, link) = (self.stage(), ctx.link());
        let world = stage.player.history().world();
        let on_act = link.callback(Msg::Act);
        let cards = match self.chosen {
            Some(target) => cards(world, words(), &target),
            None => self.reading.iter().cloned().collect(),
        };
        let (told, keys) = (self.tale.is_told(), self.keys());
        let on_wish = link.callback(Msg::Story);
        let class = classes!(
            "kl",
            (!full).then_some("embed"),
            self.editor.then_some("writing"),
            told.then_some("told"),
            (self.tale.place == Some(Place::Challenges)).then_some("listed")
        );
        html! {
            <div {class} onkeydown={link.batch_callback(move |event: KeyboardEvent| keys.hear(&event))}>
                if told { { self.story_top(ctx) } } else if full { { self.top(ctx) } }
                if self.editor && !told {
                    <Editor text={self.source.text(stage.player.history())} on_edit={link.callback(Msg::Edit)}
                        on_close={link.callback(|()| Msg::Editor(false))} />
                }
                if told { { self.chapters(&on_wish) } }
                { self.say(&on_wish) }
                if told { { self.touch(&stage, &link.callback(Msg::Touch), &on_wish) } }
                <Picture live={self.live.clone()} tip={self.tip.clone()} on_choose={link.callback(Msg::Choose)}
                    on_point={link.callback(Msg::Point)} />
                if !cards.is_empty() {
                    <div class="dock">
                        { for cards.into_iter().map(|card| html! {
                            <CardView {card} on_act={on_act.clone()} on_close={link.callback(|()| Msg::Choose(None))} />
                        }) }
                    </div>
                }
                if told { { self.happened(&stage) } }
                <div class="foot">
                    if full && !told && self.chosen.is_none() { { self.tries(&on_act) } }
                    <WordsView now={world.now()} begins_open={self.options.opens("words")} live={self.live.clone()} playing={stage.player.is_playing()} />
                </div>
                if self.notice.is_some() || !self.complaints.is_empty() {
                    <div class="notice" role="alert">
                        { for self.notice.iter().chain(&self.complaints).map(|notice| html! { <p>{ notice.clone() }</p> }) }
                    </div>
                }
                if told {
                    { self.bar(&stage, &on_wish) }
                } else if self.options.controls != Controls::None {
                    { self.transport(ctx, &stage) }
                }
                if full {
                    <OpenDialog open={self.dialog} remarks={self.remarks.clone()} on_run={link.callback(|bytes| Msg::Open(bytes, Asked::ByHand))}
                        on_close={link.callback(|()| Msg::Dialog(false))} />
                    <ShareDialog shared={self.shared.clone()} on_close={link.callback(|()| Msg::Share(false))} />
                    if let Some(place) = self.tale.place {
                        <Glossary open={self.tale.open == Open::Glossary} {place} on_close={on_wish.reform(|()| Wish::Open(Open::Nothing))} />
                    }
                }
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            self.live.fit();
        }
        if let Some(what) = self.focus.take() {
            focus(&ctx.props().host, &what);
        }
    }
}

impl App {
    fn stage(&self) -> Ref<'_, Stage> {
        self.live.stage.borrow()
    }

    fn stage_mut(&self) -> RefMut<'_, Stage> {
        self.live.stage.borrow_mut()
    }
}

/// Gives the focus to what a selector finds.
fn focus(host: &HtmlElement, what: &str) {
    let found = host.shadow_root().and_then(|root| root.query_selector(what).ok().flatten());
    if let Some(element) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        // It fails only for what takes no focus, and that is no harm.
        let _ = element.focus();
    }
}

fn seek(stage: &mut Stage, to: Time) {
    stage.player.seek(to);
    stage.show(Changes::everything());
}
