use kafka_lanes_core::BrokerAct;

use crate::English;
use crate::picture::plural;
use crate::renamed::renamed;

/// How a broker is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BrokerState {
    /// It works, and leads so many partitions.
    Leads(u64),
    /// It works, but does not copy from other leaders.
    Stalled,
    /// It hangs or is gone, and the controller does not know.
    Silent,
    /// It is gone, and the controller knows.
    Down,
    /// It starts.
    Starting,
    /// It has started, and is not counted on yet.
    CatchingUp,
}

/// What keeps a partition from being written, or read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Nobody leads it.
    NoLeader,
    /// Its leader, this broker, does not answer, and nobody has noticed.
    LeaderSilent(u32),
    /// So many records wait until this broker has copied them; it does not, and counts as in sync.
    WaitsForCopy(u64, u32),
    /// `acks=all` is refused: so many are in sync of those that must be.
    TooFewInSync(u32, u32),
}

renamed! {
/// Brokers and copies in the picture.
pub trait BrokerWords {
    /// A broker by its number.
    fn broker(&self, n: u32) -> String;
    /// How a broker is: long, and short.
    fn broker_state(&self, state: BrokerState) -> [String; 2];
    /// Accessible name of a broker; `state` is in words already.
    fn name_broker(&self, n: u32, state: &str) -> String;
    /// What is the matter with a partition: long, and short.
    fn trouble(&self, trouble: Trouble) -> [String; 2];
    /// How many copies are in sync, where there is no room for each.
    fn in_sync_of(&self, in_sync: usize, copies: usize) -> String;
    /// Accessible name of a partition's copies: who leads, and the numbers of those in sync and of the others.
    fn name_copies(&self, partition: u32, leader: Option<u32>, in_sync: &str, others: &str) -> String;
    /// Legend: the tiles of a partition's copies.
    fn legend_copies(&self) -> String;
    /// Legend: the high watermark.
    fn legend_watermark(&self) -> String;
    /// What a broker is for.
    fn broker_about(&self) -> &'static str;
    /// Button: does this to a broker.
    fn broker_act(&self, n: u32, act: BrokerAct) -> String;
    /// A clause that stands alone.
    fn sentence(&self, clause: &str) -> String;
    /// In words: how many brokers there are, and how those are that do not work; the list is empty where all do.
    fn brokers_are(&self, count: usize, not_working: &str) -> String;
    /// In words: what is the matter with a lane; both are in words already.
    fn lane_in_trouble(&self, lane: &str, trouble: &str) -> String;
    /// Caption of the table of brokers.
    fn brokers_caption(&self) -> String;
    /// Broker, state.
    fn brokers_columns(&self) -> [&'static str; 2];
    /// More columns of the table of partitions: leader, in sync, not in sync.
    fn copies_columns(&self) -> [&'static str; 3];
}
}

impl BrokerWords for English {
    fn broker(&self, n: u32) -> String {
        format!("Broker {n}")
    }

    fn broker_state(&self, state: BrokerState) -> [String; 2] {
        match state {
            BrokerState::Leads(n) => [format!("leads {}", plural(n, "lane", "lanes")), format!("leads {n}")],
            BrokerState::Stalled => ["does not copy".into(), "stalled".into()],
            BrokerState::Silent => ["dead, not noticed yet".into(), "silent".into()],
            BrokerState::Down => ["down".into(), "down".into()],
            BrokerState::Starting => ["starting".into(), "starting".into()],
            BrokerState::CatchingUp => ["back, catching up".into(), "back".into()],
        }
    }

    fn name_broker(&self, n: u32, state: &str) -> String {
        format!("Broker {n}: {state}")
    }

    fn trouble(&self, trouble: Trouble) -> [String; 2] {
        match trouble {
            Trouble::NoLeader => ["no leader: nobody can write or read here".into(), "no leader".into()],
            Trouble::LeaderSilent(n) => {
                [format!("its leader, broker {n}, does not answer"), format!("broker {n} is silent")]
            }
            Trouble::WaitsForCopy(1, n) => {
                [format!("hidden: the last record waits for broker {n}’s copy"), format!("waits for broker {n}")]
            }
            Trouble::WaitsForCopy(records, n) => [
                format!(
                    "hidden: the last {} wait for broker {n}’s copy",
                    crate::PictureWords::short_number(self, records)
                ),
                format!("wait for broker {n}"),
            ],
            Trouble::TooFewInSync(have, need) => {
                [format!("acks=all is refused: {have} in sync, {need} needed"), format!("{have} of {need} in sync")]
            }
        }
    }

    fn in_sync_of(&self, in_sync: usize, copies: usize) -> String {
        format!("{in_sync} of {copies}")
    }

    fn name_copies(&self, partition: u32, leader: Option<u32>, in_sync: &str, others: &str) -> String {
        let leads = leader.map_or_else(|| "nobody leads".into(), |n| format!("broker {n} leads"));
        let others = if others.is_empty() { String::new() } else { format!("; not in sync: {others}") };
        format!("Copies of partition {partition}: {leads}; in sync: {in_sync}{others}")
    }

    fn legend_copies(&self) -> String {
        "brokers with a copy: full = leads".into()
    }

    fn legend_watermark(&self) -> String {
        "high watermark: all copies have what is left of it".into()
    }

    fn broker_about(&self) -> &'static str {
        "It keeps copies of lanes on its disk. Clients talk to the leader of each lane; the other copies follow it."
    }

    fn broker_act(&self, n: u32, act: BrokerAct) -> String {
        match act {
            BrokerAct::Kill => format!("kill broker {n}"),
            BrokerAct::Stop => format!("stop broker {n} in good order"),
            BrokerAct::Start => format!("start broker {n}"),
            BrokerAct::Hang => format!("let broker {n} hang"),
            BrokerAct::Stall => format!("let broker {n} stop copying"),
        }
    }

    fn sentence(&self, clause: &str) -> String {
        // Clauses of ours begin with letters of ASCII: the tables of all others would be 13 KB of the wasm.
        let mut sentence = format!("{clause}.");
        sentence[..1].make_ascii_uppercase();
        sentence
    }

    fn brokers_are(&self, count: usize, not_working: &str) -> String {
        let brokers = plural(count as u64, "broker keeps", "brokers keep");
        match not_working {
            "" => format!("{brokers} the lanes; all of them work."),
            some => format!("{brokers} the lanes. {some}."),
        }
    }

    fn lane_in_trouble(&self, lane: &str, trouble: &str) -> String {
        format!("{lane}: {trouble}.")
    }

    fn brokers_caption(&self) -> String {
        "Brokers".into()
    }

    fn brokers_columns(&self) -> [&'static str; 2] {
        ["Broker", "State"]
    }

    fn copies_columns(&self) -> [&'static str; 3] {
        ["Leader", "In sync", "Not in sync"]
    }
}
