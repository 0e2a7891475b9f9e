//! What has a form rather than a name: addresses, percentages, amounts of money.

use super::words::Word;
use super::{EntityType, Found, dates};
use crate::analysis::{Span, TokenKind};

/// All of them in order, not overlapping.
pub(super) fn find(text: &str, words: &[Word]) -> Vec<Found> {
    let mut found = addresses(text);
    let mut taken = found.clone().into_iter().peekable();
    let mut at = 0;
    while at < words.len() {
        let start = words[at].span.start;
        while taken.peek().is_some_and(|f| f.span.end <= start) {
            taken.next();
        }
        if taken.peek().is_some_and(|f| f.span.start <= start) {
            at += 1;
            continue;
        }
        let hit = money(words, at)
            .map(|end| (end, EntityType::Money, 0.9))
            .or_else(|| percent(words, at).map(|end| (end, EntityType::Percent, 0.95)))
            .or_else(|| dates::date(words, at).map(|(end, sure)| (end, EntityType::Date, sure)));
        match hit {
            Some((end, kind, confidence)) => {
                let span = Span::new(start, words[end - 1].span.end);
                found.push(Found { span, kind, confidence });
                at = end;
            }
            None => at += 1,
        }
    }
    found.sort_by_key(|f| f.span);
    let mut last = 0;
    found.retain(|f| {
        let keep = f.span.start >= last;
        if keep {
            last = f.span.end;
        }
        keep
    });
    found
}

/// Gives the year before an event to its name: "2022 FIFA World Cup".
pub(super) fn join_years(text: &str, found: &mut Vec<Found>) {
    const EVENTS: &[&str] = &[
        "cup",
        "games",
        "olympics",
        "championship",
        "championships",
        "festival",
        "tournament",
        "season",
        "expo",
        "conference",
        "summit",
        "final",
        "awards",
        "tour",
        "open",
        "prix",
    ];
    for i in 1..found.len() {
        let (year, event) = (found[i - 1], found[i]);
        let last = event.span.of(text).rsplit(' ').next().unwrap_or_default();
        if year.kind == EntityType::Date
            && event.kind == EntityType::Misc
            && year.span.len() == 4
            && &text[year.span.end..event.span.start] == " "
            && EVENTS.contains(&last.to_lowercase().as_str())
        {
            found[i].span = year.span.union(event.span);
            found[i - 1].span = Span::new(year.span.start, year.span.start);
        }
    }
    found.retain(|f| !f.span.is_empty());
}

/// Web and e-mail addresses: pieces between white space that look so.
fn addresses(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let start = at;
        at += piece.len();
        if !piece.contains(['@', '.', '/']) {
            continue;
        }
        let span = Span::new(start, start + piece.len()).trim(text);
        let mark = |c: char| !c.is_alphanumeric() && !matches!(c, '/' | '#' | '@');
        let whole = span.of(text);
        let left = whole.len() - whole.trim_start_matches(mark).len();
        let right = whole.trim_end_matches(|c| mark(c) && c != '/').len();
        if left >= right {
            continue;
        }
        let body = &whole[left..right];
        let kind = if is_email(body) {
            EntityType::Email
        } else if is_url(body) {
            EntityType::Url
        } else {
            continue;
        };
        let span = Span::new(span.start + left, span.start + right);
        found.push(Found { span, kind, confidence: 0.99 });
    }
    found
}

fn is_email(word: &str) -> bool {
    let Some((name, host)) = word.split_once('@') else { return false };
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '%');
    !name.is_empty() && name.chars().all(plain) && is_host(host)
}

fn is_host(host: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    host.chars().all(plain)
        && host.rsplit_once('.').is_some_and(|(before, end)| {
            !before.is_empty() && end.len() >= 2 && end.chars().all(char::is_alphabetic)
        })
}

fn is_url(word: &str) -> bool {
    let lower = |prefix: &str| {
        word.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    if ["http://", "https://", "ftp://"].iter().any(|scheme| lower(scheme)) {
        return true;
    }
    let host = word.split(['/', '?', '#']).next().unwrap_or_default();
    const ENDS: &[&str] = &["com", "org", "net", "edu", "gov", "info", "io"];
    is_host(host)
        && !host.contains(char::is_uppercase)
        && (lower("www.") || host.rsplit('.').next().is_some_and(|end| ENDS.contains(&end)))
}

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

fn is_number(word: &Word) -> bool {
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
        && words.get(at + 1).is_some_and(|w| w.glued && SCALES.contains(&w.lower.as_str()))
    {
        return at + 2;
    }
    for _ in 0..2 {
        if words.get(at).is_some_and(|w| SCALES.contains(&w.lower.as_str()) && w.lower != "m") {
            at += 1;
        }
    }
    at
}

/// Where the amount of money that starts at word `at` ends, exclusive.
fn money(words: &[Word], at: usize) -> Option<usize> {
    let word = &words[at];
    let mut next = at;
    // A sign or code before the number: "$", "US$", "USD 10", "R92" is one token.
    if CODES.contains(&word.text) && words.get(at + 1).is_some_and(|w| SIGNS.contains(&w.text)) {
        next = at + 2;
    } else if SIGNS.contains(&word.text) {
        next = at + 1;
    } else if word.text.len() >= 2 && CODES.contains(&word.text) && word.text != "US" {
        next = at + 1 + usize::from(words.get(at + 1).is_some_and(|w| w.text == "."));
    } else if let Some(end) = joined_code(word) {
        return Some(scale(words, at + end));
    }
    if next > at {
        return words.get(next).filter(|w| is_plain_amount(w)).map(|_| {
            let end = scale(words, next + 1);
            match words.get(end) {
                Some(w) if UNITS.contains(&w.lower.as_str()) && end > next + 1 => end + 1,
                _ => end,
            }
        });
    }
    // A number and a unit after it: "53 billion US dollars", "300 pesos".
    let amount = if is_plain_amount(word) {
        scale(words, at + 1)
    } else if COUNTS.contains(&word.lower.as_str()) {
        let of = |i: usize| words.get(i).is_some_and(|w| w.lower == "of");
        match () {
            () if of(at + 1)
                && words.get(at + 2).is_some_and(|w| COUNTS.contains(&w.lower.as_str()))
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
    words.get(end).filter(|w| UNITS.contains(&w.lower.as_str()) && !w.line_start).map(|_| end + 1)
}

/// "R92", "RM9.5", "Dh2,000", "Rs4000": a code and a number in one token.
fn joined_code(word: &Word) -> Option<usize> {
    if word.kind != TokenKind::Word || word.text.len() > 20 {
        return None;
    }
    let digits = word.text.find(|c: char| c.is_ascii_digit())?;
    let (code, number) = word.text.split_at(digits);
    let amount = number.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let rest = normalize_scale(&number[amount.len()..]);
    let plain = amount.chars().all(|c| c.is_ascii_digit() || ",.".contains(c));
    let long = code.len() >= 2 || amount.len() >= 3 || !rest.is_empty();
    let fits = code.len() >= 2 || matches!(code, "R" | "N");
    (plain
        && long
        && fits
        && CODES.contains(&code)
        && code != "US"
        && code != "GH"
        && (rest.is_empty() || SCALES.contains(&rest.as_str())))
    .then_some(1)
}

fn normalize_scale(rest: &str) -> String {
    rest.to_ascii_lowercase()
}

/// Where the percentage that starts at word `at` ends, exclusive.
fn percent(words: &[Word], at: usize) -> Option<usize> {
    const NUMBERS: &[&str] = &[
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve", "fifteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
        "ninety", "hundred",
    ];
    let word = &words[at];
    if !is_number(word) && !NUMBERS.contains(&word.lower.as_str()) {
        return None;
    }
    let next = words.get(at + 1)?;
    let digits = is_number(word);
    match next.lower.as_str() {
        "%" if digits => Some(at + 2),
        "percent" | "percentage" | "pct" => Some(at + 2),
        "per" if words.get(at + 2).is_some_and(|w| w.lower == "cent") => Some(at + 3),
        _ => None,
    }
}
