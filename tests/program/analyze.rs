//! `verbatim analyze`.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    process::Stdio,
};

use serde_json::{Value, json};

use crate::support::{run, stderr, stdout, verbatim};

const TEXT: &str = "Angela Merkel met reporters in Berlin on Monday.\n\n\
    “We will manage this,” Merkel said. She added that Germany needs help.";

#[test]
fn a_page_shows_the_sentences_the_entities_and_who_said_what() {
    let output = run(&["analyze"], TEXT);
    assert!(output.status.success());
    let page = stdout(&output);
    for expect in [
        "   1  [Angela Merkel|PERSON] met reporters in [Berlin|LOCATION] on [Monday|DATE].",
        "   3  She added that [Germany|LOCATION] needs help.",
        "Angela Merkel ×2",
        "Who said what",
        "direct (said)",
        "“We will manage this,”",
        "that Germany needs help",
    ] {
        assert!(page.contains(expect), "{expect:?} is not in\n{page}");
    }
    assert!(!page.contains('\u{1b}'), "colours, though nobody watches");
}

#[test]
fn colours_where_asked_for() {
    let output = run(&["analyze", "--color", "always"], TEXT);
    assert!(stdout(&output).contains("\u{1b}["));
}

#[test]
fn the_page_lets_no_control_character_through() {
    let output = run(&["analyze"], "It said \u{1b}]0;evil\u{7} and \u{202e}more.");
    assert!(!stdout(&output).contains(['\u{1b}', '\u{7}', '\u{202e}']));
}

#[test]
fn json_is_analyze_response_in_proto3_json() {
    let flags = ["analyze", "--format", "json", "--offsets", "utf32", "--features", "sentences"];
    let output = run(&flags, "😀 One. Two.");
    let value: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(value["documentId"], "-");
    assert_eq!(value["offsetEncoding"], "OFFSET_ENCODING_UTF32");
    let span = json!({"startOffset": 0, "endOffset": 6, "text": "😀 One."});
    assert_eq!(value["sentences"][0], json!({"span": span, "paragraphIndex": 0}));
    assert_eq!(value["quotes"], json!([]));
    assert_eq!(value["languages"], json!([]));
}

#[test]
fn several_files_and_a_bad_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("good"), "Fine.").unwrap();
    fs::write(path("latin1"), b"Caf\xe9").unwrap();
    fs::write(path("empty"), "").unwrap();
    let (good, latin1, empty, none) = (path("good"), path("latin1"), path("empty"), path("none"));
    let output = run(&["analyze", "--format", "json", &latin1, &none, &empty, &good], "");
    assert_eq!(output.status.code(), Some(1));
    let lines: Vec<Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["documentId"], good);
    for (file, reason) in [(latin1, "not UTF-8: byte 3"), (none, "No such file"), (empty, "empty")]
    {
        let line = stderr(&output).lines().find(|line| line.contains(&file)).unwrap();
        assert!(line.contains(reason), "{line}");
    }
}

#[test]
fn lines_are_answered_in_order_and_bad_ones_by_number() {
    let mut input = String::from("\u{feff}");
    for i in 0..300 {
        let text = "He said so. ".repeat(1 + i * 7919 % 50);
        input += &format!("{}\n", json!({"id": format!("d{i}"), "text": text, "other": 1}));
    }
    input += "{broken\n\n[1]\n{\"id\": 7}\n{\"id\": 8, \"text\": \"\"}\n";
    input += "{\"text\": \"x\", \"language_code\": \"e n\"}\n{\"id\": null, \"text\": \"Bye.\", \"language_code\": null}";
    let output = run(&["analyze", "--input", "jsonl"], &input);
    assert_eq!(output.status.code(), Some(1));
    let lines: Vec<Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for (i, line) in lines[..300].iter().enumerate() {
        assert_eq!(line["documentId"], format!("d{i}"));
        assert_eq!(line["sentences"].as_array().unwrap().len(), 1 + i * 7919 % 50);
    }
    let errors: Vec<_> = lines[300..305]
        .iter()
        .map(|line| (line["line"].as_u64().unwrap(), line["error"]["reason"].as_str().unwrap()))
        .collect();
    let expect = [
        (301, "MALFORMED_LINE"),
        (303, "MALFORMED_LINE"),
        (304, "MALFORMED_LINE"),
        (305, "EMPTY_TEXT"),
        (306, "MALFORMED_LANGUAGE_CODE"),
    ];
    assert_eq!(errors, expect);
    assert_eq!((&lines[303]["documentId"], &lines[303]["file"]), (&json!("8"), &json!("-")));
    assert_eq!(lines[305]["sentences"][0]["span"]["text"], "Bye.");
    assert_eq!(lines.len(), 306);
}

/// A program that writes a line and waits for its answer must get it.
#[test]
fn a_line_is_answered_before_the_next_one_comes() {
    let mut child =
        verbatim(&["analyze", "--input", "jsonl"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for i in 0..3 {
        writeln!(stdin, "{}", json!({"id": i.to_string(), "text": "Hello."})).unwrap();
        let answer: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer["documentId"], i.to_string());
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_that_has_read_enough_is_no_error() {
    let line = json!({"id": "d", "text": "He said so. ".repeat(1000)}).to_string() + "\n";
    let mut child =
        verbatim(&["analyze", "--input", "jsonl"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        // The pipe closes under us once the program ends.
        (0..200).try_for_each(|_| stdin.write_all(line.as_bytes()))
    });
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    let _ = writer.join().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
}

#[test]
fn flags_that_make_no_sense_exit_with_64() {
    for (flags, expect) in [
        (&["analyze", "--offsets", "utf7"][..], "utf7"),
        (&["analyze", "--features", "quotes,magic"], "magic"),
        (&["analyze", "--language", "e n"], "BCP-47"),
        (&["analyze", "--input", "jsonl", "--format", "page"], "--format page"),
        (&["nothing"], "nothing"),
    ] {
        let output = run(flags, "Text.");
        assert_eq!(output.status.code(), Some(64), "{flags:?}");
        assert!(stderr(&output).contains(expect), "{}", stderr(&output));
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn the_environment_sets_what_flags_do_not() {
    let output = verbatim(&["analyze", "--format", "json", "/dev/null"])
        .env("VERBATIM_OFFSETS", "utf99")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(64));
    let flag_wins = verbatim(&["analyze", "--offsets", "utf8", "/dev/null"])
        .env("VERBATIM_OFFSETS", "utf16")
        .output()
        .unwrap();
    assert_eq!(flag_wins.status.code(), Some(1), "the file is empty");
}
