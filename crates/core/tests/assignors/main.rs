//! The assignors against Kafka's own answers, and against Kafka's algorithm taken literally.

mod case;
mod java;
mod literal;
mod property;
mod strategies;
mod vectors;
