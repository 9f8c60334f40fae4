//! A world that plays: wall time in, changes out. No browser in here, so it is tested natively.

use kafka_lanes_core::spec::WorldSpec;
use kafka_lanes_core::{Action, Changes, History, Refusal, Span, Time};

use kafka_lanes_scenario::link::Link;

use crate::speed::Speed;

/// Events that one frame lets happen at the most: beyond it simulated time lags behind, the page does not.
const EVENTS_PER_FRAME: u64 = 20_000;
/// A frame that came later than this counts as this late: after a pause of the page, no leap.
const LONGEST_FRAME_MICROS: u64 = 100_000;
/// How far a step looks for the next thing that happens.
const LONGEST_STEP: Span = Span::from_secs(60);
/// Events that may lead to the moment of a link: beyond it, it opens earlier.
const MOST_EVENTS: u64 = 20_000_000;
/// Wall time between the steps of a player that does not move smoothly.
const STEP_EVERY_MICROS: u64 = 800_000;

/// A world, whether it plays, and how fast.
#[derive(Debug)]
pub(crate) struct Player {
    history: History,
    playing: bool,
    speed: Speed,
    /// Goes from one thing that happens to the next instead of moving smoothly.
    stepped: bool,
    /// Wall time not yet spent: thousandths of a microsecond of simulated time, or the wait for a step.
    rest: u64,
}

impl Player {
    /// The world of `spec` at `at`, paused.
    ///
    /// # Errors
    ///
    /// What in the spec is over a limit or does not resolve.
    pub(crate) fn new(spec: WorldSpec, seed: u64, at: Time) -> Result<Self, Refusal> {
        let mut history = History::new(spec, seed)?;
        history.seek(at);
        Ok(Self { history, playing: false, speed: Speed::default(), stepped: false, rest: 0 })
    }

    /// The moment of a link, paused.
    ///
    /// # Errors
    ///
    /// What in it is over a limit or does not resolve.
    #[inline(never)]
    pub(crate) fn of_link(link: &Link) -> Result<Self, Refusal> {
        let mut history = link.history()?;
        history.advance(link.time, MOST_EVENTS);
        Ok(Self { history, playing: false, speed: Speed::default(), stepped: false, rest: 0 })
    }

    pub(crate) fn history(&self) -> &History {
        &self.history
    }

    pub(crate) fn is_playing(&self) -> bool {
        self.playing
    }

    pub(crate) fn set_playing(&mut self, playing: bool) {
        self.playing = playing;
        self.rest = 0;
    }

    pub(crate) fn speed(&self) -> Speed {
        self.speed
    }

    pub(crate) fn set_speed(&mut self, speed: Speed) {
        self.speed = speed;
    }

    pub(crate) fn is_stepped(&self) -> bool {
        self.stepped
    }

    /// For who asked for less motion.
    pub(crate) fn set_stepped(&mut self, stepped: bool) {
        self.stepped = stepped;
    }

    /// `micros` of wall time have passed.
    pub(crate) fn tick(&mut self, micros: u64) -> Changes {
        if !self.playing {
            return Changes::default();
        }
        if self.stepped {
            self.rest += micros;
            if self.rest < STEP_EVERY_MICROS {
                return Changes::default();
            }
            self.rest = 0;
            return self.history.step(LONGEST_STEP).changes;
        }
        let passed = self.rest + micros.min(LONGEST_FRAME_MICROS) * self.speed.permille();
        self.rest = passed % 1_000;
        let until = self.history.world().now() + Span(passed / 1_000);
        self.history.advance(until, EVENTS_PER_FRAME).changes
    }

    /// To the next thing that happens; paused from then on.
    pub(crate) fn step(&mut self) -> Changes {
        self.set_playing(false);
        self.history.step(LONGEST_STEP).changes
    }

    pub(crate) fn seek(&mut self, to: Time) {
        self.history.seek(to);
        self.rest = 0;
    }

    /// # Errors
    ///
    /// Why it can't be done; nothing has changed then.
    pub(crate) fn act(&mut self, action: Action) -> Result<Changes, Refusal> {
        // At a whole millisecond: so links are short, and the script that it becomes a line of is readable.
        let now = self.history.world().now();
        let mut changes = self.history.advance(Time(now.0.next_multiple_of(1_000)), u64::MAX).changes;
        changes.merge(self.history.act(action)?);
        Ok(changes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kafka_lanes_core::spec::{ProducerSpec, TopicSpec};

    fn player() -> Player {
        let spec = WorldSpec {
            topics: vec![TopicSpec::new("t", 3)],
            producers: vec![ProducerSpec::new("p", vec!["t".into()])],
            ..WorldSpec::default()
        };
        Player::new(spec, 1, Time::ZERO).unwrap()
    }

    #[test]
    fn time_passes_at_the_chosen_speed_and_only_while_it_plays() {
        let mut player = player();
        player.tick(50_000);
        assert_eq!(player.history().world().now(), Time::ZERO);
        player.set_playing(true);
        player.tick(50_000);
        assert_eq!(player.history().world().now(), Time::from_millis(50));
        player.set_speed(Speed::SLOWEST);
        player.tick(33_333);
        player.tick(33_333);
        player.tick(33_334);
        assert_eq!(player.history().world().now(), Time::from_millis(60));
    }

    #[test]
    fn a_late_frame_is_no_leap() {
        let mut player = player();
        player.set_playing(true);
        player.tick(60_000_000);
        assert_eq!(player.history().world().now(), Time::from_millis(100));
    }

    #[test]
    fn a_step_ends_at_something_to_see() {
        let mut player = player();
        player.set_playing(true);
        assert!(!player.step().is_empty());
        assert!(!player.is_playing());
    }
}
