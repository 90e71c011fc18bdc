//! RAS: the matrix nearest to a given one that has given row and column sums (Stone 1961; Bacharach 1970), b_ij = r_i·a_ij·s_j.
//!
//! Rows and columns are scaled to their sums in turn (Deming & Stephan 1940). Where a solution exists this converges to the only one of its form, which is the
//! nearest in relative entropy, Σ b·ln(b/a); zeros stay zeros, and cross-ratios a_ij·a_kl/(a_il·a_kj) are kept.

use std::fmt;

/// Relative error within which sums are met.
const TOLERANCE: f64 = 1e-9;
/// Relative error within which the two grand totals agree: published figures are rounded.
const AGREEMENT: f64 = 1e-6;
/// Far more than any trade matrix needs that has a solution.
const MOST_ROUNDS: usize = 20_000;

/// Why no matrix has these sums.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Impossible {
    /// The sums of rows and of columns differ in total.
    Disagree { rows: f64, columns: f64 },
    /// A row of zeros is to have a sum.
    EmptyRow { row: usize, total: f64 },
    /// A column of zeros is to have a sum.
    EmptyColumn { column: usize, total: f64 },
    /// Where the zeros stand, no scaling comes nearer than this to the sums: the worst row.
    NoSolution { row: usize, sum: f64, total: f64 },
}

impl fmt::Display for Impossible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Impossible::Disagree { rows, columns } => write!(f, "rows add up to {rows}, columns to {columns}"),
            Impossible::EmptyRow { row, total } => write!(f, "row {row} is all zeros, its total {total}"),
            Impossible::EmptyColumn { column, total } => write!(f, "column {column} is all zeros, its total {total}"),
            Impossible::NoSolution { row, sum, total } => write!(f, "row {row} comes to {sum}, not to {total}"),
        }
    }
}

impl std::error::Error for Impossible {}

/// Scales `matrix`, row-major with as many columns as `columns` has sums, to the sums; how many rounds it took. All figures are zero or more.
/// Column sums are scaled to the rows' grand total where they differ by rounding.
///
/// # Errors
/// If no matrix with these zeros has these sums; `matrix` is then as it was.
pub fn balance(matrix: &mut [f64], rows: &[f64], columns: &[f64]) -> Result<usize, Impossible> {
    let (by_rows, by_columns): (f64, f64) = (rows.iter().sum(), columns.iter().sum());
    if (by_rows - by_columns).abs() > AGREEMENT * by_rows.max(by_columns) {
        return Err(Impossible::Disagree { rows: by_rows, columns: by_columns });
    }
    let width = columns.len();
    let row_sum = |matrix: &[f64], row: usize| matrix[row * width..][..width].iter().sum::<f64>();
    let column_sum = |matrix: &[f64], column: usize| (0..rows.len()).map(|row| matrix[row * width + column]).sum::<f64>();
    for (row, &total) in rows.iter().enumerate() {
        if total > 0.0 && row_sum(matrix, row) <= 0.0 {
            return Err(Impossible::EmptyRow { row, total });
        }
    }
    for (column, &total) in columns.iter().enumerate() {
        if total > 0.0 && column_sum(matrix, column) <= 0.0 {
            return Err(Impossible::EmptyColumn { column, total });
        }
    }
    let agreed = if by_columns > 0.0 { by_rows / by_columns } else { 1.0 };
    let mut fitted = matrix.to_vec();
    let mut worst = (0, 0.0, 0.0);
    for round in 0..MOST_ROUNDS {
        let mut error = 0.0;
        for (row, &total) in rows.iter().enumerate() {
            let sum = row_sum(&fitted, row);
            let off = if total > 0.0 { (sum / total - 1.0).abs() } else { sum / by_rows.max(f64::MIN_POSITIVE) };
            if off > error {
                error = off;
                worst = (row, sum, total);
            }
        }
        // Columns were scaled last, so that rows alone can be off; before the first round neither has been.
        if round > 0 && error <= TOLERANCE {
            matrix.copy_from_slice(&fitted);
            return Ok(round);
        }
        for (row, &total) in rows.iter().enumerate() {
            let sum = row_sum(&fitted, row);
            let factor = if sum > 0.0 { total / sum } else { 0.0 };
            fitted[row * width..][..width].iter_mut().for_each(|value| *value *= factor);
        }
        for (column, &total) in columns.iter().enumerate() {
            let sum = column_sum(&fitted, column);
            let factor = if sum > 0.0 { total * agreed / sum } else { 0.0 };
            (0..rows.len()).for_each(|row| fitted[row * width + column] *= factor);
        }
    }
    let (row, sum, total) = worst;
    Err(Impossible::NoSolution { row, sum, total })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Sums of up to a hundred are met within 1e-9 of themselves, so that a cell is within a few times 1e-7.
    fn near(found: &[f64], expected: &[f64]) {
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 5e-7, "{found} against {expected}");
        }
    }

    /// The cross-ratio 1·4/(2·3) is kept, so b_11 solves b² + 21b − 40 = 0.
    #[test]
    fn two_by_two_has_a_closed_form() {
        let mut matrix = [1.0, 2.0, 3.0, 4.0];
        let rounds = balance(&mut matrix, &[4.0, 6.0], &[5.0, 5.0]).expect("a solution");
        let b = (601f64.sqrt() - 21.0) / 2.0;
        near(&matrix, &[b, 4.0 - b, 5.0 - b, 1.0 + b]);
        assert!((2..100).contains(&rounds), "{rounds}");
    }

    /// Without a diagonal, as among regions: 3 × 3 with zeros on it, whose row and column sums leave one degree of freedom.
    #[test]
    fn a_trade_matrix_keeps_its_zeros_and_its_cycle() {
        let mut matrix = [0.0, 10.0, 20.0, 30.0, 0.0, 40.0, 50.0, 60.0, 0.0];
        balance(&mut matrix, &[36.0, 60.0, 104.0], &[80.0, 75.0, 45.0]).expect("a solution");
        // b_12 = x gives b_13 = 36−x, b_32 = 75−x, b_31 = 29+x, b_21 = 51−x, b_23 = 9+x; x·b_23·b_31/(b_13·b_32·b_21) stays 10·40·50/(20·60·30).
        let x = matrix[1];
        near(&matrix, &[0.0, x, 36.0 - x, 51.0 - x, 0.0, 9.0 + x, 29.0 + x, 75.0 - x, 0.0]);
        let cycle = x * matrix[5] * matrix[6] / (matrix[2] * matrix[7] * matrix[3]);
        assert!((cycle / (20_000.0 / 36_000.0) - 1.0).abs() < 1e-8, "{cycle}");
    }

    #[test]
    fn what_is_impossible_is_said_and_changes_nothing() {
        let before = [1.0, 0.0, 0.0, 1.0];
        let refused = |matrix: [f64; 4], rows: [f64; 2], columns: [f64; 2]| {
            let mut tried = matrix;
            let error = balance(&mut tried, &rows, &columns).expect_err("no solution");
            assert_eq!(tried, matrix);
            error
        };
        assert_eq!(refused(before, [1.0, 2.0], [1.0, 1.0]), Impossible::Disagree { rows: 3.0, columns: 2.0 });
        assert_eq!(refused([0.0, 0.0, 1.0, 1.0], [1.0, 2.0], [2.0, 1.0]), Impossible::EmptyRow { row: 0, total: 1.0 });
        assert_eq!(refused([0.0, 1.0, 0.0, 1.0], [1.0, 2.0], [2.0, 1.0]), Impossible::EmptyColumn { column: 0, total: 2.0 });
        assert!(matches!(refused(before, [1.0, 2.0], [2.0, 1.0]), Impossible::NoSolution { .. }));
    }

    #[test]
    fn totals_of_zero_empty_their_cells_and_rounding_is_forgiven() {
        let mut matrix = [1.0, 2.0, 3.0, 4.0];
        balance(&mut matrix, &[0.0, 6.0], &[2.0, 4.0]).expect("a solution");
        near(&matrix, &[0.0, 0.0, 2.0, 4.0]);
        let mut matrix = [1.0, 1.0, 1.0, 1.0];
        balance(&mut matrix, &[1.0, 1.0], &[1.0, 1.000_001]).expect("a solution");
        assert!((matrix.iter().sum::<f64>() - 2.0).abs() < 1e-8);
        assert_eq!(balance(&mut [0.0; 4], &[0.0; 2], &[0.0; 2]), Ok(1));
    }

    proptest! {
        /// From any positive matrix, the sums of any other are met.
        #[test]
        fn sums_are_met(from in prop::collection::vec(0.01f64..100.0, 12), to in prop::collection::vec(0.01f64..100.0, 12)) {
            let rows: Vec<f64> = to.chunks(4).map(|row| row.iter().sum()).collect();
            let columns: Vec<f64> = (0..4).map(|column| to.iter().skip(column).step_by(4).sum()).collect();
            let mut matrix = from;
            prop_assert!(balance(&mut matrix, &rows, &columns).is_ok());
            for (row, total) in matrix.chunks(4).zip(&rows) {
                prop_assert!((row.iter().sum::<f64>() / total - 1.0).abs() < 2e-9);
            }
            for (column, total) in columns.iter().enumerate() {
                prop_assert!((matrix.iter().skip(column).step_by(4).sum::<f64>() / total - 1.0).abs() < 2e-9);
            }
        }
    }
}
