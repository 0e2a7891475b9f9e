//! The boundary: the only place that knows protobuf and offset encodings.

/// Messages, service and JSON, as generated from `proto/`.
#[allow(clippy::all, clippy::pedantic, missing_docs)]
pub mod proto {
    tonic::include_proto!("verbatim.v1");
    include!(concat!(env!("OUT_DIR"), "/verbatim.v1.serde.rs"));
}
