//! `docs/operations.md` against the program: everything that there is has its place on the
//! page, and nothing else has.

use std::{
    collections::BTreeSet,
    io::{Read, Write},
    net::TcpStream,
};

use verbatim::grpc::proto::{
    AnalyzeRequest, Document, text_analysis_service_client::TextAnalysisServiceClient,
};

use crate::{
    serve::{first_line, serve, signal},
    support::{run, stdout},
};

/// The words in backticks of the page, without what follows a space.
fn named() -> BTreeSet<String> {
    let page = std::fs::read_to_string("docs/operations.md").unwrap();
    let code = page.split('`').skip(1).step_by(2);
    code.filter_map(|code| code.split(' ').next().map(str::to_owned)).collect()
}

/// One call with a text.
fn call(address: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut client =
            TextAnalysisServiceClient::connect(format!("http://{address}")).await.unwrap();
        let document = Some(Document { text: "Short.".into(), ..Default::default() });
        client.analyze(AnalyzeRequest { document, ..Default::default() }).await.unwrap();
    });
}

#[test]
fn settings() {
    let help = run(&["serve", "--help"], "");
    let flags: BTreeSet<String> = stdout(&help)
        .lines()
        .filter_map(|line| line.trim().strip_prefix("--"))
        .map(|rest| rest.find([' ', '[']).map_or(rest, |end| &rest[..end]))
        .map(|flag| format!("--{flag}"))
        .collect();
    assert!(flags.len() > 30, "{flags:?}");
    let named: BTreeSet<String> =
        named().into_iter().filter(|name| name.starts_with("--")).collect();
    assert_eq!(named, flags);
}

#[test]
fn metrics() {
    let (mut child, service) = serve(&["--admin-listen", "127.0.0.1:0"]);
    // What has labels is there from the first call on.
    call(&service);
    let line = first_line(child.stdout.as_mut().unwrap());
    let address = line.rsplit(' ').next().unwrap().trim();
    let address = address.strip_prefix("http://").unwrap_or(address);
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(b"GET /metrics HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    signal(&child, "TERM");
    child.wait().unwrap();
    let mut metrics = BTreeSet::new();
    for line in answer.lines().filter_map(|line| line.strip_prefix("# TYPE ")) {
        let (name, kind) = line.split_once(' ').unwrap();
        let ending = match kind {
            "counter" => "_total",
            "info" => "_info",
            _ => "",
        };
        metrics.insert(format!("{name}{ending}"));
    }
    let named: BTreeSet<String> =
        named().into_iter().filter(|name| name.starts_with("verbatim_")).collect();
    assert_eq!(named, metrics);
}

#[test]
fn reasons() {
    let code = std::fs::read_to_string("src/error.rs").unwrap();
    let reasons: BTreeSet<String> = code
        .lines()
        .filter_map(|line| line.trim().strip_suffix("\",")?.split_once("=> \"").map(|(_, r)| r))
        .filter(|reason| reason.starts_with(|c: char| c.is_ascii_uppercase()))
        .map(str::to_owned)
        .collect();
    assert!(reasons.len() > 10, "{reasons:?}");
    let page = std::fs::read_to_string("docs/operations.md").unwrap();
    let start = page.find("## Errors").unwrap();
    let end = start + page[start..].find("While it drains").unwrap();
    let rows = page[start..end].lines().filter(|line| line.starts_with("| `"));
    let named: BTreeSet<String> = rows
        .flat_map(|row| row.split('|').nth(1).unwrap().split('`').skip(1).step_by(2))
        .map(str::to_owned)
        .collect();
    assert_eq!(named, reasons);
}
