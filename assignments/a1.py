"""What decides the marks of a1: properties of counts, cuts and choices, on random data."""

import numpy as np

from tools.grading.marking import Properties, agree, chosen

# What to show again to a class that missed it: lesson, section, and the panel there.
LESSONS = {
    "report": ("learning_from_data", "A rule by hand", "rule_for_five"),
    "cut": ("training_and_test_data", "Two parts, two jobs", None),
    "choose": ("training_and_test_data", "Validation data: for choosing", None),
}

properties = Properties()


def answers_of_a_rule(rng):
    """(says, is_five) with 8 hits, 4 misses, 16 false alarms and 72 rightly said no, mixed."""
    says = np.repeat([True, False, True, False], [8, 4, 16, 72])
    is_five = np.repeat([True, True, False, False], [8, 4, 16, 72])
    order = rng.permutation(100)
    return says[order], is_five[order]


@properties(
    "report",
    1,
    "The accuracy counts what is right, yes and no alike, as a share of all pictures.",
    "识别精度数的是所有答对的，不论是与否，占全部图片的多少。",
)
def accuracy(f, rng):
    says, is_five = answers_of_a_rule(rng)
    return agree(f(says, is_five)[0], 0.8) and agree(f(~says, is_five)[0], 0.2)


@properties(
    "report",
    1,
    "Caught are the fives for which the rule says so; nothing is caught by always saying no.",
    "抓到的是规则也说是 5 的那些 5；总是答否，就一个也抓不到。",
)
def caught(f, rng):
    says, is_five = answers_of_a_rule(rng)
    return agree(f(says, is_five)[1], 8) and agree(f(np.zeros(100, dtype=bool), is_five)[1], 0)


@properties(
    "report",
    1,
    "False alarms are no fives for which the rule says 5; one that says so always has them all.",
    "误报是规则说是 5、其实不是 5 的图片；总是答是，非 5 的图片就全部误报。",
)
def false_alarms(f, rng):
    says, is_five = answers_of_a_rule(rng)
    return agree(f(says, is_five)[2], 16) and agree(f(np.ones(100, dtype=bool), is_five)[2], 88)


@properties(
    "cut",
    1,
    "Each row is in exactly one of the two parts.",
    "每一行恰好在两部分中的一部分里。",
)
def each_row_once(f, rng):
    rows = np.concatenate(f(37, 11, rng))
    return agree(np.sort(rows), np.arange(37))


@properties(
    "cut",
    1,
    "The first part is for training, and the second has as many rows as asked.",
    "第一部分用于训练，第二部分的行数与要求的一样多。",
)
def sizes(f, rng):
    return [[len(part) for part in f(*asked, rng)] for asked in ((37, 11), (20, 15))] == [
        [26, 11],
        [5, 15],
    ]


@properties(
    "cut",
    1,
    "The rows are drawn: other random numbers give another cut, the same ones the same.",
    "行是抽取的：随机数不同，切法就不同；随机数相同，切法也相同。",
)
def drawn(f, rng):
    seed = int(rng.integers(1000))
    cuts = [np.sort(f(200, 60, np.random.default_rng(seed + more))[1]) for more in (0, 0, 1)]
    return agree(cuts[0], cuts[1]) and not agree(cuts[0], cuts[2])


@properties(
    "choose",
    1,
    "The validation data choose: neither the training data nor the test data have a say.",
    "由验证数据来选：训练数据和测试数据都不参与。",
)
def by_validation(f, rng):
    ks = np.array([1, 3, 5, 7, 9, 11])
    for _ in range(4):
        best, other, third = rng.permutation(6)[:3]
        scores = rng.uniform(0.5, 0.8, (3, 6))
        scores[0, other], scores[1, best], scores[2, third] = 1.0, 0.9, 0.95
        if not agree(f(ks, *scores), ks[best]):
            return False
    return True


@properties("prediction", 1, "A prediction was made.", "作出了预测。")
def made(answer, rng):
    return chosen(answer)
