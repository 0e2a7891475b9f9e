//! TLS and client certificates, read again when their files change.

use std::path::Path;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tonic::{
    Code,
    transport::{Certificate, Channel, ClientTlsConfig, Identity},
};
use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};
use verbatim::grpc::proto::*;

use crate::support::{Client, TestServer, document};

/// An authority, and a directory for what it signs.
struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    directory: tempfile::TempDir,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        Self { issuer, directory: tempfile::tempdir().unwrap() }
    }

    /// A certificate for `name` and its key, as PEM.
    fn sign(&self, name: &str) -> (String, String) {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        (certificate.pem(), key.serialize_pem())
    }

    /// Writes what a server has into files; returns their flags.
    fn files(&self, name: &str) -> Vec<String> {
        let (certificate, key) = self.sign(name);
        let file = |name: &str, text: &str| {
            let path = self.directory.path().join(name);
            write(&path, text);
            path.to_str().unwrap().to_owned()
        };
        let ca = file("ca.pem", &self.issuer.pem());
        let (certificate, key) = (file("cert.pem", &certificate), file("key.pem", &key));
        ["--tls-cert", &certificate, "--tls-key", &key, "--tls-client-ca", &ca]
            .map(str::to_owned)
            .to_vec()
    }

    fn trusted(&self, name: &str) -> ClientTlsConfig {
        let ca = Certificate::from_pem(self.issuer.pem());
        ClientTlsConfig::new().ca_certificate(ca).domain_name(name)
    }

    fn identity(&self) -> Identity {
        let (certificate, key) = self.sign("client");
        Identity::from_pem(certificate, key)
    }
}

fn write(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
}

fn as_strs(flags: &[String]) -> Vec<&str> {
    flags.iter().map(String::as_str).collect()
}

async fn connect(
    server: &TestServer,
    tls: ClientTlsConfig,
) -> Result<Channel, tonic::transport::Error> {
    let endpoint = Channel::from_shared(format!("https://{}", server.address)).unwrap();
    endpoint.tls_config(tls).unwrap().connect().await
}

async fn call(channel: Channel) -> Result<(), tonic::Status> {
    let request = SplitSentencesRequest { document: document("Hello."), ..Default::default() };
    Client::new(channel).split_sentences(request).await.map(drop)
}

#[tokio::test]
async fn calls_over_tls() {
    let authority = Authority::new();
    let flags = authority.files("verbatim.test");
    // Without the authority of clients.
    let server = TestServer::start(&as_strs(&flags[..4])).await;
    let channel = connect(&server, authority.trusted("verbatim.test")).await.unwrap();
    call(channel).await.unwrap();
    assert!(connect(&server, authority.trusted("other.test")).await.is_err());
    assert!(connect(&server, Authority::new().trusted("verbatim.test")).await.is_err());
    // In plain text nothing is served.
    let plain = Channel::from_shared(format!("http://{}", server.address)).unwrap();
    let plain = plain.connect().await;
    assert!(match plain {
        Ok(channel) => call(channel).await.is_err(),
        Err(_) => true,
    });
}

/// A client that offers no more than TLS 1.1 is told that this is too old.
#[tokio::test]
async fn tls_1_2_is_the_least() {
    let authority = Authority::new();
    let flags = authority.files("verbatim.test");
    let server = TestServer::start(&as_strs(&flags[..4])).await;
    let mut stream = tokio::net::TcpStream::connect(server.address).await.unwrap();
    // ClientHello: version 1.1, 32 random bytes, no session, one suite, no compression.
    let mut hello = vec![3, 2];
    hello.extend([7; 32]);
    hello.extend([0, 0, 2, 0xc0, 0x13, 1, 0]);
    let mut record = vec![22, 3, 1, 0, hello.len() as u8 + 4, 1, 0, 0, hello.len() as u8];
    record.extend(hello);
    stream.write_all(&record).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    // A fatal alert, not a ServerHello.
    assert_eq!((answer[0], answer[5]), (21, 2), "{answer:?}");
}

#[tokio::test]
async fn a_client_certificate_is_an_identity() {
    let authority = Authority::new();
    let flags = authority.files("verbatim.test");
    let trusted = || authority.trusted("verbatim.test");
    let server = TestServer::start(&as_strs(&flags)).await;
    let channel = connect(&server, trusted().identity(authority.identity())).await.unwrap();
    call(channel).await.unwrap();
    // TLS 1.3 tells the client only when it calls.
    for tls in [trusted(), trusted().identity(Authority::new().identity())] {
        let refused = match connect(&server, tls).await {
            Ok(channel) => call(channel).await.is_err(),
            Err(_) => true,
        };
        assert!(refused);
    }

    // Where certificates are asked for and not required, health is open.
    let server =
        TestServer::start(&[&as_strs(&flags)[..], &["--tls-client-auth", "request"]].concat())
            .await;
    let channel = connect(&server, trusted()).await.unwrap();
    HealthClient::new(channel.clone()).check(HealthCheckRequest::default()).await.unwrap();
    assert_eq!(call(channel).await.unwrap_err().code(), Code::Unauthenticated);
    let channel = connect(&server, trusted().identity(authority.identity())).await.unwrap();
    call(channel).await.unwrap();
}

#[tokio::test]
async fn certificates_are_renewed_without_a_restart() {
    let authority = Authority::new();
    let flags = authority.files("old.test");
    let flags = [&as_strs(&flags)[..4], &["--reload-interval", "0.02"]].concat();
    let server = TestServer::start(&flags).await;
    let open = connect(&server, authority.trusted("old.test")).await.unwrap();
    call(open.clone()).await.unwrap();

    authority.files("new.test");
    let wait = async {
        while connect(&server, authority.trusted("new.test")).await.is_err() {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), wait).await.unwrap();
    // What is open stays open.
    call(open).await.unwrap();

    // Half a file is no reason to stop.
    write(&authority.directory.path().join("cert.pem"), "-----BEGIN CERT");
    server.wait_for_metric("verbatim_reloads_total{what=\"tls\",result=\"failed\"}", 1.0).await;
    call(connect(&server, authority.trusted("new.test")).await.unwrap()).await.unwrap();
}
