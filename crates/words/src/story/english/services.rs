//! Chapters 1 to 3: services that call each other, a list in the middle, and who is who.

use super::question;
use crate::story::ChapterWords;

pub(super) const RUSH: ChapterWords<5> = ChapterWords {
    title: "Rush hour at the shop",
    steps: [
        "One order is many small jobs: check the coupon, see what is in stock, take the money, write an e-mail. Each job has a program of its own, a service. For each order, the shop calls one after the other.",
        "So far {succeeded:Shop} orders are done. Each time the shop calls a service, it waits for the answer, and only then calls the next. It is like waiting on the phone.",
        "Rush hour! Now {orders:Shop} orders come every second, more than the shop can do. It works on {hands:Shop} at once, and {waiting:Shop} stand in line.",
        "The e-mail service has stopped. Whoever calls it hears nothing but \"no\". The shop tries once more, and then the whole order fails.",
        "By now {half_done:Shop} orders have failed after the money was taken. Paid, but no e-mail! These people think that something went wrong, and they are right.",
    ],
    question: question(
        "In a moment the e-mail service will stop. What will happen to an order that is being worked on?",
        [
            (
                "It fails, although it is paid already.",
                "The shop waits for the last step, the last step fails, and so the order fails. The payment stays done.",
            ),
            (
                "It waits until the e-mail service is back.",
                "Nobody keeps it for later: the call fails, and the order with it. Those in line wait for the shop, not for the e-mail.",
            ),
            (
                "The money is given back by itself.",
                "The payment service did its job and does not know about the e-mail. Nobody tells it to undo anything.",
            ),
        ],
    ),
};

pub(super) const MIDDLE: ChapterWords<5> = ChapterWords {
    title: "Something in the middle",
    steps: [
        "Now the shop calls nobody. It writes each order at the end of a long list in the middle, and goes on. A program called Kafka keeps the list.",
        "The payment service and the e-mail service both read the list, each at its own speed. Reading takes nothing away: all {records:orders} orders are still there.",
        "The e-mail service has stopped. The shop does not notice. It has sent {sent:Shop} orders by now, and every one of them is in the list or on its way there.",
        "The e-mail service is back, and {behind:Email} orders wait for it, each in its place. Payments went on all the time, as if nothing had happened.",
        "It read on where it had stopped, and has caught up. Nothing was lost, and nobody called anybody. Kafka keeps what was written for a week, unless it is told otherwise.",
    ],
    question: question(
        "The e-mail service will come back later. What happens to the orders that were written while it was away?",
        [
            (
                "It gets all of them, a little later.",
                "They stand in the list, and beside it is a note of how far the e-mail service had come.",
            ),
            (
                "They get no e-mail any more.",
                "A call that nobody answers is lost. A line in a list is not: it is there when the reader comes back.",
            ),
            (
                "The shop has to write them again.",
                "The shop wrote each of them once, and that is enough: the list keeps them for whoever reads later.",
            ),
        ],
    ),
};

pub(super) const SITE: ChapterWords<5> = ChapterWords {
    title: "The construction site",
    steps: [
        "On a construction site the owner wants things done: a sink, a lamp, a gate. The owner does not run after the workers. So far there were {sent:Owner} jobs.",
        "The contractor has a board with {topics} lists: plumbing, electrical work, walls. Each job goes on the list of its trade. That is all the contractor does with it.",
        "Workers watch only the list of their own trade. Pia the plumber has done {processed:Plumbers} jobs, and has never seen one about a lamp.",
        "The painters came, and read the list of walls too. Nobody told the owner, and nobody had to: the owner knows no workers, only the board.",
        "Now the real names. The contractor is a broker, a computer that keeps the lists. The owner is a publisher, a worker a subscriber. Kafka calls them producer and consumer.",
    ],
    question: question(
        "Painters will come, and read the list of walls as well. What must the owner do about it?",
        [
            ("Nothing at all.", "The owner writes on the board as before. Who reads it is the readers' affair."),
            (
                "Write each job about walls twice.",
                "Reading a job does not take it off the board, so one line is enough for any number of readers.",
            ),
            (
                "Tell the painters about each job.",
                "The owner does not know the workers. The painters look at the board themselves.",
            ),
        ],
    ),
};
