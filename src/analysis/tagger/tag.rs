//! A text's tags: what the network says of it, window by window.
//!
//! Cuts the text into words, pieces and windows, runs the encoder on each, decodes,
//! and puts what the windows say into one list. Knows what the columns of the output
//! are; does not know what becomes of the spans.

use std::{cell::RefCell, ops::Range, sync::LazyLock};

use super::{
    Aligned, Encoder, Piece, Scratch,
    decode::{Columns, TaggedSpan, decode},
    links::{Distances, LINK, Linked},
    pieces::Vocabulary,
    windows::{Cut, Sizes, Window, windows},
    words::{Shape, Space, Word, words},
};
use crate::analysis::{
    Span,
    sentences::Sentence,
    watch::{Stopped, Unwatched, Watch, check},
};

/// The columns of the output, as in `training/tagger/labels.py`.
const ENTITY: Columns = Columns { offset: 0, kinds: 9, bias: 0.0 };
// The biases gave the best F1 on PolNeAR's development file and the thirty articles together,
// where the network finds too few sources and contents rather than too many.
const SOURCE: Columns = Columns { offset: 37, kinds: 1, bias: 0.6 };
const CUE: Columns = Columns { offset: 42, kinds: 1, bias: 0.0 };
const CONTENT: Columns = Columns { offset: 47, kinds: 1, bias: 0.4 };
const LINKS: usize = 52;
const OUTPUTS: usize = LINKS + 4 * LINK;

/// The network is trained on windows of 256 pieces, their two marks counted.
const SIZES: Sizes = Sizes { window: 254, context: 32 };

/// What is tagged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tagged {
    pub span: Span,
    /// For an entity the index of its type, in the order of `EntityType`; else 0.
    pub kind: usize,
    /// 0 to 1, uncalibrated.
    pub probability: f32,
}

/// A cue with what it is linked to.
#[derive(Clone, Debug, PartialEq)]
pub struct TaggedCue {
    pub cue: Tagged,
    /// Indexes of sources, likeliest first, each with its probability.
    pub sources: Vec<(usize, f32)>,
    /// Indexes of contents in the order of the text, each with its probability.
    pub contents: Vec<(usize, f32)>,
}

/// All tags of a text, each list in the order of the text and without overlaps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tags {
    pub entities: Vec<Tagged>,
    pub sources: Vec<Tagged>,
    pub contents: Vec<Tagged>,
    pub cues: Vec<TaggedCue>,
}

/// The network with all that it needs.
struct Tagger {
    encoder: Encoder,
    vocabulary: Vocabulary,
    distances: Distances,
}

static MODEL: &Aligned<[u8]> = &Aligned(*include_bytes!("../../../models/tagger/tagger.bin"));
static VOCABULARY: &str = include_str!("../../../models/tagger/vocabulary.txt");
static DISTANCES: &str = include_str!("../../../models/tagger/distances.txt");

static TAGGER: LazyLock<Tagger> = LazyLock::new(|| {
    let encoder = Encoder::load(&MODEL.0).expect("the embedded model is whole; a test reads it");
    assert_eq!(encoder.outputs(), OUTPUTS, "the columns are those of the training");
    let vocabulary = Vocabulary::new(VOCABULARY);
    assert_eq!(encoder.vocabulary(), vocabulary.len(), "the vocabulary is the model's");
    Tagger { encoder, vocabulary, distances: Distances::new(DISTANCES) }
});

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// Reads the model, so that the first text is as fast as any other.
pub fn load() {
    LazyLock::force(&TAGGER);
}

/// The tags of an English text. Linear in the text.
pub fn tag(text: &str, sentences: &[Sentence]) -> Tags {
    tag_watched(text, sentences, &Unwatched).expect("nobody stops it")
}

/// The same for somebody who may stop waiting.
///
/// # Errors
/// The watch said stop.
pub fn tag_watched(text: &str, sentences: &[Sentence], watch: &dyn Watch) -> Result<Tags, Stopped> {
    let words = words(text);
    check(watch)?;
    let pieces = Pieces::of(text, &words, &TAGGER.vocabulary);
    check(watch)?;
    let starts = starts(&words, sentences);
    let mut found = Found::default();
    for window in windows(&pieces.starts, &cuts(&words, &starts), SIZES) {
        let input = Input { words: &words, pieces: &pieces, starts: &starts, window: &window };
        SCRATCH.with_borrow_mut(|scratch| TAGGER.read(&input, scratch, &mut found));
        check(watch)?;
    }
    Ok(found.tags(&words))
}

/// The pieces of all words of a text.
struct Pieces {
    ids: Vec<u32>,
    /// Where each word's pieces start, and after the last word their number.
    starts: Vec<u32>,
}

impl Pieces {
    fn of(text: &str, words: &[Word], vocabulary: &Vocabulary) -> Self {
        let mut ids = Vec::with_capacity(words.len() * 5 / 4);
        let mut starts = Vec::with_capacity(words.len() + 1);
        for word in words {
            // Texts are limited to far less than 2³² bytes.
            starts.push(ids.len() as u32);
            vocabulary.cut(word.span.of(text), &mut ids);
        }
        starts.push(ids.len() as u32);
        Self { ids, starts }
    }

    fn of_word(&self, word: usize) -> &[u32] {
        &self.ids[self.starts[word] as usize..self.starts[word + 1] as usize]
    }
}

/// The words that start sentences.
fn starts(words: &[Word], sentences: &[Sentence]) -> Vec<usize> {
    let mut at = 0;
    sentences
        .iter()
        .map(|sentence| {
            at += words[at..].partition_point(|word| word.span.start < sentence.span.start);
            at
        })
        .collect()
}

/// How good a place each word is to cut before it.
fn cuts(words: &[Word], starts: &[usize]) -> Vec<Cut> {
    let line = |word: &Word| matches!(word.space, Space::Line | Space::Paragraph);
    let mut cuts: Vec<_> =
        words.iter().map(|word| if line(word) { Cut::Line } else { Cut::Anywhere }).collect();
    for &start in starts {
        if let Some(cut) = cuts.get_mut(start).filter(|cut| **cut == Cut::Anywhere) {
            *cut = Cut::Sentence;
        }
    }
    cuts
}

/// One window of a text.
struct Input<'a> {
    words: &'a [Word],
    pieces: &'a Pieces,
    starts: &'a [usize],
    window: &'a Window,
}

impl Input<'_> {
    /// The window's words, sentence by sentence, counted from its first.
    fn sentences(&self) -> impl Iterator<Item = Range<usize>> {
        let Range { start, end } = self.window.words;
        let first = self.starts.partition_point(|&at| at <= start);
        let inner = self.starts[first..].iter().copied().take_while(move |&at| at < end);
        let ends = inner.clone().chain([end]);
        [start].into_iter().chain(inner).zip(ends).map(move |(a, b)| a - start..b - start)
    }

    /// The same, by paragraph.
    fn paragraphs(&self) -> Vec<Range<usize>> {
        let words = &self.words[self.window.words.clone()];
        let starts = (1..words.len()).filter(|&at| words[at].space == Space::Paragraph);
        let mut found = Vec::new();
        let mut from = 0;
        for start in starts.chain([words.len()]) {
            found.push(from..start);
            from = start;
        }
        found
    }
}

impl Tagger {
    /// Reads one window and adds what starts in its core to `found`.
    fn read(&self, input: &Input<'_>, scratch: &mut Scratch, found: &mut Found) {
        let &Input { words, pieces, window, .. } = input;
        // Marks alone name and say nothing; a mebibyte of them is not worth reading.
        if words[window.words.clone()].iter().all(|word| word.shape == Shape::Mark) {
            return;
        }
        let sentences: Vec<_> = input.sentences().collect();
        let paragraphs = input.paragraphs();
        let input = self.input(words, pieces, window.words.clone());
        let logits = self.encoder.run(&input, scratch);
        // One row a word: that of its first piece. The first row is the window's mark.
        let base = pieces.starts[window.words.start];
        let row = |word: usize| 1 + (pieces.starts[word] - base) as usize;
        let rows: Vec<f32> = window
            .words
            .clone()
            .flat_map(|word| &logits[row(word) * OUTPUTS..][..OUTPUTS])
            .copied()
            .collect();
        let spans =
            |columns, parts: &[Range<usize>]| -> Vec<TaggedSpan> {
                let mut found = Vec::new();
                for part in parts {
                    let rows = &rows[part.start * OUTPUTS..part.end * OUTPUTS];
                    let base = window.words.start + part.start;
                    found.extend(decode(rows, OUTPUTS, columns).into_iter().map(|span| {
                        TaggedSpan { first: base + span.first, last: base + span.last, ..span }
                    }));
                }
                found
            };
        // Contents go on over the ends of sentences, but not of paragraphs.
        let (sources, contents) = (spans(SOURCE, &sentences), spans(CONTENT, &paragraphs));
        let columns = |word: usize| {
            let at = (word - window.words.start) * OUTPUTS;
            (pieces.starts[word], &rows[at + LINKS..at + OUTPUTS])
        };
        let in_core = |span: &TaggedSpan| window.core.contains(&span.first);
        for cue in spans(CUE, &sentences).into_iter().filter(in_core) {
            let linked = |linked, spans: &[TaggedSpan]| -> Vec<(usize, f32)> {
                spans
                    .iter()
                    .map(|span| {
                        let (cue, other) = (columns(cue.first), columns(span.first));
                        (span.first, self.distances.probability(linked, cue, other))
                    })
                    .filter(|&(_, probability)| probability >= LEAST_LINK)
                    .collect()
            };
            let sources = linked(Linked::Source, &sources);
            found.cues.push((cue, sources, linked(Linked::Content, &contents)));
        }
        found.entities.extend(spans(ENTITY, &sentences).into_iter().filter(in_core));
        found.sources.extend(sources.into_iter().filter(in_core));
        found.contents.extend(contents.into_iter().filter(in_core));
    }

    fn input(&self, words: &[Word], pieces: &Pieces, range: Range<usize>) -> Vec<Piece> {
        let mark = |id| Piece { id, ..Piece::default() };
        let size = (pieces.starts[range.end] - pieces.starts[range.start]) as usize;
        let mut input = Vec::with_capacity(size + 2);
        input.push(mark(self.vocabulary.start));
        for word in range {
            let Word { shape, space, quote, .. } = words[word];
            let pieces = pieces.of_word(word).iter().zip(0..);
            input.extend(pieces.map(|(&id, index)| Piece {
                id,
                shape: shape as u8,
                space: if index == 0 { space as u8 } else { Space::Nothing as u8 },
                quote: quote as u8,
            }));
        }
        input.push(mark(self.vocabulary.end));
        input
    }
}

/// Links less likely than this are not told.
const LEAST_LINK: f32 = 0.1;

/// A cue, and the first words of what it is linked to, with probabilities.
type FoundCue = (TaggedSpan, Vec<(usize, f32)>, Vec<(usize, f32)>);

/// What the windows have found, in words.
#[derive(Default)]
struct Found {
    entities: Vec<TaggedSpan>,
    sources: Vec<TaggedSpan>,
    contents: Vec<TaggedSpan>,
    cues: Vec<FoundCue>,
}

impl Found {
    /// In bytes, without what overlaps something before: two windows may disagree on a
    /// span over the border of their cores.
    fn tags(mut self, words: &[Word]) -> Tags {
        for spans in [&mut self.entities, &mut self.sources, &mut self.contents] {
            drop_overlaps(spans, |span| *span);
        }
        drop_overlaps(&mut self.cues, |cue| cue.0);
        let tagged = |span: &TaggedSpan| Tagged {
            span: Span::new(words[span.first].span.start, words[span.last].span.end),
            kind: span.kind,
            probability: span.probability,
        };
        let index = |spans: &[TaggedSpan], links: Vec<(usize, f32)>| -> Vec<(usize, f32)> {
            links
                .into_iter()
                .filter_map(|(first, probability)| {
                    let at = spans.binary_search_by_key(&first, |s| s.first).ok()?;
                    Some((at, probability))
                })
                .collect()
        };
        let cues = self
            .cues
            .into_iter()
            .map(|(cue, sources, contents)| {
                let mut sources = index(&self.sources, sources);
                sources.sort_by(|a, b| b.1.total_cmp(&a.1));
                TaggedCue { cue: tagged(&cue), sources, contents: index(&self.contents, contents) }
            })
            .collect();
        Tags {
            entities: self.entities.iter().map(tagged).collect(),
            sources: self.sources.iter().map(tagged).collect(),
            contents: self.contents.iter().map(tagged).collect(),
            cues,
        }
    }
}

fn drop_overlaps<T>(spans: &mut Vec<T>, span: impl Fn(&T) -> TaggedSpan) {
    let mut free = 0;
    spans.retain(|item| {
        let span = span(item);
        let keep = span.first >= free;
        if keep {
            free = span.last + 1;
        }
        keep
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The training wrote down what it sees of a text: training/tagger/fixture.py.
    #[test]
    fn words_and_pieces_are_those_of_the_training() {
        let text = include_str!("fixture/text.txt");
        let words = words(text);
        let pieces = Pieces::of(text, &words, &TAGGER.vocabulary);
        let found: Vec<String> = words
            .iter()
            .enumerate()
            .map(|(index, word)| {
                let ids: Vec<_> = pieces.of_word(index).iter().map(u32::to_string).collect();
                let Span { start, end } = word.span;
                let (space, shape, quote) = (word.space as u8, word.shape as u8, word.quote as u8);
                format!("{start}\t{end}\t{space}\t{shape}\t{quote}\t{}", ids.join(" "))
            })
            .collect();
        let expect: Vec<_> = include_str!("fixture/words.tsv").lines().collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn a_text_without_words_has_no_tags() {
        assert_eq!(tag(" \n", &[]), Tags::default());
    }
}
