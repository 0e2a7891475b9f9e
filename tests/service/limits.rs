//! Every limit can be set, is told by GetServiceInfo, and says its name when it is hit.

use std::time::Duration;

use tonic::{Code, Request};
use verbatim::grpc::proto::*;

use crate::support::{TestServer, config, details, document};

#[tokio::test]
async fn service_info_tells_all_that_are_set() {
    let flags = [
        "--max-text-bytes=5000",
        "--max-message-bytes=80000",
        "--worker-threads=3",
        "--max-pending=7",
        "--max-queue-wait=0.25",
        "--max-streams=5",
        "--stream-concurrency=4",
        "--max-stream-requests=99",
        "--max-connections=50",
        "--max-concurrent-streams=60",
        "--max-header-bytes=9000",
        "--rate-limit=1000",
        "--request-timeout=12",
        "--stream-timeout=34.5",
    ];
    let server = TestServer::start(&flags).await;
    let mut client = server.client().await;
    let info = client.get_service_info(GetServiceInfoRequest {}).await.unwrap().into_inner();
    let expect = Limits {
        max_text_bytes: 5000,
        max_message_bytes: 80000,
        worker_threads: 3,
        max_pending: 7,
        stream_concurrency: 4,
        max_queue_wait_ms: 250,
        max_streams: 5,
        max_stream_requests: 99,
        max_connections: 50,
        max_concurrent_streams: 60,
        max_header_bytes: 9000,
        rate_limit: 1000,
        request_timeout_ms: 12_000,
        stream_timeout_ms: 34_500,
    };
    assert_eq!(info.limits, Some(expect));
}

fn request() -> SplitSentencesRequest {
    SplitSentencesRequest { document: document("Hello."), ..Default::default() }
}

#[tokio::test]
async fn headers_over_the_limit_are_resource_exhausted() {
    let server = TestServer::start(&["--max-header-bytes", "2000"]).await;
    let mut client = server.client().await;
    for (length, fits) in [(1000, true), (2000, false), (4000, false)] {
        let mut request = Request::new(request());
        request.metadata_mut().insert("x-long", "a".repeat(length).parse().unwrap());
        match client.split_sentences(request).await {
            Ok(_) => assert!(fits, "{length}"),
            Err(status) => {
                assert!(!fits, "{length}: {status:?}");
                assert_eq!(status.code(), Code::ResourceExhausted);
                let (reason, details) = details(&status);
                assert_eq!(reason, "HEADERS_TOO_LARGE");
                assert_eq!(details.error_info().unwrap().metadata["limit"], "2000");
            }
        }
    }
}

#[tokio::test]
async fn a_client_may_make_so_many_calls_a_second() {
    let server = TestServer::start(&["--rate-limit", "1", "--rate-burst", "3"]).await;
    let mut client = server.client().await;
    for _ in 0..3 {
        client.split_sentences(request()).await.unwrap();
    }
    let status = client.split_sentences(request()).await.unwrap_err();
    assert_eq!(status.code(), Code::ResourceExhausted);
    let (reason, details) = details(&status);
    assert_eq!(reason, "RATE_LIMITED");
    let delay = details.retry_info().unwrap().retry_delay.unwrap();
    assert!(delay <= Duration::from_secs(1), "{delay:?}");
    // Health is not counted.
    let channel = server.channel().await;
    for _ in 0..10 {
        let mut health = tonic_health::pb::health_client::HealthClient::new(channel.clone());
        health.check(tonic_health::pb::HealthCheckRequest::default()).await.unwrap();
    }
    tokio::time::sleep(delay + Duration::from_millis(10)).await;
    client.split_sentences(request()).await.unwrap();
}

/// More connections than may be open wait for one to close.
#[tokio::test]
async fn so_many_connections_may_be_open() {
    let server = TestServer::start(&["--max-connections", "1"]).await;
    let mut first = server.client().await;
    first.split_sentences(request()).await.unwrap();
    let mut second = server.plain_client();
    let waiting = tokio::spawn(async move { second.split_sentences(request()).await });
    let mut others = Vec::new();
    for _ in 0..5 {
        first.split_sentences(request()).await.unwrap();
        others.push(tokio::net::TcpStream::connect(server.address).await.unwrap());
    }
    assert!(!waiting.is_finished());
    drop((first, others));
    waiting.await.unwrap().unwrap();
}

/// More calls on one connection wait in the client, whom the transport tells.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn so_many_calls_may_be_open_on_a_connection() {
    let server = TestServer::start(&["--max-concurrent-streams", "2"]).await;
    let client = server.client().await;
    client.clone().split_sentences(request()).await.unwrap();
    let calls = (0..50).map(|_| {
        let mut client = client.clone();
        async move { client.split_sentences(request()).await.map(drop) }
    });
    futures_util::future::try_join_all(calls).await.unwrap();
}

#[test]
fn settings_that_make_no_sense_are_named() {
    for (flags, setting) in [
        (&["--max-text-bytes", "0"][..], "max-text-bytes"),
        (&["--max-text-bytes", "4000000000"], "max-text-bytes"),
        (&["--max-message-bytes", "1048576"], "max-message-bytes"),
        (&["--worker-threads", "0"], "worker-threads"),
        (&["--worker-threads", "5000"], "worker-threads"),
        (&["--max-pending", "0"], "max-pending"),
        (&["--max-streams", "0"], "max-streams"),
        (&["--stream-concurrency", "0"], "stream-concurrency"),
        (&["--max-stream-requests", "0"], "max-stream-requests"),
        (&["--max-connections", "0"], "max-connections"),
        (&["--max-concurrent-streams", "0"], "max-concurrent-streams"),
        (&["--max-header-bytes", "10"], "max-header-bytes"),
        (&["--rate-burst", "10"], "rate-burst"),
        (&["--request-timeout", "0"], "request-timeout"),
        (&["--stream-timeout", "0"], "stream-timeout"),
        (&["--handshake-timeout", "0"], "handshake-timeout"),
        (&["--keepalive-timeout", "0"], "keepalive-timeout"),
        (&["--reload-interval", "0"], "reload-interval"),
        (&["--drain-delay", "4000"], "drain-delay"),
        (&["--tls-cert", "a.pem"], "tls-key"),
        (&["--tls-key", "a.pem"], "tls-cert"),
        (&["--tls-client-ca", "a.pem"], "tls-client-ca"),
        (&["--cors-origins", "https://a.example"], "cors-origins"),
        (&["--grpc-web", "--cors-origins", "*"], "cors-origins"),
        (&["--grpc-web", "--cors-origins", "https://a.example/"], "cors-origins"),
        (&["--log", "verbatim=loud"], "log"),
        (&["--listen", "0.0.0.0:0"], "listen"),
        (&["--listen", "[::]:0"], "listen"),
    ] {
        assert_eq!(config(flags).validate().unwrap_err().setting, setting, "{flags:?}");
    }
    for flags in [
        &["--listen", "0.0.0.0:0", "--insecure"][..],
        &["--listen", "127.0.0.2:0"],
        &["--listen", "[::1]:0"],
        &["--listen", "unix:/run/verbatim.sock"],
        &["--listen", "0.0.0.0:0", "--tls-cert", "a", "--tls-key", "b"],
        &["--grpc-web", "--cors-origins", "https://a.example,http://localhost:3000"],
    ] {
        config(flags).validate().unwrap();
    }
}
