//! A connection that is closed without taking back what it has sent.
//!
//! A socket that is closed while bytes of the peer lie unread in it, or come later, resets
//! the connection, and the peer may lose the end of an answer that it has not read yet:
//! behind HAProxy one call in some thousands, whenever an instance stopped. So the writing
//! side is closed, and what the peer still sends is read and thrown away until it closes
//! too, or for `LONGEST`.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};

use super::listener::Stream;

/// How long a peer has to close its side.
const LONGEST: Duration = Duration::from_secs(1);

/// A stream that lingers when it is dropped; `held` is what goes with it.
pub struct Lingering<H: Send + 'static>(Option<(Stream, H)>);

impl<H: Send + 'static> Lingering<H> {
    pub fn new(stream: Stream, held: H) -> Self {
        Self(Some((stream, held)))
    }

    fn stream(self: Pin<&mut Self>) -> Pin<&mut Stream>
    where
        H: Unpin,
    {
        Pin::new(&mut self.get_mut().0.as_mut().expect("there until it is dropped").0)
    }
}

impl<H: Send + 'static> Drop for Lingering<H> {
    fn drop(&mut self) {
        let Some((mut stream, held)) = self.0.take() else { return };
        // Without a runtime nobody is left to wait.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        runtime.spawn(async move {
            let until_closed = async {
                if stream.shutdown().await.is_ok() {
                    let mut rest = [0; 1024];
                    while stream.read(&mut rest).await.is_ok_and(|read| read > 0) {}
                }
            };
            let _ = tokio::time::timeout(LONGEST, until_closed).await;
            drop((stream, held));
        });
    }
}

impl<H: Send + Unpin + 'static> AsyncRead for Lingering<H> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.stream().poll_read(context, buffer)
    }
}

impl<H: Send + Unpin + 'static> AsyncWrite for Lingering<H> {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.stream().poll_write(context, buffer)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.stream().poll_write_vectored(context, buffers)
    }

    fn is_write_vectored(&self) -> bool {
        self.0.as_ref().is_some_and(|(stream, _)| stream.is_write_vectored())
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream().poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream().poll_shutdown(context)
    }
}
