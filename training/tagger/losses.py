"""What training minimises."""

import torch
from torch.nn import functional as F

import labels
from encoder import LINK, distance_bucket

NAMES = list(labels.SEQUENCES)


def split(outputs):
    """Logits of each sequence of tags, then the links' columns."""
    parts = {
        name: outputs[..., labels.OFFSETS[name] : labels.OFFSETS[name] + labels.tags(name)]
        for name in NAMES
    }
    return parts, outputs[..., labels.OUTPUTS :]


def link_scores(model, columns, links):
    """Logits of links: of each row of `links`, as in batches.link_rows."""
    row, cue, other, kind = links[:, 0], links[:, 1], links[:, 2], links[:, 3]
    # Columns: the cue's queries for source and content, then their keys.
    parts = columns.unflatten(-1, (4, LINK))
    query = parts[row, cue, kind]
    key = parts[row, other, 2 + kind]
    bias = model.distance(distance_bucket(cue, other)).gather(1, kind[:, None])[:, 0]
    return (query * key).sum(-1) / LINK**0.5 + bias


def supervised(model, outputs, batch, table):
    """Loss on annotated text: a word whose tag is only known to be one of
    several costs what it withholds from all of them together."""
    parts, columns = split(outputs)
    total, known = 0.0, {}
    for index, name in enumerate(NAMES):
        label = batch["tags"][..., index]
        chosen = label >= 0
        count = int(chosen.sum())
        if not count:
            continue
        scores = F.log_softmax(parts[name][chosen].float(), -1)
        if name == "entity":
            allowed = table[label[chosen]]
            loss = -torch.logsumexp(scores.masked_fill(~allowed, -1e4), -1)
        else:
            loss = F.nll_loss(scores, label[chosen], reduction="none")
        known[name] = float(loss.detach().mean())
        total = total + loss.sum() / batch["first"].sum()
    if len(batch["links"]):
        scores = link_scores(model, columns.float(), batch["links"])
        loss = F.binary_cross_entropy_with_logits(scores, batch["links"][:, 4].float())
        known["link"] = float(loss.detach())
        total = total + 0.2 * loss
    return total, known


def distilled(outputs, target, batch):
    """Cross-entropy with a teacher's probabilities, at the first piece of each
    word: `target` holds those of all sequences, side by side."""
    parts, _ = split(outputs)
    first, total = batch["first"], 0.0
    for name in NAMES:
        scores = F.log_softmax(parts[name][first].float(), -1)
        at = labels.OFFSETS[name]
        wanted = target[:, at : at + labels.tags(name)]
        total = total - (wanted * scores).sum(-1).mean()
    return total
