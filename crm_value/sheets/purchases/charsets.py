"""Guessing of the encoding of a text by what it would say in each.

Detectors are made for pages of prose: of short lists of names charset-normalizer and
chardet tell about half (``docs/method.md``). So each encoding of the list is tried, and
its letters are judged: does a language write them, and in words of one case? Where two
encodings say something different and equally likely, the file does not tell.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache

MOST_JUDGED = 12 << 10  # bytes
MARGIN = 0.04  # of the best score: what is nearer to it is as likely
MORE_OF_FEW = 0.12  # of a name or two that another alphabet may write

ALIKE = dict.fromkeys(("da", "fi", "nb", "nn", "no", "sv"), "nordic") | dict.fromkeys(
    ("be", "bg", "kk", "mk", "sr", "uk"), "ru"
)
SIGNS = "€£¥§©®°·«»–—‘’‚“”„…•´№™º²½×"
# Letters beyond ASCII by language: the frequent ones, and after the bar the others.
LETTERS = {
    "de": "üäöß|éèàç",
    "fr": "éèêàç|âîôûùëïœüæÿ",
    "es": "áéíóúñ|üç¿¡ºª",
    "it": "àèéìòù|îç",
    "pt": "ãáçéíóõêâ|úàôü",
    "nordic": "åäöøæ|éüàóíúðþý",
    "is": "áéíóúðþýæö|",
    "nl": "ëéï|öüèêáóä",
    "pl": "łąęóśżźćń|",
    "cs": "áéíýěščřžů|úňťďóäôľĺŕ",
    "hu": "áéőóöüíúű|",
    "hr": "čćšžđ|",
    "ro": "ăâîşţșț|é",
    "tr": "ıüşğöçİ|âîû",
    "lt": "ėšžųąįčęū|",
    "lv": "āīēšņļūžķ|ģčō",
    "et": "äõöü|šž",
}
# Alphabets of their own, from the most frequent letter to the rarest.
ALPHABETS = {
    "ru": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфіъёїєґђјљњћџўќѓѕ",
    "el": "αοιετσνηυρπκμλίόάέςωδγχθφήύώβξζψϊϋΐΰ",
    "he": "יוהלאתמרשבנחדקםפעכטגסזןצךףץײװ",
    "ar": "الميونرتبةعدسفهكقحجأشطصخىءإآئؤذثزضغظپچگی،",
    "th": "านรกงอมล่เ้ัีวยิทสดต์บปหไจชพคตขแุผู็ถซึืโใธณศษฐภะำๆฎฏฉฝฟฮฬญฤฆฑฒฃฅฌ",
}
OTHERS = ALPHABETS.keys()
# Likelier ones first; the languages an encoding is used for.
ENCODINGS = {
    "cp1252": "de fr es it pt nordic is nl",
    "cp1250": "pl cs hu hr ro de",
    "cp1251": "ru",
    "cp1253": "el",
    "cp1254": "tr de fr",
    "cp1255": "he",
    "cp1256": "ar",
    "cp1257": "lt lv et pl",
    "cp874": "th",
    "gb18030": "zh",
    "big5": "zh",
    "big5hkscs": "zh",
    "cp932": "ja",
    "cp949": "ko",
    "euc_jp": "ja",
    "iso8859_2": "pl cs hu hr ro",
    "iso8859_9": "tr",
    "iso8859_15": "fr de nl",
    "koi8_r": "ru",
    "cp866": "ru",
    "mac_roman": "de fr es it pt nordic nl",
    "mac_latin2": "pl cs hu",
    "mac_cyrillic": "ru",
    "cp850": "de fr es it pt nordic nl",
    "cp852": "pl cs hu hr",
    "cp857": "tr",
}
WIDE = {"gb18030", "big5", "big5hkscs", "cp932", "cp949", "euc_jp"}
RARE = {"euc_jp", "koi8_r", "cp866"} | {
    name
    for name in ENCODINGS
    if name.startswith(("iso", "mac", "cp8")) and name != "cp874"
}
PENALTY_OF_RARE = 0.05
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Guess:
    """The likeliest encoding, and all that are as likely but say something else."""

    encoding: str
    candidates: tuple = ()

    @property
    def is_doubtful(self):
        return len(self.candidates) > 1


def spoken(codes):
    """Return the languages of this module for codes as Odoo writes them.

    >>> spoken(["nb_NO", "uk_UA"]) == {"nordic", "ru"}
    True
    """
    return {ALIKE.get(code[:2], code[:2]) for code in codes}


def guess(sample, languages=()):
    """Return the Guess of text that is not UTF-8.

    :param bytes sample: lines that have more than ASCII
    :param languages: codes of languages that are expected; they settle a tie

    >>> guess("Größe;Müller\\nŠkoda – Žatec;€".encode("cp1252")).encoding
    'cp1252'
    >>> guess("Łukasz;Żółw;Święcicka".encode("cp1250")).encoding
    'cp1250'
    """
    sample = sample[:MOST_JUDGED]
    found = {}
    for name in ENCODINGS:
        text = _decoded(sample, name)
        if text is not None:
            judged = name, *_score(text, name)
            if text not in found or judged[1] > found[text][1]:
                found[text] = judged
    ranked = sorted(found.values(), key=lambda item: -item[1])
    if not ranked:
        return Guess("cp1252", ("cp1252", "latin-1"))
    best = ranked[0][1]
    few = min(MORE_OF_FEW, 1 / max(_count_foreign(sample), 1))
    near = [
        item
        for item in ranked
        if item[1] >= best - MARGIN - few * bool({*item[2], *ranked[0][2]} & OTHERS)
    ]
    expected = [item for item in near if item[2] & set(languages)]
    if len(expected) == 1:
        near = expected
    return Guess(near[0][0], tuple(item[0] for item in near))


def _count_foreign(sample):
    return len(sample) - len(sample.translate(None, bytes(range(128, 256))))


def _decoded(sample, name):
    for cut in range(4):  # the last character may be cut off
        try:
            text = sample[: len(sample) - cut].decode(name)
        except UnicodeDecodeError:
            continue
        return text if not any("\x7f" <= c < "\xa0" for c in text) else None
    return None


def _score(text, name):
    """Return (how likely the text is, from 0 to 1, the languages it may be in)."""
    # Each word once: a column of prices in euros says no more than one of them.
    text = " ".join(dict.fromkeys(re.split(r"[\s,;|\"]+", text)))
    foreign = Counter(c for c in text if c > "\x7f")
    if name in WIDE:
        score = sum(n * _common(c, name) for c, n in foreign.items())
        score = score / foreign.total() - _narrow(text, name) - _mixture(text)
        return score - PENALTY_OF_RARE * (name in RARE), {ENCODINGS[name]}
    by_language = {
        language: _share(foreign, _weights(language))
        for language in ENCODINGS[name].split()
    }
    best = max(by_language.values())
    spoken = {lang for lang, share in by_language.items() if share > best - MARGIN}
    odd = _oddness(text) + PENALTY_OF_RARE * (name in RARE or _lacks_capitals(foreign))
    return best - odd, spoken


@cache
def _weights(language):
    """Return letter → how likely it is in a language, from 0 to 1."""
    weights = dict.fromkeys(SIGNS, 0.7) | {"\xa0": 0.9}
    if alphabet := ALPHABETS.get(language):
        step = 0.9 / len(alphabet)
        return weights | {c: 1.1 - at * step for at, c in enumerate(alphabet)}
    frequent, _bar, others = LETTERS[language].partition("|")
    return weights | dict.fromkeys(others, 0.7) | dict.fromkeys(frequent, 1.0)


def _share(foreign, weights):
    score = 0.0
    for character, count in foreign.items():
        known = weights.get(character) or weights.get(character.lower())
        unknown = 0.1 if character.isalpha() else -0.5
        score += count * (unknown if known is None else known)
    return score / foreign.total()


def _mixture(text):
    """Return the share of words that mix small Latin letters with wide characters."""
    words = [word for word in re.findall(r"[^\s,;|\t\"]+", text) if not word.isascii()]
    return sum(bool(re.search("[a-z]", word)) for word in words) / max(len(words), 1)


def _oddness(text):
    """Return the share of words beyond ASCII that nobody writes like that."""
    words = [
        word for word in re.findall(r"[^\s,;|\t\"()/]+", text) if not word.isascii()
    ]
    return sum(map(_is_odd, words)) / max(len(words), 1)


def _is_odd(word):
    letters = WORD.findall(word)
    if any(_mixes_cases(part) for part in letters):
        return True
    if re.search(r"[^\W\d_A-Za-zªº]\d", word):  # a number behind it, as behind a sign
        return True
    if re.search(r"[^\W\d_][^\w\s'’.&@–-]+[^\W\d_]", word):  # a sign within a word
        return True
    scripts = {
        unicodedata.name(c, "?").split()[0]
        for c in word
        if unicodedata.category(c)[0] in "LM" and c not in "ªº"
    }
    return len(scripts) > 1


def _lacks_capitals(foreign):
    """Return whether an alphabet that has capitals is used without a single one."""
    letters = [c for c in foreign if c.isalpha() and c.upper() != c.lower()]
    return len(letters) > 7 and all(c.islower() for c in letters)


def _mixes_cases(word):
    """Return whether a capital follows a small letter, or one small letter capitals."""
    return any(
        a.islower() and b.isupper() for a, b in zip(word, word[1:], strict=False)
    ) or (len(word) > 3 and word[:2].isupper() and word[2:].islower())


def _common(character, name):
    """Return how common a character is in texts of a wide encoding, from 0 to 1."""
    if "\uff61" <= character <= "\uff9f" or "\ue000" <= character <= "\uf8ff":
        return -0.5  # katakana of half a width; characters of nobody
    if "\u3040" <= character <= "\u30ff" and name in ("cp932", "euc_jp"):
        return 1.0
    try:
        code = character.encode(LEVELS[name][0])
    except UnicodeEncodeError:
        return 0.0
    first, last = LEVELS[name][1:]
    if len(code) == 2 and first <= code[0] <= last:
        return 1.0
    return 0.5 if character in "、。「」（）《》，；：“”・ー￥〇·￡" else 0.2


def _narrow(text, name):
    """Return how suspicious it is that a text uses the first half of its level only.

    Korean is such when it is read as Chinese: its syllables lie there.
    """
    if name == "cp949":
        return 0.0 if re.search("[가-힣]", text) else 0.5
    if name != "gb18030":
        return 0.0
    leads = [code[0] for c in text if c > "\x7f" and len(code := c.encode(name)) == 2]
    share = sum(lead > 0xC8 for lead in leads) / max(len(leads), 1)
    return max(0.0, 0.25 - share) * (1 if len(leads) > 5 else 0.1)


# Where the characters of daily use lie: the codec, and the first and last lead byte.
LEVELS = {
    "gb18030": ("gb2312", 0xB0, 0xD7),
    "big5": ("big5", 0xA4, 0xC6),
    "big5hkscs": ("big5", 0xA4, 0xC6),
    "cp932": ("cp932", 0x88, 0x97),
    "cp949": ("euc_kr", 0xB0, 0xC8),
    "euc_jp": ("euc_jp", 0xB0, 0xCF),
}
