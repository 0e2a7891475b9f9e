//! Watches an analysis on its thread: stops it when nobody waits any more, counts the
//! CPU time of each capability, and gives each a span.

use std::{
    cell::RefCell,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use rustix::time::{ClockId, clock_gettime};
use tracing::span::EnteredSpan;

use crate::{
    analysis::{Feature, Watch},
    metrics::Metrics,
};

/// Watches one analysis.
pub struct JobWatch<'a> {
    stop: &'a AtomicBool,
    metrics: &'a Metrics,
    part: RefCell<Option<Part>>,
}

/// The part that is worked on.
struct Part {
    feature: Feature,
    started: Duration,
    /// Ends with the part.
    _span: EnteredSpan,
}

impl<'a> JobWatch<'a> {
    pub fn new(stop: &'a AtomicBool, metrics: &'a Metrics) -> Self {
        Self { stop, metrics, part: RefCell::new(None) }
    }
}

impl Watch for JobWatch<'_> {
    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn at(&self, part: Option<Feature>) {
        let now = cpu_time();
        if let Some(Part { feature, started, .. }) = self.part.take() {
            self.metrics.count_cpu(feature, now.saturating_sub(started));
        }
        let part = part.map(|feature| {
            let span = tracing::info_span!("capability", name = feature.name());
            Part { feature, started: now, _span: span.entered() }
        });
        *self.part.borrow_mut() = part;
    }
}

impl Drop for JobWatch<'_> {
    /// What was begun counts, finished or not.
    fn drop(&mut self) {
        self.at(None);
    }
}

/// What this thread has computed so far.
fn cpu_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}
