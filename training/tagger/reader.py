"""Readers: each learns one task from the corpora that annotate it, and labels the rest.

No corpus annotates both entities and attributions. A network that learns both from
different news comes to tell the news apart, and forgets in each what nobody asks it for
there. On thirty articles of Worldwide's development file (tests/data/quotes) such a
student had F1 24 for sources and 8 for cues, a reader of PolNeAR alone 85 and 84; of the
names in American political news, which only PolNeAR and the raw articles are, it marked
28 in a hundred, where it marked 87 of those in Worldwide. A reader has never seen other
news, so what it has learnt holds there too.
"""

import losses
from fit import fit
from teacher import DIET, SIZE, diet, steps

ATTRIBUTIONS = {"quotes/polnear.train": 1}
# Tweets and the web's lists are not what the labels are for.
NAMES = {name: times for name, times in DIET.items() if name not in ATTRIBUTIONS} | {
    "entities/wnut17.train": 0.5,
    "entities/broad-twitter.train": 0.25,
}

# The large readers, of MPNet, from which the last round learns.
LARGE_ATTRIBUTIONS = {"quotes/polnear.train": 3}
LARGE_NAMES = {
    "entities/worldwide.train": 2,
    "entities/uner-en-ewt.train": 2,
    "entities/wikigold.train": 1,
}
LARGE_RATE = 5e-5


def train(data, vocabulary, times, model, path, rate=2e-4, seed=1):
    """Learns from the files that `times` names, each seen as often as it says. `rate` is
    the highest of the encoder; what is new starts at one in a thousand."""
    rows, table = diet(data, vocabulary, SIZE, times, seed)

    def loss_of(outputs, batch, _):
        return losses.supervised(model, outputs, batch, table)

    fit(model, steps(rows), loss_of, rate, 1e-3, SIZE, seed, path.stem, path=path)
    return model
