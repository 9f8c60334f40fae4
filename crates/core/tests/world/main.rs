//! What must hold in every world, whatever a person does to it.

mod bounds;
mod conservation;
mod delivery;
mod placement;
mod promises;
mod rebalance;
mod standstill;
mod support;
mod time_travel;
