//! Calibration: from what the model says to probabilities that mean something.
//!
//! Knows no texts and no languages.

use super::model::CLASSES;

// None is left over.
const _: () = assert!(CLASSES.is_multiple_of(16));

/// An answer of at least this confidence is right in 99 of 100 cases or more.
pub(super) const RELIABLE: f32 = 0.99;

/// The languages to choose from: 0 for each that may be, negative infinity otherwise.
pub(super) type Mask = [f32; CLASSES];

/// The probability of each language by its weight, all of them 0 where the mask leaves
/// none.
pub(super) fn probabilities(weights: &[f32; CLASSES], mask: &Mask) -> [f32; CLASSES] {
    let mut values = [0.0; CLASSES];
    for ((value, weight), mask) in values.iter_mut().zip(weights).zip(mask) {
        *value = weight + mask;
    }
    let highest = fold(&values, f32::NEG_INFINITY, |a, b| if a > b { a } else { b });
    if highest == f32::NEG_INFINITY {
        return [0.0; CLASSES];
    }
    for value in &mut values {
        *value = if *value == f32::NEG_INFINITY { 0.0 } else { exp(*value - highest) };
    }
    let share = 1.0 / fold(&values, 0.0, |a, b| a + b);
    values.map(|value| value * share)
}

/// One value of all `values`. Sixteen at a time, where one after another would take
/// most of a word's time: each would wait for the one before.
pub(super) fn fold(values: &[f32; CLASSES], start: f32, join: impl Fn(f32, f32) -> f32) -> f32 {
    let mut lanes = [start; 16];
    for values in values.as_chunks::<16>().0 {
        lanes.iter_mut().zip(values).for_each(|(lane, &value)| *lane = join(*lane, value));
    }
    lanes.into_iter().fold(start, join)
}

/// The exponential of `x`, from -80 (and what is below) to 0, to five digits. Without
/// branches and calls, so that many are made at a time, and the same on all machines.
fn exp(x: f32) -> f32 {
    // The nearest whole power of two, in the lowest bits of a number that leaves no room
    // for others, and the rest of the way there by its series.
    const WHOLE: f32 = 12_582_912.0;
    let power = x.max(-80.0) * std::f32::consts::LOG2_E;
    let whole = power + WHOLE;
    let rest = (power - (whole - WHOLE)) * std::f32::consts::LN_2;
    let series = 1.0 / 6.0 + rest * (1.0 / 24.0 + rest * (1.0 / 120.0 + rest / 720.0));
    let series = 1.0 + rest * (1.0 + rest * (0.5 + rest * series));
    series * f32::from_bits((whole.to_bits() << 23).wrapping_add(127 << 23))
}

#[cfg(test)]
mod tests {
    use super::exp;

    #[test]
    fn the_exponential_is_right_to_five_digits() {
        for step in 0..=80_000 {
            let x = -step as f32 / 1000.0;
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-5, "{x}: {} {}", exp(x), x.exp());
        }
        assert_eq!(exp(0.0), 1.0);
        assert_eq!(exp(-1e9), exp(-80.0));
    }
}
