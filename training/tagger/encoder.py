"""The encoder: a transformer as BERT has it, and what is added to its input.

Two kinds are read from files: BERT's own (absolute positions; MiniLM) and
MPNet's (relative positions; the teacher). Both see, added to each piece's
embedding, the letter case that the uncased vocabulary has lost, what stood
before the word, and where it stands to quotation marks.
"""

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

import labels
from words import SHAPES

# Where the processor multiplies matrices of bfloat16; elsewhere it is a hundred times
# slower than f32.
FAST_BFLOAT16 = torch.cpu._is_amx_tile_supported()


def precision():
    """The context that the network runs in."""
    return torch.autocast("cpu", torch.bfloat16, enabled=FAST_BFLOAT16)


LINK = 32  # dimensions of a link's query and key
BUCKETS = 32  # of distances between cue and what it links


class Layer(nn.Module):
    def __init__(self, hidden, heads, inner, epsilon, dropout):
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.o = nn.Linear(hidden, hidden)
        self.ln1 = nn.LayerNorm(hidden, epsilon)
        self.up = nn.Linear(hidden, inner)
        self.down = nn.Linear(inner, hidden)
        self.ln2 = nn.LayerNorm(hidden, epsilon)

    def forward(self, x, mask):
        batch, size, hidden = x.shape
        q, k, v = (
            part.view(batch, size, self.heads, -1).transpose(1, 2)
            for part in self.qkv(x).chunk(3, dim=-1)
        )
        attended = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        attended = attended.transpose(1, 2).reshape(batch, size, hidden)
        x = self.ln1(x + F.dropout(self.o(attended), self.dropout, self.training))
        inner = self.down(F.gelu(self.up(x)))
        return self.ln2(x + F.dropout(inner, self.dropout, self.training))


class Tagger(nn.Module):
    """An encoder with one linear layer on top: the tags of all sequences, then
    queries and keys of the links from a cue to its source and its content."""

    def __init__(self, vocabulary, hidden, layers, heads, inner, positions, epsilon,
                 relative=False, dropout=0.0):
        super().__init__()
        self.config = dict(vocabulary=vocabulary, hidden=hidden, layers=layers, heads=heads,
                           inner=inner, positions=positions, epsilon=epsilon, relative=relative,
                           dropout=dropout)
        self.relative, self.dropout, self.heads = relative, dropout, heads
        self.word = nn.Embedding(vocabulary, hidden)
        self.position = nn.Embedding(positions, hidden)
        self.shape = nn.Embedding(SHAPES, hidden)
        self.space = nn.Embedding(4, hidden)
        self.quote = nn.Embedding(4, hidden)
        for extra in (self.shape, self.space, self.quote):
            nn.init.zeros_(extra.weight)
        self.ln0 = nn.LayerNorm(hidden, epsilon)
        if relative:
            self.bias = nn.Embedding(32, heads)
        self.layer = nn.ModuleList(
            Layer(hidden, heads, inner, epsilon, dropout) for _ in range(layers)
        )
        self.out = nn.Linear(hidden, labels.OUTPUTS + 4 * LINK)
        self.distance = nn.Embedding(2 * BUCKETS, 2)
        nn.init.normal_(self.out.weight, std=0.02)
        nn.init.zeros_(self.out.bias)
        nn.init.zeros_(self.distance.weight)

    def forward(self, batch):
        """[batch, pieces, outputs]. `segment` numbers the segments of a row:
        pieces see those of their own segment alone; 0 is padding."""
        x = self.word(batch["piece"]) + self.position(batch["position"])
        for name in ("shape", "space", "quote"):
            x = x + getattr(self, name)(batch[name])
        x = F.dropout(self.ln0(x), self.dropout, self.training)
        segment = batch["segment"]
        mask = (segment[:, None, :, None] == segment[:, None, None, :])
        if self.relative:
            size = segment.shape[1]
            # Not trained: attention with a trained mask is twice as slow.
            bias = self.bias(relative_buckets(size)).detach().permute(2, 0, 1)[None]
            mask = bias.masked_fill(~mask, -1e4)
            mask = mask.to(torch.bfloat16) if torch.is_autocast_enabled("cpu") else mask
        for layer in self.layer:
            x = layer(x, mask)
        return self.out(x)


def relative_buckets(size, buckets=32, most=128):
    """MPNet's (T5's) buckets of relative positions: exact near, logarithmic far."""
    at = torch.arange(size)
    n = -(at[None, :] - at[:, None])
    half = buckets // 2
    found = (n < 0).long() * half
    n = n.abs()
    exact = half // 2
    far = exact + (
        torch.log(n.float().clamp(min=1) / exact) / torch.log(torch.tensor(most / exact))
        * (half - exact)
    ).long()
    return found + torch.where(n < exact, n, far.clamp(max=half - 1))


def distance_bucket(cue, other):
    """0..2*BUCKETS: sign and, logarithmically, size of the distance in pieces."""
    distance = (other - cue).float()
    size = (torch.log2(distance.abs() + 1) * 4).long().clamp(max=BUCKETS - 1)
    return size + BUCKETS * (distance > 0).long()


def _copy(target, source, names):
    for ours, theirs in names.items():
        module = target.get_submodule(ours)
        module.weight.data.copy_(source[theirs + ".weight"])
        if getattr(module, "bias", None) is not None and theirs + ".bias" in source:
            module.bias.data.copy_(source[theirs + ".bias"])


def _attention(layer, source, prefix):
    for part in ("weight", "bias"):
        joined = torch.cat([source[f"{prefix}{name}.{part}"] for name in ("q", "k", "v")])
        getattr(layer.qkv, part).data.copy_(joined)


def minilm(path, layers=None):
    """all-MiniLM-L6-v2; with `layers`, only those, from the bottom."""
    source = load_file(path)
    keep = layers if layers is not None else range(6)
    model = Tagger(30522, 384, len(keep), 12, 1536, 512, 1e-12)
    _copy(model, source, {"word": "embeddings.word_embeddings", "ln0": "embeddings.LayerNorm"})
    model.position.weight.data.copy_(
        source["embeddings.position_embeddings.weight"]
        + source["embeddings.token_type_embeddings.weight"][0]
    )
    for ours, theirs in enumerate(keep):
        p = f"encoder.layer.{theirs}."
        names = {"q": "query", "k": "key", "v": "value"}
        attention = {
            f"{short}.{part}": source[f"{p}attention.self.{long}.{part}"]
            for short, long in names.items() for part in ("weight", "bias")
        }
        _attention(model.layer[ours], attention, "")
        _copy(model.layer[ours], source, {
            "o": p + "attention.output.dense", "ln1": p + "attention.output.LayerNorm",
            "up": p + "intermediate.dense", "down": p + "output.dense",
            "ln2": p + "output.LayerNorm",
        })
    return model


def mpnet(path):
    """all-mpnet-base-v2, its vocabulary brought into BERT's order."""
    source = load_file(path)
    model = Tagger(30522, 768, 12, 12, 3072, 512, 1e-5, relative=True)
    words = source["embeddings.word_embeddings.weight"]
    model.word.weight.data.copy_(words[4 : 4 + 30522])
    model.word.weight.data[101] = words[0]  # [CLS] is <s>
    model.word.weight.data[102] = words[2]  # [SEP] is </s>
    model.position.weight.data.copy_(source["embeddings.position_embeddings.weight"][2:])
    _copy(model, source, {"ln0": "embeddings.LayerNorm"})
    model.bias.weight.data.copy_(source["encoder.relative_attention_bias.weight"])
    for index, layer in enumerate(model.layer):
        p = f"encoder.layer.{index}."
        _attention(layer, source, p + "attention.attn.")
        _copy(layer, source, {
            "o": p + "attention.attn.o", "ln1": p + "attention.LayerNorm",
            "up": p + "intermediate.dense", "down": p + "output.dense",
            "ln2": p + "output.LayerNorm",
        })
    return model
