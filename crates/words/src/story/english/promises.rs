//! Chapters 11 to 13: copies, a consumer that dies, and the whole picture.

use super::question;
use crate::story::ChapterWords;

pub(super) const COPIES: ChapterWords<5> = ChapterWords {
    title: "Nothing gets lost",
    steps: [
        "A computer may burn. So here are {brokers} brokers, and each lane is on every one of them. Such a copy is called a replica.",
        "For each lane one broker is the leader: records are written there first, and the others copy them. Here each broker leads one lane.",
        "When is a record safe? The setting acks says it. With acks=all it is safe when the leader has it, and every copy that is not far behind. So far {acked:Shop} are safe.",
        "Broker 2 has died. Others lead its lanes now. Of the {acked:Shop} records that were called safe, {lost} are lost.",
        "With acks=1 a record is called safe when the leader has it, which is faster. But broker 2 died before the others had copied everything: {lost} records that were called safe are gone.",
    ],
    question: question(
        "Broker 2 will die without a word. How many records that were called safe will be lost, with acks=all?",
        [
            ("None.", "What was called safe is on another broker too, and one of those leads now."),
            (
                "Those in the lanes that broker 2 led.",
                "It led them, but it did not have them alone: each of them was copied before it was called safe.",
            ),
            (
                "None, but its lanes stand still until it is back.",
                "Another broker that has a full copy becomes the leader, and the lanes go on.",
            ),
        ],
    ),
};

pub(super) const CRASH: ChapterWords<5> = ChapterWords {
    title: "When a consumer dies",
    steps: [
        "Here {members:ledger} consumers share {lanes:payments} lanes. From time to time each tells a broker up to which offset it is done, and the broker notes it. Such a note is called a commit.",
        "One of them died without a word. Nobody knows yet: it might only be slow. Its lane waits, and nobody reads it.",
        "Kafka waits for a sign of life, but only so long: the session timeout. It is over, and the lanes were shared out again, which is called a rebalance. Now ledger-2 has both.",
        "In the lane of the dead one, ledger-2 began at the last commit. What had been done after that was not noted, so {again:ledger} records were done twice.",
        "So make work that may be done twice: look first whether this order is paid already. Such work is called idempotent. Then twice is as good as once.",
    ],
    question: question(
        "The dead consumer had done some records that it had not noted yet. What will happen to them?",
        [
            (
                "They are done again by the other one.",
                "The other begins at the last note, so it does them once more. Better twice than never.",
            ),
            (
                "They are skipped: they are done.",
                "Nobody knows that they are done, for it was not noted. To skip them would be to guess.",
            ),
            (
                "They wait until the dead one is back.",
                "A lane whose reader has been silent for too long gets another reader.",
            ),
        ],
    ),
};

pub(super) const WHOLE: ChapterWords<6> = ChapterWords {
    title: "What you have now",
    steps: [
        "The whole picture. First: events flow without end. {sent:Shop} were sent so far, and some are still on their way.",
        "Second: everything goes through the middle. The producer knows no consumer, and no consumer knows the producer.",
        "Third: the work is split. {lanes:ORDER_EVENTS} partitions hold the records, and the records of a key are all in the same one.",
        "Fourth: groups share the work. In each of the {groups} groups every partition has exactly one reader.",
        "Fifth: many read the same. Each group has its own place in each partition. Reading takes nothing away: records go when their time is over, read or not.",
        "Another group came, and nobody else noticed. Its settings say that it begins at the first record. That is how all this grows without breaking.",
    ],
    question: question(
        "Another group will begin to read the same topic. What changes for the others?",
        [
            ("Nothing.", "Each group has its own place in each partition."),
            (
                "They share their records with it.",
                "Only consumers of one group share. Another group reads everything for itself.",
            ),
            (
                "They have to begin anew.",
                "The lanes are shared out anew when the members of a group change, not when another group comes.",
            ),
        ],
    ),
};
