"""Leads of the demo customers, and the list of a trade fair."""

# Industries of the tags that demo customers have; private people have none.
INDUSTRIES = {
    "retail": "base.res_partner_industry_G",
    "wholesale": "base.res_partner_industry_G",
    "hospitality": "base.res_partner_industry_I",
    "services": "base.res_partner_industry_S",
}
FAIR = "Autumn Trade Fair"
# Where customers came from who brought much in their first year, and the others.
GOOD = ("referral", "fair", "referral")
OTHER = ("search", "search", "fair")
WON = (366, 760)  # days since the first purchase of those whose lead is kept
AHEAD = 30  # days from a lead to the first purchase
NOBODY = "Visitor"
LOST = 2  # leads that were lost for one that was won
TITLES = ("Office for twenty", "New kitchen", "Gifts for staff", "Lighting", "Textiles")
# Title, company, contact, mail address, telephone number, country, industry.
VISITORS = (
    (
        "Furnishes forty rooms",
        "Seeblick Hotel AG",
        "Regula Frei",
        "regula.frei@seeblick-hotel.example.com",
        "+41 44 668 18 00",
        "base.ch",
        "hospitality",
    ),
    (
        "Lobby and bar",
        "Seeblick Hotel",
        "Regula Frei",
        "info@seeblick-hotel.example.com",
        "044 668 18 00",
        "base.ch",
        "hospitality",
    ),
    (
        "Second shop next spring",
        "Bright Supplies",
        "Dana Cole",
        "office@bright-supplies.example.com",
        "",
        "base.us",
        "wholesale",
    ),
    (
        "Uniforms for two hotels",
        "Aurora Hotels Group",
        "Luc Favre",
        "luc.favre@aurora.example.com",
        "",
        "base.ch",
        "hospitality",
    ),
    (
        "展会样品报价",
        "苏州晨光家居有限公司",
        "李晓彤",
        "li.xiaotong@chenguang-home.example.com",
        "+86 512 6288 1000",
        "base.cn",
        "retail",
    ),
    (
        "咖啡馆新店布置",
        "成都半山咖啡有限公司",
        "王思远",
        "wang@banshan-coffee.example.com",
        "+86 28 8666 2000",
        "base.cn",
        "hospitality",
    ),
    (
        "Yearly order of gifts",
        "Harbour Consulting",
        "Amy Ross",
        "amy.ross@harbour-consulting.example.com",
        "+1 312 349 3000",
        "base.us",
        "services",
    ),
    (
        "Asked for a catalogue",
        "",
        "Tom Berg",
        "tom.berg@example.com",
        "",
        "base.nl",
        "",
    ),
)
