//! A·x = b for a small dense A that differs by draw: Crout's elimination (A = L·U, ones on the diagonal of U), eight systems at once.
//!
//! Without exchange of rows, since lanes cannot part ways: for Jacobians of excess demand, which gross substitution makes diagonally dominant up to a choice of units
//! (McKenzie 1960), it is stable. A pivot of zero leaves infinities or NaN in its lane and the others untouched; the caller sees a solve that does not converge.

use super::real::Real;

/// Solves the n × n system in each lane: `matrix` (by rows) is used up, `rhs` becomes the solution.
///
/// Panics if `matrix` holds fewer than n² numbers or `rhs` fewer than n.
#[inline(always)]
pub fn solve_in_place<R: Real>(matrix: &mut [R], rhs: &mut [R], n: usize) {
    let (matrix, rhs) = (&mut matrix[..n * n], &mut rhs[..n]);
    match n {
        2 => solve_small::<R, 2>(matrix, rhs),
        3 => solve_small::<R, 3>(matrix, rhs),
        4 => solve_small::<R, 4>(matrix, rhs),
        5 => solve_small::<R, 5>(matrix, rhs),
        6 => solve_small::<R, 6>(matrix, rhs),
        7 => solve_small::<R, 7>(matrix, rhs),
        8 => solve_small::<R, 8>(matrix, rhs),
        _ => {
            eliminate(matrix, rhs, n);
            substitute(matrix, rhs, n);
        }
    }
}

/// The solve for N ≤ 8: with N a constant, what is at work stays in registers.
#[inline(always)]
fn solve_small<R: Real, const N: usize>(matrix: &mut [R], rhs: &mut [R]) {
    eliminate_small::<R, N>(matrix, rhs);
    substitute(&matrix[..N * N], &mut rhs[..N], N);
}

/// Makes the matrix upper triangular with ones on the diagonal (which, like what lies below it, is left undefined), row by row.
#[inline(always)]
fn eliminate<R: Real>(matrix: &mut [R], rhs: &mut [R], n: usize) {
    for i in 0..n {
        let (above, below) = matrix.split_at_mut(i * n);
        let row = &mut below[..n];
        let mut value = rhs[i];
        // Two finished rows at a time: each number of the row is fetched and put back half as often, in the same order of operations.
        let pairs = above.chunks_exact(2 * n);
        let last = pairs.remainder();
        for (pair, k) in pairs.zip((0..).step_by(2)) {
            let (first, second) = pair.split_at(n);
            let factor = -row[k];
            let next = -first[k + 1].mul_add(factor, row[k + 1]);
            for j in k + 2..n {
                row[j] = second[j].mul_add(next, first[j].mul_add(factor, row[j]));
            }
            value = rhs[k + 1].mul_add(next, rhs[k].mul_add(factor, value));
        }
        if !last.is_empty() {
            let last = &last[..n];
            let factor = -row[i - 1];
            for j in i..n {
                row[j] = last[j].mul_add(factor, row[j]);
            }
            value = rhs[i - 1].mul_add(factor, value);
        }
        let inverse = R::one() / row[i];
        for x in &mut row[i + 1..] {
            *x = *x * inverse;
        }
        rhs[i] = value * inverse;
    }
}

/// [`eliminate`] for N ≤ 8, written out so that the row at work stays in registers, in the same order of operations.
#[inline(always)]
fn eliminate_small<R: Real, const N: usize>(matrix: &mut [R], rhs: &mut [R]) {
    let (rows, _) = matrix.as_chunks_mut::<N>();
    macro_rules! row {
        ($i:literal: $($k:literal)*) => {
            if $i < N {
                #[allow(unused_mut)] // nothing is taken off the first row
                let (mut row, mut value) = (rows[$i], rhs[$i]);
                $(
                    let (done, factor) = (&rows[$k], -row[$k]);
                    for j in $k + 1..N {
                        row[j] = done[j].mul_add(factor, row[j]);
                    }
                    value = rhs[$k].mul_add(factor, value);
                )*
                let inverse = R::one() / row[$i];
                for j in $i + 1..N {
                    rows[$i][j] = row[j] * inverse;
                }
                rhs[$i] = value * inverse;
            }
        };
    }
    row!(0: );
    row!(1: 0);
    row!(2: 0 1);
    row!(3: 0 1 2);
    row!(4: 0 1 2 3);
    row!(5: 0 1 2 3 4);
    row!(6: 0 1 2 3 4 5);
    row!(7: 0 1 2 3 4 5 6);
}

/// x_j = b_j − Σ_{i>j} U_ji x_i, from the last to the first.
#[inline(always)]
fn substitute<R: Real>(matrix: &[R], rhs: &mut [R], n: usize) {
    for i in (1..n).rev() {
        let minus = -rhs[i];
        for j in 0..i {
            rhs[j] = matrix[j * n + i].mul_add(minus, rhs[j]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::{DMatrix, DVector};
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    /// A random matrix, rows dominated by the diagonal, and a right-hand side.
    fn system(n: usize, rng: &mut ChaCha8Rng) -> (Vec<f64>, Vec<f64>) {
        let mut matrix: Vec<f64> = (0..n * n).map(|_| rng.random_range(-1.0..1.0)).collect();
        for i in 0..n {
            matrix[i * n + i] = (1.0 + n as f64) * if rng.random_bool(0.5) { 1.0 } else { -1.0 };
        }
        (matrix, (0..n).map(|_| rng.random_range(-10.0..10.0)).collect())
    }

    #[test]
    fn solves_as_nalgebra_does() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        for n in (1..=13).chain([30]) {
            for _ in 0..5 {
                let (mut matrix, mut rhs) = system(n, &mut rng);
                let expected = DMatrix::from_row_slice(n, n, &matrix).lu().solve(&DVector::from_column_slice(&rhs)).unwrap();
                solve_in_place(&mut matrix, &mut rhs, n);
                for (x, y) in rhs.iter().zip(expected.iter()) {
                    assert!((x - y).abs() <= 1e-13 * expected.amax(), "n = {n}: {x} for {y}");
                }
            }
        }
    }

    fn assert_same_bits<const N: usize>(rng: &mut ChaCha8Rng) {
        for _ in 0..20 {
            let (mut fast, mut fast_rhs) = system(N, rng);
            let (mut slow, mut slow_rhs) = (fast.clone(), fast_rhs.clone());
            eliminate_small::<f64, N>(&mut fast, &mut fast_rhs);
            eliminate(&mut slow, &mut slow_rhs, N);
            assert_eq!(fast_rhs, slow_rhs);
            for i in 0..N {
                assert_eq!(fast[i * N + i + 1..i * N + N], slow[i * N + i + 1..i * N + N]);
            }
        }
    }

    #[test]
    fn the_small_path_has_the_bits_of_the_general_one() {
        let mut rng = ChaCha8Rng::seed_from_u64(2);
        assert_same_bits::<2>(&mut rng);
        assert_same_bits::<3>(&mut rng);
        assert_same_bits::<5>(&mut rng);
        assert_same_bits::<8>(&mut rng);
    }

    #[test]
    fn a_singular_system_is_not_finite() {
        for n in [2, 8] {
            let (mut matrix, mut rhs) = (vec![0.0; n * n], vec![1.0; n]);
            solve_in_place(&mut matrix, &mut rhs, n);
            assert!(rhs.iter().any(|x| !x.is_finite()));
        }
    }
}
