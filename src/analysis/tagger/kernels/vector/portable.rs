//! Vectors as arrays, for any processor.

use std::array::from_fn;

use super::{LANES, Vector};

#[derive(Clone, Copy)]
pub struct Portable;

/// Joins the upper half with the lower one until one lane is left.
#[inline(always)]
fn fold<T: Copy>(mut lanes: [T; LANES], join: impl Fn(T, T) -> T) -> T {
    for half in [8, 4, 2, 1] {
        for i in 0..half {
            lanes[i] = join(lanes[i], lanes[i + half]);
        }
    }
    lanes[0]
}

#[inline(always)]
fn zip<T: Copy>(a: [T; LANES], b: [T; LANES], join: impl Fn(T, T) -> T) -> [T; LANES] {
    from_fn(|i| join(a[i], b[i]))
}

#[inline(always)]
fn max(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

#[inline(always)]
fn min(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

impl Vector for Portable {
    type F = [f32; LANES];
    type I = [i32; LANES];

    #[inline(always)]
    fn splat(self, value: f32) -> Self::F {
        [value; LANES]
    }
    #[inline(always)]
    fn load(self, values: &[f32; LANES]) -> Self::F {
        *values
    }
    #[inline(always)]
    fn store(self, a: Self::F, to: &mut [f32; LANES]) {
        *to = a;
    }
    #[inline(always)]
    fn add(self, a: Self::F, b: Self::F) -> Self::F {
        zip(a, b, |a, b| a + b)
    }
    #[inline(always)]
    fn sub(self, a: Self::F, b: Self::F) -> Self::F {
        zip(a, b, |a, b| a - b)
    }
    #[inline(always)]
    fn mul(self, a: Self::F, b: Self::F) -> Self::F {
        zip(a, b, |a, b| a * b)
    }
    #[inline(always)]
    fn max(self, a: Self::F, b: Self::F) -> Self::F {
        zip(a, b, max)
    }
    #[inline(always)]
    fn min(self, a: Self::F, b: Self::F) -> Self::F {
        zip(a, b, min)
    }
    #[inline(always)]
    fn sum(self, a: Self::F) -> f32 {
        fold(a, |a, b| a + b)
    }
    #[inline(always)]
    fn greatest(self, a: Self::F) -> f32 {
        fold(a, max)
    }
    #[inline(always)]
    fn least(self, a: Self::F) -> f32 {
        fold(a, min)
    }

    #[inline(always)]
    fn splat_i(self, value: i32) -> Self::I {
        [value; LANES]
    }
    #[inline(always)]
    fn load_i(self, values: &[i32; LANES]) -> Self::I {
        *values
    }
    #[inline(always)]
    fn store_i(self, a: Self::I, to: &mut [i32; LANES]) {
        *to = a;
    }
    #[inline(always)]
    fn add_i(self, a: Self::I, b: Self::I) -> Self::I {
        zip(a, b, i32::wrapping_add)
    }
    #[inline(always)]
    fn sub_i(self, a: Self::I, b: Self::I) -> Self::I {
        zip(a, b, i32::wrapping_sub)
    }
    #[inline(always)]
    fn mul_i(self, a: Self::I, b: Self::I) -> Self::I {
        zip(a, b, i32::wrapping_mul)
    }
    #[inline(always)]
    fn sum_i(self, a: Self::I) -> i32 {
        fold(a, i32::wrapping_add)
    }
    #[inline(always)]
    fn exponent(self, a: Self::I) -> Self::I {
        a.map(|a| a << 23)
    }
    #[inline(always)]
    fn store_bytes(self, a: Self::I, to: &mut [u8; LANES]) {
        *to = a.map(|a| a as u8);
    }
    #[inline(always)]
    fn interleave(self, parts: [Self::I; 4], to: &mut [u8; 4 * LANES]) {
        for (i, to) in to.as_chunks_mut::<4>().0.iter_mut().enumerate() {
            *to = from_fn(|part| parts[part][i] as u8);
        }
    }

    #[inline(always)]
    fn float(self, a: Self::I) -> Self::F {
        a.map(|a| a as f32)
    }
    #[inline(always)]
    fn as_bits(self, a: Self::F) -> Self::I {
        a.map(|a| a.to_bits() as i32)
    }
    #[inline(always)]
    fn as_float(self, a: Self::I) -> Self::F {
        a.map(|a| f32::from_bits(a as u32))
    }
}
