from . import crm_value_faq
from . import crm_value_faq_suggestion
from . import crm_value_faq_use
from . import helpdesk_ticket
from . import mail_compose_message
