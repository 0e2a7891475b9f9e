//! Attention of one head in int8: what surrounds its two products.
//!
//! Queries are the u8 rows of the first product, with 128 for zero; keys its columns,
//! each with a scale. The softmax of a row of scores becomes u8 again, 255 for its
//! greatest, and is the row of the second product, whose columns are the values, with a
//! scale for each of the head's columns. What the u8 add up to divides the result, so
//! weights always sum to one.

use super::{
    super::weights::{PANEL, STRIP},
    math::{exp2, round, round_bits},
    vector::{LANES, Vector},
};

/// The zero of queries.
pub const MIDDLE: i32 = 128;
/// log2 of the greatest u8.
const LOG2_255: f32 = 7.994_353_4;
/// Longest row of scores: the most positions that a model has.
const MAX_KEYS: usize = 512;
/// Where 2^x has long become 0 in u8.
const FLOOR: f32 = -20.0;

/// The keys of a head, packed as columns of a product.
pub struct Keys<'a> {
    /// i8 as bytes, `[n/16][depth/4][16][4]`.
    pub panels: &'a mut [u8],
    pub depth: usize,
    /// Padded to a multiple of 16; the padding is not a number.
    pub scale: &'a mut [f32],
    /// Sum of each key's i8 times the zero of queries, padded likewise.
    pub shift: &'a mut [i32],
}

/// The values of a head, packed as columns of a product.
pub struct Values<'a> {
    /// i8 as bytes, `[width/16][depth/4][16][4]`.
    pub panels: &'a mut [u8],
    /// Rows, padded with zeros.
    pub depth: usize,
    pub scale: &'a mut [f32],
    /// Sum of each column's i8, times 128.
    pub shift: &'a mut [i32],
}

/// Quantises columns `first..first + width` of `strip` to the rows of `out`. Zeros follow,
/// so that whatever stands in the keys' padding is multiplied by nothing.
#[inline(always)]
pub fn queries<V: Vector>(
    v: V,
    strip: &[f32],
    (first, width): (usize, usize),
    out: &mut [u8],
    stride: usize,
    scales: &mut [f32],
) {
    let middle = v.splat(MIDDLE as f32);
    let rows = strip.as_chunks::<STRIP>().0.iter().zip(out.chunks_exact_mut(stride));
    for ((row, out), scale) in rows.zip(scales) {
        let row = row[first..first + width].as_chunks::<LANES>().0;
        let inverse = v.splat(step(v, row, scale));
        for (x, out) in row.iter().zip(out.as_chunks_mut::<LANES>().0) {
            v.store_bytes(round_bits(v, v.add(v.mul(v.load(x), inverse), middle)), out);
        }
        out[width..].fill(0);
    }
}

/// Quantises and packs columns `first..first + width` of `strip` as keys.
#[inline(always)]
pub fn keys<V: Vector>(v: V, strip: &[f32], (first, width): (usize, usize), keys: Keys<'_>) {
    let panel = keys.depth * PANEL;
    let rows = strip.as_chunks::<STRIP>().0;
    keys.scale[rows.len()..].fill(f32::NAN);
    for (j, row) in rows.iter().enumerate() {
        let row = row[first..first + width].as_chunks::<LANES>().0;
        let inverse = v.splat(step(v, row, &mut keys.scale[j]));
        let out = &mut keys.panels[j / PANEL * panel..][..panel];
        let mut sums = v.splat_i(0);
        for (x, out) in row.iter().zip(out.as_chunks_mut::<{ 4 * STRIP }>().0) {
            let values = round(v, v.mul(v.load(x), inverse));
            sums = v.add_i(sums, values);
            let mut bytes = [0; LANES];
            v.store_bytes(values, &mut bytes);
            let at = j % PANEL * 4;
            for (i, group) in bytes.as_chunks::<4>().0.iter().enumerate() {
                out[i * STRIP + at..i * STRIP + at + 4].copy_from_slice(group);
            }
        }
        keys.shift[j] = v.sum_i(sums).wrapping_mul(MIDDLE);
    }
}

/// The scale of a row, which is written, and its inverse.
#[inline(always)]
fn step<V: Vector>(v: V, row: &[[f32; LANES]], scale: &mut f32) -> f32 {
    let mut most = v.splat(1e-20);
    for x in row {
        most = v.max(magnitude(v, v.load(x)), most);
    }
    let most = v.greatest(most);
    *scale = most / 127.0;
    127.0 / most
}

#[inline(always)]
fn magnitude<V: Vector>(v: V, x: V::F) -> V::F {
    v.max(x, v.sub(v.splat(0.0), x))
}

/// Quantises and packs columns `first..first + width` of `strip` as values.
#[inline(always)]
pub fn values<V: Vector>(v: V, strip: &[f32], (first, width): (usize, usize), values: Values<'_>) {
    let rows = strip.as_chunks::<STRIP>().0;
    let panels = values.panels.chunks_exact_mut(values.depth * PANEL);
    for (panel, out) in panels.enumerate().take(width / PANEL) {
        let place = first / PANEL + panel;
        let mut most = v.splat(1e-20);
        for row in rows {
            most = v.max(magnitude(v, column(v, row, place)), most);
        }
        let scale = values.scale[panel * PANEL..].first_chunk_mut().expect("a panel");
        v.store(v.mul(most, v.splat(1.0 / 127.0)), scale);
        let inverse = v.load(&inverses(scale));
        let mut sums = v.splat_i(0);
        let groups = out.as_chunks_mut::<STRIP>().0.iter_mut();
        for (group, out) in groups.enumerate() {
            let mut parts = [v.splat_i(0); 4];
            for (row, part) in rows[rows.len().min(4 * group)..].iter().zip(&mut parts) {
                *part = round(v, v.mul(column(v, row, place), inverse));
                sums = v.add_i(sums, *part);
            }
            v.interleave(parts, out);
        }
        let shift = v.mul_i(sums, v.splat_i(MIDDLE));
        v.store_i(shift, values.shift[panel * PANEL..].first_chunk_mut().expect("a panel"));
    }
}

#[inline(always)]
fn column<V: Vector>(v: V, row: &[f32; STRIP], place: usize) -> V::F {
    v.load(&row.as_chunks::<LANES>().0[place])
}

#[inline(always)]
fn inverses(of: &[f32; LANES]) -> [f32; LANES] {
    let mut inverses = *of;
    for inverse in &mut inverses {
        *inverse = 1.0 / *inverse;
    }
    inverses
}

/// What turns the scores of a row of queries into powers of two.
#[derive(Clone, Copy)]
pub struct Scored<'a> {
    /// Of each key, padded to 16 with what is not a number: `max` passes over it.
    pub scale: &'a [f32],
    pub shift: &'a [i32],
    /// How many keys there are, with the padding.
    pub length: usize,
    /// log₂ e / √width.
    pub log_scale: f32,
}

/// Softmax of the keys' part of each row of `scores` as u8 in `out`, zeros after it, and
/// the inverse of what the u8 add up to.
#[inline(always)]
pub fn softmax<V: Vector>(
    v: V,
    scores: &[i32],
    keys: Scored<'_>,
    queries: &[f32],
    (out, stride): (&mut [u8], usize),
    inverse: &mut [f32],
) {
    let scales = keys.scale[..keys.length].as_chunks::<LANES>().0;
    let shifts = keys.shift[..keys.length].as_chunks::<LANES>().0;
    let mut row = [0.0; MAX_KEYS];
    let row = row[..keys.length].as_chunks_mut::<LANES>().0;
    let rows = scores.chunks_exact(stride).zip(out.chunks_exact_mut(stride));
    for (((scores, out), query), inverse) in rows.zip(queries).zip(inverse) {
        let mut most = v.splat(f32::MIN);
        let scores = scores[..keys.length].as_chunks::<LANES>().0;
        for (((row, scores), scale), shift) in row.iter_mut().zip(scores).zip(scales).zip(shifts) {
            let score = v.float(v.sub_i(v.load_i(scores), v.load_i(shift)));
            let score = v.mul(score, v.load(scale));
            v.store(score, row);
            most = v.max(score, most);
        }
        let most = v.splat(v.greatest(most));
        let factor = v.splat(query * keys.log_scale);
        let mut total = v.splat_i(0);
        let (out, rest) = out.split_at_mut(keys.length);
        for (row, out) in row.iter().zip(out.as_chunks_mut::<LANES>().0) {
            let power = v.mul(v.sub(v.load(row), most), factor);
            let power = v.max(v.add(power, v.splat(LOG2_255)), v.splat(FLOOR));
            let weights = round(v, exp2(v, power));
            total = v.add_i(total, weights);
            v.store_bytes(weights, out);
        }
        rest.fill(0);
        *inverse = 1.0 / v.sum_i(total) as f32;
    }
}

/// Columns `0..width` of the second product, as f32, at the start of each row of `out`.
#[inline(always)]
pub fn context<V: Vector>(
    v: V,
    sums: &[i32],
    inverse: &[f32],
    scales: &[f32],
    width: usize,
    (out, stride): (&mut [f32], usize),
) {
    let scales = scales[..width].as_chunks::<LANES>().0;
    let rows = sums.as_chunks::<STRIP>().0.iter().zip(inverse);
    for ((sums, inverse), out) in rows.zip(out.chunks_mut(stride)) {
        let inverse = v.splat(*inverse);
        let sums = sums.as_chunks::<LANES>().0;
        for ((sums, scale), out) in sums.iter().zip(scales).zip(out.as_chunks_mut::<LANES>().0) {
            let mean = v.mul(v.float(v.load_i(sums)), inverse);
            v.store(v.mul(mean, v.load(scale)), out);
        }
    }
}
