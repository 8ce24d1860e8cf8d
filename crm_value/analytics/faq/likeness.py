"""How much of a question is said in a text; what is rare counts more.

Texts are compared by their trigrams, as PostgreSQL's pg_trgm makes them: each word
with two spaces before and one behind it. A trigram weighs its inverse document
frequency (Spärck Jones 1972, J. Documentation 28, 11-21), so that "how do I get a",
which many questions begin with, says little.
"""

from collections import Counter
from math import log
from re import findall


def trigrams(text):
    """Return the trigrams of the words of a text.

    >>> sorted(trigrams("Is it?"))
    ['  i', ' is', ' it', 'is ', 'it ']
    """
    words = (f"  {word} " for word in findall(r"\w+", text.lower()))
    return {word[at : at + 3] for word in words for at in range(len(word) - 2)}


def weights(texts):
    """Return {trigram: weight} of all trigrams of some texts: the rarer, the heavier.

    That of "" is what one weighs that stands in none of them.

    >>> found = weights(["where is it", "where are we"])
    >>> found["  w"] < found["  i"]
    True
    """
    having = Counter(trigram for text in texts for trigram in trigrams(text))
    having[""] = 0
    return {
        trigram: log((len(texts) + 1) / (count + 0.5))
        for trigram, count in having.items()
    }


def said(question, text, weight):
    """Return the share of a question that a text says, by the weight of its trigrams.

    :param weight: as ``weights()`` returns it

    >>> weight = weights(["where is it", "where are we", "who pays"])
    >>> round(said("where are we", "are we late?", weight), 2)
    0.78
    >>> said("?", "are we late?", weight)
    0.0
    """
    asked = {trigram: weight.get(trigram, weight[""]) for trigram in trigrams(question)}
    total = sum(asked.values())
    found = asked.keys() & trigrams(text)
    return sum(map(asked.get, found)) / total if total else 0.0
