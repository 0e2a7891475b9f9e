//! Products of matrices with AVX2: exact, though its product of bytes saturates.
//!
//! `maddubs` adds two products of an unsigned and a signed byte in 16 bits, which
//! 2 · 255 · 127 does not fit. So rows are shifted to i8, `u - 128`; the magnitude of
//! one factor and the other with its sign give at most 2 · 128 · 127, which fits. The
//! shift comes back as 128 times the sum of each column's weights.

use std::arch::x86_64::*;

use super::{super::super::weights::PANEL, Product};

/// Rows of a tile; its sums take half of the sixteen registers.
const MOST: usize = 4;

#[target_feature(enable = "avx2")]
pub fn product(p: Product<'_>, out: &mut [i32], out_stride: usize) {
    p.check(out, out_stride, 4);
    for panel in 0..p.panels {
        let mut row = 0;
        while row < p.rows {
            row += match p.rows - row {
                MOST.. => tile::<MOST>(p, row, panel, out, out_stride),
                3 => tile::<3>(p, row, panel, out, out_stride),
                2 => tile::<2>(p, row, panel, out, out_stride),
                _ => tile::<1>(p, row, panel, out, out_stride),
            };
        }
    }
}

/// `R` rows of a panel; returns `R`.
#[target_feature(enable = "avx2")]
fn tile<const R: usize>(
    p: Product<'_>,
    row: usize,
    panel: usize,
    out: &mut [i32],
    out_stride: usize,
) -> usize {
    let a = &p.a[row * p.stride..];
    let b = &p.b[panel * p.panel_bytes()..][..p.panel_bytes()];
    assert!(a.len() >= (R - 1) * p.stride + p.depth && p.depth.is_multiple_of(4));
    let (ones, middle) = (_mm256_set1_epi16(1), _mm256_set1_epi8(-128));
    let mut sums = [[_mm256_setzero_si256(); 2]; R];
    for (k, b) in b.as_chunks::<64>().0.iter().enumerate() {
        let [left, right] = halves(b);
        for (i, sums) in sums.iter_mut().enumerate() {
            // SAFETY: k < depth/4, so the assertion keeps the four bytes inside `a`.
            let four =
                unsafe { a.as_ptr().add(i * p.stride + 4 * k).cast::<i32>().read_unaligned() };
            let shifted = _mm256_xor_si256(_mm256_set1_epi32(four), middle);
            let magnitude = _mm256_abs_epi8(shifted);
            // Written out: an iterator over the two halves keeps the sums in memory, which
            // is five times slower.
            let pairs = _mm256_maddubs_epi16(magnitude, _mm256_sign_epi8(left, shifted));
            sums[0] = _mm256_add_epi32(sums[0], _mm256_madd_epi16(pairs, ones));
            let pairs = _mm256_maddubs_epi16(magnitude, _mm256_sign_epi8(right, shifted));
            sums[1] = _mm256_add_epi32(sums[1], _mm256_madd_epi16(pairs, ones));
        }
    }
    let shift = halves(p.shift[panel * PANEL..].first_chunk::<PANEL>().expect("a panel"));
    for (i, sums) in sums.iter().enumerate() {
        let at = (row + i) * out_stride + panel * PANEL;
        let out = out[at..].first_chunk_mut::<PANEL>().expect("a panel");
        for (half, sum) in sums.iter().enumerate() {
            // SAFETY: each half of `out` has 32 bytes.
            unsafe {
                let out = out.as_mut_ptr().add(8 * half).cast();
                _mm256_storeu_si256(out, _mm256_add_epi32(*sum, shift[half]));
            }
        }
    }
    R
}

/// 64 bytes as two vectors.
#[target_feature(enable = "avx2")]
fn halves<T, const N: usize>(from: &[T; N]) -> [__m256i; 2] {
    const { assert!(size_of::<[T; N]>() == 64) };
    let from = from.as_ptr().cast::<__m256i>();
    // SAFETY: `from` has 64 bytes, any of which make a vector.
    unsafe { [_mm256_loadu_si256(from), _mm256_loadu_si256(from.add(1))] }
}
