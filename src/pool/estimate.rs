//! How long a job will take, by what jobs of its kind took.

use std::{collections::HashMap, time::Duration};

/// What a job costs that has nothing to do, as if it were text.
const OVERHEAD: u64 = 256;

/// Weight of all that went before, when one more job is counted.
const MEMORY: f64 = 0.98;

/// Nanoseconds a byte for each kind of job.
#[derive(Debug, Default)]
pub struct Estimates(HashMap<&'static str, Rate>);

#[derive(Debug, Default)]
struct Rate {
    nanos: f64,
    bytes: f64,
}

impl Estimates {
    /// Nanoseconds that a job of this kind and size will take; 0 where none was seen.
    pub fn of(&self, kind: &'static str, bytes: usize) -> u64 {
        let Some(Rate { nanos, bytes: seen }) = self.0.get(kind) else { return 0 };
        (nanos / seen * (bytes as u64 + OVERHEAD) as f64) as u64
    }

    /// Counts a job that is done.
    pub fn learn(&mut self, kind: &'static str, bytes: usize, took: Duration) {
        let rate = self.0.entry(kind).or_default();
        rate.nanos = rate.nanos * MEMORY + took.as_nanos() as f64;
        rate.bytes = rate.bytes * MEMORY + (bytes as u64 + OVERHEAD) as f64;
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Estimates;

    #[test]
    fn it_follows_what_is_seen() {
        let mut estimates = Estimates::default();
        assert_eq!(estimates.of("a", 1000), 0);
        estimates.learn("a", 10_000 - 256, Duration::from_millis(10));
        assert_eq!(estimates.of("a", 1_000_000 - 256), 1_000_000_000);
        for _ in 0..500 {
            estimates.learn("a", 10_000 - 256, Duration::from_millis(20));
        }
        let now = estimates.of("a", 10_000 - 256);
        assert!((19_900_000..=20_000_000).contains(&now), "{now}");
        assert_eq!(estimates.of("b", 1000), 0);
    }
}
