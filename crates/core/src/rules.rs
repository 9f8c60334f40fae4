//! The rules: "when this arrives, and this holds, do that". One file an actor.

mod act;
mod beats;
mod broker;
mod brokers;
mod calls;
mod classic;
mod consumer;
mod controller;
mod coordinator;
mod create;
mod decide;
mod deliveries;
mod follow;
mod growth;
mod membership;
mod metadata;
mod offsets;
mod ownership;
mod partitioning;
mod producer;
mod rebalance;
mod replication;
mod sender;
mod services;
mod standing;
mod stops;
mod store;
mod strategy;
mod stretch;
mod watch;

use crate::ids::GroupId;
use crate::message::Event;
use crate::queue::Turn;
use crate::rules::stretch::Touched;
use crate::time::Time;
use crate::world::World;

impl World {
    /// Lets everything happen that is due until `until`, at most `max_events` of it. Says how many events
    /// took place; if they were that many, the present moment may be before `until`.
    pub(crate) fn run(&mut self, until: Time, max_events: u64) -> u64 {
        let mut events = 0;
        let mut last = Turn { at: Time::ZERO, sent: Time::ZERO };
        while events < max_events {
            // The last of them is the very next thing, be it no event.
            if events + 1 == max_events
                && let Some(turn) = self.next_alone().filter(|turn| turn.at <= until)
                && self.queue.next().is_none_or(|next| turn <= next)
            {
                self.now = turn.at;
                self.queue.pass(turn.at);
                self.settle_all(turn);
                return max_events;
            }
            let Some((turn, event)) = self.queue.pop(until) else {
                self.now = self.now.max(until);
                self.queue.pass(self.now);
                last = Turn { at: self.now, sent: self.now };
                break;
            };
            self.now = turn.at;
            self.take(event, turn);
            events += 1;
            last = turn;
        }
        self.settle_all(last);
        events
    }

    fn protocol_name(&self, group: GroupId) -> Option<&'static str> {
        Some(self.groups.get(&group)?.protocol()?.name())
    }

    fn take(&mut self, event: Event, turn: Turn) {
        // Most of all that happens: it comes to no consumer, and touches none.
        if matches!(event, Event::SendDue(..) | Event::Produced(_) | Event::Answered(..)) {
            return self.give(event);
        }
        if let Some(later) = self.comes_later(&event) {
            self.queue.push(later, event);
            return;
        }
        // A group that has changed its protocol hears nothing more of the one before.
        if event.protocol().is_some_and(|(group, name)| self.protocol_name(group) != Some(name)) {
            return;
        }
        let touched = Touched::by(&event);
        self.settle(touched, turn);
        self.give(event);
        self.plan(touched);
    }

    fn give(&mut self, event: Event) {
        match event {
            Event::SendDue(producer, era) => self.on_send_due(producer, era),
            Event::Produced(request) => self.on_produced(request),
            Event::Answered(request, verdicts) => {
                self.on_answered(&request, &verdicts);
                self.spare.keep(request);
            }
            Event::SenderWakes(producer) => self.on_sender_wakes(producer),
            Event::PartitionsHeard(producer) => self.on_partitions_heard(producer),
            Event::Broker(event) => self.on_broker(event),
            Event::Service(event) => self.on_service(event),
            Event::Fetch(request) => self.on_fetch(request),
            Event::FetchExpired(id) => self.on_fetch_expired(id),
            Event::LagCheck => self.on_lag_check(),
            Event::RetentionCheck => self.on_retention_check(),
            Event::Fetched(response) => self.on_fetched(*response),
            Event::Processed(group, member, era) => self.on_processed(group, member, era),
            Event::CommitAnswered(group, member, era, accepted) => {
                self.on_commit_answered(group, member, era, accepted);
            }
            Event::HeartbeatDue(group, member, beat) => self.on_heartbeat_due(group, member, beat),
            Event::PollCheck(group, member, beat) => self.on_poll_check(group, member, beat),
            Event::RebalanceInProgress(group, member, generation) => {
                self.on_rebalance_in_progress(group, member, generation);
            }
            Event::UnknownMember(group, member, generation) => self.on_unknown_member(group, member, generation),
            Event::InstanceIdTaken(group, member) => self.on_instance_id_taken(group, member),
            Event::MemberIdRequired(group, member) => self.on_member_id_required(group, member),
            Event::JoinRefused(group, member, beat) => self.on_join_refused(group, member, beat),
            Event::SyncRefused(group, member) => self.on_sync_refused(group, member),
            Event::Joined(group, member, generation) => self.on_joined(group, member, generation),
            Event::Synced(group, member, generation) => self.on_synced(group, member, generation),
            Event::MetadataDue(group, member) => self.on_metadata_due(group, member),
            Event::BeatAnswered(response) => self.on_beat_answered(response),
            Event::Commit(request) => self.on_commit(request),
            Event::Heartbeat(group, member, generation) => self.on_heartbeat(group, member, generation),
            Event::SessionCheck(group, member) => self.on_session_check(group, member),
            Event::Join(group, member, request) => self.on_join(group, member, *request),
            Event::RoundEnds(group, round) => self.on_round_ends(group, round),
            Event::Sync(group, member, generation, target) => self.on_sync(group, member, generation, target),
            Event::Leave(group, member) => self.on_leave(group, member),
            Event::Away(group, member) => self.on_away(group, member),
            Event::GiveUp(group, member) => self.on_give_up(group, member),
            Event::Beat(request) => self.on_beat(request),
            Event::RevocationCheck(group, member, epoch) => self.on_revocation_check(group, member, epoch),
            Event::Resume(group, member) => self.on_resume(group, member),
            Event::Return(group, spec) => self.on_return(group, &spec),
        }
    }
}
