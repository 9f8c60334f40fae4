//! What to do with what was learned.

use crate::story::ChallengeWords;

pub(super) const CHALLENGES: [ChallengeWords; 10] = [
    ChallengeWords {
        ask: "Make this group keep up, with the fewest consumers that can.",
        hint: "How many records a second does one consumer manage, and how many come?",
        done: "It keeps up, and nobody is there who is not needed.",
    },
    ChallengeWords {
        ask: "Make a consumer stand idle.",
        hint: "A partition has one reader in a group.",
        done: "More consumers than partitions: one of them has nothing to do.",
    },
    ChallengeWords {
        ask: "Lose a record that was called safe, on purpose.",
        hint: "Look at acks, and at who leads.",
        done: "One broker had it alone, and that one died.",
    },
    ChallengeWords {
        ask: "Make a group work on two records of one key in the wrong order.",
        hint: "When does a key go to another partition?",
        done: "The key has moved, and its old records were still waiting.",
    },
    ChallengeWords {
        ask: "Have a record processed twice.",
        hint: "What does a group know about a consumer that is gone?",
        done: "It was done, but not committed, so another did it again.",
    },
    ChallengeWords {
        ask: "Let the work be shared out again, without anyone who reads standing still.",
        hint: "The assignor says who gets which lane. Some move only what has to move.",
        done: "The others went on reading while a partition changed hands.",
    },
    ChallengeWords {
        ask: "Make two readers get the same records.",
        hint: "One group shares; two groups do not.",
        done: "Two groups, and each reads everything.",
    },
    ChallengeWords {
        ask: "Put at least five records of one key in a row into one partition, with no other key between them.",
        hint: "You can send a record by hand.",
        done: "Same key, same partition, in the order in which they were sent.",
    },
    ChallengeWords {
        ask: "Let a broker die, and lose nothing that was called safe.",
        hint: "Look at acks before you do it.",
        done: "Another broker leads, and all records are there.",
    },
    ChallengeWords {
        ask: "Restart a consumer without a rebalance.",
        hint: "The group waits for somebody whom it knows by name, for a while.",
        done: "It was back before its session ended, and found everything as it was.",
    },
];
