from . import test_complaint_answer
from . import test_invitation
from . import test_invitation_link
from . import test_invitation_staff
from . import test_recovery
from . import test_ticket_panel
