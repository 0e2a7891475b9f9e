//! Products of matrices with AVX-512 VNNI: 64 products of bytes in one instruction.
//!
//! A tile of rows and panels keeps its sums in registers, 24 of them at best: enough
//! for two of these instructions in every cycle, five cycles long.

use std::arch::x86_64::{
    __m512i, _mm512_dpbusd_epi32, _mm512_loadu_si512, _mm512_set1_epi32, _mm512_setzero_si512,
    _mm512_storeu_si512,
};

use super::{super::super::weights::PANEL, Product};

#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
pub fn product(p: Product<'_>, out: &mut [i32], out_stride: usize) {
    p.check(out, out_stride, 4);
    let mut panel = 0;
    while panel < p.panels {
        match p.panels - panel {
            4.. => panel += strip::<4, 6>(p, panel, out, out_stride),
            2.. => panel += strip::<2, 12>(p, panel, out, out_stride),
            _ => panel += strip::<1, 12>(p, panel, out, out_stride),
        }
    }
}

/// All rows of `P` panels, `MOST` rows at a time; returns `P`.
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
fn strip<const P: usize, const MOST: usize>(
    p: Product<'_>,
    panel: usize,
    out: &mut [i32],
    out_stride: usize,
) -> usize {
    let mut row = 0;
    while row < p.rows {
        let tile = match p.rows - row {
            left if left >= MOST => tile::<MOST, P>,
            6.. => tile::<6, P>,
            5 => tile::<5, P>,
            4 => tile::<4, P>,
            3 => tile::<3, P>,
            2 => tile::<2, P>,
            _ => tile::<1, P>,
        };
        row += tile(p, row, panel, out, out_stride);
    }
    P
}

/// `R` rows of `P` panels; returns `R`. Inside what `Product::check` has seen.
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
fn tile<const R: usize, const P: usize>(
    p: Product<'_>,
    row: usize,
    panel: usize,
    out: &mut [i32],
    out_stride: usize,
) -> usize {
    let a = &p.a[row * p.stride..];
    let b = &p.b[panel * p.panel_bytes()..];
    let mut sums = [[_mm512_setzero_si512(); P]; R];
    assert!(a.len() >= (R - 1) * p.stride + p.depth && b.len() >= P * p.panel_bytes());
    for k in (0..p.depth).step_by(4) {
        // SAFETY: the assertion, with k + 4 <= depth, keeps all loads inside the slices:
        // a panel has `depth` rows of 16 bytes.
        unsafe {
            let mut columns = [_mm512_setzero_si512(); P];
            for (j, columns) in columns.iter_mut().enumerate() {
                let at = j * p.panel_bytes() + k * PANEL;
                *columns = _mm512_loadu_si512(b.as_ptr().add(at).cast());
            }
            for (i, sums) in sums.iter_mut().enumerate() {
                let four = a.as_ptr().add(i * p.stride + k).cast::<i32>().read_unaligned();
                let four = _mm512_set1_epi32(four);
                for (sum, &columns) in sums.iter_mut().zip(&columns) {
                    *sum = _mm512_dpbusd_epi32(*sum, four, columns);
                }
            }
        }
    }
    for (i, sums) in sums.iter().enumerate() {
        let out = &mut out[(row + i) * out_stride + panel * PANEL..][..P * PANEL];
        for (sum, out) in sums.iter().zip(out.as_chunks_mut::<PANEL>().0) {
            store(*sum, out);
        }
    }
    R
}

#[target_feature(enable = "avx512f")]
fn store(sums: __m512i, out: &mut [i32; PANEL]) {
    // SAFETY: `out` has 64 bytes.
    unsafe { _mm512_storeu_si512(out.as_mut_ptr().cast(), sums) }
}
