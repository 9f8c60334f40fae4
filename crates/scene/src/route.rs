//! Arrows from lanes to members: which track each takes in the gutter, and the path it makes.

use kafka_lanes_core::sorted::{SortedSet, sort_by};
use kafka_lanes_core::{GroupId, MemberId, TopicId};

use crate::path::{Pen, Polyline};

/// An arrow from a lane to the member that reads it, or a ribbon from a lane or topic to a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// The group.
    pub group: GroupId,
    /// The topic.
    pub topic: TopicId,
    /// The lane; none where the topic is folded and its lanes share a ribbon.
    pub partition: Option<u32>,
    /// The member at its end; none where it ends at the group.
    pub member: Option<MemberId>,
    /// The path as SVG's `d`.
    pub d: String,
    /// The part of the path under which others are blotted out, so that crossings read as over and under.
    pub halo: String,
    /// The path that records travel.
    pub line: Polyline,
    /// Where it leaves its lane.
    pub port: (f64, f64),
    /// Its width in px, where it is a ribbon.
    pub ribbon: Option<f64>,
}

/// An edge to be laid out: across the gutter from `from` to `to`, both along it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Edge {
    /// Its bundle: one a group.
    pub(crate) zone: usize,
    pub(crate) from: f64,
    pub(crate) to: f64,
}

/// Distances between tracks, px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Spacing {
    pub(crate) inside: f64,
    pub(crate) between: f64,
}

impl Spacing {
    /// How much room the tracks of these edges take.
    pub(crate) fn span(self, edges: &[Edge]) -> f64 {
        if edges.is_empty() {
            return 0.0;
        }
        let zones: SortedSet<usize> = edges.iter().map(|edge| edge.zone).collect();
        (edges.len() - zones.len()) as f64 * self.inside + (zones.len() - 1) as f64 * self.between
    }
}

/// The place of each edge's riser, from 0 to the span, so that few cross: within a zone all orders are
/// tried up to four edges; of the zones all permutations up to five.
pub(crate) fn tracks(edges: &[Edge], spacing: Spacing) -> Vec<f64> {
    let zones: SortedSet<usize> = edges.iter().map(|edge| edge.zone).collect();
    let bundles: Vec<Vec<usize>> = zones
        .iter()
        .map(|zone| order_in_zone(edges, (0..edges.len()).filter(|i| edges[*i].zone == *zone).collect()))
        .collect();
    let order = order_of_zones(edges, &bundles);
    let mut place = vec![0.0; edges.len()];
    let mut at = 0.0;
    for (n, bundle) in order.iter().map(|zone| &bundles[*zone]).enumerate() {
        if n > 0 {
            at += spacing.between - spacing.inside;
        }
        for edge in bundle {
            place[*edge] = at;
            at += spacing.inside;
        }
    }
    place
}

fn order_in_zone(edges: &[Edge], mut members: Vec<usize>) -> Vec<usize> {
    if members.len() <= 4 {
        let mut best = (usize::MAX, members.clone());
        permute(&mut members, 0, &mut |order| {
            let crossings = crossings_in(edges, order);
            if crossings < best.0 {
                best = (crossings, order.to_vec());
            }
        });
        return best.1;
    }
    // Downward edges first, the lower source further left; then upward ones, the higher source further left.
    sort_by(&mut members, |a, b| {
        let (a, b) = (&edges[*a], &edges[*b]);
        let (a_up, b_up) = (a.to < a.from, b.to < b.from);
        a_up.cmp(&b_up).then(if a_up { a.from.total_cmp(&b.from) } else { b.from.total_cmp(&a.from) })
    });
    members
}

fn order_of_zones(edges: &[Edge], bundles: &[Vec<usize>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..bundles.len()).collect();
    if bundles.len() > 5 {
        let mean = |zone: &usize| {
            let bundle = &bundles[*zone];
            bundle.iter().map(|i| edges[*i].to).sum::<f64>() / bundle.len().max(1) as f64
        };
        sort_by(&mut order, |a, b| mean(a).total_cmp(&mean(b)));
        return order;
    }
    let mut best = (usize::MAX, order.clone());
    permute(&mut order, 0, &mut |order| {
        let flat: Vec<usize> = order.iter().flat_map(|zone| bundles[*zone].iter().copied()).collect();
        let crossings = crossings_in(edges, &flat);
        if crossings < best.0 {
            best = (crossings, order.to_vec());
        }
    });
    best.1
}

/// Crossings of edges whose risers stand in this order, left to right.
fn crossings_in(edges: &[Edge], order: &[usize]) -> usize {
    let mut count = 0;
    for (i, a) in order.iter().enumerate() {
        for b in &order[i + 1..] {
            let (a, b) = (&edges[*a], &edges[*b]);
            let within = |y: f64, edge: &Edge| y > edge.from.min(edge.to) && y < edge.from.max(edge.to);
            count += usize::from(within(b.from, a)) + usize::from(within(a.to, b));
        }
    }
    count
}

fn permute(items: &mut Vec<usize>, from: usize, visit: &mut impl FnMut(&[usize])) {
    if from + 1 >= items.len() {
        visit(items);
        return;
    }
    for i in from..items.len() {
        // Rotating keeps the untouched order first, so that a tie keeps it.
        items[from..=i].rotate_right(1);
        permute(items, from + 1, visit);
        items[from..=i].rotate_left(1);
    }
}

/// An arrow to the right: out of the port, up or down its riser, into the door.
pub(crate) fn arrow(port: (f64, f64), riser: f64, door: (f64, f64)) -> (String, Polyline) {
    Pen::at(port.0, port.1).through(&[(riser, port.1), (riser, door.1), (door.0 - 2.0, door.1)], 11.0).finish()
}

/// A ribbon to the right: one smooth curve.
pub(crate) fn ribbon(port: (f64, f64), edge: f64, door: (f64, f64)) -> (String, Polyline) {
    let bend = (door.0 - edge) * 0.5;
    Pen::at(port.0, port.1).line(edge, port.1).cubic((edge + bend, port.1), (door.0 - bend, door.1), door).finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPACING: Spacing = Spacing { inside: 8.0, between: 18.0 };

    fn edges(pairs: &[(usize, f64, f64)]) -> Vec<Edge> {
        pairs.iter().map(|(zone, from, to)| Edge { zone: *zone, from: *from, to: *to }).collect()
    }

    #[test]
    fn parallel_edges_do_not_cross() {
        let edges = edges(&[(0, 10.0, 110.0), (0, 20.0, 120.0), (0, 30.0, 130.0)]);
        let tracks = tracks(&edges, SPACING);
        assert!(tracks[0] > tracks[1] && tracks[1] > tracks[2], "{tracks:?}");
        assert_eq!(SPACING.span(&edges), 16.0);
    }

    #[test]
    fn the_article_s_world_has_as_few_crossings_as_the_worked_out_picture() {
        // Ports and doors of the mock, px.
        let edges = edges(&[
            (0, 254.0, 182.6),
            (0, 414.0, 233.7),
            (0, 574.0, 284.9),
            (1, 274.0, 384.0),
            (1, 594.0, 404.0),
            (1, 434.0, 445.1),
            (2, 294.0, 544.3),
            (2, 614.0, 564.3),
            (2, 454.0, 605.4),
        ]);
        let tracks = tracks(&edges, SPACING);
        let mut order: Vec<usize> = (0..edges.len()).collect();
        order.sort_by(|a, b| tracks[*a].total_cmp(&tracks[*b]));
        assert!(crossings_in(&edges, &order) <= 13);
        assert_eq!(SPACING.span(&edges), 84.0);
    }

    #[test]
    fn many_zones_take_no_time() {
        let edges: Vec<Edge> =
            (0..200).map(|i| Edge { zone: i % 32, from: i as f64, to: (i * 7 % 200) as f64 }).collect();
        let tracks = tracks(&edges, SPACING);
        let mut sorted = tracks.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.dedup();
        assert_eq!(sorted.len(), edges.len());
    }
}
