//! Connections: how long they live, TLS, browsers.

use std::{path::PathBuf, time::Duration};

use clap::{Args, ValueEnum};
use http::{HeaderValue, Uri};

use super::{ConfigError, values::seconds};

/// How long connections live.
#[derive(Clone, Copy, Debug, Args)]
pub struct Connections {
    /// Seconds from connecting to the first call; slower ones are closed
    #[arg(
        long, env = "VERBATIM_HANDSHAKE_TIMEOUT", default_value = "20", value_name = "SECONDS",
        value_parser = seconds
    )]
    pub handshake_timeout: Duration,

    /// Seconds without a call after which a connection is closed; 0 for never
    #[arg(
        long, env = "VERBATIM_IDLE_TIMEOUT", default_value = "300", value_name = "SECONDS",
        value_parser = seconds
    )]
    pub idle_timeout: Duration,

    /// Seconds between pings on a silent connection; 0 for none
    #[arg(
        long, env = "VERBATIM_KEEPALIVE_INTERVAL", default_value = "30", value_name = "SECONDS",
        value_parser = seconds
    )]
    pub keepalive_interval: Duration,

    /// Seconds to wait for the answer to a ping before the connection counts as dead
    #[arg(
        long, env = "VERBATIM_KEEPALIVE_TIMEOUT", default_value = "10", value_name = "SECONDS",
        value_parser = seconds
    )]
    pub keepalive_timeout: Duration,

    /// Seconds after which a connection takes no more calls, so that clients spread over
    /// new servers; a tenth more or less by chance; 0 for never
    #[arg(
        long, env = "VERBATIM_MAX_CONNECTION_AGE", default_value = "0", value_name = "SECONDS",
        value_parser = seconds
    )]
    pub max_connection_age: Duration,

    /// Seconds that the calls of such a connection have to finish
    #[arg(
        long, env = "VERBATIM_MAX_CONNECTION_AGE_GRACE", default_value = "60",
        value_name = "SECONDS", value_parser = seconds
    )]
    pub max_connection_age_grace: Duration,
}

impl Connections {
    pub(super) fn validate(&self) -> Result<(), ConfigError> {
        for (setting, value) in [
            ("handshake-timeout", self.handshake_timeout),
            ("keepalive-timeout", self.keepalive_timeout),
        ] {
            if value.is_zero() {
                return Err(ConfigError::new(setting, "must be more than 0"));
            }
        }
        Ok(())
    }
}

/// What a client without a certificate gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ClientAuth {
    /// No connection
    Require,
    /// A connection; calls need a token then, health checks nothing
    Request,
}

/// TLS. Its files are read again when they change.
#[derive(Clone, Debug, Args)]
pub struct Tls {
    /// PEM file with the server's certificate and those it is signed with
    #[arg(id = "tls_cert", long = "tls-cert", env = "VERBATIM_TLS_CERT", value_name = "FILE")]
    pub certificate: Option<PathBuf>,

    /// PEM file with the key of the certificate
    #[arg(id = "tls_key", long = "tls-key", env = "VERBATIM_TLS_KEY", value_name = "FILE")]
    pub key: Option<PathBuf>,

    /// PEM file with the authorities whose certificates identify clients
    #[arg(
        id = "tls_client_ca",
        long = "tls-client-ca",
        env = "VERBATIM_TLS_CLIENT_CA",
        value_name = "FILE"
    )]
    pub client_ca: Option<PathBuf>,

    /// What a client without a certificate gets, where there are authorities
    #[arg(
        id = "tls_client_auth",
        long = "tls-client-auth",
        env = "VERBATIM_TLS_CLIENT_AUTH",
        default_value = "require"
    )]
    pub client_auth: ClientAuth,

    /// Seconds between looks at certificates and tokens for changes
    #[arg(
        long, env = "VERBATIM_RELOAD_INTERVAL", default_value = "10", value_name = "SECONDS",
        value_parser = seconds
    )]
    pub reload_interval: Duration,
}

impl Tls {
    pub(super) fn validate(&self) -> Result<(), ConfigError> {
        match (&self.certificate, &self.key) {
            (Some(_), None) => return Err(ConfigError::new("tls-key", "--tls-cert needs it")),
            (None, Some(_)) => return Err(ConfigError::new("tls-cert", "--tls-key needs it")),
            (None, None) if self.client_ca.is_some() => {
                return Err(ConfigError::new("tls-client-ca", "has no meaning without --tls-cert"));
            }
            _ => {}
        }
        if self.reload_interval.is_zero() {
            return Err(ConfigError::new("reload-interval", "must be more than 0"));
        }
        Ok(())
    }
}

/// Browsers.
#[derive(Clone, Debug, Args)]
pub struct Web {
    /// Serve gRPC-Web too, over HTTP/1.1 and HTTP/2
    #[arg(
        long, env = "VERBATIM_GRPC_WEB", num_args = 0..=1, require_equals = true,
        default_value_t = false, default_missing_value = "true", value_name = "BOOL",
        action = clap::ArgAction::Set
    )]
    pub grpc_web: bool,

    /// Origins whose pages may call, with commas between: https://app.example.org
    #[arg(long, env = "VERBATIM_CORS_ORIGINS", value_delimiter = ',', value_name = "ORIGINS")]
    pub cors_origins: Vec<String>,
}

impl Web {
    pub(super) fn validate(&self) -> Result<(), ConfigError> {
        let error = |reason: String| Err(ConfigError::new("cors-origins", reason));
        if !self.cors_origins.is_empty() && !self.grpc_web {
            return error("has no meaning without --grpc-web".to_owned());
        }
        for origin in &self.cors_origins {
            let uri: Option<Uri> = origin.parse().ok();
            let plain = uri.is_some_and(|uri| {
                uri.scheme().is_some()
                    && uri.authority().is_some()
                    && origin.matches('/').count() == 2
                    && HeaderValue::from_str(origin).is_ok()
            });
            if !plain {
                return error(format!("{origin:?} is no origin like https://app.example.org"));
            }
        }
        Ok(())
    }
}
