//! Cases: one line of text with its mentions marked, one case. And laws.

use proptest::prelude::*;

use super::{Entities, EntityType, tag};
use crate::analysis::{Unwatched, language::LanguageTag, sentences, tagger, tokenize};

fn analyze(text: &str) -> Entities {
    let sentences = sentences::split(text, &LanguageTag::from_static("en"));
    let tags = tagger::tag(text, &sentences);
    tag(text, &sentences, &tokenize(text), &tags, &Unwatched).unwrap()
}

fn label(kind: EntityType) -> &'static str {
    match kind {
        EntityType::Person => "PERSON",
        EntityType::Organization => "ORG",
        EntityType::Location => "LOC",
        EntityType::Norp => "NORP",
        EntityType::Facility => "FAC",
        EntityType::Product => "PRODUCT",
        EntityType::Misc => "MISC",
        EntityType::Date => "DATE",
        EntityType::Money => "MONEY",
        EntityType::Percent => "PERCENT",
        EntityType::Email => "EMAIL",
        EntityType::Url => "URL",
    }
}

/// What is wrong with the mentions of a text; `marked` is the text with every mention as
/// "[TYPE words]".
fn problem(marked: &str) -> Option<String> {
    let mut text = String::new();
    for (i, piece) in marked.split('[').enumerate() {
        match piece.split_once(' ').filter(|_| i > 0) {
            Some((_, rest)) => text.push_str(&rest.replacen(']', "", 1)),
            None => text.push_str(piece),
        }
    }
    let entities = analyze(&text);
    let mut found = String::new();
    let mut at = 0;
    for mention in &entities.mentions {
        found.push_str(&text[at..mention.span.start]);
        found.push_str(&format!("[{} {}]", label(mention.kind), mention.span.of(&text)));
        at = mention.span.end;
    }
    found.push_str(&text[at..]);
    (found != marked).then(|| format!("\nexpected {marked}\n   found {found}"))
}

fn check(cases: &[&str]) {
    let problems: Vec<_> = cases.iter().filter_map(|marked| problem(marked)).collect();
    assert!(problems.is_empty(), "{}", problems.concat());
}

/// Cases known to come out wrong, each with the reason: tells when one no longer does.
fn known_misses(cases: &[(&str, &str)]) {
    for (reason, marked) in cases {
        assert!(problem(marked).is_some(), "no longer a miss ({reason}): {marked}");
    }
}

/// The names of the entities of `text`, each with the number of its mentions.
fn check_groups(text: &str, expect: &[(&str, usize)]) {
    let entities = analyze(text);
    let found: Vec<(&str, usize)> =
        entities.entities.iter().map(|e| (e.name.as_str(), e.mentions.len())).collect();
    assert_eq!(found, expect, "{text}");
}

#[test]
#[rustfmt::skip]
fn people() {
    check(&[
        "He met [NORP Russian] Foreign Minister [PERSON Sergey Lavrov] there.",
        "[PERSON Lavrov] remarks’ came after [PERSON Sergey Lavrov] left.",
        "His counterpart [PERSON Yusuf bin Alawi] came. Then [PERSON bin Alawi] spoke.",
        "We saw Mr. [PERSON Brandt] and Dr [PERSON Jane Q. Public].",
        "“We agree,” [PERSON Mwangari Otunde] said.",
        "He met [LOC U.S.] Secretary of State [PERSON Anthony Blinken] and Sen. [PERSON Jeff Flake] (R-AZ).",
        "He heard [PERSON Christine Ford]. [PERSON Ford] said so; a [ORG BroadbandNow] spokesman left.",
        "Chief [PERSON Mwangari Otunde] of [LOC Kenya] spoke.",
        "They heard Sheikh [PERSON Zayed bin Sultan Al Nahyan] speak.",
        "[PERSON Sarah Houston] won the race. [PERSON Houston] said she was glad.",
        "The [LOC US] President, [PERSON Joe Biden], and Chief Election Commissioner spoke.",
    ]);
}

#[test]
#[rustfmt::skip]
fn bodies() {
    check(&[
        "The [ORG UN Security Council] and the [ORG Ministry of Health] met.",
        "[LOC Valletta], [ORG MNA]- The ferry sank.",
        "[LOC BEIRUT] ([ORG MNA]) — The ferry sank.",
        "The [ORG Food and Agriculture Organization] of old and the [NORP Russian] army.",
        "He joined [ORG Meru University of Science and Technology] and [ORG Kenya Airways].",
        "A group called [ORG Action Against Torture] ([ORG AAT]) said so. [ORG AAT] left.",
        "[LOC Hasaka], [ORG SANA]-[LOC US] occupation forces brought in vehicles.",
        "He is Chief of Strategic Communications at the [ORG Foreign Ministry].",
    ]);
}

#[test]
#[rustfmt::skip]
fn places_and_peoples() {
    check(&[
        "A [LOC Hong Kong]-based firm with [NORP Chinese]-backed and pro-[NORP Russian] friends.",
        "They live in [LOC Trinidad and Tobago] or in [LOC sub-Saharan Africa].",
        "He fled [FAC al-Rukban Camp] for the [LOC al-Tanf] area in [LOC Syria].",
        "Tell us that the [LOC U.S.] and [LOC US] differ.",
        "[NORP British Indians] and [NORP Arizonans] voted.",
        "Trade between [LOC Jordan] and [LOC Turkey] grew.",
    ]);
}

#[test]
#[rustfmt::skip]
fn other_names() {
    check(&[
        "They crossed the [FAC King Hussein Bridge] to [FAC Queen Alia International Airport].",
        "The [MISC Security Council Resolution 2254] has no alternative.",
        "It won the [MISC 2022 FIFA World Cup] before [MISC Covid-19].",
    ]);
}

#[test]
#[rustfmt::skip]
fn forms() {
    check(&[
        "It asks [MONEY R120 000] or [MONEY $3.18-$3.81] for a ticket.",
        "On [DATE Monday, February 14, 2022] or [DATE 14 February] and in the [DATE 1990s].",
        "It may rise in [DATE May]; we march on in [DATE March 2020].",
        "About 2000 people came in [DATE 2019], 1500 of them late.",
        "It cost [MONEY $3.5 million], then [MONEY 53 billion US dollars] and [MONEY R92 million].",
        "Up [PERCENT 12.5%], then [PERCENT five percent] and [PERCENT 3 per cent].",
        "Write to [EMAIL a.b@example.org] or see ([URL www.example.com/x?y=1]).",
    ]);
}

#[test]
#[rustfmt::skip]
fn missed() {
    known_misses(&[
        ("a name with \"and\" breaks apart", "The [ORG UN Security Council] and the [ORG Ministry of Hajj and Umrah] met."),
        ("a body called by its last word is left out", "The [ORG Wairoa District Council] met. Later the [ORG Council] voted."),
        ("whose department it is becomes part of its name", "[LOC Victoria]'s [ORG Department of Environment, Land, Water and Planning] agreed."),
        ("a panel is taken for an event", "The Minister of Industry and Advanced Technology came to the [ORG Panel on Climate Change]."),
        ("conferences and classes with a number", "It asks [MONEY R120 000] or [MONEY $3.18-$3.81] for COP 27, which CFC 1 won."),
        ("a province keeps the word behind its name", "The displaced [NORP Syrians] went to [LOC Quvambo] province."),
    ]);
}

#[test]
#[rustfmt::skip]
fn first_words_need_proof() {
    check(&[
        "Officials left. However, nobody came. Speaking later, he smiled.",
        "Contacted yesterday, Deputy Attorney General [PERSON Kazi Hassan] said no.",
        "New Rules For Old Houses: What You Need To Know",
        "Why [LOC US] Troops Leave [LOC Syria] Amid Talks",
        "Will he come? Grant them that. [PERSON Will Smith] laughed.",
        "PHOTO: THE MINISTER AND HIS MEN LEFT [LOC RUSSIA] AT NIGHT",
    ]);
}

#[test]
fn groups() {
    check_groups(
        "Lavrov: no. Sergey Lavrov met Yusuf bin Alawi. Lavrov and bin Alawi spoke.",
        &[("Sergey Lavrov", 3), ("Yusuf bin Alawi", 2)],
    );
    check_groups(
        "Bill Clinton met Hillary Clinton. Bill smiled, and Hillary Clinton left.",
        &[("Bill Clinton", 2), ("Hillary Clinton", 2)],
    );
    check_groups(
        "The UN Security Council met. The Security Council, the United Nations and the UN agree.",
        &[("UN Security Council", 2), ("United Nations", 2)],
    );
    check_groups("The US, the United States and the U.S. agree.", &[("United States", 3)]);
    check_groups("Xi Jinping spoke. Later Xi left.", &[("Xi Jinping", 2)]);
    // A noun that the text has in small letters too begins no name.
    check_groups(
        "Many hibakusha are old. Hibakusha Shigeaki Mori became famous. Mori said he would stay.",
        &[("Shigeaki Mori", 2)],
    );
    check_groups("RUSSIA and Russia; Syrian and Syrians.", &[("RUSSIA", 2), ("Syrian", 2)]);
}

fn check_invariants(text: &str) {
    let sentences = sentences::split(text, &LanguageTag::from_static("en"));
    let tokens = tokenize(text);
    let tags = tagger::tag(text, &sentences);
    let found = tag(text, &sentences, &tokens, &tags, &Unwatched).unwrap();
    let mut end = 0;
    for (i, mention) in found.mentions.iter().enumerate() {
        assert!(mention.span.start >= end && !mention.span.is_empty());
        assert!((0.0..=1.0).contains(&mention.confidence));
        assert!(!mention.span.of(text).is_empty());
        assert!(found.entities[mention.entity].mentions.contains(&i));
        assert!(
            sentences[mention.sentence]
                .span
                .contains(crate::analysis::Span::new(mention.span.start, mention.span.start))
        );
        end = mention.span.end;
    }
    let mut all: Vec<usize> = found.entities.iter().flat_map(|e| e.mentions.clone()).collect();
    assert!(found.entities.iter().all(|e| !e.name.is_empty() && e.mentions.is_sorted()));
    assert!(found.entities.is_sorted_by_key(|e| e.mentions[0]));
    all.sort_unstable();
    assert!(all.into_iter().eq(0..found.mentions.len()));
    assert_eq!(found, tag(text, &sentences, &tokens, &tags, &Unwatched).unwrap());
}

const PIECES: &[&str] = &[
    "Sergey",
    "Lavrov",
    "bin",
    "al-",
    "UN",
    "the",
    "of",
    "and",
    " ",
    " ",
    " ",
    "\n",
    ".",
    ",",
    "(",
    ")",
    "“",
    "’s",
    "'",
    "-",
    "&",
    "$",
    "5",
    "2022",
    "February",
    "14",
    "%",
    "Ministry",
    "Council",
    "US",
    "Russian",
    "President",
    "Mr.",
    "É",
    "ß",
    "İ",
    "ﬁ",
    "東京",
    "\u{301}",
    "a@b.cd",
    "www.",
    "said",
    "in",
    "Lake",
    "Cup",
    "to",
    "crore",
    "Rs",
    "COP",
    "/",
];

proptest! {
    #[test]
    fn any_text_keeps_the_laws(text in "\\PC{0,200}") {
        check_invariants(&text);
    }

    #[test]
    fn any_mix_of_pieces_keeps_the_laws(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)
    ) {
        check_invariants(&pieces.concat());
        check_invariants(&pieces.join(" "));
    }
}
