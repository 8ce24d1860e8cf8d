from . import test_interactions
from . import test_contact_note
from . import test_interactions_tour
