//! The service through real sockets: a server on a free port, a tonic client.

mod errors;
mod information;
mod laws;
mod lifecycle;
mod rpcs;
mod stream;
mod support;
