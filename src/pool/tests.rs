//! The pool's promises, job by job.

use std::{
    sync::{atomic::Ordering, mpsc},
    time::{Duration, Instant},
};

use super::{Admission, Client, Load, Pool, Work};
use crate::error::Error;

fn work(admission: Admission) -> Work {
    Work { client: Client::new("a"), kind: "test", bytes: 0, admission }
}

const REFUSE: Admission = Admission::Refuse { deadline: None };

/// A pool of one thread that has learned that a job takes about `took`.
async fn taught(took: Duration, max_wait: Duration) -> Pool {
    let pool = Pool::new(1, 0, max_wait).unwrap();
    let job = move |_: &_| std::thread::sleep(took);
    pool.run(work(REFUSE), job).await.unwrap();
    // The thread is free a moment after the answer is on its way.
    while pool.load().running > 0 {
        tokio::task::yield_now().await;
    }
    pool
}

#[tokio::test]
async fn a_panic_is_answered_and_counted_and_the_next_job_runs() {
    let pool = Pool::new(1, 0, Duration::ZERO).unwrap();
    let result = pool.run(work(REFUSE), |_| panic!("a bug")).await;
    assert_eq!(result, Err::<(), _>(Error::Panicked));
    assert_eq!(pool.run(work(Admission::Wait), |_| 7).await, Ok(7));
    assert_eq!(pool.load().panics, 1);
}

#[tokio::test]
async fn a_job_that_would_wait_too_long_is_refused_or_waits() {
    let pool = taught(Duration::from_millis(50), Duration::from_millis(1)).await;
    let (finish, wait) = mpsc::channel::<()>();
    let busy = pool.run(work(REFUSE), move |_| wait.recv().unwrap());
    tokio::pin!(busy);
    assert!(futures_util::poll!(&mut busy).is_pending());

    let refused = pool.run(work(REFUSE), |_| ()).await;
    let Err(Error::QueueTooLong { limit, wait }) = refused else { panic!("{refused:?}") };
    assert_eq!(limit, Duration::from_millis(1));
    assert!(wait > limit);
    let waiting = pool.run(work(Admission::Wait), |_| ());
    tokio::pin!(waiting);
    assert!(futures_util::poll!(&mut waiting).is_pending());

    finish.send(()).unwrap();
    assert_eq!(busy.await, Ok(()));
    assert_eq!(waiting.await, Ok(()));
}

#[tokio::test]
async fn a_job_that_cannot_be_in_time_is_refused() {
    let pool = taught(Duration::from_millis(50), Duration::from_secs(60)).await;
    let (finish, wait) = mpsc::channel::<()>();
    let busy = pool.run(work(REFUSE), move |_| wait.recv().unwrap());
    tokio::pin!(busy);
    assert!(futures_util::poll!(&mut busy).is_pending());
    let soon = Admission::Refuse { deadline: Some(Instant::now() + Duration::from_millis(5)) };
    let refused = pool.run(work(soon), |_| ()).await;
    assert!(matches!(refused, Err(Error::QueueTooLong { .. })), "{refused:?}");
    finish.send(()).unwrap();
    busy.await.unwrap();
}

#[tokio::test]
async fn a_job_whose_caller_goes_is_told_to_stop_or_not_run() {
    let pool = Pool::new(1, 0, Duration::from_secs(60)).unwrap();
    let (stopped, told) = mpsc::channel();
    let (begun, began) = mpsc::channel();
    let running = pool.run(work(REFUSE), move |stop| {
        begun.send(()).unwrap();
        let start = Instant::now();
        while !stop.load(Ordering::Relaxed) && start.elapsed() < Duration::from_secs(10) {
            std::thread::yield_now();
        }
        stopped.send(start.elapsed()).unwrap();
    });
    let mut running = Box::pin(running);
    assert!(futures_util::poll!(&mut running).is_pending());
    // One that is dropped before a thread takes it would not run at all.
    began.recv().unwrap();
    let mut waiting = Box::pin(pool.run(work(REFUSE), |_| panic!("nobody waits for this")));
    assert!(futures_util::poll!(&mut waiting).is_pending());
    drop(waiting);
    assert!(pool.load().queued <= 1);
    drop(running);
    assert!(told.recv().unwrap() < Duration::from_secs(10));
    pool.run(work(Admission::Wait), |_| ()).await.unwrap();
    let Load { queued, panics, .. } = pool.load();
    assert_eq!((queued, panics), (0, 0));
}

#[tokio::test]
async fn a_client_with_many_jobs_does_not_hold_up_another() {
    let pool = Pool::new(1, 0, Duration::from_secs(3600)).unwrap();
    let (finish, wait) = mpsc::channel::<()>();
    let mut busy = Box::pin(pool.run(work(REFUSE), move |_| wait.recv().unwrap()));
    assert!(futures_util::poll!(&mut busy).is_pending());
    let (done, order) = mpsc::channel();
    let mut jobs = Vec::new();
    for i in 0..100 {
        let name = if i == 99 { "b" } else { "a" };
        let done = done.clone();
        let work = Work { client: Client::new(name), ..work(REFUSE) };
        let mut job = Box::pin(pool.run(work, move |_| done.send(name).unwrap()));
        assert!(futures_util::poll!(&mut job).is_pending());
        jobs.push(job);
    }
    finish.send(()).unwrap();
    busy.await.unwrap();
    futures_util::future::try_join_all(jobs).await.unwrap();
    let place = order.try_iter().position(|name| name == "b").unwrap();
    assert!(place <= 1, "{place}");
}
