use kafka_lanes_core::spec::Assignor;

/// How something that could be meant in several ways was understood: worth saying, though nothing is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Understood {
    /// The arrows to the group's members are those that this assignor gives: it assigns the group.
    AsAssignedBy {
        /// The group.
        group: String,
        /// The assignor.
        assignor: Assignor,
    },
    /// No arrow leads to a single member; the members share the lanes by this assignor.
    SharedBy {
        /// The group.
        group: String,
        /// The assignor.
        assignor: Assignor,
    },
    /// No assignor gives these arrows: they stand, and nothing is ever shared anew.
    Manual {
        /// The group.
        group: String,
    },
    /// The topic is drawn without its partitions; it has as many as a label says, or as one group has readers.
    PartitionsCounted {
        /// The topic.
        topic: String,
        /// How many.
        partitions: u32,
    },
    /// The consumer is drawn in no group: it is alone in one of its own.
    OwnGroup {
        /// The group, and its only consumer.
        group: String,
    },
    /// Something both reads and sends: it became a group and a producer, which know nothing of each other.
    ReadsAndSends {
        /// The producer.
        producer: String,
    },
}

impl Understood {
    /// In English, in a sentence.
    pub fn message(&self) -> String {
        match self {
            Self::AsAssignedBy { group, assignor } => {
                format!("{group} shares its lanes as {} assigns them.", spoken(*assignor))
            }
            Self::SharedBy { group, assignor } => {
                format!("No arrow says who in {group} reads which lane; {} decides.", spoken(*assignor))
            }
            Self::Manual { group } => {
                format!(
                    "No assignor would share the lanes of {group} like this: the arrows stand as a manual assignment."
                )
            }
            Self::PartitionsCounted { topic, partitions: 1 } => format!("{topic} is drawn without lanes; it has one."),
            Self::PartitionsCounted { topic, partitions } => {
                format!("{topic} is drawn without lanes; it has {partitions}.")
            }
            Self::OwnGroup { group } => format!("{group} is drawn in no group, so it is alone in one of its own."),
            Self::ReadsAndSends { producer } => {
                format!("{producer} reads and sends: it is both a consumer and a producer, each at its own pace.")
            }
        }
    }
}

const fn spoken(assignor: Assignor) -> &'static str {
    match assignor {
        Assignor::Range => "range",
        Assignor::RoundRobin => "round-robin",
        Assignor::Sticky => "sticky",
        Assignor::CooperativeSticky => "cooperative-sticky",
    }
}
