//! How many exponentials and logarithms a piece of work takes: counted, by running it in numbers that keep count.

use std::cell::Cell;
use std::ops::{Add, Div, Mul, Neg, Sub};
use tradewind::numerics::{Binary, Kernel, Portable, Real};

/// Calls of `exp` and `ln`, each of a lane of eight draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Operations {
    pub exp: u64,
    pub ln: u64,
}

thread_local! {
    static SO_FAR: Cell<Operations> = const { Cell::new(Operations { exp: 0, ln: 0 }) };
}

/// What the kernel gives, and what it takes. Results are the same bits as on any other lane type, so iterations take as many steps here as there.
pub fn count<K: Kernel>(kernel: K) -> (K::Output, Operations) {
    let before = SO_FAR.get();
    let output = kernel.run::<Counting>();
    let after = SO_FAR.get();
    (output, Operations { exp: after.exp - before.exp, ln: after.ln - before.ln })
}

/// Eight draws that keep count.
#[derive(Clone, Copy)]
pub struct Counting(Portable);

macro_rules! same_as_portable {
    ($($operator:ident $method:ident),*) => {
        $(impl $operator for Counting {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                Counting(self.0.$method(other.0))
            }
        })*
    };
}

same_as_portable!(Add add, Sub sub, Mul mul, Div div);

impl Neg for Counting {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        Counting(-self.0)
    }
}

impl Binary for Counting {
    #[inline(always)]
    fn scale(self, n: Self) -> Self {
        Counting(self.0.scale(n.0))
    }
    #[inline(always)]
    fn split(self) -> (Self, Self) {
        let (mantissa, exponent) = self.0.split();
        (Counting(mantissa), Counting(exponent))
    }
}

impl Real for Counting {
    type Mask = <Portable as Real>::Mask;
    const LANES: usize = <Portable as Real>::LANES;

    #[inline(always)]
    fn splat(value: f64) -> Self {
        Counting(Portable::splat(value))
    }
    #[inline(always)]
    fn load(from: &[f64]) -> Self {
        Counting(Portable::load(from))
    }
    #[inline(always)]
    fn store(self, to: &mut [f64]) {
        self.0.store(to);
    }
    #[inline(always)]
    fn lane(self, index: usize) -> f64 {
        self.0.lane(index)
    }
    #[inline(always)]
    fn mul_add(self, factor: Self, term: Self) -> Self {
        Counting(self.0.mul_add(factor.0, term.0))
    }
    #[inline(always)]
    fn abs(self) -> Self {
        Counting(self.0.abs())
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        Counting(self.0.max(other.0))
    }
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        Counting(self.0.min(other.0))
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        Counting(self.0.sqrt())
    }
    #[inline(always)]
    fn le(self, other: Self) -> Self::Mask {
        self.0.le(other.0)
    }
    #[inline(always)]
    fn lt(self, other: Self) -> Self::Mask {
        self.0.lt(other.0)
    }
    #[inline(always)]
    fn select(mask: Self::Mask, yes: Self, no: Self) -> Self {
        Counting(Portable::select(mask, yes.0, no.0))
    }
    #[inline(always)]
    fn bits(mask: Self::Mask) -> u32 {
        Portable::bits(mask)
    }
    #[inline(always)]
    fn mask(bits: u32) -> Self::Mask {
        Portable::mask(bits)
    }
    fn exp(self) -> Self {
        SO_FAR.set(Operations { exp: SO_FAR.get().exp + 1, ..SO_FAR.get() });
        Counting(self.0.exp())
    }
    fn ln(self) -> Self {
        SO_FAR.set(Operations { ln: SO_FAR.get().ln + 1, ..SO_FAR.get() });
        Counting(self.0.ln())
    }
    #[inline(always)]
    fn sum(self) -> f64 {
        self.0.sum()
    }
}
