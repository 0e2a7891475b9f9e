//! The bounded pool of threads that runs analyses.
//!
//! Analysis is CPU work: on the async executor it would hold up every other
//! connection. Knows neither gRPC nor linguistics; jobs are closures.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use tokio::sync::{Semaphore, SemaphorePermit, oneshot};

use crate::error::Error;

/// What to do where the pool has all the work it may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// Answer OVERLOADED at once.
    Refuse,
    /// Wait for a place, as a stream does that is read no further meanwhile.
    Wait,
}

/// Threads, and a bound on jobs that run or wait.
pub struct Pool {
    threads: rayon::ThreadPool,
    places: Semaphore,
    max_pending: usize,
    panics: Arc<AtomicU64>,
}

impl Pool {
    /// Starts `threads` threads; at most `max_pending` jobs run or wait at a time.
    ///
    /// # Errors
    /// The operating system gives no thread.
    pub fn new(threads: usize, max_pending: usize) -> Result<Self, rayon::ThreadPoolBuildError> {
        let threads = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .thread_name(|i| format!("analysis-{i}"))
            .build()?;
        Ok(Self {
            threads,
            places: Semaphore::new(max_pending),
            max_pending,
            panics: Arc::default(),
        })
    }

    /// Runs `job` on a thread of the pool. A job whose caller has gone before it
    /// started is not run.
    ///
    /// # Errors
    /// `Overloaded`, or `Panicked` if the job did.
    pub async fn run<T: Send + 'static>(
        &self,
        admission: Admission,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        let _place = self.place(admission).await?;
        let (sender, receiver) = oneshot::channel();
        let panics = Arc::clone(&self.panics);
        let span = tracing::Span::current();
        self.threads.spawn(move || {
            if sender.is_closed() {
                return;
            }
            let _entered = span.enter();
            // The job owns all that it touches, so nothing broken outlives it.
            let result = catch_unwind(AssertUnwindSafe(job)).map_err(|_| {
                let panics = panics.fetch_add(1, Ordering::Relaxed) + 1;
                tracing::error!(panics, "an analysis panicked");
                Error::Panicked
            });
            // The caller may have gone; then nobody wants the result.
            let _ = sender.send(result);
        });
        // The sender is dropped unsent only with the pool itself.
        receiver.await.unwrap_or(Err(Error::Panicked))
    }

    async fn place(&self, admission: Admission) -> Result<SemaphorePermit<'_>, Error> {
        let overloaded = Error::Overloaded { limit: self.max_pending };
        match admission {
            Admission::Refuse => self.places.try_acquire().map_err(|_| overloaded),
            Admission::Wait => self.places.acquire().await.map_err(|_| overloaded),
        }
    }

    /// How many jobs have panicked since the start.
    pub fn panics(&self) -> u64 {
        self.panics.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::{Admission, Pool};
    use crate::error::Error;

    #[tokio::test]
    async fn a_panic_is_answered_and_counted_and_the_next_job_runs() {
        let pool = Pool::new(1, 4).unwrap();
        let result = pool.run(Admission::Refuse, || panic!("a bug")).await;
        assert_eq!(result, Err::<(), _>(Error::Panicked));
        assert_eq!(pool.run(Admission::Refuse, || 7).await, Ok(7));
        assert_eq!(pool.panics(), 1);
    }

    #[tokio::test]
    async fn a_full_pool_refuses_or_lets_wait() {
        let pool = Pool::new(1, 1).unwrap();
        let (finish, wait) = mpsc::channel::<()>();
        let busy = pool.run(Admission::Refuse, move || wait.recv().unwrap());
        tokio::pin!(busy);
        assert!(futures_util::poll!(&mut busy).is_pending());

        let refused = pool.run(Admission::Refuse, || ()).await;
        assert_eq!(refused, Err(Error::Overloaded { limit: 1 }));
        let waiting = pool.run(Admission::Wait, || ());
        tokio::pin!(waiting);
        assert!(futures_util::poll!(&mut waiting).is_pending());

        finish.send(()).unwrap();
        assert_eq!(busy.await, Ok(()));
        assert_eq!(waiting.await, Ok(()));
    }
}
