//! The component that an element mounts: it holds the stage, listens, and lays the panels out.

mod story;
mod told;
mod touch;

use std::cell::{Ref, RefMut};
use std::rc::Rc;

use js_sys::Function;
use kafka_lanes_core::{Action, Changes, Span, Time};
use kafka_lanes_scene::{Target, toggle};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::{Callback, Component, Context, Html, Properties, classes, html};

use crate::begin::{Begin, look};
use crate::card::{Card, cards, tries};
use crate::clock::clock;
use crate::complaints;
use crate::live::Live;
use crate::opening::{Opening, Remark, imported_remarks, open, open_bytes};
use crate::options::{Controls, Options};
use crate::player::Player;
use crate::share::Shared;
use crate::source::Source;
use crate::stage::Stage;
use crate::story::{Open, Place, Tale};
use crate::ui::card::CardView;
use crate::ui::dialog::OpenDialog;
use crate::ui::editor::Editor;
use crate::ui::icon::Icon;
use crate::ui::picture::Picture;
use crate::ui::share::ShareDialog;
use crate::ui::story::Wish;
use crate::ui::story::glossary::Glossary;
use crate::ui::story::touch::Touched;
use crate::ui::tip::Tip;
use crate::ui::transport::{Command, Transport, mark};
use crate::ui::words_view::WordsView;
use crate::view_names::to_link;
use crate::words::words;

/// So long before the cause of an alarm one sees how it comes about.
const BEFORE_CAUSE: Span = Span::from_secs(1);

/// What the element hands over; everything later comes as a [`Msg`].
#[derive(Properties, Clone)]
pub(crate) struct Props {
    pub(crate) host: HtmlElement,
    pub(crate) live: Rc<Live>,
    pub(crate) options: Options,
    /// What the loader handed over: with the remarks on a flowchart, where the scenario was made of one.
    pub(crate) attributes: JsValue,
    pub(crate) opening: Opening,
    /// The element's own scenario, for when the story that it was opened on is left.
    pub(crate) own: String,
    /// What stands over the picture of an embed that shows a step of the story.
    pub(crate) caption: String,
    /// Makes a scenario of a flowchart, fetched when it is first needed.
    pub(crate) importer: Function,
}

impl PartialEq for Props {
    /// They never change: the element talks to a mounted app by messages.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// Who wants a text to be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// A person: it plays from its beginning.
    ByHand,
    /// The page's author: it stands or plays as the attributes say, and what is wrong is an event.
    ByAttribute,
}

pub(crate) enum Msg {
    /// Time passed, and the page has something new to show.
    Moved,
    /// A panel came or went: the picture has another room to fill.
    Fit,
    Play(bool),
    Command(Command),
    Act(Action),
    Choose(Option<Target>),
    Point(Option<Tip>),
    Dialog(bool),
    /// Bytes to open, as they were typed or read.
    Open(Vec<u8>, Asked),
    /// They were read.
    Opened(Box<Opening>, Asked),
    /// The editor opens or closes.
    Editor(bool),
    /// Somebody has written something.
    Edit(String),
    Share(bool),
    Theme,
    Story(Wish),
    /// Somebody changes the world of a step.
    Touch(Touched),
    Key(KeyboardEvent),
    Attribute(String, Option<String>),
}

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
    caption: String,
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
            Msg::Key(event) => return self.key(ctx, &event),
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
        let told = self.tale.is_told();
        let on_wish = link.callback(Msg::Story);
        let class = classes!(
            "kl",
            (!full).then_some("embed"),
            self.editor.then_some("writing"),
            told.then_some("told"),
            (self.tale.place == Some(Place::Challenges)).then_some("listed")
        );
        html! {
            <div {class} onkeydown={link.callback(Msg::Key)}>
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

    fn play(&mut self, playing: bool) {
        self.stage_mut().player.set_playing(playing);
        self.live.run_or_rest();
    }

    fn command(&mut self, ctx: &Context<Self>, command: Command) {
        let mut stage = self.stage_mut();
        match command {
            Command::Toggle => {
                let playing = !stage.player.is_playing();
                stage.player.set_playing(playing);
            }
            Command::Step => {
                let changes = stage.player.step();
                stage.show(changes);
            }
            Command::Rewind => seek(&mut stage, Time::ZERO),
            Command::Seek(to) => {
                stage.player.set_playing(false);
                seek(&mut stage, to);
            }
            Command::Speed(speed) => stage.player.set_speed(speed),
            Command::Alarm(since) => {
                drop(stage);
                return self.before_alarm(ctx, since);
            }
        }
        drop(stage);
        self.live.run_or_rest();
        let event = if command == Command::Step { "kl-step" } else { "kl-change" };
        crate::event::tell(&ctx.props().host, event, self.stage().player.history());
    }

    fn act(&mut self, ctx: &Context<Self>, action: Action) {
        let acted = self.stage_mut().player.act(action);
        match acted {
            Ok(changes) => {
                self.notice = None;
                let mut stage = self.stage_mut();
                let now = stage.player.history().world().now();
                stage.alarms.fork(now);
                stage.show(changes);
                drop(stage);
                // In the story time stands still: what was done shall be seen.
                if self.tale.is_told() {
                    self.play(!crate::theme::wants_less_motion());
                }
                crate::event::tell(&ctx.props().host, "kl-change", self.stage().player.history());
            }
            Err(refusal) => self.notice = Some(words().refusal(&refusal)),
        }
    }

    /// A key of a producer's keyboard: the record goes out, and the producer's card shows why it goes there.
    fn send_key(&mut self, ctx: &Context<Self>, producer: kafka_lanes_core::ProducerId, key: kafka_lanes_core::KeyId) {
        let stage = self.stage();
        let world = stage.player.history().world();
        let Some(name) = world.producer(producer).map(|p| p.name.to_string()) else { return };
        let key = world.key(key).text.to_string();
        drop(stage);
        self.act(ctx, Action::Send { producer: name, topic: None, key });
        self.choose(ctx, Some(Target::Producer(producer)));
    }

    /// To just before the cause of an alarm, with what the alarm says on a card.
    fn before_alarm(&mut self, ctx: &Context<Self>, since: Time) {
        let to = Time(since.0.saturating_sub(BEFORE_CAUSE.0));
        let stage = self.stage();
        let told = stage.alarms.seen().iter().filter(|seen| seen.since == since).map(|seen| seen.text.clone());
        let mut lines: Vec<String> = told.collect();
        drop(stage);
        lines.push(words().before_the_cause(&clock(to)));
        self.command(ctx, Command::Seek(to));
        self.choose(ctx, None);
        self.reading = Some(Card { title: words().alarm_title().into(), lines, ..Card::default() });
        self.live.docked.set(true);
        ctx.link().send_message(Msg::Fit);
    }

    fn choose(&mut self, ctx: &Context<Self>, target: Option<Target>) {
        self.reading = None;
        let mut view = self.stage().view().clone();
        // What is folded opens, and closes again.
        if let Some(target) = target {
            toggle(&mut view, target);
        }
        self.chosen = target;
        view.selected = target;
        self.stage_mut().set_view(&view);
        self.live.docked.set(self.chosen.is_some());
        self.live.fit();
        // The dock came or went only after this; then the picture has another height to fill.
        ctx.link().send_message(Msg::Fit);
    }

    fn open(&mut self, ctx: &Context<Self>, mut opening: Opening, asked: Asked) {
        self.remarks = std::mem::take(&mut opening.remarks);
        let mut begin = Begin { speed: self.stage().player.speed(), ..Begin::of(&self.options) };
        if asked == Asked::ByHand {
            (begin.at, begin.plays) = (Time::ZERO, true);
        }
        match begin.player(&mut opening) {
            Ok(Some(player)) => self.show(ctx, player, opening),
            Ok(None) => {
                self.remarks.push(Remark { place: None, is_error: false, text: words().nothing_opened().into() });
                self.refused(ctx, asked);
            }
            Err(refusal) => {
                self.remarks.insert(0, Remark { place: None, is_error: true, text: words().refusal(&refusal) });
                self.refused(ctx, asked);
            }
        }
    }

    /// Puts what was opened on the stage, with a card that says how it was understood.
    fn show(&mut self, ctx: &Context<Self>, player: Player, opening: Opening) {
        let mut stage = self.stage_mut();
        stage.replace(player);
        look(&mut stage, &self.options.view, opening.link.as_deref());
        drop(stage);
        self.source = Source::new(opening.source);
        self.end_story(ctx);
        self.chosen = None;
        self.notice = opening.notice.map(|notice| said(ctx, notice));
        if self.options.controls != Controls::Full {
            // There is no dialog that would say it.
            self.notice = self.notice.take().or_else(|| wrong(ctx, &self.remarks));
        }
        self.see_attributes(ctx);
        self.dialog = self.remarks.iter().any(|remark| remark.is_error);
        let notes: Vec<String> = self.remarks.iter().map(|remark| remark.text.clone()).collect();
        self.reading = (!self.dialog && !notes.is_empty()).then(|| Card {
            title: words().understood().into(),
            lines: notes,
            ..Card::default()
        });
        self.live.docked.set(self.reading.is_some());
        self.live.run_or_rest();
        ctx.link().send_message(Msg::Fit);
        crate::event::tell(&ctx.props().host, "kl-change", self.stage().player.history());
    }

    /// The world follows what is written: another world at the same moment, if the text makes one.
    fn edit(&mut self, ctx: &Context<Self>, text: String) {
        let opening = open(&text);
        let mut stage = self.stage_mut();
        let before = &stage.player;
        let (now, playing, speed, seed) =
            (before.history().world().now(), before.is_playing(), before.speed(), before.history().seed());
        let player = opening.spec.and_then(|spec| Player::new(spec, seed, now).ok());
        let Some(mut player) = player else {
            drop(stage);
            return self.source.draft(text);
        };
        player.set_stepped(before.is_stepped());
        player.set_playing(playing);
        player.set_speed(speed);
        stage.replace(player);
        drop(stage);
        self.source = Source::new(text);
        (self.chosen, self.reading, self.notice) = (None, None, None);
        self.live.docked.set(false);
        self.live.run_or_rest();
        ctx.link().send_message(Msg::Fit);
        crate::event::tell(&ctx.props().host, "kl-change", self.stage().player.history());
    }

    fn share(&self) -> Shared {
        let stage = self.stage();
        let history = stage.player.history();
        let settings = to_link(&stage.player, stage.view());
        Shared::of(history, &self.source.text(history), settings, crate::theme::is_dark())
    }

    /// Nothing of a text can run: who asked is told. A person has the remarks before them.
    fn refused(&mut self, ctx: &Context<Self>, asked: Asked) {
        if asked == Asked::ByAttribute
            && let Some(first) = self.remarks.first()
        {
            crate::event::complain(&ctx.props().host, &first.text);
            self.notice = Some(first.text.clone());
        }
    }

    fn attribute(&mut self, ctx: &Context<Self>, name: &str, value: Option<&str>) {
        self.options.set(name, value);
        self.live.set_frame(&self.options);
        match name {
            "speed" => self.stage_mut().player.set_speed(self.options.speed),
            "step" if self.options.controls == Controls::Full => self.told_by_attribute(ctx, value),
            "step" => self.captioned(ctx, value),
            "at" => {
                seek(&mut self.stage_mut(), self.options.at());
                crate::event::tell(&ctx.props().host, "kl-change", self.stage().player.history());
            }
            // The panels have to come or go before there is room to measure.
            "height" | "controls" => ctx.link().send_message(Msg::Fit),
            _ => {}
        }
        self.see_attributes(ctx);
    }

    /// Says what makes no sense about the attributes; what is said already stays as it is.
    fn see_attributes(&mut self, ctx: &Context<Self>) {
        let full = self.options.controls == Controls::Full;
        let stage = self.stage();
        let complaints = complaints::of_attributes(&ctx.props().host, full, stage.player.history().world());
        drop(stage);
        if complaints == self.complaints {
            return;
        }
        for new in complaints.iter().filter(|complaint| !self.complaints.contains(complaint)) {
            crate::event::complain(&ctx.props().host, new);
        }
        self.complaints = complaints;
        ctx.link().send_message(Msg::Fit);
    }

    /// Keys that we use do not reach the page around us: mdBook turns pages on arrows, and searches on letters. It can't
    /// know what is written in, for an event from in here comes from the element as a whole.
    fn key(&mut self, ctx: &Context<Self>, event: &KeyboardEvent) -> bool {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return false;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let tag = target.map(|target| target.tag_name().to_ascii_lowercase()).unwrap_or_default();
        let key = event.key();
        if matches!(&*tag, "input" | "textarea" | "select") {
            if !matches!(&*key, "Tab" | "Escape") {
                event.stop_propagation();
            }
            return false;
        }
        if matches!(&*tag, "button" | "summary") && matches!(&*key, " " | "Enter") {
            event.stop_propagation();
            return false;
        }
        let told = self.tale.is_told();
        match &*key {
            "ArrowRight" | "ArrowLeft" if told && self.tale.open != Open::Glossary => {
                // Held down it would leaf through all of it.
                if !event.repeat() {
                    self.story(ctx, if key == "ArrowRight" { Wish::Next } else { Wish::Back });
                }
            }
            "Escape" if !matches!(self.tale.open, Open::Nothing | Open::Glossary) => {
                self.story(ctx, Wish::Open(Open::Nothing));
            }
            " " if told => self.story(ctx, Wish::Replay),
            " " => self.command(ctx, Command::Toggle),
            "." => self.command(ctx, Command::Step),
            "Escape" if self.chosen.is_some() && !self.dialog => self.choose(ctx, None),
            _ => return false,
        }
        event.prevent_default();
        event.stop_propagation();
        true
    }

    fn top(&self, ctx: &Context<Self>) -> Html {
        let (words, link) = (words(), ctx.link());
        let quiet = self.chosen.is_some();
        let stage = self.stage();
        let world = stage.player.history().world();
        let narration = kafka_lanes_scene::describe::just_now(world, words);
        html! {
            <>
                <header class="top">
                    { brand() }
                    <p class="narrator" part="narrator" role="status">{ narration.unwrap_or_default() }</p>
                    <button class="pill edit" aria-pressed={self.editor.to_string()} onclick={link.callback({
                        let open = !self.editor;
                        move |_| Msg::Editor(open)
                    })}>
                        { Icon::Edit.view() }<span class="label">{ words.edit() }</span>
                    </button>
                    <button class="pill share" onclick={link.callback(|_| Msg::Share(true))}>
                        { Icon::Share.view() }<span class="label">{ words.share() }</span>
                    </button>
                    <button class="pill open" onclick={link.callback(|_| Msg::Dialog(true))}>
                        { Icon::Open.view() }<span class="label">{ words.open_diagram() }</span>
                    </button>
                    <button class="pill quiet" aria-label={words.theme()} title={words.theme()} onclick={link.callback(|_| Msg::Theme)}>
                        { Icon::Theme.view() }
                    </button>
                </header>
                if !quiet && self.tale.place.is_none() { { self.headline(ctx) } }
            </>
        }
    }

    fn tries(&self, on_act: &Callback<Action>) -> Html {
        let stage = self.stage();
        let acts = tries(stage.player.history().world(), words());
        html! {
            <div class="tries">
                <span>{ words().try_it() }</span>
                { for acts.into_iter().map(|act| {
                    let action = act.action;
                    html! { <button onclick={on_act.reform(move |_| action.clone())}>{ act.label }</button> }
                }) }
            </div>
        }
    }

    fn transport(&self, ctx: &Context<Self>, stage: &Stage) -> Html {
        let history = stage.player.history();
        let marks = history.actions().iter().map(|(at, action)| (*at, mark(words(), action))).collect::<Vec<_>>();
        let alarms = stage.alarms.seen().to_vec();
        html! {
            <Transport playing={stage.player.is_playing()} now={history.world().now()} end={history.end()}
                speed={stage.player.speed()} {marks} {alarms} on_command={ctx.link().callback(Msg::Command)} />
        }
    }
}

/// What a link is opened with, as it is shown; the page around hears of it where it is bad.
fn said(ctx: &Context<App>, notice: Remark) -> String {
    if notice.is_error {
        crate::event::complain(&ctx.props().host, &notice.text);
    }
    notice.text
}

/// What is wrong with a scenario, as it is shown; the page around hears of it.
fn wrong(ctx: &Context<App>, remarks: &[Remark]) -> Option<String> {
    let text = complaints::of_scenario(remarks)?;
    crate::event::complain(&ctx.props().host, &text);
    Some(text)
}

fn brand() -> Html {
    html! {
        <p class="brand">
            <svg width="22" height="18" aria-hidden="true">
                <rect class="g0-line" y="1" width="14" height="4" rx="2" />
                <rect class="g1-line" y="7" width="22" height="4" rx="2" />
                <rect class="g2-line" y="13" width="9" height="4" rx="2" />
            </svg>
            { words().brand() }
        </p>
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
