//! Attention of all heads, one or two at a time: their queries, keys and values are one
//! strip of columns each, and everything of theirs stays in the nearest caches.

use super::{
    buffer::Buffer,
    kernels::{Kernels, Keys, Product, ROWS, Scored, Values},
    layer::{Block, Rows, linear},
    scratch::AttentionScratch,
    weights::{Layer, PANEL, STRIP},
};

/// What all heads make of `rows`, f32 `[n][hidden]`.
pub fn attend<'s>(
    kernels: &Kernels,
    layer: &Layer,
    heads: usize,
    rows: Rows<'_>,
    sums: &mut Buffer<i32>,
    scratch: &'s mut AttentionScratch,
) -> &'s [f32] {
    let n = rows.scales.len();
    let hidden = layer.attend.inputs;
    let width = hidden / heads;
    // Whatever fills the memory is finite and stays out of the result.
    scratch.context.get(n * hidden);
    for column in (0..hidden).step_by(STRIP) {
        for (part, strip) in scratch.strips.iter_mut().enumerate() {
            let strip = strip.get(n * STRIP);
            let first = part * hidden + column;
            let store = |block: Block<'_>| {
                let out = &mut strip[block.row * STRIP..];
                kernels.store(block.sums, out, STRIP, STRIP);
            };
            linear(kernels, &layer.attend, first..first + STRIP, rows, sums, store);
        }
        for head in (column..column + STRIP).step_by(width) {
            attend_head(kernels, Head { n, hidden, width, first: head }, sums, scratch);
        }
    }
    scratch.context.get(n * hidden)
}

/// One head: its `width` columns start at `first` of `hidden`.
#[derive(Clone, Copy)]
struct Head {
    n: usize,
    hidden: usize,
    width: usize,
    first: usize,
}

fn attend_head(
    kernels: &Kernels,
    head: Head,
    sums: &mut Buffer<i32>,
    scratch: &mut AttentionScratch,
) {
    let Head { n, hidden, width, first } = head;
    let columns = (first % STRIP, width);
    // Both products' depths, and the rows of scores, in whole steps of the kernels.
    let depth = width.next_multiple_of(kernels.depth_step);
    let length = n.next_multiple_of(PANEL.max(kernels.depth_step));
    let panels = n.div_ceil(PANEL);

    let AttentionScratch { strips: [query_strip, key_strip, value_strip], .. } = scratch;
    let queries = scratch.queries.get(n.next_multiple_of(ROWS) * depth);
    let query_scale = scratch.query_scale.get(n);
    kernels.queries(query_strip.get(n * STRIP), columns, queries, depth, query_scale);

    let keys = scratch.keys.get(length * depth);
    let key_scale = scratch.key_scale.get(panels * PANEL);
    let key_shift = scratch.key_shift.get(length);
    let packed = Keys { panels: keys, depth, scale: key_scale, shift: key_shift };
    kernels.keys(key_strip.get(n * STRIP), columns, packed);

    let (mut value_scale, mut value_shift) = ([0.0; STRIP], [0; STRIP]);
    let values = scratch.values.get(length * width);
    let packed =
        Values { panels: values, depth: length, scale: &mut value_scale, shift: &mut value_shift };
    kernels.values(value_strip.get(n * STRIP), columns, packed);

    // Powers of two in place of e, and the division by √width.
    let log_scale = std::f32::consts::LOG2_E / (width as f32).sqrt();
    let context = scratch.context.get(n * hidden);
    for row in (0..n).step_by(ROWS) {
        let count = ROWS.min(n - row);
        let scores = scratch.scores.get(ROWS * length);
        let product = Product {
            a: &queries[row * depth..],
            rows: count,
            stride: depth,
            b: keys,
            depth,
            panels,
            shift: key_shift,
        };
        kernels.product(product, scores, length);

        let weights = scratch.weights.get(ROWS * length);
        let mut inverse = [0.0; ROWS];
        let rows = &query_scale[row..row + count];
        let keys = Scored { scale: key_scale, shift: key_shift, length: panels * PANEL, log_scale };
        kernels.softmax(scores, keys, rows, (weights, length), &mut inverse);

        let sums = sums.get(ROWS * STRIP);
        let product = Product {
            a: weights,
            rows: count,
            stride: length,
            b: values,
            depth: length,
            panels: width / PANEL,
            shift: &value_shift,
        };
        kernels.product(product, sums, STRIP);
        let out = &mut context[row * hidden + first..];
        kernels.context(sums, &inverse[..count], &value_scale, width, (out, hidden));
    }
}
