//! Files that are read again when they change.
//!
//! Looked at, not watched: orchestrators swap links and directories in ways that
//! watches miss. What cannot be used is logged, and what was there stays.

use std::{
    fmt::Display,
    fs,
    path::PathBuf,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use ring::digest::{Context, SHA256};

use crate::metrics::Metrics;

/// What a file was made into, as it is now.
pub type Current<T> = Arc<RwLock<Arc<T>>>;

/// Looks at `paths` every `interval` and puts what `load` makes of them into `current`,
/// as long as anybody else has it.
pub async fn keep<T, E: Display>(
    what: &'static str,
    paths: Vec<PathBuf>,
    interval: Duration,
    current: Current<T>,
    load: impl Fn() -> Result<Arc<T>, E>,
    metrics: Arc<Metrics>,
) {
    let mut seen = digest(&paths);
    loop {
        tokio::time::sleep(interval).await;
        let now = digest(&paths);
        if now == seen {
            continue;
        }
        // A file that is half written is no use now, and another one when it is whole.
        seen = now;
        match load() {
            Ok(new) => {
                *current.write().unwrap_or_else(PoisonError::into_inner) = new;
                metrics.count_reload(what, "ok");
                tracing::info!(what, "read again");
            }
            Err(error) => {
                metrics.count_reload(what, "failed");
                tracing::error!(what, %error, "cannot be read again; what was there stays");
            }
        }
    }
}

/// A digest of all files; one that cannot be read counts as empty.
fn digest(paths: &[PathBuf]) -> Vec<u8> {
    let mut context = Context::new(&SHA256);
    for path in paths {
        let content = fs::read(path).unwrap_or_default();
        context.update(&(content.len() as u64).to_le_bytes());
        context.update(&content);
    }
    context.finish().as_ref().to_vec()
}
