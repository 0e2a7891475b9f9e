//! What the service tells about itself: info, reflection, request ids.

use tokio_stream::StreamExt;
use tonic_reflection::pb::{v1, v1alpha};
use verbatim::grpc::proto::{Feature, GetServiceInfoRequest, SplitSentencesRequest, SupportLevel};

use crate::support::{TestServer, document};

#[tokio::test]
async fn service_info_tells_the_limits_in_force_and_every_capability() {
    let server = TestServer::start(&["--max-text-bytes", "5000", "--worker-threads", "3"]).await;
    let mut client = server.client().await;
    let info = client.get_service_info(GetServiceInfoRequest {}).await.unwrap().into_inner();
    assert_eq!(info.version, env!("CARGO_PKG_VERSION"));
    let limits = info.limits.unwrap();
    assert_eq!((limits.max_text_bytes, limits.worker_threads), (5000, 3));
    let features: Vec<_> = info.capabilities.iter().map(|c| c.feature()).collect();
    let all = [Feature::Language, Feature::Sentences, Feature::Entities, Feature::Quotes];
    assert_eq!(features, all);
    for capability in &info.capabilities {
        assert!(capability.language_codes.iter().any(|code| code == "en"));
        assert!(capability.language_codes.is_sorted());
        assert!(info.models.iter().any(|model| model.name == capability.model));
        let partial = &capability.partial_languages;
        assert!(partial.iter().all(|l| capability.language_codes.contains(&l.language_code)));
    }
    let level = |feature: Feature, code: &str| {
        let capability = info.capabilities.iter().find(|c| c.feature() == feature).unwrap();
        let partial = capability.partial_languages.iter().find(|l| l.language_code == code);
        partial.map_or(SupportLevel::Full, |language| language.level())
    };
    assert_eq!(level(Feature::Quotes, "en"), SupportLevel::Full);
    assert_eq!(level(Feature::Quotes, "fr"), SupportLevel::Rules);
    assert_eq!(level(Feature::Quotes, "und"), SupportLevel::Neutral);
    assert_eq!(level(Feature::Sentences, "de"), SupportLevel::Full);
    assert_eq!(level(Feature::Sentences, "und"), SupportLevel::Neutral);
    assert_eq!(level(Feature::Entities, "en"), SupportLevel::Full);
}

/// The services that both versions of reflection list, and the error details that
/// let grpcurl print an error in full.
#[tokio::test]
async fn both_versions_of_reflection_serve_the_same() {
    let server = TestServer::start(&[]).await;
    let services =
        ["grpc.health.v1.Health", "verbatim.v1.TextAnalysisService"].map(String::from).to_vec();

    use v1::server_reflection_request::MessageRequest;
    use v1::server_reflection_response::MessageResponse;
    let ask =
        |what| v1::ServerReflectionRequest { host: String::new(), message_request: Some(what) };
    let questions = vec![
        ask(MessageRequest::ListServices(String::new())),
        ask(MessageRequest::FileContainingSymbol("google.rpc.ErrorInfo".into())),
    ];
    let mut client =
        v1::server_reflection_client::ServerReflectionClient::new(server.channel().await);
    let answers = client.server_reflection_info(tokio_stream::iter(questions)).await.unwrap();
    let answers: Vec<_> = answers.into_inner().map(|answer| answer.unwrap()).collect().await;
    let Some(MessageResponse::ListServicesResponse(list)) = &answers[0].message_response else {
        panic!("{answers:?}");
    };
    let names: Vec<_> = list.service.iter().map(|service| service.name.clone()).collect();
    assert!(services.iter().all(|service| names.contains(service)), "{names:?}");
    let file = answers[1].message_response.as_ref().unwrap();
    assert!(matches!(file, MessageResponse::FileDescriptorResponse(_)), "{file:?}");

    use v1alpha::server_reflection_request::MessageRequest as OldRequest;
    use v1alpha::server_reflection_response::MessageResponse as OldResponse;
    let ask = |what| v1alpha::ServerReflectionRequest {
        host: String::new(),
        message_request: Some(what),
    };
    let questions = vec![
        ask(OldRequest::ListServices(String::new())),
        ask(OldRequest::FileContainingSymbol("google.rpc.ErrorInfo".into())),
    ];
    let mut client =
        v1alpha::server_reflection_client::ServerReflectionClient::new(server.channel().await);
    let answers = client.server_reflection_info(tokio_stream::iter(questions)).await.unwrap();
    let answers: Vec<_> = answers.into_inner().map(|answer| answer.unwrap()).collect().await;
    let Some(OldResponse::ListServicesResponse(list)) = &answers[0].message_response else {
        panic!("{answers:?}");
    };
    let names: Vec<_> = list.service.iter().map(|service| service.name.clone()).collect();
    assert!(services.iter().all(|service| names.contains(service)), "{names:?}");
    let file = answers[1].message_response.as_ref().unwrap();
    assert!(matches!(file, OldResponse::FileDescriptorResponse(_)), "{file:?}");
}

#[tokio::test]
async fn a_request_id_is_taken_or_made_and_comes_back() {
    let server = TestServer::start(&[]).await;
    let mut client = server.client().await;
    let request = || SplitSentencesRequest { document: document("Hello."), ..Default::default() };

    let mut named = tonic::Request::new(request());
    named.metadata_mut().insert("x-request-id", "mine-42".parse().unwrap());
    let response = client.split_sentences(named).await.unwrap();
    assert_eq!(response.metadata().get("x-request-id").unwrap(), "mine-42");

    let response = client.split_sentences(request()).await.unwrap();
    assert_eq!(response.metadata().get("x-request-id").unwrap().len(), 36);

    // An error needs its id most.
    let status = client.split_sentences(SplitSentencesRequest::default()).await.unwrap_err();
    assert_eq!(status.metadata().get("x-request-id").unwrap().len(), 36);
}
