//! The boundary: the only place that knows protobuf and offset encodings.
//!
//! One small file for each RPC holds a `Call`: what the request must be, and the
//! answer. `from_proto` and `to_proto` are what they share, `status` makes a status
//! of an error, `service` runs calls on the pool, `watch` is with them there, `methods`
//! tells what each needs of the server. No linguistics here.

mod analyze;
mod analyze_stream;
mod attribute_quotes;
mod call;
mod detect_language;
mod from_proto;
mod get_service_info;
pub mod methods;
mod offsets;
mod service;
mod split_sentences;
pub mod status;
mod tag_entities;
mod to_proto;
mod watch;

pub use analyze::Analyze;
pub use attribute_quotes::AttributeQuotes;
pub use call::Call;
pub use detect_language::DetectLanguage;
pub use get_service_info::Limits;
pub use service::{Deadline, TextAnalysis};
pub use split_sentences::SplitSentences;
pub use tag_entities::TagEntities;

/// Messages, service and JSON, as generated from `proto/`.
#[allow(clippy::all, clippy::pedantic, missing_docs)]
pub mod proto {
    tonic::include_proto!("verbatim.v1");
    include!(concat!(env!("OUT_DIR"), "/verbatim.v1.serde.rs"));

    /// The contract as reflection serves it.
    pub const FILE_DESCRIPTOR_SET: &[u8] =
        tonic::include_file_descriptor_set!("verbatim_descriptor");
}
