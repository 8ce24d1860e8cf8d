def migrate(cr, version):
    """Keep what salespersons see: own customers alone are for new companies."""
    cr.execute("ALTER TABLE res_company ADD COLUMN IF NOT EXISTS value_sight varchar")
    cr.execute("UPDATE res_company SET value_sight = 'all' WHERE value_sight IS NULL")
