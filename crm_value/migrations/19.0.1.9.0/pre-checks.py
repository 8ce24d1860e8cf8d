def migrate(cr, version):
    """Let PostgreSQL no longer look up the run of each profile that is written."""
    cr.execute(
        "ALTER TABLE crm_value_profile"
        " DROP CONSTRAINT IF EXISTS crm_value_profile_run_id_fkey"
    )
    cr.execute(
        "DELETE FROM ir_model_constraint WHERE name = 'crm_value_profile_run_id_fkey'"
    )
