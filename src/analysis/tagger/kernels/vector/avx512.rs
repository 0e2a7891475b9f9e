//! Vectors in one register of AVX-512.

use std::arch::x86_64::*;

use super::{
    LANES, Vector,
    avx2::{greatest8, least8, sum8},
};

/// The processor has AVX-512 F and DQ.
#[derive(Clone, Copy)]
pub struct Avx512(());

impl Avx512 {
    #[target_feature(enable = "avx512f,avx512dq")]
    pub fn new() -> Self {
        Self(())
    }
}

#[inline]
#[target_feature(enable = "avx512f,avx512dq")]
fn halves(a: __m512) -> (__m256, __m256) {
    (_mm512_castps512_ps256(a), _mm512_extractf32x8_ps::<1>(a))
}

impl Vector for Avx512 {
    type F = __m512;
    type I = __m512i;

    #[inline(always)]
    fn splat(self, value: f32) -> __m512 {
        // SAFETY: the witness.
        unsafe { _mm512_set1_ps(value) }
    }
    #[inline(always)]
    fn load(self, values: &[f32; LANES]) -> __m512 {
        // SAFETY: the witness; the array has 64 bytes.
        unsafe { _mm512_loadu_ps(values.as_ptr()) }
    }
    #[inline(always)]
    fn store(self, a: __m512, to: &mut [f32; LANES]) {
        // SAFETY: the witness; the array has 64 bytes.
        unsafe { _mm512_storeu_ps(to.as_mut_ptr(), a) }
    }
    #[inline(always)]
    fn add(self, a: __m512, b: __m512) -> __m512 {
        // SAFETY: the witness.
        unsafe { _mm512_add_ps(a, b) }
    }
    #[inline(always)]
    fn sub(self, a: __m512, b: __m512) -> __m512 {
        // SAFETY: the witness.
        unsafe { _mm512_sub_ps(a, b) }
    }
    #[inline(always)]
    fn mul(self, a: __m512, b: __m512) -> __m512 {
        // SAFETY: the witness.
        unsafe { _mm512_mul_ps(a, b) }
    }
    #[inline(always)]
    fn max(self, a: __m512, b: __m512) -> __m512 {
        // SAFETY: the witness.
        unsafe { _mm512_max_ps(a, b) }
    }
    #[inline(always)]
    fn min(self, a: __m512, b: __m512) -> __m512 {
        // SAFETY: the witness.
        unsafe { _mm512_min_ps(a, b) }
    }
    #[inline(always)]
    fn sum(self, a: __m512) -> f32 {
        // SAFETY: the witness.
        unsafe {
            let (low, high) = halves(a);
            sum8(_mm256_add_ps(low, high))
        }
    }
    #[inline(always)]
    fn greatest(self, a: __m512) -> f32 {
        // SAFETY: the witness.
        unsafe {
            let (low, high) = halves(a);
            greatest8(_mm256_max_ps(low, high))
        }
    }
    #[inline(always)]
    fn least(self, a: __m512) -> f32 {
        // SAFETY: the witness.
        unsafe {
            let (low, high) = halves(a);
            least8(_mm256_min_ps(low, high))
        }
    }
    #[inline(always)]
    fn splat_i(self, value: i32) -> __m512i {
        // SAFETY: the witness.
        unsafe { _mm512_set1_epi32(value) }
    }
    #[inline(always)]
    fn load_i(self, values: &[i32; LANES]) -> __m512i {
        // SAFETY: the witness; the array has 64 bytes.
        unsafe { _mm512_loadu_si512(values.as_ptr().cast()) }
    }
    #[inline(always)]
    fn store_i(self, a: __m512i, to: &mut [i32; LANES]) {
        // SAFETY: the witness; the array has 64 bytes.
        unsafe { _mm512_storeu_si512(to.as_mut_ptr().cast(), a) }
    }
    #[inline(always)]
    fn add_i(self, a: __m512i, b: __m512i) -> __m512i {
        // SAFETY: the witness.
        unsafe { _mm512_add_epi32(a, b) }
    }
    #[inline(always)]
    fn sub_i(self, a: __m512i, b: __m512i) -> __m512i {
        // SAFETY: the witness.
        unsafe { _mm512_sub_epi32(a, b) }
    }
    #[inline(always)]
    fn mul_i(self, a: __m512i, b: __m512i) -> __m512i {
        // SAFETY: the witness.
        unsafe { _mm512_mullo_epi32(a, b) }
    }
    #[inline(always)]
    fn sum_i(self, a: __m512i) -> i32 {
        // SAFETY: the witness.
        unsafe { _mm512_reduce_add_epi32(a) }
    }
    #[inline(always)]
    fn exponent(self, a: __m512i) -> __m512i {
        // SAFETY: the witness.
        unsafe { _mm512_slli_epi32::<23>(a) }
    }
    #[inline(always)]
    fn store_bytes(self, a: __m512i, to: &mut [u8; LANES]) {
        // SAFETY: the witness; the array has 16 bytes.
        unsafe { _mm_storeu_si128(to.as_mut_ptr().cast(), _mm512_cvtepi32_epi8(a)) }
    }
    #[inline(always)]
    fn interleave(self, parts: [__m512i; 4], to: &mut [u8; 4 * LANES]) {
        // SAFETY: the witness; the array has 64 bytes.
        unsafe {
            let byte = _mm512_set1_epi32(0xff);
            let [a, b, c, d] = parts;
            let low = _mm512_or_si512(
                _mm512_and_si512(a, byte),
                _mm512_slli_epi32::<8>(_mm512_and_si512(b, byte)),
            );
            let high = _mm512_or_si512(
                _mm512_slli_epi32::<16>(_mm512_and_si512(c, byte)),
                _mm512_slli_epi32::<24>(d),
            );
            _mm512_storeu_si512(to.as_mut_ptr().cast(), _mm512_or_si512(low, high))
        }
    }
    #[inline(always)]
    fn float(self, a: __m512i) -> __m512 {
        // SAFETY: the witness.
        unsafe { _mm512_cvtepi32_ps(a) }
    }
    #[inline(always)]
    fn as_bits(self, a: __m512) -> __m512i {
        // SAFETY: the witness.
        unsafe { _mm512_castps_si512(a) }
    }
    #[inline(always)]
    fn as_float(self, a: __m512i) -> __m512 {
        // SAFETY: the witness.
        unsafe { _mm512_castsi512_ps(a) }
    }
}
