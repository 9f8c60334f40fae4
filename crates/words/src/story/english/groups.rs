//! Chapters 8 to 10: consumer groups, queue or broadcast, more traffic.

use super::question;
use crate::story::ChapterWords;

pub(super) const GROUPS: ChapterWords<4> = ChapterWords {
    title: "Consumer groups",
    steps: [
        "Consumers that share the work are a consumer group. Inside it, each lane belongs to exactly one. Here {members:Payment-g1} consumers share {lanes:ORDER_EVENTS} lanes, one each.",
        "One has said goodbye. Nothing stays undone: the other {members:Payment-g1} share its work, and one of them now has {most_lanes:Payment-g1} lanes.",
        "Now there are {members:Payment-g1} consumers on {lanes:ORDER_EVENTS} lanes. {working:Payment-g1} of them work, and {idle:Payment-g1} have no lane. They stand idle.",
        "Why not more than one in a lane? They would overtake each other, and a later record could be done before an earlier one. So the number of lanes decides how many can work.",
    ],
    question: question(
        "Soon there will be {members:Payment-g1} consumers in the group, on {lanes:ORDER_EVENTS} lanes. How many will have nothing to do?",
        [
            (
                "None: they share the lanes.",
                "A lane can't be shared inside a group: two readers in it would overtake each other.",
            ),
            ("Two.", "One lane, one reader: as many work as there are lanes, and the rest wait until somebody goes."),
            (
                "One: it is kept as a spare.",
                "Nobody is kept back on purpose. Whoever gets no lane has nothing to do, and here that is more than one.",
            ),
        ],
    ),
};

pub(super) const QUEUE: ChapterWords<4> = ChapterWords {
    title: "Queue or broadcast?",
    steps: [
        "Each group has a name, its group.id. These {members:payment-g1} consumers have the same one, so they share: {processed:payment-g1} records are done, each by one of them. That is a queue.",
        "The same consumers, each with a group.id of its own. Each group has its own place in the lanes, so each gets every record: a broadcast, as on the radio.",
        "Here are {groups} groups on one topic. Each of them reads all {records:ORDER_EVENTS} records, and inside each the lanes are shared.",
        "Same group: a queue. Different groups: a broadcast. It is the same topic both times; only the group.id says which.",
    ],
    question: question(
        "We give the second consumer a group.id of its own. Which records will each of the two get?",
        [
            ("Each of them gets all.", "Each group reads the whole topic for itself."),
            (
                "Half of them each, as before.",
                "They shared because they were one group. Now they are two, and groups share nothing.",
            ),
            (
                "The first gets all, the second gets none.",
                "A group takes nothing away from another: a record that was read is still there.",
            ),
        ],
    ),
};

pub(super) const TRAFFIC: ChapterWords<6> = ChapterWords {
    title: "More traffic",
    steps: [
        "A quiet day: {rate:Shop} orders a second, one consumer for all {lanes:orders} lanes, and it keeps up.",
        "Now {rate:Shop} orders a second. What was written, less what the group has done, is called its lag. It is {behind:billing} by now, and it grows.",
        "More consumers came: {working:billing} work, one in each lane. The lag still grows, but more slowly. It is {behind:billing}.",
        "One more consumer, and it has no lane: {idle:billing} stands idle. The lag is {behind:billing}. More consumers help only as far as there are lanes.",
        "Now the topic has {lanes:orders} lanes, and more consumers came. With {working:billing} at work the lag falls. It is {behind:billing} now.",
        "But the hash is divided by another number now, and {moved:orders} keys have changed lanes. Older records of theirs still waited in the old lanes: {out_of_order} newer ones were done too early. Add lanes before you need them.",
    ],
    question: question(
        "The topic will soon have {lanes:orders} lanes. Records wait in the old ones. Where will new records of the same keys go?",
        [
            (
                "To the same lanes as before.",
                "That was true as long as the number of lanes stayed the same. The hash is divided by it.",
            ),
            (
                "Some of the keys go to other lanes.",
                "The hash is divided by the new number of lanes. For some keys the remainder is the same as before, for others not.",
            ),
            (
                "All of the keys go to the new lanes.",
                "Nobody fills up the new lanes first. The hash is divided by the new number, and some remainders stay the same.",
            ),
        ],
    ),
};
