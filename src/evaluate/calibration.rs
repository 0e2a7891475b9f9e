//! Whether confidences mean what they say.
//!
//! Predictions are put into ten bins of equal width by their confidence. The
//! expected calibration error (Naeini et al. 2015) is the distance between mean
//! confidence and share of right predictions in a bin, averaged over predictions.

use std::ops::AddAssign;

use super::report::{Cell, Group, Line};

const BINS: usize = 10;

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Bin {
    count: usize,
    right: usize,
    confidence: f64,
}

/// Predictions with their confidences.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Calibration {
    bins: [Bin; BINS],
}

impl Calibration {
    /// `confidence` from 0 to 1.
    pub fn add(&mut self, confidence: f32, right: bool) {
        let bin = (confidence * BINS as f32) as usize;
        let bin = &mut self.bins[bin.min(BINS - 1)];
        bin.count += 1;
        bin.right += usize::from(right);
        bin.confidence += f64::from(confidence);
    }

    /// The expected calibration error, 0 to 1; `None` without predictions.
    pub fn error(&self) -> Option<f64> {
        let count: usize = self.bins.iter().map(|bin| bin.count).sum();
        let gaps: f64 = self.bins.iter().map(|b| (b.confidence - b.right as f64).abs()).sum();
        (count > 0).then(|| gaps / count as f64)
    }

    /// A line for each bin that has predictions.
    pub fn group(&self) -> Group {
        let lines = self.bins.iter().enumerate().filter(|(_, bin)| bin.count > 0);
        let lines = lines.map(|(index, bin)| {
            let mean = |sum: f64| Cell::Ratio(Some(sum / bin.count as f64));
            let cells = vec![
                ("predictions", Cell::Count(bin.count)),
                ("confidence", mean(bin.confidence)),
                ("right", mean(bin.right as f64)),
            ];
            Line::new(format!("{}-{} %", 10 * index, 10 * (index + 1)), cells)
        });
        Group::new("by confidence", lines.collect())
    }
}

impl AddAssign for Calibration {
    fn add_assign(&mut self, other: Self) {
        for (bin, other) in self.bins.iter_mut().zip(other.bins) {
            bin.count += other.count;
            bin.right += other.right;
            bin.confidence += other.confidence;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_is_the_mean_gap() {
        let mut calibration = Calibration::default();
        assert_eq!(calibration.error(), None);
        for right in [true, true, true, false] {
            calibration.add(0.75, right);
        }
        assert_eq!(calibration.error(), Some(0.0));
        let mut other = Calibration::default();
        for _ in 0..4 {
            other.add(1.0, false);
        }
        calibration += other;
        assert_eq!(calibration.error(), Some(0.5));
        let lines = calibration.group().lines;
        assert_eq!(lines[0].name, "70-80 %");
        assert_eq!(lines[1].cell("right"), Some(&Cell::Ratio(Some(0.0))));
    }
}
