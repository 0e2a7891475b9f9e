//! Deadlines and clients that go away: what they are told, and that the work stops.

use std::time::{Duration, Instant};

use tokio_stream::{StreamExt, wrappers::ReceiverStream};
use tonic::{Code, Request, Status};
use verbatim::grpc::proto::*;

use crate::support::{TestServer, details, document_in};

/// A request that takes seconds even where the program is fast.
fn long() -> AnalyzeRequest {
    let text = "“We will manage this,” Angela Merkel said on Monday. ".repeat(15_000);
    AnalyzeRequest { document: document_in("en", &text), ..Default::default() }
}

fn short() -> AnalyzeRequest {
    AnalyzeRequest { document: document_in("en", "Short."), ..Default::default() }
}

fn check(status: &Status) {
    assert_eq!(status.code(), Code::DeadlineExceeded, "{status:?}");
    assert_eq!(details(status).0, "DEADLINE_EXCEEDED");
}

fn with_timeout<T>(message: T, timeout: &'static str) -> Request<T> {
    let mut request = Request::new(message);
    request.metadata_mut().insert("grpc-timeout", timeout.parse().unwrap());
    request
}

const RUNNING: &str = "verbatim_analyses_running";

/// How long the work goes on from now.
async fn until_idle(server: &TestServer) -> Duration {
    let start = Instant::now();
    server.wait_for_metric(RUNNING, 0.0).await;
    start.elapsed()
}

/// The issue of the work itself is in `stops_within_milliseconds`; this one is for the
/// whole way, on machines that do other things too.
const SOON: Duration = Duration::from_millis(500);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deadline_of_the_client_is_told_and_stops_the_work() {
    let server = TestServer::start(&["--worker-threads", "1"]).await;
    let mut client = server.plain_client();
    let start = Instant::now();
    let status = client.analyze(with_timeout(long(), "200m")).await.unwrap_err();
    check(&status);
    assert!(start.elapsed() >= Duration::from_millis(200));
    assert!(until_idle(&server).await < SOON);
    assert!(client.analyze(short()).await.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_server_has_a_deadline_of_its_own() {
    let server = TestServer::start(&["--worker-threads", "1", "--request-timeout", "0.2"]).await;
    let mut client = server.plain_client();
    check(&client.analyze(long()).await.unwrap_err());
    // One that the client would rather have later.
    check(&client.analyze(with_timeout(long(), "1H")).await.unwrap_err());
    assert!(until_idle(&server).await < SOON);
}

#[tokio::test]
async fn a_deadline_that_is_past_is_told_at_once() {
    let server = TestServer::start(&[]).await;
    let mut client = server.plain_client();
    check(&client.analyze(with_timeout(short(), "0m")).await.unwrap_err());
    let requests = tokio_stream::iter([short()]);
    check(&client.analyze_stream(with_timeout(requests, "1n")).await.unwrap_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_ends_at_its_deadline() {
    let server = TestServer::start(&["--worker-threads", "1"]).await;
    let mut client = server.plain_client();
    let (sender, requests) = tokio::sync::mpsc::channel(2);
    let request = with_timeout(ReceiverStream::new(requests), "500m");
    sender.send(short()).await.unwrap();
    let mut answers = client.analyze_stream(request).await.unwrap().into_inner();
    assert!(answers.next().await.unwrap().is_ok());
    // While one works, and the stream is open.
    sender.send(long()).await.unwrap();
    check(&answers.next().await.unwrap().unwrap_err());
    assert!(answers.next().await.is_none());
    assert!(until_idle(&server).await < SOON);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_without_a_deadline_gets_the_servers() {
    let server = TestServer::start(&["--stream-timeout", "0.3"]).await;
    let mut client = server.plain_client();
    let (sender, requests) = tokio::sync::mpsc::channel::<AnalyzeRequest>(1);
    let answers = client.analyze_stream(ReceiverStream::new(requests)).await;
    // Nothing was sent, so nothing but the deadline ends it.
    check(&answers.unwrap().into_inner().next().await.unwrap().unwrap_err());
    drop(sender);
}

/// A client that reads nothing holds its place no longer than its deadline.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_that_is_not_read_ends_too() {
    let server = TestServer::start(&["--stream-timeout", "1", "--max-streams", "1"]).await;
    let text = "A sentence that is said again. ".repeat(10_000);
    let request = AnalyzeRequest {
        document: document_in("fi", &text),
        features: vec![Feature::Sentences.into()],
        ..Default::default()
    };
    let requests = || tokio_stream::iter(vec![request.clone(); 20]);
    let unread = server.plain_client().analyze_stream(requests()).await.unwrap();
    let mut other = server.plain_client();
    let refused = other.analyze_stream(requests()).await.unwrap_err();
    assert_eq!(details(&refused).0, "OVERLOADED");
    let start = Instant::now();
    while let Err(status) = other.analyze_stream(requests()).await {
        assert_eq!(details(&status).0, "OVERLOADED");
        assert!(start.elapsed() < Duration::from_secs(10));
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    drop(unread);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_goes_away_stops_the_work() {
    let server = TestServer::start(&["--worker-threads", "1"]).await;
    for streams in [false, true] {
        let mut client = server.plain_client();
        let call = tokio::spawn(async move {
            if streams {
                let answers = client.analyze_stream(tokio_stream::iter(vec![long(); 3])).await;
                answers.unwrap().into_inner().next().await.is_some()
            } else {
                client.analyze(long()).await.is_ok()
            }
        });
        server.wait_for_metric(RUNNING, 1.0).await;
        call.abort();
        assert!(until_idle(&server).await < SOON);
    }
    let cancelled = "verbatim_requests_total{method=\"Analyze\",code=\"CANCELLED\"}";
    server.wait_for_metric(cancelled, 1.0).await;
}
