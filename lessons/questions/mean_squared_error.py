"""Questions of "mean squared error". The values come from two predictions and a target."""

import numpy as np

from lessons.questions import Mistake, Question

y1 = np.array([0.1, 0.05, 0.6, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0])
y2 = np.array([0.1, 0.05, 0.1, 0.0, 0.05, 0.1, 0.0, 0.6, 0.0, 0.0])
t = np.array([0, 0, 1, 0, 0, 0, 0, 0, 0, 0])

sum1 = np.sum((y1 - t) ** 2)
mean1 = np.mean((y1 - t) ** 2)
loss1 = 0.5 * sum1
loss2 = 0.5 * np.sum((y2 - t) ** 2)
# The worst that ten probabilities can do: all of it on one wrong class.
worst = 0.5 * np.sum((np.eye(10)[7] - t) ** 2)

QUESTIONS = {
    "mse-ratio": Question(
        right=loss2 / loss1,
        en="The two squares that grew, at k = 2 and k = 7, do it; the other eight never moved.",
        zh="变大的只有 k = 2 和 k = 7 这两个平方，其余八个没有变。",
        mistakes=[
            Mistake(
                0.6 / 0.1,
                "That compares 0.6 with 0.1, the outputs. What does the loss compare y with?",
                "这是输出 0.6 与 0.1 之比。损失拿 y 去跟谁比较？",
            ),
            Mistake(
                (1 - 0.1) ** 2 / (1 - 0.6) ** 2,
                "That is k = 2 alone. Which other output has moved away from its target?",
                "这只看了 k = 2。还有哪个输出也偏离了它的目标？",
            ),
            Mistake(
                loss2 - loss1,
                "That is how much is added. The question is: how many times as large?",
                "这是增加了多少。问题是：变成了原来的几倍？",
            ),
            Mistake(
                loss1 / loss2,
                "Turned over: this says how small the loss of y1 is beside that of y2.",
                "除反了：这是 y1 的损失除以 y2 的损失。",
            ),
            Mistake(
                np.sqrt(loss2 / loss1),
                "This is the ratio of the distances. What happened to the squares?",
                "这是距离之比。平方到哪里去了？",
            ),
            Mistake(
                np.sum(abs(y2 - t)) / np.sum(abs(y1 - t)),
                "These are sums of |y - t|, without squares. Does a large gap count more here?",
                "这是 |y - t| 之和的比，没有平方。这样算，大的差距会算得更重吗？",
            ),
            Mistake(
                1.0,
                "Same ten numbers in y1 and y2, yes. But do they stand in the same places?",
                "y1 和 y2 确实由同样的十个数组成，可它们站在同样的位置上吗？",
            ),
        ],
        hint_en="Divide the loss of y2 by the loss of y1.",
        hint_zh="用 y2 的损失除以 y1 的损失。",
    ),
    "mse-largest": Question(
        right=worst,
        en="All of the probability on one wrong class: two squares of full size, and the half.",
        zh="全部概率都给了一个错误的类别：两个最大的平方，再乘二分之一。",
        mistakes=[
            Mistake(
                2 * worst,
                "That is the sum of the squares before the ½.",
                "这是平方和，还没有乘 ½。",
            ),
            Mistake(
                worst / 2,
                "That is k = 2 alone. Where did the probability go, and what does it cost there?",
                "这只算了 k = 2。概率去了哪里？在那里又要付出多少？",
            ),
            Mistake(
                2 * worst / 10,
                "This is a mean over the ten outputs. Does this loss divide by ten?",
                "这是对十个输出取的平均。这个损失除以十了吗？",
            ),
            Mistake(
                loss2,
                "y2 is bad, but it still leaves 0.1 on the true class. Can you do worse?",
                "y2 很差，可它还给正确类别留了 0.1。能不能更差？",
            ),
            Mistake(
                0.5 * np.sum((0.1 - t) ** 2),
                "That is ten times 0.1, no opinion at all. What is worse than no opinion?",
                "这是十个 0.1，等于毫无看法。什么比毫无看法更糟？",
            ),
            Mistake(
                0.5 * np.sum((np.ones(10) - t) ** 2),
                "Ten outputs of full size do not sum to one. What must probabilities do?",
                "十个输出都取到最大，总和就超出了。概率必须满足什么？",
            ),
            Mistake(
                np.sqrt(2 * worst),
                "That is the distance between y and t. What does the loss do with it?",
                "这是 y 与 t 之间的距离。损失对它又做了什么？",
            ),
            Mistake(
                np.inf,
                "Probabilities stay between 0 and the whole. How large can one gap get?",
                "概率有上限。一个差距最大能有多大？",
            ),
        ],
        hint_en="Fix the sum of the outputs in the panel, then push the loss as high as it goes.",
        hint_zh="在面板里固定输出的总和，再把损失推到最高。",
    ),
    "mse-mean": Question(
        right=loss1 / mean1,
        en="Times ten undoes the mean over the outputs, and the half is taken: a sum, not a mean.",
        zh="乘十，还原对输出取的平均；再取一半。所以这里是求和，不是平均。",
        mistakes=[
            Mistake(
                sum1 / mean1,
                "This brings you to the plain sum Σ. What stands before Σ in this lesson's E?",
                "这样得到的是 Σ 本身。本课的 E 在 Σ 前面还有什么？",
            ),
            Mistake(
                2 * sum1 / mean1,
                "The mean over the outputs is undone, but then doubled. Which way does the ½ go?",
                "平均还原了，接着却乘了二。½ 是该乘，还是该除？",
            ),
            Mistake(
                1,
                "One name, two numbers: print both. Does E in this lesson take a mean over k?",
                "名字相同，数却不同：两个都打印出来看看。本课的 E 对 k 取平均了吗？",
            ),
            Mistake(
                0.5,
                "That is the ½ alone. What else does a mean over k do to the sum?",
                "这只考虑了 ½。对 k 取平均还对总和做了什么？",
            ),
            Mistake(
                mean1 / loss1,
                "Turned over: this leads from E to the library's number.",
                "方向反了：这是从 E 走到库的那个数。",
            ),
        ],
        hint_en="Divide one number by the other.",
        hint_zh="用一个数除以另一个数。",
    ),
    "mse-slope": Question(
        right=y1[2] - t[2],
        en="The slope is y − t. It is negative: raising this output lowers the loss.",
        zh="斜率就是 y − t。它是负的：这个输出升高，损失就降低。",
        mistakes=[
            Mistake(
                t[2] - y1[2],
                "The sign is turned. Does the loss rise or fall when this output grows?",
                "符号反了。这个输出变大时，损失是升还是降？",
            ),
            Mistake(
                2 * (y1[2] - t[2]),
                "Twice too steep: this is the slope of the square without its ½.",
                "陡了一倍：这是没有 ½ 的平方的斜率。",
            ),
            Mistake(
                2 * (t[2] - y1[2]),
                "Two slips: the ½ is forgotten, and the sign is turned.",
                "两处失误：忘了 ½，符号也反了。",
            ),
            Mistake(
                0.5 * (y1[2] - t[2]) ** 2,
                "That is the height of the curve at this point. How steep is it there?",
                "这是曲线在该点的高度。它在那里有多陡？",
            ),
            Mistake(
                y1[2],
                "That is the output itself. What is it measured against?",
                "这是输出本身。它要跟谁比较？",
            ),
            Mistake(
                0.5 * (y1[2] - t[2]),
                "Half of it: the ½ and the 2 of the square were to cancel.",
                "只有一半：½ 应当与平方求导得到的 2 抵消。",
            ),
        ],
        hint_en="Go on to the panel below: how does its tangent lean?",
        hint_zh="看看下面的面板：切线朝哪边倾斜？",
    ),
    "mse-mend": Question(
        right=loss1,
        arguments=(y1, t),
        en="Gaps, squares, sum, half: in this order.",
        zh="求差、平方、求和、减半，正是这个顺序。",
        mistakes=[
            Mistake(
                2 * loss1,
                "The ½ is missing. What does the slope look like without it?",
                "少了 ½。没有它，斜率会是什么样子？",
            ),
            Mistake(
                np.mean((y1 - t) ** 2),
                "This divides by the number of outputs. Is it a mean over k that is wanted?",
                "这里除以了输出的个数。要的是对 k 取平均吗？",
            ),
            Mistake(
                0.5 * np.mean((y1 - t) ** 2),
                "Halved, and then divided by the number of outputs as well. Sum or mean?",
                "既减了半，又除以了输出的个数。该求和还是取平均？",
            ),
            Mistake(
                np.sum(abs(y1 - t)),
                "The gaps are taken without their sign, but they are not squared.",
                "差取了绝对值，但没有平方。",
            ),
            Mistake(
                0.5 * np.sum(abs(y1 - t)),
                "The half is there, but the gaps are not squared.",
                "二分之一有了，但差没有平方。",
            ),
            Mistake(
                0.5 * np.sum(y1 - t) ** 2,
                "Squared after summing: gaps up and gaps down cancel. Which comes first?",
                "先求和、后平方：正负差互相抵消了。哪一步应该在前？",
            ),
            Mistake(
                np.sqrt(np.sum((y1 - t) ** 2)),
                "This is the distance, the root of the sum of squares. Is there a root in E?",
                "这是距离，即平方和的平方根。E 里有根号吗？",
            ),
            Mistake(
                np.sqrt(np.mean((y1 - t) ** 2)),
                "This is the root of the mean of the squares (RMSE). Is there a root in E?",
                "这是平方平均值的平方根（RMSE）。E 里有根号吗？",
            ),
            Mistake(
                -loss1,
                "The sign is turned. Should a bad prediction have a low number or a high one?",
                "符号反了。差的预测，数应当小还是大？",
            ),
            Mistake(
                0.5 * np.sum((y1 + t) ** 2),
                "y and t are added. What tells how far apart they are?",
                "y 和 t 被加在了一起。用什么衡量两者的差距？",
            ),
            Mistake(
                0.5 * np.sum(y1**2 - t**2),
                "Each is squared, then they are subtracted. A gap is taken first, then squared.",
                "这是各自平方之后再相减。应当先求差，再平方。",
            ),
            Mistake(
                0.5 * (y1[2] - t[2]) ** 2,
                "Only the true class is counted. Do the other nine outputs miss nothing?",
                "只算了正确类别。其余九个输出就没有误差吗？",
            ),
        ],
        hint_en="Read E from the inside out: gaps first, the half last.",
        hint_zh="从里往外读公式 E：先求差，最后乘二分之一。",
    ),
}
