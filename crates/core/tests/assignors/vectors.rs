//! Every golden vector. None of them comes from our code: `cargo xtask conformance` has Kafka write them.

use kafka_lanes_core::assignor::{Partition, Shares, decide_group, target_group};
use kafka_lanes_core::spec::{Assignor, ServerAssignor};

use crate::case::{Case, Pools, read};

/// Checks a whole file; says how many cases differ, and shows the first.
fn check(name: &str, run: impl Fn(&Pools, &Case) -> (Vec<Vec<Partition>>, Vec<Partition>)) {
    let (pools, cases) = read(name);
    let mut different = Vec::new();
    for (index, case) in cases.iter().enumerate() {
        let (mut shares, mut withheld) = run(&pools, case);
        shares.iter_mut().for_each(|share| share.sort_unstable());
        withheld.sort_unstable();
        if shares != case.expected() || withheld != case.withheld() {
            different.push((index + 2, shares, withheld));
        }
    }
    if let Some((line, shares, withheld)) = different.first() {
        let expected = cases[line - 2].expected();
        panic!(
            "assign-{name}.jsonl: {} of {} cases differ, the first in line {line}:\n  Kafka {expected:?}\n  ours  {shares:?}\n  withheld {withheld:?}",
            different.len(),
            cases.len()
        );
    }
}

fn client(assignor: Assignor, pools: &Pools, case: &Case) -> (Vec<Vec<Partition>>, Vec<Partition>) {
    case.with_group(pools, |group| (vectors(&decide_group(assignor, group).assigned), Vec::new()))
}

fn broker(assignor: ServerAssignor, pools: &Pools, case: &Case) -> (Vec<Vec<Partition>>, Vec<Partition>) {
    case.with_group(pools, |group| (vectors(&target_group(assignor, group)), Vec::new()))
}

#[test]
fn range() {
    check("range", |pools, case| client(Assignor::Range, pools, case));
}

#[test]
fn range_with_racks() {
    check("range-racks", |pools, case| client(Assignor::Range, pools, case));
}

#[test]
fn round_robin() {
    check("roundrobin", |pools, case| client(Assignor::RoundRobin, pools, case));
}

/// Both sticky assignors, for the cooperative one gives the same less what it withholds.
fn both_sticky(pools: &Pools, case: &Case) -> (Vec<Vec<Partition>>, Vec<Partition>) {
    case.with_group(pools, |group| {
        let eager = vectors(&decide_group(Assignor::Sticky, group).assigned);
        let cooperative = decide_group(Assignor::CooperativeSticky, group);
        let mut all = vectors(&cooperative.assigned);
        for withheld in &cooperative.withheld {
            all[withheld.to as usize].push(withheld.partition);
        }
        all.iter_mut().for_each(|share| share.sort_unstable());
        let sorted = |mut shares: Vec<Vec<Partition>>| {
            shares.iter_mut().for_each(|share| share.sort_unstable());
            shares
        };
        assert_eq!(all, sorted(eager));
        (all, cooperative.withheld.iter().map(|withheld| withheld.partition).collect())
    })
}

#[test]
fn sticky_and_cooperative_sticky() {
    check("sticky", both_sticky);
}

#[test]
fn sticky_and_cooperative_sticky_with_racks() {
    check("sticky-racks", both_sticky);
}

#[test]
fn uniform() {
    check("uniform", |pools, case| broker(ServerAssignor::Uniform, pools, case));
}

#[test]
fn server_range() {
    check("server-range", |pools, case| broker(ServerAssignor::Range, pools, case));
}

fn vectors(shares: &Shares) -> Vec<Vec<Partition>> {
    shares.iter().map(<[Partition]>::to_vec).collect()
}
