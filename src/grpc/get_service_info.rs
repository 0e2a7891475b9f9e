//! GetServiceInfo.

use super::{call::Limits, proto};
use crate::analysis::{Capability, Feature};

/// Facts about the running service.
pub fn answer(limits: &Limits) -> proto::GetServiceInfoResponse {
    let capabilities = Feature::ALL.map(Capability::of);
    proto::GetServiceInfoResponse {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        models: capabilities.iter().map(model).collect(),
        capabilities: capabilities.iter().map(capability).collect(),
        limits: Some(proto::Limits {
            max_text_bytes: limits.max_text_bytes as i64,
            max_message_bytes: limits.max_message_bytes as i64,
            worker_threads: limits.worker_threads as i32,
            max_pending: limits.max_pending as i32,
            stream_concurrency: limits.stream_concurrency as i32,
        }),
    }
}

fn model(capability: &Capability) -> proto::Model {
    proto::Model { name: capability.model.to_owned(), version: capability.model_version.to_owned() }
}

fn capability(capability: &Capability) -> proto::Capability {
    proto::Capability {
        feature: proto::Feature::from(capability.feature).into(),
        language_codes: capability.languages.iter().map(|&code| code.to_owned()).collect(),
        model: capability.model.to_owned(),
    }
}
