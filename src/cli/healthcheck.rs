//! `verbatim healthcheck`: asks a server whether it is serving.

use std::{error::Error, process::ExitCode, time::Duration};

use tonic::transport::Endpoint;
use tonic_health::pb::{
    HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient,
};

use super::exit;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Address of the server
    #[arg(env = "VERBATIM_LISTEN", default_value = "127.0.0.1:50051", value_name = "ADDR")]
    address: String,

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
    let endpoint = match Endpoint::from_shared(format!("http://{}", address(&args.address))) {
        Ok(endpoint) => endpoint,
        Err(_) => return exit::bad_setting(format_args!("{} is no address", args.address)),
    };
    let timeout = Duration::from_secs(args.timeout);
    match runtime.block_on(async { tokio::time::timeout(timeout, check(endpoint)).await }) {
        Ok(Ok(ServingStatus::Serving)) => ExitCode::SUCCESS,
        Ok(Ok(status)) => exit::failed(status.as_str_name()),
        Ok(Err(error)) => exit::failed(error),
        Err(_) => exit::failed(format_args!("no answer within {} s", args.timeout)),
    }
}

/// Where a server that listens on `address` is to be found: one that listens on
/// every interface answers on the loopback one.
fn address(address: &str) -> String {
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

async fn check(endpoint: Endpoint) -> Result<ServingStatus, Box<dyn Error>> {
    let channel = endpoint.connect().await.map_err(|error| {
        // tonic's own words are "transport error"; the reason is further in.
        let reason = error.source().map_or_else(|| error.to_string(), innermost);
        format!("cannot connect to {}: {reason}", endpoint.uri())
    })?;
    let response = HealthClient::new(channel).check(HealthCheckRequest::default()).await;
    match response {
        Ok(response) => Ok(response.into_inner().status()),
        Err(status) => Err(format!("{:?}: {}", status.code(), status.message()).into()),
    }
}
