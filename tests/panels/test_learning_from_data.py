"""Learning from data, its panels: every control through its range, numbers counted by hand."""

import numpy as np
import pytest

from helpers import panels
from helpers.data import load_digits
from helpers.panels.learning_from_data import _mosaic

(x_train, t_train), (x_test, t_test) = load_digits()
FIVE = t_train == 5
ORDER = np.random.default_rng(0).permutation(64)


def top(x):
    return x.reshape(-1, 8, 8)[:, 0, 2:7].mean(axis=1, dtype=float)


def right(x):
    return x.reshape(-1, 8, 8)[:, 2:4, 4:7].mean(axis=(1, 2), dtype=float)


def rule(x, a, b):
    return (top(x) >= a) & (right(x) <= b)


def pictures_of(panel):
    """The arrays that the moving pictures of a panel show."""
    return [image.get_array().data for ax in panel._figure.axes for image in ax.images]


# ------------------------------------------------------------------ a rule for 5


@pytest.fixture(scope="module")
def panel():
    return panels.rule_for_five(x_train, t_train, top, right, rule)


@pytest.mark.parametrize("a", np.arange(21) / 20)
def test_the_rule_is_counted_rightly_everywhere(panel, a):
    for b in (0, 0.2, 0.25, 0.3, 0.55, 1):
        panel.set(a=a, b=b)
        assert panel.error == ""
        says = [p >= a and q <= b for p, q in zip(top(x_train), right(x_train), strict=True)]
        caught = sum(yes and five for yes, five in zip(says, FIVE, strict=True))
        alarms = sum(says) - caught
        assert list(panel.readout.values()) == [
            f"{caught} / 146",
            f"{146 - caught}",
            f"{alarms} / 1291",
            f"{(caught + 1291 - alarms) / 1437:.1%}",
            "89.8%",
        ]


def test_the_rule_opens_below_the_rule_that_always_says_no():
    readout = panels.rule_for_five(x_train, t_train, top, right, rule).readout
    assert readout["accuracy"] < readout["always y = 0"]
    assert int(readout["missed"]) < 30


def test_presets_of_the_rule_are_always_no_and_always_yes(panel):
    no, yes = (preset for _, preset in panel.presets)
    panel.set(**no)
    assert panel.readout["caught"] == "0 / 146"
    assert panel.readout["accuracy"] == panel.readout["always y = 0"]
    panel.set(**yes)
    assert panel.readout["false alarms"] == "1291 / 1291"
    assert panel.readout["accuracy"] == "10.2%"


def test_the_gallery_shows_the_failures(panel):
    panel.set(a=0.6, b=0.3)
    says = (top(x_train) >= 0.6) & (right(x_train) <= 0.3)
    missed, alarms = x_train[~says & FIVE], x_train[says & ~FIVE]
    shown = pictures_of(panel)
    assert np.array_equal(shown[0], _mosaic(missed))
    assert np.array_equal(shown[1], _mosaic(alarms))
    assert np.array_equal(shown[0][1:9, 10:18], missed[1].reshape(8, 8))


def test_the_learners_own_rule_is_used():
    panel = panels.rule_for_five(x_train, t_train, top, right, lambda x, a, b: top(x) >= b)
    panel.set(a=1, b=0)
    assert panel.readout["caught"] == "146 / 146"


# ------------------------------------------------------------------ three ways

SCORES = {
    (name, learner): (0.5 + 0.01 * place, 0.4 + 0.01 * place)
    for place, (name, learner) in enumerate(
        (name, learner)
        for name in ("mean", "pixels", "HOG")
        for learner in ("KNN 1", "KNN 3", "KNN 5", "SVM", "MLP")
    )
}


def test_every_rung_is_looked_up():
    panel = panels.three_ways(SCORES)
    for (name, learner), (train, test) in SCORES.items():
        short, _, k = learner.partition(" ")
        panel.set(representation=name, learner=short, **({"k": int(k)} if k else {}))
        assert panel.error == ""
        assert panel.readout == {"x_train": f"{train:.1%}", "x_test": f"{test:.1%}"}


def test_k_matters_only_for_knn():
    panel = panels.three_ways(SCORES)
    for learner, kinds in (("SVM", 1), ("MLP", 1), ("KNN", 3)):
        shown = set()
        for k in (1, 3, 5):
            panel.set(learner=learner, k=k)
            shown.add(panel.readout["x_test"])
        assert len(shown) == kinds


def test_the_other_learners_on_the_same_representation_stand_in_grey_and_knn_with_this_k():
    panel = panels.three_ways(SCORES)
    panel.set(representation="pixels", learner="SVM", k=3)  # nothing of a bet on HOG is shown
    others = panel._figure.axes[0].collections[0].get_segments()
    expected = [
        [(0, train), (1, test)]
        for pair, (train, test) in SCORES.items()
        if pair in (("pixels", "KNN 3"), ("pixels", "MLP"))
    ]
    assert len(expected) == 2
    assert np.allclose(np.array(others), np.array(expected))


def test_what_is_shown_does_not_depend_on_what_was_shown():
    one, other = panels.three_ways(SCORES), panels.three_ways(SCORES)
    other.set(learner="MLP")
    other.set(learner="KNN")
    assert one.picture == other.picture and one.prefetch


# ------------------------------------------------------------------ shuffled pixels


@pytest.fixture
def shuffled():
    rng = np.random.default_rng(1)
    wrong = np.where(rng.random(len(t_test)) < 0.05, (t_test + 1) % 10, t_test)
    return panels.shuffled_pixels(
        x_test, t_test, ORDER, {"one": (t_test, wrong), "two": (wrong, wrong)}
    ), np.mean(wrong == t_test)


def test_the_picture_has_its_pixels_in_the_chosen_order(shuffled):
    panel, _ = shuffled
    for n in (0, 7, 359):
        panel.set(n=n, pixels="x")
        assert np.array_equal(pictures_of(panel)[0].ravel(), x_test[n])
        panel.set(pixels="x[:, order]")
        assert np.array_equal(pictures_of(panel)[0].ravel(), x_test[n][ORDER])


def test_every_test_picture_and_both_orders(shuffled):
    panel, accuracy = shuffled
    for n in range(0, 360, 7):
        for pixels in ("x", "x[:, order]"):
            panel.set(n=n, pixels=pixels)
            assert panel.error == ""
            readout = panel.readout
            assert readout["t"] == str(t_test[n])
            for way in ("one", "two"):
                answer, mark, percent = readout[way].split()
                assert mark == ("✓" if int(answer) == t_test[n] else "✗")
                right = way == "one" and pixels == "x"
                assert percent == ("100.0%" if right else f"{accuracy:.1%}")


# ------------------------------------------------------------------ what the lesson says


def test_what_a_shuffle_does_to_hog_and_to_pixels():
    from sklearn.neighbors import KNeighborsClassifier

    from helpers.features import hog_features

    def right_answers(extract):
        knn = KNeighborsClassifier(1).fit(extract(x_train), t_train)
        return np.sum(knn.predict(extract(x_test)) == t_test)

    assert right_answers(hog_features) - right_answers(lambda x: hog_features(x[:, ORDER])) > 15
    assert right_answers(lambda x: x) == right_answers(lambda x: x[:, ORDER])
