//! Start, health, and a clean end.

use std::error::Error;
use std::time::{Duration, Instant};

use hyper_util::rt::TokioExecutor;
use tokio::net::TcpStream;
use tokio_stream::{StreamExt, wrappers::ReceiverStream};
use tonic_health::pb::{
    HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient,
};
use verbatim::grpc::proto::{
    AnalyzeRequest, text_analysis_service_client::TextAnalysisServiceClient,
};

use crate::support::{TestServer, document};

const SERVICE: &str = "verbatim.v1.TextAnalysisService";

#[tokio::test]
async fn health_says_serving_until_the_server_stops() {
    let server = TestServer::start(&[]).await;
    let mut health = HealthClient::new(server.channel().await);
    for service in ["", SERVICE] {
        let request = HealthCheckRequest { service: service.into() };
        let response = health.check(request).await.unwrap().into_inner();
        assert_eq!(response.status(), ServingStatus::Serving);
    }
    let request = HealthCheckRequest { service: SERVICE.into() };
    let mut watch = health.watch(request).await.unwrap().into_inner();
    assert_eq!(watch.next().await.unwrap().unwrap().status(), ServingStatus::Serving);

    let stopped = tokio::spawn(server.stop());
    assert_eq!(watch.next().await.unwrap().unwrap().status(), ServingStatus::NotServing);
    drop((watch, health));
    stopped.await.unwrap();
}

#[tokio::test]
async fn an_idle_connection_does_not_keep_the_server_alive() {
    let server = TestServer::start(&["--drain-timeout", "0.2"]).await;
    let idle = TcpStream::connect(server.address).await.unwrap();
    let start = Instant::now();
    server.stop().await;
    assert!(start.elapsed() < Duration::from_secs(5));
    drop(idle);
}

#[tokio::test]
async fn a_call_in_flight_goes_on_to_its_end() {
    let server = TestServer::start(&[]).await;
    let mut client = server.client().await;
    let mut health = HealthClient::new(server.channel().await);
    let mut watch = health.watch(HealthCheckRequest::default()).await.unwrap().into_inner();
    assert_eq!(watch.next().await.unwrap().unwrap().status(), ServingStatus::Serving);
    let (sender, requests) = tokio::sync::mpsc::channel(1);
    let stream = client.analyze_stream(ReceiverStream::new(requests)).await.unwrap();
    let mut answers = stream.into_inner();
    let request = || AnalyzeRequest { document: document("In flight."), ..Default::default() };
    sender.send(request()).await.unwrap();
    assert_eq!(answers.next().await.unwrap().unwrap().document_id, "doc-1");

    let stopped = tokio::spawn(server.stop());
    assert_eq!(watch.next().await.unwrap().unwrap().status(), ServingStatus::NotServing);
    drop((watch, health));
    // The server is stopping, and the call still has its say.
    sender.send(request()).await.unwrap();
    assert_eq!(answers.next().await.unwrap().unwrap().document_id, "doc-1");
    assert!(!stopped.is_finished());
    drop(sender);
    assert!(answers.next().await.is_none());
    drop((answers, client));
    stopped.await.unwrap();
}

fn request() -> AnalyzeRequest {
    AnalyzeRequest { document: document("Short."), ..Default::default() }
}

/// Whoever watches the health of a server does not keep it alive.
#[tokio::test]
async fn a_watch_of_health_does_not_keep_the_server_alive() {
    let server = TestServer::start(&["--drain-timeout", "30"]).await;
    let mut health = HealthClient::new(server.channel().await);
    let mut watch = health.watch(HealthCheckRequest::default()).await.unwrap().into_inner();
    assert!(watch.next().await.unwrap().is_ok());
    let start = Instant::now();
    server.stop().await;
    assert!(start.elapsed() < Duration::from_secs(5));
    drop(watch);
}

/// A load balancer has time to notice: health fails at once, calls are taken until the
/// delay is over.
#[tokio::test]
async fn calls_are_taken_until_the_drain_delay_is_over() {
    let server = TestServer::start(&["--drain-delay", "1"]).await;
    let (address, admin) = (server.address, server.admin);
    assert_eq!(server.admin("/readyz").await.0, 200);
    let mut health = HealthClient::new(server.channel().await);
    let mut watch = health.watch(HealthCheckRequest::default()).await.unwrap().into_inner();
    assert_eq!(watch.next().await.unwrap().unwrap().status(), ServingStatus::Serving);
    let start = Instant::now();
    let stopped = tokio::spawn(server.stop());
    assert_eq!(watch.next().await.unwrap().unwrap().status(), ServingStatus::NotServing);
    assert!(start.elapsed() < Duration::from_millis(900));
    let probe = |path: &'static str| async move {
        let client = hyper_util::client::legacy::Client::builder(TokioExecutor::new())
            .build_http::<tonic::body::Body>();
        let uri = format!("http://{admin}{path}").parse().unwrap();
        client.get(uri).await.unwrap().status().as_u16()
    };
    assert_eq!((probe("/readyz").await, probe("/livez").await), (503, 200));
    let mut late = TextAnalysisServiceClient::connect(format!("http://{address}")).await.unwrap();
    late.analyze(request()).await.unwrap();
    stopped.await.unwrap();
    assert!(start.elapsed() >= Duration::from_secs(1));
    assert!(TcpStream::connect(address).await.is_err());
}

/// Bytes until the server closes the connection.
async fn read_to_end(mut stream: TcpStream) -> Vec<u8> {
    use tokio::io::AsyncReadExt;
    let mut bytes = Vec::new();
    // Reset counts as closed.
    let _ = stream.read_to_end(&mut bytes).await;
    bytes
}

#[tokio::test]
async fn a_connection_without_a_call_is_closed() {
    let server = TestServer::start(&["--handshake-timeout", "0.2"]).await;
    let start = Instant::now();
    let silent = TcpStream::connect(server.address).await.unwrap();
    read_to_end(silent).await;
    assert!(start.elapsed() >= Duration::from_millis(200));
    assert!(start.elapsed() < Duration::from_secs(5));
    server.wait_for_metric("verbatim_connections", 0.0).await;
}

#[tokio::test]
async fn an_idle_connection_is_closed_and_the_client_comes_back() {
    let server = TestServer::start(&["--idle-timeout", "0.2"]).await;
    let mut client = server.client().await;
    client.analyze(request()).await.unwrap();
    server.wait_for_metric("verbatim_connections", 0.0).await;
    client.analyze(request()).await.unwrap();
    assert_eq!(server.metric("verbatim_connections_accepted_total").await, 2.0);
}

/// Whether the client's own end gave the call up before anything of it was sent. A
/// connection may close between its choice and the first byte; tonic then reports
/// `CANCELLED` where other clients try again by themselves.
fn never_sent(status: &tonic::Status) -> bool {
    let mut cause = status.source();
    while let Some(error) = cause {
        if error.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_canceled) {
            return true;
        }
        cause = error.source();
    }
    false
}

/// Calls go on over the age of their connections, on new ones, and none that reached
/// the server is lost.
#[tokio::test]
async fn a_connection_has_its_age() {
    let flags = ["--max-connection-age", "0.1", "--max-connection-age-grace", "5"];
    let server = TestServer::start(&flags).await;
    let mut client = server.client().await;
    let start = Instant::now();
    let mut answers = 0.0;
    while start.elapsed() < Duration::from_millis(700) {
        match client.analyze(request()).await {
            Ok(_) => answers += 1.0,
            Err(status) => assert!(never_sent(&status), "{status:?}"),
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(answers > 10.0, "{answers}");
    server
        .wait_for_metric("verbatim_requests_total{method=\"Analyze\",code=\"OK\"}", answers)
        .await;
    let connections = server.metric("verbatim_connections_accepted_total").await;
    assert!((4.0..=8.0).contains(&connections), "{connections}");
}

/// A call that takes longer than the grace of its connection breaks off.
#[tokio::test]
async fn the_grace_of_an_old_connection_ends() {
    let flags = ["--max-connection-age", "0.1", "--max-connection-age-grace", "0.2"];
    let server = TestServer::start(&flags).await;
    let mut client = server.client().await;
    let (sender, requests) = tokio::sync::mpsc::channel(1);
    sender.send(request()).await.unwrap();
    let stream = client.analyze_stream(ReceiverStream::new(requests)).await.unwrap();
    let mut answers = stream.into_inner();
    assert!(answers.next().await.unwrap().is_ok());
    let start = Instant::now();
    assert!(answers.next().await.unwrap().is_err());
    assert!(start.elapsed() < Duration::from_secs(5));
    drop(sender);
}
