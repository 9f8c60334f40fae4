//! What must hold in every world, whatever a person does to it.

mod bounds;
mod commits;
mod conservation;
mod placement;
mod promises;
mod rebalance;
mod standstill;
mod support;
mod time_travel;
