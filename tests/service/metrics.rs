//! The admin port: what is counted, and that no label is a client's own word.

use tonic::{Request, client::Grpc, codegen::http::uri::PathAndQuery};
use verbatim::grpc::proto::*;

use crate::support::{TestServer, document_in};

const SECRET: &str = "zanzibar";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_are_counted_and_no_label_is_a_clients_word() {
    let server = TestServer::start(&["--max-text-bytes", "2000"]).await;
    let mut client = server.client().await;
    let text = format!("“We know {SECRET},” Angela Merkel said.");
    for _ in 0..3 {
        let message = AnalyzeRequest { document: document_in("en", &text), ..Default::default() };
        let mut request = Request::new(message);
        request.metadata_mut().insert("x-request-id", SECRET.parse().unwrap());
        request.metadata_mut().insert("user-agent", SECRET.parse().unwrap());
        client.analyze(request).await.unwrap();
    }
    let long = text.repeat(100);
    for code in [SECRET, "en"] {
        let request =
            TagEntitiesRequest { document: document_in(code, &long), ..Default::default() };
        client.tag_entities(request).await.unwrap_err();
    }
    // A method of the client's making.
    let mut grpc = Grpc::new(server.channel().await);
    grpc.ready().await.unwrap();
    let path = PathAndQuery::from_static("/verbatim.v1.TextAnalysisService/zanzibar");
    grpc.unary(Request::new(vec![]), path, crate::raw::RawCodec).await.unwrap_err();

    server.wait_for_metric("verbatim_requests_total{method=\"Analyze\",code=\"OK\"}", 3.0).await;
    for (name, value) in [
        ("verbatim_requests_total{method=\"TagEntities\",code=\"INVALID_ARGUMENT\"}", 2.0),
        ("verbatim_requests_total{method=\"other\",code=\"UNIMPLEMENTED\"}", 1.0),
        ("verbatim_request_seconds_count{method=\"Analyze\"}", 3.0),
        ("verbatim_text_bytes_count{method=\"Analyze\"}", 3.0),
        ("verbatim_requests_in_flight", 0.0),
        ("verbatim_analyses_queued", 0.0),
        ("verbatim_panics", 0.0),
        ("verbatim_shed_total{reason=\"OVERLOADED\"}", 0.0),
    ] {
        assert_eq!(server.metric(name).await, value, "{name}");
    }
    for capability in ["sentences", "entities", "quotes"] {
        let name = format!("verbatim_cpu_seconds_total{{capability=\"{capability}\"}}");
        assert!(server.metric(&name).await > 0.0, "{name}");
    }
    assert!(server.metric("verbatim_resident_memory_bytes").await > 1e6);
    assert!(server.metric("verbatim_connections").await >= 2.0);
    let (code, text) = server.admin("/metrics").await;
    assert_eq!(code, 200);
    let version = format!("verbatim_build_info{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION"));
    assert!(text.contains(&version), "{text}");
    assert!(!text.contains(SECRET) && !text.contains("127.0.0.1"), "{text}");
    assert!(text.ends_with("# EOF\n"));
}

#[tokio::test]
async fn probes() {
    let server = TestServer::start(&[]).await;
    assert_eq!(server.admin("/livez").await.0, 200);
    assert_eq!(server.admin("/readyz").await.0, 200);
    assert_eq!(server.admin("/").await.0, 404);
}
