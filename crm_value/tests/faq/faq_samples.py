"""Questions with their answers, and tickets that ask them in other words."""

QUESTIONS = (
    (
        "发票开错了怎么办",
        "请在签收后30天内把原发票寄回，我们重新开具。电子发票可以直接冲红重开。",
    ),
    ("如何查询订单的物流进度", "登录客户门户，打开订单，点击运单号即可看到物流状态。"),
    ("收到的货物破损如何处理", "请拍照并在48小时内联系我们，我们安排补发或退款。"),
    ("积分什么时候到账", "发票付款后三天内积分到账，退货时积分会扣回。"),
    ("怎样修改收货地址", "发货前可以在门户修改收货地址，发货后请联系客服。"),
    ("会员等级如何升级", "一年内消费满一万元升为银卡，满五万元升为金卡。"),
    ("布料褪色是质量问题吗", "请按洗涤说明低温水洗；如果按说明洗涤仍褪色，可以退换。"),
    ("可以开增值税专用发票吗", "可以，请提供税号、地址电话和开户行账号。"),
    (
        "How do I get a corrected invoice?",
        "Send us the number of the invoice and what is wrong; we "
        "issue a credit note and a new one.",
    ),
    (
        "Where is my delivery?",
        "Open the order in the portal and click the tracking number.",
    ),
    (
        "What to do when goods arrive damaged?",
        "Take photos and tell us within 48 hours. We send a replacement or refund.",
    ),
    (
        "When do I get my points?",
        "Points arrive three days after the invoice is paid; returns take them back.",
    ),
    (
        "How do I change the delivery address?",
        "Before dispatch in the portal, afterwards call us.",
    ),
    ("Can I pay by instalments?", "Yes, from 1,000 in three instalments."),
    (
        "The linen has faded after washing",
        "Wash at 40 degrees at most, without bleach. If it faded all "
        "the same, we exchange it.",
    ),
)
# Title and text of a ticket, and which question is its own; None: none of them.
TICKETS = (
    ("发票抬头写错了", "你好，上周收到的发票公司抬头错了，能不能重新开一张？", 0),
    ("货物还没收到", "订单已经十天了，物流一直没有更新，请帮忙查一下运到哪里了", 1),
    ("收到的箱子破了", "今天收到的两箱货有一箱破损，里面的床单都湿了", 2),
    ("积分没有到账", "上个月付的款，积分到现在还没看到", 3),
    ("换地址", "我们搬家了，下一批货请送到新的收货地址", 4),
    ("床单洗了之后褪色", "洗了两次颜色就掉了，是不是质量有问题", 6),
    ("需要专票", "请问能开专用发票吗，我们需要抵扣", 7),
    ("怎么变成金卡", "想知道怎么才能升级成金卡会员", 5),
    (
        "Wrong invoice",
        "Hello, the invoice INV/2026/00044 shows the wrong company "
        "name; please correct it",
        8,
    ),
    ("Crate arrived damaged", "One of the two crates was broken when it arrived", 10),
    ("Where are my points", "I paid last week and have not received any points", 11),
    (
        "Second delivery address",
        "We would like to have the next order delivered to another address",
        12,
    ),
    ("Linen of the last delivery has faded", "After two washes the colour is gone", 14),
    ("Tracking", "Our delivery should be here since Monday, where is it?", 9),
    ("退货后积分", "我们退了一部分货，之前的积分会扣掉吗", 3),
    ("快递单号查不到", "订单发货了吗？运单号在哪里看", 1),
    ("毛巾破损", "到货后发现毛巾破损，想要补发", 2),
    ("收货人地址填错", "地址填错了，还没发货，可以修改吗", 4),
    (
        "Instalments",
        "The bill is rather high for us this month. Is it possible to pay in rates?",
        13,
    ),
    (
        "Broken glass",
        "Half of the glasses were damaged in transport, photos attached",
        10,
    ),
    ("Invoice to the wrong company", "Please issue a new one to our parent company", 8),
    ("Address", "We have moved. How do we change where you deliver to?", 12),
    ("Colour", "Our towels are washed at 60 degrees and have faded a lot", 14),
    # --- nothing answers them ---
    (
        "Meeting room",
        "Could you please tell me who is the contact for the trade fair?",
        None,
    ),
    ("开会", "下周三我们想约一次会议讨论明年的合作", None),
    (
        "Shelves were delivered without screws",
        "The shelves for the shop arrived on Tuesday and the screws were missing, so "
        "that we could not put them up.",
        None,
    ),
    (
        "Rude driver",
        "Your driver refused to carry the boxes upstairs and shouted",
        None,
    ),
    (
        "Catalogue",
        "Would you send us the new catalogue with the colours of the season?",
        None,
    ),
    (
        "Job application",
        "I have been a warehouse clerk for ten years and am looking for work",
        None,
    ),
    ("Price increase", "Why have the prices gone up by eight percent since May?", None),
    (
        "Login",
        "I have forgotten my password and the mail to reset it never comes",
        None,
    ),
    (
        "Samples",
        "We are fitting out a hotel of 120 rooms and want samples of blankets",
        None,
    ),
    ("Machine is loud", "The coffee machine hums so loudly that guests complain", None),
    (
        "Chair leg",
        "One leg of the chair is shorter than the others, it wobbles on our floor",
        None,
    ),
    ("Out of stock", "When will the oak table be available again?", None),
    ("Certificate", "Do you have an Oeko-Tex certificate for the bed linen?", None),
    ("Newsletter", "Please take me off your mailing list", None),
    ("Wrong size", "We ordered sheets of two metres and got one metre forty", None),
    ("招聘", "请问贵公司还在招聘仓库管理员吗", None),
    ("司机态度不好", "送货的司机不肯帮忙搬上楼，还大声说话", None),
    ("想要样品", "我们在装修一家酒店，想先看几种毛毯的样品", None),
    ("密码忘了", "登录不了，重置密码的邮件一直收不到", None),
    ("涨价", "五月份以来为什么价格涨了百分之八", None),
    ("尺寸不对", "订的是两米的床单，送来的是一米四的", None),
    ("咖啡机噪音", "咖啡机声音太大，客人投诉了好几次", None),
    ("缺货", "橡木桌子什么时候会有货", None),
    ("证书", "你们的床品有没有环保认证的证书", None),
)
