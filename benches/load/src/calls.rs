//! The calls that make up the load.

use std::{error::Error, fs, sync::Arc};

use tonic::{Code, Status, transport::Channel};
use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};

use crate::{Common, server::Server};

/// The contract's messages and client.
#[allow(clippy::all)]
mod proto {
    tonic::include_proto!("verbatim.v1");
}

use proto::{
    AnalyzeRequest, AttributeQuotesRequest, DetectLanguageRequest, Document, SplitSentencesRequest,
    TagEntitiesRequest, text_analysis_service_client::TextAnalysisServiceClient,
};

/// Connections that calls take turns on.
const CONNECTIONS: usize = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Analyze,
    DetectLanguage,
    SplitSentences,
    TagEntities,
    AttributeQuotes,
}

impl Kind {
    pub const ALL: [Self; 5] = [
        Self::Analyze,
        Self::DetectLanguage,
        Self::SplitSentences,
        Self::TagEntities,
        Self::AttributeQuotes,
    ];
}

/// A client of the server, with several connections.
#[derive(Clone)]
pub struct Client {
    channels: Arc<[Channel]>,
    pub text: Arc<str>,
}

impl Client {
    /// Starts the server that is to be measured, and connects to it.
    pub async fn start(common: &Common) -> Result<(Server, Self), Box<dyn Error>> {
        let server = Server::start(common).await?;
        let text = fs::read_to_string(&common.text)?;
        let mut channels = Vec::new();
        for _ in 0..CONNECTIONS {
            let endpoint = Channel::from_shared(format!("http://{}", server.address));
            channels.push(endpoint.expect("an address is a URI").connect().await?);
        }
        Ok((server, Self { channels: channels.into(), text: text.into() }))
    }

    fn channel(&self, number: u64) -> Channel {
        self.channels[number as usize % self.channels.len()].clone()
    }

    /// Makes one call, and looks whether the answer is its own. `DataLoss` where it is not.
    pub async fn call(self, kind: Kind, number: u64) -> Code {
        let id = number.to_string();
        let document = Some(Document {
            id: id.clone(),
            text: self.text.to_string(),
            language_code: String::new(),
        });
        let mut client = TextAnalysisServiceClient::new(self.channel(number))
            .max_decoding_message_size(64 << 20);
        macro_rules! ask {
            ($method:ident, $Request:ident) => {
                client
                    .$method($Request { document, ..Default::default() })
                    .await
                    .map(|answer| answer.into_inner().document_id)
            };
        }
        let answered = match kind {
            Kind::Analyze => ask!(analyze, AnalyzeRequest),
            Kind::DetectLanguage => ask!(detect_language, DetectLanguageRequest),
            Kind::SplitSentences => ask!(split_sentences, SplitSentencesRequest),
            Kind::TagEntities => ask!(tag_entities, TagEntitiesRequest),
            Kind::AttributeQuotes => ask!(attribute_quotes, AttributeQuotesRequest),
        };
        match answered {
            Ok(own) if own == id => Code::Ok,
            Ok(_) => Code::DataLoss,
            Err(status) => status.code(),
        }
    }

    /// Asks for the server's health.
    pub async fn health(self, number: u64) -> Code {
        let request = HealthCheckRequest { service: String::new() };
        let answer = HealthClient::new(self.channel(number)).check(request).await;
        answer.map_or_else(|status: Status| status.code(), |_| Code::Ok)
    }
}
