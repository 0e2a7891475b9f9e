"""Writes src/analysis/tagger/fixture/words.txt: a text's words and pieces as the
training sees them, for the test that the service sees the same.

    python3 training/tagger/fixture.py
"""

from pathlib import Path

from words import Vocabulary, words

ROOT = Path(__file__).resolve().parents[2]
TEXT = (
    "Moscow, SANA- Foreign Minister Sergey Lavrov said “the camp at al-Tanf must\n"
    'close” – and "nothing else".\n\n'
    "Mr. O’Brien (45) paid $1,200 to McDonald's; the G20 met on 14 Février 2019.\n"
    "\tКиїв 東京 naïve ÉCOLE İstanbul Straße ﬁn x² 5% №7 e-mail a@b.cd ☃ 10:30\n"
    '"An open quotation\nends with its line” it said iPhone S. No.2254 ' + "z" * 101
)


def main():
    vocabulary = Vocabulary(
        (ROOT / "models/tagger/vocabulary.txt").read_text(encoding="utf-8").split("\n")[:-1]
    )
    lines = [
        "\t".join([
            str(len(TEXT[: word.start].encode())), str(len(TEXT[: word.end].encode())),
            str(word.space), str(word.shape), str(word.quote),
            " ".join(map(str, vocabulary.of(TEXT[word.start : word.end]))),
        ])
        for word in words(TEXT)
    ]
    folder = ROOT / "src/analysis/tagger/fixture"
    (folder / "text.txt").write_text(TEXT, encoding="utf-8")
    (folder / "words.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
