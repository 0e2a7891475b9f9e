//! `verbatim analyze --format html`.

use crate::support::{run, stderr, stdout};

/// The page of `text`.
fn page(text: &str) -> String {
    let output = run(&["analyze", "--format", "html"], text);
    assert!(output.status.success(), "{}", stderr(&output));
    stdout(&output).to_owned()
}

/// What a browser shows of the text: the division of that class, without tags.
fn shown(page: &str) -> String {
    let start = page.find("<div class=\"text\"").unwrap();
    let end = start + page[start..].find("</div>").unwrap();
    let mut shown = String::new();
    for piece in page[start..end].split('<') {
        shown.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
    }
    shown.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

#[test]
fn a_page_holds_the_text_who_said_what_and_links_to_entities() {
    let text = std::fs::read_to_string("samples/press-conference.txt").unwrap();
    let page = page(&text);
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"));
    assert_eq!(words(&shown(&page)), words(&text), "every word, and each once");
    let cell = |who: &str| page.contains(&format!(">{who}<td class=\"how\">"));
    assert!(cell("Elena Haddad") && cell("Omar bin Salem"));
    // Every link has its target on the page.
    let mut links = 0;
    for link in page.split("href=\"#").skip(1) {
        let target = &link[..link.find('"').unwrap()];
        assert!(page.contains(&format!("id=\"{target}\"")), "{target}");
        links += 1;
    }
    assert!(links > 20, "{links}");
}

/// What a text holds stays text, and the page asks nobody for anything.
#[test]
fn a_page_runs_and_fetches_nothing() {
    let text = "<script>alert(1)</script> said “<img src=x onerror=\"alert(2)\"> & it's bad,” \
                Maria Lopez said.\u{1b}[31m";
    let page = page(text);
    assert_eq!(words(&shown(&page)), words(&text.replace('\u{1b}', "\u{fffd}")));
    for tag in ["<script", "<img", "<link", "<iframe", "src=x onerror=\"", "\u{1b}"] {
        assert!(!page.contains(tag), "{tag}");
    }
    assert!(!page.contains("http://") && !page.contains("https://"));
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn several_files_make_one_page_and_a_bad_one_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(path("a"), "Maria Lopez said that the bridge was closed.").unwrap();
    std::fs::write(path("b"), "Ce pont est fermé depuis trois longues années. Les habitants du quartier attendent toujours sa réouverture.").unwrap();
    let files = [path("a"), path("none"), path("b")];
    let flags = [&["analyze", "--format", "html"], &files.each_ref().map(String::as_str)[..]];
    let output = run(&flags.concat(), "");
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("No such file"));
    let page = stdout(&output);
    assert_eq!(page.matches("<article lang=").count(), 2);
    assert_eq!(page.matches("<!doctype").count(), 1);
    assert!(page.contains("is not among the supported languages"));
}

#[test]
fn lines_have_no_page() {
    let output = run(&["analyze", "--input", "jsonl", "--format", "html"], "");
    assert_eq!(output.status.code(), Some(64));
}
