//! How fast: MB/s of each capability in this process, requests/s over gRPC.
//!
//! `cargo bench`. The text is the sample article of this repository, so that
//! anybody can repeat it; `docs/baseline.md` has the figures.

use std::{hint::black_box, net::SocketAddr, sync::OnceLock};

use clap::Parser;
use divan::{
    Bencher,
    counter::{BytesCount, ItemsCount},
};
use futures_util::future;
use tokio::{net::TcpListener, runtime::Runtime};
use tonic::transport::Channel;
use verbatim::{
    analysis::{Analyzer, DEFAULT_MAX_RESULTS, Feature, Features, language::LanguageTag},
    grpc::proto::{
        AnalyzeRequest, Document, GetServiceInfoRequest,
        text_analysis_service_client::TextAnalysisServiceClient,
    },
    server,
};

const ARTICLE: &str = include_str!("../samples/press-conference.txt");

fn main() {
    divan::main();
}

/// Each capability with all that it stands on, on one thread: one article, and a
/// text of 256 KiB.
mod in_process {
    use super::*;

    const COPIES: [usize; 2] = [1, 140];

    fn features(bencher: Bencher, copies: usize, features: &[Feature]) {
        let text = ARTICLE.repeat(copies);
        let analyzer = Analyzer::new();
        let english = LanguageTag::from_static("en");
        let features: Features = features.iter().copied().collect();
        bencher
            .counter(BytesCount::of_str(&text))
            .bench(|| analyzer.analyze(black_box(&text), Some(&english), features));
    }

    #[divan::bench(args = COPIES)]
    fn language(bencher: Bencher, copies: usize) {
        let text = ARTICLE.repeat(copies);
        let analyzer = Analyzer::new();
        bencher
            .counter(BytesCount::of_str(&text))
            .bench(|| analyzer.detect(black_box(&text), &[], DEFAULT_MAX_RESULTS));
    }

    #[divan::bench(args = COPIES)]
    fn sentences(bencher: Bencher, copies: usize) {
        features(bencher, copies, &[Feature::Sentences]);
    }

    #[divan::bench(args = COPIES)]
    fn entities(bencher: Bencher, copies: usize) {
        features(bencher, copies, &[Feature::Entities]);
    }

    #[divan::bench(args = COPIES)]
    fn quotes(bencher: Bencher, copies: usize) {
        features(bencher, copies, &[Feature::Quotes]);
    }

    #[divan::bench(args = COPIES)]
    fn everything(bencher: Bencher, copies: usize) {
        features(bencher, copies, &Feature::ALL);
    }
}

/// A real server and a real client over loopback, both on this machine's cores.
mod over_grpc {
    use super::*;

    /// Calls in flight at a time.
    const IN_FLIGHT: [usize; 3] = [1, 8, 64];

    #[divan::bench(args = IN_FLIGHT)]
    fn analyze(bencher: Bencher, in_flight: usize) {
        let document = Document { text: ARTICLE.to_owned(), ..Default::default() };
        let request = AnalyzeRequest { document: Some(document), ..Default::default() };
        calls(bencher, in_flight, |mut client| {
            let request = request.clone();
            async move { client.analyze(request).await.map(drop) }
        });
    }

    /// What a call costs that has nothing to do.
    #[divan::bench(args = IN_FLIGHT)]
    fn get_service_info(bencher: Bencher, in_flight: usize) {
        calls(bencher, in_flight, |mut client| async move {
            client.get_service_info(GetServiceInfoRequest {}).await.map(drop)
        });
    }

    /// The settings of `verbatim serve` without flags.
    #[derive(Parser)]
    struct Flags {
        #[command(flatten)]
        config: server::Config,
    }

    type Client = TextAnalysisServiceClient<Channel>;

    fn calls<F>(bencher: Bencher, in_flight: usize, call: impl Fn(Client) -> F + Sync)
    where
        F: Future<Output = Result<(), tonic::Status>>,
    {
        let runtime = runtime();
        let endpoint = Channel::from_shared(format!("http://{}", address())).expect("an address");
        let channel = runtime.block_on(endpoint.connect()).expect("the server runs");
        let client = Client::new(channel);
        bencher.counter(ItemsCount::new(in_flight)).bench_local(|| {
            let calls = (0..in_flight).map(|_| call(client.clone()));
            runtime.block_on(future::try_join_all(calls)).expect("every call succeeds")
        });
    }

    fn runtime() -> &'static Runtime {
        static RUNTIME: OnceLock<Runtime> = OnceLock::new();
        RUNTIME.get_or_init(|| Runtime::new().expect("a runtime"))
    }

    /// Where the server listens that all benchmarks share.
    fn address() -> SocketAddr {
        static ADDRESS: OnceLock<SocketAddr> = OnceLock::new();
        *ADDRESS.get_or_init(|| {
            runtime().block_on(async {
                let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
                let address = listener.local_addr().expect("an address");
                let config = Flags::parse_from(["serve"]).config;
                tokio::spawn(server::run(listener, std::future::pending(), config));
                address
            })
        })
    }
}
