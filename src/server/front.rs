//! What stands before every call: who asks, how often, whether there is room, and by
//! when it must be over.
//!
//! Health checks pass it all. Reflection and GetServiceInfo need an identity where there
//! are any, and never wait or are refused for load.

use std::{
    convert::Infallible,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use http::{HeaderMap, Request, Response};
use tokio::time::Instant;
use tonic::body::Body;
use tower::{Layer, Service};

use super::{
    body::{Held, Limited},
    config::Deadlines,
    gate::Gate,
    identity::Identities,
    rate::Rates,
};
use crate::{
    error::{Bound, Error},
    grpc::{
        Deadline,
        methods::{Method, Need},
        status,
    },
    metrics::Metrics,
    pool::Pool,
};

/// What all calls share.
pub struct Shared {
    pub identities: Identities,
    pub rates: Option<Rates>,
    pub calls: Arc<Gate>,
    pub streams: Arc<Gate>,
    pub deadlines: Deadlines,
    /// Bytes as HTTP/2 counts them.
    pub max_header_bytes: u32,
    pub pool: Arc<Pool>,
    pub metrics: Arc<Metrics>,
}

impl Shared {
    /// Lets a call in: what it holds to its end, and when that must be.
    fn admit(&self, request: &mut Request<Body>) -> Result<(Held, Option<Instant>), Error> {
        let now = Instant::now();
        let method = Method::of_path(request.uri().path());
        let asked = timeout(request.headers());
        if method.need == Need::Nothing {
            return Ok((Box::new(()), asked.map(|timeout| now + timeout)));
        }
        if header_bytes(request.headers()) > self.max_header_bytes as usize {
            return Err(Error::HeadersTooLarge { limit: self.max_header_bytes });
        }
        let client = self.identities.of(request, method)?;
        tracing::Span::current().record("client", client.name());
        if let Some(rates) = &self.rates {
            rates.check(&client)?;
        }
        let (gate, what, most) = match method.need {
            Need::Analysis => (&self.calls, Bound::Calls, self.deadlines.request_timeout),
            Need::Stream => (&self.streams, Bound::Streams, self.deadlines.stream_timeout),
            Need::Little | Need::Nothing => {
                return Ok((Box::new(()), asked.map(|timeout| now + timeout)));
            }
        };
        let place = gate.enter(&client).ok_or_else(|| Error::Overloaded {
            what,
            limit: gate.size(),
            retry_after: self.pool.backlog(),
        })?;
        let deadline = now + asked.map_or(most, |asked| asked.min(most));
        request.extensions_mut().insert(client);
        request.extensions_mut().insert(Deadline(deadline.into_std()));
        Ok((Box::new(place), Some(deadline)))
    }
}

/// Puts `Front` before a service.
#[derive(Clone)]
pub struct FrontLayer(pub Arc<Shared>);

impl<S> Layer<S> for FrontLayer {
    type Service = Front<S>;

    fn layer(&self, inner: S) -> Front<S> {
        Front { shared: Arc::clone(&self.0), inner }
    }
}

/// Stands before a service.
#[derive(Clone)]
pub struct Front<S> {
    shared: Arc<Shared>,
    inner: S,
}

impl<S> Service<Request<Body>> for Front<S>
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>,
    S::Future: Send + 'static,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        let (held, deadline) = match self.shared.admit(&mut request) {
            Ok(admitted) => admitted,
            Err(error) => {
                if let Error::Overloaded { .. } | Error::RateLimited { .. } = error {
                    self.shared.metrics.count_shed(error.reason());
                }
                return Box::pin(async move { Ok(status::to_status(&error).into_http()) });
            }
        };
        if deadline.is_some_and(|deadline| deadline <= Instant::now()) {
            return Box::pin(
                async move { Ok(status::to_status(&Error::DeadlineExceeded).into_http()) },
            );
        }
        let answer = self.inner.call(request);
        Box::pin(async move {
            let response = match deadline {
                None => answer.await?,
                // What is dropped at the deadline takes its analysis with it.
                Some(deadline) => match tokio::time::timeout_at(deadline, answer).await {
                    Ok(response) => response?,
                    Err(_) => {
                        return Ok(status::to_status(&Error::DeadlineExceeded).into_http());
                    }
                },
            };
            Ok(response.map(|body| Body::new(Limited::new(body, held, deadline))))
        })
    }
}

/// The bytes of all headers as HTTP/2 counts them.
fn header_bytes(headers: &HeaderMap) -> usize {
    headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 32).sum()
}

/// What `grpc-timeout` says: at most eight digits and a unit. A malformed one says
/// nothing.
fn timeout(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get("grpc-timeout")?.to_str().ok()?;
    let (digits, unit) = value.split_at_checked(value.len().checked_sub(1)?)?;
    if digits.is_empty() || digits.len() > 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: u64 = digits.parse().ok()?;
    Some(match unit {
        "H" => Duration::from_secs(number * 60 * 60),
        "M" => Duration::from_secs(number * 60),
        "S" => Duration::from_secs(number),
        "m" => Duration::from_millis(number),
        "u" => Duration::from_micros(number),
        "n" => Duration::from_nanos(number),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use http::{HeaderMap, HeaderValue};

    #[test]
    fn timeouts_are_read_as_the_protocol_says() {
        let of = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("grpc-timeout", HeaderValue::from_str(value).unwrap());
            super::timeout(&headers)
        };
        assert_eq!(of("1H"), Some(Duration::from_secs(3600)));
        assert_eq!(of("250m"), Some(Duration::from_millis(250)));
        assert_eq!(of("99999999H"), Some(Duration::from_secs(99_999_999 * 3600)));
        for bad in ["", "m", "1", "1x", "-1S", "+1S", "123456789n", "1.5S"] {
            assert_eq!(of(bad), None, "{bad}");
        }
    }
}
