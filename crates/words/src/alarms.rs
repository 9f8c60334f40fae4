use kafka_lanes_core::{Broken, Span, Time};

use crate::picture::plural;
use crate::renamed::renamed;
use crate::telling::plain_time;
use crate::{English, PictureWords};

renamed! {
/// Alarms in the picture and on the scrub bar: few words; the whole sentence is [`TellingWords::alarm`](crate::TellingWords::alarm).
pub trait AlarmWords {
    /// What happened to so many records, on a pill: long, and short.
    fn alarm_pill(&self, broken: &Broken, records: u64) -> [String; 2];
    /// Accessible name of an alarm's mark on a lane; activating it goes back to before its cause.
    fn name_alarm(&self, broken: &Broken, partition: u32) -> String;
    /// A lag that grows without end: long, and short.
    fn growing(&self, lag: u64) -> [String; 2];
    /// In words: when an alarm came up, and what it says.
    fn alarm_at(&self, at: Time, alarm: &str) -> String;
    /// Title of an alarm's card.
    fn alarm_title(&self) -> &'static str;
    /// What an alarm's card shows: the moment just before the cause.
    fn before_the_cause(&self, clock: &str) -> String;
}
}

impl AlarmWords for English {
    fn alarm_pill(&self, broken: &Broken, records: u64) -> [String; 2] {
        let lost = || plural(records, "record lost", "records lost");
        let (long, short) = match broken {
            Broken::OrderByRetry { .. } | Broken::OrderByPartitions { .. } => ("out of order".into(), "order"),
            Broken::StoredTwice { .. } => ("stored twice".into(), "twice"),
            Broken::ProcessedTwice { .. } if records > 1 => {
                (format!("{} processed twice", self.short_number(records)), "twice")
            }
            Broken::ProcessedTwice { .. } => ("processed twice".into(), "twice"),
            Broken::LostWithLeader { .. } | Broken::LostByUncleanElection { .. } => (lost(), "lost"),
            Broken::PassedOver(_) if records > 1 => {
                (format!("{} never processed", self.short_number(records)), "skipped")
            }
            Broken::PassedOver(_) => ("never processed".into(), "skipped"),
            Broken::Idle { .. } => ("idle".into(), "idle"),
            Broken::LagGrowing { .. } => ("falling behind".into(), "behind"),
        };
        [long, short.into()]
    }

    fn name_alarm(&self, broken: &Broken, partition: u32) -> String {
        let [long, _] = self.alarm_pill(broken, 1);
        format!("Alarm on partition {partition}: {long}; goes back to before its cause")
    }

    fn growing(&self, lag: u64) -> [String; 2] {
        let lag = self.short_number(lag);
        [format!("{lag} behind, growing"), format!("{lag} ↗")]
    }

    fn alarm_at(&self, at: Time, alarm: &str) -> String {
        format!("Alarm, at {}: {alarm}", plain_time(Span(at.0)))
    }

    fn alarm_title(&self) -> &'static str {
        "What went wrong"
    }

    fn before_the_cause(&self, clock: &str) -> String {
        format!("This is {clock}, just before its cause. Press play to see how it came about.")
    }
}
