//! Traces, as a collector receives them. The collector is ours, its protocol OTLP.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use tokio::sync::mpsc;
use tonic::{
    Request, Response, Status,
    body::Body,
    codegen::{http, tokio_stream::wrappers::TcpListenerStream},
    server::{Grpc, NamedService, UnaryService},
};
use tonic_prost::ProstCodec;
use verbatim::grpc::proto::{
    AnalyzeRequest, Document, text_analysis_service_client::TextAnalysisServiceClient,
};

use crate::serve::{serve, signal};

/// ExportTraceServiceRequest, as far as we look into it.
#[derive(Clone, PartialEq, prost::Message)]
struct Export {
    #[prost(message, repeated, tag = "1")]
    resources: Vec<Resource>,
}

#[derive(Clone, PartialEq, prost::Message)]
struct Resource {
    #[prost(message, repeated, tag = "2")]
    scopes: Vec<Scope>,
}

#[derive(Clone, PartialEq, prost::Message)]
struct Scope {
    #[prost(message, repeated, tag = "2")]
    spans: Vec<Span>,
}

#[derive(Clone, PartialEq, prost::Message)]
struct Span {
    #[prost(bytes, tag = "1")]
    trace: Vec<u8>,
    #[prost(bytes, tag = "2")]
    id: Vec<u8>,
    #[prost(bytes, tag = "4")]
    parent: Vec<u8>,
    #[prost(string, tag = "5")]
    name: String,
}

/// Takes what the server exports.
#[derive(Clone)]
struct Collector(mpsc::UnboundedSender<Export>);

impl NamedService for Collector {
    const NAME: &'static str = "opentelemetry.proto.collector.trace.v1.TraceService";
}

type Answer<T> = Pin<Box<dyn Future<Output = T> + Send>>;

impl UnaryService<Export> for Collector {
    type Response = ();
    type Future = Answer<Result<Response<()>, Status>>;

    fn call(&mut self, request: Request<Export>) -> Self::Future {
        self.0.send(request.into_inner()).unwrap();
        Box::pin(async { Ok(Response::new(())) })
    }
}

impl tower::Service<http::Request<Body>> for Collector {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Answer<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let own = self.clone();
        Box::pin(async move {
            Ok(Grpc::new(ProstCodec::<(), Export>::default()).unary(own, request).await)
        })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_part_of_its_clients_trace() {
    let (sender, mut exports) = mpsc::unbounded_channel();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let collector = tonic::transport::Server::builder().add_service(Collector(sender));
    tokio::spawn(collector.serve_with_incoming(TcpListenerStream::new(listener)));

    // The log's level is none of the traces' business.
    let (mut child, address) = serve(&["--otlp-endpoint", &endpoint, "--log", "error"]);
    let mut client = TextAnalysisServiceClient::connect(format!("http://{address}")).await.unwrap();
    let text = "“We will stay,” the secret minister Ann Lee said.";
    let document = Some(Document { text: text.into(), ..Default::default() });
    let mut request = Request::new(AnalyzeRequest { document, ..Default::default() });
    let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    request.metadata_mut().insert("traceparent", parent.parse().unwrap());
    let answer = client.analyze(request).await.unwrap();
    let told = answer.metadata().get("traceresponse").unwrap().to_str().unwrap().to_owned();
    signal(&child, "TERM");
    assert!(child.wait().unwrap().success());

    // All that there is has been sent before the end.
    let mut spans = Vec::new();
    while let Ok(Some(export)) =
        tokio::time::timeout(Duration::from_millis(200), exports.recv()).await
    {
        let scopes = export.resources.into_iter().flat_map(|resource| resource.scopes);
        spans.extend(scopes.flat_map(|scope| scope.spans));
    }
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
    assert!(spans.iter().all(|span| hex(&span.trace) == "0af7651916cd43dd8448eb211c80319c"));
    let request = spans.iter().find(|span| span.name == "request").expect("a span of the call");
    assert_eq!(hex(&request.parent), "b7ad6b7169203331");
    assert_eq!(told, format!("00-{}-{}-01", hex(&request.trace), hex(&request.id)));
    let parts = spans.iter().filter(|span| span.name == "capability");
    assert_eq!(parts.clone().count(), 4, "{spans:?}");
    assert!(parts.into_iter().all(|part| part.parent == request.id));
    assert!(!format!("{spans:?}").contains("secret"));
}

#[test]
fn an_address_that_is_none_is_refused() {
    for endpoint in ["localhost:4317", "https://localhost:4317", ""] {
        let out = crate::support::run(&["serve", "--otlp-endpoint", endpoint], "");
        assert_eq!(out.status.code(), Some(64), "{endpoint}");
    }
}
