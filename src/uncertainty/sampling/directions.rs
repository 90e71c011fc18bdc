//! The direction numbers of Joe & Kuo (2008), "Constructing Sobol' sequences with better two-dimensional projections", file new-joe-kuo-6,
//! dimensions 1 to 32, and the tables made of them.

/// How many dimensions the table holds.
pub const DIMENSIONS: usize = 32;

/// A primitive polynomial over GF(2), bit k the coefficient of x^k, and the initial m₁, m₂, …, as many as its degree. The first dimension needs none.
const JOE_KUO: [(u32, &[u64]); DIMENSIONS] = [
    (1, &[]),
    (3, &[1]),
    (7, &[1, 3]),
    (11, &[1, 3, 1]),
    (13, &[1, 1, 1]),
    (19, &[1, 1, 3, 3]),
    (25, &[1, 3, 5, 13]),
    (37, &[1, 1, 5, 5, 17]),
    (41, &[1, 1, 5, 5, 5]),
    (47, &[1, 1, 7, 11, 19]),
    (55, &[1, 1, 5, 1, 1]),
    (59, &[1, 1, 1, 3, 11]),
    (61, &[1, 3, 5, 5, 31]),
    (67, &[1, 3, 3, 9, 7, 49]),
    (91, &[1, 1, 1, 15, 21, 21]),
    (97, &[1, 3, 1, 13, 27, 49]),
    (103, &[1, 1, 1, 15, 7, 5]),
    (109, &[1, 3, 1, 15, 13, 25]),
    (115, &[1, 1, 5, 5, 19, 61]),
    (131, &[1, 3, 7, 11, 23, 15, 103]),
    (137, &[1, 3, 7, 13, 13, 15, 69]),
    (143, &[1, 1, 3, 13, 7, 35, 63]),
    (145, &[1, 3, 5, 9, 1, 25, 53]),
    (157, &[1, 3, 1, 13, 9, 35, 107]),
    (167, &[1, 3, 1, 5, 27, 61, 31]),
    (171, &[1, 1, 5, 11, 19, 41, 61]),
    (185, &[1, 3, 5, 3, 3, 13, 69]),
    (191, &[1, 1, 7, 13, 1, 19, 1]),
    (193, &[1, 3, 7, 5, 13, 19, 59]),
    (203, &[1, 1, 3, 9, 25, 29, 41]),
    (211, &[1, 3, 5, 13, 23, 1, 55]),
    (213, &[1, 3, 7, 3, 13, 59, 17]),
];

/// v₁ … v₆₄ of a dimension, binary fractions with the point before bit 63: v_i = m_i / 2^i, and
/// m_i = 2 c₁ m_(i−1) ⊕ 4 c₂ m_(i−2) ⊕ … ⊕ 2^s m_(i−s) ⊕ m_(i−s) beyond the initial ones.
const fn directions(dimension: usize) -> [u64; 64] {
    let (polynomial, initial) = JOE_KUO[dimension];
    let mut v = [0u64; 64];
    let degree = initial.len();
    let mut i = 0;
    while i < 64 {
        v[i] = if degree == 0 {
            1 << (63 - i)
        } else if i < degree {
            initial[i] << (63 - i)
        } else {
            let mut next = v[i - degree] ^ (v[i - degree] >> degree);
            let mut k = 1;
            while k < degree {
                if (polynomial >> (degree - k)) & 1 == 1 {
                    next ^= v[i - k];
                }
                k += 1;
            }
            next
        };
        i += 1;
    }
    v
}

/// For every dimension the directions, last first and with their bits read backwards: what goes with bit k of an index read backwards too.
pub(super) static REVERSED: [[u64; 64]; DIMENSIONS] = {
    let mut tables = [[0u64; 64]; DIMENSIONS];
    let mut dimension = 0;
    while dimension < DIMENSIONS {
        let v = directions(dimension);
        let mut bit = 0;
        while bit < 64 {
            tables[dimension][bit] = v[63 - bit].reverse_bits();
            bit += 1;
        }
        dimension += 1;
    }
    tables
};
