//! Storm: more calls than the server can answer. What it takes must be nearly as fast as
//! without, the rest refused at once, and afterwards all must be as before.

use std::{error::Error, time::Duration};

use serde_json::{Value, json};
use tonic::Code;

use crate::{
    Common,
    arrivals::{closed, open},
    calls::{Client, Kind},
    outcome::{Outcome, counts, percentile},
};

/// How long what the server can do is measured, and the calm before and after.
const CALM: Duration = Duration::from_secs(15);

/// Calls a second in the calm, of what the server can do.
const LIGHT: f64 = 0.25;

/// Health checks a second, beside all else.
const CHECKS: f64 = 20.0;

/// The time after a storm in which latencies may still be higher.
const RETURN: Duration = Duration::from_secs(1);

pub async fn run(common: Common, seconds: f64, factor: f64) -> Result<(), Box<dyn Error>> {
    let (server, client) = Client::start(&common).await?;
    let call = {
        let client = client.clone();
        move |number| client.clone().call(Kind::Analyze, number)
    };
    let check = |number| client.clone().health(number);
    closed(common.width, CALM / 5, call.clone()).await;
    let capacity = closed(common.width, CALM, call.clone()).await;
    let bytes = client.text.len();
    eprintln!("{capacity:.1} calls a second of {bytes} bytes");

    let before = open(LIGHT * capacity, CALM, &call).await;
    let memory_before = server.memory()?;
    eprintln!("calm before: {}", summary(&before));

    let length = Duration::from_secs_f64(seconds);
    let memory = async {
        let mut peak: f64 = 0.0;
        for _ in 0..seconds as u64 {
            tokio::time::sleep(Duration::from_secs(1)).await;
            peak = peak.max(server.memory().unwrap_or(f64::NAN));
        }
        peak
    };
    let (storm, health, memory_peak) =
        tokio::join!(open(factor * capacity, length, &call), open(CHECKS, length, check), memory);
    eprintln!("storm: {}", summary(&storm));
    eprintln!("health in the storm: {}", summary(&health));

    let after = open(LIGHT * capacity, CALM, &call).await;
    let settled: Vec<_> = after.iter().filter(|o| o.at >= RETURN).copied().collect();
    eprintln!("calm after, from one second on: {}", summary(&settled));
    let result = json!({
        "bytes": bytes,
        "capacity": capacity,
        "arrivals": factor * capacity,
        "before": summary(&before),
        "storm": summary(&storm),
        "health": summary(&health),
        "after": summary(&settled),
        "memory_mib": { "before": memory_before, "peak": memory_peak, "after": server.memory()? },
    });
    println!("{result:#}");
    Ok(())
}

fn summary(outcomes: &[Outcome]) -> Value {
    let of = |code| {
        json!({
            "p50": percentile(outcomes, code, 0.5),
            "p99": percentile(outcomes, code, 0.99),
            "max": percentile(outcomes, code, 1.0),
        })
    };
    json!({
        "calls": outcomes.len(),
        "codes": counts(outcomes),
        "answered_ms": of(Code::Ok),
        "refused_ms": of(Code::ResourceExhausted),
    })
}
