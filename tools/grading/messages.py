"""What grading says to teachers and students, in both languages.

A note is a list (key, details ...), kept as JSON beside the submission it is about, and becomes a
sentence only where somebody reads it: `say(note, "zh")`. WORDS are single expressions of pages.
"""

NOTES = {
    "unreadable": ("unreadable: {0}", "无法读取：{0}"),
    "broke off": ("grading broke off, {0}", "评分中断：{0}"),
    "ready-made": ("uses {0}: was that allowed?", "用到了 {0}：允许吗？"),
    "several files": (
        "{0} files handed in, the newest is graded: {1}",
        "交了 {0} 个文件，按最新的一个评分：{1}",
    ),
    "written twice": (
        "{0}: written {1} times, the last one counts",
        "{0}：写了 {1} 次，以最后一次为准",
    ),
    "elsewhere": ("{0}: written in another cell", "{0}：写在了别的单元格里"),
    "deleted": ("{0}: its cell was deleted", "{0}：所在的单元格被删掉了"),
    "edited": ("{0!r}: edited, put back as it was", "{0!r}：被改动过，已恢复原样"),
    "cell": ("cell {0}: {1}", "第 {0} 个单元格：{1}"),
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
        "{} could not be read or judged: not counted below",
        "{} 份无法读取或评判，不计入下面的人数",
    ),
    "texts": ("{} texts to grade by hand", "{} 份文字待老师评分"),
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
    "to top": ("to the top", "回到顶部"),
}


def choose(pair, language):
    """The English or the Chinese one of a pair."""
    return pair[language == "zh"]


def say(note, language):
    """A note as a sentence. One that is a sentence already stays as it is."""
    if isinstance(note, str):
        return note
    key, *details = note
    details = [say(one, language) if isinstance(one, list | tuple) else one for one in details]
    return choose(NOTES[key], language).format(*details)


def word(key, language, *details):
    """An expression of WORDS."""
    return choose(WORDS[key], language).format(*details)
