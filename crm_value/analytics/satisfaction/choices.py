"""Which choices of a question are answers on its scale, and which are none.

“Not applicable” is no bad answer, nor is a choice that nobody gave a number: both count
as little as a skipped question does. The survey application keeps the number 0 for what
was not marked, so that 0 can mean the lowest step or none at all; the words and the
place of a choice tell which.
"""

import re

ANSWERING = ("回答", "作答", "评", "評", "判断", "判斷", "确定", "確定")
NOT_YET = ("未", "没", "沒", "没有", "沒有", "从未", "從未", "还没", "還沒", "还没有")
NOT_YET += ("還沒有", "暂未", "暫未", "尚未")
MEETING = ("使用", "用过", "用過", "接触", "接觸", "体验", "體驗")
# How such words begin, without a leading “I”, “we”, 我 or 我们.
BEGINNINGS = (
    *("not applicable", "non applicable", "inapplicable", "not relevant"),
    *("does not apply to", "doesn't apply to", "don't know", "do not know"),
    *("don't remember", "do not remember", "don't recall", "do not recall"),
    *("cannot say", "can't say", "cannot tell", "can't tell", "hard to say"),
    *("cannot judge", "can't judge", "cannot rate", "can't rate", "unable to"),
    *("cannot assess", "can't assess", "cannot evaluate", "can't evaluate"),
    *("cannot answer", "can't answer", "not sure", "unsure", "am not sure"),
    *("no opinion", "no answer", "no experience", "no comment", "undecided"),
    *("prefer not", "would rather not", "'d rather not", "rather not say"),
    *("never used", "not used", "have not used", "have never used"),
    *("haven't used", "haven't tried", "have not tried", "never tried"),
    *("never contacted", "not contacted", "have not contacted", "did not use"),
    *("haven't contacted", "didn't use", "decline to", "skip"),
    *("weiß nicht", "weiss nicht", "weiß ich nicht", "keine angabe"),
    *("keine antwort", "keine meinung", "keine erfahrung", "nicht anwendbar"),
    *("ne sait pas", "ne sais pas", "je ne sais pas", "sans opinion"),
    *("sans objet", "sans réponse", "no sabe", "no sé", "no aplica", "no procede"),
    *("不适用", "不適用", "不知道", "不记得", "不記得", "不涉及", "说不", "說不"),
    *(
        "不清楚",
        "不太清楚",
        "不了解",
        "不太了解",
        "不瞭解",
        "不确定",
        "不確定",
        "不好说",
    ),
    *("不好說", "不想回答", "不愿回答", "不願回答", "不便回答", "不便评", "不便評"),
    *("不予评", "不予評", "不作答", "不作评", "不作評", "拒绝回答", "拒絕回答"),
    *("无意见", "無意見"),
    *(f"{no}{way}" for no in ("无法", "無法", "难以", "難以") for way in ANSWERING),
    *(f"{no}{done}" for no in NOT_YET for done in MEETING),
)
WHOLE = ("na", "n/a", "n.a", "n.a.", "dk", "dk/na", "unknown", "k.a", "k. a", "ns/nc")
# What is on no scale, if it was given no number either.
OFF_SCALE = ("other", "none of", "其他", "其它", "以上都不是")
WHO = re.compile(r"^(i'm|i am|i|we|je|ich|我们?|我們|本人)\s*(?![a-z0-9])")
SMALLEST_LADDER = 5  # steps 1 … n, n odd, that have a middle of their own


def is_no_answer(words):
    """Return whether the words of a choice say that it answers nothing.

    >>> list(map(is_no_answer, ["I don't know", "不适用", "N/A", "—"]))
    [True, True, True, True]
    >>> list(map(is_no_answer, ["Not satisfied", "No", "不满意", "Neither", "一般"]))
    [False, False, False, False, False]
    """
    plain = _plain(words)
    bare = plain.strip("-–—.…?()（） ")
    return bool(words) and (
        not bare or bare in WHOLE or WHO.sub("", bare).strip().startswith(BEGINNINGS)
    )


def _plain(words):
    return (words or "").strip().casefold().replace("’", "'")


def counted(scores, words):
    """Return whether each choice counts, in the order in which they are offered.

    :param scores: numbers of the choices, None of those that certainly were given none,
        0 also of others that were not
    :param words: for each choice its words, in all languages

    >>> likert = [["Bad"], ["Fair"], ["Good"]]
    >>> counted([1, 2, 3, 0], [*likert, ["Not applicable"]])
    [True, True, True, False]
    >>> counted([0, 1, 2], likert), counted([1, 2, 3, 0], [*likert, ["Blue"]])
    ([True, True, True], [True, True, True, False])
    >>> counted([3, 2, 0, 0], [*likert, ["Blue"]]), counted([2, 1, None], likert)
    ([True, True, False, False], [True, True, False])
    """
    told = [
        score is not None and not any(map(is_no_answer, said))
        for score, said in zip(scores, words, strict=True)
    ]
    zeros = [at for at, on in enumerate(told) if on and scores[at] == 0]
    marked = [at for at, on in enumerate(told) if on and scores[at] != 0]
    if len(zeros) == 1 and _is_lowest(zeros[0], marked, scores, words):
        return told
    return [on and scores[at] != 0 for at, on in enumerate(told)]


def _is_lowest(zero, marked, scores, words):
    """Return whether the only choice with a 0 is the lowest step of the others."""
    if any(_plain(said).startswith(OFF_SCALE) for said in words[zero]):
        return False
    others = [scores[at] for at in marked]
    if len(others) < 2 or not (_in_order(others) or _in_order(others[::-1])):
        return True
    if scores[marked[0]] < scores[marked[-1]]:
        return zero < marked[0]
    return zero > marked[-1] and not _has_its_middle(others)


def _in_order(numbers):
    return all(low < high for low, high in zip(numbers, numbers[1:], strict=False))


def _has_its_middle(numbers):
    """Return whether the steps are 1 … n of an odd n: a 0 would take their middle."""
    n = len(numbers)
    return n >= SMALLEST_LADDER and n % 2 and sorted(numbers) == list(range(1, n + 1))
