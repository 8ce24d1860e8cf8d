def migrate(cr, version):
    """Keep the decimal sign of imports: it was a tick, and is a choice now.

    Of an import that is still open it was a guess, and is guessed anew by its check.
    """
    cr.execute(
        """
        UPDATE crm_value_import
           SET number_style = CASE WHEN decimal_comma THEN 'comma' ELSE 'point' END
         WHERE number_style IS NULL
        """
    )
