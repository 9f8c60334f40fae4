//! The names in a text.

use kafka_lanes_core::Action;
use kafka_lanes_core::limits::{MAX_PARTITIONS, MAX_TOPICS};
use kafka_lanes_core::spec::Keys;

use super::super::draft::{Draft, DraftGroup};

/// Who and what a text names, in its order; a name may stand here twice.
pub(super) struct Names {
    /// With the number of their partitions.
    pub(super) topics: Vec<(String, u64)>,
    pub(super) producers: Vec<String>,
    pub(super) services: Vec<String>,
    /// With whether their consumers choose their partitions.
    pub(super) groups: Vec<(String, bool)>,
    /// With their groups.
    pub(super) consumers: Vec<(String, String)>,
    pub(super) keys: Vec<String>,
    pub(super) brokers: u32,
    pub(super) has_title: bool,
    /// The group above the cursor: whether its consumers choose their partitions, and the topics that it reads.
    pub(super) above: Option<(bool, Vec<String>)>,
}

impl Names {
    pub(super) fn of(draft: Draft, above: Option<&DraftGroup>) -> Self {
        let above =
            above.map(|group| (group.is_manual(), group.topics.iter().map(|topic| topic.text.clone()).collect()));
        let mut names = Self {
            topics: draft.topics.into_iter().map(|topic| (topic.spec.name, topic.partitions)).collect(),
            producers: Vec::new(),
            services: draft.services.into_iter().map(|service| service.spec.name).collect(),
            groups: Vec::new(),
            consumers: Vec::new(),
            keys: Vec::new(),
            brokers: draft.cluster.brokers,
            has_title: !draft.title.is_empty(),
            above,
        };
        for producer in draft.producers {
            names.producers.push(producer.spec.name);
            if let Keys::List(keys) = producer.spec.keys {
                names.keys.extend(keys);
            }
        }
        for group in draft.groups {
            let manual = group.is_manual();
            let name = group.spec.name;
            names.consumers.extend(group.consumers.into_iter().map(|one| (one.name.text, name.clone())));
            names.groups.push((name, manual));
        }
        // A group without a name was told of, and has no consumers that could be named.
        names.groups.retain(|(name, _)| !name.is_empty());
        names.consumers.retain(|(_, group)| !group.is_empty());
        for action in draft.actions {
            match action.action {
                Action::AddProducer { name: Some(name), .. } => names.producers.push(name),
                Action::AddGroup { name: Some(name), .. } => {
                    names.consumers.push((format!("{name}-1"), name.clone()));
                    names.groups.push((name, false));
                }
                Action::AddConsumer { group, name: Some(name) } => names.consumers.push((name, group)),
                Action::StartConsumer { group, consumer } => names.consumers.push((consumer.name, group)),
                _ => {}
            }
        }
        names
    }

    /// The partitions of these topics, of all where there are none.
    pub(super) fn partitions<'a>(&'a self, topics: &'a [String]) -> impl Iterator<Item = String> + 'a {
        let all = self.topics.iter().take(MAX_TOPICS);
        let chosen = all.filter(move |(name, _)| topics.is_empty() || topics.contains(name));
        chosen.flat_map(|(name, count)| {
            (0..(*count).clamp(1, MAX_PARTITIONS as u64)).map(move |number| format!("{name}-{number}"))
        })
    }
}
