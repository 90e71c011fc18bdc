//! Correlation matrices: whether one can exist, its triangular root, and the nearest that can.

use nalgebra::{DMatrix, Dyn, SymmetricEigen};

/// A pivot or an eigenvalue this far from zero counts as zero.
const TINY: f64 = 1e-10;
/// A repaired matrix has no eigenvalue below this: a hair inside what can exist.
const INSIDE: f64 = 1e-9;

/// Symmetric, with ones on the diagonal; row-major.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Correlations {
    size: usize,
    entries: Vec<f64>,
}

impl Correlations {
    /// No correlations.
    pub fn none(size: usize) -> Correlations {
        let entries = (0..size * size).map(|at| if at / size == at % size { 1.0 } else { 0.0 }).collect();
        Correlations { size, entries }
    }

    pub fn size(&self) -> usize {
        self.size
    }

    pub fn at(&self, i: usize, j: usize) -> f64 {
        self.entries[i * self.size + j]
    }

    pub fn set(&mut self, i: usize, j: usize, correlation: f64) {
        self.entries[i * self.size + j] = correlation;
        self.entries[j * self.size + i] = correlation;
    }

    /// Of these numbers alone.
    pub fn among(&self, numbers: &[usize]) -> Correlations {
        let entries = numbers.iter().flat_map(|&i| numbers.iter().map(move |&j| self.at(i, j))).collect();
        Correlations { size: numbers.len(), entries }
    }

    /// L with L Lᵀ = this, row by row up to the diagonal, each row of length one; none if this is not positive semidefinite. Numbers that others determine have a
    /// zero on the diagonal.
    pub fn root(&self) -> Option<Vec<Vec<f64>>> {
        let mut rows: Vec<Vec<f64>> = Vec::with_capacity(self.size);
        for i in 0..self.size {
            let mut row: Vec<f64> = Vec::with_capacity(i + 1);
            for (j, earlier) in rows.iter().enumerate() {
                let left = self.at(i, j) - dot(&row, earlier);
                let pivot = earlier[j];
                if pivot > 0.0 {
                    row.push(left / pivot);
                } else if left.abs() <= 2.0 * TINY.sqrt() {
                    row.push(0.0);
                } else {
                    return None;
                }
            }
            let left = 1.0 - dot(&row, &row);
            if left < -TINY {
                return None;
            }
            row.push(if left > TINY { left.sqrt() } else { 0.0 });
            let length = dot(&row, &row).sqrt();
            row.iter_mut().for_each(|entry| *entry /= length);
            rows.push(row);
        }
        Some(rows)
    }

    /// Numbers that cannot be correlated like this, and could if any one of them were left out; empty if this can exist.
    pub fn culprits(&self) -> Vec<usize> {
        let impossible = |numbers: &[usize]| self.among(numbers).root().is_none();
        // The shortest beginning that is impossible holds some already.
        let all: Vec<usize> = (0..self.size).collect();
        let (mut possible, mut beyond) = (0, self.size + 1);
        while beyond - possible > 1 {
            let middle = possible + (beyond - possible) / 2;
            if impossible(&all[..middle]) { beyond = middle } else { possible = middle }
        }
        if beyond > self.size {
            return Vec::new();
        }
        let mut culprits = all[..beyond].to_vec();
        for number in 0..culprits.len() {
            let others: Vec<usize> = culprits.iter().copied().filter(|other| *other != number).collect();
            if impossible(&others) {
                culprits = others;
            }
        }
        culprits
    }

    pub fn least_eigenvalue(&self) -> f64 {
        self.to_nalgebra().symmetric_eigenvalues().min()
    }

    /// The nearest correlation matrix in the Frobenius norm (Higham 2002), drawn a hair inside.
    ///
    /// It is the positive part X of A + diag(y), for the y at which X has ones on its diagonal. Higham's alternating projections with Dykstra's correction are the steps
    /// y ← y − (diag X − 1) (Malick 2004); with Nesterov's momentum (1983), begun anew when it leads uphill (O'Donoghue & Candès 2015), a few dozen do.
    pub fn nearest(&self) -> Correlations {
        const STEPS: usize = 2000;
        const CLOSE: f64 = 1e-8;
        let asked = self.to_nalgebra();
        let shifted = |y: &[f64]| {
            let mut shifted = asked.clone();
            for (i, y) in y.iter().enumerate() {
                shifted[(i, i)] += y;
            }
            SymmetricEigen::new(shifted)
        };
        let (mut y, mut ahead, mut momentum) = (vec![0.0; self.size], vec![0.0; self.size], 1.0f64);
        for _ in 0..STEPS {
            let eigen = shifted(&ahead);
            let excess: Vec<f64> = (0..self.size).map(|i| positive_part(&eigen, i, i) - 1.0).collect();
            let next: Vec<f64> = ahead.iter().zip(&excess).map(|(y, excess)| y - excess).collect();
            let uphill: f64 = excess.iter().zip(&next).zip(&y).map(|((excess, next), y)| excess * (next - y)).sum();
            let grown = if uphill > 0.0 { 1.0 } else { 0.5 * (1.0 + (1.0 + 4.0 * momentum * momentum).sqrt()) };
            let carry = if uphill > 0.0 { 0.0 } else { (momentum - 1.0) / grown };
            ahead = next.iter().zip(&y).map(|(next, y)| next + carry * (next - y)).collect();
            (y, momentum) = (next, grown);
            if excess.iter().all(|excess| excess.abs() <= CLOSE) {
                break;
            }
        }
        let eigen = shifted(&y);
        let scales: Vec<f64> = (0..self.size).map(|i| positive_part(&eigen, i, i).sqrt()).collect();
        let mut nearest = Correlations::none(self.size);
        for i in 0..self.size {
            for j in 0..i {
                nearest.set(i, j, positive_part(&eigen, i, j) / (scales[i] * scales[j]));
            }
        }
        let least = nearest.least_eigenvalue();
        let drawn_in = ((INSIDE - least) / (1.0 - least)).max(0.0);
        for (at, entry) in nearest.entries.iter_mut().enumerate() {
            if at / self.size != at % self.size {
                *entry *= 1.0 - drawn_in;
            }
        }
        nearest
    }

    /// The Frobenius norm of the difference.
    pub fn distance(&self, other: &Correlations) -> f64 {
        self.entries.iter().zip(&other.entries).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
    }

    fn to_nalgebra(&self) -> DMatrix<f64> {
        DMatrix::from_row_slice(self.size, self.size, &self.entries)
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// An entry of Σ max(λ, 0) q qᵀ. Written out, since a library's product of matrices has other bits on other machines.
fn positive_part(eigen: &SymmetricEigen<f64, Dyn>, i: usize, j: usize) -> f64 {
    let vectors = eigen.eigenvectors.row(i).into_iter().zip(eigen.eigenvectors.row(j));
    eigen.eigenvalues.iter().zip(vectors).map(|(value, (a, b))| value.max(0.0) * a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(size: usize, pairs: &[(usize, usize, f64)]) -> Correlations {
        let mut matrix = Correlations::none(size);
        for &(i, j, r) in pairs {
            matrix.set(i, j, r);
        }
        matrix
    }

    #[test]
    fn the_root_gives_the_matrix_back_also_where_numbers_determine_each_other() {
        // The third is √½ of each of the first two; the fourth is the second with its sign turned.
        let half = 0.5f64.sqrt();
        let matrix = of(4, &[(2, 0, half), (2, 1, half), (3, 1, -1.0), (3, 2, -half)]);
        let root = matrix.root().unwrap();
        for i in 0..4 {
            for j in 0..4 {
                assert!((dot(&root[i], &root[j]) - matrix.at(i, j)).abs() < 1e-9, "{i} {j}");
            }
        }
        assert_eq!((root[2][2], &root[3]), (0.0, &vec![0.0, -1.0, 0.0, 0.0]));
        assert!(matrix.culprits().is_empty());
    }

    #[test]
    fn culprits_are_few_and_each_is_one() {
        let mut matrix = of(7, &[(1, 3, 0.9), (3, 5, 0.9), (1, 5, -0.9), (0, 2, 0.5), (2, 4, 0.5), (6, 0, 0.3)]);
        assert!(matrix.root().is_none());
        assert_eq!(matrix.culprits(), [1, 3, 5]);
        assert!((matrix.among(&[1, 3, 5]).least_eigenvalue() + 0.8).abs() < 1e-14);
        matrix.set(1, 5, 0.9);
        assert!(matrix.root().is_some());
        // Numbers that are the same must have the same correlations with a third.
        assert_eq!(of(3, &[(0, 1, 1.0), (1, 2, 1.0)]).culprits(), [0, 1, 2]);
    }

    #[test]
    fn the_nearest_are_highams() {
        // Higham (2002), section 4.
        let near = of(3, &[(0, 1, 1.0), (1, 2, 1.0)]).nearest();
        assert!((near.at(0, 1) - 0.7607).abs() < 5e-5 && (near.at(0, 2) - 0.1573).abs() < 5e-5 && (near.at(1, 2) - 0.7607).abs() < 5e-5);
        assert!((near.distance(&of(3, &[(0, 1, 1.0), (1, 2, 1.0)])) - 0.5278).abs() < 5e-5);
        // A matrix that can exist is its own nearest.
        let fine = of(3, &[(0, 1, 0.5), (1, 2, 0.2)]);
        assert!(fine.nearest().distance(&fine) < 1e-8);
    }

    #[test]
    fn the_nearest_can_exist_and_nothing_on_the_way_back_is_nearer() {
        let asked = of(4, &[(0, 1, -0.9), (1, 2, -0.9), (2, 3, -0.9), (0, 3, 0.9), (0, 2, -0.9)]);
        let near = asked.nearest();
        assert!(near.root().is_some() && near.least_eigenvalue() > 0.5 * INSIDE);
        let distance = near.distance(&asked);
        // Towards any other correlation matrix the distance grows: the condition of a projection onto a convex set.
        for other in
            [of(4, &[]), of(4, &[(0, 1, -0.5), (2, 3, -0.5)]), of(4, &[(0, 3, 1.0)]), of(4, &[(0, 1, -0.7), (1, 2, 0.2), (0, 3, 0.4)])]
        {
            assert!(other.root().is_some());
            let mut towards = near.clone();
            for (entry, to) in towards.entries.iter_mut().zip(&other.entries) {
                *entry += 0.01 * (to - *entry);
            }
            assert!(towards.distance(&asked) > distance - 1e-7);
        }
    }
}
