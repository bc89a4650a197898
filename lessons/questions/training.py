"""Questions of "training". Every value is computed from the sizes and numbers of the lesson."""

import numpy as np

from lessons.questions import Mistake, Question

pictures, batch_size, epochs = 60000, 100, 10
numbers = np.arange(100)  # rows of which each is its own label


def apart(draw):
    x, t = draw(np.random.default_rng(0), numbers, numbers, len(numbers))
    return np.mean(abs(x - t))


def drawn_twice(rng, x, t, batch_size):
    return x[rng.choice(len(x), batch_size)], t[rng.choice(len(t), batch_size)]


def same_rows(rng, x, t, batch_size):
    rows = rng.choice(len(x), batch_size)
    return x[rows], t[rows]


def sorted_labels(rng, x, t, batch_size):
    rows = rng.choice(len(x), batch_size)
    return x[rows], t[np.sort(rows)]


def undrawn_labels(rng, x, t, batch_size):
    return x[rng.choice(len(x), batch_size)], t[:batch_size]


QUESTIONS = {
    "training-down": Question(
        right="c",
        en="The step suits its own 50 pictures. Whether it suits the others, it cannot know.",
        zh="这一步适合它那 50 张图片，适不适合其余的，它无从知道。",
        mistakes=[
            Mistake(
                "a",
                "The gradient of what? Which pictures has it seen, and which loss do we ask about?",
                "这是谁的梯度？它见过哪些图片，我们问的又是哪个损失？",
            ),
            Mistake(
                "b",
                "The gradient check was passed. What else can make a step miss?",
                "梯度确认已经通过了。还有什么会让一步走偏？",
            ),
        ],
        hint_en="Choose one of the three letters.",
        hint_zh="请从三个字母里选一个。",
    ),
    "training-steps": Question(
        right=epochs * pictures // batch_size,
        en="Each epoch is 600 batches, and each batch makes one step.",
        zh="每个 epoch 有 600 批，每批走一步。",
        mistakes=[
            Mistake(
                epochs,
                "That is the number of epochs. How often are the parameters updated within one?",
                "这是 epoch 的个数。一个 epoch 里参数更新多少次？",
            ),
            Mistake(
                pictures // batch_size,
                "That is one epoch. How many are asked for?",
                "这是一个 epoch。题目问的是几个？",
            ),
            Mistake(
                epochs * pictures,
                "That is one step for each picture. How many pictures share a step?",
                "这是每张图片走一步。几张图片合起来才走一步？",
            ),
            Mistake(
                pictures,
                "That counts the pictures. How many of them does one step use?",
                "这数的是图片。一步要用掉几张？",
            ),
            Mistake(
                epochs * batch_size,
                "That is epochs times batch size. How many batches make one epoch?",
                "这是 epoch 数乘以批大小。一个 epoch 有几批？",
            ),
            Mistake(
                pictures // (batch_size * epochs),
                "Divided by the epochs. Do more epochs mean fewer steps?",
                "这里除以了 epoch 数。epoch 越多，步数会越少吗？",
            ),
        ],
        hint_en="How many batches are in one epoch? And in all of them?",
        hint_zh="一个 epoch 有几批？全部合起来呢？",
    ),
    "training-apart": Question(
        right="b",
        en="Right or wrong is all that accuracy asks. The loss also asks how sure.",
        zh="识别精度只问对错，损失还要问有多大把握。",
        mistakes=[
            Mistake(
                "a",
                "Count the misses in both rows. Have they become more?",
                "数一数两行里认错的张数，变多了吗？",
            ),
            Mistake(
                "c",
                "Both are measured on the same pictures. What does each of them look at?",
                "两者用的是同样的图片。它们各自看的是什么？",
            ),
        ],
        hint_en="Choose one of the three letters.",
        hint_zh="请从三个字母里选一个。",
    ),
    "training-mend": Question(
        right=apart(same_rows),
        arguments=(numbers,),
        en="Each picture keeps its own label: one draw of rows, used for both.",
        zh="每张图片都带着自己的标签：行只抽一次，两处都用它。",
        mistakes=[
            Mistake(
                apart(drawn_twice),
                "As before: most pictures have the label of another. How often are rows drawn?",
                "和原来一样：多数图片拿到了别的图片的标签。行一共抽了几次？",
            ),
            Mistake(
                apart(sorted_labels),
                "The rows are the same, their order is not. Which label stands by which picture?",
                "行相同，次序却不同。哪张图片旁边是哪个标签？",
            ),
            Mistake(
                apart(undrawn_labels),
                "Only the pictures are drawn now. Do the labels follow them?",
                "现在只有图片是抽出来的。标签跟着它们走了吗？",
            ),
        ],
        hint_en="In the loop above, one batch of row numbers serves pictures and labels.",
        hint_zh="在前面的循环里，图片和标签用的是同一批行号。",
    ),
}
