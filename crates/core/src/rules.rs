//! The rules: "when this arrives, and this holds, do that". One file an actor.

mod act;
mod broker;
mod brokers;
mod consumer;
mod controller;
mod coordinator;
mod create;
mod membership;
mod partitioning;
mod producer;
mod replication;
mod sender;
mod store;
mod watch;

use crate::message::Event;
use crate::time::Time;
use crate::world::World;

impl World {
    /// Lets everything happen that is due until `until`, at most `max_events` of it. Says how many events
    /// took place; if they were that many, the present moment may be before `until`.
    pub(crate) fn run(&mut self, until: Time, max_events: u64) -> u64 {
        let mut events = 0;
        while events < max_events {
            let Some((at, event)) = self.queue.pop(until) else {
                self.now = self.now.max(until);
                break;
            };
            self.now = at;
            self.take(event);
            events += 1;
        }
        events
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::SendDue(producer, era) => self.on_send_due(producer, era),
            Event::Produced(request) => self.on_produced(request),
            Event::Answered(request, verdicts) => self.on_answered(&request, &verdicts),
            Event::SenderWakes(producer) => self.on_sender_wakes(producer),
            Event::Broker(event) => self.on_broker(event),
            Event::Fetch(request) => self.on_fetch(request),
            Event::FetchExpired(id) => self.on_fetch_expired(id),
            Event::RetentionCheck => self.on_retention_check(),
            Event::Fetched(response) => self.on_fetched(*response),
            Event::Processed(group, member, era) => self.on_processed(group, member, era),
            Event::HeartbeatDue(group, member) => self.on_heartbeat_due(group, member),
            Event::RebalanceInProgress(group, member) => self.on_rebalance_in_progress(group, member),
            Event::UnknownMember(group, member) => self.on_unknown_member(group, member),
            Event::SyncRefused(group, member) => self.on_sync_refused(group, member),
            Event::Joined(group, member, generation) => self.on_joined(group, member, generation),
            Event::Synced(group, member, generation) => self.on_synced(group, member, generation),
            Event::MetadataDue(group) => self.on_metadata_due(group),
            Event::Commit(group, generation, offsets) => self.on_commit(group, generation, &offsets),
            Event::Heartbeat(group, member) => self.on_heartbeat(group, member),
            Event::SessionCheck(group, member) => self.on_session_check(group, member),
            Event::Join(group, member) => self.on_join(group, member),
            Event::RoundEnds(group, round) => self.on_round_ends(group, round),
            Event::Sync(group, member, generation, target) => self.on_sync(group, member, generation, target),
            Event::Leave(group, member) => self.on_leave(group, member),
            Event::GiveUp(group, member) => self.on_give_up(group, member),
        }
    }
}
