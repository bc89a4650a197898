"""The practice question of "start here"."""

from lessons.questions import Mistake, Question

right, images = 7, 10

QUESTIONS = {
    "practice": Question(
        right=right / images,
        en="Checks work here, and so do you. A fraction lies between 0 and 1.",
        zh="小测题工作正常，你也答对了。比例总在 0 和 1 之间。",
        mistakes=[
            Mistake(
                right,
                "That is how many were recognised. Out of how many?",
                "这是认对的张数。总共有多少张？",
            ),
            Mistake(
                100 * right / images,
                "That is a percentage. What is it as a fraction between 0 and 1?",
                "这是百分数。写成 0 到 1 之间的比例是多少？",
            ),
            Mistake(
                (images - right) / images,
                "That is the fraction that was missed. And the others?",
                "这是认错的比例。认对的呢？",
            ),
            Mistake(
                images / right,
                "Turned over: a fraction of the whole is never larger than the whole.",
                "除反了：部分不会大于整体。",
            ),
        ],
        hint_en="Divide what was recognised by the number of images.",
        hint_zh="用认对的张数除以总张数。",
    ),
}
