//! Vectors of sixteen f32 or i32, and what the encoder does with them.
//!
//! `rows`, `linear` and `attention` are written once over `Vector`; each instruction set
//! implements it. Every operation gives the same bits in all of them: there is no fused
//! product and sum, and sums over lanes add the upper half to the lower one until one
//! lane is left.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod portable;
#[cfg(test)]
mod tests;

#[cfg(target_arch = "x86_64")]
pub use avx2::Avx2;
#[cfg(target_arch = "x86_64")]
pub use avx512::Avx512;
pub use portable::Portable;

/// Lanes of a vector.
pub const LANES: usize = 16;

/// A witness that the processor has some instructions; its methods are those
/// instructions.
pub trait Vector: Copy {
    /// Sixteen f32.
    type F: Copy;
    /// Sixteen i32, whose arithmetic wraps.
    type I: Copy;

    fn splat(self, value: f32) -> Self::F;
    fn load(self, values: &[f32; LANES]) -> Self::F;
    fn store(self, a: Self::F, to: &mut [f32; LANES]);
    fn add(self, a: Self::F, b: Self::F) -> Self::F;
    fn sub(self, a: Self::F, b: Self::F) -> Self::F;
    fn mul(self, a: Self::F, b: Self::F) -> Self::F;
    /// The greater of each two; `b` if either is not a number.
    fn max(self, a: Self::F, b: Self::F) -> Self::F;
    /// The lesser of each two; `b` if either is not a number.
    fn min(self, a: Self::F, b: Self::F) -> Self::F;
    fn sum(self, a: Self::F) -> f32;
    fn greatest(self, a: Self::F) -> f32;
    fn least(self, a: Self::F) -> f32;

    fn splat_i(self, value: i32) -> Self::I;
    fn load_i(self, values: &[i32; LANES]) -> Self::I;
    fn store_i(self, a: Self::I, to: &mut [i32; LANES]);
    fn add_i(self, a: Self::I, b: Self::I) -> Self::I;
    fn sub_i(self, a: Self::I, b: Self::I) -> Self::I;
    fn mul_i(self, a: Self::I, b: Self::I) -> Self::I;
    fn sum_i(self, a: Self::I) -> i32;
    /// Each lane times 2²³: an integer moved to the exponent of an f32.
    fn exponent(self, a: Self::I) -> Self::I;
    /// The lowest byte of each lane.
    fn store_bytes(self, a: Self::I, to: &mut [u8; LANES]);
    /// The lowest bytes of each lane of all four, the first one lowest.
    fn interleave(self, parts: [Self::I; 4], to: &mut [u8; 4 * LANES]);

    /// The nearest f32.
    fn float(self, a: Self::I) -> Self::F;
    /// The same bits.
    fn as_bits(self, a: Self::F) -> Self::I;
    /// The same bits.
    fn as_float(self, a: Self::I) -> Self::F;
}
