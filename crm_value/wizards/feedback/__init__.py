from . import crm_value_invitation_preview
