//! More work than there is room for: what is refused, what waits, and who is first.

use std::time::{Duration, Instant};

use tokio_stream::{StreamExt, wrappers::ReceiverStream};
use tonic::{Code, Status};
use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};
use verbatim::grpc::proto::*;

use crate::support::{TestServer, details, document, document_in};

fn request(repeat: usize) -> AnalyzeRequest {
    let text = "“We will manage this,” Angela Merkel said on Monday. ".repeat(repeat);
    AnalyzeRequest { document: document_in("en", &text), ..Default::default() }
}

/// What a refusal for load must be; how long to wait.
fn check(status: &Status) -> Duration {
    assert_eq!(status.code(), Code::ResourceExhausted, "{status:?}");
    let (reason, details) = details(status);
    assert_eq!(reason, "OVERLOADED");
    assert!(details.error_info().unwrap().metadata.contains_key("limit"));
    details.retry_info().unwrap().retry_delay.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_than_may_wait_is_refused_and_a_stream_waits() {
    let server = TestServer::start(&["--worker-threads", "1", "--max-pending", "1"]).await;
    let client = server.client().await;
    let request = request(300);
    let calls = (0..20).map(|_| {
        let (mut client, request) = (client.clone(), request.clone());
        async move { client.analyze(request).await }
    });
    let (refused, answered): (Vec<_>, Vec<_>) =
        futures_util::future::join_all(calls).await.into_iter().partition(Result::is_err);
    assert!(!refused.is_empty() && !answered.is_empty());
    for status in &refused {
        let status = status.as_ref().unwrap_err();
        assert!(check(status) > Duration::ZERO);
        assert_eq!(details(status).1.error_info().unwrap().metadata["limit"], "1");
    }
    let shed = server.metric("verbatim_shed_total{reason=\"OVERLOADED\"}").await;
    assert_eq!(shed as usize, refused.len());

    let requests = tokio_stream::iter(vec![request; 5]);
    let mut answers = client.clone().analyze_stream(requests).await.unwrap().into_inner();
    for _ in 0..5 {
        let answer = answers.message().await.unwrap().unwrap();
        assert!(matches!(answer.result, Some(analyze_stream_response::Result::Response(_))));
    }
}

/// The bound is one for the process, not for each connection.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_share_one_bound() {
    let server = TestServer::start(&["--worker-threads", "1", "--max-pending", "2"]).await;
    let mut long = Vec::new();
    for _ in 0..2 {
        let mut client = server.client().await;
        long.push(tokio::spawn(async move { client.analyze(request(10_000)).await.map(drop) }));
    }
    // Both have been let in, not only begun.
    server.wait_for_metric("verbatim_analyses_running", 1.0).await;
    server.wait_for_metric("verbatim_analyses_queued", 1.0).await;
    let mut client = server.client().await;
    check(&client.analyze(request(1)).await.unwrap_err());
    long.iter().for_each(|call| call.abort());
    server.wait_for_metric("verbatim_requests_in_flight", 0.0).await;
    client.analyze(request(1)).await.unwrap();
}

/// The server has learned how long a text takes, and does not let a call wait for more
/// than it may.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_that_would_wait_too_long_is_refused_at_once() {
    let server = TestServer::start(&["--worker-threads", "1", "--max-queue-wait", "0.05"]).await;
    let mut client = server.client().await;
    client.analyze(request(20)).await.unwrap();
    // Its answer may be here before its thread is done.
    server.wait_for_metric("verbatim_analyses_running", 0.0).await;
    let mut busy = client.clone();
    let busy = tokio::spawn(async move { busy.analyze(request(10_000)).await.map(drop) });
    server.wait_for_metric("verbatim_analyses_running", 1.0).await;
    let start = Instant::now();
    let status = client.analyze(request(1)).await.unwrap_err();
    assert!(start.elapsed() < Duration::from_millis(500));
    // How long the other one still takes.
    assert!(check(&status) > Duration::from_millis(50));
    busy.abort();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn so_many_streams_may_be_open() {
    let server = TestServer::start(&["--max-streams", "1"]).await;
    let mut client = server.client().await;
    let (sender, requests) = tokio::sync::mpsc::channel(1);
    let mut first =
        client.analyze_stream(ReceiverStream::new(requests)).await.unwrap().into_inner();
    sender.send(request(1)).await.unwrap();
    assert!(first.next().await.unwrap().is_ok());
    // Open, and at work on nothing: it holds its permit none the less.
    let one = || tokio_stream::iter([request(1)]);
    check(&client.analyze_stream(one()).await.unwrap_err());
    drop(sender);
    assert!(first.next().await.is_none());
    let mut second = client.analyze_stream(one()).await.unwrap().into_inner();
    assert!(second.next().await.unwrap().is_ok());
}

#[tokio::test]
async fn a_stream_may_have_so_many_documents() {
    let server = TestServer::start(&["--max-stream-requests", "2"]).await;
    let mut client = server.client().await;
    let requests = tokio_stream::iter(vec![request(1); 4]);
    let mut answers = client.analyze_stream(requests).await.unwrap().into_inner();
    assert!(answers.next().await.unwrap().is_ok());
    assert!(answers.next().await.unwrap().is_ok());
    let status = answers.next().await.unwrap().unwrap_err();
    assert_eq!(status.code(), Code::ResourceExhausted);
    assert_eq!(details(&status).0, "STREAM_TOO_LONG");
    assert!(answers.next().await.is_none());
}

/// All threads busy, and health, reflection and GetServiceInfo are answered as ever.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_cheap_never_waits_for_analysis() {
    let server = TestServer::start(&["--worker-threads", "2", "--max-pending", "2"]).await;
    let client = server.client().await;
    let busy: Vec<_> = (0..2)
        .map(|_| {
            let mut client = client.clone();
            tokio::spawn(async move { client.analyze(request(15_000)).await.map(drop) })
        })
        .collect();
    server.wait_for_metric("verbatim_analyses_running", 2.0).await;
    let mut other = client.clone();
    check(&other.analyze(request(1)).await.unwrap_err());
    let mut health = HealthClient::new(server.channel().await);
    let mut took = Vec::new();
    for _ in 0..100 {
        let start = Instant::now();
        health.check(HealthCheckRequest::default()).await.unwrap();
        took.push(start.elapsed());
        other.get_service_info(GetServiceInfoRequest {}).await.unwrap();
    }
    took.sort();
    // A tenth of what one would have to wait for an analysis; `benches/load` measures
    // it to the millisecond.
    assert!(took[98] < Duration::from_millis(200), "{:?}", took[98]);
    assert!(busy.iter().all(|call| !call.is_finished()), "they were busy all the while");
    busy.iter().for_each(|call| call.abort());
}

/// One client with a thousand calls in flight, another with one at a time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_greedy_client_does_not_starve_another() {
    use std::io::Write;
    let mut tokens = tempfile::NamedTempFile::new().unwrap();
    writeln!(tokens, "greedy greedy-token-0001\nmodest modest-token-0001").unwrap();
    let path = tokens.path().to_str().unwrap();
    let server =
        TestServer::start(&["--worker-threads", "1", "--max-queue-wait", "60", "--tokens", path])
            .await;
    let as_client = |token: &str, repeat| {
        let mut request = tonic::Request::new(request(repeat));
        let value = format!("Bearer {token}").parse().unwrap();
        request.metadata_mut().insert("authorization", value);
        request
    };
    let mut modest = server.client().await;
    let start = Instant::now();
    modest.analyze(as_client("modest-token-0001", 40)).await.unwrap();
    let alone = start.elapsed();
    let greedy: Vec<_> = (0..1000)
        .map(|_| {
            let (mut client, request) = (modest.clone(), as_client("greedy-token-0001", 40));
            tokio::spawn(async move { client.analyze(request).await.is_ok() })
        })
        .collect();
    // Its share is three quarters of 256, less what is done already.
    assert!(server.wait_until("verbatim_requests_in_flight", |calls| calls > 100.0).await);
    let mut modest = server.client().await;
    let start = Instant::now();
    modest.analyze(as_client("modest-token-0001", 40)).await.unwrap();
    let beside = start.elapsed();
    // One that runs already and one turn each, with room for a busy machine; behind all
    // the others it would be two hundred.
    assert!(beside < alone * 30, "{beside:?} beside a greedy client, {alone:?} alone");
    greedy.iter().for_each(|call| call.abort());
}

/// A reader who takes nothing costs what `--stream-concurrency` says, and no more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_reader_is_read_no_further() {
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };
    let server = TestServer::start(&["--stream-concurrency", "2"]).await;
    let sent = Arc::new(AtomicUsize::new(0));
    let text = "A sentence that is said again. ".repeat(10_000);
    let message = AnalyzeRequest {
        document: document(&text),
        features: vec![Feature::Sentences.into()],
        ..Default::default()
    };
    let requests = {
        let sent = Arc::clone(&sent);
        tokio_stream::iter(0..100).map(move |_| {
            sent.fetch_add(1, Ordering::Relaxed);
            message.clone()
        })
    };
    let mut client = server.plain_client();
    let mut answers = client.analyze_stream(requests).await.unwrap().into_inner();
    // Until nothing moves any more.
    let mut before = usize::MAX;
    while sent.load(Ordering::Relaxed) != before {
        before = sent.load(Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    assert!(before < 30, "{before} of 100 documents were taken");
    let mut answered = 0;
    while let Some(answer) = answers.next().await {
        answer.unwrap();
        answered += 1;
    }
    assert_eq!((answered, sent.load(Ordering::Relaxed)), (100, 100));
}
