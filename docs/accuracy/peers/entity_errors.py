"""Which entities were wrong, and how: for the page entities.md."""

from collections import Counter, defaultdict

TYPES = {"ENTITY_TYPE_PERSON": "Person", "ENTITY_TYPE_ORGANIZATION": "Organization",
         "ENTITY_TYPE_LOCATION": "Location", "ENTITY_TYPE_NORP": "NORP",
         "ENTITY_TYPE_FACILITY": "Facility", "ENTITY_TYPE_PRODUCT": "Product",
         "ENTITY_TYPE_MISC": "Misc", "ENTITY_TYPE_DATE": "Date", "ENTITY_TYPE_MONEY": "Money",
         "ENTITY_TYPE_PERCENT": "Percent", "ENTITY_TYPE_EMAIL": "Email",
         "ENTITY_TYPE_URL": "URL"}
SCORED = list(TYPES.values())[:9]
NOTHING = "nothing"


def errors(gold_rows, predicted):
    """The confusion of types over equal spans, as {(gold, found): count}, and the
    kinds of errors with how many there are and examples."""
    confusion, kinds, examples = Counter(), Counter(), defaultdict(Counter)
    for row, mentions in zip(gold_rows, predicted, strict=True):
        text = row["text"]
        gold = {(e["start"], e["end"]): e["type"] for e in row["entities"]}
        found = {(start, end): kind for start, end, kind in mentions if kind in SCORED}

        def note(kind, example):
            kinds[kind] += 1
            examples[kind][" ".join(example.split())] += 1

        for span, kind in found.items():
            other = gold.get(span)
            confusion[other or NOTHING, kind] += 1
            if other == kind:
                continue
            near = [g for g in gold if g[0] < span[1] and span[0] < g[1]]
            words = text[span[0]:span[1]]
            if other:
                note(f"{other} taken for {kind}", words)
            elif not near:
                note(f"no entity, taken for {kind}", words)
            else:
                whole = text[near[0][0]:near[0][1]]
                note("other edges than the annotation's", f"{words} for {whole}")
        for span, kind in gold.items():
            if span not in found:
                confusion[kind, NOTHING] += 1
            if not any(f[0] < span[1] and span[0] < f[1] for f in found):
                note(f"{kind} not found", text[span[0]:span[1]])
    listed = [(kind, count, [example for example, _ in examples[kind].most_common(5)])
              for kind, count in kinds.most_common(15)]
    return {"confusion": confusion, "kinds": listed, "total": sum(kinds.values())}
