"""Batches: packed segments as tensors."""

import numpy as np
import torch


MASK = 103  # [MASK] in the vocabulary


def collate(rows, size, hide=None):
    """`rows`: lists of segments, each at most `size` pieces together. With
    `hide`, a numpy generator, one piece in twenty is masked: what dropout is
    for, at none of its cost."""
    shape = (len(rows), size)
    arrays = {
        name: np.zeros(shape, np.int64)
        for name in ("piece", "position", "shape", "space", "quote", "segment")
    }
    first = np.zeros(shape, bool)
    tags = np.full((*shape, 4), -1, np.int64)
    links = []
    for row, segments in enumerate(rows):
        at = 0
        for number, segment in enumerate(segments, 1):
            here = (row, slice(at, at + len(segment)))
            arrays["piece"][here] = segment.piece
            arrays["position"][here] = np.arange(len(segment))
            for column, name in enumerate(("shape", "space", "quote")):
                arrays[name][here] = segment.features[:, column]
            arrays["segment"][here] = number
            first[here] = segment.first
            tags[here] = segment.tags
            links += link_rows(segment, row, at)
            at += len(segment)
    if hide is not None:
        masked = (hide.random(shape) < 0.05) & (arrays["segment"] > 0)
        arrays["piece"][masked] = MASK
    batch = {name: torch.from_numpy(array) for name, array in arrays.items()}
    batch["first"], batch["tags"] = torch.from_numpy(first), torch.from_numpy(tags)
    batch["links"] = torch.tensor(links, dtype=torch.long).reshape(-1, 5)
    return batch


def link_rows(segment, row, base):
    """(row, cue, other, 0 for source or 1 for content, whether linked), for every
    cue and every begin of a source or content within reach."""
    found = []
    for kind, column, reach in ((0, 1, 1), (1, 2, 2)):
        begins = sorted({begin for link in segment.links for begin in link[reach]})
        for link in segment.links:
            linked = set(link[reach])
            for begin in begins:
                if abs(begin - link[0]) < 160:
                    found.append((row, base + link[0], base + begin, kind, int(begin in linked)))
    return found
