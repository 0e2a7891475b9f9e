//! Products of matrices in plain Rust, for any processor: what the other kernels must
//! agree with.

use super::{super::super::weights::PANEL, Product};

/// Rows that share the loads of the weights.
const TOGETHER: usize = 4;

pub fn product(p: Product<'_>, out: &mut [i32], out_stride: usize) {
    p.check(out, out_stride, 4);
    for panel in 0..p.panels {
        let (weights, _) = p.b[panel * p.panel_bytes()..][..p.panel_bytes()].as_chunks::<64>();
        for first in (0..p.rows).step_by(TOGETHER) {
            let rows: [&[[u8; 4]]; TOGETHER] =
                std::array::from_fn(|i| p.a[(first + i) * p.stride..][..p.depth].as_chunks().0);
            let sums = tile(rows, weights);
            for (i, sums) in sums.iter().enumerate() {
                let at = (first + i) * out_stride + panel * PANEL;
                out[at..at + PANEL].copy_from_slice(sums);
            }
        }
    }
}

fn tile(rows: [&[[u8; 4]]; TOGETHER], weights: &[[u8; 64]]) -> [[i32; PANEL]; TOGETHER] {
    let mut sums = [[0; PANEL]; TOGETHER];
    let rows = rows.map(|row| &row[..weights.len()]);
    for (k, weights) in weights.iter().enumerate() {
        for (sums, row) in sums.iter_mut().zip(rows) {
            for (sum, weights) in sums.iter_mut().zip(weights.as_chunks::<4>().0) {
                *sum +=
                    (0..4).map(|i| i32::from(row[k][i]) * i32::from(weights[i] as i8)).sum::<i32>();
            }
        }
    }
    sums
}
