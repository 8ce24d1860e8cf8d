from . import test_ticketing
