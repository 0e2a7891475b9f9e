//! What `split` must do: one line a case, and the laws that hold for any text.

use proptest::prelude::*;

use super::{Sentence, Span, split};
use crate::analysis::language::LanguageTag;

/// Splits `text`, in which "|" stands where one sentence ends and the next starts.
fn check(language: &str, marked: &str) {
    let text = marked.replace('|', "");
    let sentences = split(&text, &LanguageTag::parse(language).unwrap());
    let found: Vec<_> = sentences.iter().map(|sentence| sentence.span.of(&text)).collect();
    let expect: Vec<_> = marked.split('|').map(str::trim).collect();
    assert_eq!(found, expect);
}

#[test]
fn plain_sentences() {
    check("en", "Hello world.| My name is Jonas!| What is yours?| Mine is 7.| 81 people came.");
    check("en", "Resolution no.2254 cost $3.5 million, 2.5% of it on Jan. 5.| It passed.");
    check(
        "en",
        "Wait... what?!| No…| Yes.| He said . . . nothing.| I never meant that....| She left.",
    );
    check(
        "en",
        "See https://a.example.com/x.html?y=1.Z! now.| Mail a.b@c.example.| www.d.example is old.",
    );
    check("en", "That is the end.|The next follows.| Version 2.The rest of node.Js is e.g.Fine.");
    check("en", "i like cats. |they are small.| do you? |i do.");
}

#[test]
fn abbreviations_and_initials() {
    check("en", "Gen. Smith met Sen. J. R. Jones and Dr. A.B. Lee in St. Louis.| They talked.");
    check("en", "I live in the U.S.| He likes the U.S. Army, Apple Inc. and Co. Ltd. products.");
    check("en", "It is 5 p.m. in Washington, D.C.| The U.S. Senate sat.| Dogs did too.");
    check("en", "He is No. 5, see Fig. IV on p. 55.| He said no.| I agree.");
    check(
        "de",
        "Am 3. Oktober kam Dr. Meier, z. B. mit Frau Prof. Kurz usw.| Er blieb bis 1990.| Dann ging er.",
    );
    check("fr", "M. Dupont et Mme. Durand, etc.| Ils sont là.| J.-C. Martin aussi.");
    check("es", "El Sr. López vive en EE.UU. desde 1990.| ¿Por qué?| ¡Quién sabe!");
    check("it", "Sono l'Ing. Rossi.| Il dott. Bianchi vive qui.");
    check("pt", "O Sr. Silva mora na Av. Paulista, n. 5.| Ele saiu.");
    check("nl", "Dhr. Jansen en mevr. de Vries, d.w.z. wij, enz.| Het is zo.");
    check("ru", "В 1999 г. он жил на ул. Ленина, т.е. здесь.| А. С. Пушкин тоже.| Да.");
}

#[test]
fn ordinals_and_dates() {
    check("de", "Am 3. Mai siegte sie mit 2:1.| Berlin feierte bis zum 21. 3. 1990.| Dann nicht.");
    check("cs", "Dne 28. října vyhrál 3. ročník.| V roce 1990.| Karel IV. Lucemburský ne.");
    check("no", "Den 17. mai kom kl. 12 bl.a. dr. Hansen.| Han gikk.");
    check(
        "sr-Latn",
        "Dana 5. oktobra 2000. godine, tj. u utorak, došao je g. Petrović.| On je otišao.",
    );
    check("bs", "Дана 5. октобра дошао је др Петровић, нпр. са г. Јовићем.| Он је отишао.");
    check("hu", "A II. Rákóczi u. 3. szám, pl. itt.| Ez az.");
    check("en", "It was on 3.| October came.");
}

#[test]
fn quotations_and_brackets() {
    check(
        "en",
        "“We share stance on Syria,” Lavrov said.| “It has no alternative,” he said , calling for peace.",
    );
    check("en", "“Will you go?” he asked.| “Never!” Mr. bin Alawi said.| “Why?”| She left.");
    check(
        "en",
        "He said: “It is over.”| Then he left.| \"It is.\"| \"Is it?\"| (So it was.)| ‘Yes.’| The end",
    );
    check(
        "en",
        "He was late (again!).| The U.S. (the U.N.’s host) agreed [1].| It did.[2] [3]| “No”.| Yes.",
    );
    check("de", "„Ich gehe.“| Er sagte: »Gut.«| „Wann?“, fragte sie.| „Nie!“ sagte er.");
    check("fr", "Il a dit : « Oui. »| Puis il est parti.| « Non ! » dit-elle.");
    check("nl", ",,Dit is het. ''| Hij ging.");
    check("en", "She said so. “\n\n|He did not. \"");
    check("en", "Great! 😀👍🏽| Thanks. :)| Bye.");
}

#[test]
fn other_scripts() {
    check("zh", "他说：“你好。”|然后走了。|真的吗？|是！");
    check("ja", "「行きます。」と言った。|３．２９％です。|本当ですか？|はい。");
    check("hi", "यह सच है। |क्या आप ठीक हैं? |हाँ॥");
    check("ar", "كيف حالك؟ |أنا بخير. |شكرا!");
    check("ur", "کیا حال ہے؟ |میں ٹھیک ہوں۔ |شکریہ۔");
    check("hy", "Ի՞նչ ես մտածում։ |Ոչինչ: |Այո։");
    check("my", "နေကောင်းလား။|ကောင်းပါတယ်။");
    check("am", "እንደምን አለህ፧|መልካም ቀን።");
    check("el", "Πού είναι; |Εδώ είναι, κ. Παπαδόπουλε.");
    check("he", "הוא גר בארה\"ב. |שניים מהם באו עם א. ב. יהושע.");
    check("ta", "ஏ.எம். கோபு, கே. சுப்பராயன் வந்தனர். |அவர் போனார்.");
    check("mr", "डॉ. आंबेडकर व एस. एम. जोशी आले आहेत. |ते गेले.");
    check("bn", "ডা. রহমান ও এম. এ. হক এলেন। |তিনি গেলেন।");
}

#[test]
fn news_and_lists() {
    check(
        "en",
        "Lavrov: US presence contributes to instability\n\n|Moscow, SANA- Russian Foreign Minister spoke.\n\n|Check Also\n\n|Hasaka, SANA-US forces brought in material …",
    );
    check("en", "A headline\n|A caption by J. Smith\n|The text starts.| It ends.");
    check("en", "1. The first item.\n|2. The second\n|• 3. The third");
    check(
        "en",
        "IV. The fourth chapter| Q. What is it?|"
            .trim_end_matches('|')
            .replace('|', "\n|")
            .as_str(),
    );
    check(
        "en",
        "It was a long time ago that the minister had said so, and nobody now\nremembered. |He went on to other things, as everybody does in the end; the\nUnited Nations did too.",
    );
}

#[test]
fn paragraphs_are_counted() {
    let text = "\u{feff}Head\r\n\r\nOne. Two.\r\nThree.\n \n\nFour\u{2029}Five";
    let language = LanguageTag::UNDETERMINED;
    let paragraphs: Vec<_> = split(text, &language).iter().map(|s| s.paragraph).collect();
    assert_eq!(paragraphs, [0, 1, 1, 2, 3, 4]);
    assert!(split(" \r\n\t\u{a0}", &language).is_empty());
}

/// The laws of `split`, for any text.
fn obeys_laws(text: &str, sentences: &[Sentence]) -> Result<(), TestCaseError> {
    let mut covered = Span::new(0, 0);
    let mut paragraph = None;
    for sentence in sentences {
        let gap = Span::new(covered.end, sentence.span.start);
        prop_assert!(gap.trim(text).is_empty(), "only white space between sentences");
        prop_assert!(!sentence.span.is_empty());
        prop_assert_eq!(sentence.span.trim(text), sentence.span);
        let next = paragraph.map_or(0, |paragraph| paragraph + 1);
        prop_assert!(sentence.paragraph == next || Some(sentence.paragraph) == paragraph);
        paragraph = Some(sentence.paragraph);
        covered = sentence.span;
    }
    prop_assert!(Span::new(covered.end, text.len()).trim(text).is_empty());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn laws_hold_for_any_text(
        pieces in prop::collection::vec(prop_oneof![
            "\\PC{0,4}",
            any::<char>().prop_map(String::from),
            prop::sample::select(vec![
                " ", "\n", "\r\n", "\r", "\u{feff}", "\0", "\u{a0}", "\u{2028}", "\u{85}", ".", "...", "…",
                "?", "!", "\"", "'", "“", "”", "«", "»", ")", "(", "[1]", "[", "]", "。", "」", "।",
                "Dr", "U.S", "a", "The", "said", "No", "5", "3.", "👩\u{200d}👩\u{200d}👧", "🏳️\u{200d}🌈",
                "e\u{301}", "שלום", "مرحبا؟", "漢字", "- ", "• ", ",", "://", ";", ":", "''", "`", "㍿", "İ",
            ]).prop_map(String::from),
        ], 0..40),
        language in prop::sample::select(super::LANGUAGES.to_vec()),
    ) {
        let text = pieces.concat();
        let sentences = split(&text, &LanguageTag::from_static(language));
        obeys_laws(&text, &sentences)?;
    }
}

#[test]
fn hostile_texts_take_linear_time() {
    let language = LanguageTag::from_static("en");
    let pieces = [
        "“", ".", "\"", ". ", "! (", "a.", ".[1] ", "x", "(.)", ".\n", "\n", "\r", "5.", ". \"",
        ".😀 ", "A. ", ".''", "x\n", "A> B ", "1) a ", "</p ", "a.b@c ", "x://", "a: “B ",
    ];
    for piece in pieces {
        for head in ["(", "- ", "x", " "] {
            let text = head.repeat(1 << 14) + &piece.repeat(1 << 14);
            obeys_laws(&text, &split(&text, &language)).unwrap();
        }
    }
}
