//! A server on a free port, and clients for it.

use std::{net::SocketAddr, time::Duration};

use clap::Parser;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};
use tonic::{Status, transport::Channel};
use tonic_types::{ErrorDetails, StatusExt};
use verbatim::{
    grpc::proto::{Document, text_analysis_service_client::TextAnalysisServiceClient},
    server::{self, Config, ServeError},
};

pub type Client = TextAnalysisServiceClient<Channel>;

/// A running server; it stops when told to, or with the test's runtime.
pub struct TestServer {
    pub address: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<Result<(), ServeError>>,
}

impl TestServer {
    /// Starts a server with the flags of `verbatim serve`.
    pub async fn start(flags: &[&str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let config = config(flags);
        config.validate().unwrap();
        let shutdown = async {
            // A dropped sender is a test that ends without stopping its server.
            if stopped.await.is_err() {
                std::future::pending().await
            }
        };
        let ended = tokio::spawn(server::run(listener, shutdown, config));
        Self { address, stop, ended }
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
