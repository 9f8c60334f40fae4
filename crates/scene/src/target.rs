use kafka_lanes_core::{BrokerId, GroupId, KeyId, MemberId, ProducerId, ServiceId, Time, TopicId, TopicPartition};

/// What a part of the picture is a picture of: what is hovered, focused, selected or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A producer.
    Producer(ProducerId),
    /// The button that sends one record with a key.
    KeyButton(ProducerId, KeyId),
    /// A topic. Where it is folded, activating it opens it.
    Topic(TopicId),
    /// A lane.
    Partition(TopicPartition),
    /// A record in a lane, by its offset.
    Record(TopicPartition, u64),
    /// Where a group reads a lane.
    Cursor(GroupId, TopicPartition),
    /// A group. Where it is folded, activating it opens it.
    Group(GroupId),
    /// A member of a group.
    Member(GroupId, MemberId),
    /// The arrow from a lane to the member that reads it.
    Route(GroupId, TopicPartition),
    /// A broker.
    Broker(BrokerId),
    /// The newest alarm of a lane, and when that happened which led to it.
    Alarm(TopicPartition, Time),
    /// A service that others call, or that calls others.
    Service(ServiceId),
    /// The arrow from a service to one that it calls.
    Call(ServiceId, ServiceId),
    /// What did not fit. Activating it draws it.
    More(Fold),
}

/// What is folded into a summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fold {
    /// Producers whose names begin alike, by the first of them.
    Producers(ProducerId),
    /// The lanes of a topic after those that are drawn.
    Lanes(TopicId),
    /// The members of a group after those that are drawn.
    Members(GroupId),
}

impl Target {
    /// Whether activating it opens something that is folded, if it is.
    pub fn can_open(self) -> bool {
        matches!(self, Self::Topic(_) | Self::Group(_) | Self::More(_))
    }

    /// Whether a route of this group, lane and reader belongs to what is selected.
    pub(crate) fn lights(
        self,
        group: GroupId,
        topic: TopicId,
        partition: Option<u32>,
        member: Option<MemberId>,
    ) -> bool {
        let same_lane = |tp: TopicPartition| tp.topic == topic && partition.is_none_or(|p| p == tp.partition);
        match self {
            Self::Topic(t) | Self::More(Fold::Lanes(t)) => t == topic,
            Self::Partition(tp) | Self::Record(tp, _) | Self::Alarm(tp, _) => same_lane(tp),
            Self::Group(g) | Self::More(Fold::Members(g)) => g == group,
            Self::Member(g, m) => g == group && member.is_none_or(|own| own == m),
            Self::Cursor(g, tp) | Self::Route(g, tp) => g == group && same_lane(tp),
            Self::Broker(_) | Self::Producer(_) | Self::KeyButton(..) | Self::More(Fold::Producers(_)) => true,
            Self::Service(_) | Self::Call(..) => true,
        }
    }
}
