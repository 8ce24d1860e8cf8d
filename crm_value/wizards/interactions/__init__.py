from . import crm_value_contact_note
