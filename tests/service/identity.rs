//! Who may call: tokens, and what stays open to everybody.

use std::{io::Write, time::Duration};

use tokio_stream::StreamExt;
use tonic::{Code, Request};
use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};
use tonic_reflection::pb::v1;
use verbatim::grpc::proto::*;

use crate::support::{Client, TestServer, details, document};

const OLD: &str = "0123456789abcdef-old";
const NEW: &str = "0123456789abcdef-new";

fn file(text: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file
}

/// Whether a call with the token is let in.
async fn may_call(client: &mut Client, token: Option<&str>) -> bool {
    let message = SplitSentencesRequest { document: document("Hello."), ..Default::default() };
    let mut request = Request::new(message);
    if let Some(token) = token {
        let value = format!("Bearer {token}").parse().unwrap();
        request.metadata_mut().insert("authorization", value);
    }
    match client.split_sentences(request).await {
        Ok(_) => true,
        Err(status) => {
            assert_eq!(status.code(), Code::Unauthenticated, "{status:?}");
            assert_eq!(details(&status).0, "UNAUTHENTICATED");
            assert!(!format!("{status:?}").contains("0123456789"), "the token is echoed");
            false
        }
    }
}

#[tokio::test]
async fn calls_need_a_token_that_is_in_the_file() {
    let tokens = file(&format!("a {OLD}\na {NEW}\n"));
    let server = TestServer::start(&["--tokens", tokens.path().to_str().unwrap()]).await;
    let mut client = server.client().await;
    assert!(may_call(&mut client, Some(OLD)).await && may_call(&mut client, Some(NEW)).await);
    for wrong in [None, Some(""), Some("0123456789abcdef"), Some("0123456789abcdef-nex")] {
        assert!(!may_call(&mut client, wrong).await);
    }
    let status = client.get_service_info(GetServiceInfoRequest {}).await.unwrap_err();
    assert_eq!(status.code(), Code::Unauthenticated);
    let stream = tokio_stream::iter([AnalyzeRequest::default()]);
    let status = client.analyze_stream(stream).await.unwrap_err();
    assert_eq!(status.code(), Code::Unauthenticated);
    let mut health = HealthClient::new(server.channel().await);
    health.check(HealthCheckRequest::default()).await.unwrap();
}

#[tokio::test]
async fn tokens_are_rotated_without_a_restart() {
    let tokens = file(&format!("a {OLD}\n"));
    let path = tokens.path().to_str().unwrap();
    let server = TestServer::start(&["--tokens", path, "--reload-interval", "0.02"]).await;
    let mut client = server.client().await;
    assert!(may_call(&mut client, Some(OLD)).await && !may_call(&mut client, Some(NEW)).await);
    let write = |text: String| std::fs::write(tokens.path(), text).unwrap();
    write(format!("a {OLD}\na {NEW}\n"));
    server.wait_for_metric("verbatim_reloads_total{what=\"tokens\",result=\"ok\"}", 1.0).await;
    assert!(may_call(&mut client, Some(OLD)).await && may_call(&mut client, Some(NEW)).await);
    write(format!("a {NEW}\n"));
    server.wait_for_metric("verbatim_reloads_total{what=\"tokens\",result=\"ok\"}", 2.0).await;
    assert!(!may_call(&mut client, Some(OLD)).await && may_call(&mut client, Some(NEW)).await);
    // A file that makes no sense changes nothing.
    write("a short\n".to_owned());
    server.wait_for_metric("verbatim_reloads_total{what=\"tokens\",result=\"failed\"}", 1.0).await;
    assert!(may_call(&mut client, Some(NEW)).await);
}

/// Whether reflection lists services for somebody with or without a token.
async fn reflects(server: &TestServer, token: Option<&str>) -> Result<(), Code> {
    use v1::server_reflection_request::MessageRequest;
    let question = v1::ServerReflectionRequest {
        host: String::new(),
        message_request: Some(MessageRequest::ListServices(String::new())),
    };
    let mut request = Request::new(tokio_stream::iter([question]));
    if let Some(token) = token {
        let value = format!("Bearer {token}").parse().unwrap();
        request.metadata_mut().insert("authorization", value);
    }
    let channel = server.channel().await;
    let mut client = v1::server_reflection_client::ServerReflectionClient::new(channel);
    let answers = client.server_reflection_info(request).await.map_err(|status| status.code())?;
    let answer = answers.into_inner().next().await.unwrap();
    answer.map(drop).map_err(|status| status.code())
}

#[tokio::test]
async fn reflection_is_open_behind_a_token_or_off() {
    let tokens = file(&format!("a {OLD}\n"));
    let path = tokens.path().to_str().unwrap();
    let server = TestServer::start(&["--tokens", path]).await;
    assert_eq!(reflects(&server, None).await, Ok(()));
    let server = TestServer::start(&["--tokens", path, "--reflection", "auth"]).await;
    assert_eq!(reflects(&server, None).await, Err(Code::Unauthenticated));
    assert_eq!(reflects(&server, Some(OLD)).await, Ok(()));
    let server = TestServer::start(&["--tokens", path, "--reflection", "off"]).await;
    assert_eq!(reflects(&server, Some(OLD)).await, Err(Code::Unimplemented));
}

/// The rate is that of a token, not of an address.
#[tokio::test]
async fn each_client_has_a_rate_of_its_own() {
    let tokens = file(&format!("a {OLD}\nb {NEW}\n"));
    let path = tokens.path().to_str().unwrap();
    let flags = ["--tokens", path, "--rate-limit", "1", "--rate-burst", "2"];
    let server = TestServer::start(&flags).await;
    let mut client = server.client().await;
    let mut call = async |token: &str| {
        let mut request = Request::new(GetServiceInfoRequest {});
        let value = format!("Bearer {token}").parse().unwrap();
        request.metadata_mut().insert("authorization", value);
        client.get_service_info(request).await.map(drop).map_err(|status| status.code())
    };
    for _ in 0..2 {
        call(OLD).await.unwrap();
    }
    assert_eq!(call(OLD).await, Err(Code::ResourceExhausted));
    call(NEW).await.unwrap();
    tokio::time::sleep(Duration::from_millis(1010)).await;
    call(OLD).await.unwrap();
}
