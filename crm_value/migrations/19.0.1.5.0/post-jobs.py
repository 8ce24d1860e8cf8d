from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Let the jobs of playbooks and invitations call their methods by the new names."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for job in ("playbook", "invitation"):
        cron = env.ref(f"crm_value.ir_cron_{job}", raise_if_not_found=False)
        if cron:
            cron.code = f"model._cron_{job}()"
