"""What several test modules share: a mini course, copied so that a test may change it, a browser, what runs alone."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples each time, so that a change is judged by itself; HYPOTHESIS_PROFILE=search looks for new ones.
settings.register_profile("same", derandomize=True)
settings.register_profile("search", derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

HERE = Path(__file__).parent
MINI = HERE / "courses" / "mini"
ALONE = tuple(HERE / name for name in ("attacks", "machinery", "test_golden_grading.py"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what runs alone, and puts files with slow tests first, so that no process is left with one at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)
    for item in items:
        if any(item.path.is_relative_to(place) for place in ALONE):
            item.add_marker(pytest.mark.alone)


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    """A copy of the mini course: one assignment, `double`, of two groups and one known mistake."""
    return Path(shutil.copytree(MINI, tmp_path / "mini"))


@pytest.fixture(scope="module")
def chromium():
    """Chromium without a window, driven by Playwright; closed after the module, for its loop would disturb others."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def tiny_gpt2(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a GPT-2 of random weights and its tokenizer, as `save_pretrained` writes them."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("gpt2")
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(
        (Path(__file__).parents[1] / "course/data/fables.fr.txt").read_text(encoding="utf-8").splitlines(),
        trainers.BpeTrainer(vocab_size=300, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False),
    )
    PreTrainedTokenizerFast(tokenizer_object=tokenizer).save_pretrained(folder)
    torch.manual_seed(0)
    GPT2LMHeadModel(GPT2Config(vocab_size=300, n_positions=48, n_embd=16, n_layer=1, n_head=2)).save_pretrained(folder)
    return folder
