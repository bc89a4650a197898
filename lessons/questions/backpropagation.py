"""Questions of "backpropagation". Every value is computed from the lesson's numbers and rules."""

import numpy as np

from lessons.questions import Mistake, Question

price, pieces, tax = 100, 2, 1.1
x = 3
slips = ["sign", "log", "copy"]
letters = {slips[slip]: "ABC"[n] for n, slip in enumerate(np.random.default_rng(5).permutation(3))}
a, slope = np.array([-2.0, 0.5, 3.0, -1.0]), np.array([1.0, 10.0, 100.0, 1000.0])

QUESTIONS = {
    "backprop-price": Question(
        right=pieces * tax,
        en="One more for each piece, and the tax on that. The price itself does not matter.",
        zh="每个多一元，再加上这部分的税。与单价本身无关。",
        mistakes=[
            Mistake(
                pieces,
                "That is before tax. What happens to it at the last node?",
                "这是税前的。到最后一个节点，它还会怎样？",
            ),
            Mistake(
                tax,
                "That is one apple with its tax. How many are in the bag?",
                "这是一个苹果连税。袋子里有几个？",
            ),
            Mistake(
                1,
                "That is what one apple costs more. What comes after it on the way to the total?",
                "这是一个苹果多出来的。从这里到总价，还要经过什么？",
            ),
            Mistake(
                (price + 1) * pieces * tax,
                "That is the new total. How far is it from the old one?",
                "这是新的总价。与原来的相差多少？",
            ),
            Mistake(
                pieces + tax,
                "The two factors are added. What does a chain of products do with a change?",
                "两个因子被加在了一起。一串乘法会怎样对待一个变化？",
            ),
            Mistake(
                price * tax,
                "That is what one more apple costs. What is asked for is one more on its price.",
                "这是多买一个苹果要付的。问的是单价涨 1 元。",
            ),
        ],
        hint_en="Compute the total once more, with the price 101, and take the difference.",
        hint_zh="把单价换成 101 再算一遍总价，求出差。",
    ),
    "backprop-copy": Question(
        right=x + x,
        en="Both sides move when x moves, and each brings back a slope.",
        zh="x 一动，两边都动，每边各带回一个斜率。",
        mistakes=[
            Mistake(
                x,
                "That is what comes back on one of the ways. What about the other?",
                "这是其中一条路带回来的。另一条呢？",
            ),
            Mistake(
                x * x,
                "That is the value, or the two slopes multiplied. Both sides move at once: then?",
                "这是函数值，或者是两个斜率相乘。两边同时动，会怎样？",
            ),
            Mistake(
                2,
                "How many ways there are. And what comes back on each of them?",
                "这是路的条数。每条路带回来的是多少？",
            ),
            Mistake(
                1,
                "That is the slope at the result itself. What does the product do with it?",
                "这是最终结果对自己的斜率。乘法会怎样处理它？",
            ),
        ],
        hint_en="Take a slightly larger x, such as 3.001. By how much does x · x grow?",
        hint_zh="取稍大一点的 x，例如 3.001。x · x 增加了多少？",
    ),
    "backprop-hunt": Question(
        right=letters["copy"],
        en="All slopes on the lines are right, and yet the two that reach a2 are not both counted.",
        zh="线上的斜率都是对的，可到达 a2 的两个没有都算进去。",
        mistakes=[
            Mistake(
                letters["sign"],
                "There a slope on a line is wrong already. Which sign has the line from E to a2?",
                "那里有一条线上的斜率已经错了。看看从 E 到 a2 的那条线，符号如何？",
            ),
            Mistake(
                letters["log"],
                "There all three scores are wrong. Which mistake spoils one score only?",
                "那里三个得分的斜率全错了。哪种错误只弄坏一个？",
            ),
            Mistake(
                "✓",
                "There every ∂ equals its Δ. Nothing is forgotten.",
                "那里每个 ∂ 都等于 Δ，什么也没有忘。",
            ),
        ],
        hint_en="One of the three letters. Which inputs have a ∂ that differs from its Δ?",
        hint_zh="三个字母中的一个。哪些输入的 ∂ 与 Δ 不同？",
    ),
    "backprop-back": Question(
        right="b",
        en="Nothing is learned or invented for the way back: the same weights, turned round.",
        zh="往回走不用另外学什么，也不用另外发明什么：同样的权重，反着用。",
        mistakes=[
            Mistake(
                "a",
                "What did the bag of apples need to go back? Did anything have to be learned?",
                "那袋苹果往回走时需要什么？有什么是学来的吗？",
            ),
            Mistake(
                "c",
                "How many rules does a matrix product have, however large its table of weights is?",
                "不管权重表有多大，一个矩阵乘积有几条规则？",
            ),
        ],
        hint_en="Choose one of the three letters.",
        hint_zh="请从三个字母里选一个。",
    ),
    "backprop-example": Question(
        right="b",
        en="The slope of a weight contains its input, and everything after it.",
        zh="一个权重的斜率里，有它的输入，也有它后面的一切。",
        mistakes=[
            Mistake(
                "a",
                "In the bag, which slope stayed the same when you dragged the pieces? All of them?",
                "在购物袋里，拖动个数时，哪个斜率没有变？全都没变吗？",
            ),
            Mistake(
                "c",
                "The label enters at the very end. What does x.T @ slope take from the picture?",
                "标签到最末端才进来。x.T @ slope 从图片里取了什么？",
            ),
        ],
        hint_en="Choose one of the three letters.",
        hint_zh="请从三个字母里选一个。",
    ),
    "backprop-trains": Question(
        right="b",
        en="Many wrong directions lead downhill. A falling loss checks no gradient.",
        zh="许多错误的方向也通向坡下。损失下降，检验不了梯度。",
        mistakes=[
            Mistake(
                "a",
                "Must a direction be exactly right to lead downhill? Think of the second layer.",
                "方向要完全正确，才能往下坡走吗？想想第二层的斜率。",
            ),
            Mistake(
                "c",
                "Which shapes change when a few slopes too many pass the mask?",
                "掩码多放行几个斜率，会改变哪个形状？",
            ),
        ],
        hint_en="Choose one of the three letters.",
        hint_zh="请从三个字母里选一个。",
    ),
    "backprop-mend": Question(
        right=np.sum(slope * (a > 0)),
        arguments=(a, slope),
        en="Slopes pass where the input was above 0, and only there.",
        zh="输入大于 0 的地方斜率才通过，别处都不通过。",
        mistakes=[
            Mistake(
                np.sum(slope),
                "As before: every slope passes. What is in self.a when the way back begins?",
                "和原来一样，斜率全都通过了。开始往回走时，self.a 里是什么？",
            ),
            Mistake(
                np.sum(slope * (a < 0)),
                "The mask is turned round. Where did the input leave a trace in the output?",
                "掩码反了。输入在哪些地方影响了输出？",
            ),
            Mistake(
                np.sum(slope * a * (a > 0)),
                "Multiplied by the output itself. How steep is ReLU where it is above 0?",
                "乘的是输出本身。在大于 0 的地方，ReLU 有多陡？",
            ),
            Mistake(
                np.sum(slope * a),
                "Multiplied by the input. How steep is ReLU, on each of its two sides?",
                "乘的是输入。ReLU 的两边各有多陡？",
            ),
            Mistake(
                np.sum(a > 0),
                "That is the slope of ReLU alone. What comes from upstream?",
                "这只是 ReLU 自己的斜率。上游传来了什么？",
            ),
            Mistake(
                0,
                "Nothing comes back at all. Where was the input above 0?",
                "什么也没有传回来。输入在哪些地方大于 0？",
            ),
        ],
        hint_en="Keep what the way back needs before writing anything, or write into a new array.",
        hint_zh="先把往回走要用的东西记下来再改写，或者写进一个新的数组。",
    ),
}
