from . import strategy_closing
