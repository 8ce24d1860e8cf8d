from . import valuation
