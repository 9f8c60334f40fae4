//! What is told of services that call each other directly.

use kafka_lanes_core::ServiceStatus;

pub(super) fn happening(service: &str, status: ServiceStatus) -> String {
    match status {
        ServiceStatus::Up => format!("{service} runs again."),
        ServiceStatus::Stopped => format!("{service} stopped: whoever calls it is refused."),
        ServiceStatus::Hung => format!("{service} hangs: whoever calls it waits until time is up."),
    }
}

pub(super) fn is_already(service: &str, status: ServiceStatus) -> String {
    match status {
        ServiceStatus::Up => format!("{service} runs already. Stop it, or let it hang, first."),
        ServiceStatus::Stopped => format!("{service} has stopped already. Start it first."),
        ServiceStatus::Hung => format!("{service} hangs already. Start it first."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_who_and_what_follows() {
        assert_eq!(happening("Email", ServiceStatus::Stopped), "Email stopped: whoever calls it is refused.");
        for status in [ServiceStatus::Up, ServiceStatus::Stopped, ServiceStatus::Hung] {
            assert!(happening("Email", status).starts_with("Email "));
            assert!(is_already("Email", status).contains("already. "));
        }
    }
}
