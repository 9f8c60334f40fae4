use kafka_lanes_core::{Service, ServiceStatus};

use crate::English;

/// Services that call each other directly, in words.
pub trait ServiceWords {
    /// A service: whom it calls (joined, or nothing), whether it runs, and how its requests went.
    fn service_does(&self, service: &Service, calls: &str) -> String;
    /// Caption of the table of services.
    fn services_caption(&self) -> String;
    /// Service, calls, requests that came, done, failed, failed with a step done, waiting.
    fn services_columns(&self) -> [&'static str; 7];
}

impl ServiceWords for English {
    #[inline(never)]
    fn service_does(&self, service: &Service, calls: &str) -> String {
        let Service { name, received, succeeded, failed, half_done, .. } = service;
        let mut text = if calls.is_empty() { format!("{name} is called.") } else { format!("{name} calls {calls}.") };
        text.push_str(match service.status {
            ServiceStatus::Up => "",
            ServiceStatus::Stopped => " It has stopped.",
            ServiceStatus::Hung => " It hangs.",
        });
        text.push_str(&format!(" Of {received} requests {succeeded} are done and {failed} have failed"));
        if *half_done > 0 {
            text.push_str(&format!(", {half_done} of them with a step done that stays done"));
        }
        text.push('.');
        if service.waiting() > 0 {
            text.push_str(&format!(" {} wait.", service.waiting()));
        }
        text
    }

    fn services_caption(&self) -> String {
        "Services".into()
    }

    fn services_columns(&self) -> [&'static str; 7] {
        ["Service", "Calls", "Requests", "Done", "Failed", "Half done", "Waiting"]
    }
}
