"""Questions of assignment 3: the usual slips are those of the lesson "cross-entropy error"."""

import numpy as np

from lessons.questions import Mistake, Question
from lessons.questions.cross_entropy_error import QUESTIONS as LESSON

delta = 1e-3
loss = -np.log(0.25)

QUESTIONS = {
    "a3-cross-entropy": LESSON["entropy-mend"],
    "a3-ceiling": Question(
        right=-np.log(delta),
        arguments=(delta,),
        en="At p = 0 only δ is left in the logarithm.",
        zh="p = 0 时，对数里只剩下 δ。",
        mistakes=[
            Mistake(
                np.log(delta),
                "The sign is turned: δ is below one. What does the minus before log do?",
                "符号反了：δ 小于一。log 前面的负号起什么作用？",
            ),
            Mistake(
                -np.log10(delta),
                "This is the logarithm to base ten. Which one is np.log?",
                "这是以十为底的对数。np.log 是哪一种？",
            ),
            Mistake(
                -np.log2(delta),
                "This is the logarithm to base two. Which one is np.log?",
                "这是以二为底的对数。np.log 是哪一种？",
            ),
            Mistake(
                1 / delta,
                "That is the slope at p = 0. How high is the curve there?",
                "这是 p = 0 处的斜率。曲线在那里有多高？",
            ),
            Mistake(
                np.inf,
                "Without δ, yes. But what stands in the logarithm when p = 0?",
                "没有 δ 时是这样。可 p = 0 时，对数里面是什么？",
            ),
            Mistake(
                -np.log(1 + delta),
                "That is the lowest point, at p = 1. Which p is the worst?",
                "这是最低点，p = 1 处。最差的 p 是多少？",
            ),
        ],
        hint_en="Put the worst p there is into −log(p + δ).",
        hint_zh="把最差的 p 代入 −log(p + δ)。",
    ),
    "a3-probability": Question(
        right=0.25,
        arguments=(loss,),
        en="The exponential undoes the logarithm.",
        zh="指数函数是对数函数的反函数。",
        mistakes=[
            Mistake(
                np.exp(loss),
                "Larger than one, so no probability. Where did the minus of the loss go?",
                "大于一，不可能是概率。损失里的负号到哪里去了？",
            ),
            Mistake(
                10**-loss,
                "This undoes a logarithm to base ten. Which one does the loss take?",
                "这还原的是以十为底的对数。损失取的是哪一种？",
            ),
            Mistake(
                2**-loss,
                "This undoes a logarithm to base two. Which one does the loss take?",
                "这还原的是以二为底的对数。损失取的是哪一种？",
            ),
            Mistake(
                1 - loss,
                "Taking it from 1 does not undo a logarithm. What does?",
                "用 1 去减，不能还原对数。log 的反函数是什么？",
            ),
            Mistake(
                1 / loss,
                "Dividing 1 by it does not undo a logarithm. What does?",
                "取倒数，不能还原对数。log 的反函数是什么？",
            ),
            Mistake(
                -np.log(loss),
                "The logarithm was taken once more. What undoes it?",
                "又取了一次对数。怎样才能还原它？",
            ),
            Mistake(
                -np.exp(loss),
                "Below zero, so no probability. In E = −log p, to what does the minus belong?",
                "小于零，不可能是概率。E = −log p 里，负号是加在什么上面的？",
            ),
            Mistake(
                np.nan,
                "nan: the logarithm of a number below zero. And what undoes a logarithm?",
                "得到 nan：对负数取了对数。再想想，怎样还原对数？",
            ),
            Mistake(
                1 - np.exp(-loss),
                "This is what all wrong classes got together. And the true one?",
                "这是所有错误类别的概率之和。正确类别呢？",
            ),
        ],
        hint_en="E = −log p. Solve it for p.",
        hint_zh="由 E = −log p 解出 p。",
    ),
}
