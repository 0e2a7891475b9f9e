//! The service: takes requests, runs each on the pool, answers.

use std::{pin::Pin, sync::Arc};

use futures_util::{Stream, StreamExt, future};
use tonic::{Request, Response, Status, Streaming};

use super::{
    analyze::Analyze,
    analyze_stream,
    attribute_quotes::AttributeQuotes,
    call::{Call, Limits},
    detect_language::DetectLanguage,
    get_service_info,
    proto::{
        AnalyzeRequest, AnalyzeResponse, AnalyzeStreamResponse, AttributeQuotesRequest,
        AttributeQuotesResponse, DetectLanguageRequest, DetectLanguageResponse,
        GetServiceInfoRequest, GetServiceInfoResponse, SplitSentencesRequest,
        SplitSentencesResponse, TagEntitiesRequest, TagEntitiesResponse,
        text_analysis_service_server::TextAnalysisService,
    },
    split_sentences::SplitSentences,
    status,
    tag_entities::TagEntities,
};
use crate::{
    analysis::Analyzer,
    error::Error,
    pool::{Admission, Pool},
};

/// The text analysis service. Cheap to clone.
#[derive(Clone)]
pub struct TextAnalysis {
    analyzer: Analyzer,
    pool: Arc<Pool>,
    limits: Limits,
}

impl TextAnalysis {
    pub fn new(analyzer: Analyzer, pool: Arc<Pool>, limits: Limits) -> Self {
        Self { analyzer, pool, limits }
    }

    /// Checks a request here and answers it on the pool.
    async fn run<C: Call>(
        &self,
        request: C::Request,
        admission: Admission,
    ) -> Result<C::Response, Error> {
        let call = C::parse(request, self.limits.max_text_bytes)?;
        let analyzer = self.analyzer;
        self.pool.run(admission, move || call.run(&analyzer)).await?
    }

    async fn unary<C: Call>(
        &self,
        request: Request<C::Request>,
    ) -> Result<Response<C::Response>, Status> {
        let result = self.run::<C>(request.into_inner(), Admission::Refuse).await;
        result.map(Response::new).map_err(|error| status::to_status(&error))
    }

    /// The answer to one message of a stream.
    async fn document(
        &self,
        request: Result<AnalyzeRequest, Status>,
    ) -> Result<AnalyzeStreamResponse, Status> {
        // What cannot be read as a message ends the stream: nobody can tell where
        // the next message would start.
        let request = request.map_err(|status| {
            status::of_transport(&status, self.limits.max_message_bytes).unwrap_or(status)
        })?;
        let id = request.document.as_ref().map(|document| document.id.clone());
        let result = self.run::<Analyze>(request, Admission::Wait).await;
        Ok(analyze_stream::answer(id.unwrap_or_default(), result))
    }
}

#[tonic::async_trait]
impl TextAnalysisService for TextAnalysis {
    async fn detect_language(
        &self,
        request: Request<DetectLanguageRequest>,
    ) -> Result<Response<DetectLanguageResponse>, Status> {
        self.unary::<DetectLanguage>(request).await
    }

    async fn split_sentences(
        &self,
        request: Request<SplitSentencesRequest>,
    ) -> Result<Response<SplitSentencesResponse>, Status> {
        self.unary::<SplitSentences>(request).await
    }

    async fn tag_entities(
        &self,
        request: Request<TagEntitiesRequest>,
    ) -> Result<Response<TagEntitiesResponse>, Status> {
        self.unary::<TagEntities>(request).await
    }

    async fn attribute_quotes(
        &self,
        request: Request<AttributeQuotesRequest>,
    ) -> Result<Response<AttributeQuotesResponse>, Status> {
        self.unary::<AttributeQuotes>(request).await
    }

    async fn analyze(
        &self,
        request: Request<AnalyzeRequest>,
    ) -> Result<Response<AnalyzeResponse>, Status> {
        self.unary::<Analyze>(request).await
    }

    type AnalyzeStreamStream =
        Pin<Box<dyn Stream<Item = Result<AnalyzeStreamResponse, Status>> + Send>>;

    async fn analyze_stream(
        &self,
        request: Request<Streaming<AnalyzeRequest>>,
    ) -> Result<Response<Self::AnalyzeStreamStream>, Status> {
        let service = self.clone();
        // `buffered` keeps the order, and reads the requests no further ahead than
        // the answers are taken: a slow reader holds up its own stream only.
        let answers = request
            .into_inner()
            .map(move |request| {
                let service = service.clone();
                async move { service.document(request).await }
            })
            .buffered(self.limits.stream_concurrency)
            // Nothing follows a status.
            .scan(false, |ended, answer| {
                let answer = (!*ended).then_some(answer);
                *ended = matches!(answer, Some(Err(_)));
                future::ready(answer)
            });
        Ok(Response::new(Box::pin(answers)))
    }

    async fn get_service_info(
        &self,
        _request: Request<GetServiceInfoRequest>,
    ) -> Result<Response<GetServiceInfoResponse>, Status> {
        Ok(Response::new(get_service_info::answer(&self.limits)))
    }
}
