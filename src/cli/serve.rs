//! `verbatim serve`: the gRPC service, until a signal ends it.

use std::{io::Write, process::ExitCode};

use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

use super::exit;
use crate::server::{self, Config, logging};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    config: Config,
}

pub fn run(args: Args) -> ExitCode {
    let config = args.config;
    if let Err(error) = config.validate().and_then(|()| logging::init(&config)) {
        return exit::bad_setting(error);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    match runtime {
        Ok(runtime) => runtime.block_on(serve(config)),
        Err(error) => exit::failed(format_args!("cannot start the runtime: {error}")),
    }
}

async fn serve(config: Config) -> ExitCode {
    let signals = signal(SignalKind::terminate())
        .and_then(|terminate| Ok((terminate, signal(SignalKind::interrupt())?)));
    let (mut terminate, mut interrupt) = match signals {
        Ok(signals) => signals,
        Err(error) => return exit::failed(format_args!("cannot listen for signals: {error}")),
    };
    let listener = match TcpListener::bind(config.listen).await {
        Ok(listener) => listener,
        Err(error) => {
            return exit::failed(format_args!("cannot listen on {}: {error}", config.listen));
        }
    };
    // A port of 0 has become a real one, which whoever started us needs to know.
    let address = listener.local_addr().unwrap_or(config.listen);
    // A closed standard output is no reason not to serve.
    let _ = writeln!(std::io::stdout(), "listening on {address}");
    tracing::info!(%address, version = env!("CARGO_PKG_VERSION"), "serving");

    let shutdown = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    };
    match server::run(listener, shutdown, config).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => exit::failed(error),
    }
}
