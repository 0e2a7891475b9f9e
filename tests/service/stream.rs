//! AnalyzeStream: answers in order, and one bad document spoils no other.

use tokio_stream::{StreamExt, wrappers::ReceiverStream};
use tonic::Code;
use verbatim::grpc::proto::{analyze_stream_response::Result as Answer, *};

use crate::support::TestServer;

fn request(id: usize, text: &str) -> AnalyzeRequest {
    let document = Document { id: id.to_string(), text: text.into(), ..Default::default() };
    AnalyzeRequest { document: Some(document), ..Default::default() }
}

#[tokio::test]
async fn answers_come_in_request_order_whatever_their_length() {
    let server = TestServer::start(&["--worker-threads", "4"]).await;
    let mut client = server.client().await;
    let texts: Vec<_> = (0..60).map(|i| "Words were said. ".repeat(1 + i * 7919 % 60)).collect();
    let requests: Vec<_> = texts.iter().enumerate().map(|(i, text)| request(i, text)).collect();
    let stream = client.analyze_stream(tokio_stream::iter(requests)).await.unwrap();
    let answers: Vec<_> = stream.into_inner().map(|answer| answer.unwrap()).collect().await;
    assert_eq!(answers.len(), texts.len());
    for (i, answer) in answers.iter().enumerate() {
        assert_eq!(answer.document_id, i.to_string());
        let Some(Answer::Response(response)) = &answer.result else { panic!("{answer:?}") };
        assert_eq!(response.document_id, i.to_string());
        let last = response.sentences.last().unwrap().span.as_ref().unwrap();
        assert_eq!(last.end_offset as usize, texts[i].trim_end().len());
    }
}

#[tokio::test]
async fn a_document_that_fails_answers_for_itself_alone() {
    let server = TestServer::start(&["--max-text-bytes", "50"]).await;
    let mut client = server.client().await;
    let requests = vec![
        request(0, "Fine."),
        request(1, ""),
        request(2, &"long ".repeat(20)),
        AnalyzeRequest::default(),
        AnalyzeRequest { features: vec![42], ..request(4, "Fine.") },
        request(5, "Fine."),
    ];
    let stream = client.analyze_stream(tokio_stream::iter(requests)).await.unwrap();
    let answers: Vec<_> = stream.into_inner().map(|answer| answer.unwrap()).collect().await;
    let summary: Vec<_> = answers
        .iter()
        .map(|answer| match answer.result.as_ref().unwrap() {
            Answer::Response(_) => (answer.document_id.as_str(), "", 0),
            Answer::Error(error) => {
                (answer.document_id.as_str(), error.reason.as_str(), error.code)
            }
        })
        .collect();
    let bad = Code::InvalidArgument as i32;
    let expect = [
        ("0", "", 0),
        ("1", "EMPTY_TEXT", bad),
        ("2", "TEXT_TOO_LONG", bad),
        ("", "MISSING_DOCUMENT", bad),
        ("4", "UNKNOWN_ENUM_VALUE", bad),
        ("5", "", 0),
    ];
    assert_eq!(summary, expect);
}

#[tokio::test]
async fn an_answer_does_not_wait_for_the_next_request() {
    let server = TestServer::start(&[]).await;
    let mut client = server.client().await;
    let (sender, requests) = tokio::sync::mpsc::channel(1);
    let stream = client.analyze_stream(ReceiverStream::new(requests)).await.unwrap();
    let mut answers = stream.into_inner();
    for i in 0..3 {
        sender.send(request(i, "One at a time.")).await.unwrap();
        assert_eq!(answers.next().await.unwrap().unwrap().document_id, i.to_string());
    }
    drop(sender);
    assert!(answers.next().await.is_none());
}

#[tokio::test]
async fn a_message_over_the_limit_ends_the_stream_with_its_reason() {
    let server =
        TestServer::start(&["--max-text-bytes", "100", "--max-message-bytes", "70000"]).await;
    let mut client = server.client().await;
    let requests = vec![request(0, "Fine."), request(1, &"a".repeat(80_000)), request(2, "Fine.")];
    let stream = client.analyze_stream(tokio_stream::iter(requests)).await.unwrap();
    let mut answers = stream.into_inner();
    assert_eq!(answers.next().await.unwrap().unwrap().document_id, "0");
    let status = answers.next().await.unwrap().unwrap_err();
    assert_eq!(status.code(), Code::ResourceExhausted);
    assert_eq!(crate::support::details(&status).0, "MESSAGE_TOO_LARGE");
    assert!(answers.next().await.is_none());
}
