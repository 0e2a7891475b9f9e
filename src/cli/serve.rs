//! `verbatim serve`: the gRPC service, until a signal ends it.

use std::{future::Future, io::Write, process::ExitCode};

use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    sync::oneshot,
};

use super::exit;
use crate::server::{Config, Listeners, Prepared, logging, traces::Traces};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    config: Config,

    /// Check settings and the files that they name, and exit: 0 or 64
    #[arg(long)]
    check_config: bool,
}

pub fn run(args: Args) -> ExitCode {
    let prepared = match Prepared::new(args.config) {
        Ok(prepared) => prepared,
        Err(error) => return exit::bad_setting(error),
    };
    if args.check_config {
        return ExitCode::SUCCESS;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => return exit::failed(format_args!("cannot start the runtime: {error}")),
    };
    let code = runtime.block_on(async {
        // Here, because the way to the collector lives on the runtime.
        let observe = &prepared.config().observe;
        let traces = Traces::start(observe)
            .and_then(|traces| logging::init(observe, &traces).map(|()| traces));
        let traces = match traces {
            Ok(traces) => traces,
            Err(error) => return exit::bad_setting(error),
        };
        let code = serve(prepared).await;
        traces.finish().await;
        code
    });
    // What still runs is an analysis that nobody waits for.
    runtime.shutdown_background();
    code
}

async fn serve(prepared: Prepared) -> ExitCode {
    let shutdown = match signals() {
        Ok(shutdown) => shutdown,
        Err(error) => return exit::failed(format_args!("cannot listen for signals: {error}")),
    };
    let config = prepared.config();
    let listeners = match Listeners::bind(config).await {
        Ok(listeners) => listeners,
        Err(error) => return exit::failed(error),
    };
    // A port of 0 has become a real one, which whoever started us needs to know.
    let address = listeners.main.address().unwrap_or_else(|_| config.listen.clone());
    let mut out = std::io::stdout();
    // A closed standard output is no reason not to serve.
    let _ = writeln!(out, "listening on {address}");
    if let Some(address) = listeners.admin_address() {
        let _ = writeln!(out, "admin on {address}");
    }
    let tls = config.tls.certificate.is_some();
    tracing::info!(%address, tls, version = env!("CARGO_PKG_VERSION"), "serving");
    match prepared.serve(listeners, shutdown).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => exit::failed(error),
    }
}

/// Completes with the first signal to stop; the second ends the process at once.
fn signals() -> std::io::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let (first, stop) = oneshot::channel();
    tokio::spawn(async move {
        next(&mut terminate, &mut interrupt).await;
        // The server may have failed meanwhile.
        let _ = first.send(());
        let number = next(&mut terminate, &mut interrupt).await;
        tracing::warn!("a second signal: exiting at once");
        std::process::exit(128 + number);
    });
    Ok(async move {
        let _ = stop.await;
    })
}

/// The number of the next signal.
async fn next(terminate: &mut Signal, interrupt: &mut Signal) -> i32 {
    tokio::select! {
        _ = terminate.recv() => SignalKind::terminate().as_raw_value(),
        _ = interrupt.recv() => SignalKind::interrupt().as_raw_value(),
    }
}
