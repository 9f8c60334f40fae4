//! Play, pause, step, speed, and the scrub bar over the recorded history.

use kafka_lanes_core::{Action, Time};
use kafka_lanes_scene::n;
use kafka_lanes_words::{Catalogue, Mark};
use web_sys::HtmlInputElement;
use web_sys::HtmlSelectElement;
use yew::{Callback, Event, Html, InputEvent, MouseEvent, Properties, TargetCast, classes, function_component, html};

use crate::alarms::Seen;
use crate::clock::clock;
use crate::speed::Speed;
use crate::ui::icon::Icon;
use crate::words::words;

/// What a person asked of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Command {
    Toggle,
    Step,
    Rewind,
    Seek(Time),
    Speed(Speed),
    /// To just before what led to an alarm.
    Alarm(Time),
}

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) playing: bool,
    pub(crate) now: Time,
    pub(crate) end: Time,
    pub(crate) speed: Speed,
    pub(crate) marks: Vec<(Time, String)>,
    pub(crate) alarms: Vec<Seen>,
    pub(crate) on_command: Callback<Command>,
}

/// Marks nearer to each other than this share of the bar lose their labels but for the first.
const LABEL_SHARE: f64 = 0.16;
/// Alarms nearer to each other than this share have one mark.
const ALARM_SHARE: f64 = 0.012;

#[function_component]
pub(crate) fn Transport(props: &Props) -> Html {
    let words = words();
    let command = |command: Command| props.on_command.reform(move |_| command);
    let on_scrub = props.on_command.reform(|event: InputEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        Command::Seek(Time((input.value_as_number() * 1_000.0) as u64))
    });
    let on_speed = props.on_command.reform(|event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        Command::Speed(Speed::all().nth(select.selected_index().max(0) as usize).unwrap_or_default())
    });
    let end = props.end.max(Time::from_millis(1));
    let millis = |time: Time| (time.0 / 1_000).to_string();
    let (toggle, icon) = if props.playing { (words.pause(), Icon::Pause) } else { (words.play(), Icon::Play) };
    html! {
        <div class="transport" part="transport" role="group" aria-label={words.timeline()}>
            <button class="play" aria-label={toggle} title={toggle} onclick={command(Command::Toggle)}>{ icon.view() }</button>
            <button class="round rewind" aria-label={words.rewind()} title={words.rewind()} onclick={command(Command::Rewind)}>
                { Icon::Rewind.view() }
            </button>
            <button class="round" aria-label={words.step()} title={words.step()} onclick={command(Command::Step)}>
                { Icon::Step.view() }
            </button>
            <select class="speed" aria-label={words.speed()} title={words.speed()} onchange={on_speed}>
                { for Speed::all().map(|speed| html! {
                    <option selected={speed == props.speed}>{ speed.label() }</option>
                }) }
            </select>
            <div class="scrub">
                <input type="range" min="0" max={millis(end)} step="1" value={millis(props.now)} aria-label={words.timeline()}
                    aria-valuetext={words.moment(&clock(props.now))} oninput={on_scrub} />
                <Marks marks={props.marks.clone()} alarms={props.alarms.clone()} {end} on_command={props.on_command.clone()} />
            </div>
            <output class="clock">{ clock(props.now) }</output>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct MarksProps {
    marks: Vec<(Time, String)>,
    alarms: Vec<Seen>,
    end: Time,
    on_command: Callback<Command>,
}

/// The marks as one SVG that stretches with the bar: positions are percentages, so no style is needed.
#[function_component]
fn Marks(props: &MarksProps) -> Html {
    let mut labelled_until = f64::MIN;
    let marks = props.marks.iter().map(|(at, label)| {
        let share = at.0 as f64 / props.end.0 as f64;
        let show = share - labelled_until >= LABEL_SHARE && share < 0.94;
        if show {
            labelled_until = share;
        }
        let x = format!("{}%", n(share * 100.0));
        let anchor = if share < 0.06 { "start" } else { "middle" };
        html! {
            <g>
                <circle class="mark" cx={x.clone()} cy="8" r="4.5"><title>{ label.clone() }</title></circle>
                if show {
                    <text class={classes!("mark-label")} {x} y="27" text-anchor={anchor}>{ label.clone() }</text>
                }
            </g>
        }
    });
    let mut drawn_until = f64::MIN;
    let alarms = props.alarms.iter().filter(|alarm| {
        let share = alarm.at.0 as f64 / props.end.0 as f64;
        let show = share - drawn_until >= ALARM_SHARE;
        drawn_until = if show { share } else { drawn_until };
        show
    });
    let alarms = alarms.map(|alarm| {
        let since = alarm.since;
        let onclick = props.on_command.reform(move |_: MouseEvent| Command::Alarm(since));
        html! {
            <svg class="alarm-mark" x={format!("{}%", n(alarm.at.0 as f64 / props.end.0 as f64 * 100.0))} y="-3" {onclick}>
                <path d="M0 0l-6.5 11h13z" /><title>{ alarm.text.clone() }</title>
            </svg>
        }
    });
    html! { <svg class="marks" aria-hidden="true">{ for marks }{ for alarms }</svg> }
}

/// What stands at an act's mark.
pub(crate) fn mark(words: &dyn Catalogue, action: &Action) -> String {
    words.mark(match action {
        Action::AddConsumer { group, name } => Mark::Joins(name.as_deref().unwrap_or(group)),
        Action::StartConsumer { consumer, .. } => Mark::Joins(&consumer.name),
        Action::AddGroup { name, .. } | Action::AddProducer { name, .. } => Mark::Joins(name.as_deref().unwrap_or("")),
        Action::RemoveConsumer { name, .. } | Action::RemoveGroup { name } | Action::RemoveProducer { name } => {
            Mark::Leaves(name)
        }
        Action::CrashConsumer { name, .. } => Mark::Crashes(name),
        Action::PauseConsumer { name, .. } => Mark::Stops(name),
        Action::RestartConsumer { name, .. } => Mark::Restarts(name),
        Action::SetPartitions { partitions, .. } => Mark::Lanes(*partitions),
        Action::Send { key, .. } => Mark::Sends(key),
        Action::Broker { broker, act } => Mark::Broker(*broker, *act),
        Action::Service { service, .. } | Action::SetOrders { service, .. } => Mark::Changes(service),
        Action::SetAcks { producer, .. } | Action::SetRate { producer, .. } => Mark::Changes(producer),
        Action::SetProcessing { group, consumer, .. } => Mark::Changes(consumer.as_deref().unwrap_or(group)),
        Action::SetAssignor { group, .. } | Action::SetServerAssignor { group, .. } => Mark::Changes(group),
    })
}
