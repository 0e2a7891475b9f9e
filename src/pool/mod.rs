//! The threads that run analyses, and who gets them when.
//!
//! Analysis is CPU work: on the async executor it would hold up every other
//! connection. There is one pool for the process. A job waits in a queue that is fair to
//! clients (`fair`); one that would wait too long (`estimate`) is refused at once; one
//! that nobody waits for any more is not started, or told to stop. Knows neither gRPC
//! nor linguistics; jobs are closures.

mod estimate;
mod fair;

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use tokio::sync::oneshot;

use self::{estimate::Estimates, fair::FairQueue};
use crate::error::Error;

/// Who a job is for: what the queue is fair to. A name that the server gave, such as
/// the one of a token or an address.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Client(Arc<str>);

impl Client {
    pub fn new(name: impl Into<Arc<str>>) -> Self {
        Self(name.into())
    }

    pub fn name(&self) -> &str {
        &self.0
    }
}

/// What to do where a job would have to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// Refuse it at once, where it would wait longer than the pool allows, or past
    /// this time.
    Refuse { deadline: Option<Instant> },
    /// Let it wait, as a document of a stream does that is read no further meanwhile.
    Wait,
}

/// What is known of a job.
#[derive(Clone, Debug)]
pub struct Work {
    pub client: Client,
    /// Jobs of one kind take about as long for a text of the same length.
    pub kind: &'static str,
    /// Length of the text.
    pub bytes: usize,
    pub admission: Admission,
}

/// Jobs of a client that may be refused do not wait for those that may wait.
type Flow = (Client, bool);

/// Threads, and what waits for them.
pub struct Pool {
    shared: Arc<Shared>,
    threads: usize,
    max_wait: Duration,
    ids: AtomicU64,
}

struct Shared {
    state: Mutex<State>,
    /// Notified for each job, and at the end.
    ready: Condvar,
    panics: AtomicU64,
}

struct State {
    queue: FairQueue<Flow, Job>,
    estimates: Estimates,
    /// For each thread when it will be done, as far as one can tell; none where idle.
    running: Vec<Option<Instant>>,
    closed: bool,
}

struct Job {
    run: Box<dyn FnOnce() + Send>,
    stop: Arc<AtomicBool>,
}

impl Shared {
    /// Jobs run outside the lock, and nothing in it is left half done.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the pool is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    pub running: usize,
    pub queued: usize,
    /// Jobs that have panicked since the start.
    pub panics: u64,
}

impl Pool {
    /// Starts `threads` threads, each of a priority lower by `nice` than the caller's. A job
    /// that would have to wait longer than `max_wait` is refused.
    ///
    /// # Errors
    /// The operating system gives no thread.
    pub fn new(threads: usize, nice: i32, max_wait: Duration) -> io::Result<Self> {
        let state = State {
            queue: FairQueue::new(),
            estimates: Estimates::default(),
            running: vec![None; threads],
            closed: false,
        };
        let shared = Arc::new(Shared {
            state: Mutex::new(state),
            ready: Condvar::new(),
            panics: AtomicU64::new(0),
        });
        // Made first, so that the threads end where one of them cannot be had.
        let pool = Self { shared, threads, max_wait, ids: AtomicU64::new(0) };
        for index in 0..threads {
            let shared = Arc::clone(&pool.shared);
            thread::Builder::new().name(format!("analysis-{index}")).spawn(move || {
                lower_priority(nice);
                work(&shared, index);
            })?;
        }
        Ok(pool)
    }

    /// Runs `job` on a thread of the pool. Where the future is dropped, a job that
    /// waits is not run, and one that runs finds the flag set that it was given.
    ///
    /// # Errors
    /// `QueueTooLong`, or `Panicked` if the job did.
    pub async fn run<T: Send + 'static>(
        &self,
        work: Work,
        job: impl FnOnce(&AtomicBool) -> T + Send + 'static,
    ) -> Result<T, Error> {
        let (sender, receiver) = oneshot::channel();
        let stop = Arc::new(AtomicBool::new(false));
        let Work { client, kind, bytes, admission } = work;
        let run = {
            let (stop, shared) = (Arc::clone(&stop), Arc::clone(&self.shared));
            let span = tracing::Span::current();
            move || {
                let _entered = span.enter();
                let start = Instant::now();
                // The job owns all that it touches, so nothing broken outlives it.
                let result = catch_unwind(AssertUnwindSafe(|| job(&stop))).map_err(|_| {
                    let panics = shared.panics.fetch_add(1, Ordering::Relaxed) + 1;
                    tracing::error!(panics, "an analysis panicked");
                    Error::Panicked
                });
                // One that was told to stop says nothing of how long a job takes. Learnt
                // before the answer goes: the caller's next job is judged by it.
                if !stop.load(Ordering::Relaxed) {
                    shared.lock().estimates.learn(kind, bytes, start.elapsed());
                }
                // The caller may have gone; then nobody wants the result.
                let _ = sender.send(result);
            }
        };
        let flow = (client, admission == Admission::Wait);
        let id = self.ids.fetch_add(1, Ordering::Relaxed);
        {
            let mut state = self.shared.lock();
            let cost = state.estimates.of(kind, bytes);
            if let Admission::Refuse { deadline } = admission {
                self.admit(&state, &flow, cost, deadline)?;
            }
            let job = Job { run: Box::new(run), stop: Arc::clone(&stop) };
            state.queue.push(&flow, id, cost, job);
        }
        self.shared.ready.notify_one();
        let _cancel = Cancel { shared: &self.shared, flow, id, stop };
        // The sender is dropped unsent only with the pool itself.
        receiver.await.unwrap_or(Err(Error::Panicked))
    }

    /// Refuses a job that would wait too long.
    fn admit(
        &self,
        state: &State,
        flow: &Flow,
        cost: u64,
        deadline: Option<Instant>,
    ) -> Result<(), Error> {
        if state.queue.len() < state.running.iter().filter(|until| until.is_none()).count() {
            return Ok(());
        }
        let now = Instant::now();
        let ahead = Duration::from_nanos(state.queue.ahead_of(flow, cost));
        let running: Duration =
            state.running.iter().flatten().map(|until| until.duration_since(now)).sum();
        let wait = (ahead + running) / self.threads as u32;
        let in_time = deadline.is_none_or(|deadline| now + wait <= deadline);
        if wait <= self.max_wait && in_time {
            return Ok(());
        }
        Err(Error::QueueTooLong { limit: self.max_wait, wait })
    }

    /// How long the work takes that is there.
    pub fn backlog(&self) -> Duration {
        let state = self.shared.lock();
        let now = Instant::now();
        let running: Duration =
            state.running.iter().flatten().map(|until| until.duration_since(now)).sum();
        (running + Duration::from_nanos(state.queue.total_cost())) / self.threads as u32
    }

    /// What the pool is doing.
    pub fn load(&self) -> Load {
        let state = self.shared.lock();
        Load {
            running: state.running.iter().flatten().count(),
            queued: state.queue.len(),
            panics: self.shared.panics.load(Ordering::Relaxed),
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.shared.lock().closed = true;
        self.shared.ready.notify_all();
    }
}

/// Takes back a job whose caller has gone.
struct Cancel<'a> {
    shared: &'a Shared,
    flow: Flow,
    id: u64,
    stop: Arc<AtomicBool>,
}

impl Drop for Cancel<'_> {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // Dropped outside the lock: it owns a text.
        let _job = self.shared.lock().queue.remove(&self.flow, self.id);
    }
}

/// Gives this thread a lower priority than the rest of the process has, so that refusals
/// and health checks wait less behind analyses (docs/load.md). A system that refuses, or
/// is not Linux, where it would be the whole process's, loses little.
fn lower_priority(nice: i32) {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{getpriority_process, setpriority_process};
        // On Linux a thread is as good as a process here.
        let this = Some(rustix::thread::gettid());
        if let Ok(now) = getpriority_process(this) {
            let _ = setpriority_process(this, (now + nice).min(19));
        }
    }
}

/// What a thread does all its life.
fn work(shared: &Shared, index: usize) {
    let mut state = shared.lock();
    loop {
        let Some((job, cost)) = state.queue.pop() else {
            if state.closed {
                return;
            }
            state = shared.ready.wait(state).unwrap_or_else(PoisonError::into_inner);
            continue;
        };
        let start = Instant::now();
        state.running[index] = Some(start + Duration::from_nanos(cost));
        drop(state);
        if !job.stop.load(Ordering::Relaxed) {
            (job.run)();
        }
        state = shared.lock();
        state.running[index] = None;
    }
}

#[cfg(test)]
mod tests;
