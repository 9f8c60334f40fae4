//! The custom element `<kafka-lanes>`.
