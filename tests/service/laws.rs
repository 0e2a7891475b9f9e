//! The laws of every answer, over arbitrary Unicode: offsets are exact in all three
//! encodings, sentences cover the text, every index points somewhere, nothing
//! panics, and the same request gives the same bytes twice.

use proptest::prelude::*;
use prost::Message;
use verbatim::{
    analysis::{Analyzer, Unwatched},
    grpc::{Analyze, Call, proto::*},
};

/// Pieces that texts are made of: what analyses look for, beside what trips them up.
const PIECES: &[&str] = &[
    "“",
    "”",
    "\"",
    "'",
    "‘",
    "’",
    "«",
    "»",
    "„",
    "``",
    "''",
    "「",
    "」",
    "–",
    "—",
    "…",
    "(",
    ")",
    ".",
    ". ",
    "? ",
    "! ",
    ", ",
    ": ",
    "; ",
    "-",
    " ",
    "\n",
    "\r\n",
    "\n\n",
    "\t",
    "\u{a0}",
    "\u{2028}",
    "\u{feff}",
    "\0",
    "\u{200d}",
    "\u{200f}",
    "\u{202e}",
    "\u{301}",
    "e\u{301}",
    "ß",
    "İ",
    "𝄞",
    "👨‍👩‍👧‍👦",
    "🇸🇾",
    "ᾳ",
    "שלום",
    "مرحبا ",
    "नमस्ते। ",
    "你好。",
    "ไทย",
    "Sergey Lavrov ",
    "Lavrov ",
    "bin Alawi ",
    "al-Tanf ",
    "Mr. ",
    "U.S. ",
    "No. 5 ",
    "\n\nQ: Why?\n\n",
    "\n\nLOPEZ: ",
    "the minister ",
    "he ",
    "She ",
    "said ",
    "said that ",
    "told ",
    "according to ",
    "noting that ",
    "calling for ",
    "UN ",
    "Syria ",
    "Russian ",
    "Monday ",
    "February 14 ",
    "$3.5 million ",
    "12% ",
    "1,000 ",
    "a@b.org ",
    "https://x.org/a?b=c ",
    "O’Brien’s ",
    "don't ",
    "the ",
    "of ",
    "and ",
    "A",
    "z",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => proptest::sample::select(PIECES).prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
        1 => "\\PC{1,4}",
    ];
    proptest::collection::vec(piece, 1..80).prop_map(|pieces| pieces.concat())
}

fn request(text: &str, encoding: OffsetEncoding) -> AnalyzeRequest {
    // Declared, so that the analyses run whatever the text looks like.
    let document = Document { id: String::new(), text: text.into(), language_code: "en".into() };
    AnalyzeRequest { document: Some(document), offset_encoding: encoding.into(), features: vec![] }
}

fn analyze(request: AnalyzeRequest) -> AnalyzeResponse {
    Analyze::parse(request, 1 << 20).unwrap().run(&Analyzer::new(), &Unwatched).unwrap()
}

/// The text that a client would cut out with its own kind of string.
fn cut(text: &str, encoding: OffsetEncoding, span: &Span) -> Option<String> {
    let range = usize::try_from(span.start_offset).ok()?..usize::try_from(span.end_offset).ok()?;
    match encoding {
        OffsetEncoding::Utf16 => {
            let units: Vec<u16> = text.encode_utf16().collect();
            String::from_utf16(units.get(range)?).ok()
        }
        OffsetEncoding::Utf32 => {
            let chars: Vec<char> = text.chars().collect();
            Some(chars.get(range)?.iter().collect())
        }
        _ => text.get(range).map(String::from),
    }
}

fn spans(response: &AnalyzeResponse) -> Vec<&Span> {
    let sentences = response.sentences.iter().flat_map(|sentence| &sentence.span);
    let mentions = response.mentions.iter().flat_map(|mention| &mention.span);
    let quotes = response.quotes.iter().flat_map(|quote| {
        let speaker = quote.speaker.iter().flat_map(|speaker| &speaker.mention);
        let pieces = quote.content.iter().chain(&quote.quotations);
        pieces.chain(&quote.span).chain(&quote.cue).chain(speaker)
    });
    sentences.chain(mentions).chain(quotes).collect()
}

fn range(span: &Option<Span>) -> (i32, i32) {
    let span = span.as_ref().expect("every span is set");
    (span.start_offset, span.end_offset)
}

fn is_index(index: i32, length: usize) -> bool {
    usize::try_from(index).is_ok_and(|index| index < length)
}

fn check_structure(text: &str, response: &AnalyzeResponse) -> Result<(), TestCaseError> {
    let sentences: Vec<_> =
        response.sentences.iter().map(|sentence| range(&sentence.span)).collect();
    prop_assert!(sentences.windows(2).all(|pair| pair[0].1 <= pair[1].0), "sentences overlap");
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        let at = at as i32;
        let holders = sentences.iter().filter(|(start, end)| (start..end).contains(&&at)).count();
        prop_assert_eq!(holders, 1, "{:?} at {} lies in {} sentences", c, at, holders);
    }
    for sentence in &response.sentences {
        let span = sentence.span.as_ref().unwrap();
        prop_assert_eq!(span.text.trim(), &span.text);
    }
    let paragraphs: Vec<_> = response.sentences.iter().map(|s| s.paragraph_index).collect();
    prop_assert!(paragraphs.first().is_none_or(|&first| first == 0));
    prop_assert!(paragraphs.windows(2).all(|pair| (0..=1).contains(&(pair[1] - pair[0]))));

    let mentions: Vec<_> = response.mentions.iter().map(|mention| range(&mention.span)).collect();
    prop_assert!(mentions.windows(2).all(|pair| pair[0].1 <= pair[1].0), "mentions overlap");
    for (i, mention) in response.mentions.iter().enumerate() {
        prop_assert!(is_index(mention.entity_index, response.entities.len()));
        let entity = &response.entities[mention.entity_index as usize];
        prop_assert!(entity.mention_indexes.contains(&(i as i32)));
        prop_assert!(is_index(mention.sentence_index, sentences.len()));
        let sentence = sentences[mention.sentence_index as usize];
        prop_assert!((sentence.0..sentence.1).contains(&mentions[i].0), "in its sentence");
        prop_assert!((0.0..=1.0).contains(&mention.confidence));
        prop_assert!(mention.r#type() != EntityType::Unspecified);
    }
    let on_one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut firsts = Vec::new();
    for entity in &response.entities {
        prop_assert!(!entity.name.is_empty() && !entity.mention_indexes.is_empty());
        prop_assert!(on_one_line.contains(&entity.name), "{:?} is not in the text", entity.name);
        prop_assert!(entity.mention_indexes.is_sorted());
        prop_assert!(entity.mention_indexes.iter().all(|&i| is_index(i, mentions.len())));
        firsts.push(entity.mention_indexes[0]);
    }
    prop_assert!(firsts.is_sorted(), "entities are in the order of their first mentions");

    prop_assert!(response.quotes.is_sorted_by_key(|quote| range(&quote.span).0));
    for quote in &response.quotes {
        let whole = range(&quote.span);
        let inside = |(start, end): (i32, i32)| whole.0 <= start && end <= whole.1;
        prop_assert!(!quote.content.is_empty());
        for pieces in [&quote.content, &quote.quotations] {
            let ranges: Vec<_> = pieces.iter().map(|s| (s.start_offset, s.end_offset)).collect();
            prop_assert!(ranges.windows(2).all(|pair| pair[0].1 <= pair[1].0));
            prop_assert!(ranges.into_iter().all(inside));
        }
        prop_assert!(quote.cue.is_none() || inside(range(&quote.cue)));
        if let Some(speaker) = &quote.speaker {
            prop_assert!(inside(range(&speaker.mention)));
            prop_assert!(speaker.mention_kind() != MentionKind::Unspecified);
            if let Some(index) = speaker.entity_index {
                prop_assert!(is_index(index, response.entities.len()));
                prop_assert_eq!(&speaker.name, &response.entities[index as usize].name);
            }
        }
        let (first, last) = (quote.first_sentence_index, quote.last_sentence_index);
        prop_assert!(first <= last);
        prop_assert!(is_index(first, sentences.len()) && is_index(last, sentences.len()));
        let (first, last) = (sentences[first as usize], sentences[last as usize]);
        prop_assert!((first.0..first.1).contains(&whole.0) && (last.0..=last.1).contains(&whole.1));
        prop_assert!((0.0..=1.0).contains(&quote.confidence));
        prop_assert!(quote.kind() != QuoteKind::Unspecified);
        if let Some(outer) = quote.within_quote_index {
            prop_assert!(is_index(outer, response.quotes.len()));
            let quotations = &response.quotes[outer as usize].quotations;
            let holds = |q: &Span| q.start_offset <= whole.0 && whole.1 <= q.end_offset;
            prop_assert!(quotations.iter().any(holds));
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn every_answer_keeps_the_laws(text in text()) {
        let mut texts: Option<Vec<String>> = None;
        for encoding in [OffsetEncoding::Utf8, OffsetEncoding::Utf16, OffsetEncoding::Utf32] {
            let response = analyze(request(&text, encoding));
            let again = analyze(request(&text, encoding));
            prop_assert_eq!(response.encode_to_vec(), again.encode_to_vec());
            for span in spans(&response) {
                prop_assert!(span.start_offset < span.end_offset, "{:?} is empty", span);
                let found = cut(&text, encoding, span);
                prop_assert_eq!(found.as_ref(), Some(&span.text), "{:?}", encoding);
            }
            // The three encodings tell of the same pieces.
            let found: Vec<_> = spans(&response).iter().map(|span| span.text.clone()).collect();
            prop_assert_eq!(texts.get_or_insert_with(|| found.clone()), &found);
            if encoding == OffsetEncoding::Utf8 {
                check_structure(&text, &response)?;
            }
        }
    }

    #[test]
    fn detection_never_panics_and_its_scores_are_probabilities(text in text()) {
        let detection = Analyzer::new().detect(&text, &[], 100);
        let total: f32 = detection.candidates.iter().map(|c| c.confidence).sum();
        prop_assert!(total <= 1.001, "{}", total);
        let shares: f32 = detection.candidates.iter().map(|c| c.share).sum();
        prop_assert!(shares <= 1.001, "{}", shares);
        let others = detection.candidates.get(1..).unwrap_or_default();
        prop_assert!(others.is_sorted_by(|a, b| (a.share, a.confidence) >= (b.share, b.confidence)));
        prop_assert_eq!(detection.script.len(), 4);
    }
}

/// Sizes that break what is not linear: each within the time that a careless
/// quadratic loop would need a thousand times over.
#[test]
fn a_mebibyte_of_anything_takes_seconds_at_most() {
    for piece in [
        "“",
        "\"",
        "'",
        ". ",
        "a",
        "said ",
        "A ",
        "Lavrov said ",
        "\n\n",
        "(",
        ", ",
        "é",
        "“A,” he said. ",
    ] {
        let text = piece.repeat((1 << 20) / piece.len());
        let start = std::time::Instant::now();
        analyze(AnalyzeRequest {
            features: vec![Feature::Language.into(), Feature::Sentences.into()],
            ..request(&text, OffsetEncoding::Utf16)
        });
        // A sixty-fourth of it for the network, which reads a few thousand words a second;
        // `analysis::quotes` holds the rules on top of it to the whole.
        let text = piece.repeat((1 << 14) / piece.len());
        analyze(request(&text, OffsetEncoding::Utf16));
        let took = start.elapsed();
        // Debug builds are some thirty times slower than release ones.
        assert!(took.as_secs() < 30, "{piece:?} took {took:?}");
    }
}
