//! Bodies of answers that hold something to their end, or end at a deadline.
//!
//! hyper does not ask a body for more while the client reads nothing, so a deadline
//! cannot wait to be asked: a task of its own ends the work.

use std::{
    any::Any,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
};

use bytes::Bytes;
use futures_util::task::AtomicWaker;
use http::HeaderMap;
use http_body::{Body as _, Frame, SizeHint};
use tokio::{task::AbortHandle, time::Instant};
use tonic::{Status, body::Body};

use crate::{error::Error, grpc::status};

/// What a body holds to its end: permits, counters.
pub type Held = Box<dyn Any + Send>;

/// A body that holds something until its last frame is taken, it is dropped, or its
/// deadline passes, whatever comes first.
pub struct Limited {
    shared: Arc<Shared>,
    timer: Option<AbortHandle>,
    ended: bool,
}

struct Shared {
    /// None when it is over.
    inner: Mutex<Option<(Body, Held)>>,
    waker: AtomicWaker,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Option<(Body, Held)>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Limited {
    pub fn new(body: Body, held: Held, deadline: Option<Instant>) -> Self {
        let ended = body.is_end_stream();
        let inner = Mutex::new((!ended).then_some((body, held)));
        let shared = Arc::new(Shared { inner, waker: AtomicWaker::new() });
        let timer = deadline.filter(|_| !ended).map(|deadline| {
            let shared = Arc::clone(&shared);
            let expire = async move {
                tokio::time::sleep_until(deadline).await;
                // Dropped after the lock: it may have a lot to drop.
                let _over = shared.lock().take();
                shared.waker.wake();
            };
            tokio::spawn(expire).abort_handle()
        });
        Self { shared, timer, ended }
    }
}

impl http_body::Body for Limited {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        // Before the look, so that a deadline in between is not missed.
        self.shared.waker.register(context.waker());
        let shared = Arc::clone(&self.shared);
        let mut inner = shared.lock();
        let Some((body, _)) = inner.as_mut() else {
            self.ended = true;
            return Poll::Ready(Some(Ok(Frame::trailers(deadline_exceeded()))));
        };
        let polled = Pin::new(body).poll_frame(context);
        self.ended = match &polled {
            Poll::Pending => false,
            Poll::Ready(Some(Ok(frame))) => frame.is_trailers(),
            Poll::Ready(_) => true,
        };
        if self.ended {
            *inner = None;
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.ended
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}

impl Drop for Limited {
    fn drop(&mut self) {
        if let Some(timer) = &self.timer {
            timer.abort();
        }
    }
}

/// The trailers of an answer that its deadline cut off.
fn deadline_exceeded() -> HeaderMap {
    let mut trailers = HeaderMap::new();
    // Ours has nothing that does not fit into a header.
    let _ = status::to_status(&Error::DeadlineExceeded).add_header(&mut trailers);
    trailers
}

pin_project_lite::pin_project! {
    /// A body that tells its end: with trailers, without, or dropped.
    pub struct Counted<F: FnOnce(Option<&HeaderMap>)> {
        #[pin]
        body: Body,
        end: End<F>,
    }
}

struct End<F: FnOnce(Option<&HeaderMap>)>(Option<F>);

impl<F: FnOnce(Option<&HeaderMap>)> End<F> {
    fn tell(&mut self, trailers: Option<&HeaderMap>) {
        if let Some(tell) = self.0.take() {
            tell(trailers);
        }
    }
}

impl<F: FnOnce(Option<&HeaderMap>)> Drop for End<F> {
    fn drop(&mut self) {
        self.tell(None);
    }
}

impl<F: FnOnce(Option<&HeaderMap>)> Counted<F> {
    /// `end` is called once, with the trailers if there were any.
    pub fn new(body: Body, end: F) -> Self {
        Self { body, end: End(Some(end)) }
    }
}

impl<F: FnOnce(Option<&HeaderMap>)> http_body::Body for Counted<F> {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let this = self.project();
        let polled = this.body.poll_frame(context);
        if let Poll::Ready(Some(Ok(frame))) = &polled
            && let Some(trailers) = frame.trailers_ref()
        {
            this.end.tell(Some(trailers));
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
