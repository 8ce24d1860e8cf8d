"""Verdicts: who may do what with which model, and which paths answer whom.

Kept by hand. A new model, field, method or route fails the walks until it stands here
or in `verdicts_fields` or `verdicts_methods`; whoever adds it decides, and says so.
"""

# Read, write, create, unlink, in this order of roles, each of one company among some:
# what all companies share is changed by managers who are allowed in every one. Nobody
# else has any right: not the public, customers in the portal, or employees without a
# part in the value.
COLUMNS = (
    "user",
    "officer",
    "manager",
    "survey_user",
    "survey_manager",
    "accountant",
    "administrator",
)
SAME = {"salesperson": "user", "agent": "user"}
MODELS = {
    "crm.value.answer": "r r r - - - -",
    "crm.value.benefit": "r r r - - - -",
    "crm.value.bookmark": "- - r - - - -",
    "crm.value.cohort.total": "r r r - - - -",
    "crm.value.construct": "r r r r r - -",
    "crm.value.contact": "r r r - - - -",
    "crm.value.decision": "rwc rwc rwcu - - - -",
    "crm.value.decision.reason": "r r r - - - -",
    "crm.value.earning": "r r r - - - -",
    "crm.value.ending": "rw rw rw - - - -",
    "crm.value.equity": "- r r - - - -",
    "crm.value.equity.total": "- r r - - - -",
    "crm.value.exit.reason": "r r r - - - -",
    "crm.value.fit": "r r rwcu - - - -",
    "crm.value.import": "r rwc rwcu - - - -",
    "crm.value.import.column": "- rwcu rwcu - - - -",
    "crm.value.import.customer": "- r r - - - -",
    "crm.value.import.line": "- - - - - - -",
    "crm.value.import.replaced": "- - - - - - -",
    "crm.value.import.value": "- rwcu rwcu - - - -",
    "crm.value.index": "r r r r r - -",
    "crm.value.index.comparison": "r r r r r - -",
    "crm.value.index.construct": "r r r r r - -",
    "crm.value.index.path": "r r r r r - -",
    "crm.value.index.result": "r r rcu - - - -",
    "crm.value.index.result.construct": "r r r - - - -",
    "crm.value.index.result.item": "r r r - - - -",
    "crm.value.index.result.path": "r r r - - - -",
    "crm.value.indicator": "r r r - - - -",
    "crm.value.invitation": "r r r - - - -",
    "crm.value.invitation.preview": "- - rwcu - - - -",
    "crm.value.invitation.preview.line": "- - rwcu - - - -",
    "crm.value.invitation.rule": "r r rwcu - - - -",
    "crm.value.letter": "- - r - - - -",
    "crm.value.membership": "r r r - - - -",
    "crm.value.migration": "r r r - - - -",
    "crm.value.migration.total": "r r r - - - -",
    "crm.value.month.kept": "- - - - - - -",
    "crm.value.override": "r r rwcu - - - -",
    "crm.value.playbook": "r r rwcu - - - -",
    "crm.value.playbook.launch": "rwcu rwcu rwcu - - - -",
    "crm.value.playbook.start": "r r r - - - -",
    "crm.value.playbook.step": "r r r - - - -",
    "crm.value.points.issue": "- r rw - - - -",
    "crm.value.policy": "r r rwcu - - - -",
    "crm.value.policy.compare": "- - rwcu - - - -",
    "crm.value.policy.compare.line": "- - rwcu - - - -",
    "crm.value.policy.comparison": "r r rwcu - - - -",
    "crm.value.policy.indicator": "r r rwcu - - - -",
    "crm.value.policy.interval": "r r rwcu - - - -",
    "crm.value.policy.limit": "r r rwcu - - - -",
    "crm.value.policy.publish": "- - rwcu - - - -",
    "crm.value.policy.publish.line": "- - rwcu - - - -",
    "crm.value.policy.publish.tier": "- - rwcu - - - -",
    "crm.value.policy.tier": "r r rwcu - - - -",
    "crm.value.profile": "r r r - - - -",
    "crm.value.profile.document": "r r r - - - -",
    "crm.value.profile.decide": "rwcu rwcu rwcu - - - -",
    "crm.value.promise": "r r r - - - -",
    "crm.value.recovery": "r r r - - - -",
    "crm.value.referral": "r r r - - - -",
    "crm.value.rfm.segment": "r r r - - - -",
    "crm.value.role": "r r r - - - -",
    "crm.value.run": "r r rwcu - - - -",
    "crm.value.run.issue": "r r rwcu - - - -",
    "crm.value.run.step": "r r rwcu - - - -",
    "crm.value.run.zone": "- - rwcu - - - -",
    "crm.value.snapshot": "r r r - - - -",
    "crm.value.spell": "r r r - - - -",
    "crm.value.spell.total": "r r r - - - -",
    "crm.value.stage": "r r r - - - -",
    "crm.value.stale": "- - r - - - -",
    "crm.value.theme": "r r r - - - -",
    "crm.value.tier": "r r rwcu - - - -",
    "crm.value.transaction": "r rc rcu - - - -",
    "crm.value.transition": "r r r - - - -",
    "crm.value.wallet": "rwc rwc rwcu - - - -",
}

# Models without a rule of their company: the same for every company, and why.
SHARED = {
    "crm.value.bookmark": "where the documents were last read, no figure",
    "crm.value.construct": "what is asked, ranked or chosen from",
    "crm.value.decision.reason": "what is asked, ranked or chosen from",
    "crm.value.exit.reason": "what is asked, ranked or chosen from",
    "crm.value.import.line": "nobody has any right on it",
    "crm.value.import.replaced": "nobody has any right on it",
    "crm.value.index": "what is asked, ranked or chosen from",
    "crm.value.index.comparison": "what is asked, ranked or chosen from",
    "crm.value.index.construct": "what is asked, ranked or chosen from",
    "crm.value.index.path": "what is asked, ranked or chosen from",
    "crm.value.indicator": "what is asked, ranked or chosen from",
    "crm.value.rfm.segment": "what is asked, ranked or chosen from",
    "crm.value.role": "what is asked, ranked or chosen from",
    "crm.value.stage": "what is asked, ranked or chosen from",
    "crm.value.theme": "what is asked, ranked or chosen from",
}

# Rights that the add-on gives on models of Odoo.
GIVEN = {
    ("mail.activity.plan", "crm_value.group_manager"): "rwcu",
    ("mail.activity.plan.template", "crm_value.group_manager"): "rwcu",
    ("survey.survey", "crm_value.group_manager"): "r",
}

# Path: (who is let in, kind). What they may see there, the tests of each route say.
ROUTES = {
    "/crm_value/answers/<string:ids>": ("user", "http"),
    "/crm_value/equity/valuation/<int:company_id>": ("user", "http"),
    "/crm_value/import/template": ("user", "http"),
    "/crm_value/letter/<int:company_id>": ("user", "http"),
    "/crm_value/letter/<int:company_id>/open": ("user", "http"),
    "/crm_value/letter/stop/<int:user_id>/<string:token>": ("public", "http"),
    "/feedback/<string:token>": ("public", "http"),
    "/feedback/<string:token>/stop": ("public", "http"),
    "/my/loyalty": ("user", "http"),
    "/my/loyalty/page/<int:page>": ("user", "http"),
}
