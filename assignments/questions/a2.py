"""Questions of assignment 2: the usual slips are those of the lesson "mean squared error"."""

from lessons.questions import Mistake, Question
from lessons.questions.mean_squared_error import QUESTIONS as LESSON
from lessons.questions.mean_squared_error import t, y1

QUESTIONS = {
    "a2-squared-error": LESSON["mse-mend"],
    "a2-slope": Question(
        right=y1[2] - t[2],
        arguments=(y1, t),
        en="The slope of the true class: raising this output lowers the loss.",
        zh="这是正确类别的斜率：这个输出升高，损失就降低。",
        mistakes=[
            Mistake(
                t[2] - y1[2],
                "The sign is turned. Does the loss rise or fall when this output grows?",
                "符号反了。这个输出变大时，损失是升还是降？",
            ),
            Mistake(
                2 * (y1[2] - t[2]),
                "Twice as steep as it is: the square gives a 2. What does the ½ do to it?",
                "陡了一倍：平方求导得到 2。½ 会怎样改变它？",
            ),
            Mistake(
                0.5 * (y1[2] - t[2]),
                "Half as steep as it is: the ½ is there. What does the square give?",
                "只有一半：½ 有了。平方求导会带出什么因子？",
            ),
            Mistake(
                (y1[2] - t[2]) / 10,
                "A tenth of the size, so a mean over ten. Does the loss divide by ten?",
                "只有十分之一，像是对十个输出取了平均。损失除以十了吗？",
            ),
            Mistake(
                0.5 * (y1[2] - t[2]) ** 2,
                "That is the height of the curve at this point. How steep is it there?",
                "这是曲线在这一点的高度。曲线在这里有多陡？",
            ),
            Mistake(
                y1[2] - t[2] + 0.5 * 0.001,
                "Found by trying with 0.001, so a little off. Which formula is it close to?",
                "这是用 0.001 试出来的，略有偏差。它接近哪个公式的值？",
            ),
            Mistake(
                y1[2],
                "That is the output itself. What is it measured against?",
                "这是输出本身。它要跟谁比较？",
            ),
        ],
        hint_en="Raise y[2] by 0.001: how much does the loss change, divided by 0.001?",
        hint_zh="把 y[2] 加 0.001：损失变了多少？再除以 0.001。",
    ),
}
