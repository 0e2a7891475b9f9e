//! Cases and laws of the whole way from text to quotes.

use proptest::prelude::*;

use super::{Quote, QuoteKind, attribute};
use crate::analysis::{
    Span, Unwatched, entities,
    language::LanguageTag,
    sentences::{self, Sentence},
    tagger, tokenize,
};

fn analyze(text: &str) -> (Vec<Sentence>, entities::Entities, Vec<Quote>) {
    let sentences = sentences::split(text, &LanguageTag::from_static("en"));
    let tokens = tokenize(text);
    let tags = tagger::tag(text, &sentences);
    let entities = entities::tag(text, &sentences, &tokens, &tags, &Unwatched).unwrap();
    let quotes = attribute(text, &sentences, &tokens, &entities, &tags, &Unwatched).unwrap();
    (sentences, entities, quotes)
}

/// "direct | Pat Caddell = Pat Caddell | said | “A,” + “B.”"
pub(super) fn describe(text: &str, quote: &Quote) -> String {
    let kind = match quote.kind {
        QuoteKind::Direct => "direct",
        QuoteKind::Indirect => "indirect",
        QuoteKind::Mixed => "mixed",
    };
    let speaker = quote.speaker.as_ref().map_or("-".to_owned(), |s| {
        let mention = s.mention.of(text);
        if s.name.is_empty() { mention.to_owned() } else { format!("{mention} = {}", s.name) }
    });
    let cue = quote.cue.map_or("-", |cue| cue.of(text));
    let content: Vec<_> = quote.content.iter().map(|c| c.of(text)).collect();
    format!("{kind} | {speaker} | {cue} | {}", content.join(" + "))
}

/// A text, and its quotes as `describe` writes them.
type Case<'a> = (&'a str, &'a [&'a str]);

fn problem((text, expect): &Case) -> Option<String> {
    let (.., quotes) = analyze(text);
    let found: Vec<_> = quotes.iter().map(|q| describe(text, q)).collect();
    (found != *expect).then(|| format!("\n{text}\nexpected {expect:#?}\n   found {found:#?}"))
}

fn check(cases: &[Case]) {
    let problems: Vec<_> = cases.iter().filter_map(problem).collect();
    assert!(problems.is_empty(), "{}", problems.concat());
}

/// Cases known to come out wrong, each with the reason: tells when one no longer does.
fn known_misses(cases: &[(&str, Case)]) {
    for (reason, case) in cases {
        assert!(problem(case).is_some(), "no longer a miss ({reason}): {}", case.0);
    }
}

#[test]
#[rustfmt::skip]
fn direct_speech() {
    check(&[
        ("“We will stay,” Maria Lopez said.", &["direct | Maria Lopez = Maria Lopez | said | “We will stay,”"]),
        ("“We will stay,” said Maria Lopez.", &["direct | Maria Lopez = Maria Lopez | said | “We will stay,”"]),
        ("\"We will stay,\" said Maria Lopez, a nurse from Lima.", &["direct | Maria Lopez, a nurse from Lima = Maria Lopez | said | \"We will stay,\""]),
        ("Maria Lopez said: “We will stay.”", &["direct | Maria Lopez = Maria Lopez | said: | “We will stay.”"]),
        ("Maria Lopez said, “We will stay.”", &["direct | Maria Lopez = Maria Lopez | said | “We will stay.”"]),
        ("“Will we stay?” Maria Lopez asked.", &["direct | Maria Lopez = Maria Lopez | asked | “Will we stay?”"]),
        ("“Will we stay?” asked Maria Lopez.", &["direct | Maria Lopez = Maria Lopez | asked | “Will we stay?”"]),
        ("“We will stay,” the minister told reporters.", &["direct | the minister | told | “We will stay,”"]),
        ("''We will stay,'' Mr. Lopez said.", &["direct | Mr. Lopez = Lopez | said | ''We will stay,''"]),
        ("‘We will stay,’ Maria Lopez said.", &["direct | Maria Lopez = Maria Lopez | said | ‘We will stay,’"]),
    ]);
}

#[test]
#[rustfmt::skip]
fn speech_goes_on() {
    check(&[
        ("“We will stay,” Maria Lopez said. “It is our home.”", &["direct | Maria Lopez = Maria Lopez | said | “We will stay,” + “It is our home.”"]),
        ("“We,” Maria Lopez said, “will stay here.”", &["direct | Maria Lopez = Maria Lopez | said | “We,” + “will stay here.”"]),
        ("“We will stay,” Maria Lopez said.\n\n“It is our home,” she added.", &["direct | Maria Lopez = Maria Lopez | said | “We will stay,”", "direct | she = Maria Lopez | added | “It is our home,”"]),
        ("“We will stay,” Maria Lopez said.\n\n“It is our home and we love it.”", &["direct | Maria Lopez = Maria Lopez | said | “We will stay,” + “It is our home and we love it.”"]),
        ("“We will stay,” Maria Lopez said. “It is our home.\n\n“We love it.”", &["direct | Maria Lopez = Maria Lopez | said | “We will stay,” + “It is our home. + “We love it.”"]),
        ("Maria Lopez continued:\n\n“It is our home and we love it.”", &["direct | Maria Lopez = Maria Lopez | continued: | “It is our home and we love it.”"]),
        ("“It is our home and we love it.”", &["direct | - | - | “It is our home and we love it.”"]),
    ]);
}

#[test]
#[rustfmt::skip]
fn indirect_speech() {
    check(&[
        ("Maria Lopez said that the bridge was closed.", &["indirect | Maria Lopez = Maria Lopez | said | that the bridge was closed"]),
        ("Officials said the bridge was closed.", &["indirect | Officials | said | the bridge was closed"]),
        ("The bridge was closed on Monday, officials said.", &["indirect | officials | said | The bridge was closed on Monday"]),
        ("The bridge, officials said, was closed on Monday.", &["indirect | officials | said | The bridge + was closed on Monday"]),
        ("Maria Lopez told reporters on Monday that the bridge was closed.", &["indirect | Maria Lopez = Maria Lopez | told | that the bridge was closed"]),
        ("Maria Lopez has repeatedly warned that the bridge may fall.", &["indirect | Maria Lopez = Maria Lopez | has repeatedly warned | that the bridge may fall"]),
        ("According to the police, the bridge was closed.", &["indirect | the police | According to | the bridge was closed"]),
        ("The bridge was closed, according to the police.", &["indirect | the police | according to | The bridge was closed"]),
        ("Maria Lopez vowed to repair the bridge.", &["indirect | Maria Lopez = Maria Lopez | vowed | to repair the bridge"]),
        ("Maria Lopez urged the city to repair the bridge.", &["indirect | Maria Lopez = Maria Lopez | urged | the city to repair the bridge"]),
        ("Maria Lopez said that John Baker had said that the bridge was old.", &["indirect | Maria Lopez = Maria Lopez | said | that John Baker had said that the bridge was old"]),
        ("Maria Lopez said the bridge was old, and John Baker said it was safe.", &["indirect | Maria Lopez = Maria Lopez | said | the bridge was old", "indirect | John Baker = John Baker | said | it was safe"]),
        ("While Maria Lopez says it is old, the bridge is safe.", &["indirect | Maria Lopez = Maria Lopez | says | it is old"]),
        ("Maria Lopez: City must repair the bridge\n\nMaria Lopez spoke on Monday.", &["indirect | Maria Lopez = Maria Lopez | : | City must repair the bridge"]),
    ]);
}

#[test]
#[rustfmt::skip]
fn participles_share_the_subject() {
    check(&[
        ("Maria Lopez called for repairs, noting that the bridge was old.", &["indirect | Maria Lopez = Maria Lopez | called for | repairs", "indirect | Maria Lopez = Maria Lopez | noting | that the bridge was old"]),
        ("Maria Lopez left the hall, saying that she was tired.", &["indirect | Maria Lopez = Maria Lopez | saying | that she was tired"]),
        ("Maria Lopez criticized the mayor and said that he had lied.", &["indirect | Maria Lopez = Maria Lopez | criticized | the mayor", "indirect | Maria Lopez = Maria Lopez | said | that he had lied"]),
        ("For her part, Maria Lopez pointed to the cost, referring to the city’s debts.", &["indirect | Maria Lopez = Maria Lopez | pointed to | the cost", "indirect | Maria Lopez = Maria Lopez | referring to | the city’s debts"]),
    ]);
}

#[test]
#[rustfmt::skip]
fn mixed_speech() {
    check(&[
        ("Maria Lopez said the bridge was “a ruin” and must go.", &["mixed | Maria Lopez = Maria Lopez | said | the bridge was “a ruin” and must go"]),
        ("“No,” Maria Lopez said , calling for the guards, who came late, to “see the bridge” at once.", &["direct | Maria Lopez = Maria Lopez | said | “No,”", "mixed | Maria Lopez = Maria Lopez | calling for | the guards, who came late, to “see the bridge” at once"]),
        ("Maria Lopez called the bridge “a ruin.”", &["mixed | Maria Lopez = Maria Lopez | called | the bridge “a ruin.”"]),
        ("Maria Lopez said “it was made in Lima,” while praising the plan as “a step.”", &["direct | Maria Lopez = Maria Lopez | said | “it was made in Lima,”", "mixed | Maria Lopez = Maria Lopez | praising | the plan as “a step.”"]),
    ]);
}

#[test]
#[rustfmt::skip]
fn who_speaks() {
    check(&[
        ("Maria Lopez met the mayor. She said that the bridge was old.", &["indirect | She = Maria Lopez | said | that the bridge was old"]),
        ("Maria Lopez met John Baker. He said that the bridge was old.", &["indirect | He = John Baker | said | that the bridge was old"]),
        ("Foreign Minister Maria Lopez came. The minister said that she was glad.", &["indirect | The minister = Maria Lopez | said | that she was glad"]),
        ("Supreme Court Justice Maria Lopez came. The court said that it was glad.", &["indirect | The court = Supreme Court | said | that it was glad"]),
        ("Supreme Court Justice Maria Lopez came. The justice said that she was glad.", &["indirect | The justice = Maria Lopez | said | that she was glad"]),
        ("Maria Lopez, the city council leader, came. The council said that it was glad.", &["indirect | The council | said | that it was glad"]),
        ("Maria Lopez’s spokesman said that she was glad.", &["indirect | Maria Lopez’s spokesman | said | that she was glad"]),
        ("A spokesman for Maria Lopez said that she was glad.", &["indirect | A spokesman for Maria Lopez | said | that she was glad"]),
        ("Maria Lopez, a nurse from Lima, said she was glad.", &["indirect | Maria Lopez, a nurse from Lima, = Maria Lopez | said | she was glad"]),
        ("Maria Lopez came. The Lopez campaign said that the bridge was old.", &["indirect | The Lopez campaign | said | that the bridge was old"]),
        ("Mr. Baker met Maria Lopez. She said that the bridge was old.", &["indirect | She = Maria Lopez | said | that the bridge was old"]),
        ("They said that the bridge was old.", &["indirect | They | said | that the bridge was old"]),
        ("Federal Minister for Indigenous Australians Maria Lopez said that she was glad.", &["indirect | Federal Minister for Indigenous Australians Maria Lopez = Maria Lopez | said | that she was glad"]),
        ("A spokesman for President Maria Lopez said that she was glad.", &["indirect | A spokesman for President Maria Lopez | said | that she was glad"]),
        ("The Wairoa District Council met. It said that the bridge was old.", &["indirect | It = Wairoa District Council | said | that the bridge was old"]),
        ("Amnesty International met the mayor. The organisation said that the bridge was old.", &["indirect | The organisation = Amnesty International | said | that the bridge was old"]),
        ("The Lima Police Department's Maria Lopez, OC of Lima, came. The OC said that she was glad.", &["indirect | The OC = Maria Lopez | said | that she was glad"]),
        ("A former chairman of the bank has said that it was closed.\n\nJohn Baker spoke on Tuesday. The former chairman said that he was sad.", &["indirect | A former chairman of the bank = John Baker | has said | that it was closed", "indirect | The former chairman = John Baker | said | that he was sad"]),
        ("An activist group, the Lima Prisoners Association, said that the bridge was old.", &["indirect | An activist group, the Lima Prisoners Association, = Lima Prisoners Association | said | that the bridge was old"]),
        ("Maria Lopez and John Baker said that the bridge was old.", &["indirect | Maria Lopez and John Baker | said | that the bridge was old"]),
        ("Lima police director (DGP) Maria Lopez said that the bridge was old.", &["indirect | Lima police director (DGP) Maria Lopez = Maria Lopez | said | that the bridge was old"]),
        ("Egypt's President John Baker and Peru's President Maria Lopez met. The Egyptian president said that he was glad.", &["indirect | The Egyptian president = John Baker | said | that he was glad"]),
        ("We met Maria Lopez, the commander of the Navy. The commander of the Navy said that she was glad.", &["indirect | The commander of the Navy = Maria Lopez | said | that she was glad"]),
    ]);
}

#[test]
#[rustfmt::skip]
fn whom_it_is_not() {
    check(&[
        // Whom the quotation names does not say it.
        ("John Baker owns the mill.\n\n“Peter Moon built the town,” he said.", &["direct | he = John Baker | said | “Peter Moon built the town,”"]),
        // The statement is whose it was, whoever spoke since.
        ("Acme Corp. said in a statement that the mill was safe. John Baker, its director, said: “We are fine.”\n\nThe mill will stay open, the statement added.", &["indirect | Acme Corp. = Acme Corp. | said in a statement | that the mill was safe", "direct | John Baker, its director, = John Baker | said: | “We are fine.”", "indirect | the statement = Acme Corp. | added | The mill will stay open"]),
        // A phrase before a verb describes nobody who stands before it.
        ("Two men were hanged, among them the singer Paul Shaw, the Global Times newspaper said.", &["indirect | the Global Times newspaper = Global Times | said | Two men were hanged, among them the singer Paul Shaw"]),
        // Who spoke last, four paragraphs on.
        ("John Baker, the mayor, said the mill would close.\n\nThe mill employs forty people.\n\nIt was built by the railway.\n\nIt stands by the river.\n\nHe said it had lost money for years.", &["indirect | John Baker, the mayor, = John Baker | said | the mill would close", "indirect | He = John Baker | said | it had lost money for years"]),
    ]);
}

#[test]
#[rustfmt::skip]
fn no_statement() {
    check(&[
        ("The bridge was closed on Monday.", &[]),
        ("The so-called “bridge” was closed.", &[]),
        ("The report was long and the claims were old.", &[]),
        ("Check Also\n\nUS forces bring in materials and munitions", &[]),
        ("", &[]),
        ("said said said", &[]),
    ]);
}

#[test]
#[rustfmt::skip]
fn missed() {
    known_misses(&[
        ("what stands in brackets is a statement of its own", ("Maria Lopez said it was old (she added that it was safe).", &["indirect | Maria Lopez = Maria Lopez | said | it was old (she added that it was safe)"])),
        ("a title that is read is taken for speech", ("He read “War and Peace” in a week.", &[])),
        ("content runs on past the comma", ("Maria Lopez, who said that she was glad, left.", &["indirect | who = Maria Lopez | said | that she was glad"])),
    ]);
}

/// Text with much of what the rules look at.
fn quoted_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "“", "”", "\"", "'", "‘", "’", "''", "``", "«", "»", "„", "‚", "「", "」", ",", ".", "?",
            ":", ";", " — ", "-", "(", ")", "\n", "\n\n", " ", " ",
        ]).prop_map(str::to_owned),
        4 => prop::sample::select(vec![
            " said ", " says ", " Maria Lopez ", " he ", " she ", " that ", " who ", " told ",
            " according to ", " calling for ", " noting ", " the minister ", " pointed out ", " and ",
            " on Monday ", " Trump’s ", " it's ", " was ", " asked ", " to ", " in a statement ", " as ",
        ]).prop_map(str::to_owned),
        1 => prop::sample::select(vec!["\n\nQ: ", "? \n\nA: ", "\n“LOPEZ: ", "\n\n\"LOPEZ: why?"])
            .prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn holds_laws(text: &str) {
    let (sentences, entities, quotes) = analyze(text);
    keep_laws(text, &sentences, &quotes);
    for quote in &quotes {
        let speaker = quote.speaker.as_ref();
        assert!(speaker.and_then(|s| s.entity).is_none_or(|e| e < entities.entities.len()));
    }
    assert_eq!(quotes, analyze(text).2, "deterministic: {text:?}");
}

/// What holds of the quotes of every text, in every language.
pub(super) fn keep_laws(text: &str, sentences: &[Sentence], quotes: &[Quote]) {
    let inside = |span: Span| {
        span.end <= text.len()
            && !span.is_empty()
            && text.is_char_boundary(span.start)
            && text.is_char_boundary(span.end)
    };
    assert!(quotes.windows(2).all(|w| w[0].span.start <= w[1].span.start), "ordered: {text:?}");
    for quote in quotes {
        let mention = quote.speaker.as_ref().map(|speaker| speaker.mention);
        let parts = quote.content.iter().copied().chain(quote.cue).chain(mention);
        assert_eq!(parts.clone().reduce(Span::union), Some(quote.span), "{text:?}");
        assert!(parts.chain(quote.quotations.iter().copied()).all(inside), "{text:?}");
        assert!(!quote.content.is_empty(), "{text:?}");
        assert!(quote.content.windows(2).all(|w| w[0].end <= w[1].start), "{text:?}");
        assert!(quote.quotations.windows(2).all(|w| w[0].end <= w[1].start), "{text:?}");
        assert!(quote.first_sentence <= quote.last_sentence, "{text:?}");
        assert!(quote.last_sentence < sentences.len(), "{text:?}");
        assert!((0.0..=1.0).contains(&quote.confidence), "{text:?}");
        let holds =
            |outer: usize| quotes[outer].quotations.iter().any(|q| q.union(quote.span) == *q);
        assert!(quote.within.is_none_or(holds), "{text:?}");
    }
}

proptest! {
    #[test]
    fn laws_hold_on_quoted_text(text in quoted_text()) {
        holds_laws(&text);
    }

    #[test]
    fn laws_hold_on_any_text(text in any::<String>()) {
        holds_laws(&text);
    }
}

#[test]
#[rustfmt::skip]
fn quotations_within_quotations() {
    check(&[
        ("“The mayor told me: ‘It is closed,’ and I believed him,” Maria Lopez said.", &[
            "direct | Maria Lopez = Maria Lopez | said | “The mayor told me: ‘It is closed,’ and I believed him,”",
            "direct | The mayor | told | ‘It is closed,’",
        ]),
        ("Maria Lopez said: “Then I told them, ‘We will stay.’”", &[
            "direct | Maria Lopez = Maria Lopez | said: | “Then I told them, ‘We will stay.’”",
            "direct | I = Maria Lopez | told | ‘We will stay.’",
        ]),
        ("\"People ask, 'Who are you?' all the time,\" Maria Lopez said.", &[
            "direct | Maria Lopez = Maria Lopez | said | \"People ask, 'Who are you?' all the time,\"",
            "direct | People | ask | 'Who are you?'",
        ]),
        ("“John Smith told us, ‘He said, “No!” to me,’ and left,” Maria Lopez said.", &[
            "direct | Maria Lopez = Maria Lopez | said | “John Smith told us, ‘He said, “No!” to me,’ and left,”",
            "direct | John Smith = John Smith | told | ‘He said, “No!” to me,’",
            "direct | He | said | “No!”",
        ]),
        ("“It is the ‘RV capital of the world,’ people’s home,” Maria Lopez said.", &[
            "direct | Maria Lopez = Maria Lopez | said | “It is the ‘RV capital of the world,’ people’s home,”",
        ]),
    ]);
}

#[test]
#[rustfmt::skip]
fn turns_of_an_interview() {
    check(&[
        ("Q: Will you stay?\n\nA: We will. It is \"our home.\"\n\nQ: And then?\n\nA: No.", &[
            "direct | Q | : | Will you stay?",
            "direct | A | : | We will. It is \"our home.\"",
            "direct | Q | : | And then?",
            "direct | A | : | No.",
        ]),
        ("Maria Lopez: Bridge is safe\n\nMaria Lopez, the mayor, spoke to John Baker on Monday.\n\nBAKER: Is the bridge safe?\n\nLOPEZ: I said: “It is safe.”\n\nIt was built by us.\n\n(CROSSTALK)\n\nBAKER: Thank you.", &[
            "indirect | Maria Lopez = Maria Lopez | : | Bridge is safe",
            "direct | BAKER = John Baker | : | Is the bridge safe?",
            "direct | LOPEZ = Maria Lopez | : | I said: “It is safe.” + It was built by us.",
            "direct | I = Maria Lopez | said: | “It is safe.”",
            "direct | BAKER = John Baker | : | Thank you.",
        ]),
        // A list of names, and a list of what is no name.
        ("Lopez: Win in a walk.\n\nBaker: Stay in the race.", &[]),
        ("DATE: Monday?\n\nTIME: Noon.", &[]),
    ]);
}

/// Found by the laws: the source of a cue in an earlier sentence than the cue.
#[test]
fn a_source_may_stand_sentences_before_its_cue() {
    holds_laws(" it's \n\n told \n calling for ““““");
}

/// Twice the text must not take four times as long; the limit is generous so that
/// a slow machine passes.
#[test]
fn time_is_linear() {
    for piece in ["“", "\"", "'", "''", "said ", ", ", "he said, ", "“A” ", "Lopez, ", "and ", "("]
    {
        let text = piece.repeat(200_000 / piece.len());
        let sentences = [Sentence { span: Span::new(0, text.len()).trim(&text), paragraph: 0 }];
        let tokens = tokenize(&text);
        let start = std::time::Instant::now();
        attribute(
            &text,
            &sentences,
            &tokens,
            &entities::Entities::default(),
            &tagger::Tags::default(),
            &Unwatched,
        )
        .unwrap();
        assert!(start.elapsed().as_secs() < 5, "{piece:?} took {:?}", start.elapsed());
    }
}

/// What is not linear in the rules on top of the network, which reads nothing here.
#[test]
fn a_mebibyte_of_anything_takes_seconds_at_most() {
    for piece in ["“", "\"", "a", "said ", "A ", "Lavrov said ", "\n\n", "(", "“A,” he said. "]
    {
        let text = piece.repeat((1 << 20) / piece.len());
        let start = std::time::Instant::now();
        let sentences = sentences::split(&text, &LanguageTag::from_static("en"));
        let (tokens, tags) = (tokenize(&text), tagger::Tags::default());
        let entities = entities::tag(&text, &sentences, &tokens, &tags, &Unwatched).unwrap();
        attribute(&text, &sentences, &tokens, &entities, &tags, &Unwatched).unwrap();
        let took = start.elapsed();
        assert!(took.as_secs() < 30, "{piece:?} took {took:?}");
    }
}
