#!/usr/bin/env python3
"""Works out tests/suite/sentence_models/reference.jsonl: static vectors from the published f32 weights, encodings
from the weights of `council-minilm-l6.bin` in f32.

    python3 models/reference.py

It shares no code with the engine: the tokens are those of the `tokenizers` library, and both models
are written out in numpy. The tests hold the engine's tokens to it exactly and its vectors by cosine.
It needs pip, numpy and tokenizers, and reads the packages that `make` pins.
"""

import importlib.machinery
import importlib.util
import json
import math
import pathlib
import struct
import tempfile

import numpy
from tokenizers import Tokenizer

HERE = pathlib.Path(__file__).resolve().parent
TARGET = HERE.parent / "tests/suite/sentence_models/reference.jsonl"

# Sentences, for the vectors, then what is hard to cut into tokens.
SENTENCES = [
    "my bin was not collected this morning",
    "There's a huge pothole outside number 14 - it has already burst two tyres!",
    "how do i pay my council tax by direct debit?",
    "the street light on our road has been flickering all night",
    "I'd like to speak to a person please",
    "bin",
    "We moved house last Tuesday and nobody has told us which day recycling goes out, "
    "nor where the nearest tip is; my mother, who is 84, cannot carry the boxes far.",
]
HOSTILE = [
    "",
    " \t\r\n ",
    "naïve café RÉSUMÉ Ångström İstanbul ẞ straße",
    "[CLS] [SEP] [MASK] [UNK] [PAD] [unused1] ##ing",
    "x" * 100,
    "x" * 101,
    "中文字 漢字kanji 豈更",
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u202eRTL\u202c",
    "a\u200bb\u200dc\ufeffd \u00ad soft",
    "\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467 bins \U0001f5d1\ufe0f",
    "\u0000nul\u0001 tab\there\u0085next\u2028line \ufffd",
    "e\u0301\u0323 q\u0307 ﬁ ﬂ ½ ² ａｂｃ \U0001d573ello",
    "don't \"quote\" — dash… £5 €6 $7 <=> ^`|~ \u00a7\u00b6",
    "हिन्दी में ไทย 한국어 ΣΑΣ \u3099か",
]


def main():
    make = load_make()
    with tempfile.TemporaryDirectory() as cellar:
        encoder = make.wheel(make.ENCODER, make.ENCODER_WHEEL, cellar)
        static = make.wheel(make.STATIC, make.STATIC_WHEEL, cellar)
        table = make.tensors(make.published(static, make.STATIC_WEIGHTS))["embeddings"]
        tokens_of = tokenizer(encoder, make.ENCODER_WEIGHTS)
        static_tokens_of = tokenizer(static, make.STATIC_WEIGHTS)
    weights = encoder_weights((HERE / make.COUNCIL_ENCODER).read_bytes(), make)
    lines = []
    for text in SENTENCES + HOSTILE:
        line = {"text": text, "tokens": tokens_of(text)}
        if text in SENTENCES:
            line["static"] = rounded(table[static_tokens_of(text)].mean(axis=0))
            line["encoding"] = rounded(encode(weights, [101, *line["tokens"], 102]))
        lines.append(json.dumps(line) + "\n")
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text("".join(lines))


def load_make():
    loader = importlib.machinery.SourceFileLoader("make", str(HERE / "make"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("make", loader))
    loader.exec_module(module)
    return module


def encoder_weights(data, make):
    """The f32 tensors of an encoder file, by the names that they were published under."""
    tokens, hidden, positions, layers, _, feed = struct.unpack_from("<6I", data, 8)
    at = 8 + 6 * 4
    weights = {}

    def take(count, kind):
        nonlocal at
        values = numpy.frombuffer(data, kind, count, at)
        at += values.nbytes
        return values.astype("f4")

    def norm(name):
        weights[name + ".weight"], weights[name + ".bias"] = take(hidden, "<f4"), take(hidden, "<f4")

    def linear(outputs, inputs):
        scale, bias = take(outputs, "<f4"), take(outputs, "<f4")
        packed = take(outputs * inputs, "i1").reshape(outputs // make.BLOCK, inputs // 2, make.BLOCK, 2)
        rows = packed.transpose(0, 2, 1, 3).reshape(outputs, inputs)
        return rows * scale[:, None], bias

    scale = take(tokens, "<f4")
    table = take(tokens * hidden, "i1").reshape(tokens, hidden) * scale[:, None]
    weights["embeddings.word_embeddings.weight"] = table
    places = take(positions * hidden, "<f4").reshape(positions, hidden)
    weights["embeddings.position_embeddings.weight"] = places
    # The file has the first text type in the positions, and what attention divides by in the queries.
    weights["embeddings.token_type_embeddings.weight"] = numpy.zeros((1, hidden), "f4")
    norm("embeddings.LayerNorm")
    root = numpy.float32((hidden // make.HEADS) ** -0.5)
    for layer in range(layers):
        name = f"encoder.layer.{layer}."
        three, biases = linear(3 * hidden, hidden)
        for nth, part in enumerate(("query", "key", "value")):
            rows = slice(nth * hidden, (nth + 1) * hidden)
            by = root if part == "query" else numpy.float32(1)
            weights[f"{name}attention.self.{part}.weight"] = three[rows] / by
            weights[f"{name}attention.self.{part}.bias"] = biases[rows] / by
        for part, outputs, inputs, after in [
            ("attention.output.dense", hidden, hidden, "attention.output.LayerNorm"),
            ("intermediate.dense", feed, hidden, None),
            ("output.dense", hidden, feed, "output.LayerNorm"),
        ]:
            weights[f"{name}{part}.weight"], weights[f"{name}{part}.bias"] = linear(outputs, inputs)
            if after:
                norm(name + after)
    return weights


def tokenizer(package, weights_name):
    """Text to tokens, none of them special: what a person writes is text."""
    name = weights_name.replace("model.safetensors", "tokenizer.json")
    settings = json.loads(package.read(name))
    settings.update(truncation=None, padding=None, added_tokens=[], post_processor=None)
    cut = Tokenizer.from_str(json.dumps(settings))
    return lambda text: cut.encode(text, add_special_tokens=False).ids


def rounded(vector):
    unit = vector / numpy.linalg.norm(vector)
    return [round(float(number), 5) for number in unit]


def normalised(rows, weights, name):
    centred = rows - rows.mean(axis=1, keepdims=True)
    deviation = numpy.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-12)
    return centred / deviation * weights[name + ".weight"] + weights[name + ".bias"]


def encode(weights, tokens):
    """BERT on one text, the mean of its last layer's rows."""

    def linear(rows, name):
        return rows @ weights[name + ".weight"].T + weights[name + ".bias"]

    rows = weights["embeddings.word_embeddings.weight"][tokens]
    rows = rows + weights["embeddings.position_embeddings.weight"][: len(tokens)]
    rows = rows + weights["embeddings.token_type_embeddings.weight"][0]
    rows = normalised(rows, weights, "embeddings.LayerNorm")
    for layer in range(6):
        at = f"encoder.layer.{layer}."
        heads = []
        names = ("query", "key", "value")
        for query, key, value in zip(
            *(numpy.split(linear(rows, f"{at}attention.self.{name}"), 12, axis=1) for name in names)
        ):
            scores = query @ key.T / numpy.sqrt(numpy.float32(32))
            shares = numpy.exp(scores - scores.max(axis=1, keepdims=True))
            heads.append(shares / shares.sum(axis=1, keepdims=True) @ value)
        mixed = linear(numpy.concatenate(heads, axis=1), at + "attention.output.dense")
        rows = normalised(rows + mixed, weights, at + "attention.output.LayerNorm")
        fed = gelu(linear(rows, at + "intermediate.dense"))
        rows = normalised(rows + linear(fed, at + "output.dense"), weights, at + "output.LayerNorm")
    return rows.mean(axis=0)


def gelu(values):
    """By the error function, which numpy has only as Python's own, a number at a time."""
    erf = numpy.vectorize(math.erf)
    return (values * 0.5 * (1 + erf(values / numpy.sqrt(2)))).astype("f4")


if __name__ == "__main__":
    main()
