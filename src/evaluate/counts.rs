//! From what was right and wrong to precision, recall, F1 and accuracy.
//!
//! 0/0: where there was nothing to find and nothing was found, a figure is
//! undefined (`None`) and means leave it out. Where only one of the two is
//! nothing, precision and recall are 0, so that silence never raises a mean.

use std::collections::BTreeSet;
use std::ops::AddAssign;

use super::report::{Cell, Cells};

/// How many things were found, wrongly found, and missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub true_positives: usize,
    pub false_positives: usize,
    pub false_negatives: usize,
}

impl Counts {
    /// A thing is right when it is equal in both. Each counts once.
    pub fn compare<T: Ord>(gold: &BTreeSet<T>, predicted: &BTreeSet<T>) -> Self {
        let true_positives = gold.intersection(predicted).count();
        Self {
            true_positives,
            false_positives: predicted.len() - true_positives,
            false_negatives: gold.len() - true_positives,
        }
    }

    /// How many things the annotation has.
    pub fn gold(self) -> usize {
        self.true_positives + self.false_negatives
    }

    /// Found rightly, of all found.
    pub fn precision(self) -> Option<f64> {
        self.share(self.true_positives + self.false_positives)
    }

    /// Found, of all that is there.
    pub fn recall(self) -> Option<f64> {
        self.share(self.gold())
    }

    /// The harmonic mean of precision and recall.
    pub fn f1(self) -> Option<f64> {
        let both = 2 * self.true_positives + self.false_positives + self.false_negatives;
        ratio(2 * self.true_positives, both)
    }

    fn share(self, of: usize) -> Option<f64> {
        let all = self.true_positives + self.false_positives + self.false_negatives;
        ratio(self.true_positives, of).or((all > 0).then_some(0.0))
    }

    pub fn cells(self) -> Cells {
        vec![
            ("tp", Cell::Count(self.true_positives)),
            ("fp", Cell::Count(self.false_positives)),
            ("fn", Cell::Count(self.false_negatives)),
            ("precision", Cell::Ratio(self.precision())),
            ("recall", Cell::Ratio(self.recall())),
            ("f1", Cell::Ratio(self.f1())),
        ]
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.true_positives += other.true_positives;
        self.false_positives += other.false_positives;
        self.false_negatives += other.false_negatives;
    }
}

/// How many of some cases were right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accuracy {
    pub right: usize,
    pub total: usize,
}

impl Accuracy {
    pub fn one(right: bool) -> Self {
        Self { right: usize::from(right), total: 1 }
    }

    /// Undefined where there was no case.
    pub fn ratio(self) -> Option<f64> {
        ratio(self.right, self.total)
    }
}

impl AddAssign for Accuracy {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.total += other.total;
    }
}

/// The mean of those that are defined; undefined where none is.
pub fn mean(ratios: impl IntoIterator<Item = Option<f64>>) -> Option<f64> {
    let (sum, count) =
        ratios.into_iter().flatten().fold((0.0, 0), |(sum, n), ratio| (sum + ratio, n + 1));
    (count > 0).then(|| sum / f64::from(count))
}

#[expect(clippy::cast_precision_loss, reason = "no corpus has 2^52 things to count")]
fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::{Accuracy, Counts, mean};

    fn check(tp: usize, fp: usize, fn_: usize, expect: (Option<f64>, Option<f64>, Option<f64>)) {
        let counts = Counts { true_positives: tp, false_positives: fp, false_negatives: fn_ };
        assert_eq!((counts.precision(), counts.recall(), counts.f1()), expect, "{counts:?}");
    }

    #[test]
    fn precision_recall_f1() {
        check(3, 1, 3, (Some(0.75), Some(0.5), Some(0.6)));
        check(2, 0, 0, (Some(1.0), Some(1.0), Some(1.0)));
        check(0, 1, 1, (Some(0.0), Some(0.0), Some(0.0)));
    }

    #[test]
    fn nothing_found_or_nothing_there_is_zero_and_neither_is_undefined() {
        check(0, 0, 2, (Some(0.0), Some(0.0), Some(0.0)));
        check(0, 2, 0, (Some(0.0), Some(0.0), Some(0.0)));
        check(0, 0, 0, (None, None, None));
        assert_eq!(Accuracy::default().ratio(), None);
    }

    #[test]
    fn each_thing_counts_once() {
        let counts = Counts::compare(&[1, 2, 2, 3].into(), &[2, 3, 4, 5].into());
        assert_eq!(counts, Counts { true_positives: 2, false_positives: 2, false_negatives: 1 });
    }

    #[test]
    fn a_mean_leaves_out_what_is_undefined() {
        assert_eq!(mean([Some(1.0), None, Some(0.5)]), Some(0.75));
        assert_eq!(mean([None]), None);
    }
}
