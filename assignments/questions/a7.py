"""Questions of assignment 7: square arrays, so that a product turned the wrong way has a value."""

import numpy as np

from lessons.questions import Mistake, Question

x = np.array([[1.0, 2.0, -1.0], [0.5, -1.5, 3.0], [2.0, 0.3, -0.7]])
W = np.array([[0.2, -0.3, 0.1], [0.4, 0.5, -0.2], [-0.6, 0.7, 0.9]])
slope = np.array([[0.3, -0.1, 0.25], [-0.4, 0.6, 0.15], [0.05, 0.35, -0.2]])
h, back = x @ W, slope @ W.T
first, second = x.T @ back, h.T @ slope

a = np.array([-2.0, 0.5, 3.0, -1.0])
powers = np.array([1, 10, 100, 1000])
sent = np.array([1.0, -10.0, 100.0, 1000.0])

y = np.array([[0.2, 0.5, 0.3], [0.1, 0.3, 0.6]])
t = np.array([1, 2])
gap = y - np.eye(3)[t]

QUESTIONS = {
    "a7-input": Question(
        right=back[1, 2],
        arguments=(slope, x, W),
        en="Each input collects what comes back from all outputs that it leads to.",
        zh="每个输入把它通向的各个输出所传回的都收集起来。",
        mistakes=[
            Mistake(
                (slope @ W)[1, 2],
                "These shapes fit by accident. Along which axis of W are the outputs?",
                "形状只是碰巧对得上。输出在 W 的哪个轴上？",
            ),
            Mistake(
                (W @ slope)[1, 2],
                "W stands on the wrong side. In which array are the rows the examples?",
                "W 放错了边。哪个数组的各行是样本？",
            ),
            Mistake(
                (W.T @ slope)[1, 2],
                "The right array is turned, on the wrong side. Where are the examples?",
                "转置的数组选对了，却放错了边。样本在哪里？",
            ),
            Mistake(
                back[1, 2] / 3,
                "Divided by the number of rows. Where was the mean taken already?",
                "除以了行数。平均已经在哪里取过了？",
            ),
            Mistake(
                back[2, 1],
                "Transposed: each slope has the place of its input in x.",
                "转置了：每个斜率的位置应与它的输入在 x 里的位置相同。",
            ),
            Mistake(
                h[1, 2],
                "That is the way forward. What comes from upstream?",
                "这是往前走。上游传来的是什么？",
            ),
        ],
        hint_en="Shape (N, K) and shape (D, K) should give (N, D): which one must be turned?",
        hint_zh="由形状 (N, K) 和 (D, K) 要得到 (N, D)：哪一个要转置？",
    ),
    "a7-weight": Question(
        right=(x.T @ slope)[1, 2],
        arguments=(slope, x, W),
        en="Each weight has its input times the slope of its output, added over the rows.",
        zh="每个权重的斜率是它的输入乘以它的输出的斜率，再对各行相加。",
        mistakes=[
            Mistake(
                (x @ slope)[1, 2],
                "These shapes fit by accident. Over which axis of x are the rows added?",
                "形状只是碰巧对得上。各行是沿 x 的哪个轴相加的？",
            ),
            Mistake(
                (slope.T @ x)[1, 2],
                "Transposed: inputs belong in the rows of W, outputs in its columns.",
                "转置了：W 的行对应输入，列对应输出。",
            ),
            Mistake(
                (slope @ x)[1, 2],
                "Wrong order, and a transpose is missing. What is summed over: examples?",
                "次序反了，还少了一个转置。求和是对样本求的吗？",
            ),
            Mistake(
                (x.T @ slope)[1, 2] / 3,
                "A mean over the rows. Where was the mean taken already?",
                "对各行取了平均。平均已经在哪里取过了？",
            ),
            Mistake(
                x[0, 1] * slope[0, 2],
                "That is the first row alone. Does a weight serve the others, too?",
                "这只是第一行。这个权重不也为其他行服务吗？",
            ),
            Mistake(
                x[-1, 1] * slope[-1, 2],
                "That is the last row alone. Does a loop overwrite where it should add?",
                "这只是最后一行。循环是不是在该相加的地方覆盖了？",
            ),
        ],
        hint_en="Shape (N, D) and shape (N, K) should give (D, K): which one must be turned?",
        hint_zh="由形状 (N, D) 和 (N, K) 要得到 (D, K)：哪一个要转置？",
    ),
    "a7-bias": Question(
        right=slope.sum(axis=0)[1],
        arguments=(slope, x, W),
        en="A bias was copied to all rows, so their slopes add.",
        zh="偏置曾被复制到每一行，所以各行的斜率相加。",
        mistakes=[
            Mistake(
                slope.sum(axis=1)[1],
                "Added over the outputs of one example. Which axis are the examples?",
                "对一个样本的各个输出求了和。样本在哪个轴上？",
            ),
            Mistake(
                slope.mean(axis=0)[1],
                "A mean over the rows. Where was the mean taken already?",
                "对各行取了平均。平均已经在哪里取过了？",
            ),
            Mistake(
                slope[0, 1],
                "That is the first row alone. To how many rows was the bias added?",
                "这只是第一行。偏置加到了几行上？",
            ),
            Mistake(
                1,
                "That is the bias's own slope. What comes from upstream?",
                "这只是偏置自己的斜率。上游传来的是什么？",
            ),
        ],
        hint_en="One number for each column of slope.",
        hint_zh="slope 的每一列得到一个数。",
    ),
    "a7-relu": Question(
        right=np.sum(powers * np.maximum(a, 0)),
        arguments=(a,),
        en="What was below 0 is 0, the rest is as it was.",
        zh="小于 0 的变成了 0，其余不变。",
        mistakes=[
            Mistake(
                np.sum(powers * abs(a)),
                "Negative numbers lost their sign. What should become of them?",
                "负数只是去掉了符号。它们应当变成什么？",
            ),
            Mistake(
                np.sum(powers * np.minimum(a, 0)),
                "The other half: which numbers should stay?",
                "正好是另一半：应当留下的是哪些数？",
            ),
            Mistake(
                np.sum(powers * (a > 0)),
                "That is where numbers stay, not which. What is True in a product?",
                "这是哪些位置留下，不是留下什么数。True 在乘法里是什么？",
            ),
            Mistake(np.sum(powers * a), "Nothing was cut off.", "什么也没有截掉。"),
            Mistake(
                np.sum(powers / (1 + np.exp(-a))),
                "That is the sigmoid, another bend. What does ReLU do above 0?",
                "这是 sigmoid，另一种弯曲。ReLU 在大于 0 处做什么？",
            ),
        ],
        hint_en="Two cases for each number: above 0, or not.",
        hint_zh="每个数有两种情形：大于 0，或者不大于 0。",
    ),
    "a7-relu-back": Question(
        right=np.sum(sent * (a > 0)),
        arguments=(sent, a),
        en="Slopes pass where the input was above 0, and only there.",
        zh="输入大于 0 的地方斜率才通过，别处都不通过。",
        mistakes=[
            Mistake(
                np.sum(sent),
                "Every slope passes. Which array says where it should stop?",
                "斜率全都通过了。哪个数组说明它该在哪里停下？",
            ),
            Mistake(
                np.sum(sent * (sent > 0)),
                "The slope was asked for its own sign. Whose sign decides?",
                "看的是斜率自己的符号。该由谁的符号来决定？",
            ),
            Mistake(
                np.sum(sent * (a > 0) * (sent > 0)),
                "A negative slope may pass, too. Which sign decides?",
                "负的斜率也可以通过。由哪个符号决定？",
            ),
            Mistake(
                np.sum(sent * (a < 0)),
                "The mask is turned round. Where did the input leave a trace in the output?",
                "掩码反了。输入在哪些地方影响了输出？",
            ),
            Mistake(
                np.sum(sent * a * (a > 0)),
                "Multiplied by the output itself. How steep is ReLU above 0?",
                "乘的是输出本身。在大于 0 处，ReLU 有多陡？",
            ),
            Mistake(
                np.sum(sent * a),
                "Multiplied by the input. How steep is ReLU, on each of its two sides?",
                "乘的是输入。ReLU 的两边各有多陡？",
            ),
            Mistake(
                np.sum(a > 0),
                "That is the slope of ReLU alone. What comes from upstream?",
                "这只是 ReLU 自己的斜率。上游传来了什么？",
            ),
        ],
        hint_en="Own slope of ReLU: 1 above 0, otherwise 0. Times what comes back.",
        hint_zh="ReLU 自己的斜率：大于 0 处是 1，否则是 0。再乘以传回来的。",
    ),
    "a7-loss": Question(
        right=gap[1, 2] / 2,
        arguments=(y, t),
        en="y − t, and each of the N examples has an N-th share in the mean.",
        zh="y − t，而且 N 个样本各占平均的 N 分之一。",
        mistakes=[
            Mistake(
                gap[1, 2],
                "This belongs to the sum of the losses. What does a mean do to each slope?",
                "这是损失之和的斜率。取平均对每个斜率有什么影响？",
            ),
            Mistake(
                gap[1, 2] / 4,
                "Divided by the batch size twice. How often does the mean divide?",
                "除了两次批大小。取平均要除几次？",
            ),
            Mistake(
                gap[1, 2] / 3,
                "Divided by the number of classes. Over what is the mean?",
                "除以了类别个数。平均是对什么取的？",
            ),
            Mistake(
                gap[1, 2] / 6,
                "Divided by the number of classes, too. Over what is the mean?",
                "还除以了类别个数。平均是对什么取的？",
            ),
            Mistake(
                -gap[1, 2] / 2,
                "The sign is turned: should the score of the true class fall?",
                "符号反了：正确类别的得分应当下降吗？",
            ),
            Mistake(
                y[1, 2] / 2,
                "The targets are forgotten: a slope near 0 should mean a good prediction.",
                "忘了目标：预测得好时，斜率应当接近 0。",
            ),
            Mistake(
                (y[1, 2] - t[1]) / 2,
                "The labels were subtracted as numbers. Which form of t belongs here?",
                "把标签直接当作数来减了。这里要的是 t 的哪一种形式？",
            ),
            Mistake(
                -1 / y[1, 2] / 2,
                "That is the slope for y. How does it pass back through softmax?",
                "这是对 y 的斜率。它怎样往回穿过 softmax？",
            ),
        ],
        hint_en="One-hot targets first, then the gap, then think of the mean.",
        hint_zh="先写出 one-hot 目标，再求差，然后想想平均。",
    ),
    "a7-twice": Question(
        right=(first + second)[1, 2],
        arguments=(slope, x, W),
        en="One slope comes back on each way, and they add.",
        zh="每条路各带回一个斜率，两个相加。",
        mistakes=[
            Mistake(
                second[1, 2],
                "That is the way through the second layer. Does W do nothing in the first?",
                "这是经过第二层的那条路。W 在第一层里没有作用吗？",
            ),
            Mistake(
                first[1, 2],
                "That is the way through the first layer. Does W do nothing in the second?",
                "这是经过第一层的那条路。W 在第二层里没有作用吗？",
            ),
            Mistake(
                (first + second)[1, 2] / 2,
                "A mean of the two ways. If both move the loss, do the effects add?",
                "两条路取了平均。两边都推动损失时，作用是不是相加？",
            ),
            Mistake(
                2 * second[1, 2],
                "The second layer's slope twice. Is the input of both layers the same?",
                "把第二层的斜率算了两次。两层的输入一样吗？",
            ),
            Mistake(
                2 * first[1, 2],
                "The first layer's slope twice. Is the upstream slope of both the same?",
                "把第一层的斜率算了两次。两层的上游斜率一样吗？",
            ),
            Mistake(
                (x.T @ slope)[1, 2],
                "As if there were one layer. What does the first get from upstream?",
                "像是只有一层。第一层从上游收到的是什么？",
            ),
            Mistake(
                2 * (x.T @ slope)[1, 2],
                "As if both layers had the same input and the same slope. Go back step by step.",
                "像是两层的输入和斜率都一样。请一步一步往回走。",
            ),
            Mistake(
                (x.T @ (slope @ W) + second)[1, 2],
                "The slope went back through the second layer without the transpose.",
                "斜率往回穿过第二层时少了转置。",
            ),
        ],
        hint_en="The second layer's input is h. What comes back to the first one, through it?",
        hint_zh="第二层的输入是 h。第一层呢，经过第二层传回来的是什么？",
    ),
}
