//! Soak: all calls mixed for minutes, to see that latency and memory stay where they are.

use std::{error::Error, fs, path::PathBuf, time::Duration};

use serde_json::json;
use tonic::Code;

use crate::{
    Common,
    arrivals::{closed, open},
    calls::{Client, Kind},
    outcome::{Outcome, counts, percentile},
    plot,
};

/// Arrivals as a share of what the server can do.
const LOAD: f64 = 0.5;

/// How long one point of the picture is.
const WINDOW: Duration = Duration::from_secs(10);

pub async fn run(
    common: Common,
    minutes: f64,
    picture: Option<PathBuf>,
) -> Result<(), Box<dyn Error>> {
    let (server, client) = Client::start(&common).await?;
    let mixed = {
        let client = client.clone();
        move |number| client.clone().call(Kind::ALL[number as usize % Kind::ALL.len()], number)
    };
    // Analyze alone: the dearest of them.
    let dearest = move |number| client.clone().call(Kind::Analyze, number);
    closed(common.width, WINDOW / 2, mixed.clone()).await;
    let capacity = closed(common.width, WINDOW, dearest).await;
    let rate = LOAD * capacity;
    let length = Duration::from_secs_f64(minutes * 60.0);
    let memory = async {
        let mut seen = Vec::new();
        for _ in 0..(length.as_secs() / WINDOW.as_secs()) {
            tokio::time::sleep(WINDOW).await;
            seen.push(server.memory().unwrap_or(f64::NAN));
        }
        seen
    };
    let (outcomes, memory) = tokio::join!(open(rate, length, mixed), memory);
    let windows: Vec<Vec<Outcome>> = (0..memory.len() as u32)
        .map(|at| {
            let inside = |o: &&Outcome| o.at >= WINDOW * at && o.at < WINDOW * (at + 1);
            outcomes.iter().filter(inside).copied().collect()
        })
        .collect();
    let of = |share| -> Vec<f64> {
        windows.iter().map(|window| percentile(window, Code::Ok, share)).collect()
    };
    let (median, p99) = (of(0.5), of(0.99));
    let result = json!({
        "minutes": minutes,
        "calls_a_second": rate,
        "codes": counts(&outcomes),
        "p50_ms": percentile(&outcomes, Code::Ok, 0.5),
        "p99_ms": percentile(&outcomes, Code::Ok, 0.99),
        "window_seconds": WINDOW.as_secs(),
        "windows": { "p50_ms": median, "p99_ms": p99, "memory_mib": memory },
    });
    println!("{result:#}");
    if let Some(path) = picture {
        let lines = [("p50, ms", median), ("p99, ms", p99), ("memory, MiB", memory)];
        fs::write(path, plot::svg(&lines, WINDOW.as_secs_f64() / 60.0))?;
    }
    Ok(())
}
