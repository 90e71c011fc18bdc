//! Functions of the number kernels over a batch of values.

use tradewind::numerics::{Kernel, Real, expm1_over};

/// Values of a batch: in the first-level cache, with room for the results.
pub const VALUES: usize = 1024;

#[derive(Clone, Copy)]
pub enum Function {
    Exp,
    Ln,
    Expm1Over,
}

impl Function {
    pub const ALL: [Function; 3] = [Function::Exp, Function::Ln, Function::Expm1Over];

    pub fn name(self) -> &'static str {
        match self {
            Function::Exp => "exp",
            Function::Ln => "ln",
            Function::Expm1Over => "expm1_over",
        }
    }

    /// [`VALUES`] arguments spread over where the model calls it, in no order.
    pub fn arguments(self) -> Vec<f64> {
        let (low, high) = match self {
            Function::Exp => (-10.0, 10.0),
            Function::Ln => (0.01, 100.0),
            Function::Expm1Over => (-2.0, 2.0),
        };
        (0..VALUES).map(|i| low + (high - low) * ((i * 389) % VALUES) as f64 / VALUES as f64).collect()
    }

    #[inline(always)]
    pub fn of<R: Real>(self, x: R) -> R {
        match self {
            Function::Exp => x.exp(),
            Function::Ln => x.ln(),
            Function::Expm1Over => expm1_over(x),
        }
    }
}

/// The function of every value.
pub struct Map<'a> {
    pub function: Function,
    pub from: &'a [f64],
    pub to: &'a mut [f64],
}

impl Kernel for Map<'_> {
    type Output = ();

    #[inline(always)]
    fn run<R: Real>(self) {
        let lanes = self.from.chunks_exact(R::LANES).zip(self.to.chunks_exact_mut(R::LANES));
        // A loop a function, and no closure: it would be compiled for the lowest common machine.
        match self.function {
            Function::Exp => {
                for (from, to) in lanes {
                    R::load(from).exp().store(to);
                }
            }
            Function::Ln => {
                for (from, to) in lanes {
                    R::load(from).ln().store(to);
                }
            }
            Function::Expm1Over => {
                for (from, to) in lanes {
                    expm1_over(R::load(from)).store(to);
                }
            }
        }
    }
}
