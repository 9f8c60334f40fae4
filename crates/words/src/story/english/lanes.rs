//! Chapters 4 to 7: streams, topics, lanes, keys.

use super::question;
use crate::story::ChapterWords;

pub(super) const STREAM: ChapterWords<4> = ChapterWords {
    title: "It never stops: streams",
    steps: [
        "Some offices collect letters all day and open the whole pile at night. Here people click on a web page, and nobody waits for a pile: {processed:Counter} clicks are counted already.",
        "Something that happened is called an event: somebody clicked, somebody paid. Written down, it is a record. So far {sent:Visitors} were sent.",
        "The reader follows a moment later: {sent:Visitors} sent, {processed:Counter} counted. The difference is on its way, or waits its turn.",
        "Events that keep coming are called a stream. It has a beginning, but no end, and so nobody waits for the end.",
    ],
    question: question(
        "We watch for ten more seconds. What will the reader have done then?",
        [
            ("Counted about as many clicks as came.", "It works on each click as it comes, so it stays close behind."),
            (
                "Nothing yet: it waits until all clicks are there.",
                "There is no \"all\": the clicks never end. So it begins with the first one.",
            ),
            ("Counted everything, and then the clicks are over.", "People go on clicking. A stream has no last event."),
        ],
    ),
};

pub(super) const TOPICS: ChapterWords<4> = ChapterWords {
    title: "Topics",
    steps: [
        "One list for everything would be a mess. So there is a list for each kind of event. Such a list is called a topic. In this picture there are {topics}.",
        "The shop sends to the topic of orders, the bank to the topic of payments. There are {records:orders} records in the first and {records:payments} in the second.",
        "A consumer reads only what it cares about. The packer reads orders, and has packed {processed:Packing}. It sees no payments at all.",
        "Who needs more reads more: the manager reads both topics. Now the bank sends {rate:Bank} a second, and the packer still has just its orders to do.",
    ],
    question: question(
        "In a moment there will be ten times as many payments. What will the packer notice?",
        [
            (
                "Nothing: it reads orders only.",
                "A topic is a list of its own. What is written in another one never comes this way.",
            ),
            (
                "It falls behind, because there is more to read.",
                "More is written, but in another topic. The packer does not even look there.",
            ),
            (
                "It has to throw the payments away.",
                "They never reach it: a consumer gets the topics that it asked for, and no others.",
            ),
        ],
    ),
};

pub(super) const LANES: ChapterWords<5> = ChapterWords {
    title: "Partitions: lanes",
    steps: [
        "Here are {records:orders} orders in one topic. They stand in one lane, like cars, as they came: {first_in:orders/0} first, {last_in:orders/0} last.",
        "In a team, a lane has only one reader, or an order would be packed more than once. So {idle:Packing} of {members:Packing} look on, and {processed:Packing} orders are done.",
        "Here are the {lanes:orders} lanes. All of them together are the topic. Each lane is a part of it, and so Kafka calls it a partition.",
        "Now {working:Packing} can work side by side, each in its own lane. In the same time {processed:Packing} orders are done.",
        "In a lane, first come is first served. Between different lanes, nobody promises which comes first. Each lane counts its own places, from zero: Kafka calls such a place an offset.",
    ],
    question: question(
        "Now the same {records:orders} orders in {lanes:orders} lanes, with the same {members:Packing} readers. How many will be done in the same time?",
        [
            (
                "More: they work side by side.",
                "Each lane has its own reader, so more than one order is in somebody's hands.",
            ),
            (
                "Just as many: it is the same work.",
                "The work is the same, but more hands do it. In one lane, only one reader had something to do.",
            ),
            (
                "Fewer: more lanes are more trouble.",
                "A lane is just a list. Readers with a list each are faster than one reader with one list.",
            ),
        ],
    ),
};

pub(super) const KEYS: ChapterWords<5> = ChapterWords {
    title: "Keys",
    steps: [
        "Here each record is a piece of news. About order-9 there are {with_key:payments/order-9}: payment begun, payment done, order confirmed. Read the other way round, they make no sense.",
        "So a record may carry a key, here the name of its order. Records with the same key go to the same lane, while the number of lanes stays the same. Without a key, any lane will do.",
        "Which lane? The producer, who writes, works it out. From the characters of the key it makes a number, its hash. Same key, same hash: for order-9 always {hash:order-9}.",
        "A fixed rule takes the minus away: {positive:order-9}. Divided by {lanes:payments}, the number of lanes, it leaves {lane:payments/order-9}, and that is the lane. They count from zero.",
        "Once more order-9, and again lane {lane:payments/order-9}. Whoever reads this lane sees \"begun\" first and \"confirmed\" last.",
    ],
    question: question(
        "There will be one more record about order-9. Which lane does it go to?",
        [
            ("The lane of the other records about order-9.", "The same key has the same hash, and so the same lane."),
            (
                "The next lane: each gets its turn.",
                "Then the news about one order would lie in several lanes, and nobody could tell what was first.",
            ),
            (
                "The lane with the fewest records.",
                "That would share out evenly, but tear the news about one order apart. A record with a key follows its key.",
            ),
        ],
    ),
};
