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
    /// A moment at which it comes to rest, and how fast it goes there, in thousandths of wall time.
    goal: Option<(Time, u64)>,
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
        let history = History::opened_at(spec, seed, at)?;
        Ok(Self::of(history))
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
        Ok(Self::of(history))
    }

    fn of(history: History) -> Self {
        Self { history, playing: false, speed: Speed::default(), stepped: false, goal: None, rest: 0 }
    }

    /// The same past, with all that people did, in the world of another scenario; paused.
    ///
    /// # Errors
    ///
    /// What in it is over a limit or does not resolve.
    #[inline(never)]
    pub(crate) fn rewritten(&self, spec: WorldSpec) -> Result<Self, Refusal> {
        let past = &self.history;
        let mut history = History::recorded(spec, past.seed(), past.actions().to_vec(), past.end())?;
        history.seek(past.world().now());
        Ok(Self { speed: self.speed, stepped: self.stepped, ..Self::of(history) })
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
        let permille = self.goal.map_or(self.speed.permille(), |(_, permille)| permille);
        let passed = self.rest + micros.min(LONGEST_FRAME_MICROS) * permille;
        self.rest = passed % 1_000;
        let mut until = self.history.world().now() + Span(passed / 1_000);
        if let Some((goal, _)) = self.goal {
            until = until.min(goal);
        }
        let changes = self.history.advance(until, EVENTS_PER_FRAME).changes;
        if self.goal.is_some_and(|(goal, _)| self.history.world().now() >= goal) {
            self.goal = None;
            self.set_playing(false);
        }
        changes
    }

    /// Plays on to a moment, in so many microseconds of wall time, and rests there.
    #[inline(never)]
    pub(crate) fn run_to(&mut self, goal: Time, micros: u64) {
        let span = goal.0.saturating_sub(self.history.world().now().0);
        self.goal = Some((goal, (span * 1_000 / micros.max(1)).max(1)));
        self.set_playing(true);
    }

    /// Whether it is on its way to a moment at which it will rest, also while it is paused.
    pub(crate) fn has_goal(&self) -> bool {
        self.goal.is_some()
    }

    /// To the next thing that happens; paused from then on.
    pub(crate) fn step(&mut self) -> Changes {
        self.set_playing(false);
        self.history.step(LONGEST_STEP).changes
    }

    pub(crate) fn seek(&mut self, to: Time) {
        self.history.seek(to);
        self.goal = None;
        self.rest = 0;
    }

    /// # Errors
    ///
    /// Why it can't be done; nothing has changed then.
    pub(crate) fn act(&mut self, action: Action) -> Result<Changes, Refusal> {
        // At a whole millisecond: so links are short, and the script that it becomes a line of is readable.
        self.goal = None;
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
    fn it_rests_where_it_was_sent() {
        let mut player = player();
        player.run_to(Time::from_secs(8), 2_000_000);
        player.tick(50_000);
        assert_eq!(player.history().world().now(), Time::from_millis(200));
        player.set_playing(false);
        assert!(player.has_goal(), "paused on its way");
        player.set_playing(true);
        for _ in 0..100 {
            player.tick(50_000);
        }
        assert_eq!(player.history().world().now(), Time::from_secs(8));
        assert!(!player.is_playing() && !player.has_goal());
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
