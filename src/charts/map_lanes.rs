//! Lines that run along the same lane, laid side by side as wide as each is, like the tracks of a railway, so that none hides another.

use std::collections::BTreeMap;

/// The space between two lines of a lane.
const GAP: f64 = 1.2;

/// A path turned round, where need be, to run from its northern to its southern end: lines of one lane then agree on which side is which.
pub(super) fn southward(mut path: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    if path.first().zip(path.last()).is_some_and(|((_, first), (_, last))| first < last) {
        path.reverse();
    }
    path
}

/// Paths (degrees east and north) on the page, each moved aside on the legs that it shares with others. The further west a path runs as a whole, the further
/// it lies to the right of its way south. Ends stay where they are. `at` places a point on the page.
pub(super) fn side_by_side(paths: &[Vec<(f64, f64)>], widths: &[f64], at: impl Fn((f64, f64)) -> (f64, f64)) -> Vec<Vec<(f64, f64)>> {
    let west = |i: &usize| paths[*i].iter().map(|(lon, _)| lon).sum::<f64>() / paths[*i].len() as f64;
    let mut order: Vec<usize> = (0..paths.len()).collect();
    order.sort_by(|a, b| west(b).total_cmp(&west(a)));

    // Who runs along each leg, and which way its first user does.
    let mut legs: BTreeMap<[Key; 2], (Key, Vec<usize>)> = BTreeMap::new();
    for i in order {
        for leg in paths[i].windows(2) {
            let (_, users) = legs.entry(leg_key(leg)).or_insert_with(|| (key(leg[0]), Vec::new()));
            if users.last() != Some(&i) {
                users.push(i);
            }
        }
    }
    let room = |i: &usize| widths[*i] + GAP;
    let shift = |i: usize, leg: &[(f64, f64)]| {
        let Some((start, users)) = legs.get(&leg_key(leg)) else { return (0.0, 0.0) };
        let before: f64 = users.iter().take_while(|user| **user != i).map(room).sum();
        let aside = before + room(&i) / 2.0 - users.iter().map(room).sum::<f64>() / 2.0;
        let (a, b) = if key(leg[0]) == *start { (at(leg[0]), at(leg[1])) } else { (at(leg[1]), at(leg[0])) };
        let long = (b.0 - a.0).hypot(b.1 - a.1);
        // To the right of the way from a to b, on a page whose y runs down.
        if long > 0.0 { (-(b.1 - a.1) / long * aside, (b.0 - a.0) / long * aside) } else { (0.0, 0.0) }
    };
    let lay = |(i, path): (usize, &Vec<(f64, f64)>)| {
        let shifts: Vec<(f64, f64)> = path.windows(2).map(|leg| shift(i, leg)).collect();
        let moved = |(k, point): (usize, &(f64, f64))| {
            let (x, y) = at(*point);
            match (k.checked_sub(1).and_then(|before| shifts.get(before)), shifts.get(k)) {
                (Some(before), Some(after)) => (x + (before.0 + after.0) / 2.0, y + (before.1 + after.1) / 2.0),
                _ => (x, y),
            }
        };
        path.iter().enumerate().map(moved).collect()
    };
    paths.iter().enumerate().map(lay).collect()
}

/// A point as whole ten-thousandths of a degree, by which legs are told to be the same.
type Key = (i64, i64);

fn key((lon, lat): (f64, f64)) -> Key {
    ((lon * 1e4).round() as i64, (lat * 1e4).round() as i64)
}

fn leg_key(leg: &[(f64, f64)]) -> [Key; 2] {
    let (a, b) = (key(leg[0]), key(leg[1]));
    if a <= b { [a, b] } else { [b, a] }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LANE: [(f64, f64); 4] = [(0.0, 30.0), (0.0, 20.0), (0.0, 10.0), (0.0, 0.0)];

    #[test]
    fn lines_of_a_lane_lie_side_by_side_whichever_way_they_run() {
        let east = [&LANE[..3], &[(9.0, 5.0)]].concat();
        let back: Vec<(f64, f64)> = east.iter().rev().copied().collect();
        for second in [southward(east), southward(back)] {
            let laid = side_by_side(&[LANE.to_vec(), second], &[4.0, 2.0], |(lon, lat)| (lon, -lat));
            // Together 4 + 2 and a gap each: the western line is centred 1.6 to the left, the eastern 2.6 to the right.
            assert!((laid[0][1].0 + 1.6).abs() < 1e-9 && (laid[1][1].0 - 2.6).abs() < 1e-9, "{laid:?}");
            assert_eq!((laid[0][0], laid[0][3], laid[1][0]), ((0.0, -30.0), (0.0, 0.0), (0.0, -30.0)));
        }
    }

    #[test]
    fn a_line_alone_stays_on_its_way() {
        assert_eq!(side_by_side(&[LANE.to_vec()], &[9.0], |point| point), [LANE.to_vec()]);
        assert!(side_by_side(&[vec![]], &[1.0], |point| point)[0].is_empty());
    }
}
