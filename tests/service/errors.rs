//! Bad input gets a clear error, with details for programs, and never its own text.

use tonic::{Code, Status};
use verbatim::grpc::proto::*;

use crate::{
    raw,
    support::{TestServer, details, document, document_in},
};

/// Words that stand in every bad document and must not come back.
const SECRET: &str = "zanzibar";

fn check(status: Status, code: Code, reason: &str, field: Option<&str>) {
    assert_eq!(status.code(), code, "{status:?}");
    let (found, details) = details(&status);
    assert_eq!(found, reason);
    let violations = details.bad_request().map(|bad| bad.field_violations.clone());
    let fields: Vec<_> = violations.iter().flatten().map(|v| v.field.as_str()).collect();
    assert_eq!(fields, field.into_iter().collect::<Vec<_>>());
    assert!(!format!("{status:?}{details:?}").contains(SECRET), "the text is echoed");
}

#[tokio::test]
async fn what_a_document_must_be() {
    let server = TestServer::start(&["--max-text-bytes", "100"]).await;
    let mut client = server.client().await;
    let long = SECRET.repeat(20);
    for (document, reason, field) in [
        (None, "MISSING_DOCUMENT", "document"),
        (document(""), "EMPTY_TEXT", "document.text"),
        (document(&long), "TEXT_TOO_LONG", "document.text"),
        (document_in("e n", SECRET), "MALFORMED_LANGUAGE_CODE", "document.language_code"),
        (document_in(SECRET, SECRET), "LANGUAGE_NOT_SUPPORTED", "document.language_code"),
    ] {
        let request = TagEntitiesRequest { document: document.clone(), ..Default::default() };
        let status = client.tag_entities(request).await.unwrap_err();
        if reason == "LANGUAGE_NOT_SUPPORTED" {
            // The code is the client's own word, not the text.
            let (found, details) = details(&status);
            assert_eq!(found, reason);
            assert!(details.error_info().unwrap().metadata["supported"].contains("en"));
            continue;
        }
        check(status, Code::InvalidArgument, reason, Some(field));
        let request = DetectLanguageRequest { document: document.clone(), ..Default::default() };
        let status = client.detect_language(request).await.unwrap_err();
        check(status, Code::InvalidArgument, reason, Some(field));
        let request = SplitSentencesRequest { document: document.clone(), ..Default::default() };
        let status = client.split_sentences(request).await.unwrap_err();
        check(status, Code::InvalidArgument, reason, Some(field));
        let request = AttributeQuotesRequest { document: document.clone(), ..Default::default() };
        let status = client.attribute_quotes(request).await.unwrap_err();
        check(status, Code::InvalidArgument, reason, Some(field));
        let request = AnalyzeRequest { document, ..Default::default() };
        let status = client.analyze(request).await.unwrap_err();
        check(status, Code::InvalidArgument, reason, Some(field));
    }
}

#[tokio::test]
async fn a_text_over_the_limit_is_told_limit_and_length() {
    let server = TestServer::start(&[]).await;
    let mut client = server.client().await;
    let text = "a".repeat((1 << 20) + 1);
    let request = AnalyzeRequest { document: document(&text), ..Default::default() };
    let status = client.analyze(request).await.unwrap_err();
    let (reason, details) = details(&status);
    assert_eq!((status.code(), reason.as_str()), (Code::InvalidArgument, "TEXT_TOO_LONG"));
    let metadata = &details.error_info().unwrap().metadata;
    assert_eq!((metadata["limit"].as_str(), metadata["actual"].as_str()), ("1048576", "1048577"));
    let request = SplitSentencesRequest { document: document(&text[1..]), ..Default::default() };
    assert!(client.split_sentences(request).await.is_ok(), "the limit itself is allowed");
}

#[tokio::test]
async fn a_message_over_the_limit_is_resource_exhausted() {
    let server = TestServer::start(&["--max-message-bytes", "1200000"]).await;
    let mut client = server.client().await;
    let request =
        AnalyzeRequest { document: document(&SECRET.repeat(200_000)), ..Default::default() };
    let status = client.analyze(request).await.unwrap_err();
    check(status, Code::ResourceExhausted, "MESSAGE_TOO_LARGE", None);
}

#[tokio::test]
async fn unknown_numbers_and_negative_counts() {
    let server = TestServer::start(&[]).await;
    let mut client = server.client().await;
    for features in [vec![99], vec![0], vec![1, -1]] {
        let request = AnalyzeRequest { document: document(SECRET), features, ..Default::default() };
        let status = client.analyze(request).await.unwrap_err();
        check(status, Code::InvalidArgument, "UNKNOWN_ENUM_VALUE", Some("features"));
    }
    let request = SplitSentencesRequest { document: document(SECRET), offset_encoding: 7 };
    let status = client.split_sentences(request).await.unwrap_err();
    check(status, Code::InvalidArgument, "UNKNOWN_ENUM_VALUE", Some("offset_encoding"));
    let request =
        DetectLanguageRequest { document: document(SECRET), max_results: -1, ..Default::default() };
    let status = client.detect_language(request).await.unwrap_err();
    check(status, Code::InvalidArgument, "INVALID_MAX_RESULTS", Some("max_results"));
}

#[tokio::test]
async fn candidate_languages_are_checked() {
    let server = TestServer::start(&[]).await;
    let mut client = server.client().await;
    for (codes, reason, field) in [
        (["en", "!"], "MALFORMED_LANGUAGE_CODE", "candidate_languages[1]"),
        (["en", "tlh"], "LANGUAGE_NOT_SUPPORTED", "candidate_languages"),
    ] {
        let request = DetectLanguageRequest {
            document: document(SECRET),
            candidate_languages: codes.map(String::from).to_vec(),
            ..Default::default()
        };
        let status = client.detect_language(request).await.unwrap_err();
        check(status, Code::InvalidArgument, reason, Some(field));
    }
}

#[tokio::test]
async fn a_language_that_is_not_supported() {
    let server = TestServer::start(&[]).await;
    let mut client = server.client().await;
    let request = TagEntitiesRequest { document: document_in("zh", SECRET), ..Default::default() };
    let status = client.tag_entities(request).await.unwrap_err();
    check(
        status.clone(),
        Code::InvalidArgument,
        "LANGUAGE_NOT_SUPPORTED",
        Some("document.language_code"),
    );
    let metadata = details(&status).1.error_info().unwrap().metadata.clone();
    assert_eq!(metadata["capability"], "entities");
    assert!(metadata["supported"].split(',').any(|code| code == "en"));

    // Analyze leaves the part empty and says so.
    let request = AnalyzeRequest { document: document_in("zh", SECRET), ..Default::default() };
    let response = client.analyze(request).await.unwrap().into_inner();
    assert!(response.quotes.is_empty() && response.entities.is_empty());
    assert_eq!(response.sentences.len(), 1);
    let reasons: Vec<_> = response.warnings.iter().map(|w| w.reason.as_str()).collect();
    assert_eq!(reasons, ["LANGUAGE_NOT_SUPPORTED", "LANGUAGE_NEUTRAL"]);
}

/// Bytes that are no message of ours: a field of the wrong wire type, a length that
/// runs over the end, text that is not UTF-8.
#[tokio::test]
async fn bytes_that_are_no_message() {
    use tonic::{client::Grpc, codegen::http::uri::PathAndQuery};

    let server = TestServer::start(&[]).await;
    for bytes in [&b"\x0a\xff\xff"[..], b"\x0b", b"\x0a\x04\x12\x02\xff\xfe"] {
        let mut grpc = Grpc::new(server.channel().await);
        grpc.ready().await.unwrap();
        let path = PathAndQuery::from_static("/verbatim.v1.TextAnalysisService/Analyze");
        let request = tonic::Request::new(bytes.to_vec());
        let status = grpc.unary(request, path, raw::RawCodec).await.unwrap_err();
        check(status, Code::InvalidArgument, "MALFORMED_MESSAGE", None);
    }
}

#[tokio::test]
async fn what_the_transport_refuses_has_details_too() {
    use tonic::{client::Grpc, codegen::http::uri::PathAndQuery};

    let server = TestServer::start(&[]).await;
    let mut grpc = Grpc::new(server.channel().await);
    grpc.ready().await.unwrap();
    let path = PathAndQuery::from_static("/verbatim.v1.TextAnalysisService/Divine");
    let status = grpc.unary(tonic::Request::new(vec![]), path, raw::RawCodec).await.unwrap_err();
    check(status, Code::Unimplemented, "UNIMPLEMENTED", None);
}
