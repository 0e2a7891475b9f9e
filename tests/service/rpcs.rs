//! Every RPC, on texts whose answers are plain.

use verbatim::grpc::proto::*;

use crate::support::{TestServer, document, document_in};

const TEXT: &str = "😀 Angela Merkel met reporters in Berlin on Monday. \
    “We will manage this,” Merkel said. She added that Germany needs help.";

#[tokio::test]
async fn detect_language_ranks_and_restricts() {
    let server = TestServer::start(&[]).await;
    let mut client = server.client().await;
    let text = "The government said on Monday that it would not raise taxes this year, \
        although the budget is under pressure and the economy is slowing down.";
    let request = DetectLanguageRequest { document: document(text), ..Default::default() };
    let response = client.detect_language(request).await.unwrap().into_inner();
    assert_eq!(response.document_id, "doc-1");
    assert_eq!((response.language_code.as_str(), response.script.as_str()), ("en", "Latn"));
    assert!(response.reliable && response.language_detected);
    assert_eq!(response.languages[0].language_code, "en");
    assert!(response.languages.len() <= 3);

    let request = DetectLanguageRequest {
        document: document(text),
        max_results: 2,
        candidate_languages: vec!["DE".into(), "nl-BE".into(), "fr".into()],
        ..Default::default()
    };
    let response = client.detect_language(request).await.unwrap().into_inner();
    assert!(response.languages.len() <= 2);
    assert!(["de", "nl", "fr"].contains(&response.language_code.as_str()), "{response:?}");

    let request =
        DetectLanguageRequest { document: document("12 + 30 = 42"), ..Default::default() };
    let response = client.detect_language(request).await.unwrap().into_inner();
    assert_eq!((response.language_code.as_str(), response.script.as_str()), ("und", "Zyyy"));
    assert!(response.languages.is_empty() && !response.reliable);
}

#[tokio::test]
async fn split_sentences_counts_in_the_encoding_asked_for() {
    let server = TestServer::start(&[]).await;
    let mut client = server.client().await;
    for (encoding, expect) in [
        (OffsetEncoding::Unspecified, (OffsetEncoding::Utf8, 5, 53)),
        (OffsetEncoding::Utf8, (OffsetEncoding::Utf8, 5, 53)),
        (OffsetEncoding::Utf16, (OffsetEncoding::Utf16, 3, 51)),
        (OffsetEncoding::Utf32, (OffsetEncoding::Utf32, 2, 50)),
    ] {
        let request =
            TagEntitiesRequest { document: document(TEXT), offset_encoding: encoding.into() };
        let response = client.tag_entities(request).await.unwrap().into_inner();
        let merkel = response.mentions[0].span.clone().unwrap();
        assert_eq!(merkel.text, "Angela Merkel");

        let request =
            SplitSentencesRequest { document: document(TEXT), offset_encoding: encoding.into() };
        let response = client.split_sentences(request).await.unwrap().into_inner();
        let first = response.sentences[0].span.clone().unwrap();
        assert_eq!((response.offset_encoding(), merkel.start_offset, first.end_offset), expect);
        assert_eq!(response.sentences.len(), 3);
        assert!(response.language_detected);
    }
}

#[tokio::test]
async fn tag_entities_brings_mentions_together() {
    let server = TestServer::start(&[]).await;
    let mut client = server.client().await;
    let request = TagEntitiesRequest { document: document_in("en-GB", TEXT), ..Default::default() };
    let response = client.tag_entities(request).await.unwrap().into_inner();
    assert_eq!((response.language_code.as_str(), response.language_detected), ("en-GB", false));
    let merkel = &response.entities[0];
    assert_eq!((merkel.name.as_str(), merkel.r#type()), ("Angela Merkel", EntityType::Person));
    assert_eq!(merkel.mention_indexes.len(), 2);
    let names: Vec<_> = response.entities.iter().map(|entity| entity.name.as_str()).collect();
    assert_eq!(names, ["Angela Merkel", "Berlin", "Monday", "Germany"]);
}

#[tokio::test]
async fn attribute_quotes_names_the_speaker() {
    let server = TestServer::start(&[]).await;
    let mut client = server.client().await;
    let request = AttributeQuotesRequest { document: document(TEXT), ..Default::default() };
    let response = client.attribute_quotes(request).await.unwrap().into_inner();
    let text = |span: &Option<Span>| span.as_ref().unwrap().text.clone();
    let quote = &response.quotes[0];
    assert_eq!(quote.kind(), QuoteKind::Direct);
    assert_eq!(quote.content[0].text, "“We will manage this,”");
    assert_eq!(quote.quotations[0].text, "We will manage this,");
    assert_eq!(text(&quote.cue), "said");
    let speaker = quote.speaker.as_ref().unwrap();
    assert_eq!(
        (text(&speaker.mention).as_str(), speaker.name.as_str()),
        ("Merkel", "Angela Merkel")
    );
    assert_eq!(speaker.mention_kind(), MentionKind::Name);
    let entity = &response.entities[speaker.entity_index.unwrap() as usize];
    assert_eq!(entity.name, "Angela Merkel");

    let quote = &response.quotes[1];
    assert_eq!(quote.kind(), QuoteKind::Indirect);
    assert_eq!(quote.content[0].text, "that Germany needs help");
    let speaker = quote.speaker.as_ref().unwrap();
    assert_eq!((text(&speaker.mention).as_str(), speaker.name.as_str()), ("She", "Angela Merkel"));
    assert_eq!(speaker.mention_kind(), MentionKind::Pronoun);
}

#[tokio::test]
async fn analyze_gives_what_the_single_calls_give() {
    let server = TestServer::start(&[]).await;
    let mut client = server.client().await;
    let request = AnalyzeRequest { document: document_in("en", TEXT), ..Default::default() };
    let all = client.analyze(request.clone()).await.unwrap().into_inner();
    assert_eq!((all.language_code.as_str(), all.language_detected), ("en", false));

    let document = request.document.clone();
    let sentences = SplitSentencesRequest { document: document.clone(), offset_encoding: 0 };
    let entities = TagEntitiesRequest { document: document.clone(), offset_encoding: 0 };
    let quotes = AttributeQuotesRequest { document: document.clone(), offset_encoding: 0 };
    let languages = DetectLanguageRequest { document, ..Default::default() };
    assert_eq!(
        all.sentences,
        client.split_sentences(sentences).await.unwrap().into_inner().sentences
    );
    let entities = client.tag_entities(entities).await.unwrap().into_inner();
    assert_eq!((&all.mentions, &all.entities), (&entities.mentions, &entities.entities));
    assert_eq!(all.quotes, client.attribute_quotes(quotes).await.unwrap().into_inner().quotes);
    assert_eq!(
        all.languages,
        client.detect_language(languages).await.unwrap().into_inner().languages
    );
}

#[tokio::test]
async fn analyze_leaves_out_what_was_not_asked_for() {
    let server = TestServer::start(&[]).await;
    let mut client = server.client().await;
    for (feature, filled) in [
        (Feature::Language, [true, false, false, false]),
        (Feature::Sentences, [false, true, false, false]),
        (Feature::Entities, [false, false, true, false]),
        (Feature::Quotes, [false, false, true, true]),
    ] {
        let features = vec![feature.into(), feature.into()];
        let request = AnalyzeRequest { document: document(TEXT), features, offset_encoding: 0 };
        let response = client.analyze(request).await.unwrap().into_inner();
        let found = [
            !response.languages.is_empty(),
            !response.sentences.is_empty(),
            !response.mentions.is_empty() && !response.entities.is_empty(),
            !response.quotes.is_empty(),
        ];
        assert_eq!(found, filled, "{feature:?}");
    }
}

#[tokio::test]
async fn white_space_alone_has_no_sentences_and_no_language() {
    let server = TestServer::start(&[]).await;
    let mut client = server.client().await;
    let request = AnalyzeRequest { document: document(" \r\n\t\u{a0} "), ..Default::default() };
    let response = client.analyze(request).await.unwrap().into_inner();
    assert!(response.sentences.is_empty() && response.mentions.is_empty());
    assert_eq!((response.language_code.as_str(), response.warnings.len()), ("und", 0));
}

/// A short text is little to tell a language by; it is analysed all the same, in a
/// supported language, and the answer says that this was a guess.
#[tokio::test]
async fn a_short_text_is_analysed_and_its_language_called_a_guess() {
    let server = TestServer::start(&[]).await;
    let mut client = server.client().await;
    let request = TagEntitiesRequest {
        document: document("Angela Merkel met Barack Obama."),
        ..Default::default()
    };
    let response = client.tag_entities(request).await.unwrap().into_inner();
    assert_eq!(response.language_code, "en");
    assert_eq!(response.entities.len(), 2);
}

/// Offsets in UTF-16, behind a character that takes two units.
#[tokio::test]
async fn quotes_in_other_languages() {
    let server = TestServer::start(&[]).await;
    let mut client = server.client().await;
    let text =
        "😀 « Nous partageons cet avis », a déclaré Sergueï Lavrov. Lavrov a dit que tout va.";
    let ask = |language: &str, text: &str| AttributeQuotesRequest {
        document: document_in(language, text),
        offset_encoding: OffsetEncoding::Utf16.into(),
    };
    let found = client.attribute_quotes(ask("", text)).await.unwrap().into_inner();
    assert_eq!((found.language_code.as_str(), found.quotes.len()), ("fr", 2));
    assert!(found.mentions.is_empty() && found.entities.is_empty());
    let units: Vec<u16> = text.encode_utf16().collect();
    for quote in &found.quotes {
        let speaker = quote.speaker.as_ref().unwrap();
        assert_eq!((speaker.name.as_str(), speaker.entity_index), ("Sergueï Lavrov", None));
        for span in quote.content.iter().chain([quote.cue.as_ref().unwrap()]) {
            let units = &units[span.start_offset as usize..span.end_offset as usize];
            assert_eq!(String::from_utf16(units).unwrap(), span.text);
        }
    }
    assert_eq!(found.quotes[0].content[0].text, "« Nous partageons cet avis »");

    // Of a language without rules, what stands in marks and no speaker.
    let text = "„To jest dla nas wszystkich bardzo ważne.” Tak powiedział premier.";
    let found = client.attribute_quotes(ask("pl", text)).await.unwrap().into_inner();
    assert_eq!(found.quotes.len(), 1);
    assert_eq!((&found.quotes[0].speaker, &found.quotes[0].cue), (&None, &None));
}

#[tokio::test]
async fn an_answer_tells_where_the_rules_for_sentences_are_neutral() {
    let server = TestServer::start(&[]).await;
    let mut client = server.client().await;
    let text = "Saluton. Kiel vi fartas?";
    for (language, rules, warned) in [("eo", "und", true), ("nn", "nb", false), ("en", "en", false)]
    {
        let document = document_in(language, text);
        let request = SplitSentencesRequest { document: document.clone(), offset_encoding: 0 };
        let response = client.split_sentences(request).await.unwrap().into_inner();
        assert_eq!(response.rules_language_code, rules);
        assert_eq!((response.language_code.as_str(), response.sentences.len()), (language, 2));

        let features = vec![Feature::Sentences.into()];
        let request = AnalyzeRequest { document, features, offset_encoding: 0 };
        let response = client.analyze(request).await.unwrap().into_inner();
        let reasons: Vec<_> = response.warnings.iter().map(|warning| &warning.reason).collect();
        assert_eq!(reasons == ["LANGUAGE_NEUTRAL"], warned, "{reasons:?}");
    }
}
