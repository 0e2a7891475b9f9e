//! `verbatim healthcheck`: asks a server whether it is serving.

use std::{error::Error, process::ExitCode, time::Duration};

use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpStream, UnixStream},
};
use tonic::transport::{Channel, Endpoint};
use tonic_health::pb::{
    HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient,
};

use super::exit;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Address of the server, or unix:PATH
    #[arg(env = "VERBATIM_LISTEN", default_value = "127.0.0.1:50051", value_name = "ADDR")]
    address: String,

    /// Ask /readyz on this admin port instead; what a server with TLS needs
    #[arg(long, env = "VERBATIM_ADMIN_LISTEN", value_name = "ADDR")]
    admin: Option<String>,

    /// Seconds to wait for the answer
    #[arg(
        long, env = "VERBATIM_HEALTHCHECK_TIMEOUT", default_value_t = 3, value_name = "SECONDS",
        value_parser = clap::value_parser!(u64).range(1..)
    )]
    timeout: u64,
}

pub fn run(args: Args) -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => return exit::failed(format_args!("cannot start the runtime: {error}")),
    };
    let timeout = Duration::from_secs(args.timeout);
    let asked = runtime.block_on(async {
        let ask = async {
            match &args.admin {
                Some(address) => ready(&reachable(address)).await,
                None => check(&args.address).await,
            }
        };
        tokio::time::timeout(timeout, ask).await
    });
    match asked {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(Failure::Address(error))) => exit::bad_setting(error),
        Ok(Err(Failure::Unhealthy(error))) => exit::failed(error),
        Err(_) => exit::failed(format_args!("no answer within {} s", args.timeout)),
    }
}

/// Why the server is not known to be healthy.
enum Failure {
    /// The address makes no sense.
    Address(String),
    Unhealthy(String),
}

/// Where a server that listens on `address` is to be found: one that listens on
/// every interface answers on the loopback one.
fn reachable(address: &str) -> String {
    if let Some(port) = address.strip_prefix("0.0.0.0:") {
        return format!("127.0.0.1:{port}");
    }
    match address.strip_prefix("[::]:") {
        Some(port) => format!("[::1]:{port}"),
        None => address.to_owned(),
    }
}

/// What the first of a chain of errors says.
fn innermost(error: &(dyn Error + 'static)) -> String {
    error.source().map_or_else(|| error.to_string(), innermost)
}

async fn connect(address: &str) -> Result<Channel, Failure> {
    let connected = match address.strip_prefix("unix:") {
        Some(path) => {
            let path = path.to_owned();
            let connector = tower::service_fn(move |_| {
                let path = path.clone();
                async move { UnixStream::connect(path).await.map(TokioIo::new) }
            });
            // The name is not used, but HTTP wants one.
            Endpoint::from_static("http://localhost").connect_with_connector(connector).await
        }
        None => {
            let endpoint = Endpoint::from_shared(format!("http://{}", reachable(address)));
            let bad = |_| Failure::Address(format!("{address} is no address"));
            endpoint.map_err(bad)?.connect().await
        }
    };
    connected.map_err(|error| {
        // tonic's own words are "transport error"; the reason is further in.
        let reason = error.source().map_or_else(|| error.to_string(), innermost);
        Failure::Unhealthy(format!("cannot connect to {address}: {reason}"))
    })
}

async fn check(address: &str) -> Result<(), Failure> {
    let channel = connect(address).await?;
    let response = HealthClient::new(channel).check(HealthCheckRequest::default()).await;
    match response.map(|response| response.into_inner().status()) {
        Ok(ServingStatus::Serving) => Ok(()),
        Ok(status) => Err(Failure::Unhealthy(status.as_str_name().to_owned())),
        Err(status) => {
            Err(Failure::Unhealthy(format!("{:?}: {}", status.code(), status.message())))
        }
    }
}

/// Asks the admin port, in as much HTTP as that takes.
async fn ready(address: &str) -> Result<(), Failure> {
    let ask = async {
        let mut stream = TcpStream::connect(address).await?;
        let request =
            format!("GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await?;
        let mut answer = Vec::new();
        stream.take(4096).read_to_end(&mut answer).await?;
        Ok::<_, std::io::Error>(String::from_utf8_lossy(&answer).into_owned())
    };
    let answer =
        ask.await.map_err(|error| Failure::Unhealthy(format!("cannot ask {address}: {error}")))?;
    match answer.split_ascii_whitespace().nth(1) {
        Some("200") => Ok(()),
        code => Err(Failure::Unhealthy(format!("/readyz answers {}", code.unwrap_or("nothing")))),
    }
}
