//! Amounts of money: "$3.5 million", "53 billion US dollars", "R92m".

use super::words::Word;
use crate::analysis::TokenKind;

const SCALES: &[&str] = &[
    "hundred", "thousand", "million", "billion", "trillion", "crore", "crores", "lakh", "lakhs",
    "bn", "mn", "mln", "bln", "m", "b", "mil", "k",
];
const COUNTS: &[&str] = &["tens", "hundreds", "thousands", "millions", "billions", "trillions"];
/// Names of currencies after an amount.
const UNITS: &[&str] = &[
    "dollar",
    "dollars",
    "euro",
    "euros",
    "pound",
    "pounds",
    "cent",
    "cents",
    "yuan",
    "renminbi",
    "rmb",
    "yen",
    "won",
    "rupee",
    "rupees",
    "ruble",
    "rubles",
    "rouble",
    "roubles",
    "rand",
    "naira",
    "shilling",
    "shillings",
    "peso",
    "pesos",
    "real",
    "reais",
    "baht",
    "ringgit",
    "rupiah",
    "dong",
    "dirham",
    "dirhams",
    "riyal",
    "riyals",
    "rial",
    "rials",
    "dinar",
    "dinars",
    "shekel",
    "shekels",
    "franc",
    "francs",
    "lira",
    "liras",
    "krona",
    "kronor",
    "krone",
    "kroner",
    "zloty",
    "forint",
    "hryvnia",
    "hryvnias",
    "taka",
    "kyat",
    "kip",
    "cedi",
    "cedis",
    "birr",
    "kwacha",
    "colones",
    "colon",
    "lempiras",
    "quetzales",
    "bolivars",
    "bolivianos",
    "soles",
    "guaranies",
    "tugrik",
    "tugriks",
    "usd",
    "eur",
    "gbp",
    "cup",
    "us$",
    "pence",
    "penny",
];
/// Signs and codes before an amount, in lower case.
const SIGNS: &[&str] =
    &["$", "€", "£", "¥", "₹", "₦", "₩", "₪", "₺", "₽", "฿", "₱", "₫", "₵", "₡", "₴", "₸", "៛"];
const CODES: &[&str] = &[
    "US", "USD", "EUR", "GBP", "AED", "SAR", "QAR", "OMR", "KWD", "BHD", "INR", "PKR", "LKR",
    "BDT", "NPR", "CNY", "RMB", "JPY", "KRW", "TWD", "HKD", "SGD", "MYR", "THB", "IDR", "VND",
    "PHP", "AUD", "NZD", "CAD", "MXN", "BRL", "ARS", "CLP", "COP", "PEN", "ZAR", "KES", "UGX",
    "TZS", "NGN", "GHS", "ETB", "EGP", "MAD", "DZD", "TND", "ILS", "NIS", "TRY", "RUB", "UAH",
    "CHF", "SEK", "NOK", "DKK", "PLN", "CUP", "MNT", "BND", "Rs", "Tk", "Dh", "Dhs", "RM", "SR",
    "QR", "LE", "Ksh", "KSh", "Sh", "Shs", "GH", "NT", "HK", "N", "S", "C", "A", "R", "NZ", "AU",
    "K", "P", "J", "FJ", "M",
];

pub(super) fn is_number(word: &Word) -> bool {
    word.kind == TokenKind::Number && word.span.len() <= 24
}

/// "1.5", "420m", "7.2bn": a number, maybe with its scale.
fn is_plain_amount(word: &Word) -> bool {
    if !is_number(word) {
        return false;
    }
    let rest = word.lower.trim_start_matches(|c: char| c.is_ascii_digit() || ",.".contains(c));
    let rest = rest.trim_start_matches('-');
    rest.is_empty()
        || SCALES.contains(&rest)
        || rest.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// Where a scale after an amount ends: "billion", "-million".
fn scale(words: &[Word], mut at: usize) -> usize {
    if words.get(at).is_some_and(|w| w.text == "-")
        && words.get(at + 1).is_some_and(|w| w.glued && SCALES.contains(&w.lower.as_ref()))
    {
        return at + 2;
    }
    for _ in 0..2 {
        if words.get(at).is_some_and(|w| SCALES.contains(&w.lower.as_ref()) && w.lower != "m") {
            at += 1;
        }
    }
    at
}

/// Where groups of thousands set apart by spaces end: "100 000".
fn thousands(words: &[Word], mut at: usize) -> usize {
    for _ in 0..3 {
        let group = words.get(at).is_some_and(|w| {
            !w.line_start && w.text.len() == 3 && w.text.bytes().all(|b| b.is_ascii_digit())
        });
        at += usize::from(group);
    }
    at
}

/// Where the amount of money that starts at word `at` ends, exclusive.
pub(super) fn money(words: &[Word], at: usize) -> Option<usize> {
    let word = &words[at];
    let mut next = at;
    // A sign or code before the number: "$", "US$", "USD 10", "R92" is one token.
    if CODES.contains(&word.text) && words.get(at + 1).is_some_and(|w| SIGNS.contains(&w.text)) {
        next = at + 2;
    } else if SIGNS.contains(&word.text) {
        next = at + 1;
    } else if word.text.len() >= 2 && CODES.contains(&word.text) && word.text != "US" {
        next = at + 1 + usize::from(words.get(at + 1).is_some_and(|w| w.text == "."));
    } else if is_joined_code(word, words.get(at + 1)) {
        return Some(scale(words, thousands(words, at + 1)));
    }
    if next > at {
        let amount = words.get(next).filter(|w| is_plain_amount(w))?;
        // "COP 27" is a conference.
        if word.text == "COP" && amount.text.len() < 4 {
            return None;
        }
        return Some({
            let mut end = scale(words, thousands(words, next + 1));
            // "$3.18-$3.81".
            let range = words.get(end).is_some_and(|w| matches!(w.text, "-" | "–"))
                && words.get(end + 1).is_some_and(|w| w.text == words[next - 1].text)
                && words.get(end + 2).is_some_and(is_plain_amount);
            if range {
                end = scale(words, end + 3);
            }
            match words.get(end) {
                Some(w) if UNITS.contains(&w.lower.as_ref()) && end > next + 1 => end + 1,
                _ => end,
            }
        });
    }
    // A number and a unit after it: "53 billion US dollars", "300 pesos".
    let amount = if is_plain_amount(word) {
        scale(words, at + 1)
    } else if COUNTS.contains(&word.lower.as_ref()) {
        let of = |i: usize| words.get(i).is_some_and(|w| w.lower == "of");
        match () {
            () if of(at + 1)
                && words.get(at + 2).is_some_and(|w| COUNTS.contains(&w.lower.as_ref()))
                && of(at + 3) =>
            {
                at + 4
            }
            () if of(at + 1) => at + 2,
            () => return None,
        }
    } else {
        return None;
    };
    let mut end = amount;
    if words.get(end).is_some_and(|w| w.text == "€") && is_number(word) {
        return Some(end + 1);
    }
    if words
        .get(end)
        .is_some_and(|w| w.text == "US" || w.text == "U.S." || w.capital && w.lower.ends_with("an"))
    {
        end += 1;
    }
    // "CFC 1 won": a verb.
    let verb = |w: &Word| w.lower == "won" && end == at + 1 && word.text.len() < 3;
    words
        .get(end)
        .filter(|w| UNITS.contains(&w.lower.as_ref()) && !w.line_start && !verb(w))
        .map(|_| end + 1)
}

/// "R92", "RM9.5", "Dh2,000", "Rs4000": a code and a number in one token.
fn is_joined_code(word: &Word, next: Option<&Word>) -> bool {
    if word.kind != TokenKind::Word || word.text.len() > 20 {
        return false;
    }
    let Some(digits) = word.text.find(|c: char| c.is_ascii_digit()) else { return false };
    let (code, number) = word.text.split_at(digits);
    let amount = number.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let rest = number[amount.len()..].to_ascii_lowercase();
    let plain = amount.chars().all(|c| c.is_ascii_digit() || ",.".contains(c));
    let scaled = next.is_some_and(|w| SCALES.contains(&w.lower.as_ref()));
    let long = code.len() >= 2 || amount.len() >= 3 || !rest.is_empty() || scaled;
    let fits = code.len() >= 2 || matches!(code, "R" | "N");
    plain
        && long
        && fits
        && CODES.contains(&code)
        && code != "COP"
        && code != "US"
        && code != "GH"
        && (rest.is_empty() || SCALES.contains(&rest.as_str()))
}
