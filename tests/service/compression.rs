//! gzip and zstd both ways, and messages that grow past the limit.

use http::HeaderMap;
use tonic::{
    Code,
    client::Grpc,
    codec::CompressionEncoding::{Gzip, Zstd},
    codegen::http::uri::PathAndQuery,
};
use verbatim::grpc::proto::*;

use crate::support::{TestServer, details, document_in};

#[tokio::test]
async fn both_ways_in_both_encodings() {
    let server = TestServer::start(&[]).await;
    let text = "The same sentence again and again. ".repeat(1000);
    let request =
        || SplitSentencesRequest { document: document_in("en", &text), ..Default::default() };
    let plain = server.client().await.split_sentences(request()).await.unwrap();
    assert!(plain.metadata().get("grpc-encoding").is_none());
    for (encoding, name) in [(Gzip, "gzip"), (Zstd, "zstd")] {
        let client = server.client().await;
        let mut client = client.send_compressed(encoding).accept_compressed(encoding);
        let answer = client.split_sentences(request()).await.unwrap();
        assert_eq!(answer.metadata().get("grpc-encoding").unwrap(), name);
        assert_eq!(answer.get_ref(), plain.get_ref());
    }
}

/// A few kilobytes that would become half a gigabyte.
#[tokio::test]
async fn a_bomb_stops_at_the_limit() {
    let server = TestServer::start(&[]).await;
    let before = server.metric("verbatim_resident_memory_bytes").await;
    let text = "a".repeat(512 << 20);
    let request =
        SplitSentencesRequest { document: document_in("en", &text), ..Default::default() };
    drop(text);
    for encoding in [Gzip, Zstd] {
        let bomb = compressed(&request, encoding);
        assert!(bomb.len() < 1 << 20);
        let status = send(&server, bomb, encoding).await;
        assert_eq!(status.code(), Code::ResourceExhausted, "{status:?}");
        let (reason, details) = details(&status);
        assert_eq!(reason, "MESSAGE_TOO_LARGE");
        assert_eq!(details.error_info().unwrap().metadata["limit"], (16 << 20).to_string());
    }
    drop(request);
    // This process is the client too, and has let go of its own half gigabyte.
    let after = server.metric("verbatim_resident_memory_bytes").await;
    assert!(after - before < (256 << 20) as f64, "{before} {after}");
}

#[tokio::test]
async fn what_cannot_be_decompressed_is_malformed() {
    let server = TestServer::start(&[]).await;
    for encoding in [Gzip, Zstd] {
        let status = send(&server, b"\x01\x02 is neither".to_vec(), encoding).await;
        assert_eq!(status.code(), Code::InvalidArgument, "{status:?}");
        assert_eq!(details(&status).0, "MALFORMED_MESSAGE");
    }
}

fn compressed(
    request: &SplitSentencesRequest,
    encoding: tonic::codec::CompressionEncoding,
) -> Vec<u8> {
    use prost::Message;
    use std::io::Write;
    let bytes = request.encode_to_vec();
    match encoding {
        Gzip => {
            let mut writer =
                flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            writer.write_all(&bytes).unwrap();
            writer.finish().unwrap()
        }
        _ => zstd::encode_all(&bytes[..], 1).unwrap(),
    }
}

/// Sends a message that is compressed already: frames it by hand.
async fn send(
    server: &TestServer,
    message: Vec<u8>,
    encoding: tonic::codec::CompressionEncoding,
) -> tonic::Status {
    use http_body_util::BodyExt;
    let mut frame = vec![1];
    frame.extend((message.len() as u32).to_be_bytes());
    frame.extend(message);
    let client = hyper_util::client::legacy::Client::builder(hyper_util::rt::TokioExecutor::new())
        .http2_only(true)
        .build_http::<http_body_util::Full<bytes::Bytes>>();
    let name = if encoding == Gzip { "gzip" } else { "zstd" };
    let path = "/verbatim.v1.TextAnalysisService/SplitSentences";
    let request = http::Request::post(format!("http://{}{path}", server.address))
        .header("content-type", "application/grpc")
        .header("te", "trailers")
        .header("grpc-encoding", name)
        .body(http_body_util::Full::from(frame))
        .unwrap();
    let response = client.request(request).await.unwrap();
    let headers = response.headers().clone();
    let trailers = response.into_body().collect().await.unwrap().trailers().cloned();
    let found = |headers: &HeaderMap| tonic::Status::from_header_map(headers);
    found(&headers).or_else(|| trailers.as_ref().and_then(found)).unwrap()
}

/// An encoding that we do not have is told by name, with those that we have.
#[tokio::test]
async fn another_encoding_is_unimplemented() {
    let server = TestServer::start(&[]).await;
    let mut grpc = Grpc::new(server.channel().await);
    grpc.ready().await.unwrap();
    let path = PathAndQuery::from_static("/verbatim.v1.TextAnalysisService/SplitSentences");
    let mut request = tonic::Request::new(vec![]);
    request.metadata_mut().insert("grpc-encoding", "snappy".parse().unwrap());
    let status = grpc.unary(request, path, crate::raw::RawCodec).await.unwrap_err();
    assert_eq!(status.code(), Code::Unimplemented, "{status:?}");
    assert_eq!(details(&status).0, "UNIMPLEMENTED");
}
