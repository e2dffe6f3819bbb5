"""The tiny models of module 2 and the sentences they learn from; a Hugging Face folder has the same face."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest
import torch

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "course" / "data"))

import emotions  # noqa: E402 - students import them from data/ too
import tiny_models as tiny  # noqa: E402

FABLES = (ROOT / "course" / "data" / "fables.fr.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_sentences_are_the_same_for_a_seed_and_name_every_emotion_as_often(language):
    first = emotions.sentences(600, 7, language)
    assert first == emotions.sentences(600, 7, language) != emotions.sentences(600, 8, language)
    assert Counter(label for _, label in first) == dict.fromkeys(emotions.EMOTIONS, 100)
    assert all(text == " ".join(text.split()) and "{" not in text for text, _ in first)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_bag_of_words_does_not_tell_the_emotion(language):
    """The same words in another order name another emotion: some bag comes with two labels."""
    seen: dict[tuple[str, ...], set[str]] = {}
    for text, label in emotions.sentences(4000, 1, language):
        seen.setdefault(tuple(sorted(text.split())), set()).add(label)
    assert any(len(labels) > 1 for labels in seen.values())


def test_vocabulary_keeps_padding_and_unknown_first():
    assert emotions.vocabulary(["b a", "a c"]) == {"<pad>": 0, "<unk>": 1, "a": 2, "b": 3, "c": 4}
    with pytest.raises(ValueError, match="'de'"):
        emotions.sentences(1, 1, "de")


@pytest.fixture(scope="module")
def params() -> tiny.Params:
    return {name: 5 * tensor for name, tensor in tiny.parameters(20, 16, 2, 12, seed=3).items()}


def test_gpt_looks_back_only(params):
    ids = torch.randint(20, (2, 9), generator=torch.Generator().manual_seed(0))
    other = ids.clone()
    other[:, 6] = (other[:, 6] + 1) % 20
    before, after = tiny.gpt_logits(params, ids), tiny.gpt_logits(params, other)
    torch.testing.assert_close(before[:, :6], after[:, :6])
    assert not torch.allclose(before[:, 6:], after[:, 6:])


def test_encoder_looks_both_ways_and_at_no_padding(params):
    ids = torch.randint(2, 20, (1, 9), generator=torch.Generator().manual_seed(0))
    mask = torch.ones(1, 9, dtype=torch.bool)
    mask[:, 7:] = False
    last, padding = ids.clone(), ids.clone()
    last[:, 6] = (last[:, 6] + 1) % 20
    padding[:, 8] = 0
    states = tiny.encoder_states(params, ids, mask)
    assert not torch.allclose(states[:, 0], tiny.encoder_states(params, last, mask)[:, 0])
    torch.testing.assert_close(states[:, :7], tiny.encoder_states(params, padding, mask)[:, :7])


def test_training_is_the_same_for_a_seed_and_learns(tmp_path):
    heard: list[int] = []
    first, losses = tiny.train_gpt(FABLES, seed=1, steps=60, d=16, layers=1, told=lambda step, _: heard.append(step))
    again, same = tiny.train_gpt(FABLES, seed=1, steps=60, d=16, layers=1)
    assert losses == same and heard == list(range(60)) and losses[-1] < losses[0] - 0.8
    assert all(torch.equal(first.params[name], again.params[name]) for name in first.params)
    assert not any(tensor.requires_grad for tensor in first.params.values())


def test_trained_model_is_kept_in_the_folder_and_read_again(tmp_path, monkeypatch):
    first = tiny.cached_gpt(FABLES, tmp_path, steps=2)
    monkeypatch.setattr(tiny, "train_gpt", None)
    again = tiny.cached_gpt(FABLES, tmp_path, steps=2)
    assert [path.suffix for path in tmp_path.iterdir()] == [".npz"]
    ids = torch.tensor([first.encode("Le corbeau")])
    assert torch.equal(first.logits(ids), again.logits(ids)) and again.decode(ids[0].tolist()) == "Le corbeau"
    with pytest.raises(ValueError, match="'ж'"):
        again.encode("ж")


def test_local_hugging_face_folder_takes_the_place_of_the_tiny_model(tiny_gpt2, tmp_path):
    from transformers import GPT2LMHeadModel

    model = tiny.language_model(str(tiny_gpt2), FABLES, tmp_path)
    text = "Le corbeau, honteux et confus"
    ids = torch.tensor([model.encode(text)])
    assert model.context == 48 and model.decode(ids[0].tolist()) == text
    with torch.no_grad():
        torch.testing.assert_close(model.logits(ids), GPT2LMHeadModel.from_pretrained(tiny_gpt2)(input_ids=ids).logits)


def test_folder_without_a_model_is_refused_and_nothing_is_fetched(tmp_path):
    with pytest.raises(FileNotFoundError, match="holds no config"):
        tiny.language_model(str(tmp_path), FABLES, tmp_path)


def test_scripted_chat_says_its_lines_and_keeps_its_prompts():
    chat = tiny.ScriptedChat(["Bonjour !"])
    assert [chat("a"), chat("b")] == ["Bonjour !", ""] and chat.prompts == ["a", "b"]
