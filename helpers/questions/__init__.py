"""The questions of the lessons and assignments, one module each, read by `helpers.checks`.

Each holds QUESTIONS, a dict of name: Question. Every value is computed from the lesson's own
arrays by the expression that the learner, or the learner's slip, would use; none is typed.

SENTENCES are what `check` says about answers of the wrong kind, whatever the question:
(English, Chinese), with {0}, {1}, {2} for the details.
"""

SENTENCES = {
    "none yet": (
        "no answer yet: put yours in place of None and run the cell again",
        "还没有作答：把 None 换成你的答案，再运行一次这个单元格",
    ),
    "number": ("Here the answer is a number.", "这里的答案应当是一个数。"),
    "string": (
        "Here the answer is a letter or a word in quotes.",
        "这里的答案应当是加引号的字母或词。",
    ),
    "function": (
        "A function is wanted here: write its name, without brackets.",
        "这里要的是函数本身：只写函数名，不加括号。",
    ),
    "raises": ("Your function stops with {0}", "你的函数报错了：{0}"),
    "no return": (
        "Your function gives back None. Is it still to be written, or is a return missing?",
        "你的函数返回了 None。是还没有写，还是漏写了 return？",
    ),
    "changes": (
        "Your function changes the arrays it is given. In which line does it write into them?",
        "你的函数改动了传入的数组。是哪一行写进去的？",
    ),
    "array": (
        "This is an array of shape {0}; one number is wanted. What makes one number of many?",
        "这是形状为 {0} 的数组，而这里要的是一个数。怎样把多个数合成一个数？",
    ),
    "nan": (
        "nan, not a number. Which step divides by 0, takes log 0, or overflows?",
        "结果是 nan（不是一个数）。哪一步除以了 0、对 0 取了对数，或者溢出了？",
    ),
    "other": ("{0} is not it. {1}", "{0} 不对。{2}"),
}
