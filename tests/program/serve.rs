//! `verbatim serve` and `verbatim healthcheck`.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, Command},
    time::{Duration, Instant},
};

use crate::support::{run, stderr, verbatim};

/// A server process and the address it printed.
pub fn serve(flags: &[&str]) -> (Child, String) {
    let listen: &[&str] =
        if flags.contains(&"--listen") { &[] } else { &["--listen", "127.0.0.1:0"] };
    let mut child = verbatim(&[&["serve"], flags, listen].concat()).spawn().unwrap();
    let line = first_line(child.stdout.as_mut().unwrap());
    let address = line.trim().strip_prefix("listening on ").expect(&line).to_owned();
    (child, address)
}

/// The first line, and nothing that comes after it: a second call reads the second.
pub fn first_line(out: &mut impl Read) -> String {
    let (mut line, mut byte) = (Vec::new(), [0]);
    while out.read(&mut byte).unwrap() == 1 && byte[0] != b'\n' {
        line.push(byte[0]);
    }
    String::from_utf8(line).unwrap()
}

pub fn signal(child: &Child, name: &str) {
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
    assert_eq!(refused["span"]["method"], "verbatim.v1.TextAnalysisService/Analyze");
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
        (&["serve", "--listen", "0.0.0.0:0"], "--insecure"),
        (&["serve", "--tokens", "/nowhere/tokens"], "--tokens"),
        (&["serve", "--tls-cert", "/nowhere/a", "--tls-key", "/nowhere/b"], "--tls-cert"),
        (&["serve", "--config", "/nowhere/settings.toml"], "--config"),
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

fn file(text: &str) -> tempfile::NamedTempFile {
    use std::io::Write;
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file
}

/// The limits that a server tells, set by a file, a variable and a flag.
#[test]
fn a_flag_wins_over_a_variable_and_that_over_the_file() {
    use verbatim::grpc::proto::{
        GetServiceInfoRequest, text_analysis_service_client::TextAnalysisServiceClient,
    };
    let settings = file(
        "# As an operator writes it.\nlisten = \"127.0.0.1:0\"\nmax_pending = 11\nmax_streams = 12\nworker_threads = 3\nmax_queue_wait = 1.5\n",
    );
    let mut child = verbatim(&["serve", "--worker-threads", "1"])
        .env("VERBATIM_CONFIG", settings.path())
        .env("VERBATIM_WORKER_THREADS", "2")
        .env("VERBATIM_MAX_STREAMS", "22")
        .spawn()
        .unwrap();
    let line = first_line(child.stdout.as_mut().unwrap());
    let address = line.trim().strip_prefix("listening on ").expect(&line).to_owned();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let limits = runtime.block_on(async {
        let mut client =
            TextAnalysisServiceClient::connect(format!("http://{address}")).await.unwrap();
        let info = client.get_service_info(GetServiceInfoRequest {}).await.unwrap();
        info.into_inner().limits.unwrap()
    });
    drop(runtime);
    let found = (limits.worker_threads, limits.max_streams, limits.max_pending);
    assert_eq!((found, limits.max_queue_wait_ms), ((1, 22, 11), 1500));
    signal(&child, "TERM");
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_file_that_makes_no_sense_is_told_with_key_and_reason() {
    for (text, expect) in [
        ("max_pending = \"many\"", &["max-pending", "invalid digit"][..]),
        ("max_pendings = 1", &["max_pendings", "no such setting"]),
        ("[limits]\nmax_pending = 1", &["limits", "no such setting"]),
        ("max_pending = 2026-01-01", &["max_pending", "must be a number"]),
        ("max_pending = ", &["line 1"]),
        ("config = \"other.toml\"", &["config", "no such setting"]),
        ("max_pending = 0", &["max-pending", "at least 1"]),
        ("grpc_web = \"perhaps\"", &["grpc-web", "invalid value"]),
        ("cors_origins = [\"https://a.example\"]", &["cors-origins", "--grpc-web"]),
        ("tokens = \"/nowhere/tokens\"", &["tokens", "/nowhere/tokens"]),
    ] {
        let settings = file(text);
        let path = settings.path().to_str().unwrap();
        for check in [&["--check-config"][..], &[]] {
            let output = run(&[&["serve", "--config", path], check].concat(), "");
            assert_eq!(output.status.code(), Some(64), "{text}");
            for expect in expect {
                assert!(stderr(&output).contains(expect), "{text}: {}", stderr(&output));
            }
        }
    }
}

#[test]
fn settings_are_checked_without_serving() {
    let tokens = file("a 0123456789abcdef\n");
    let settings = file(&format!(
        "tokens = {:?}\ngrpc_web = true\ncors_origins = [\"https://a.example\", \"https://b.example\"]\n",
        tokens.path()
    ));
    let path = settings.path().to_str().unwrap();
    let output = run(&["serve", "--check-config", "--config", path], "");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(output.stdout.is_empty());
}

/// Calls and connections are open, and the one who signals twice does not want to wait.
#[test]
fn a_second_signal_exits_at_once() {
    let (mut child, _) = serve(&["--drain-delay", "60"]);
    signal(&child, "TERM");
    let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
    assert!(log.any(|line| line.unwrap().contains("shutting down")));
    assert!(child.try_wait().unwrap().is_none());
    let start = Instant::now();
    signal(&child, "TERM");
    assert_eq!(child.wait().unwrap().code(), Some(128 + 15));
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_unix_socket_is_served_and_removed() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("verbatim.sock");
    let listen = format!("unix:{}", path.display());
    for end in ["KILL", "TERM"] {
        let (mut child, address) = serve(&["--listen", &listen]);
        assert_eq!(address, listen);
        let health = run(&["healthcheck", &listen], "");
        assert!(health.status.success(), "{}", stderr(&health));
        // Whoever is killed leaves its socket behind, and the next one takes its place.
        signal(&child, end);
        child.wait().unwrap();
        assert_eq!(path.exists(), end == "KILL");
    }
    let (mut child, _) = serve(&["--listen", &listen]);
    let second = run(&["serve", "--listen", &listen], "");
    assert_eq!(second.status.code(), Some(1), "a socket in use is not taken");
    signal(&child, "TERM");
    child.wait().unwrap();
}

#[test]
fn the_admin_port_is_what_a_server_with_tls_is_asked_on() {
    let (mut child, _) = serve(&["--admin-listen", "127.0.0.1:0", "--drain-delay", "60"]);
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = lines.next().unwrap().unwrap();
    let admin = line.strip_prefix("admin on ").expect(&line);
    let health = run(&["healthcheck", "--admin", admin], "");
    assert!(health.status.success(), "{}", stderr(&health));
    signal(&child, "TERM");
    let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
    assert!(log.any(|line| line.unwrap().contains("shutting down")));
    let health = run(&["healthcheck", "--admin", admin], "");
    assert_eq!(health.status.code(), Some(1));
    assert!(stderr(&health).contains("503"), "{}", stderr(&health));
    signal(&child, "KILL");
    child.wait().unwrap();
}

#[test]
fn systemd_is_told_when_it_serves_and_when_it_stops() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("notify");
    let socket = std::os::unix::net::UnixDatagram::bind(&path).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut child = verbatim(&["serve", "--listen", "127.0.0.1:0"])
        .env("NOTIFY_SOCKET", &path)
        .spawn()
        .unwrap();
    let next = || {
        let mut buffer = [0; 256];
        let length = socket.recv(&mut buffer).unwrap();
        String::from_utf8(buffer[..length].to_vec()).unwrap()
    };
    assert!(next().starts_with("READY=1"));
    signal(&child, "TERM");
    assert!(next().starts_with("STOPPING=1"));
    assert!(child.wait().unwrap().success());
}

/// Nothing is written down, so nothing has to be repaired.
#[test]
fn it_is_killed_and_serves_again_on_the_same_port() {
    let (mut child, address) = serve(&[]);
    signal(&child, "KILL");
    child.wait().unwrap();
    let mut child = verbatim(&["serve", "--listen", &address]).spawn().unwrap();
    let line = first_line(child.stdout.as_mut().unwrap());
    assert_eq!(line.trim(), format!("listening on {address}"));
    let health = run(&["healthcheck", &address], "");
    assert!(health.status.success(), "{}", stderr(&health));
    signal(&child, "TERM");
    assert!(child.wait().unwrap().success());
}

/// Threads that analyse are of lower priority than those that answer, by so much.
#[cfg(target_os = "linux")]
#[test]
fn analyses_yield_to_answers() {
    let (mut child, _address) = serve(&["--worker-threads", "2", "--worker-nice", "7"]);
    let own = nice_of(&child, |name| name == "verbatim")[0];
    let expect = vec![(own + 7).min(19); 2];
    // Threads name and lower themselves once they run.
    let started = std::time::Instant::now();
    while nice_of(&child, |name| name.starts_with("analysis-")) != expect {
        assert!(started.elapsed().as_secs() < 20, "not {expect:?}");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    signal(&child, "TERM");
    assert!(child.wait().unwrap().success());
}

/// How nice those threads of a process are whose name is wanted.
#[cfg(target_os = "linux")]
fn nice_of(child: &Child, wanted: impl Fn(&str) -> bool) -> Vec<i32> {
    let tasks = std::fs::read_dir(format!("/proc/{}/task", child.id())).unwrap();
    let stats =
        tasks.filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("stat")).ok());
    stats
        .filter_map(|stat| {
            let (before, rest) = stat.rsplit_once(") ")?;
            let (_, name) = before.split_once('(')?;
            wanted(name).then(|| rest.split(' ').nth(16)?.parse().ok()).flatten()
        })
        .collect()
}
