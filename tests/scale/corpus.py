"""A corpus made by rule: the same on every machine, no two documents alike."""

import json
import pathlib
import random

NAMES = ["Angela Merkel", "Sergey Lavrov", "Yusuf bin Alawi", "Maria Costa", "John Smith",
         "Aïcha Benali", "Li Wei", "Olu Adeyemi"]
PLACES = ["Berlin", "Muscat", "Lisbon", "Lagos", "Beijing", "São Paulo", "Algiers"]
SENTENCES = [
    "“We will manage this,” {name} said in {place} on Monday.",
    "{name} told reporters that the talks in {place} would go on. 😀",
    "According to {name}, 12.5 percent of the budget went to {place}.",
    "Officials in {place} denied it.",
    "The meeting cost $3.5 million, and nobody said why.",
    "He added: “Nobody in {place} should wait any longer.”",
    "“It is late,” she said, “but not too late for {place}.”",
]


def write(path: pathlib.Path, count: int) -> None:
    """`count` documents as JSON Lines; one of a hundred is at fault."""
    chance = random.Random(7)
    with path.open("w") as out:
        for number in range(count):
            paragraphs = [
                " ".join(
                    chance.choice(SENTENCES).format(
                        name=chance.choice(NAMES), place=chance.choice(PLACES)
                    )
                    for _ in range(chance.randint(1, 4))
                )
                for _ in range(chance.randint(1, 6))
            ]
            document = {
                "id": f"doc-{number:06}",
                "text": "" if number % 100 == 99 else "\n\n".join(paragraphs),
                "language_code": "en" if number % 2 else "",
                "date": f"2026-11-{1 + number % 3:02}",
            }
            out.write(json.dumps(document, ensure_ascii=False) + "\n")
