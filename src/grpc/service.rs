//! The service: takes requests, runs each on the pool, answers.

use std::{pin::Pin, sync::Arc, time::Instant};

use futures_util::{Stream, StreamExt, future};
use tonic::{Request, Response, Status, Streaming};

use super::{
    analyze::Analyze,
    analyze_stream,
    attribute_quotes::AttributeQuotes,
    call::Call,
    detect_language::DetectLanguage,
    get_service_info::{self, Limits},
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
    watch::JobWatch,
};
use crate::{
    analysis::Analyzer,
    error::Error,
    metrics::Metrics,
    pool::{Admission, Client, Pool, Work},
};

/// When a call must be answered; the server puts it into the request's extensions.
#[derive(Clone, Copy, Debug)]
pub struct Deadline(pub Instant);

/// The text analysis service. Cheap to clone.
#[derive(Clone)]
pub struct TextAnalysis {
    analyzer: Analyzer,
    pool: Arc<Pool>,
    metrics: Arc<Metrics>,
    limits: Limits,
}

impl TextAnalysis {
    pub fn new(analyzer: Analyzer, pool: Arc<Pool>, metrics: Arc<Metrics>, limits: Limits) -> Self {
        Self { analyzer, pool, metrics, limits }
    }

    /// Checks a request here and answers it on the pool.
    async fn run<C: Call>(
        &self,
        request: C::Request,
        method: &'static str,
        client: Client,
        admission: Admission,
    ) -> Result<C::Response, Error> {
        let call = C::parse(request, self.limits.max_text_bytes)?;
        let bytes = call.bytes();
        self.metrics.count_text(method, bytes);
        let (analyzer, metrics) = (self.analyzer, Arc::clone(&self.metrics));
        let work = Work { client, kind: method, bytes, admission };
        let job = move |stop: &_| call.run(&analyzer, &JobWatch::new(stop, &metrics));
        self.pool.run(work, job).await?
    }

    async fn unary<C: Call>(
        &self,
        method: &'static str,
        request: Request<C::Request>,
    ) -> Result<Response<C::Response>, Status> {
        let (client, deadline) = caller(&request);
        let admission = Admission::Refuse { deadline };
        let result = self.run::<C>(request.into_inner(), method, client, admission).await;
        result.map(Response::new).map_err(|error| {
            if let Error::QueueTooLong { .. } = error {
                self.metrics.count_shed(error.reason());
            }
            status::to_status(&error)
        })
    }

    /// The answer to message number `index` of a stream.
    async fn document(
        &self,
        index: usize,
        request: Result<AnalyzeRequest, Status>,
        client: Client,
    ) -> Result<AnalyzeStreamResponse, Status> {
        // What cannot be read as a message ends the stream: nobody can tell where
        // the next message would start.
        let request = request.map_err(|status| {
            status::of_transport(&status, self.limits.max_message_bytes).unwrap_or(status)
        })?;
        let limit = self.limits.max_stream_requests;
        if index >= limit {
            return Err(status::to_status(&Error::StreamTooLong { limit }));
        }
        let id = request.document.as_ref().map(|document| document.id.clone());
        let result = self.run::<Analyze>(request, "AnalyzeStream", client, Admission::Wait).await;
        Ok(analyze_stream::answer(id.unwrap_or_default(), result))
    }
}

/// Who calls, and when the answer must be there.
fn caller<T>(request: &Request<T>) -> (Client, Option<Instant>) {
    let client = request.extensions().get::<Client>().cloned();
    let deadline = request.extensions().get::<Deadline>().map(|deadline| deadline.0);
    (client.unwrap_or_else(|| Client::new("")), deadline)
}

#[tonic::async_trait]
impl TextAnalysisService for TextAnalysis {
    async fn detect_language(
        &self,
        request: Request<DetectLanguageRequest>,
    ) -> Result<Response<DetectLanguageResponse>, Status> {
        self.unary::<DetectLanguage>("DetectLanguage", request).await
    }

    async fn split_sentences(
        &self,
        request: Request<SplitSentencesRequest>,
    ) -> Result<Response<SplitSentencesResponse>, Status> {
        self.unary::<SplitSentences>("SplitSentences", request).await
    }

    async fn tag_entities(
        &self,
        request: Request<TagEntitiesRequest>,
    ) -> Result<Response<TagEntitiesResponse>, Status> {
        self.unary::<TagEntities>("TagEntities", request).await
    }

    async fn attribute_quotes(
        &self,
        request: Request<AttributeQuotesRequest>,
    ) -> Result<Response<AttributeQuotesResponse>, Status> {
        self.unary::<AttributeQuotes>("AttributeQuotes", request).await
    }

    async fn analyze(
        &self,
        request: Request<AnalyzeRequest>,
    ) -> Result<Response<AnalyzeResponse>, Status> {
        self.unary::<Analyze>("Analyze", request).await
    }

    type AnalyzeStreamStream =
        Pin<Box<dyn Stream<Item = Result<AnalyzeStreamResponse, Status>> + Send>>;

    async fn analyze_stream(
        &self,
        request: Request<Streaming<AnalyzeRequest>>,
    ) -> Result<Response<Self::AnalyzeStreamStream>, Status> {
        let service = self.clone();
        let (client, _) = caller(&request);
        // `buffered` keeps the order, and reads the requests no further ahead than
        // the answers are taken: a slow reader holds up its own stream only.
        let answers = request
            .into_inner()
            .enumerate()
            .map(move |(index, request)| {
                let (service, client) = (service.clone(), client.clone());
                async move { service.document(index, request, client).await }
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
