//! Rows of f32: layer norm, and quantisation to u8 with a scale and a zero for each row.

use super::{
    super::weights::Norm,
    math::{round_bits, round_one},
    vector::{LANES, Vector},
};

/// What BERT adds to a variance.
const EPSILON: f32 = 1e-12;

/// What a quantised row means: `x ≈ scale · (u - zero)`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct RowScale {
    pub scale: f32,
    pub zero: i32,
}

/// Layer norm of each row of `x` in place, and the same rows quantised.
#[inline(always)]
pub fn normalise<V: Vector>(
    v: V,
    x: &mut [f32],
    norm: &Norm,
    out: &mut [u8],
    scales: &mut [RowScale],
) {
    let width = norm.gain.len();
    let count = width as f32;
    let (gain, bias) = (norm.gain.as_chunks::<LANES>().0, norm.bias.as_chunks::<LANES>().0);
    let rows = x.chunks_exact_mut(width).zip(out.chunks_exact_mut(width));
    for ((x, out), scale) in rows.zip(scales) {
        let x = x.as_chunks_mut::<LANES>().0;
        let mut sum = v.splat(0.0);
        for x in &*x {
            sum = v.add(sum, v.load(x));
        }
        let mean = v.splat(v.sum(sum) / count);
        let mut squares = v.splat(0.0);
        for x in &*x {
            let centred = v.sub(v.load(x), mean);
            squares = v.add(squares, v.mul(centred, centred));
        }
        let inverse = v.splat(1.0 / (v.sum(squares) / count + EPSILON).sqrt());
        let (mut least, mut most) = (v.splat(0.0), v.splat(0.0));
        for ((x, gain), bias) in x.iter_mut().zip(gain).zip(bias) {
            let scaled = v.mul(v.mul(v.sub(v.load(x), mean), inverse), v.load(gain));
            let value = v.add(scaled, v.load(bias));
            v.store(value, x);
            least = v.min(value, least);
            most = v.max(value, most);
        }
        *scale = quantise_row(v, x, least, most, out);
    }
}

/// Quantises rows of `width`, a multiple of 64.
#[inline(always)]
pub fn quantise<V: Vector>(v: V, x: &[f32], width: usize, out: &mut [u8], scales: &mut [RowScale]) {
    let rows = x.chunks_exact(width).zip(out.chunks_exact_mut(width));
    for ((x, out), scale) in rows.zip(scales) {
        let x = x.as_chunks::<LANES>().0;
        let (mut least, mut most) = (v.splat(0.0), v.splat(0.0));
        for x in x {
            least = v.min(v.load(x), least);
            most = v.max(v.load(x), most);
        }
        *scale = quantise_row(v, x, least, most, out);
    }
}

/// 254 steps between the least and the greatest value, and a zero above -least/step:
/// with that, no rounding leaves 0..=255.
#[inline(always)]
fn quantise_row<V: Vector>(
    v: V,
    x: &[[f32; LANES]],
    least: V::F,
    most: V::F,
    out: &mut [u8],
) -> RowScale {
    let (least, most) = (v.least(least), v.greatest(most));
    let range = most - least;
    let step = if range > 1e-20 { range } else { 1e-20 } / 254.0;
    let inverse = 1.0 / step;
    let zero = round_one(0.5 - least * inverse);
    let (shift, factor) = (v.splat(zero as f32), v.splat(inverse));
    for (x, out) in x.iter().zip(out.as_chunks_mut::<LANES>().0) {
        v.store_bytes(round_bits(v, v.add(v.mul(v.load(x), factor), shift)), out);
    }
    RowScale { scale: step, zero }
}
