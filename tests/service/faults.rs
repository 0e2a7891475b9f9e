//! Clients that misbehave: each gets its due, and the next client never notices.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tonic::{Code, client::Grpc, codegen::http::uri::PathAndQuery};
use verbatim::grpc::proto::*;

use crate::{
    raw,
    support::{TestServer, details, document_in},
};

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

fn request(repeat: usize) -> AnalyzeRequest {
    let text = "“We will manage this,” Angela Merkel said on Monday. ".repeat(repeat);
    AnalyzeRequest { document: document_in("en", &text), ..Default::default() }
}

/// The server serves, and has nothing left of those before.
async fn check_unharmed(server: &TestServer) {
    server.client().await.analyze(request(1)).await.unwrap();
    server.wait_for_metric("verbatim_requests_in_flight", 0.0).await;
    server.wait_for_metric("verbatim_analyses_running", 0.0).await;
    server.wait_for_metric("verbatim_analyses_queued", 0.0).await;
    assert_eq!(server.metric("verbatim_panics").await, 0.0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_clients_reset_in_mid_call() {
    let server = TestServer::start(&["--worker-threads", "2", "--max-queue-wait", "60"]).await;
    let calls: Vec<_> = (0..200)
        .map(|_| {
            let mut client = server.plain_client();
            tokio::spawn(async move { client.analyze(request(2_000)).await.is_ok() })
        })
        .collect();
    server.wait_for_metric("verbatim_analyses_running", 2.0).await;
    // Its client and its connection go with each.
    calls.iter().for_each(|call| call.abort());
    check_unharmed(&server).await;
    server.wait_for_metric("verbatim_connections", 0.0).await;
}

#[tokio::test]
async fn headers_that_never_end_are_cut_off() {
    let server = TestServer::start(&["--handshake-timeout", "0.5"]).await;
    let mut slow = TcpStream::connect(server.address).await.unwrap();
    slow.write_all(PREFACE).await.unwrap();
    // SETTINGS, then HEADERS that do not end, and CONTINUATIONs a byte at a time.
    slow.write_all(&[0, 0, 0, 4, 0, 0, 0, 0, 0]).await.unwrap();
    slow.write_all(&[0, 0, 1, 1, 0, 0, 0, 0, 1, 0x83]).await.unwrap();
    let (mut reader, mut writer) = slow.into_split();
    let trickle = tokio::spawn(async move {
        let byte = [0, 0, 1, 9, 0, 0, 0, 0, 1, 0x86];
        while writer.write_all(&byte).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    let mut bytes = Vec::new();
    let cut = tokio::time::timeout(Duration::from_secs(10), reader.read_to_end(&mut bytes)).await;
    assert!(cut.is_ok());
    trickle.abort();
    check_unharmed(&server).await;
}

/// A peer that is gone without a word: it answers no ping.
#[tokio::test]
async fn a_half_open_connection_is_noticed() {
    let server =
        TestServer::start(&["--keepalive-interval", "0.1", "--keepalive-timeout", "0.2"]).await;
    let mut dead = TcpStream::connect(server.address).await.unwrap();
    dead.write_all(PREFACE).await.unwrap();
    dead.write_all(&[0, 0, 0, 4, 0, 0, 0, 0, 0]).await.unwrap();
    server.wait_for_metric("verbatim_connections", 0.0).await;
    check_unharmed(&server).await;
}

#[tokio::test]
async fn garbage_is_no_harm() {
    let server = TestServer::start(&[]).await;
    let mut seed = 1_u64;
    let mut random = move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) as u8
    };
    for round in 0..50 {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        let mut bytes = if round % 2 == 0 { PREFACE.to_vec() } else { Vec::new() };
        bytes.extend((0..2000).map(|_| random()));
        // The server may close before it has read it all.
        let _ = stream.write_all(&bytes).await;
        let _ = stream.shutdown().await;
        let mut answer = Vec::new();
        let ended = stream.read_to_end(&mut answer);
        let ended = tokio::time::timeout(Duration::from_secs(5), ended).await;
        assert!(ended.is_ok(), "round {round}");
    }
    check_unharmed(&server).await;
}

/// Messages with bytes changed, cut or doubled: an answer, or a clear refusal.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_malformed_messages() {
    use prost::Message;
    let server = TestServer::start(&[]).await;
    let whole = AnalyzeRequest {
        document: document_in("en", "“We will,” Angela Merkel said. Others did not."),
        offset_encoding: 2,
        features: vec![1, 2],
    }
    .encode_to_vec();
    let mut seed = 7_u64;
    let mut random = move |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) as usize % below
    };
    let mut grpc = Grpc::new(server.channel().await);
    let mut refused = 0;
    for _ in 0..1000 {
        let mut bytes = whole.clone();
        for _ in 0..=random(3) {
            let at = random(bytes.len());
            match random(4) {
                0 => bytes[at] = random(256) as u8,
                1 => bytes.truncate(at.max(1)),
                2 => bytes.insert(at, random(256) as u8),
                _ => bytes.extend_from_within(at..),
            }
        }
        grpc.ready().await.unwrap();
        let path = PathAndQuery::from_static("/verbatim.v1.TextAnalysisService/Analyze");
        let call = grpc.unary(tonic::Request::new(bytes), path, raw::RawCodec).await;
        if let Err(status) = call {
            assert_eq!(status.code(), Code::InvalidArgument, "{status:?}");
            details(&status);
            refused += 1;
        }
    }
    assert!(refused > 300, "{refused}");
    check_unharmed(&server).await;
}
