//! One input's or outcome's draws, prepared once for all comparisons with others: ranks, classes, standardised values, ordered by randomisation.
//!
//! Hundreds of inputs meet a hundred outcomes. What needs a sort is done once a column here, and what is left for each pair is a few sums in one pass.

use super::super::ordered::order;
use super::ranks::{class, ranks, ranks_among};
use super::screen::fourth_power;
use crate::numerics::Running;
use crate::uncertainty::REPLICATES;
use std::ops::Range;
use std::sync::OnceLock;

/// Most classes that an input's draws are sorted into for a share of variance.
const MOST_CLASSES: usize = 16;

/// Most classes of an input, and of an outcome, for a density.
pub(super) const MOST_COARSE: usize = 16;

/// The order of draws by randomisation, common to all columns of a run.
#[derive(Debug, Clone)]
pub struct Dealt {
    order: Vec<usize>,
    ends: [usize; REPLICATES],
}

/// An input's draws.
#[derive(Debug, Clone)]
pub struct Input {
    /// Its values, by randomisation.
    values: Vec<f64>,
    pub(super) ends: [usize; REPLICATES],
    /// Standardised ranks over all draws.
    pub(super) whole: Vec<f64>,
    /// Σ of their fourth powers.
    pub(super) fourth: f64,
    measured: OnceLock<Measured>,
}

/// What only those inputs need that a first look lets through, and what several outcomes then share.
#[derive(Debug, Clone)]
pub(super) struct Measured {
    /// Standardised ranks within each randomisation.
    pub within: Vec<f64>,
    /// Equally frequent classes, for a share of variance.
    pub classes: usize,
    /// By draw: randomisation · classes + class.
    pub cell: Vec<u16>,
    /// By such a cell: its draws, and the sum and the squares of their places.
    pub of_cell: Vec<[f64; 3]>,
    /// By draw: its value within its class, with mean 0 there and squares summing to 1; all 0 where nothing varies.
    pub place: Vec<f64>,
    /// By draw: class among the fewer that a density can afford.
    pub coarse: Vec<u8>,
    /// The draws of the lowest tenth, and of the highest, in their order.
    pub tenths: [Vec<u32>; 2],
    /// The input's own mean there.
    pub tenth_means: [f64; 2],
}

/// An outcome's draws.
#[derive(Debug, Clone)]
pub struct Outcome {
    pub(super) ranks: Ranks,
    /// Mean 0, squares summing to 1; all 0 where it does not vary.
    pub(super) standard: Vec<f64>,
    /// What one unit of `standard` is, and its zero.
    pub(super) unit: f64,
    pub(super) mean: f64,
    pub(super) coarse: Vec<u8>,
    /// By randomisation, the squares of `standard`.
    pub(super) squares: [f64; REPLICATES],
}

/// Standardised ranks: mean 0, squares summing to 1; all 0 where nothing varies.
#[derive(Debug, Clone)]
pub(super) struct Ranks {
    pub whole: Vec<f64>,
    /// Within each randomisation.
    pub within: Vec<f64>,
    pub ends: [usize; REPLICATES],
}

impl Dealt {
    /// `replicate` says to which randomisation each draw belongs; draws without a solution are left out of this and of every column.
    ///
    /// # Panics
    /// Where one is not below [`REPLICATES`].
    pub fn new(replicate: &[u8]) -> Dealt {
        let mut ends = [0; REPLICATES];
        for replicate in replicate {
            ends[usize::from(*replicate)] += 1;
        }
        for r in 1..REPLICATES {
            ends[r] += ends[r - 1];
        }
        let mut order: Vec<usize> = (0..replicate.len()).collect();
        order.sort_by_key(|draw| replicate[*draw]);
        Dealt { order, ends }
    }

    /// An input's values, one a draw.
    ///
    /// # Panics
    /// Where there are fewer values than draws.
    pub fn input(&self, values: &[f64]) -> Input {
        let values: Vec<f64> = self.order.iter().map(|draw| values[*draw]).collect();
        let mut whole = ranks(&values);
        standardise_ranks(&mut whole);
        Input { fourth: fourth_power(&whole), values, ends: self.ends, whole, measured: OnceLock::new() }
    }

    /// An outcome's values, one a draw.
    ///
    /// # Panics
    /// Where there are fewer values than draws.
    pub fn outcome(&self, values: &[f64]) -> Outcome {
        let values: Vec<f64> = self.order.iter().map(|draw| values[*draw]).collect();
        let rising = order(&values);
        let mut all = vec![0.0; values.len()];
        ranks_among(&values, &rising, &mut all);
        let within = within(&values, &rising, &self.ends);
        let coarse = coarse(&all);
        standardise_ranks(&mut all);
        let Running { mean, .. } = Running::of(&values);
        let mut standard = values;
        let unit = standardise(&mut standard);
        let mut squares = [0.0; REPLICATES];
        for (squares, range) in squares.iter_mut().zip(ranges(&self.ends)) {
            *squares = standard[range].iter().map(|y| y * y).sum();
        }
        Outcome { coarse, ranks: Ranks { whole: all, within, ends: self.ends }, standard, unit, mean, squares }
    }
}

impl Input {
    /// Whether not all draws are equal.
    pub(super) fn varies(&self) -> bool {
        vary(&self.whole)
    }

    /// What goes beyond a first look; computed when it is first asked for.
    pub(super) fn measured(&self) -> &Measured {
        self.measured.get_or_init(|| Measured::new(&self.values, &self.ends))
    }
}

impl Measured {
    fn new(values: &[f64], ends: &[usize; REPLICATES]) -> Measured {
        let n = values.len();
        let rising = order(values);
        let mut all = vec![0.0; n];
        ranks_among(values, &rising, &mut all);
        let classes = (n.isqrt() / 2).clamp(2, MOST_CLASSES);
        let mut members = vec![Vec::with_capacity(n / classes + 1); classes];
        let class_of = |draw: usize| class(all[draw], n, classes);
        (0..n).for_each(|draw| members[class_of(draw)].push(draw));
        let mut place = vec![0.0; n];
        for members in members {
            let mut own: Vec<f64> = members.iter().map(|draw| values[*draw]).collect();
            standardise(&mut own);
            for (draw, own) in members.into_iter().zip(own) {
                place[draw] = own;
            }
        }
        let mut of_cell = vec![[0.0; 3]; REPLICATES * classes];
        let mut cell = Vec::with_capacity(n);
        for (replicate, range) in ranges(ends).enumerate() {
            for draw in range {
                let (at, x) = (replicate * classes + class_of(draw), place[draw]);
                cell.push(at as u16);
                let [count, sum, squares] = &mut of_cell[at];
                *count += 1.0;
                *sum += x;
                *squares += x * x;
            }
        }
        let tenths = tenths(&all, &rising);
        let mean_of = |tenth: &Vec<u32>| {
            let own: Vec<f64> = tenth.iter().map(|draw| values[*draw as usize]).collect();
            if own.is_empty() { f64::NAN } else { Running::of(&own).mean }
        };
        let tenth_means = [mean_of(&tenths[0]), mean_of(&tenths[1])];
        Measured { within: within(values, &rising, ends), classes, cell, of_cell, place, coarse: coarse(&all), tenths, tenth_means }
    }
}

impl Ranks {
    /// Whether not all draws are equal.
    pub fn vary(&self) -> bool {
        vary(&self.whole)
    }
}

fn vary(standardised: &[f64]) -> bool {
    standardised.iter().any(|rank| *rank != 0.0)
}

/// Standardised ranks within each randomisation, of values that rise in this order.
fn within(values: &[f64], rising: &[u32], ends: &[usize; REPLICATES]) -> Vec<f64> {
    let mut replicate = vec![0u8; values.len()];
    let mut next = [0; REPLICATES];
    for (r, range) in ranges(ends).enumerate() {
        next[r] = range.start;
        replicate[range].fill(r as u8);
    }
    // What rises over all draws rises in each randomisation: it is dealt out, not sorted again.
    let mut own = vec![0; values.len()];
    for draw in rising {
        let next = &mut next[usize::from(replicate[*draw as usize])];
        own[*next] = *draw;
        *next += 1;
    }
    let mut within = vec![0.0; values.len()];
    for range in ranges(ends) {
        ranks_among(values, &own[range.clone()], &mut within);
        standardise_ranks(&mut within[range]);
    }
    within
}

impl Outcome {
    /// Whether all draws are the same, to roundings.
    pub(super) fn is_constant(&self) -> bool {
        self.unit == 0.0
    }
}

/// Where the draws of each randomisation stand.
pub(super) fn ranges(ends: &[usize; REPLICATES]) -> impl Iterator<Item = Range<usize>> {
    (0..REPLICATES).map(|r| if r == 0 { 0..ends[0] } else { ends[r - 1]..ends[r] })
}

/// How many classes an input and an outcome have each for a density: enough draws in each pair of classes to know their share.
pub(super) fn coarse_classes(n: usize) -> usize {
    (n.isqrt() / 6).clamp(4, MOST_COARSE)
}

fn coarse(ranks: &[f64]) -> Vec<u8> {
    let n = ranks.len();
    ranks.iter().map(|rank| class(*rank, n, coarse_classes(n)) as u8).collect()
}

/// The lowest and the highest ⌈n/10⌉ draws, and all that are equal to one of them, each in the order of the draws.
fn tenths(ranks: &[f64], rising: &[u32]) -> [Vec<u32>; 2] {
    let count = ranks.len().div_ceil(10);
    if count == 0 {
        return [vec![], vec![]];
    }
    let (lowest, highest) = (ranks[rising[count - 1] as usize], ranks[rising[ranks.len() - count] as usize]);
    let draws = |within: &dyn Fn(f64) -> bool| (0..ranks.len() as u32).filter(|draw| within(ranks[*draw as usize])).collect();
    [draws(&|rank| rank <= lowest), draws(&|rank| rank >= highest)]
}

/// As [`standardise`], of ranks. Theirs are multiples of a half, so that sums of them and of their squares have no roundings (up to 300,000 draws) and may run eight
/// side by side.
fn standardise_ranks(ranks: &mut [f64]) {
    let mean = 0.5 * (ranks.len() + 1) as f64;
    let squares = sum(ranks, |rank| (rank - mean) * (rank - mean));
    let unit = squares.sqrt();
    for rank in ranks {
        *rank = if unit == 0.0 { 0.0 } else { (*rank - mean) / unit };
    }
}

/// Σ f(x) in eight sums side by side.
fn sum(x: &[f64], f: impl Fn(f64) -> f64) -> f64 {
    let chunks = x.chunks_exact(8);
    let rest: f64 = chunks.remainder().iter().map(|x| f(*x)).sum();
    let mut sums = [0.0; 8];
    for chunk in chunks {
        for lane in 0..8 {
            sums[lane] += f(chunk[lane]);
        }
    }
    sums.iter().sum::<f64>() + rest
}

/// To mean 0 and squares that sum to 1; gives the factor taken out. A spread of roundings is none.
fn standardise(values: &mut [f64]) -> f64 {
    let Running { mean, squares, .. } = Running::of(values);
    let size = values.iter().fold(0.0f64, |size, value| size.max(value.abs()));
    let mut unit = squares.sqrt();
    if unit <= 1e-12 * size * (values.len() as f64).sqrt() {
        unit = 0.0;
    }
    for value in values {
        *value = if unit == 0.0 { 0.0 } else { (*value - mean) / unit };
    }
    unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_ordered_by_randomisation() {
        let replicate: Vec<u8> = (0..40).map(|k| k % 16).collect();
        let dealt = Dealt::new(&replicate);
        assert_eq!((dealt.order[0], dealt.order[1], dealt.order[2], dealt.order[3], dealt.ends[0], dealt.ends[15]), (0, 16, 32, 1, 3, 40));
        let input = dealt.input(&(0..40).map(f64::from).collect::<Vec<_>>());
        // Draws 0 … 3 and 36 … 39.
        assert_eq!(input.measured().tenth_means, [1.5, 37.5]);
        assert_eq!((input.measured().classes, input.measured().of_cell.iter().map(|cell| cell[0]).sum::<f64>()), (3, 40.0));
        let outcome = dealt.outcome(&(0..40).map(|k| 5.0 + f64::from(k)).collect::<Vec<_>>());
        assert!((outcome.standard[1] * outcome.unit + outcome.mean - 21.0).abs() < 1e-12);
        assert!(dealt.outcome(&[0.3; 40]).is_constant() && !outcome.is_constant());
        assert!(Dealt::new(&[]).input(&[]).measured().cell.is_empty() && Dealt::new(&[]).outcome(&[]).is_constant());
    }

    #[test]
    fn equal_values_stay_together_in_a_tenth() {
        let values: Vec<f64> = (0..100).map(|k| if k < 30 { 0.0 } else { 1.0 }).collect();
        let [lowest, highest] = tenths(&ranks(&values), &order(&values));
        assert_eq!((lowest, highest), ((0..30).collect(), (30..100).collect()));
    }
}
