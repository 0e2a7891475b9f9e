//! Cases of each language, and the laws of quotes in all of them.

use proptest::prelude::*;

use super::attribute;
use crate::analysis::{
    Span, Unwatched,
    language::LanguageTag,
    quotes::{
        Quote,
        tests::{describe, keep_laws},
    },
    sentences::{self, Sentence},
    tokenize,
};

fn analyze(language: &'static str, text: &str) -> (Vec<Sentence>, Vec<Quote>) {
    let language = LanguageTag::from_static(language);
    let sentences = sentences::split(text, &language);
    let quotes = attribute(text, &language, &sentences, &tokenize(text), &Unwatched).unwrap();
    (sentences, quotes)
}

/// A text, and its quotes as `describe` writes them.
type Case<'a> = (&'a str, &'a [&'a str]);

fn check(language: &'static str, cases: &[Case]) {
    let mut problems = String::new();
    for &(text, expect) in cases {
        let (_, quotes) = analyze(language, text);
        let found: Vec<_> = quotes.iter().map(|quote| describe(text, quote)).collect();
        if found != expect {
            problems += &format!("\n{text}\nexpected {expect:#?}\n   found {found:#?}");
        }
    }
    assert!(problems.is_empty(), "{problems}");
}

#[test]
#[rustfmt::skip]
fn french() {
    check("fr", &[
        ("« Nous partageons cette position », a déclaré Sergueï Lavrov. Lavrov a ajouté que la Syrie avait besoin d'aide.", &[
            "direct | Sergueï Lavrov = Sergueï Lavrov | déclaré | « Nous partageons cette position »",
            "indirect | Lavrov = Sergueï Lavrov | ajouté | que la Syrie avait besoin d'aide",
        ]),
        ("Le ministre de l'Intérieur a affirmé : « Rien ne change. »", &["direct | Le ministre de l'Intérieur | affirmé | « Rien ne change. »"]),
        ("La ministre Annie Genevard a parlé. « Les bars ont fermé, a-t-elle expliqué, et les églises aussi. »", &[
            "direct | elle | expliqué | « Les bars ont fermé + et les églises aussi. »",
        ]),
        ("« C'est faux », dit-il.", &["direct | il | dit | « C'est faux »"]),
        ("« Tout va bien », s'est exclamée Jeanne Martin.", &[]),
        ("« Tout va bien », s'est exclamé Jean Martin.", &["direct | Jean Martin = Jean Martin | exclamé | « Tout va bien »"]),
        ("— Où est le pont, monsieur ? demanda-t-elle.\n— Il est là, dit-il.", &[
            "direct | - | - | — Où est le pont, monsieur ? demanda-t-elle.",
            "direct | il | dit | — Il est là",
        ]),
        ("Le pont est sûr, a assuré hier la mairie.", &["indirect | la mairie | assuré | Le pont est sûr"]),
        ("Le pont, a assuré Luc Noir, est sûr et solide.", &["indirect | Luc Noir = Luc Noir | assuré | Le pont + est sûr et solide"]),
        ("Selon les autorités, le pont est sûr.", &["indirect | les autorités | Selon | le pont est sûr"]),
        ("Le pont est « trop vieux », selon Luc Noir, maire de Sète.", &["mixed | Luc Noir, maire de Sète = Luc Noir | selon | Le pont est « trop vieux »"]),
        ("Luc Noir, maire de Sète, a dit que le pont était « trop vieux ».", &["mixed | Luc Noir, maire de Sète, = Luc Noir | dit | que le pont était « trop vieux »"]),
        ("Macron : « L'Europe doit agir »", &["direct | Macron = Macron | : | « L'Europe doit agir »"]),
        ("Walid al-Moualem, ministre, a parlé. M. Moualem a dit que tout va bien.", &["indirect | M. Moualem = Walid al-Moualem | dit | que tout va bien"]),
        ("Le ministre Walid al-Moualem a dit que tout va bien.", &["indirect | Le ministre Walid al-Moualem = Walid al-Moualem | dit | que tout va bien"]),
        ("Luc Noir a dit que le pont était vieux, ajoutant que la mairie le savait.", &[
            "indirect | Luc Noir = Luc Noir | dit | que le pont était vieux",
            "indirect | Luc Noir = Luc Noir | ajoutant | que la mairie le savait",
        ]),
        ("L’Agence des ponts et des routes (APR) a dit que tout va bien.", &["indirect | L’Agence des ponts et des routes (APR) = Agence des ponts et des routes | dit | que tout va bien"]),
        ("La ministre Annie Genevard a parlé. La ministre a dit que tout va bien.", &["indirect | La ministre = Annie Genevard | dit | que tout va bien"]),
        ("La ministre Annie Genevard et la ministre Jeanne Noir ont parlé. La ministre a dit que tout va bien.", &["indirect | La ministre | dit | que tout va bien"]),
        ("Luc Noir a dit que tout va bien.\n« Rien ne change », a-t-il dit.\n« Tout va très bien. »", &[
            "indirect | Luc Noir = Luc Noir | dit | que tout va bien",
            "direct | il = Luc Noir | dit | « Rien ne change »",
            "direct | il = Luc Noir | - | « Tout va très bien. »",
        ]),
        ("Luc Noir appelait le pont « le vieux tas » hier.", &["direct | Luc Noir = Luc Noir | appelait | « le vieux tas »"]),
        // Nobody says anything.
        ("Le « Don Goyo » est actif. Il critique la décision qu'il a lue. La demande que la mairie a reçue est longue.", &[]),
    ]);
}

#[test]
#[rustfmt::skip]
fn german() {
    check("de", &[
        ("„Die Lage ist ernst“, sagte Bundeskanzlerin Angela Merkel am Montag. Merkel betonte, dass Hilfe nötig sei.", &[
            "direct | Bundeskanzlerin Angela Merkel = Angela Merkel | sagte | „Die Lage ist ernst“",
            "indirect | Merkel = Angela Merkel | betonte | dass Hilfe nötig sei",
        ]),
        ("Der Minister hat gesagt: „Wir helfen.“", &["direct | Der Minister | gesagt | „Wir helfen.“"]),
        ("„Wir helfen gern“, hat der Minister gesagt.", &["direct | der Minister | gesagt | „Wir helfen gern“"]),
        ("Er sagte, das Verschwinden der Bars sei verständlich.", &["indirect | Er | sagte | das Verschwinden der Bars sei verständlich"]),
        ("»Das ist neu«, so begann es. »Das ist sehr neu«, meint Jens Spahn.", &["direct | Jens Spahn = Jens Spahn | meint | »Das ist sehr neu«"]),
        ("„Wir helfen gern und sofort“, so Angela Merkel in Berlin. So ist das Leben, und so weiter.", &["direct | Angela Merkel = Angela Merkel | so | „Wir helfen gern und sofort“"]),
        ("In einer Rede vor der Versammlung der Stadt erklärte Minister Jens Spahn, dass Hilfe kommt.", &["indirect | Minister Jens Spahn = Jens Spahn | erklärte | dass Hilfe kommt"]),
        ("Laut Polizei wurden drei Menschen verletzt.", &["indirect | Polizei | Laut | wurden drei Menschen verletzt"]),
        ("„Die Brücke“, sagte er, „ist sehr alt.“", &["direct | er | sagte | „Die Brücke“ + „ist sehr alt.“"]),
        ("Wie die Polizei meldete, wurden drei Menschen verletzt.", &["indirect | die Polizei | meldete | wurden drei Menschen verletzt"]),
        ("Angela Merkel stellte am Montag fest, dass Hilfe nötig sei.", &["indirect | Angela Merkel = Angela Merkel | stellte | dass Hilfe nötig sei"]),
        ("Brücken, fügte er hinzu, könnten im Winter gefährlich werden.", &["indirect | er | fügte | Brücken + könnten im Winter gefährlich werden"]),
        ("„Wir sahen das Licht.\nDann war es dunkel“, sagte Angela Merkel.", &["direct | Angela Merkel = Angela Merkel | sagte | „Wir sahen das Licht. + Dann war es dunkel“"]),
        ("Am Montag sagte ein Sprecher der Bahn, dass Züge ausfallen.", &["indirect | ein Sprecher der Bahn | sagte | dass Züge ausfallen"]),
        // Nobody says anything.
        ("Keiner konnte glauben, was geschah. Die Polizei fordert die Anwohner auf, sich zu melden.", &[]),
    ]);
}

#[test]
#[rustfmt::skip]
fn spanish() {
    check("es", &[
        ("«Compartimos esa posición», dijo el ministro Serguéi Lavrov. Lavrov añadió que Siria necesita ayuda.", &[
            "direct | el ministro Serguéi Lavrov = Serguéi Lavrov | dijo | «Compartimos esa posición»",
            "indirect | Lavrov = Serguéi Lavrov | añadió | que Siria necesita ayuda",
        ]),
        ("Pedro Sánchez, presidente del Gobierno, ha asegurado que \"no habrá recortes\".", &["mixed | Pedro Sánchez, presidente del Gobierno, = Pedro Sánchez | asegurado | que \"no habrá recortes\""]),
        ("Según la policía, el puente es seguro.", &["indirect | la policía | Según | el puente es seguro"]),
        ("Dijo que era comprensible.", &["indirect | - | Dijo | que era comprensible"]),
        ("—No tengo nada —respondió Ana Ruiz—. Nada de nada.", &["direct | Ana Ruiz = Ana Ruiz | respondió | —No tengo nada + Nada de nada."]),
        ("\"No tengo nada que decir\", respondió.", &["direct | - | respondió | \"No tengo nada que decir\""]),
        ("Fuentes del Gobierno señalaron el lunes que el plan sigue.", &["indirect | Fuentes del Gobierno | señalaron | que el plan sigue"]),
        // Nobody says anything.
        ("Bromeó sobre las críticas que recibiría. Leyó \"El Quijote\" ayer.", &[]),
    ]);
}

#[test]
#[rustfmt::skip]
fn italian() {
    check("it", &[
        ("“Condividiamo questa posizione”, ha detto il ministro Sergej Lavrov. Lavrov ha aggiunto che la Siria ha bisogno di aiuto.", &[
            "direct | il ministro Sergej Lavrov = Sergej Lavrov | detto | “Condividiamo questa posizione”",
            "indirect | Lavrov = Sergej Lavrov | aggiunto | che la Siria ha bisogno di aiuto",
        ]),
        ("L'esperta, Tiffany Ng dell'Università, ha sottolineato che il ponte è sicuro.", &["indirect | L'esperta, Tiffany Ng dell'Università, = Tiffany Ng | sottolineato | che il ponte è sicuro"]),
        ("Secondo la procura, il ponte era vecchio.", &["indirect | la procura | Secondo | il ponte era vecchio"]),
        ("Matteo Renzi: «Il governo deve andare avanti»", &["direct | Matteo Renzi = Matteo Renzi | : | «Il governo deve andare avanti»"]),
    ]);
}

#[test]
#[rustfmt::skip]
fn portuguese() {
    check("pt", &[
        ("“Partilhamos essa posição”, disse o ministro Serguei Lavrov. Lavrov acrescentou que a Síria precisa de ajuda.", &[
            "direct | o ministro Serguei Lavrov = Serguei Lavrov | disse | “Partilhamos essa posição”",
            "indirect | Lavrov = Serguei Lavrov | acrescentou | que a Síria precisa de ajuda",
        ]),
        ("\"A ponte é velha\", o ministro afirmou, \"e vai cair.\"", &["direct | o ministro | afirmou | \"A ponte é velha\" + \"e vai cair.\""]),
        ("De acordo com o delegado, a ponte é segura.", &["indirect | o delegado | De acordo com | a ponte é segura"]),
        ("Luiz Inácio Lula da Silva declarou nesta segunda-feira que o plano continua.", &["indirect | Luiz Inácio Lula da Silva = Luiz Inácio Lula da Silva | declarou | que o plano continua"]),
    ]);
}

#[test]
#[rustfmt::skip]
fn dutch() {
    check("nl", &[
        ("‘Wij delen dat standpunt’, zei minister Sergej Lavrov. Lavrov benadrukte dat Syrië hulp nodig heeft.", &[
            "direct | minister Sergej Lavrov = Sergej Lavrov | zei | ‘Wij delen dat standpunt’",
            "indirect | Lavrov = Sergej Lavrov | benadrukte | dat Syrië hulp nodig heeft",
        ]),
        ("Premier Mark Rutte heeft gezegd: \"Dit is niet goed.\"", &["direct | Premier Mark Rutte = Mark Rutte | gezegd | \"Dit is niet goed.\""]),
        ("De brug is veilig, aldus de politie.", &["indirect | de politie | aldus | De brug is veilig"]),
        ("De politie vertelde de krant dat de brug veilig is.", &["indirect | De politie | vertelde | dat de brug veilig is"]),
    ]);
}

#[test]
#[rustfmt::skip]
fn russian() {
    check("ru", &[
        ("«Мы разделяем эту позицию», — заявил министр Сергей Лавров. Лавров добавил, что Сирии нужна помощь.", &[
            "direct | министр Сергей Лавров = Сергей Лавров | заявил | «Мы разделяем эту позицию»",
            "indirect | Лавров = Сергей Лавров | добавил | что Сирии нужна помощь",
        ]),
        ("«Мост старый, — сказал он. — И он упадёт».", &["direct | он | сказал | «Мост старый + И он упадёт»"]),
        ("По словам Лаврова, мост безопасен.", &["indirect | Лаврова = Лаврова | По словам | мост безопасен"]),
        ("— Мост старый, — сказал Иван Петров. — И он скоро упадёт.", &["direct | Иван Петров = Иван Петров | сказал | — Мост старый, + И он скоро упадёт."]),
        ("Иван Петров, глава города, сообщил: «Мост закрыт».", &["direct | Иван Петров, глава города, = Иван Петров | сообщил | «Мост закрыт»"]),
    ]);
}

#[test]
#[rustfmt::skip]
fn languages_without_lists_have_what_stands_in_marks() {
    check("pl", &[
        ("„To jest bardzo ważne” – powiedział premier.", &[]),
        ("„To jest bardzo ważne.” Powiedział premier. Film „Ida” jest dobry.", &["direct | - | - | „To jest bardzo ważne.”"]),
    ]);
    check("ja", &[("首相は「この問題はとても重要だと思っています」と述べた。映画「七人の侍」は有名だ。", &["direct | - | - | 「この問題はとても重要だと思っています」"])]);
    check("sv", &[("”Vi delar den ståndpunkten om Syrien fullt ut i dag”, sade Lavrov.", &["direct | - | - | ”Vi delar den ståndpunkten om Syrien fullt ut i dag”"])]);
}

/// Text with much of what the rules look at, of all languages at once.
fn quoted_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "“", "”", "\"", "'", "’", "«", "»", "„", "「", "」", ",", ".", "?", ":", ";", " — ", "-",
            "(", ")", "\n", "\n\n", " ", " ",
        ]).prop_map(str::to_owned),
        4 => prop::sample::select(vec![
            " dit ", " a déclaré ", " dit-il", " a-t-elle dit ", " sagte ", " hat ", " gesagt ", " dijo ",
            " que ", " qu'il ", " dass ", " che ", " selon ", " Laut ", " der ", " le ", " el ", " de ",
            " Merkel ", " Angela ", " и ", " сказал ", " он ", " что ", " по словам ", " ist ", " y ",
            " lundi ", " nicht ", " minister ", "\n\nQ: ", " ?\n\nMERKEL : ", " Sainsbury's ", " Dr. ",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

const LANGUAGES: &[&str] = &["de", "es", "fr", "it", "nl", "pt", "ru", "ja", "pl"];

fn holds_laws(text: &str) {
    for language in LANGUAGES {
        let (sentences, quotes) = analyze(language, text);
        keep_laws(text, &sentences, &quotes);
        assert_eq!(quotes, analyze(language, text).1, "deterministic: {text:?}");
    }
}

#[test]
#[rustfmt::skip]
fn turns_of_an_interview() {
    check("fr", &[("Question : Que pensez-vous de la loi ?\n\nRéponse : Elle est juste. J’ai dit « oui ».", &[
        "direct | Question | : | Que pensez-vous de la loi ?",
        "direct | Réponse | : | Elle est juste. J’ai dit « oui ».",
    ])]);
    check("ru", &[("Вопрос: Вы встретитесь?\n\nСергей Лавров: Да. Мы встретимся.\n\nВопрос: Где?\n\nСергей Лавров: В Сочи.", &[
        "direct | Вопрос | : | Вы встретитесь?",
        "direct | Сергей Лавров = Сергей Лавров | : | Да. Мы встретимся.",
        "direct | Вопрос | : | Где?",
        "direct | Сергей Лавров = Сергей Лавров | : | В Сочи.",
    ])]);
    check("de", &[("SPIEGEL: Bleiben Sie im Amt?\n\nMERKEL: Ja.\n\nSPIEGEL: Und danach?\n\nMERKEL: Das wird sich zeigen.", &[
        "direct | SPIEGEL = SPIEGEL | : | Bleiben Sie im Amt?",
        "direct | MERKEL = MERKEL | : | Ja.",
        "direct | SPIEGEL = SPIEGEL | : | Und danach?",
        "direct | MERKEL = MERKEL | : | Das wird sich zeigen.",
    ])]);
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

/// Twice the text must not take four times as long; the limit is generous so that a
/// slow machine passes.
#[test]
fn time_is_linear() {
    for piece in [
        "« ",
        "dit ",
        ", ",
        "a dit que ",
        ", dit-il, ",
        "« A » ",
        "Lavrov ",
        "et ",
        "(",
        "dans x, ",
        "selon Paul, ",
        "Jean Paul dit que ",
        "— dit ",
        "« A, dit-il, b » ",
        "x, a dit Jean Paul, ",
    ] {
        let text = piece.repeat(400_000 / piece.len());
        let sentences = [Sentence { span: Span::new(0, text.len()).trim(&text), paragraph: 0 }];
        let tokens = tokenize(&text);
        let start = std::time::Instant::now();
        attribute(&text, &LanguageTag::from_static("fr"), &sentences, &tokens, &Unwatched).unwrap();
        assert!(start.elapsed().as_secs() < 5, "{piece:?} took {:?}", start.elapsed());
    }
}
