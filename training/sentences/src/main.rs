use std::{collections::{BTreeSet, BTreeMap}, fs, path::Path};
use serde_json::Value;
use verbatim::analysis::{language::LanguageTag, sentences::training::{self, COUNT}};

struct Rng(u64);
impl Rng {
    fn next(&mut self) -> u64 { self.0 ^= self.0 << 13; self.0 ^= self.0 >> 7; self.0 ^= self.0 << 17; self.0.wrapping_mul(0x2545F4914F6CDD1D) }
    fn unit(&mut self) -> f64 { (self.next() >> 11) as f64 / (1u64 << 53) as f64 }
    fn below(&mut self, n: usize) -> usize { (self.unit() * n as f64) as usize }
}

#[derive(Default)]
struct Set { features: Vec<[u32; COUNT]>, labels: Vec<bool>, weights: Vec<f32> }

struct Doc { text: String, language: LanguageTag, ends: BTreeSet<usize> }

fn tag(code: &str) -> LanguageTag { LanguageTag::parse(code).unwrap_or(LanguageTag::UNDETERMINED) }

fn ud(path: &Path) -> Vec<Doc> {
    fs::read_to_string(path).unwrap().lines().map(|l| {
        let v: Value = serde_json::from_str(l).unwrap();
        let text = v["text"].as_str().unwrap().to_owned();
        let at: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        let ends = v["sentence_ends"].as_array().unwrap().iter().map(|e| text[..at[e.as_u64().unwrap() as usize]].trim_end().len()).collect();
        Doc { text, language: tag(v["language"].as_str().unwrap()), ends }
    }).collect()
}

fn strip_mark(s: &str) -> &str { s.trim_end_matches(|c: char| matches!(c, '.' | '!' | '?' | '。' | '।' | '…' | '"' | '”' | '»' | '؟' | '۔')) }

/// Joins sentences in order to documents of `size`.
fn join(lines: &[String], language: &LanguageTag, size: usize, strip: f64, rng: &mut Rng) -> Vec<Doc> {
    let glue = if matches!(language.primary(), "zh" | "ja" | "yue") { "" } else { " " };
    let mut docs = Vec::new();
    for chunk in lines.chunks(size) {
        let mut text = String::new();
        let mut ends = BTreeSet::new();
        // some documents are written without marks
        let rate = if rng.unit() < 0.1 { 0.5 } else { strip };
        for (i, line) in chunk.iter().enumerate() {
            let mut line = line.trim();
            if line.is_empty() { continue; }
            if rng.unit() < rate && !glue.is_empty() { line = strip_mark(line); }
            if !text.is_empty() { text.push_str(if glue.is_empty() && !text.ends_with(['。','！','？','」','”','"']) { "\n" } else { glue }); }
            text.push_str(line);
            ends.insert(text.len());
            let _ = i;
        }
        docs.push(Doc { text, language: language.clone(), ends });
    }
    docs
}

fn add(set: &mut Set, docs: &[&Doc], weight: f32, silver: bool, neutral: f64, spos: f32, rng: &mut Rng) {
    for doc in docs {
        let n = rng.unit() < neutral;
        for e in training::examples(&doc.text, &doc.language, &doc.ends, n) {
            let label = doc.ends.contains(&e.end);
            // A line may hold two sentences.
            if silver && !label && (e.verdict == Some(true) || e.soft) { continue; }
            set.features.push(e.features);
            set.labels.push(label);
            set.weights.push(if silver && label && e.verdict.is_none() { weight * spos } else { weight });
        }
    }
}

struct Model { bits: u32, d: usize, table: Vec<f32>, out: Vec<f32>, bias: f32, hidden: Vec<f32>, frozen: Vec<bool>, g_table: Vec<f32>, g_out: Vec<f32>, g_bias: f32 }

impl Model {
    fn new(bits: u32, d: usize, rng: &mut Rng) -> Self {
        let n = (1usize << bits) * d;
        let table = vec![0f32; n]; let mut hidden: Vec<f32> = (0..d).map(|_| rng.unit() as f32 * 0.5).collect(); hidden[0] = 0.0;
        let out = (0..d).map(|_| (rng.unit() as f32 - 0.5) * 1.0).collect();
        Self { bits, d, table, out, bias: 0.0, hidden, frozen: vec![false; 1 << bits], g_table: vec![1e-3; n], g_out: vec![1e-3; d], g_bias: 1e-3 }
    }
    fn forward(&self, f: &[u32], h: &mut [f32]) -> f32 {
        h.copy_from_slice(&self.hidden);
        for &f in f {
            let row = (f >> (32 - self.bits)) as usize * self.d;
            for (h, w) in h.iter_mut().zip(&self.table[row..row + self.d]) { *h += w; }
        }
        let mut s = self.bias + h[0];
        for j in 1..self.d { s += self.out[j] * h[j].max(0.0); }
        s
    }
    fn step(&mut self, f: &[u32], label: bool, weight: f32, rate: f32, l2: f32, h: &mut [f32]) -> f32 {
        let s = self.forward(f, h);
        let p = 1.0 / (1.0 + (-s).exp());
        let y = if label { 1.0 } else { 0.0 };
        let loss = -(if label { p } else { 1.0 - p }).max(1e-7).ln();
        let g = (p - y) * weight;
        if g.abs() < 1e-4 { return loss; }
        let mut gh = [0f32; 64];
        gh[0] = g;
        for j in 1..self.d { if h[j] > 0.0 {
            gh[j] = g * self.out[j];
            let go = g * h[j]; self.g_out[j] += go * go; self.out[j] -= rate * go / self.g_out[j].sqrt();
        } }
        self.g_bias += g * g; self.bias -= rate * g / self.g_bias.sqrt();
        for &f in f {
            let row = (f >> (32 - self.bits)) as usize * self.d;
            if self.frozen[row / self.d] { continue; }
            let t = &mut self.table[row..row + self.d];
            let a = &mut self.g_table[row..row + self.d];
            for j in 0..self.d {
                let gj = gh[j] + l2 * t[j];
                a[j] += gj * gj;
                t[j] -= rate * gj / a[j].sqrt();
            }
        }
        loss
    }
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let data = Path::new(&args[1]);
    let opt = |name: &str, default: f64| -> f64 { args.iter().position(|a| a == name).map_or(default, |i| args[i + 1].parse().unwrap()) };
    let bits = opt("--bits", 18.0) as u32; let d = opt("--d", 16.0) as usize; let epochs = opt("--epochs", 6.0) as usize;
    let rate = opt("--rate", 0.05) as f32; let l2 = opt("--l2", 1e-5) as f32;
    let silver = opt("--silver", 0.5) as f32; let strip = opt("--strip", 0.08); let neutral = opt("--neutral", 0.15);
    let drop = opt("--drop", 0.2); let mut kept = Vec::new();
    let mut rng = Rng(42);
    let mut set = Set::default();
    let mut sources: Vec<(String, Vec<Doc>, f32, bool)> = Vec::new();
    for e in { let mut v: Vec<_> = fs::read_dir(data.join("sentences")).unwrap().map(|e| e.unwrap().path()).collect(); v.sort(); v } {
        let name = e.file_name().unwrap().to_str().unwrap().to_owned();
        if !name.ends_with(".train.jsonl") || name.contains("el-") || name.contains("hu-") || name.contains("ta-") { continue; }
        sources.push((name, ud(&e), 1.0, false));
    }
    for name in ["da-ddt", "hr-set", "sk-snk", "sr-set", "sv-talbanken", "zh-gsdsimp"] {
        let mut lines = Vec::new(); let mut lang = String::new();
        for l in fs::read_to_string(data.join(format!("entities/uner-{name}.train.jsonl"))).unwrap().lines() {
            let v: Value = serde_json::from_str(l).unwrap();
            lang = v["language"].as_str().unwrap().to_owned();
            lines.push(v["text"].as_str().unwrap().to_owned());
        }
        sources.push((name.to_owned(), join(&lines, &tag(&lang), 15, 0.0, &mut rng), 1.0, false));
    }
    for name in ["ntrex", "tatoeba"] {
        let mut by: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for l in fs::read_to_string(data.join(format!("languages/{name}.jsonl"))).unwrap().lines() {
            let v: Value = serde_json::from_str(l).unwrap();
            let list = by.entry(v["language"].as_str().unwrap().to_owned()).or_default();
            if list.len() < 1604 { list.push(v["text"].as_str().unwrap().to_owned()); }
        }
        for (lang, lines) in &by {
            sources.push((format!("{name}-{lang}"), join(lines, &tag(lang), 10, strip, &mut rng), silver, true));
        }
    }
    let news = opt("--news", 4.0) as usize;
    if news > 0 {
        let en = LanguageTag::parse("en").unwrap();
        let mut docs = Vec::new();
        for (i, l) in fs::read_to_string(data.join("raw/news-1.jsonl")).unwrap().lines().enumerate() {
            if i % 20 >= news { continue; }
            let v: Value = serde_json::from_str(l).unwrap();
            let text = v["text"].as_str().unwrap();
            let lines: Vec<String> = verbatim::analysis::sentences::split(text, &en).iter().map(|s| s.span.of(text).to_owned()).collect();
            docs.extend(join(&lines, &en, 12, strip, &mut rng));
        }
        sources.push(("news".to_owned(), docs, opt("--newsw", 0.1) as f32, true));
    }
    // lexicon
    let build = |keep: &dyn Fn(usize) -> bool| -> Vec<u8> {
        let mut counts: BTreeMap<(u32, u32), [u32; 2]> = BTreeMap::new();
        for (_, docs, _, _) in &sources { for (i, doc) in docs.iter().enumerate() {
            if !keep(i) { continue; }
            let code = training::code(&doc.language);
            let mut start = 0;
            for &end in &doc.ends {
                if end <= start { continue; }
                for (hash, case) in training::tokens(&doc.text[start..end]).skip(1) {
                    counts.entry((code, hash)).or_default()[case as usize] += 1;
                    counts.entry((0, hash)).or_default()[case as usize] += 1;
                }
                start = end;
            }
        } }
        let mut entries: Vec<_> = counts.into_iter().filter(|(_, c)| c[0] + c[1] >= 2).collect();
        entries.sort_by_key(|(k, c)| (c[0] + c[1], *k));
        let mut lexicon = vec![0u8; 1 << training::LEXICON_BITS];
        for ((code, hash), c) in &entries {
            let ratio = f64::from(c[0]) / f64::from(c[0] + c[1]);
            lexicon[training::case_slot(*code, *hash)] = if ratio > 0.9 { 1 } else if ratio > 0.3 { 2 } else { 3 };
        }
        eprintln!("lexicon {} filled {}", entries.len(), lexicon.iter().filter(|x| **x > 0).count());
        if opt("--nolex", 0.0) > 0.0 { lexicon.fill(0); }
        lexicon
    };
    for fold in 0..4 {
        training::set_lexicon(build(&|i| i % 4 != fold));
        for (name, docs, weight, is_silver) in &sources {
            let docs: Vec<&Doc> = docs.iter().enumerate().filter(|(i, _)| i % 4 == fold).map(|(_, d)| d).collect();
            add(&mut set, &docs, *weight, *is_silver, neutral, opt("--spos", 1.0) as f32, &mut rng);
            let _ = name;
        }
    }
    let lexicon = build(&|_| true);
    fs::write(format!("{}.lex", args[2]), &lexicon).unwrap();
    training::set_lexicon(lexicon);
    std::mem::drop(sources);
    let n = set.labels.len();
    eprintln!("examples {n}, positive {}", set.labels.iter().filter(|l| **l).count());
    let mut model = Model::new(bits, d, &mut rng);
    let all: Vec<u32> = (0..n as u32).collect(); let gold: Vec<u32> = all.iter().copied().filter(|&i| set.weights[i as usize] == 1.0).collect(); let pre = opt("--pre", 1.0) as usize;
    let mut h = vec![0f32; d];
    let mincount = opt("--min", 2.0) as u32; { let mut c = vec![0u32; 1 << bits]; for f in &set.features { for &f in f { c[(f >> (32 - bits)) as usize] += 1; } } for (i, c) in c.iter().enumerate() { model.frozen[i] = *c < mincount; } eprintln!("rows used {}", c.iter().filter(|c| **c >= mincount).count()); }
    // dev
    let mut devs = Vec::new();
    for e in { let mut v: Vec<_> = fs::read_dir(data.join("sentences")).unwrap().map(|e| e.unwrap().path()).collect(); v.sort(); v } {
        let name = e.file_name().unwrap().to_str().unwrap().to_owned();
        if !name.ends_with(".dev.jsonl") { continue; }
        let mut total = 0; let mut par_ends = 0; let mut ex = Vec::new();
        for doc in ud(&e) {
            let last = doc.text.trim_end().len();
            total += doc.ends.iter().filter(|&&e| e > 0 && e < last).count();
            let par: BTreeSet<usize> = BTreeSet::new(); let _ = par;
            let x = training::examples(&doc.text, &doc.language, &doc.ends, opt("--und", 0.0) > 0.0);
            let have: BTreeSet<usize> = x.iter().map(|e| e.end).collect();
            // ends at paragraph ends are found for sure
            par_ends += doc.ends.iter().filter(|&&e| e < last && !have.contains(&e) && doc.text[e..].starts_with("\n\n")).count();
            for e in x { if e.end < last { ex.push((e.features, doc.ends.contains(&e.end))); } }
        }
        devs.push((name, total, par_ends, ex));
    }
    for epoch in 0..epochs {
        let mut order = if epoch < pre { all.clone() } else { gold.clone() }; for i in (1..order.len()).rev() { let j = rng.below(i + 1); order.swap(i, j); }
        let r = rate * (1.0 - epoch as f32 / epochs as f32).max(0.1);
        let mut loss = 0.0;
        for &i in &order { let full = &set.features[i as usize]; kept.clear(); for &f in full { if drop == 0.0 || rng.unit() >= drop { kept.push(f); } } loss += f64::from(model.step(&kept, set.labels[i as usize], set.weights[i as usize], r, l2, &mut h)); }
        let mut macro_ = 0.0; let mut langs: BTreeMap<String,(f64,f64)> = BTreeMap::new(); let mut line = String::new();
        for (name, total, par_ends, ex) in &devs {
            let (mut tp, mut fp) = (*par_ends, 0);
            for (f, l) in ex { if model.forward(f, &mut h) > 0.0 { if *l { tp += 1 } else { fp += 1 } } }
            let f1 = 200.0 * tp as f64 / (tp + fp + total) as f64;
            macro_ += f1; let lang = &name[3..5]; let e = langs.entry(lang.to_owned()).or_insert((0.0, 0.0)); e.0 += f1; e.1 += 1.0;
            if epoch + 1 == epochs { eprintln!("  {name} {f1:.1} tp {tp} fp {fp} fn {}", total - tp); }
            else if name.contains("ewt") || name.contains("taiga") || name.contains("gum") { line += &format!(" {f1:.1}"); }
        }
        let nine: f64 = ["de","fr","es","it","pt","nl","ru","pl","sv"].iter().map(|l| langs[*l].0/langs[*l].1).sum::<f64>() / 9.0;
        eprintln!("en {:.2} nine {nine:.2}", langs["en"].0 / 2.0);
        eprintln!("epoch {epoch} loss {:.5} dev macro {:.2} {line}", loss / n as f64, macro_ / devs.len() as f64);
    }
    let mut bytes = Vec::new();
    for v in [bits as f32, d as f32, model.bias].iter().chain(&model.out).chain(&model.hidden).chain(&model.table) { bytes.extend_from_slice(&v.to_le_bytes()); }
    fs::write(&args[2], bytes).unwrap();
}
