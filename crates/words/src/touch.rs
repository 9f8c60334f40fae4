use crate::English;
use crate::picture::plural;

/// What stands where somebody changes the world of a step of the story. Numbers are those of the world.
pub trait TouchWords {
    /// What all of it is for.
    fn try_yourself(&self) -> &'static str;
    /// Button: the world of the step as it was before somebody changed it.
    fn as_it_was(&self) -> &'static str;
    /// Label of the field for a key.
    fn your_key(&self) -> &'static str;
    /// Nothing is typed.
    fn no_key_yet(&self) -> &'static str;
    /// Button: a record with that key is sent.
    fn send_with_key(&self) -> &'static str;
    /// What the arithmetic says of a key, `lane` as it stands on the picture.
    fn key_leads_to(&self, key: &str, lane: &str) -> String;
    /// Label of the slider.
    fn consumers_in(&self, group: &str) -> String;
    /// The slider's value, spoken.
    fn so_many_consumers(&self, consumers: u64) -> String;
    /// A group is on its way to what was chosen.
    fn sharing_out(&self) -> &'static str;
    /// How a group shares its lanes.
    fn shares(&self, consumers: u64, lanes: u64, working: u64, idle: u64) -> String;
    /// Label of the field for a consumer's `group.id`.
    fn group_id_of(&self, consumer: &str) -> String;
    /// All consumers are in one group, and so many they are.
    fn is_queue(&self, group: &str, consumers: u64) -> String;
    /// They are in several groups, and each of these has all lanes.
    fn is_broadcast(&self, groups: u64) -> String;
}

impl TouchWords for English {
    fn try_yourself(&self) -> &'static str {
        "Try it yourself"
    }
    fn as_it_was(&self) -> &'static str {
        "As it was"
    }
    fn your_key(&self) -> &'static str {
        "A key of your own"
    }
    fn no_key_yet(&self) -> &'static str {
        "Type a key: any letters will do."
    }
    fn send_with_key(&self) -> &'static str {
        "Send a record"
    }
    fn key_leads_to(&self, key: &str, lane: &str) -> String {
        format!("“{key}” goes to {lane}.")
    }
    fn consumers_in(&self, group: &str) -> String {
        format!("Consumers in {group}")
    }
    fn so_many_consumers(&self, consumers: u64) -> String {
        plural(consumers, "consumer", "consumers")
    }
    fn sharing_out(&self) -> &'static str {
        "The lanes are being shared out anew."
    }
    fn shares(&self, consumers: u64, lanes: u64, working: u64, idle: u64) -> String {
        let (consumers, lanes) = (plural(consumers, "consumer", "consumers"), plural(lanes, "lane", "lanes"));
        let idle = match idle {
            0 => "nobody is idle".into(),
            1 => "1 is idle".into(),
            many => format!("{many} are idle"),
        };
        let work = if working == 1 { "works" } else { "work" };
        format!("{consumers} on {lanes}: {working} {work}, {idle}.")
    }
    fn group_id_of(&self, consumer: &str) -> String {
        format!("group.id of {consumer}")
    }
    fn is_queue(&self, group: &str, consumers: u64) -> String {
        let consumers = plural(consumers, "consumer", "consumers");
        format!("One group, {group}: {consumers} share the lanes, and each record goes to one of them. A queue.")
    }
    fn is_broadcast(&self, groups: u64) -> String {
        format!("{groups} groups: each of them gets every record. A broadcast.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_fits_its_numbers() {
        assert_eq!(English.shares(5, 3, 3, 2), "5 consumers on 3 lanes: 3 work, 2 are idle.");
        assert_eq!(English.shares(1, 3, 1, 0), "1 consumer on 3 lanes: 1 works, nobody is idle.");
        assert_eq!(English.shares(4, 3, 3, 1), "4 consumers on 3 lanes: 3 work, 1 is idle.");
    }
}
