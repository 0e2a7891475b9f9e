//! The memory that one run of the encoder works in.

use super::{buffer::Buffer, kernels::RowScale};

/// Memory for one window at a time, kept from run to run. Each thread has its own.
/// What is in it never changes a result.
#[derive(Default)]
pub struct Scratch {
    /// `[n][hidden]`: the pieces' vectors.
    pub(super) x: Buffer<f32>,
    /// `[n][hidden]`, rows padded: a quantised copy of rows, and what its bytes mean.
    pub(super) rows: Buffer<u8>,
    pub(super) scales: Buffer<RowScale>,
    /// `[block][64]`: a product, before its scales.
    pub(super) sums: Buffer<i32>,
    pub(super) attention: AttentionScratch,
    pub(super) feed: FeedScratch,
    pub(super) logits: Buffer<f32>,
}

#[cfg(test)]
impl Scratch {
    /// Leaves something in all bytes, as an earlier window might.
    pub(super) fn soil(&mut self) {
        const BYTE: u8 = 0x55;
        let Self { x, rows, sums, attention, feed, logits, .. } = self;
        let [query, key, value] = &mut attention.strips;
        for floats in [x, logits, query, key, value, &mut attention.context, &mut feed.inner] {
            floats.soil(7.0);
        }
        for bytes in [rows, &mut attention.queries, &mut attention.keys, &mut attention.values] {
            bytes.soil(BYTE);
        }
        for bytes in [&mut attention.weights, &mut feed.rows] {
            bytes.soil(BYTE);
        }
        for scales in [&mut attention.query_scale, &mut attention.key_scale] {
            scales.soil(7.0);
        }
        for integers in [sums, &mut attention.key_shift, &mut attention.scores] {
            integers.soil(i32::from(BYTE));
        }
    }
}

#[derive(Default)]
pub(super) struct AttentionScratch {
    /// `[n][64]` each: queries, keys and values of one or two heads.
    pub strips: [Buffer<f32>; 3],
    /// `[n][depth]`, rows padded.
    pub queries: Buffer<u8>,
    pub query_scale: Buffer<f32>,
    pub keys: Buffer<u8>,
    pub key_scale: Buffer<f32>,
    pub key_shift: Buffer<i32>,
    pub values: Buffer<u8>,
    /// `[block][n]`: scores, and their softmax.
    pub scores: Buffer<i32>,
    pub weights: Buffer<u8>,
    /// `[n][hidden]`: what all heads give.
    pub context: Buffer<f32>,
}

#[derive(Default)]
pub(super) struct FeedScratch {
    /// `[block][feed_forward]`.
    pub inner: Buffer<f32>,
    pub rows: Buffer<u8>,
    pub scales: Buffer<RowScale>,
}
