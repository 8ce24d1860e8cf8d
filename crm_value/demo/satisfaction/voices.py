"""What demo customers write in surveys, and what the characters answered."""

from dataclasses import dataclass

# Theme → what is said about it, by the satisfied and by the others; last, in Chinese.
GOOD = {
    "people": (
        "Friendly people who know their products.",
        "Our salesperson is polite and honest.",
        "业务员态度很好，很专业。",
    ),
    "service": (
        "Good service, and help when we need it.",
        "The hotline solved it at once.",
        "售后服务很好，有问题马上解决。",
    ),
    "quality": (
        "The quality is reliable.",
        "Durable goods, nothing broken so far.",
        "质量稳定，很耐用。",
    ),
    "delivery": (
        "Delivery is always on time.",
        "It arrived a day early.",
        "送货准时，包装完好。",
    ),
    "speed": (
        "Quick answers to every question.",
        "They respond within the hour.",
        "回复很及时。",
    ),
    "range": (
        "A large selection, and everything in stock.",
        "Good choice for small orders too.",
        "品种齐全，选择多。",
    ),
}
BAD = {
    "price": (
        "The prices have gone up too much.",
        "Others are cheaper for the same quality.",
        "涨价太多，性价比不如从前。",
    ),
    "delivery": (
        "Delivery was late again.",
        "It arrived ten days after the date that was promised.",
        "发货太慢，延误了一个多星期。",
    ),
    "speed": (
        "We wait too long for a reply.",
        "The response to our question was slow.",
        "回复太慢，等了三天。",
    ),
    "quality": (
        "Two pieces were broken.",
        "The quality is not what it was.",
        "有几件商品损坏了。",
    ),
    "invoice": (
        "The invoice was wrong twice.",
        "We still wait for our refund.",
        "发票开错了，退款也慢。",
    ),
    "range": (
        "What we need is often out of stock.",
        "The selection has become smaller.",
        "经常缺货。",
    ),
}


@dataclass(frozen=True, slots=True)
class Voice:
    """What one character answered.

    :param who: xml id (without ``demo_``)
    :param age: days ago
    :param survey: xml id (without ``survey_``)
    :param level: place of every answer on its scale, from 0 to 1
    """

    who: str
    age: int
    survey: str
    level: float
    words: str = ""


VOICES = (
    Voice("contact_platinum_1", 395, "acsi", 0.8),
    Voice("contact_platinum_1", 130, "acsi", 0.9),
    Voice(
        "contact_platinum_1",
        24,
        "nps",
        1.0,
        "Always on time, and they know our hotels.",
    ),
    Voice("contact_platinum_2", 31, "nps", 0.7, "送货很准时，只是回复有时偏慢。"),
    Voice("contact_fading", 480, "acsi", 0.75),
    Voice(
        "contact_fading", 276, "purchase", 0.25, "The wrong colour was delivered, late."
    ),
    Voice("contact_fading", 214, "service", 0.0, "Nobody calls back. We still wait."),
    Voice(
        "contact_fading", 170, "nps", 0.1, "Too slow to respond: we order elsewhere."
    ),
    Voice("contact_fading", 168, "acsi", 0.2),
    Voice("partner_once", 380, "purchase", 0.75),
    Voice("partner_bargain", 60, "acsi", 0.45),
    Voice("partner_bargain", 58, "nps", 0.4, "A competitor is cheaper."),
    Voice("partner_bargain", 10, "purchase", 0.25, "Expensive without the discount."),
    Voice("partner_late", 70, "acsi", 0.8),
    Voice(
        "partner_late", 52, "nps", 0.9, "Good quality, and patience with our payments."
    ),
    Voice("partner_seasonal", 100, "purchase", 1.0, "展会前送货很及时，服务热情。"),
    Voice("partner_seasonal", 96, "acsi", 0.85),
)
# What the contacts are to their company (xml ids without ``role_``).
CONTACT_ROLES = {
    "contact_platinum_1": "decision",
    "contact_platinum_2": "user",
    "contact_fading": "buyer",
}
