//! `verbatim serve` and `verbatim healthcheck`.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, Command},
    time::{Duration, Instant},
};

use crate::support::{run, stderr, verbatim};

/// A server process and the address it printed.
fn serve(flags: &[&str]) -> (Child, String) {
    let flags = [&["serve", "--listen", "127.0.0.1:0"], flags].concat();
    let mut child = verbatim(&flags).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("listening on ").expect(&line).to_owned();
    (child, address)
}

fn signal(child: &Child, name: &str) {
    let status = Command::new("kill").args(["-s", name, &child.id().to_string()]).status().unwrap();
    assert!(status.success());
}

#[test]
fn it_serves_until_a_signal_and_exits_with_0() {
    for name in ["TERM", "INT"] {
        let (mut child, address) = serve(&[]);
        let health = run(&["healthcheck", &address], "");
        assert!(health.status.success(), "{}", stderr(&health));

        let start = Instant::now();
        signal(&child, name);
        assert!(child.wait().unwrap().success());
        assert!(start.elapsed() < Duration::from_secs(10));

        let health = run(&["healthcheck", &address], "");
        assert_eq!(health.status.code(), Some(1));
        assert!(stderr(&health).contains(&address), "{}", stderr(&health));
    }
}

#[test]
fn logs_are_json_where_asked_for_and_name_the_request() {
    let (mut child, address) = serve(&["--log-format", "json"]);
    let status = grpc_error(&address);
    assert_eq!(status.code(), tonic::Code::InvalidArgument);
    signal(&child, "TERM");
    let mut log = String::new();
    child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    child.wait().unwrap();
    let lines: Vec<serde_json::Value> =
        log.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    let refused = lines.iter().find(|line| line["message"] == "refused").expect(&log);
    assert_eq!(refused["code"], "InvalidArgument");
    assert_eq!(refused["span"]["id"].as_str().unwrap().len(), 36);
    assert_eq!(refused["span"]["method"], "/verbatim.v1.TextAnalysisService/Analyze");
}

/// Whatever the level, and whether the call succeeds or not.
#[test]
fn the_log_holds_no_text_of_a_document() {
    use verbatim::grpc::proto::{
        AnalyzeRequest, Document, text_analysis_service_client::TextAnalysisServiceClient,
    };

    const SECRET: &str = "zanzibar";
    let (mut child, address) = serve(&["--log", "trace", "--max-text-bytes", "1000"]);
    let mut stderr = child.stderr.take().unwrap();
    let log = std::thread::spawn(move || {
        let mut log = String::new();
        stderr.read_to_string(&mut log).map(|_| log)
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut client =
            TextAnalysisServiceClient::connect(format!("http://{address}")).await.unwrap();
        for (repeat, language_code) in [(1, ""), (1, "e n"), (500, "")] {
            let document = Document {
                id: SECRET.into(),
                text: format!("“We know {SECRET},” she said. ").repeat(repeat),
                language_code: language_code.into(),
            };
            let request = AnalyzeRequest { document: Some(document), ..Default::default() };
            let answer = client.analyze(request).await;
            assert_eq!(answer.is_ok(), repeat == 1 && language_code.is_empty());
        }
    });
    // Closes the client's connection.
    drop(runtime);
    signal(&child, "TERM");
    child.wait().unwrap();
    let log = log.join().unwrap().unwrap();
    assert!(log.contains("finished"), "the calls are logged");
    assert!(!log.contains(SECRET));
}

/// A call that is refused.
fn grpc_error(address: &str) -> tonic::Status {
    use verbatim::grpc::proto::{
        AnalyzeRequest, text_analysis_service_client::TextAnalysisServiceClient,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut client =
            TextAnalysisServiceClient::connect(format!("http://{address}")).await.unwrap();
        client.analyze(AnalyzeRequest::default()).await.unwrap_err()
    })
}

#[test]
fn bad_settings_exit_with_64_and_open_no_port() {
    for (flags, expect) in [
        (&["serve", "--listen", "nowhere"][..], "--listen"),
        (&["serve", "--max-text-bytes", "many"], "--max-text-bytes"),
        (&["serve", "--max-text-bytes", "0"], "--max-text-bytes"),
        (&["serve", "--max-message-bytes", "10"], "--max-message-bytes"),
        (&["serve", "--drain-timeout=-1"], "--drain-timeout"),
        (&["serve", "--log", "verbatim=loud"], "--log"),
        (&["serve", "--log-format", "xml"], "--log-format"),
    ] {
        let output = run(flags, "");
        assert_eq!(output.status.code(), Some(64), "{flags:?}");
        assert!(stderr(&output).contains(expect), "{}", stderr(&output));
        assert!(output.stdout.is_empty());
    }
    let output = verbatim(&["serve"]).env("VERBATIM_WORKER_THREADS", "0").output().unwrap();
    assert_eq!(output.status.code(), Some(64));
    assert!(stderr(&output).contains("--worker-threads"));
}

#[test]
fn an_address_that_is_taken_is_a_clear_failure() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = run(&["serve", "--listen", &address], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains(&address));
}

#[test]
fn a_server_that_does_not_answer_is_not_healthy() {
    // Takes connections and says nothing.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = silent.local_addr().unwrap().to_string();
    let output = run(&["healthcheck", "--timeout", "1", &address], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("no answer within 1 s"), "{}", stderr(&output));
}
