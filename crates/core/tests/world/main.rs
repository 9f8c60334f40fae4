//! What must hold in every world, whatever a person does to it.

mod added_partitions;
mod alarms;
mod assignor_lists;
mod bounces;
mod bounds;
mod clients;
mod cluster;
mod conservation;
mod delivery;
mod group_alarms;
mod placement;
mod producing;
mod promises;
mod rebalance;
mod safety;
mod services;
mod standstill;
mod support;
mod time_travel;
