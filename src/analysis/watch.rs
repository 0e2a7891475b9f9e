//! Whoever waits for an analysis, and may stop waiting.
//!
//! The analysis asks between sentences and windows, a few milliseconds apart at most,
//! whether to go on, and tells which part it is at. It has no clock and no threads of
//! its own; who has them can measure and interrupt it.

use super::Feature;

/// Whoever waits for an analysis.
pub trait Watch {
    /// Whether nobody wants the result any more. Asked often, so it must be cheap.
    fn stopped(&self) -> bool;

    /// The part that the analysis works on from now on; none where it is done.
    fn at(&self, _part: Option<Feature>) {}
}

/// Nobody stops it, nobody measures it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn stopped(&self) -> bool {
        false
    }
}

/// The analysis has stopped because its watch said so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the analysis was stopped")]
pub struct Stopped;

/// Goes on unless the watch says stop.
pub(super) fn check(watch: &dyn Watch) -> Result<(), Stopped> {
    if watch.stopped() { Err(Stopped) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::{Feature, Stopped, Watch};
    use crate::analysis::{Analyzer, Features, language::LanguageTag};

    /// Stops at its question number `last`; counts those of the quotes' part.
    struct Counts {
        last: usize,
        asked: Cell<usize>,
        at_quotes: Cell<bool>,
        of_quotes: Cell<usize>,
    }

    impl Counts {
        fn new(last: usize) -> Self {
            let at_quotes = Cell::new(false);
            Self { last, asked: Cell::new(0), at_quotes, of_quotes: Cell::new(0) }
        }
    }

    impl Watch for Counts {
        fn stopped(&self) -> bool {
            self.asked.set(self.asked.get() + 1);
            self.of_quotes.set(self.of_quotes.get() + usize::from(self.at_quotes.get()));
            self.asked.get() >= self.last
        }

        fn at(&self, part: Option<Feature>) {
            self.at_quotes.set(part == Some(Feature::Quotes));
        }
    }

    /// Rules over a long text take longer than anybody should wait who wants no answer.
    #[test]
    fn rules_ask_for_each_sentence_that_may_say_something() {
        let analyzer = Analyzer::new();
        for (language, piece) in [
            ("en", "Maria Lopez said that it was late. "),
            ("fr", "Maria Lopez a dit que le pont est vieux. "),
        ] {
            let text = piece.repeat(40);
            let language = LanguageTag::from_static(language);
            let run = |watch: &Counts| {
                let features = Features::from_iter([Feature::Quotes]);
                analyzer.analyze_watched(&text, Some(&language), features, watch).err()
            };
            let whole = Counts::new(usize::MAX);
            assert_eq!(run(&whole), None);
            assert!(whole.of_quotes.get() >= 40, "{language}: {}", whole.of_quotes.get());
            for last in 1..=whole.asked.get() {
                assert_eq!(run(&Counts::new(last)), Some(Stopped), "{language}, question {last}");
            }
        }
    }
}
