//! The service through real sockets: a server on a free port, a tonic client.

mod compression;
mod deadlines;
mod errors;
mod faults;
mod identity;
mod information;
mod laws;
mod lifecycle;
mod limits;
mod metrics;
mod overload;
mod raw;
mod rpcs;
mod stream;
mod support;
mod tls;
mod web;
