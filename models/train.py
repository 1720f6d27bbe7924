"""Train the extractor's models on annotated documents and write them to models/trained/.

    python models/train.py [--epochs 6] [--runs 2] [FOLDER ...]                      # fixtures/gold/train
    python models/train.py --late fixtures/gold/late [--epochs 4] [--runs 2] [FOLDER ...]

Needs the extra `train`. Takes a core a run and about a second a document for six rounds. The weights are the means of
all runs, which start alike and read the documents in orders of their own (Wortsman et al. 2022). The first form starts
from the pretrained base. The second goes on from what is in models/trained/, at a lower rate that stays: it reads the
documents that came later, each round with four times as many of the others, and takes the mean of the weights along
the end of its way (Izmailov et al. 2018). Confidence is calibrated afterwards, by `models/calibrate.py`, on documents
that are not trained on.
"""

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import torch
from alignment import Document, align, read_documents
from export import write_linear, write_network, write_pieces
from losses import batch_loss
from network import Base, Network
from numpy.typing import NDArray
from resume import read_network
from samples import Act, Choice, Example, Figure, Mention, Name, make_example
from torch.optim.swa_utils import AveragedModel

from rigwire.extract.wordpieces import END, START, UNKNOWN, spell, split_words

ROOT = Path(__file__).parent
_RARE = 5  # a feature seen less often teaches nothing that lasts
_FIRST_PIECES = 5000  # the base vocabulary is ordered, the commonest pieces first
_SEED = 7
_BATCH = 4  # documents
_ALIKE = 16 * _BATCH  # of which those of a length make a batch
_LAYERS = 3
_EPOCHS, _LATE_EPOCHS = 6, 4
_LATE_RATE = 0.35
_BESIDE = 4  # others that are read with each late document
_AVERAGED = 0.45  # of the steps, at the end, over which weights are averaged
_APART = 50  # steps between two weights of a mean
_SCALE = 60.0  # the loss of a document is a sum of about so many
Features = dict[str, dict[str, int]]


def main() -> None:
    """Train all parts together and write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--late", type=Path)
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--runs", type=int, default=2)
    args = parser.parse_args()
    torch.manual_seed(_SEED)
    torch.set_num_threads(1)
    documents = list(read_documents(args.folders or [ROOT.parent / "fixtures/gold/train"]))
    late = list(read_documents([args.late])) if args.late else []
    base = Base()
    keep = choose_pieces(base, documents + late)
    write_pieces(ROOT / "trained", base, keep)  # before anything is spelt with them
    examples = [make_example(align(document)) for document in documents + late]
    known = choose_features(examples)
    network = Network(base, keep, _LAYERS, known)
    narrow(network, examples)
    numbered = [number_features(example, known) for example in examples]
    if late:
        read_network(network, known)
        early, numbered = numbered[: len(documents)], numbered[len(documents) :]
        train(network, numbered, early, args.epochs or _LATE_EPOCHS, args.runs, _LATE_RATE)
    else:
        train(network, numbered, [], args.epochs or _EPOCHS, args.runs)
    write_linear(ROOT / "trained", network, known)
    write_network(ROOT / "trained", network)


def choose_pieces(base: Base, documents: list[Document]) -> list[int]:
    """Return the numbers of the pieces that stay in the vocabulary: the commonest, and those of the documents."""
    counts = Counter(
        number
        for document in documents
        for word in split_words(f"{document.title} {document.text}")
        for number in spell(word, base.vocabulary)
    )
    seen = {number for number, count in counts.items() if count > _RARE}
    needed = {base.vocabulary[sign] for sign in (UNKNOWN, START, END)}
    return sorted(seen | needed | set(range(1000, _FIRST_PIECES)))


def choose_features(examples: list[Example]) -> Features:
    """Return for each linear part its features with their numbers, the rare ones left out."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for example in examples:
        for name, features in _all_features(example):
            counts[name].update(set(features))
    return {
        name: {f: n for n, f in enumerate(sorted(f for f, count in counted.items() if count >= _RARE))}
        for name, counted in counts.items()
    }


def _all_features(example: Example) -> Iterator[tuple[str, list[str]]]:
    yield from (("type", figure.features) for figure in example.figures)
    yield from (("unstated", act.features) for act in example.acts)
    yield from (("company_name", name.features) for name in example.names)
    for mention in example.mentions:
        yield "status", mention.features
        yield "action", mention.action_features
        for choice in mention.choices:
            yield from ((choice.role, features) for _, features, _ in choice.candidates)


def number_features(example: Example, known: Features) -> Example:
    """Return the example with numbers in place of the names of features."""

    def numbers(name: str, features: list[str]) -> list[Any]:
        return [known[name][f] for f in features if f in known[name]]

    def figure(one: Figure) -> Figure:
        return replace(one, features=numbers("type", one.features))

    def act(one: Act) -> Act:
        return replace(one, features=numbers("unstated", one.features))

    def name(one: Name) -> Name:
        return replace(one, features=numbers("company_name", one.features))

    def choice(one: Choice) -> Choice:
        return replace(one, candidates=[(rows, numbers(one.role, f), good) for rows, f, good in one.candidates])

    def mention(one: Mention) -> Mention:
        return replace(
            one,
            features=numbers("status", one.features),
            action_features=numbers("action", one.action_features),
            choices=[choice(c) for c in one.choices],
        )

    return Example(
        example.windows,
        [figure(f) for f in example.figures],
        [act(a) for a in example.acts],
        [mention(m) for m in example.mentions],
        [name(n) for n in example.names],
    )


def narrow(network: Network, examples: list[Example]) -> None:
    """Make the encoder's inner layers narrower, by what a part of the corpus makes of them."""
    windows = [example.windows[0] for example in examples[::8]]
    network.eval()
    network.encoder.narrow([(torch.tensor([window.ids]), torch.tensor([window.marks])) for window in windows])


def train(
    network: Network,
    examples: list[Example],
    others: list[Example],
    epochs: int,
    runs: int,
    rate: float = 1.0,
) -> None:
    """Train copies of a network side by side and give it the means of their weights."""
    with ProcessPoolExecutor(runs, get_context("fork")) as pool:
        jobs = [pool.submit(fit, network, examples, others, epochs, _SEED + run, rate) for run in range(runs)]
        states = [job.result() for job in jobs]
    for name, weights in network.state_dict().items():
        weights.copy_(torch.from_numpy(np.mean([state[name] for state in states], axis=0)))
    network.eval()


def fit(
    network: Network, examples: list[Example], others: list[Example], epochs: int, seed: int, rate: float
) -> dict[str, NDArray[np.float32]]:
    """Train a network and return its weights; `rate` is the share of a fresh network's rates of learning.

    With `others` each round reads four of these for each example, the rates stay, and the weights are the mean along
    the last part of the way. Without, the rates fall to nothing after a rise, and the weights are those at the end.
    """
    random.seed(seed)
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    encoder = [p for p in network.encoder.parameters() if p.requires_grad]
    linear = [*network.linear.parameters()]
    grouped = {id(p) for p in (*encoder, *linear)}
    heads = [p for p in network.parameters() if p.requires_grad and id(p) not in grouped]
    optimizer = torch.optim.AdamW(
        [
            {"params": encoder, "lr": rate * 2e-4, "weight_decay": 0.01},
            {"params": heads, "lr": rate * 1e-3, "weight_decay": 0.01},
            {"params": linear, "lr": rate * 1e-2, "weight_decay": 0.02},
        ]
    )
    beside = min(_BESIDE * len(examples), len(others))
    steps = epochs * -(-(len(examples) + beside) // _BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (0.06 * steps), 1.0 if others else 1 - s / steps)
    )
    averaged = AveragedModel(network) if others else None
    network.train()
    for epoch in range(epochs):
        total = 0.0
        for batch in _batches(examples + random.sample(others, beside)):
            optimizer.zero_grad()
            loss = batch_loss(network, batch)
            (loss / _SCALE).backward()
            total += loss.item()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimizer.step()
            schedule.step()
            left = steps - schedule.last_epoch
            if averaged is not None and left < _AVERAGED * steps and left % _APART == 0:
                averaged.update_parameters(network)
        print(f"epoch {epoch + 1} of {epochs}: loss {total / (len(examples) + beside):.2f} a document", flush=True)
    trained = averaged.module if averaged is not None else network
    return {name: weights.numpy() for name, weights in trained.state_dict().items()}


def _batches(examples: list[Example]) -> Iterator[list[Example]]:
    """Yield the examples in another order, those of about one length together, so that little is filled up."""
    random.shuffle(examples)
    for start in range(0, len(examples), _ALIKE):
        near = sorted(examples[start : start + _ALIKE], key=lambda e: max(len(window.ids) for window in e.windows))
        batches = [near[i : i + _BATCH] for i in range(0, len(near), _BATCH)]
        random.shuffle(batches)
        yield from batches


if __name__ == "__main__":
    main()
