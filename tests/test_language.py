"""Every sentence of the helpers exists in each language, and is looked up when it is said."""

import ast
import json
import re
from pathlib import Path
from string import Formatter

import numpy as np
import pytest
from IPython.core.formatters import DisplayFormatter

import helpers
from helpers import batches, gradients, losses, panels
from helpers.language import WORDS, say, speak

HELPERS = Path(helpers.__file__).parent
LANGUAGES = {path.stem: json.loads(path.read_text("utf-8")) for path in Path(WORDS).iterdir()}
SAYING = {"say", "value_error"}


def sentences_of(path):
    """What a module says: the first argument of each call of say and value_error."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SAYING:
            sentence = node.args[0]
            assert isinstance(sentence, ast.Constant) or path.name == "language.py", (
                f"{path.name}:{node.lineno} must say a sentence that stands there, to be translated"
            )
            if isinstance(sentence, ast.Constant):
                yield sentence.value


SAID = {sentence for path in HELPERS.rglob("*.py") for sentence in sentences_of(path)}


def fields(sentence):
    return sorted((name, spec, how) for _, name, spec, how in Formatter().parse(sentence) if name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated_and_none_is_left_over(language):
    assert SAID - set(LANGUAGES[language]) == set()
    assert set(LANGUAGES[language]) - SAID == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_names_the_same_details(language):
    for english, other in LANGUAGES[language].items():
        assert set(fields(other)) == set(fields(english)), english


def test_chinese_is_chinese():
    for english, chinese in LANGUAGES["zh"].items():
        assert re.search(r"[\u4e00-\u9fff]", chinese), english
        assert not re.search(r"[\u4e00-\u9fff]", english), english


def test_an_error_speaks_the_language_of_the_edition():
    with pytest.raises(ValueError, match="t has dtype float64"):
        losses.cross_entropy_error(np.full((2, 2), 0.5), np.array([0.0, 1.0]))
    speak("zh")
    with pytest.raises(ValueError, match="标签必须是整数"):
        losses.cross_entropy_error(np.full((2, 2), 0.5), np.array([0.0, 1.0]))


def panels_of_lessons():
    """A panel of each kind that is made of words, anew."""
    x, t = np.random.default_rng(0).random((40, 64)), np.arange(40) % 10
    losses = np.linspace(0, 1, 50)
    yield panels.rule_for_five(x, t, *2 * [lambda x: x[:, 0]], lambda x, a, b: x[:, 0] > a)
    yield panels.three_ways({("HOG", "KNN 1"): (1, 0.9)})
    yield panels.batch_losses(losses, batches.sample_batch)
    yield panels.epoch(batches.sample_batch, batches.shuffled_batches)
    yield panels.best_of(lambda rng, m, n: rng.integers(0, 10, (m, n)), np.arange(360) % 10)
    yield panels.descent(np.sum, gradients.gradient_descent, [1.0, 1.0])
    yield panels.prediction(np.full(10, 0.1), 2, [])


def words_of(panel):
    """All that a panel shows in words, but for what its figure holds."""
    labels = [each["label"] or each["name"] for each in getattr(panel, "controls", [])]
    shown = [panel.words, panel.presets, labels, panel.alt]
    return json.dumps([*shown, getattr(panel, "readout", {})], ensure_ascii=False)


@pytest.mark.filterwarnings("ignore:Glyph")
def test_a_panel_speaks_the_language_of_the_edition():
    english = [words_of(panel) for panel in panels_of_lessons()]
    assert not re.search(r"[\u4e00-\u9fff]", "".join(english))
    speak("zh")
    for panel, before in zip(panels_of_lessons(), english, strict=True):
        words = words_of(panel)
        said = {each for each in SAID if len(each) > 3 and f'"{each}"' in before}
        assert said, before
        assert not [each for each in said if f'"{each}"' in words], words


def test_a_closed_panel_says_so_in_the_language_of_the_edition():
    speak("zh")
    panel = panels.practice()
    panel.close()
    closed = DisplayFormatter().format(panel)[0]["text/plain"]
    assert closed.startswith("这个面板已经关闭")


def test_a_language_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="one of en, zh, but is 'fr'"):
        speak("fr")
    assert say("answered {code}", code=404) == "answered 404"
