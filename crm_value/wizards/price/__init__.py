from . import crm_value_price_face
