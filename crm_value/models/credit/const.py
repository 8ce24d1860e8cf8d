GRADES = [
    ("a", "A: Pays in Time"),
    ("b", "B: Mostly in Time"),
    ("c", "C: Often Late"),
    ("d", "D: Late as a Rule"),
    ("e", "E: Very Late"),
]
