//! TLS: its files, made into what rustls wants.

use std::{path::Path, sync::Arc};

use rustls::{
    RootCertStore, ServerConfig,
    crypto::ring::default_provider,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    server::WebPkiClientVerifier,
    version::{TLS12, TLS13},
};

use super::config::{ClientAuth, ConfigError, Tls};

/// Reads the files that `settings` names; `None` where they name none. `http1` says
/// whether browsers may come.
///
/// # Errors
/// The first setting whose file cannot be used.
pub fn load(settings: &Tls, http1: bool) -> Result<Option<Arc<ServerConfig>>, ConfigError> {
    let (Some(certificate), Some(key)) = (&settings.certificate, &settings.key) else {
        return Ok(None);
    };
    let chain = certificates(certificate).map_err(|reason| named("tls-cert", reason))?;
    let key = PrivateKeyDer::from_pem_file(key)
        .map_err(|error| named("tls-key", format!("{}: {error}", key.display())))?;
    let provider = Arc::new(default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_protocol_versions(&[&TLS13, &TLS12])
        .map_err(|error| named("tls-cert", error.to_string()))?;
    let builder = match &settings.client_ca {
        None => builder.with_no_client_auth(),
        Some(path) => {
            let bad = |reason: String| named("tls-client-ca", reason);
            let mut roots = RootCertStore::empty();
            for root in certificates(path).map_err(bad)? {
                roots.add(root).map_err(|error| bad(error.to_string()))?;
            }
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            let verifier = match settings.client_auth {
                ClientAuth::Require => verifier,
                ClientAuth::Request => verifier.allow_unauthenticated(),
            };
            let verifier = verifier.build().map_err(|error| bad(error.to_string()))?;
            builder.with_client_cert_verifier(verifier)
        }
    };
    // A key that is not the certificate's is found out here.
    let mut config = builder
        .with_single_cert(chain, key)
        .map_err(|error| named("tls-key", error.to_string()))?;
    config.alpn_protocols = vec![b"h2".to_vec()];
    if http1 {
        config.alpn_protocols.push(b"http/1.1".to_vec());
    }
    Ok(Some(Arc::new(config)))
}

fn named(setting: &'static str, reason: String) -> ConfigError {
    ConfigError::new(setting, reason)
}

/// All certificates of a PEM file; at least one.
fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let told = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let found: Result<Vec<_>, _> =
        CertificateDer::pem_file_iter(path).map_err(|error| told(&error))?.collect();
    match found.map_err(|error| told(&error))? {
        found if found.is_empty() => Err(told(&"there is no certificate in it")),
        found => Ok(found),
    }
}
