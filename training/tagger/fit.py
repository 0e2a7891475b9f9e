"""One training run: batches, learning rate, progress."""

import math
import time

import numpy as np
import torch
from safetensors.torch import save_file

from batches import collate
from encoder import precision

ADDED = ("out.", "shape.", "space.", "quote.", "distance.")


def optimizer(model, rate, added_rate, decay=0.01):
    """What was added to the encoder starts from nothing and learns faster."""
    groups = {True: [], False: []}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            groups[name.startswith(ADDED)].append(parameter)
    return torch.optim.AdamW(
        [{"params": groups[False], "lr": rate}, {"params": groups[True], "lr": added_rate}],
        weight_decay=decay, fused=True,
    )


def fit(model, steps, loss_of, rate, added_rate, size, seed, label, every=25, path=None):
    """`steps`: rows of segments of each step's batch; `loss_of(outputs, batch,
    rows)` gives the loss and a dictionary of what to print."""
    torch.manual_seed(seed)
    hide = np.random.default_rng(seed)
    tuned = optimizer(model, rate, added_rate)
    warm = max(1, len(steps) // 16)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        tuned,
        lambda step: min((step + 1) / warm, max(0.02, (len(steps) - step) / (len(steps) - warm))),
    )
    model.train()
    started, pieces, seen = time.monotonic(), 0, {}
    for number, rows in enumerate(steps, 1):
        batch = collate(rows, size, hide)
        with precision():
            outputs = model(batch)
        loss, parts = loss_of(outputs.float(), batch, rows)
        if not math.isfinite(float(loss.detach())):
            raise SystemExit(f"{label}: the loss is not finite at step {number}")
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        tuned.step()
        schedule.step()
        tuned.zero_grad()
        pieces += int((batch["segment"] > 0).sum())
        for name, value in parts.items():
            seen.setdefault(name, []).append(value)
        if number % every == 0 or number == len(steps):
            elapsed = time.monotonic() - started
            means = " ".join(f"{name} {sum(v) / len(v):.3f}" for name, v in seen.items())
            print(f"{label} {number}/{len(steps)} {means} {pieces / elapsed:.0f} pieces/s "
                  f"{elapsed:.0f} s", flush=True)
            seen = {}
        if path and number % 200 == 0:
            save(model, path.with_suffix(".part"))
    if path:
        save(model, path)


def save(model, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({k: v.contiguous() for k, v in model.state_dict().items()}, path)
