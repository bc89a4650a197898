"""What grading says to teachers and students, in both languages.

A note is a list (key, details ...), kept as JSON beside the submission it is about, and becomes a
sentence only where somebody reads it: `say(note, "zh")`. A detail is a number, a text that needs no
translation, a note, or a text in each language, {"en": ..., "zh": ...}. WORDS are single
expressions of pages.
"""

NOTES = {
    "unreadable": ("unreadable: {0}", "无法读取：{0}"),
    "too large": (
        "The file is larger than 20 MB: clear the outputs and hand it in again.",
        "文件超过 20 MB：请清除输出后重新提交。",
    ),
    "empty": (
        "The file is empty, or cannot be opened: save the notebook and hand it in again.",
        "文件是空的，或者打不开：请保存笔记本后重新提交。",
    ),
    "no notebook": (
        "This is {0}, no notebook: hand in the file that ends in .ipynb.",
        "这是{0}，不是笔记本：请提交以 .ipynb 结尾的文件。",
    ),
    "merge conflict": (
        "The file holds two versions that Git could not merge, parted by <<<<<<< and >>>>>>>:"
        " choose one of them, open it in Jupyter, save it, and hand it in again.",
        "文件里有 Git 没能合并的两个版本，中间用 <<<<<<< 和 >>>>>>> 隔开："
        "请选定一个，在 Jupyter 里打开并保存，再重新提交。",
    ),
    "damaged": (
        "This is no notebook, or only a part of one (it begins with {0!r}): your file is damaged or"
        " cut off. Save the notebook anew in Jupyter and hand it in again.",
        "这不是笔记本，或者只是其中一部分（开头是 {0!r}）：文件损坏了，或者不完整。"
        "请在 Jupyter 里把笔记本重新保存一次，再提交。",
    ),
    "too long": (
        "The notebook has more than {0} cells or {1:,} letters: delete what is not your answer and"
        " hand it in again.",
        "笔记本超过了 {0} 个单元格或 {1:,} 个字符：请删去不属于答案的内容，再重新提交。",
    ),
    "another notebook": (
        "This is {0}, not {1}: open {1}.ipynb, write your answers there and hand it in.",
        "这是 {0}，不是 {1}：请打开 {1}.ipynb，把答案写在里面再提交。",
    ),
    "broke off": ("grading broke off, {0}", "评分中断：{0}"),
    "ready-made": ("imports {0}: was that allowed?", "导入了 {0}：允许吗？"),
    "several files": (
        "{0} files handed in, the newest that is {1} is graded: {2}",
        "交了 {0} 个文件，按其中最新的 {1} 评分：{2}",
    ),
    "text cut": (
        "{0:,} letters or spaces too many in texts were left out: see submitted/",
        "文字里有 {0:,} 个过多的字符或空格被略去：见 submitted/",
    ),
    "no picture": (
        "a picture could not be read and was left out: it is in submitted/",
        "有一张图片无法读取，已略去：见 submitted/",
    ),
    "pictures too large": (
        "pictures of more than 6 MB were left out: they are in submitted/",
        "超过 6 MB 的图片已略去：见 submitted/",
    ),
    "written twice": (
        "{0}: written {1} times, the last one counts",
        "{0}：写了 {1} 次，以最后一次为准",
    ),
    "elsewhere": ("{0}: written in another cell", "{0}：写在了别的单元格里"),
    "deleted": ("{0}: its cell was deleted", "{0}：所在的单元格被删掉了"),
    "as code": (
        "{0}: written in a {1} cell, taken as code",
        "{0}：写在了 {1} 单元格里，按代码处理",
    ),
    "as text": (
        "{0}: written in a {1} cell, taken as text",
        "{0}：写在了 {1} 单元格里，按文字处理",
    ),
    "below": (
        "{0}: nothing at its check cell; what stands below it counts",
        "{0}：运行到检查单元格时还没有答案，以写在下面的为准",
    ),
    "used again": (
        "{0}: its own cell gives the name to something else; the function counts",
        "{0}：同一单元格里又把这个名字给了别的东西，以函数为准",
    ),
    "corrected": (
        "{0}: written once more below its check cell; what stood at its check cell counts",
        "{0}：在检查单元格之后又写了一次，以运行到检查单元格时的为准",
    ),
    "said right": ("{0}: its check said ✓, but it lost: {1}", "{0}：检查显示 ✓，却丢了分：{1}"),
    "said right before": (
        "{0}: its check said ✓ when it was handed in, but it lost: {1}",
        "{0}：提交时检查显示 ✓，却丢了分：{1}",
    ),
    "said wrong": (
        "{0}: its check said {1}, but it has all points",
        "{0}：检查显示 {1}，却得了满分",
    ),
    "said wrong before": (
        "{0}: its check said {1} when it was handed in, but it has all points",
        "{0}：提交时检查显示 {1}，却得了满分",
    ),
    "edited": ("{0!r}: edited, put back as it was", "{0!r}：被改动过，已恢复原样"),
    "cell": ("cell {0}: {1}", "第 {0} 个单元格：{1}"),
    "answer": ("{0}: {1}", "{0}：{1}"),
    "ran too long": ("stopped: it ran for more than {0} s", "已停止：运行超过 {0} 秒"),
    "took too long": ("stopped: it took more than {0} s", "已停止：调用超过 {0} 秒"),
    "out of time": (
        "stopped: all in all it ran for more than {0} s",
        "已停止：总共运行超过 {0} 秒",
    ),
    "printed": ("stopped: it printed without end", "已停止：输出没完没了"),
    "processes": (
        "stopped: it started more than {0} processes",
        "已停止：启动了超过 {0} 个进程",
    ),
    "memory": ("stopped: it used more than {0:g} GB of memory", "已停止：占用内存超过 {0:g} GB"),
    "disk": ("stopped: it filled the disk", "已停止：写满了磁盘"),
    "died": (
        "the kernel ended: a crash, or more memory than there is",
        "内核终止了：程序崩溃，或者内存不够",
    ),
    "more output": ("… (more output, left out)", "……（其余输出略去）"),
    "raised": ("{0}", "{0}"),
    "no value": (
        "{0} is neither a number nor an array nor a list",
        "{0} 既不是数，也不是数组或列表",
    ),
    "large array": ("an array of {0} numbers is too large", "含 {0} 个数的数组太大"),
    "undefined": ("{0} is not defined", "{0} 没有定义"),
    "no reply": ("what came back from {0} is no value", "{0} 没有返回可用的值"),
    "late": ("days late: {0:g}", "迟交天数：{0:g}"),
    "penalty": ("{0:g} points off for being late", "因迟交扣 {0:g} 分"),
    "not on the roster": ("not on the roster", "不在名单上"),
}

WORDS = {
    "class": ("{}: what the class got wrong", "{}：全班错在哪里"),
    "handed in": ("{} handed in", "交了 {} 份"),
    "of the roster": ("{} of {} handed in", "{1} 人中交了 {0} 份"),
    "absent": ("Nothing from: {}", "没有交的：{}"),
    "unreadable": (
        "{} could not be read or marked: not counted below",
        "{} 份无法读取或评分，不计入下面的人数",
    ),
    "texts": ("texts to grade by hand: {}", "{} 份文字待老师评分"),
    "points axis": ("Points, of {:g}", "得分，满分 {:g}"),
    "points title": ("How many students have how many points", "得分的分布（人数）"),
    "so far": (
        "Points so far: texts still to be graded count as 0.",
        "目前的得分：还没有评的文字按 0 分计。",
    ),
    "frequent": ("The most frequent mistakes", "最常见的错误"),
    "no mistakes": ("No known mistake was found.", "没有发现已知的错误。"),
    "count": ("{} of {}", "{1} 人中 {0} 人"),
    "missed": ("Properties missed", "没有满足的性质"),
    "all right": ("Everybody got all points.", "所有人都得了满分。"),
    "mistakes": ("Mistakes", "错误"),
    "show again": (
        "Show again: lesson {} {}, section “{}”",
        "可以再讲一遍：第 {} 课《{}》的“{}”一节",
    ),
    "panel": (", panel `panels.{}`", "，面板 `panels.{}`"),
    ": ": (": ", "："),
    "; ": ("; ", "；"),
    ", ": (", ", "、"),
    "alike": ("Look at these together", "这些请放在一起看"),
    "alike why": (
        "Their code is the same without its names, comments and spacing. A hint, no verdict.",
        "去掉名字、注释和空白之后，代码完全相同。这只是提示，不是结论。",
    ),
    "students": ("Students", "学生"),
    "student": ("Student", "学生"),
    "points head": ("Points so far", "目前得分"),
    "by hand": ("By hand", "人工评分"),
    "look at": ("Look at", "请看"),
    "text to grade": ("text to grade", "文字待评"),
    "points": ("{:g} of {:g} points", "得分 {:g}，满分 {:g}"),
    "points so far": (
        "{:g} of {:g} points so far",
        "目前得分 {:g}，满分 {:g}",
    ),
    "waiting": ("waiting for your teacher", "等待老师评分"),
    "comment": ("Comment", "评语"),
    "late": ("Handed in late: −{:g} points", "迟交扣分：−{:g} 分"),
    "your answer": ("Your answer", "你的回答"),
    "check": ("Check", "检查"),
}


class Said(Exception):
    """An exception whose arguments are a note."""

    def __str__(self):
        return say(self.args, "en")


def choose(pair, language):
    """The English or the Chinese one of a pair."""
    return pair[language == "zh"]


def say(note, language):
    """A note as a sentence."""
    key, *details = note
    for place, one in enumerate(details):
        if isinstance(one, list | tuple):
            details[place] = say(one, language)
        elif isinstance(one, dict):
            details[place] = one[language]
    return choose(NOTES[key], language).format(*details)


def word(key, language, *details):
    """An expression of WORDS."""
    return choose(WORDS[key], language).format(*details)
