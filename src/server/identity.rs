//! Who calls: the name of a token, a client certificate, or an address.

use std::{
    net::IpAddr,
    sync::{Arc, PoisonError, RwLock},
};

use http::{Request, header::AUTHORIZATION};
use ring::digest::{SHA256, digest};

use super::{config::Reflection, tokens::Tokens};
use crate::{
    error::Error,
    grpc::methods::{Method, Need},
    pool::Client,
};

/// What is known of the other end of a connection.
#[derive(Clone, Debug)]
pub struct Peer {
    /// Where it is.
    address: Client,
    /// Its certificate, where it has shown one that we trust.
    certificate: Option<Client>,
}

impl Peer {
    /// `None` is the other end of a Unix socket; `certificate` is DER.
    pub fn new(address: Option<IpAddr>, certificate: Option<&[u8]>) -> Self {
        let address = match address.map(|address| address.to_canonical()) {
            None => "unix".to_owned(),
            Some(IpAddr::V4(address)) => address.to_string(),
            // A single customer mostly has all of a /64.
            Some(IpAddr::V6(address)) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        };
        let certificate = certificate.map(|der| {
            let digest = digest(&SHA256, der);
            let hex: String = digest.as_ref()[..8].iter().map(|b| format!("{b:02x}")).collect();
            Client::new(format!("certificate:{hex}"))
        });
        Self { address: Client::new(address), certificate }
    }
}

/// Tells who calls.
pub struct Identities {
    /// None where no tokens are configured.
    pub tokens: Option<Arc<RwLock<Arc<Tokens>>>>,
    /// Whether client certificates are asked for.
    pub certificates: bool,
    pub reflection: Reflection,
}

impl Identities {
    /// Who makes the call.
    ///
    /// # Errors
    /// `Unauthenticated`: there are tokens or certificates, and the call has none that we
    /// know.
    pub fn of<B>(&self, request: &Request<B>, method: Method) -> Result<Client, Error> {
        let peer = request.extensions().get::<Peer>();
        if let (Some(tokens), Some(token)) = (&self.tokens, bearer(request)) {
            let tokens = Arc::clone(&tokens.read().unwrap_or_else(PoisonError::into_inner));
            if let Some(client) = tokens.find(token) {
                return Ok(client);
            }
        } else if let Some(client) = peer.and_then(|peer| peer.certificate.clone()) {
            return Ok(client);
        }
        let open = method.need == Need::Nothing
            || (method.is_reflection() && self.reflection == Reflection::On)
            || (self.tokens.is_none() && !self.certificates);
        if !open {
            return Err(Error::Unauthenticated);
        }
        Ok(peer.map_or_else(|| Client::new(""), |peer| peer.address.clone()))
    }
}

/// The token of a call.
fn bearer<B>(request: &Request<B>) -> Option<&str> {
    let value = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
