//! A server on a free port, and clients for it.
//!
//! The channel of tonic keeps deadlines by itself; what the server makes of them is seen
//! through `plain_client`, which sends what it is told and waits.

use std::{net::SocketAddr, time::Duration};

use clap::Parser;
use http_body_util::BodyExt;
use hyper_util::rt::TokioExecutor;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};
use tonic::{Status, transport::Channel};
use tonic_types::{ErrorDetails, StatusExt};
use verbatim::{
    grpc::proto::{Document, text_analysis_service_client::TextAnalysisServiceClient},
    server::{self, Config, Listener, Listeners, ServeError},
};

pub type Client = TextAnalysisServiceClient<Channel>;

/// A client that does nothing of its own.
pub type PlainClient = TextAnalysisServiceClient<
    hyper_util::client::legacy::Client<
        hyper_util::client::legacy::connect::HttpConnector,
        tonic::body::Body,
    >,
>;

/// A running server; it stops when told to, or with the test's runtime.
pub struct TestServer {
    pub address: SocketAddr,
    pub admin: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<Result<(), ServeError>>,
}

impl TestServer {
    /// Starts a server with the flags of `verbatim serve`.
    pub async fn start(flags: &[&str]) -> Self {
        let main = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let admin = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, admin_address) = (main.local_addr().unwrap(), admin.local_addr().unwrap());
        let listeners = Listeners { main: Listener::Tcp(main), admin: Some(admin) };
        let (stop, stopped) = oneshot::channel();
        let shutdown = async {
            // A dropped sender is a test that ends without stopping its server.
            if stopped.await.is_err() {
                std::future::pending().await
            }
        };
        let ended = tokio::spawn(server::run(listeners, shutdown, config(flags)));
        Self { address, admin: admin_address, stop, ended }
    }

    pub fn plain_client(&self) -> PlainClient {
        let client = hyper_util::client::legacy::Client::builder(TokioExecutor::new())
            .http2_only(true)
            .build_http();
        let origin = format!("http://{}", self.address).parse().unwrap();
        PlainClient::with_origin(client, origin).max_decoding_message_size(64 << 20)
    }

    /// What the admin port answers: status and text.
    pub async fn admin(&self, path: &str) -> (u16, String) {
        let client = hyper_util::client::legacy::Client::builder(TokioExecutor::new())
            .build_http::<tonic::body::Body>();
        let uri = format!("http://{}{path}", self.admin).parse().unwrap();
        let response = client.get(uri).await.unwrap();
        let code = response.status().as_u16();
        let text = response.into_body().collect().await.unwrap().to_bytes();
        (code, String::from_utf8(text.to_vec()).unwrap())
    }

    /// The metric `name` with its labels as they are written; 0 where it is not there.
    pub async fn metric(&self, name: &str) -> f64 {
        let (_, text) = self.admin("/metrics").await;
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.map_or(0.0, |value| value.parse().unwrap())
    }

    /// Waits until the metric has the value.
    pub async fn wait_for_metric(&self, name: &str, value: f64) {
        let waited = self.wait_until(name, |found| found == value).await;
        assert!(waited, "{name} is not {value}");
    }

    /// Waits until the metric is as `wanted` says; whether it came to be.
    pub async fn wait_until(&self, name: &str, wanted: impl Fn(f64) -> bool) -> bool {
        let wait = async {
            while !wanted(self.metric(name).await) {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), wait).await.is_ok()
    }

    pub async fn channel(&self) -> Channel {
        let endpoint = Channel::from_shared(format!("http://{}", self.address)).unwrap();
        endpoint.connect().await.unwrap()
    }

    pub async fn client(&self) -> Client {
        Client::new(self.channel().await).max_decoding_message_size(64 << 20)
    }

    /// Tells the server to stop and waits until it has.
    pub async fn stop(self) {
        self.stop.send(()).unwrap();
        tokio::time::timeout(Duration::from_secs(10), self.ended).await.unwrap().unwrap().unwrap();
    }
}

/// The settings that `verbatim serve` makes of `flags`.
pub fn config(flags: &[&str]) -> Config {
    #[derive(Parser)]
    struct Flags {
        #[command(flatten)]
        config: Config,
    }
    Flags::try_parse_from([&["serve"], flags].concat()).unwrap().config
}

pub fn document(text: &str) -> Option<Document> {
    Some(Document { id: "doc-1".into(), text: text.into(), language_code: String::new() })
}

pub fn document_in(language_code: &str, text: &str) -> Option<Document> {
    Some(Document { language_code: language_code.into(), ..document(text).unwrap() })
}

/// Reason and details of a status; every error of the service must have them.
pub fn details(status: &Status) -> (String, ErrorDetails) {
    let details = status.get_error_details();
    let info = details.error_info().unwrap_or_else(|| panic!("no ErrorInfo: {status:?}"));
    assert_eq!(info.domain, "verbatim");
    (info.reason.clone(), details)
}
