//! What is counted, one registry a server, in the text format of Prometheus.
//!
//! No label is a string of a client's: methods, codes, reasons and capabilities are
//! all from lists of our own.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
        info::Info,
    },
    registry::Registry,
};

use crate::analysis::Feature;

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Ended {
    method: &'static str,
    code: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfMethod {
    method: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Shed {
    reason: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfCapability {
    capability: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reloaded {
    what: &'static str,
    result: &'static str,
}

type Histograms = Family<OfMethod, Histogram, fn() -> Histogram>;
type Seconds = Counter<f64, AtomicU64>;
type Number = Gauge<i64, AtomicI64>;

/// Everything that is counted.
pub struct Metrics {
    registry: Registry,
    requests: Family<Ended, Counter>,
    seconds: Histograms,
    text_bytes: Histograms,
    shed: Family<Shed, Counter>,
    cpu: Family<OfCapability, Seconds>,
    reloads: Family<Reloaded, Counter>,
    in_flight: Number,
    connections: Number,
    accepted: Counter,
    // Set when they are asked for.
    queued: Number,
    running: Number,
    panics: Number,
    handler_panics: AtomicU64,
    resident: Number,
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Metrics")
    }
}

/// 1 ms to about two minutes.
fn seconds() -> Histogram {
    Histogram::new(exponential_buckets(0.001, 2.0, 18))
}

/// 64 bytes to 16 MiB.
fn bytes() -> Histogram {
    Histogram::new(exponential_buckets(64.0, 4.0, 10))
}

impl Metrics {
    pub fn new() -> Arc<Self> {
        let mut metrics = Self {
            registry: Registry::with_prefix("verbatim"),
            requests: Family::default(),
            seconds: Family::new_with_constructor(seconds),
            text_bytes: Family::new_with_constructor(bytes),
            shed: Family::default(),
            cpu: Family::default(),
            reloads: Family::default(),
            in_flight: Number::default(),
            connections: Number::default(),
            accepted: Counter::default(),
            queued: Number::default(),
            running: Number::default(),
            panics: Number::default(),
            handler_panics: AtomicU64::new(0),
            resident: Number::default(),
        };
        metrics.register();
        Arc::new(metrics)
    }

    fn register(&mut self) {
        let Self { registry, .. } = self;
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "The version of the program", build);
        let requests = self.requests.clone();
        registry.register("requests", "Calls that ended, by method and gRPC code", requests);
        let seconds = self.seconds.clone();
        registry.register("request_seconds", "Seconds from a call's headers to its end", seconds);
        let text_bytes = self.text_bytes.clone();
        registry.register("text_bytes", "Bytes of UTF-8 of texts to analyse", text_bytes);
        let shed = self.shed.clone();
        registry.register("shed", "Calls refused for load, by reason", shed);
        let cpu = self.cpu.clone();
        registry.register("cpu_seconds", "CPU seconds of analysis, by capability", cpu);
        let reloads = self.reloads.clone();
        registry.register("reloads", "Times that changed files were read again", reloads);
        let in_flight = self.in_flight.clone();
        registry.register("requests_in_flight", "Calls that have not ended", in_flight);
        let connections = self.connections.clone();
        registry.register("connections", "Connections that are open", connections);
        let accepted = self.accepted.clone();
        registry.register("connections_accepted", "Connections since the start", accepted);
        let queued = self.queued.clone();
        registry.register("analyses_queued", "Analyses that wait for a thread", queued);
        let running = self.running.clone();
        registry.register("analyses_running", "Analyses that run", running);
        let panics = self.panics.clone();
        registry.register("panics", "Panics since the start; each is a bug", panics);
        let resident = self.resident.clone();
        registry.register("resident_memory_bytes", "Memory of the process", resident);
        // A rate over what was never there is no rate: these start at 0.
        for feature in Feature::ALL {
            drop(self.cpu.get_or_create(&OfCapability { capability: feature.name() }));
        }
        for reason in ["OVERLOADED", "RATE_LIMITED"] {
            drop(self.shed.get_or_create(&Shed { reason }));
        }
    }

    /// A call that begins; it ends with the guard.
    pub fn begin(self: &Arc<Self>) -> InFlight {
        self.in_flight.inc();
        InFlight(Arc::clone(self))
    }

    /// A call that has ended.
    pub fn count_request(&self, method: &'static str, code: &'static str, took: Duration) {
        self.requests.get_or_create(&Ended { method, code }).inc();
        self.seconds.get_or_create(&OfMethod { method }).observe(took.as_secs_f64());
    }

    pub fn count_text(&self, method: &'static str, bytes: usize) {
        self.text_bytes.get_or_create(&OfMethod { method }).observe(bytes as f64);
    }

    pub fn count_cpu(&self, capability: Feature, time: Duration) {
        let capability = capability.name();
        self.cpu.get_or_create(&OfCapability { capability }).inc_by(time.as_secs_f64());
    }

    /// A call refused for load; `reason` is that of its error.
    pub fn count_shed(&self, reason: &'static str) {
        self.shed.get_or_create(&Shed { reason }).inc();
    }

    pub fn count_reload(&self, what: &'static str, result: &'static str) {
        self.reloads.get_or_create(&Reloaded { what, result }).inc();
    }

    /// A panic outside the pool, which counts its own.
    pub fn count_handler_panic(&self) {
        self.handler_panics.fetch_add(1, Ordering::Relaxed);
    }

    /// A connection that opens; it closes with the guard.
    pub fn connect(self: &Arc<Self>) -> Connected {
        self.connections.inc();
        self.accepted.inc();
        Connected(Arc::clone(self))
    }

    /// Everything as text.
    pub fn render(&self, load: crate::pool::Load) -> String {
        self.queued.set(load.queued as i64);
        self.running.set(load.running as i64);
        let panics = load.panics + self.handler_panics.load(Ordering::Relaxed);
        self.panics.set(panics as i64);
        self.resident.set(resident_bytes().unwrap_or_default());
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

/// One call in flight.
#[derive(Debug)]
pub struct InFlight(Arc<Metrics>);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.in_flight.dec();
    }
}

/// One open connection.
#[derive(Debug)]
pub struct Connected(Arc<Metrics>);

impl Drop for Connected {
    fn drop(&mut self) {
        self.0.connections.dec();
    }
}

/// Memory of this process, where the system tells it as Linux does.
fn resident_bytes() -> Option<i64> {
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: i64 = statm.split(' ').nth(1)?.parse().ok()?;
    Some(pages * rustix::param::page_size() as i64)
}
