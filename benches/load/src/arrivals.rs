//! Arrivals: calls that start when the clock says so.

use std::{future::Future, time::Duration};

use tokio::{
    task::JoinSet,
    time::{Instant, sleep_until},
};
use tonic::Code;

use crate::outcome::Outcome;

/// Starts `rate` calls a second for `length`, evenly; returns what became of every one.
/// A task for each, so that none waits for another.
pub async fn open<F>(rate: f64, length: Duration, mut call: impl FnMut(u64) -> F) -> Vec<Outcome>
where
    F: Future<Output = Code> + Send + 'static,
{
    let start = Instant::now();
    let count = (rate * length.as_secs_f64()) as u64;
    let mut calls = JoinSet::new();
    for number in 0..count {
        let intended = start + Duration::from_secs_f64(number as f64 / rate);
        sleep_until(intended).await;
        let answer = call(number);
        calls.spawn(async move {
            let code = answer.await;
            Outcome { at: intended - start, latency: intended.elapsed(), code }
        });
    }
    calls.join_all().await
}

/// Keeps `width` calls under way for `length`; returns how many a second were answered.
pub async fn closed<F>(
    width: u64,
    length: Duration,
    call: impl Fn(u64) -> F + Clone + Send + 'static,
) -> f64
where
    F: Future<Output = Code> + Send + 'static,
{
    let start = Instant::now();
    let mut workers = JoinSet::new();
    for worker in 0..width {
        let call = call.clone();
        workers.spawn(async move {
            let mut answered = 0;
            while start.elapsed() < length {
                if call(worker).await == Code::Ok {
                    answered += 1;
                }
            }
            answered
        });
    }
    let answered: u64 = workers.join_all().await.into_iter().sum();
    answered as f64 / start.elapsed().as_secs_f64()
}
