//! `exp`, `ln` and `powf` of one number: the kernels of the lanes, so the same bits.
//!
//! Each number finds the machine's fused multiply-add for itself (one look at a remembered answer). Without it the standard library works it out in software:
//! the same bits, several times slower.

use super::exp::exponential;
use super::ln::logarithm;

/// Runs the body with the fused multiply-add instruction where the machine has one.
macro_rules! fused {
    ($(#[$doc:meta])* $name:ident($($x:ident),*) $body:expr) => {
        $(#[$doc])*
        #[must_use]
        #[inline]
        pub fn $name($($x: f64),*) -> f64 {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "fma")]
                fn fused($($x: f64),*) -> f64 {
                    $body
                }
                if is_x86_feature_detected!("fma") {
                    // SAFETY: the machine has the feature.
                    return unsafe { fused($($x),*) };
                }
            }
            $body
        }
    };
}

fused! {
    /// e to the power of `x`, within 1 ulp: the scalar form of [`Real::exp`](super::Real::exp).
    exp(x) exponential(x)
}
fused! {
    /// The natural logarithm of `x`, within 1 ulp: the scalar form of [`Real::ln`](super::Real::ln).
    ln(x) logarithm(x)
}
fused! {
    /// `base` to the power `power`, through exp(power · ln base): the scalar form of [`Real::powf`](super::Real::powf).
    powf(base, power) exponential(power * logarithm(base))
}
