"""Currencies as people and programs spell them: “US Dollar”, “人民币”, “€”."""

import re
from functools import cache

from babel import Locale

LOCALES = "en de fr es it pt nl pl sv ru ja ko zh zh_Hant".split()
# What people write besides codes and the names that languages have.
OTHERS = {
    "CNY": "RMB 人民币 人民幣 元 CN¥ renminbi",
    "USD": "US$ U.S.$ USdollar U.S.dollar US-Dollar Dollar(US)",
    "EUR": "Euros",
    "GBP": "Sterling UK£ poundsterling poundssterling",
    "JPY": "JP¥ 円 日元",
    "HKD": "HK$ 港币 港幣",
    "TWD": "NT$ NTD 台币 台幣 新台币",
    "CHF": "SFr Fr.",
    "AUD": "A$ AU$",
    "CAD": "C$ CA$",
    "SGD": "S$",
    "INR": "Rs Rs.",
}
SIGNS = re.compile(r"[\s.\-_'’()]+")
WIDE = str.maketrans("￥￡＄", "¥£$")


def codes(text, active, symbols):
    """Return the codes among ``active`` that a text may mean.

    :param symbols: code → symbol; one that two have says nothing

    >>> codes("US Dollar", ["EUR", "USD"], {"EUR": "€", "USD": "$"})
    ['USD']
    >>> codes("¥", ["CNY", "JPY"], {"CNY": "¥", "JPY": "¥"})
    ['CNY', 'JPY']
    """
    wanted = _bare(text)
    signs = {code: _bare(symbols[code] or "") for code in active}
    return [
        code
        for code in active
        if wanted and (wanted in spellings(code) or wanted == signs[code])
    ]


@cache
def spellings(code):
    """Return the names of a currency in the languages of many files.

    >>> "人民币" in spellings("CNY"), "usdollars" in spellings("USD")
    (True, True)
    """
    names = [code, *OTHERS.get(code, "").split()]
    for locale in map(Locale.parse, LOCALES):
        names += _of_locale(locale, code)
    return frozenset(map(_bare, filter(None, names)))


def _of_locale(locale, code):
    plurals = locale._data.get("currency_names_plural", {}).get(code, {})
    return [locale.currencies.get(code), *plurals.values()]


def _bare(text):
    return SIGNS.sub("", text.translate(WIDE)).lower()
