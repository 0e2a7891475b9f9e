//! One layer: attention, the feed-forward step, a sum and a norm after each.
//!
//! Products are made in blocks that stay in the processor's caches: one strip of 64
//! columns, whose weights are read once, times a block of rows.

use std::ops::Range;

use super::{
    attention::attend,
    buffer::Buffer,
    kernels::{Columns, Kernels, Product, ROWS, RowScale, Sums},
    scratch::{AttentionScratch, FeedScratch},
    weights::{Layer, Linear, PANEL, STRIP},
};

/// Rows of a block; a multiple of `ROWS`.
pub const BLOCK: usize = 3 * ROWS;

/// Quantised rows: u8 `[n][inputs]`, padded to `ROWS`, and the meaning of each.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    pub bytes: &'a [u8],
    pub scales: &'a [RowScale],
}

/// One block of a linear map's output, before its scales.
pub struct Block<'a> {
    pub sums: Sums<'a>,
    /// Its first row and column, and how many columns it has.
    pub row: usize,
    pub column: usize,
    pub width: usize,
}

/// Hands the outputs `range` of a map of `rows` to `finish`, block by block. The range
/// starts at a multiple of `STRIP`.
pub fn linear(
    kernels: &Kernels,
    map: &Linear,
    range: Range<usize>,
    rows: Rows<'_>,
    sums: &mut Buffer<i32>,
    mut finish: impl FnMut(Block<'_>),
) {
    let n = rows.scales.len();
    for column in range.clone().step_by(STRIP) {
        let width = STRIP.min(range.end - column);
        for row in (0..n).step_by(BLOCK) {
            let count = BLOCK.min(n - row);
            let sums = sums.get(count.next_multiple_of(ROWS) * STRIP);
            let product = Product {
                a: &rows.bytes[row * map.inputs..],
                rows: count,
                stride: map.inputs,
                b: &map.panels[column * map.inputs..],
                depth: map.inputs,
                panels: width.div_ceil(PANEL),
                shift: &map.shift[column..],
            };
            kernels.product(product, sums, STRIP);
            finish(Block {
                sums: Sums {
                    sums,
                    scales: &rows.scales[row..row + count],
                    columns: Columns::of(map, column),
                },
                row,
                column,
                width,
            });
        }
    }
}

/// Runs one layer over the pieces' vectors `x`, whose quantised form is `rows`, in place.
#[allow(clippy::too_many_arguments)]
pub fn transform(
    kernels: &Kernels,
    layer: &Layer,
    heads: usize,
    x: &mut [f32],
    (rows, scales): (&mut [u8], &mut [RowScale]),
    sums: &mut Buffer<i32>,
    attention: &mut AttentionScratch,
    feed: &mut FeedScratch,
) {
    let hidden = layer.merge.inputs;
    let add = |block: Block<'_>, x: &mut [f32]| {
        let x = &mut x[block.row * hidden + block.column..];
        kernels.add(block.sums, x, hidden);
    };

    let context = attend(kernels, layer, heads, Rows { bytes: rows, scales }, sums, attention);
    kernels.quantise(context, hidden, rows, scales);
    let merged = Rows { bytes: rows, scales };
    linear(kernels, &layer.merge, 0..hidden, merged, sums, |block| add(block, x));
    kernels.normalise(x, &layer.attended, rows, scales);

    let inner_width = layer.down.inputs;
    for row in (0..scales.len()).step_by(BLOCK) {
        let count = BLOCK.min(scales.len() - row);
        let outer = Rows { bytes: &rows[row * hidden..], scales: &scales[row..row + count] };
        let inner = feed.inner.get(count * inner_width);
        linear(kernels, &layer.up, 0..inner_width, outer, sums, |block| {
            let inner = &mut inner[block.row * inner_width + block.column..];
            kernels.gelu(block.sums, inner, inner_width);
        });
        let bytes = feed.rows.get(count.next_multiple_of(ROWS) * inner_width);
        let inner_scales = feed.scales.get(count);
        kernels.quantise(inner, inner_width, bytes, inner_scales);
        let inner = Rows { bytes, scales: inner_scales };
        let x = &mut x[row * hidden..];
        linear(kernels, &layer.down, 0..hidden, inner, sums, |block| add(block, x));
    }
    kernels.normalise(x, &layer.fed, rows, scales);
}
