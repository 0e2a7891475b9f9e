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
