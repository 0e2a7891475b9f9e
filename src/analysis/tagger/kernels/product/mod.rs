//! Products of matrices: u8 rows times packed i8 columns, once for each instruction set.

#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
pub mod amx;
#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod portable;
#[cfg(test)]
mod tests;

#[cfg(target_arch = "x86_64")]
pub use avx2::product as avx2;
#[cfg(target_arch = "x86_64")]
pub use avx512::product as avx512;
pub use portable::product as portable;

use super::super::weights::PANEL;

/// Rows that buffers are padded to: a kernel may read and write, but never needs, the
/// rows between the last one and the next multiple of this.
pub const ROWS: usize = 32;

/// `out[i][j] = Σ_k a[i][k] · b[k][j]`, in i32, without rounding or overflow.
#[derive(Clone, Copy)]
pub struct Product<'a> {
    /// u8 `[rows][stride]`, of which the first `depth` columns count. Padded to `ROWS`.
    pub a: &'a [u8],
    pub rows: usize,
    pub stride: usize,
    /// i8 as bytes, `[panels][depth/4][16][4]`, never -128.
    pub b: &'a [u8],
    /// A multiple of the kernels' `depth_step`.
    pub depth: usize,
    pub panels: usize,
    /// `128 · Σ_k b[k][j]` for each column; a kernel that shifts `a` to i8 needs it.
    pub shift: &'a [i32],
}

impl Product<'_> {
    /// Bytes of one panel.
    #[inline(always)]
    pub fn panel_bytes(&self) -> usize {
        self.depth * PANEL
    }

    /// Panics unless everything a kernel may touch lies inside the slices: what makes
    /// the kernels' pointers sound.
    #[inline(always)]
    pub fn check(&self, out: &[i32], out_stride: usize, depth_step: usize) {
        let rows = self.rows.next_multiple_of(ROWS);
        let columns = self.panels * PANEL;
        assert!(self.depth.is_multiple_of(depth_step) && (1..=self.stride).contains(&self.depth));
        assert!(columns <= out_stride && self.shift.len() >= columns);
        assert!(self.b.len() >= self.panels * self.panel_bytes());
        assert!(self.a.len() >= rows * self.stride && out.len() >= rows * out_stride);
    }
}
