use kafka_lanes_words::{Catalogue, Renamed, Role, StoryCatalogue, Term};

use crate::terms::introduced;

/// What things on a picture are called at a chapter and a step, from 1: the names of the construction site, or Kafka's;
/// of these only what the story has brought by then, else everyday words. None where all are Kafka's.
#[inline(never)]
pub fn names<C: Catalogue + StoryCatalogue>(
    words: &'static C,
    place: (usize, usize),
    on_site: bool,
) -> Option<Renamed> {
    let mut roles = Role::ALL.into_iter();
    let names = words.story().names.each_ref().map(|name| {
        let known = roles.next().is_none_or(|role| introduced(term(role)) <= place);
        (
            name.kafka,
            if on_site {
                name.story
            } else if known {
                name.kafka
            } else {
                name.plain
            },
        )
    });
    let differ = names.iter().any(|(name, instead)| name != instead);
    differ.then_some(Renamed { of: words, names })
}

/// The word of the glossary for what a thing is.
fn term(role: Role) -> Term {
    match role {
        Role::Producer => Term::Producer,
        Role::Broker => Term::Broker,
        Role::Topic => Term::Topic,
        Role::Partition | Role::Log => Term::Partition,
        Role::Group => Term::ConsumerGroup,
        Role::Consumer => Term::Consumer,
        Role::Record => Term::Record,
        Role::Offset => Term::Offset,
    }
}

#[cfg(test)]
mod tests {
    use kafka_lanes_words::{English, PictureWords};

    use super::*;

    #[test]
    fn no_name_stands_on_the_picture_before_the_story_brings_it() {
        let at = |chapter: usize, step: usize| names(&English, (chapter, step), false);
        let early = at(2, 1).expect("everyday words");
        assert_eq!(early.consumers(3), "3 readers");
        assert_eq!(early.partition(0), "Lane 0");
        assert_eq!(early.partitions_each(1), "1 lane, a list that only grows");
        let later = at(5, 1).expect("partitions are not brought yet");
        assert_eq!(later.consumers(3), "3 consumers");
        assert_eq!((later.topic_word(), later.partition(0)), ("Topic".into(), "Lane 0".into()));
        assert!(at(8, 1).is_none(), "all are Kafka's");
        let site = names(&English, (8, 1), true).expect("another choice");
        assert_eq!(site.producer_word(), "owner");
    }
}
