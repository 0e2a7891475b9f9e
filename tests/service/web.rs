//! Browsers: gRPC-Web over HTTP/1.1, and who may call from which page.

use bytes::Bytes;
use http::{Method, Request, Response};
use http_body_util::{BodyExt, Full};
use hyper_util::rt::TokioExecutor;
use prost::Message;
use verbatim::grpc::proto::*;

use crate::support::{TestServer, document};

const PATH: &str = "/verbatim.v1.TextAnalysisService/SplitSentences";

async fn send(
    server: &TestServer,
    request: http::request::Builder,
    body: Vec<u8>,
) -> Response<Bytes> {
    let client = hyper_util::client::legacy::Client::builder(TokioExecutor::new())
        .build_http::<Full<Bytes>>();
    let uri = format!("http://{}{PATH}", server.address);
    let request: Request<_> = request.uri(uri).body(Full::from(body)).unwrap();
    let (head, body) = client.request(request).await.unwrap().into_parts();
    Response::from_parts(head, body.collect().await.unwrap().to_bytes())
}

fn message(text: &str) -> Vec<u8> {
    let request = SplitSentencesRequest { document: document(text), ..Default::default() };
    let mut frame = vec![0];
    frame.extend((request.encoded_len() as u32).to_be_bytes());
    request.encode(&mut frame).unwrap();
    frame
}

fn call() -> http::request::Builder {
    Request::builder().method(Method::POST).header("content-type", "application/grpc-web+proto")
}

/// The parts of a gRPC-Web answer: message, and trailers as text.
fn parts(body: &[u8]) -> (Vec<u8>, String) {
    let length = |at: usize| u32::from_be_bytes(body[at + 1..at + 5].try_into().unwrap()) as usize;
    let mut message = Vec::new();
    let mut at = 0;
    while body[at] == 0 {
        message.extend(&body[at + 5..at + 5 + length(at)]);
        at += 5 + length(at);
    }
    (message, String::from_utf8(body[at + 5..].to_vec()).unwrap())
}

#[tokio::test]
async fn a_page_calls_over_http_1() {
    let server = TestServer::start(&["--grpc-web", "--cors-origins", "https://a.example"]).await;
    let page = call().header("origin", "https://a.example");
    let response = send(&server, page, message("One. Two.")).await;
    assert_eq!(response.version(), http::Version::HTTP_11);
    assert_eq!(response.headers()["access-control-allow-origin"], "https://a.example");
    assert!(response.headers().contains_key("x-request-id"));
    let (message, trailers) = parts(response.body());
    assert_eq!(SplitSentencesResponse::decode(&message[..]).unwrap().sentences.len(), 2);
    assert!(trailers.contains("grpc-status:0"), "{trailers}");
    let counted = "verbatim_requests_total{method=\"SplitSentences\",code=\"OK\"}";
    server.wait_for_metric(counted, 1.0).await;

    // gRPC itself is served as ever.
    let request = SplitSentencesRequest { document: document("One."), ..Default::default() };
    server.client().await.split_sentences(request).await.unwrap();
}

#[tokio::test]
async fn only_listed_origins_may_call() {
    let ask = |origin: &'static str| {
        Request::builder()
            .method(Method::OPTIONS)
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "content-type,x-grpc-web")
    };
    let server = TestServer::start(&["--grpc-web", "--cors-origins", "https://a.example"]).await;
    let allowed = "access-control-allow-origin";
    let response = send(&server, ask("https://a.example"), vec![]).await;
    assert_eq!(response.headers()[allowed], "https://a.example");
    let response = send(&server, ask("https://b.example"), vec![]).await;
    assert!(!response.headers().contains_key(allowed));
    let server = TestServer::start(&["--grpc-web"]).await;
    let response = send(&server, ask("https://a.example"), vec![]).await;
    assert!(!response.headers().contains_key(allowed));
}

#[tokio::test]
async fn without_the_setting_there_is_no_http_1() {
    let server = TestServer::start(&[]).await;
    let client = hyper_util::client::legacy::Client::builder(TokioExecutor::new())
        .build_http::<Full<Bytes>>();
    let uri = format!("http://{}{PATH}", server.address);
    let request = call().uri(uri).body(Full::from(message("One."))).unwrap();
    let answer = client.request(request).await;
    assert!(answer.is_err() || answer.unwrap().status() != 200);
}
