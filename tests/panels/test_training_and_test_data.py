"""Training and test data, its panels: every control, numbers against NumPy and scikit-learn."""

import numpy as np
import pytest
from sklearn.neighbors import KNeighborsClassifier

from helpers import data, panels
from tests.lessons import lesson, panels_of

(X_TRAIN, T_TRAIN), (X_TEST, T_TEST) = data.load_digits()
TRAIN, TEST = "● train", "○ test"


@pytest.fixture(scope="module")
def made():
    """The three panels as the lesson's own cells make them: neighbours, degree, best_of."""
    return panels_of(lesson("training_and_test_data"))


@pytest.fixture
def lesson_panels(made):
    """The same, as they open; for tests that press no button, since no button is unpressed."""
    for panel in made:
        panel.set(**{each["name"]: each["value"] for each in panel.controls if "value" in each})
    return made


def both_errors(degree, noise, n, redraw=0):
    """Training and test error by the normal road: a Vandermonde matrix and least squares."""
    parts = []
    for seed, size in ((90, n), (91, 100)):
        x = np.linspace(-1, 1, size)
        draw = np.random.default_rng([redraw, seed]).standard_normal(size)
        parts.append((x, np.sin(np.pi * x) + noise * draw))
    w = np.linalg.lstsq(np.vander(parts[0][0], degree + 1), parts[0][1], rcond=None)[0]
    return [np.sqrt(np.mean((np.polyval(w, x) - t) ** 2)) for x, t in parts]


def test_degree_against_least_squares(lesson_panels):
    panel = lesson_panels[1]
    panel.set(shown="● ○")
    for n in (13, 14, 100):
        for noise in (0, 0.3, 0.5):
            for degree in range(13):
                panel.set(degree=degree, noise=noise, n=n)
                assert panel.error == ""
                shown = [float(panel.readout[name]) for name in (TRAIN, TEST)]
                assert shown == pytest.approx(both_errors(degree, noise, n), abs=6e-4)
                assert panel.readout["parameters w"] == f"{degree + 1}"


def test_degree_hides_the_test_data_until_asked(lesson_panels):
    panel = lesson_panels[1]
    assert panel.readout[TEST] == "?"
    hidden = panel.picture
    panel.set(shown="● ○")
    assert panel.readout[TEST] == "0.321"
    assert panel.picture != hidden


def test_looking_at_the_test_data_changes_no_fit(lesson_panels):
    panel = lesson_panels[1]
    panel.set(degree=12)
    before = panel.readout[TRAIN]
    panel.set(shown="● ○")
    panel.set(shown="●")
    assert panel.readout[TRAIN] == before == "0.000"


def test_degree_redraws():
    panel = panels_of(lesson("training_and_test_data"))[1]
    panel.set(shown="● ○")
    panel.press("redraw")
    shown = [float(panel.readout[name]) for name in (TRAIN, TEST)]
    assert shown == pytest.approx(both_errors(3, 0.3, 13, redraw=1), abs=6e-4)


@pytest.mark.parametrize("k", [1, 5, 30])
def test_neighbours_against_scikit_learn(lesson_panels, k):
    """Equal for one neighbour; with more, scikit-learn may order equal distances otherwise."""
    panel = lesson_panels[0]
    panel.set(k=k, share="0")
    peer = KNeighborsClassifier(k, algorithm="brute").fit(X_TRAIN, T_TRAIN)
    for name, x, t in ((TRAIN, X_TRAIN, T_TRAIN), (TEST, X_TEST, T_TEST)):
        assert float(panel.readout[name]) == pytest.approx(peer.score(x, t), abs=0.003)


@pytest.mark.parametrize("share", ["0", "0.3", "1"])
def test_one_neighbour_is_perfect_on_training_data_whatever_the_labels(lesson_panels, share):
    panel = lesson_panels[0]
    panel.set(k=1, share=share)
    assert panel.readout[TRAIN] == "1.0000"
    expected = {"0": 0.99, "0.3": 0.73, "1": 0.1}[share]
    assert float(panel.readout[TEST]) == pytest.approx(expected, abs=0.03)


def test_neighbours_open_with_the_perfect_score_that_reads_nothing(lesson_panels):
    readout = lesson_panels[0].readout
    assert readout[TRAIN] == "1.0000"
    assert float(readout[TEST]) < 0.15


def test_every_k_moves_the_points(lesson_panels):
    panel = lesson_panels[0]
    pictures = set()
    for k in range(1, 31):
        panel.set(k=k)
        assert panel.error == ""
        pictures.add(panel.picture)
    assert len(pictures) == 30


def test_with_some_wrong_labels_the_two_scores_choose_different_k(lesson_panels):
    panel = lesson_panels[0]
    panel.set(share="0.3")
    scores = {name: [] for name in (TRAIN, TEST)}
    for k in range(1, 31):
        panel.set(k=k)
        for name, found in scores.items():
            found.append(float(panel.readout[name]))
    assert np.argmax(scores[TRAIN]) == 0
    assert np.argmin(scores[TEST]) == 0


@pytest.mark.parametrize("m", ["1", "10", "100", "1000"])
def test_best_of_against_counting(lesson_panels, m):
    panel = lesson_panels[2]
    for s in range(10, 181, 10):
        panel.set(m=m, s=s)
        assert panel.error == ""
        guesses = np.random.default_rng([0, s]).integers(0, 10, (int(m), s + 180))
        scores = [np.mean(one[:s] == T_TEST[:s]) for one in guesses]
        best = int(np.argmax(scores))
        fresh = np.mean(guesses[best, s:] == T_TEST[180:])
        assert panel.readout["● best"] == f"{scores[best]:.3f}"
        assert panel.readout["○ same one"] == f"{fresh:.3f}"
        assert panel.readout["● − ○"] == f"{scores[best] - fresh:+.3f}"


def test_optimism_grows_with_m_and_shrinks_with_s():
    panel = panels_of(lesson("training_and_test_data"))[2]

    def gap(m, s):
        gaps = []
        panel.set(m=m, s=s)
        for _ in range(20):
            panel.press("redraw")
            gaps.append(float(panel.readout["● − ○"]))
        return np.mean(gaps)

    assert abs(gap("1", 20)) < 0.05
    assert gap("1", 20) < gap("10", 20) < gap("1000", 20)
    assert gap("1000", 180) < gap("1000", 60) < gap("1000", 20)


def test_presets(lesson_panels):
    for panel in lesson_panels:
        for _, preset in panel.presets:
            panel.set(**preset)
            assert panel.error == ""


def test_a_learners_mistake_is_shown_not_raised():
    panel = panels.best_of(lambda rng, m, n: 1 / 0, T_TEST)
    assert panel.error.startswith("ZeroDivisionError")
