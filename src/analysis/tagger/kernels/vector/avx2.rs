//! Vectors in two registers of AVX2.

use std::arch::x86_64::*;

use super::{LANES, Vector};

/// The processor has AVX2.
#[derive(Clone, Copy)]
pub struct Avx2(());

impl Avx2 {
    #[target_feature(enable = "avx2")]
    pub fn new() -> Self {
        Self(())
    }
}

#[inline]
#[target_feature(enable = "avx2")]
pub fn sum8(a: __m256) -> f32 {
    let a = _mm_add_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps::<1>(a));
    let a = _mm_add_ps(a, _mm_movehl_ps(a, a));
    _mm_cvtss_f32(_mm_add_ss(a, _mm_movehdup_ps(a)))
}

#[inline]
#[target_feature(enable = "avx2")]
pub fn greatest8(a: __m256) -> f32 {
    let a = _mm_max_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps::<1>(a));
    let a = _mm_max_ps(a, _mm_movehl_ps(a, a));
    _mm_cvtss_f32(_mm_max_ss(a, _mm_movehdup_ps(a)))
}

#[inline]
#[target_feature(enable = "avx2")]
pub fn least8(a: __m256) -> f32 {
    let a = _mm_min_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps::<1>(a));
    let a = _mm_min_ps(a, _mm_movehl_ps(a, a));
    _mm_cvtss_f32(_mm_min_ss(a, _mm_movehdup_ps(a)))
}

#[inline]
#[target_feature(enable = "avx2")]
fn sum8_i(a: __m256i) -> i32 {
    let a = _mm_add_epi32(_mm256_castsi256_si128(a), _mm256_extracti128_si256::<1>(a));
    let a = _mm_add_epi32(a, _mm_shuffle_epi32::<0b01_00_11_10>(a));
    _mm_cvtsi128_si32(_mm_add_epi32(a, _mm_shuffle_epi32::<0b10_11_00_01>(a)))
}

/// The lowest byte of each of eight lanes, in the lower half of the result.
#[inline]
#[target_feature(enable = "avx2")]
fn low_bytes(a: __m256i) -> __m128i {
    let a = _mm256_and_si256(a, _mm256_set1_epi32(0xff));
    let a = _mm_packus_epi32(_mm256_castsi256_si128(a), _mm256_extracti128_si256::<1>(a));
    _mm_packus_epi16(a, a)
}

impl Vector for Avx2 {
    type F = [__m256; 2];
    type I = [__m256i; 2];

    #[inline(always)]
    fn splat(self, value: f32) -> [__m256; 2] {
        // SAFETY: the witness.
        unsafe { [_mm256_set1_ps(value); 2] }
    }
    #[inline(always)]
    fn load(self, values: &[f32; LANES]) -> [__m256; 2] {
        // SAFETY: the witness; the halves of the array have 32 bytes each.
        unsafe { [_mm256_loadu_ps(values.as_ptr()), _mm256_loadu_ps(values[8..].as_ptr())] }
    }
    #[inline(always)]
    fn store(self, a: [__m256; 2], to: &mut [f32; LANES]) {
        // SAFETY: the witness; the halves of the array have 32 bytes each.
        unsafe {
            _mm256_storeu_ps(to.as_mut_ptr(), a[0]);
            _mm256_storeu_ps(to[8..].as_mut_ptr(), a[1])
        }
    }
    #[inline(always)]
    fn add(self, a: [__m256; 2], b: [__m256; 2]) -> [__m256; 2] {
        // SAFETY: the witness.
        unsafe { [_mm256_add_ps(a[0], b[0]), _mm256_add_ps(a[1], b[1])] }
    }
    #[inline(always)]
    fn sub(self, a: [__m256; 2], b: [__m256; 2]) -> [__m256; 2] {
        // SAFETY: the witness.
        unsafe { [_mm256_sub_ps(a[0], b[0]), _mm256_sub_ps(a[1], b[1])] }
    }
    #[inline(always)]
    fn mul(self, a: [__m256; 2], b: [__m256; 2]) -> [__m256; 2] {
        // SAFETY: the witness.
        unsafe { [_mm256_mul_ps(a[0], b[0]), _mm256_mul_ps(a[1], b[1])] }
    }
    #[inline(always)]
    fn max(self, a: [__m256; 2], b: [__m256; 2]) -> [__m256; 2] {
        // SAFETY: the witness.
        unsafe { [_mm256_max_ps(a[0], b[0]), _mm256_max_ps(a[1], b[1])] }
    }
    #[inline(always)]
    fn min(self, a: [__m256; 2], b: [__m256; 2]) -> [__m256; 2] {
        // SAFETY: the witness.
        unsafe { [_mm256_min_ps(a[0], b[0]), _mm256_min_ps(a[1], b[1])] }
    }
    #[inline(always)]
    fn sum(self, a: [__m256; 2]) -> f32 {
        // SAFETY: the witness.
        unsafe { sum8(_mm256_add_ps(a[0], a[1])) }
    }
    #[inline(always)]
    fn greatest(self, a: [__m256; 2]) -> f32 {
        // SAFETY: the witness.
        unsafe { greatest8(_mm256_max_ps(a[0], a[1])) }
    }
    #[inline(always)]
    fn least(self, a: [__m256; 2]) -> f32 {
        // SAFETY: the witness.
        unsafe { least8(_mm256_min_ps(a[0], a[1])) }
    }
    #[inline(always)]
    fn splat_i(self, value: i32) -> [__m256i; 2] {
        // SAFETY: the witness.
        unsafe { [_mm256_set1_epi32(value); 2] }
    }
    #[inline(always)]
    fn load_i(self, values: &[i32; LANES]) -> [__m256i; 2] {
        // SAFETY: the witness; the halves of the array have 32 bytes each.
        unsafe {
            [
                _mm256_loadu_si256(values.as_ptr().cast()),
                _mm256_loadu_si256(values[8..].as_ptr().cast()),
            ]
        }
    }
    #[inline(always)]
    fn store_i(self, a: [__m256i; 2], to: &mut [i32; LANES]) {
        // SAFETY: the witness; the halves of the array have 32 bytes each.
        unsafe {
            _mm256_storeu_si256(to.as_mut_ptr().cast(), a[0]);
            _mm256_storeu_si256(to[8..].as_mut_ptr().cast(), a[1])
        }
    }
    #[inline(always)]
    fn add_i(self, a: [__m256i; 2], b: [__m256i; 2]) -> [__m256i; 2] {
        // SAFETY: the witness.
        unsafe { [_mm256_add_epi32(a[0], b[0]), _mm256_add_epi32(a[1], b[1])] }
    }
    #[inline(always)]
    fn sub_i(self, a: [__m256i; 2], b: [__m256i; 2]) -> [__m256i; 2] {
        // SAFETY: the witness.
        unsafe { [_mm256_sub_epi32(a[0], b[0]), _mm256_sub_epi32(a[1], b[1])] }
    }
    #[inline(always)]
    fn mul_i(self, a: [__m256i; 2], b: [__m256i; 2]) -> [__m256i; 2] {
        // SAFETY: the witness.
        unsafe { [_mm256_mullo_epi32(a[0], b[0]), _mm256_mullo_epi32(a[1], b[1])] }
    }
    #[inline(always)]
    fn sum_i(self, a: [__m256i; 2]) -> i32 {
        // SAFETY: the witness.
        unsafe { sum8_i(_mm256_add_epi32(a[0], a[1])) }
    }
    #[inline(always)]
    fn exponent(self, a: [__m256i; 2]) -> [__m256i; 2] {
        // SAFETY: the witness.
        unsafe { [_mm256_slli_epi32::<23>(a[0]), _mm256_slli_epi32::<23>(a[1])] }
    }
    #[inline(always)]
    fn store_bytes(self, a: [__m256i; 2], to: &mut [u8; LANES]) {
        // SAFETY: the witness; the array has 16 bytes.
        unsafe {
            _mm_storeu_si128(
                to.as_mut_ptr().cast(),
                _mm_unpacklo_epi64(low_bytes(a[0]), low_bytes(a[1])),
            )
        }
    }
    #[inline(always)]
    fn interleave(self, parts: [[__m256i; 2]; 4], to: &mut [u8; 4 * LANES]) {
        // SAFETY: the witness; the halves of the array have 32 bytes each.
        unsafe {
            let byte = _mm256_set1_epi32(0xff);
            for half in 0..2 {
                let [a, b, c, d] = parts.map(|part| part[half]);
                let low = _mm256_or_si256(
                    _mm256_and_si256(a, byte),
                    _mm256_slli_epi32::<8>(_mm256_and_si256(b, byte)),
                );
                let high = _mm256_or_si256(
                    _mm256_slli_epi32::<16>(_mm256_and_si256(c, byte)),
                    _mm256_slli_epi32::<24>(d),
                );
                let to = to[32 * half..].as_mut_ptr().cast();
                _mm256_storeu_si256(to, _mm256_or_si256(low, high))
            }
        }
    }
    #[inline(always)]
    fn float(self, a: [__m256i; 2]) -> [__m256; 2] {
        // SAFETY: the witness.
        unsafe { [_mm256_cvtepi32_ps(a[0]), _mm256_cvtepi32_ps(a[1])] }
    }
    #[inline(always)]
    fn as_bits(self, a: [__m256; 2]) -> [__m256i; 2] {
        // SAFETY: the witness.
        unsafe { [_mm256_castps_si256(a[0]), _mm256_castps_si256(a[1])] }
    }
    #[inline(always)]
    fn as_float(self, a: [__m256i; 2]) -> [__m256; 2] {
        // SAFETY: the witness.
        unsafe { [_mm256_castsi256_ps(a[0]), _mm256_castsi256_ps(a[1])] }
    }
}
