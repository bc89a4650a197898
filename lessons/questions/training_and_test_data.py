"""Questions of "training and test data". Lines are counted as in the lesson's cells."""

import numpy as np

from helpers.data import load_digits
from lessons.questions import Mistake, Question

(_, t_train), (_, t_test) = load_digits()
chance = 1 / len(np.unique(t_test))
guesses = np.random.default_rng(0).integers(0, 10, (1000, 20))
best_of_1000 = np.mean(guesses == t_test[:20], axis=1).max()

validation = np.array([0.91, 0.95, 0.93, 0.88, 0.86])
test = np.array([0.92, 0.90, 0.94, 0.89, 0.87])

PERCENT = (
    "Accuracies here are shares of the whole, not percentages: move the point.",
    "这里的识别精度用占比表示，不用百分数：请移动小数点。",
)

QUESTIONS = {
    "split-memory": Question(
        right=np.mean(t_train == t_train),
        en="Each picture is its own nearest neighbour: it gives back the label that it carries.",
        zh="每张图片的最近邻就是它自己：它带着什么标签，就回答什么标签。",
        mistakes=[
            Mistake(
                chance,
                "That is blind guessing, and right for fresh pictures. Which pictures are these?",
                "这是瞎猜的水平，换成新图片确实如此。可在训练图片上呢？",
            ),
            Mistake(
                0,
                "Even guessing is right now and then. Which picture is nearest to a training one?",
                "就算瞎猜也能碰对几个。离一张训练图片最近的，是哪一张？",
            ),
            Mistake(
                0.5,
                "Why half? Look for the known picture that is nearest. How far away is it?",
                "一半没有什么根据。哪一张已知图片与它的距离为零？",
            ),
            Mistake(100 * np.mean(t_train == t_train), *PERCENT),
        ],
        hint_en="Take one training picture. Which of the training pictures is nearest to it?",
        hint_zh="任取一张训练图片。所有训练图片中，离它最近的是哪一张？",
    ),
    "split-cause": Question(
        right="c",
        en="Less freedom, or more to fit: the curve can no longer follow the noise so closely.",
        zh="自由度减少，或者要拟合的点增多：曲线就无法再那样紧跟噪声了。",
        mistakes=[
            Mistake(
                "a",
                "That would show the overfitting sooner. Would the curve be a different one?",
                "这样能早些看出过拟合。可曲线会因此变成另一条吗？",
            ),
            Mistake(
                "b",
                "Then nobody would know. Does a curve change because nobody looks at it?",
                "那就没有人知道了。没有人看，曲线就会变吗？",
            ),
            Mistake(
                "d",
                "The same curve gives the same number each time. What made this curve wild?",
                "同一条曲线，每次算出的数都一样。是什么让这条曲线摆得这么厉害？",
            ),
        ],
        hint_en="Answer with one of the four letters.",
        hint_zh="请从四个字母里选一个作答。",
    ),
    "split-fresh": Question(
        right=chance,
        en="It is a guesser like all others: its luck stays behind with the pictures it won on.",
        zh="它和别的模型一样在瞎猜：好运气留在了让它胜出的那些图片上。",
        mistakes=[
            Mistake(
                best_of_1000,
                "That is the score that it was chosen for. Does a guesser know fresh pictures?",
                "这正是它当选时的成绩。靠猜的模型认得新图片吗？",
            ),
            Mistake(
                (best_of_1000 + chance) / 2,
                "Half of the luck cannot be kept. What does it know about digits?",
                "运气不会留下一半。它对数字知道些什么？",
            ),
            Mistake(
                1 / len(guesses),
                "That is the chance of being picked. How often does one guess hit the label?",
                "这是被选中的机会。猜一次，猜中标签的机会有多大？",
            ),
            Mistake(
                0,
                "Bad luck does not follow good luck. How often does one guess hit the label?",
                "好运之后不一定是厄运。猜一次，猜中标签的机会有多大？",
            ),
            Mistake(100 * chance, *PERCENT),
        ],
        hint_en="How many digits are there to guess from?",
        hint_zh="一共有多少个数字可猜？",
    ),
    "split-before": Question(
        right=1,
        en="It looks at all labels, those of the test rows too, and chooses by them.",
        zh="它看了全部标签，包括测试行的标签，并据此作了选择。",
        mistakes=[
            Mistake(
                2,
                "This line carries out what was decided. Which labels took part in deciding?",
                "这一行只是照办。作决定的时候，用到了哪些标签？",
            ),
            Mistake(
                3,
                "These are the rows to fit with, and only they. What had happened before?",
                "这里只取了用来拟合的行，没有问题。在此之前发生过什么？",
            ),
            Mistake(
                4,
                "The cut is right, but late. Who had already seen the labels of these rows?",
                "切分本身没有错，只是太晚了。这些行的标签，之前已经被谁看过？",
            ),
            Mistake(
                5,
                "Only the fitting half votes, as it should. Who settled which columns it may see?",
                "投票的只有拟合的那一半。它们能看哪些列，又是谁定的？",
            ),
            Mistake(
                6,
                "Reporting changes nothing. Go up: where were the labels used first?",
                "报告成绩改变不了什么。往上找：标签最早用在哪里？",
            ),
        ],
        hint_en="The lines are numbered at their ends.",
        hint_zh="行号写在每行末尾。",
    ),
    "split-steer": Question(
        right=4,
        en="Here the test score decides something. From now on it is no test any more.",
        zh="在这里，测试成绩决定了一件事。从此它就不再是测试了。",
        mistakes=[
            Mistake(
                1,
                "Setting some pictures aside is no leak. Who learns from them later, and where?",
                "留出一些图片不算泄漏。后来是谁、在哪里从中得到了消息？",
            ),
            Mistake(
                2,
                "The neighbours are training pictures; any prediction needs them. Who chooses?",
                "近邻都是训练图片，任何预测都要用到它们。这里还没有作选择。",
            ),
            Mistake(
                3,
                "Measuring alone harms nothing: no model has changed yet. Where does it matter?",
                "只测量并没有害处：还没有哪个模型因此改变。成绩从哪里开始起作用？",
            ),
            Mistake(
                5,
                "This is how any prediction is made. Where did its setting come from?",
                "任何预测都是这样做的。它用的设置是从哪里来的？",
            ),
            Mistake(
                6,
                "The number that is too good is printed here. But which line made it too good?",
                "虚高的成绩是在这里打印的。可是哪一行让它变得虚高？",
            ),
        ],
        hint_en="The lines are numbered at their ends.",
        hint_zh="行号写在每行末尾。",
    ),
    "split-twins": Question(
        right=3,
        en="The cut comes after the copying: a picture lands on one side, its twin on the other.",
        zh="先复制、后切分：一张图片落在这边，它的副本落在那边。",
        mistakes=[
            Mistake(
                1,
                "More, slightly changed pictures are a good idea. When would they do no harm?",
                "添加略有改动的图片是个好办法。在什么时候做，就没有害处？",
            ),
            Mistake(
                2,
                "A copy has the label of its original, rightly. Where do the two get parted?",
                "副本沿用原图的标签，没有错。两者是在哪里被分开的？",
            ),
            Mistake(
                4,
                "A fair vote, had the rows been divided well. Where are they divided?",
                "如果行分得好，这样投票并无不妥。行是在哪里分的？",
            ),
            Mistake(
                5,
                "Here the number is printed. Which line gave the test rows a twin among the known?",
                "这里只是打印。哪一行让测试用的行在已知的行里有了副本？",
            ),
        ],
        hint_en="The lines are numbered at their ends.",
        hint_zh="行号写在每行末尾。",
    ),
    "split-mend": Question(
        right=test[validation.argmax()],
        arguments=(validation, test),
        en="Chosen by one set of scores, reported by the other: the test data had no say.",
        zh="用一组成绩挑选，用另一组成绩报告：测试数据没有参与选择。",
        mistakes=[
            Mistake(
                test.max(),
                "The test scores still choose. Which scores are there to choose by?",
                "仍然是测试成绩在挑选。应当用哪一组成绩来挑选？",
            ),
            Mistake(
                validation.max(),
                "Chosen well, but this score won the choice, with luck. Which scores had no say?",
                "选得对，可这个成绩正是当选的理由，带着运气。哪一组成绩没有参与挑选？",
            ),
            Mistake(
                validation[test.argmax()],
                "The two have changed places: the test chooses and the validation reports.",
                "两者的角色颠倒了：成了测试来挑选，验证来报告。",
            ),
            Mistake(
                validation.argmax(),
                "That is the place of the chosen model. What is its score on the test data?",
                "这是选中的模型的位置。它在测试数据上的成绩是多少？",
            ),
            Mistake(
                test[validation.argmin()],
                "This chooses the worst model. Accuracies: is lower better, or higher?",
                "这样选中的是最差的模型。对识别精度来说，是越低越好还是越高越好？",
            ),
            Mistake(
                test.mean(),
                "A mean over all models. But one of them was chosen: which?",
                "这是所有模型的平均。可要报告的是选中的那一个：哪一个？",
            ),
        ],
        hint_en="Two steps: which model is chosen, and which of its scores is reported?",
        hint_zh="分两步：选哪个模型？报告它的哪个成绩？",
    ),
}
