"""How long it is remembered what customers buy."""

LOOK_BACK_DAYS = 1095  # purchases that habits and suggestions are learnt from
