//! What is on the stage: a world that plays, and its picture.

use kafka_lanes_core::Changes;
use kafka_lanes_core::sorted::SortedSet;
use kafka_lanes_scene::{Scene, View, layout};
use kafka_lanes_words::PictureWords;

use crate::alarms::Alarms;
use crate::painter::Painter;
use crate::picture::Picture;
use crate::player::Player;
use crate::words::words;

/// Wall time after which the clock on the page is told that time has passed, in microseconds.
const TELL_EVERY_MICROS: u64 = 100_000;
/// Wall time between two changes of the picture's structure, in microseconds: some 25 a second are as good as
/// more for the eye, and leave the frames to what moves.
const SHOW_EVERY_MICROS: u64 = 40_000;

/// A world that plays and the picture of its present moment.
pub(crate) struct Stage {
    pub(crate) player: Player,
    scene: Scene,
    picture: Picture,
    painter: Option<Painter>,
    /// What the picture is called in: Kafka's names, or others.
    words: &'static dyn PictureWords,
    /// The alarms of the recorded history.
    pub(crate) alarms: Alarms,
    /// Changes that the picture does not show yet.
    pending: Changes,
    since_shown: u64,
    since_told: u64,
}

impl Stage {
    /// Nothing is in the page before a view is set.
    pub(crate) fn new(player: Player, view: View, picture: Picture, painter: Option<Painter>) -> Self {
        let words: &dyn PictureWords = words();
        let scene = layout(player.history().world(), &view, words);
        let alarms = Alarms::default();
        Self {
            player,
            scene,
            picture,
            painter,
            words,
            alarms,
            pending: Changes::default(),
            since_shown: 0,
            since_told: 0,
        }
    }

    pub(crate) fn scene(&self) -> &Scene {
        &self.scene
    }

    pub(crate) fn view(&self) -> &View {
        self.scene.view()
    }

    /// Puts another world on the stage; gives the one that was there.
    pub(crate) fn replace(&mut self, player: Player) -> Player {
        let before = std::mem::replace(&mut self.player, player);
        self.alarms = Alarms::default();
        let view = View { selected: None, open: SortedSet::new(), ..self.view().clone() };
        self.set_view(&view);
        before
    }

    /// Draws the picture in other words from now on.
    #[inline(never)]
    pub(crate) fn speak(&mut self, words: &'static dyn PictureWords) {
        self.words = words;
        let view = self.view().clone();
        self.set_view(&view);
    }

    /// Takes up the alarms of the present moment, for the marks on the scrub bar.
    pub(crate) fn see_alarms(&mut self) {
        self.alarms.look(self.player.history().world(), words());
    }

    /// Looks at the world in this way from now on.
    pub(crate) fn set_view(&mut self, view: &View) {
        self.scene.look(self.player.history().world(), view, self.words);
        // All of it is drawn: nothing is left to catch up with, least of all from another world.
        self.pending = Changes::default();
        self.picture.show(&self.scene);
        self.paint();
    }

    /// `micros` of wall time have passed. Says whether the page has something new to show beside the dots.
    pub(crate) fn frame(&mut self, micros: u64) -> bool {
        let changes = self.player.tick(micros);
        self.pending.merge(changes);
        self.since_shown += micros;
        self.since_told += micros;
        let show = !self.pending.is_empty() && self.since_shown >= SHOW_EVERY_MICROS;
        if show {
            self.settle();
        } else {
            self.paint();
        }
        let tell = show || self.since_told >= TELL_EVERY_MICROS || !self.player.is_playing();
        if tell {
            self.since_told = 0;
        }
        tell
    }

    /// Brings the picture up to the present moment after `changes`.
    pub(crate) fn show(&mut self, changes: Changes) {
        self.pending.merge(changes);
        self.settle();
    }

    /// Brings the picture up to the present moment.
    pub(crate) fn settle(&mut self) {
        let changes = std::mem::take(&mut self.pending);
        if !changes.is_empty() {
            let world = self.player.history().world();
            self.scene.update(world, &changes, self.words);
            self.picture.show(&self.scene);
            self.since_shown = 0;
        }
        self.paint();
    }

    /// Draws what moves.
    pub(crate) fn paint(&mut self) {
        if let Some(painter) = &mut self.painter {
            painter.paint(self.player.history().world(), &self.scene);
        }
    }

    /// Draws what moves in the colours that hold from now on.
    pub(crate) fn repaint(&mut self) {
        if let Some(painter) = &mut self.painter {
            painter.forget_colours();
        }
        self.paint();
    }
}
