//! What must hold in every world, whatever a person does to it.

mod bounds;
mod conservation;
mod placement;
mod rebalance;
mod standstill;
mod support;
mod time_travel;
