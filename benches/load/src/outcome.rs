//! What became of calls, and summaries of many.

use std::{collections::BTreeMap, time::Duration};

use tonic::Code;

#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    /// When it was to start, from the beginning of the run.
    pub at: Duration,
    /// From when it was to start to its answer.
    pub latency: Duration,
    pub code: Code,
}

/// The latency in milliseconds that a share of the calls with `code` stays below.
pub fn percentile(outcomes: &[Outcome], code: Code, share: f64) -> f64 {
    let mut latencies: Vec<_> =
        outcomes.iter().filter(|o| o.code == code).map(|o| o.latency).collect();
    latencies.sort();
    let at = (latencies.len() as f64 * share) as usize;
    latencies.get(at.min(latencies.len().saturating_sub(1))).map_or(f64::NAN, millis)
}

pub fn millis(duration: &Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

/// How many calls ended with each code.
pub fn counts(outcomes: &[Outcome]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for outcome in outcomes {
        *counts.entry(format!("{:?}", outcome.code)).or_default() += 1;
    }
    counts
}
