//! A·x = b for a small dense A that differs by draw: Crout's elimination (A = L·U, ones on the diagonal of U), eight systems at once.
//!
//! Without exchange of rows, since lanes cannot part ways: for Jacobians of excess demand, which gross substitution makes diagonally dominant up to a choice of units
//! (McKenzie 1960), it is stable. A pivot of zero leaves infinities or NaN in its lane and the others untouched; the caller sees a solve that does not converge.

use super::real::Real;

/// Solves the n × n system in each lane: `rhs` becomes the solution, and `matrix` (by rows) its factors, with which [`solve_again`] takes another right-hand side.
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

/// Solves the system whose factors [`solve_in_place`] left in `factors` for another right-hand side, at a small part of its cost.
///
/// Panics as [`solve_in_place`] does.
#[inline(always)]
pub fn solve_again<R: Real>(factors: &[R], rhs: &mut [R], n: usize) {
    let (factors, rhs) = (&factors[..n * n], &mut rhs[..n]);
    for k in 0..n {
        let solved = rhs[k] * factors[k * n + k];
        rhs[k] = solved;
        for i in k + 1..n {
            rhs[i] = factors[i * n + k].mul_add(-solved, rhs[i]);
        }
    }
    substitute(factors, rhs, n);
}

/// sum + left · right, into `sum`: three n × n matrices by rows.
///
/// Panics if a matrix holds fewer than n² numbers.
#[inline(always)]
pub fn add_product<R: Real>(left: &[R], right: &[R], sum: &mut [R], n: usize) {
    multiply(left, right, sum, n, |_, product, sum| sum + product);
}

/// sum + left · right · diag(columns), into `sum`: three n × n matrices by rows, and a number for each column.
///
/// Panics if a matrix holds fewer than n² numbers, or `columns` fewer than n.
#[inline(always)]
pub fn add_product_in_columns<R: Real>(left: &[R], right: &[R], columns: &[R], sum: &mut [R], n: usize) {
    let columns = &columns[..n];
    multiply(left, right, sum, n, |k, product, sum| product.mul_add(columns[k], sum));
}

/// Hands each cell of left · right, with its column and what stands in `sum`, to `put`.
///
/// In blocks of four rows and four columns, whose sixteen sums stay in registers: two numbers fetched for four multiplications, not for one.
#[inline(always)]
fn multiply<R: Real>(left: &[R], right: &[R], sum: &mut [R], n: usize, put: impl Fn(usize, R, R) -> R) {
    let (left, right, sum) = (&left[..n * n], &right[..n * n], &mut sum[..n * n]);
    let blocked = n - n % BLOCK;
    for i in (0..blocked).step_by(BLOCK) {
        for k in (0..blocked).step_by(BLOCK) {
            let mut block = [[R::zero(); BLOCK]; BLOCK];
            for m in 0..n {
                let right = &right[m * n + k..][..BLOCK];
                for a in 0..BLOCK {
                    let left = left[(i + a) * n + m];
                    for b in 0..BLOCK {
                        block[a][b] = left.mul_add(right[b], block[a][b]);
                    }
                }
            }
            for a in 0..BLOCK {
                let to = &mut sum[(i + a) * n + k..][..BLOCK];
                for b in 0..BLOCK {
                    to[b] = put(k + b, block[a][b], to[b]);
                }
            }
        }
    }
    for i in 0..n {
        let rest = if i < blocked { blocked } else { 0 };
        for k in rest..n {
            let mut product = R::zero();
            for m in 0..n {
                product = left[i * n + m].mul_add(right[m * n + k], product);
            }
            sum[i * n + k] = put(k, product, sum[i * n + k]);
        }
    }
}

/// Rows and columns of a block of [`multiply`].
const BLOCK: usize = 4;

/// The solve for N ≤ 8: with N a constant, what is at work stays in registers.
#[inline(always)]
fn solve_small<R: Real, const N: usize>(matrix: &mut [R], rhs: &mut [R]) {
    eliminate_small::<R, N>(matrix, rhs);
    substitute(&matrix[..N * N], &mut rhs[..N], N);
}

/// Makes the matrix its factors, row by row: U above the diagonal, one over the pivots on it, L below.
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
            row[k + 1] = first[k + 1].mul_add(factor, row[k + 1]);
            let next = -row[k + 1];
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
        row[i] = inverse;
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
                    row[j] = row[j] * inverse;
                }
                row[$i] = inverse;
                rows[$i] = row;
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
                let mut again = rhs.clone();
                let expected = DMatrix::from_row_slice(n, n, &matrix).lu().solve(&DVector::from_column_slice(&rhs)).unwrap();
                solve_in_place(&mut matrix, &mut rhs, n);
                solve_again(&matrix, &mut again, n);
                for (x, y) in rhs.iter().chain(&again).zip(expected.iter().chain(expected.iter())) {
                    assert!((x - y).abs() <= 1e-13 * expected.amax(), "n = {n}: {x} for {y}");
                }
            }
        }
    }

    #[test]
    fn multiplies_as_nalgebra_does() {
        let mut rng = ChaCha8Rng::seed_from_u64(3);
        for n in 1..=13 {
            let [left, right, mut sum] = [(); 3].map(|()| system(n, &mut rng).0);
            let of = |numbers: &[f64]| DMatrix::from_row_slice(n, n, numbers);
            let expected = of(&sum) + of(&left) * of(&right);
            let (mut scaled, columns) = (sum.clone(), system(n, &mut rng).1);
            let expected_scaled = of(&sum) + of(&left) * of(&right) * DMatrix::from_diagonal(&DVector::from_column_slice(&columns));
            add_product(&left, &right, &mut sum, n);
            assert!((of(&sum) - &expected).amax() <= 1e-13 * expected.amax(), "n = {n}");
            add_product_in_columns(&left, &right, &columns, &mut scaled, n);
            assert!((of(&scaled) - &expected_scaled).amax() <= 1e-13 * expected_scaled.amax(), "n = {n}, in columns");
        }
    }

    fn assert_same_bits<const N: usize>(rng: &mut ChaCha8Rng) {
        for _ in 0..20 {
            let (mut fast, mut fast_rhs) = system(N, rng);
            let (mut slow, mut slow_rhs) = (fast.clone(), fast_rhs.clone());
            eliminate_small::<f64, N>(&mut fast, &mut fast_rhs);
            eliminate(&mut slow, &mut slow_rhs, N);
            assert_eq!(fast_rhs, slow_rhs);
            assert_eq!(fast, slow);
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
