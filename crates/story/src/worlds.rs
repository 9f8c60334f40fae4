//! The worlds that the story stands on, as scenarios.

pub(crate) const RUSH: &str = include_str!("../worlds/rush.kafka");
pub(crate) const MIDDLE: &str = include_str!("../worlds/middle.kafka");
pub(crate) const SITE: &str = include_str!("../worlds/site.kafka");
pub(crate) const STREAM: &str = include_str!("../worlds/stream.kafka");
pub(crate) const TOPICS: &str = include_str!("../worlds/topics.kafka");
pub(crate) const ONE_LANE: &str = include_str!("../worlds/one-lane.kafka");
pub(crate) const THREE_LANES: &str = include_str!("../worlds/three-lanes.kafka");
pub(crate) const KEYS: &str = include_str!("../worlds/keys.kafka");
pub(crate) const GROUPS: &str = include_str!("../worlds/groups.kafka");
pub(crate) const SAME_GROUP: &str = include_str!("../worlds/same-group.kafka");
pub(crate) const TWO_GROUPS: &str = include_str!("../worlds/two-groups.kafka");
pub(crate) const TRAFFIC: &str = include_str!("../worlds/traffic.kafka");
pub(crate) const COPIES: &str = include_str!("../worlds/copies.kafka");
pub(crate) const HASTY: &str = include_str!("../worlds/hasty.kafka");
pub(crate) const CRASH: &str = include_str!("../worlds/crash.kafka");
pub(crate) const WHOLE: &str = include_str!("../worlds/whole.kafka");
