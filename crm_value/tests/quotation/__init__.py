from . import test_quotation_panel
