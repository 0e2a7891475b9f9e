//! The life of a connection: when it is asked to end, and when it is cut.
//!
//! Only decides; `connections` does it. A connection is asked to end at its age, when it
//! has been idle for long, or when the server drains; it is cut when it has made no
//! call at all in time, when it was asked and has nothing to do any more, or when its
//! time is up.

use std::{
    collections::hash_map::RandomState,
    hash::{BuildHasher, Hasher},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::time::Instant;

use super::config::Connections;

/// What a connection that was asked to end has to send its last bytes; on a machine with
/// more work than cores half a second cut an answer off.
const LINGER: Duration = Duration::from_secs(2);

/// How often one that was asked to end is looked at.
const GLANCE: Duration = Duration::from_millis(50);

/// The calls of one connection.
#[derive(Debug, Default)]
pub struct Calls {
    /// All that are open.
    open: AtomicUsize,
    /// Those of them that the end of the server waits for.
    working: AtomicUsize,
    /// When the last one began or ended; none before the first.
    last: Mutex<Option<Instant>>,
}

/// A call that is open until this is dropped.
#[derive(Debug)]
pub struct OpenCall {
    calls: Arc<Calls>,
    works: bool,
}

impl Calls {
    /// `works` says whether the end of the server waits for it: not for somebody who
    /// watches its health.
    pub fn open(self: &Arc<Self>, works: bool) -> OpenCall {
        self.open.fetch_add(1, Ordering::Relaxed);
        self.working.fetch_add(usize::from(works), Ordering::Relaxed);
        self.touch();
        OpenCall { calls: Arc::clone(self), works }
    }

    fn touch(&self) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }
}

impl Drop for OpenCall {
    fn drop(&mut self) {
        self.calls.open.fetch_sub(1, Ordering::Relaxed);
        self.calls.working.fetch_sub(usize::from(self.works), Ordering::Relaxed);
        self.calls.touch();
    }
}

/// What to do with a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Look again then.
    Wait(Instant),
    /// Take no more calls, and look again at once.
    Ask,
    /// Drop it, whatever it does.
    Cut,
}

/// The life of one connection.
pub struct Life {
    settings: Connections,
    began: Instant,
    /// When it is too old.
    aged: Option<Instant>,
    /// When it was asked to end, and when its calls must have.
    asked: Option<(Instant, Option<Instant>)>,
}

impl Life {
    pub fn new(settings: Connections, now: Instant) -> Self {
        let aged = some(settings.max_connection_age).map(|age| now + jittered(age));
        Self { settings, began: now, aged, asked: None }
    }

    /// What to do now.
    pub fn step(&mut self, calls: &Calls, draining: bool, now: Instant) -> Step {
        let last = *calls.last.lock().unwrap_or_else(PoisonError::into_inner);
        let idle = calls.open.load(Ordering::Relaxed) == 0;
        if let Some((asked, until)) = self.asked {
            let since = last.map_or(asked, |last| last.max(asked));
            // Only the drain of the server is impatient with those who watch it.
            let done = idle || (draining && calls.working.load(Ordering::Relaxed) == 0);
            if until.is_some_and(|until| now >= until) || (done && now >= since + LINGER) {
                return Step::Cut;
            }
            return Step::Wait(now + GLANCE);
        }
        let Some(last) = last else {
            let until = self.began + self.settings.handshake_timeout;
            return if draining {
                self.ask(now, None)
            } else if now >= until {
                Step::Cut
            } else {
                // A call may come before then, and all that counts from it.
                let idle = some(self.settings.idle_timeout).map(|timeout| now + timeout);
                let next = [self.aged.map(|aged| aged.max(now + GLANCE)), idle];
                Step::Wait(next.into_iter().flatten().fold(until, Instant::min))
            };
        };
        if draining {
            return self.ask(now, None);
        }
        if self.aged.is_some_and(|aged| now >= aged) {
            return self.ask(now, Some(now + self.settings.max_connection_age_grace));
        }
        let mut next = self.aged.unwrap_or(now + Duration::from_secs(3600));
        if let Some(timeout) = some(self.settings.idle_timeout) {
            let until = if idle { last + timeout } else { now + timeout };
            if now >= until {
                return self.ask(now, None);
            }
            next = next.min(until);
        }
        Step::Wait(next)
    }

    fn ask(&mut self, now: Instant, until: Option<Instant>) -> Step {
        self.asked = Some((now, until));
        Step::Ask
    }
}

/// 0 stands for never.
fn some(duration: Duration) -> Option<Duration> {
    (!duration.is_zero()).then_some(duration)
}

/// A tenth more or less, so that connections of one moment do not end in one moment.
fn jittered(age: Duration) -> Duration {
    // Keyed anew for each: as random as this needs.
    let random = RandomState::new().build_hasher().finish() as f64 / u64::MAX as f64;
    age.mul_f64(0.9 + 0.2 * random)
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, time::Duration};

    #[test]
    fn ages_differ_by_a_tenth_at_most() {
        let age = Duration::from_secs(1000);
        let ages: BTreeSet<_> = (0..100).map(|_| super::jittered(age)).collect();
        assert!(ages.len() > 50);
        assert!(*ages.first().unwrap() >= Duration::from_secs(900));
        assert!(*ages.last().unwrap() <= Duration::from_secs(1100));
    }
}
