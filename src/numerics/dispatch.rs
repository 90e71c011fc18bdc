//! The choice of the instruction set, made once per chunk of draws and not inside it.
//!
//! [`dispatch()`] enters a function compiled for the instruction set and runs the kernel there with that set's lane type. One rule comes with it: all code between
//! [`Kernel::run`] and the arithmetic must be inlined into that function, or it is compiled for the lowest common machine and every operation becomes a call.
//! So mark `run` and each function it reaches `#[inline(always)]`, and prefer plain loops to closures, which cannot be marked. The results are the same either way.

use super::portable::Portable;
use super::real::Real;

#[cfg(target_arch = "x86_64")]
use super::{avx2::Avx2, avx512::Avx512};

/// An instruction set that lanes can be run on. All give the same bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Isa {
    /// One register of 512 bits (x86-64 with AVX-512 F, DQ and VL).
    Avx512,
    /// Two registers of 256 bits (x86-64 with AVX2 and FMA).
    Avx2,
    /// What every machine has. Without a fused multiply-add in the compiler's target (x86-64) slower by far.
    Portable,
}

impl Isa {
    /// The fastest set this machine has.
    #[must_use]
    pub fn detect() -> Self {
        [Self::Avx512, Self::Avx2].into_iter().find(|isa| isa.is_available()).unwrap_or(Self::Portable)
    }

    /// All sets this machine has, the fastest first.
    #[must_use]
    pub fn available() -> Vec<Self> {
        [Self::Avx512, Self::Avx2, Self::Portable].into_iter().filter(|isa| isa.is_available()).collect()
    }

    /// Whether this machine has the set. (The standard library asks the processor once and remembers.)
    #[must_use]
    pub fn is_available(self) -> bool {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => {
                is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512dq")
                    && is_x86_feature_detected!("avx512vl")
                    && Self::Avx2.is_available()
            }
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma"),
            #[cfg(not(target_arch = "x86_64"))]
            Self::Avx512 | Self::Avx2 => false,
            Self::Portable => true,
        }
    }

    /// The name as a person reads it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Avx512 => "AVX-512",
            Self::Avx2 => "AVX2",
            Self::Portable => "portable",
        }
    }
}

/// A piece of work over lanes.
pub trait Kernel {
    type Output;

    /// The work, with `R` a lane type of [`super::LANES`] draws. Mark it `#[inline(always)]`, and what it calls.
    fn run<R: Real>(self) -> Self::Output;
}

/// Runs the kernel on an instruction set; on the portable one if the machine has not got it.
///
/// ```
/// use tradewind::numerics::{Isa, Kernel, Real, dispatch};
///
/// struct Squares<'a>(&'a mut [f64]);
///
/// impl Kernel for Squares<'_> {
///     type Output = ();
///     #[inline(always)]
///     fn run<R: Real>(self) {
///         for lane in self.0.chunks_exact_mut(R::LANES) {
///             let x = R::load(lane);
///             (x * x).store(lane);
///         }
///     }
/// }
///
/// let mut numbers = [3.0; 16];
/// dispatch(Isa::detect(), Squares(&mut numbers));
/// assert_eq!(numbers, [9.0; 16]);
/// ```
#[inline]
pub fn dispatch<K: Kernel>(isa: Isa, kernel: K) -> K::Output {
    #[cfg(target_arch = "x86_64")]
    if isa.is_available() {
        match isa {
            // SAFETY: the machine has the features.
            Isa::Avx512 => return unsafe { on_avx512(kernel) },
            // SAFETY: the machine has the features.
            Isa::Avx2 => return unsafe { on_avx2(kernel) },
            Isa::Portable => {}
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = isa;
    kernel.run::<Portable>()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512dq,avx512vl,avx2,fma")]
fn on_avx512<K: Kernel>(kernel: K) -> K::Output {
    kernel.run::<Avx512>()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn on_avx2<K: Kernel>(kernel: K) -> K::Output {
    kernel.run::<Avx2>()
}
