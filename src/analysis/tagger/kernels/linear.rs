//! What follows the product in a linear map: scales, bias, and what is done with the sum.

use super::{
    super::weights::{Linear, STRIP},
    math,
    rows::RowScale,
    vector::{LANES, Vector},
};

/// The tables of one strip of columns, a vector of each at a time.
#[derive(Clone, Copy)]
pub struct Columns<'a> {
    scale: &'a [[f32; LANES]],
    sums: &'a [[i32; LANES]],
    bias: &'a [[f32; LANES]],
}

impl<'a> Columns<'a> {
    /// The strip of a map that starts at output `first`, a multiple of `STRIP`.
    pub fn of(map: &'a Linear, first: usize) -> Self {
        let strip = first..first + STRIP;
        Self {
            scale: map.scale[strip.clone()].as_chunks().0,
            sums: map.sums[strip.clone()].as_chunks().0,
            bias: map.bias[strip].as_chunks().0,
        }
    }
}

/// What is done with a value. A type and no closure: a closure that stays out of line
/// would be compiled without the instruction set.
trait Put {
    fn put<V: Vector>(v: V, value: V::F, out: &mut [f32; LANES]);
}

struct Store;
struct Add;
struct Gelu;

impl Put for Store {
    #[inline(always)]
    fn put<V: Vector>(v: V, value: V::F, out: &mut [f32; LANES]) {
        v.store(value, out);
    }
}

impl Put for Add {
    #[inline(always)]
    fn put<V: Vector>(v: V, value: V::F, out: &mut [f32; LANES]) {
        v.store(v.add(v.load(out), value), out);
    }
}

impl Put for Gelu {
    #[inline(always)]
    fn put<V: Vector>(v: V, value: V::F, out: &mut [f32; LANES]) {
        v.store(math::gelu(v, value), out);
    }
}

/// Writes `width` columns of the map's output to the start of each row of `out`.
#[inline(always)]
pub fn store<V: Vector>(v: V, block: Sums<'_>, out: &mut [f32], stride: usize, width: usize) {
    if width == STRIP {
        finish::<V, Store>(v, block, out, stride);
        return;
    }
    let mut row = [0.0; STRIP];
    for (i, out) in out.chunks_mut(stride).take(block.scales.len()).enumerate() {
        let (sums, scales) = (&block.sums[i * STRIP..][..STRIP], &block.scales[i..=i]);
        finish::<V, Store>(v, Sums { sums, scales, ..block }, &mut row, STRIP);
        out[..width].copy_from_slice(&row[..width]);
    }
}

/// Adds the map's output to `out`.
#[inline(always)]
pub fn add<V: Vector>(v: V, block: Sums<'_>, out: &mut [f32], stride: usize) {
    finish::<V, Add>(v, block, out, stride);
}

/// Writes GELU of the map's output.
#[inline(always)]
pub fn gelu<V: Vector>(v: V, block: Sums<'_>, out: &mut [f32], stride: usize) {
    finish::<V, Gelu>(v, block, out, stride);
}

/// A product before its scales.
#[derive(Clone, Copy)]
pub struct Sums<'a> {
    /// `[rows][STRIP]`.
    pub sums: &'a [i32],
    /// What the rows' bytes mean.
    pub scales: &'a [RowScale],
    pub columns: Columns<'a>,
}

/// `out` has rows of `stride`, the last one may be shorter.
#[inline(always)]
fn finish<V: Vector, P: Put>(v: V, block: Sums<'_>, out: &mut [f32], stride: usize) {
    let columns = block.columns;
    let rows = block.sums.as_chunks::<STRIP>().0.iter().zip(block.scales);
    for ((sums, row), out) in rows.zip(out.chunks_mut(stride)) {
        let (zero, scale) = (v.splat_i(row.zero), v.splat(row.scale));
        let out = out[..STRIP].as_chunks_mut::<LANES>().0;
        for ((((sums, column_scale), column_sums), bias), out) in (sums.as_chunks().0.iter())
            .zip(columns.scale)
            .zip(columns.sums)
            .zip(columns.bias)
            .zip(out)
        {
            let sums = v.sub_i(v.load_i(sums), v.mul_i(zero, v.load_i(column_sums)));
            let scaled = v.mul(v.mul(v.float(sums), scale), v.load(column_scale));
            P::put(v, v.add(scaled, v.load(bias)), out);
        }
    }
}
