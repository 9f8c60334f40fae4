//! What the lines say, before names are looked up and limits are held.

use kafka_lanes_core::spec::{
    Assignment, Assignors, ClusterSpec, ClusterTiming, GroupSpec, PartitionName, ProducerSpec, ServiceSpec, Timing,
    TopicSpec,
};
use kafka_lanes_core::{Action, Span, Time};

use super::cluster::cluster_span;
use super::vocabulary::{Bounds, timing_span};
use crate::diagnostic::Place;

#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) title: String,
    pub(super) topics: Vec<DraftTopic>,
    pub(super) producers: Vec<DraftProducer>,
    pub(super) groups: Vec<DraftGroup>,
    pub(super) services: Vec<DraftService>,
    pub(super) cluster: ClusterSpec,
    pub(super) timing: Timing,
    /// Whether times that nobody says are Kafka's.
    pub(super) kafkas: bool,
    /// Where `heartbeat=` or `session=` stands last.
    pub(super) heartbeat_at: Place,
    /// The same of the consumer protocol.
    pub(super) consumer_heartbeat_at: Place,
    /// What lines before this one have said that counts once, and how many there were.
    pub(super) said: Vec<(&'static str, u32)>,
    pub(super) actions: Vec<DraftAction>,
}

impl Draft {
    /// Begins with Kafka's times, or with those to teach by.
    pub(super) fn set_scale(&mut self, kafkas: bool) {
        self.kafkas = kafkas;
        if kafkas {
            self.set_times(Timing::kafka(), ClusterTiming::kafka());
        } else {
            self.set_times(Timing::default(), ClusterTiming::default());
        }
    }

    /// Begins with these times.
    pub(super) fn set_times(&mut self, timing: Timing, cluster: ClusterTiming) {
        self.timing = timing;
        self.cluster.timing = cluster;
    }

    /// The span of this name among all timings, and its bounds.
    pub(super) fn span_named(&mut self, name: &str) -> Option<(&mut Span, Bounds)> {
        let Self { timing, cluster, .. } = self;
        timing_span(timing, name).or_else(|| cluster_span(&mut cluster.timing, name))
    }
}

/// A name and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) at: Place,
}

#[derive(Debug)]
pub(super) struct DraftTopic {
    pub(super) at: Place,
    /// With any number of partitions, 0 included.
    pub(super) spec: TopicSpec,
    pub(super) partitions: u64,
    pub(super) partitions_at: Place,
    pub(super) replication_at: Place,
}

#[derive(Debug)]
pub(super) struct DraftProducer {
    pub(super) at: Place,
    /// Without its topics.
    pub(super) spec: ProducerSpec,
    pub(super) topics: Vec<Name>,
    pub(super) keys_at: Place,
    /// Which options it has.
    pub(super) said: Vec<&'static str>,
}

#[derive(Debug)]
pub(super) struct DraftGroup {
    /// Of its name; absent where the name is, and then the group and its consumers go.
    pub(super) at: Option<Place>,
    /// Without its topics and consumers.
    pub(super) spec: GroupSpec,
    pub(super) topics: Vec<Name>,
    pub(super) consumers: Vec<DraftConsumer>,
}

impl DraftGroup {
    pub(super) fn is_manual(&self) -> bool {
        self.spec.assignment == Assignment::Manual
    }
}

#[derive(Debug)]
pub(super) struct DraftConsumer {
    pub(super) name: Name,
    pub(super) instance: Option<String>,
    pub(super) topics: Vec<Name>,
    pub(super) processing: Option<Span>,
    pub(super) assignors: Assignors,
    /// Where `assignor=` stands, if it does.
    pub(super) assignors_at: Option<Place>,
    pub(super) reads: Vec<(PartitionName, Place)>,
    /// Where `reads=` stands, if it does.
    pub(super) reads_at: Option<Place>,
}

#[derive(Debug)]
pub(super) struct DraftService {
    pub(super) at: Place,
    /// Without whom it calls.
    pub(super) spec: ServiceSpec,
    pub(super) calls: Vec<Name>,
}

#[derive(Debug)]
pub(super) struct DraftAction {
    pub(super) time: Time,
    pub(super) action: Action,
    /// From its verb on.
    pub(super) at: Place,
    /// Of the thing that it is done to.
    pub(super) subject_at: Place,
    /// Of the consumer, the key or the number of partitions.
    pub(super) detail_at: Place,
    /// Of the topics in it.
    pub(super) topics_at: Vec<Place>,
}
