from . import crm_value_invitation_preview
from . import crm_value_invitation_preview_line
