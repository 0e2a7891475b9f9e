//! Functions of vectors: rounding, powers of two, GELU. No branches, no fused operations.

use super::vector::Vector;

/// Adding it rounds an f32 between -2²² and 2²² to the nearest integer, ties to even, and
/// leaves that integer in the low bits.
const ROUNDER: f32 = 12_582_912.0; // 1.5 · 2²³

/// The nearest integers, for numbers between -2²² and 2²².
#[inline(always)]
pub fn round<V: Vector>(v: V, x: V::F) -> V::I {
    v.sub_i(round_bits(v, x), v.splat_i(ROUNDER.to_bits() as i32))
}

/// Integers whose lowest bytes are those of the nearest integers: for what is stored as
/// bytes, one operation less.
#[inline(always)]
pub fn round_bits<V: Vector>(v: V, x: V::F) -> V::I {
    v.as_bits(v.add(x, v.splat(ROUNDER)))
}

/// `round` of one number.
#[inline(always)]
pub fn round_one(x: f32) -> i32 {
    (x + ROUNDER).to_bits().wrapping_sub(ROUNDER.to_bits()) as i32
}

/// 2^x for x between -126 and 126, with a relative error below 8e-5: a fiftieth of a
/// step of the u8 that it becomes. Minimax polynomial of degree 3 on [-½, ½].
#[inline(always)]
pub fn exp2<V: Vector>(v: V, x: V::F) -> V::F {
    let shifted = v.add(x, v.splat(ROUNDER));
    let part = v.sub(x, v.sub(shifted, v.splat(ROUNDER)));
    let value = polynomial(v, part, [0.999_928_06, 0.693_261_1, 0.242_611_2, 0.055_171_01]);
    v.as_float(v.add_i(v.as_bits(value), v.exponent(v.as_bits(shifted))))
}

/// Where the normal distribution counts as complete.
const EDGE: f32 = 4.25;

/// x · Φ(x), the exact GELU, with an absolute error below 9e-5; a step of the u8 that it
/// becomes is some 1e-2. Φ(t) - ½ is t · (0.5/EDGE + (t² - EDGE²) · q(t²)) on
/// [-EDGE, EDGE], q a minimax polynomial of degree 6: exactly ±½ at the edges.
#[inline(always)]
pub fn gelu<V: Vector>(v: V, x: V::F) -> V::F {
    let t = v.min(v.max(x, v.splat(-EDGE)), v.splat(EDGE));
    let square = v.mul(t, t);
    let q = polynomial(
        v,
        square,
        [
            -1.554_452_5e-2,
            2.763_126_3e-3,
            -3.595_678e-4,
            3.215_938_8e-5,
            -1.847_341e-6,
            6.042_651_7e-8,
            -8.460_371e-10,
        ],
    );
    let q = v.mul(q, v.sub(square, v.splat(EDGE * EDGE)));
    let slope = v.add(q, v.splat(0.5 / EDGE));
    v.mul(x, v.add(v.mul(slope, t), v.splat(0.5)))
}

/// Horner's scheme; the constant term comes first.
#[inline(always)]
fn polynomial<V: Vector, const N: usize>(v: V, x: V::F, terms: [f32; N]) -> V::F {
    let mut value = v.splat(terms[N - 1]);
    for term in terms[..N - 1].iter().rev() {
        value = v.add(v.mul(value, x), v.splat(*term));
    }
    value
}

#[cfg(test)]
mod tests {
    use crate::analysis::tagger::{
        kernels::{
            math::{exp2, gelu, round, round_one},
            vector::{LANES, Portable, Vector},
        },
        reference,
    };

    fn one(f: impl Fn(Portable, [f32; LANES]) -> [f32; LANES], x: f32) -> f32 {
        f(Portable, Portable.splat(x))[0]
    }

    #[test]
    fn exp2_keeps_its_bound() {
        for step in 0..=100_000 {
            let x = -step as f32 * 2e-4;
            let error = f64::from(one(exp2, x)) / f64::from(x).exp2() - 1.0;
            assert!(error.abs() < 8e-5, "2^{x}: {error}");
        }
    }

    #[test]
    fn gelu_keeps_its_bound() {
        for step in -100_000..=100_000 {
            let x = step as f32 * 1e-4;
            let error = f64::from(one(gelu, x)) - reference::gelu(f64::from(x));
            assert!(error.abs() < 9e-5, "gelu({x}): {error}");
        }
        assert_eq!(one(gelu, 1e3), 1e3);
        assert_eq!(one(gelu, -1e3), 0.0);
    }

    #[test]
    fn round_takes_the_nearest() {
        for (x, want) in [(-1.5, -2), (-0.5, 0), (0.49, 0), (0.5, 0), (1.5, 2), (254.7, 255)] {
            assert_eq!(round_one(x), want, "{x}");
            assert_eq!(round(Portable, Portable.splat(x))[0], want, "{x}");
        }
    }
}
