//! Start, health, and a clean end.

use std::time::{Duration, Instant};

use tokio::net::TcpStream;
use tokio_stream::{StreamExt, wrappers::ReceiverStream};
use tonic_health::pb::{
    HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient,
};
use verbatim::grpc::proto::AnalyzeRequest;

use crate::support::{TestServer, config, document};

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

#[test]
fn settings_that_make_no_sense_are_named() {
    for (flags, setting) in [
        (["--max-text-bytes", "0"], "max-text-bytes"),
        (["--max-text-bytes", "4000000000"], "max-text-bytes"),
        (["--max-message-bytes", "1048576"], "max-message-bytes"),
        (["--worker-threads", "0"], "worker-threads"),
        (["--worker-threads", "5000"], "worker-threads"),
        (["--max-pending", "0"], "max-pending"),
        (["--stream-concurrency", "0"], "stream-concurrency"),
    ] {
        assert_eq!(config(&flags).validate().unwrap_err().setting, setting);
    }
}
