//! Lengths: values that depend on how much of a text was read.
//!
//! The trainer (`training/languages`) fits what the detector then looks up, with this
//! very file.

/// Powers of two of the number of rows, 1 to 2,048, for each of which there is a value.
pub const LENGTHS: usize = 12;

/// Between two powers of two, what lies between their values.
pub fn at_length(values: &[f32; LENGTHS], rows: u32) -> f32 {
    let at = (rows.max(1) as f32).log2();
    let low = (at as usize).min(LENGTHS - 2);
    let share = (at - low as f32).min(1.0);
    values[low] * (1.0 - share) + values[low + 1] * share
}
