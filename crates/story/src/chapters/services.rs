//! Chapters 1 to 3: services that call each other, a list in the middle, and who is who.

use super::{Setting, step};
use crate::facts::Facts;
use crate::moment::Moment;
use crate::worlds::{MIDDLE, RUSH, SITE};

pub(super) const RUSH_HOUR: Setting = Setting {
    steps: &[
        step(RUSH, 4, |_, now| calls(now).len() == 4 && calls(now).iter().all(|sent| *sent > 0)),
        // One call at a time: the first is sent before the second, and so on.
        step(RUSH, 9, |_, now| done(now) > 0 && failed(now) == 0 && calls(now).is_sorted_by(|a, b| a >= b)),
        step(RUSH, 24, |_, now| {
            let full = now.service("Shop").is_some_and(|shop| shop.busy == shop.at_once && shop.waiting() > 50);
            full && failed(now) == 0
        }),
        step(RUSH, 29, |_, now| {
            !now.is_up("Email") && failed(now) > 0 && now.bad_calls("Shop", "Email") >= 2 * failed(now)
        }),
        step(RUSH, 36, |before, now| half_done(now) > half_done(before) && only_the_email_failed(now)),
    ],
    asked_at: 2,
    shown: Moment::at(RUSH, 36),
    came_true: [
        |_, after| half_done(after) > 0 && only_the_email_failed(after),
        |_, after| failed(after) == 0,
        |_, after| failed(after) > 0 && half_done(after) == 0,
    ],
};

pub(super) const IN_THE_MIDDLE: Setting = Setting {
    steps: &[
        step(MIDDLE, 6, |_, now| now.0.services().count() == 0 && now.sent("Shop") > 0 && now.records("orders") > 0),
        step(MIDDLE, 12, |_, now| {
            let all_there = now.logs("orders").iter().all(|log| log.start() == 0);
            now.processed("Payment") > 0 && now.processed("Email") > 0 && all_there
        }),
        step(MIDDLE, 24, |before, now| {
            let kept = now.stored_or_under_way() == now.sent("Shop") && now.undelivered("Shop") == 0;
            now.members("Email") == 0 && now.sent("Shop") > before.sent("Shop") && kept
        }),
        step(MIDDLE, 32, |before, now| {
            let waiting = now.behind("Email") > 20 && now.members("Email") == 1;
            waiting && now.behind("Payment") < 8 && now.processed("Payment") > before.processed("Payment")
        }),
        step(MIDDLE, 60, |_, now| {
            let once = now.passed("Email") == 0 && now.again("Email") == 0;
            once && now.behind("Email") < 8 && now.undelivered("Shop") == 0 && now.lost() == 0
        }),
    ],
    asked_at: 2,
    shown: Moment::at(MIDDLE, 60),
    came_true: [
        |before, after| {
            after.passed("Email") == 0 && after.behind("Email") < 8 && after.processed("Email") > before.sent("Shop")
        },
        |_, after| after.passed("Email") > 0,
        |_, after| after.stored_twice() > 0 || after.stored_or_under_way() > after.sent("Shop"),
    ],
};

pub(super) const CONSTRUCTION: Setting = Setting {
    steps: &[
        step(SITE, 4, |_, now| now.sent("Owner") > 0),
        step(SITE, 8, |_, now| {
            let each = ["Plumbing", "Electrical", "Walls"].into_iter().all(|list| now.records(list) > 0);
            now.0.topics().count() == 3 && each && each_job_is_on_its_list(now)
        }),
        step(SITE, 12, |_, now| {
            now.processed("Plumbers") > 0
                && ["Plumbers", "Electricians", "Masons"].into_iter().all(|crew| now.topics_of(crew) == 1)
                && now.with_key("Plumbing", "lamp").count() == 0
        }),
        step(SITE, 24, |before, now| {
            let came = before.group("Painters").is_none() && now.processed("Painters") > 0;
            came && now.sent("Owner") > before.sent("Owner") && now.topics_of("Painters") == 1
        }),
        step(SITE, 28, |_, now| {
            now.0.producers().count() == 1 && now.0.brokers().count() == 1 && now.processed("Masons") > 0
        }),
    ],
    asked_at: 2,
    shown: Moment::at(SITE, 28),
    came_true: [
        |_, after| after.processed("Painters") > 0 && after.stored_or_under_way() == after.sent("Owner"),
        |_, after| after.stored_or_under_way() > after.sent("Owner"),
        |_, after| after.processed("Painters") == 0,
    ],
};

fn each_job_is_on_its_list(facts: &Facts) -> bool {
    let jobs = [("Plumbing", ["sink", "boiler"]), ("Electrical", ["lamp", "socket"]), ("Walls", ["gate", "door"])];
    let lists = ["Plumbing", "Electrical", "Walls"];
    jobs.into_iter().all(|(own, jobs)| {
        let other = |list: &&str| *list != own;
        jobs.into_iter()
            .all(|job| lists.iter().filter(|list| other(list)).all(|list| facts.with_key(list, job).count() == 0))
    })
}

/// How often the shop called each of the others.
fn calls(facts: &Facts) -> Vec<u64> {
    facts.service("Shop").map_or_else(Vec::new, |shop| shop.calls.iter().map(|link| link.sent).collect())
}

fn done(facts: &Facts) -> u64 {
    facts.service("Shop").map_or(0, |shop| shop.succeeded)
}

fn failed(facts: &Facts) -> u64 {
    facts.service("Shop").map_or(0, |shop| shop.failed)
}

fn half_done(facts: &Facts) -> u64 {
    facts.service("Shop").map_or(0, |shop| shop.half_done)
}

/// All that failed was paid.
fn only_the_email_failed(facts: &Facts) -> bool {
    let before_it = ["Coupons", "Stock", "Payment"];
    half_done(facts) == failed(facts) && before_it.into_iter().all(|step| facts.bad_calls("Shop", step) == 0)
}
