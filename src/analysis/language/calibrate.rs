//! Calibration: from what the model says to probabilities that mean something.
//!
//! Knows no texts and no languages.

use super::model::CLASSES;

/// An answer of at least this confidence is right in 99 of 100 cases or more.
pub(super) const RELIABLE: f32 = 0.99;

/// Languages further behind the best than this, in powers of e, have as good as no
/// probability.
const NEGLIGIBLE: f32 = 16.0;

/// The languages to choose from: 0 for each that may be, negative infinity otherwise.
pub(super) type Mask = [f32; CLASSES];

/// The probability of each language by its weight, all of them 0 where the mask leaves
/// none.
pub(super) fn probabilities(weights: &[f32; CLASSES], mask: &Mask) -> [f32; CLASSES] {
    let mut values = [0.0; CLASSES];
    for ((value, weight), mask) in values.iter_mut().zip(weights).zip(mask) {
        *value = weight + mask;
    }
    let highest = values.iter().fold(f32::NEG_INFINITY, |a, &b| a.max(b));
    if highest == f32::NEG_INFINITY {
        return [0.0; CLASSES];
    }
    for value in &mut values {
        *value = match *value - highest {
            // Most languages: not worth an exponential, but possible.
            behind if behind < -NEGLIGIBLE => {
                if behind == f32::NEG_INFINITY {
                    0.0
                } else {
                    f32::MIN_POSITIVE * 1e6
                }
            }
            behind => behind.exp(),
        };
    }
    let share = 1.0 / values.iter().sum::<f32>();
    values.map(|value| value * share)
}
