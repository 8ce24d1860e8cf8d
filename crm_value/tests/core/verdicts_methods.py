"""Verdicts: who may call which method, on records of their own company.

Roles stand for the rights of their groups; a method that is not named here fails the
walk. Some ask for more inside, such as a state of the record.
"""

MANAGERS = "manager"
OFFICERS = "officer manager"
USERS = f"salesperson agent user {OFFICERS}"
SURVEYORS = "survey_user survey_manager"
ASKERS = f"{USERS} {SURVEYORS}"
READERS = f"employee {USERS} accountant administrator"  # of contacts
EVERYBODY = f"public portal employee {USERS} {SURVEYORS} accountant administrator"
NOBODY = ""
TOTALS = "formatted_read_group formatted_read_grouping_sets"
GROUPS = f"{TOTALS} web_read_group"
METHODS = {
    "crm.lead": {
        "salesperson": (
            "action_open_value_profile action_value_check_duplicates "
            "action_value_solutions action_value_why"
        ),
        EVERYBODY: "load",  # what it creates asks for the right
    },
    "crm.value.answer": {
        USERS: "action_open_answer get_measures get_measures_before"
        " get_measures_by_month get_themes",
    },
    "crm.value.badge": {
        EVERYBODY: "action_open_value_profile",
    },
    "crm.value.benefit": {
        USERS: "action_open_document",
    },
    "crm.value.call": {
        USERS: "action_choose action_lead action_new_ticket action_open get_card",
    },
    "crm.value.complaint.close": {
        USERS: "action_close",  # of tickets that they may write
    },
    "crm.value.contact.note": {
        USERS: "action_note",
    },
    "crm.value.decision": {
        MANAGERS: "action_undo",
    },
    "crm.value.ending": {
        USERS: "action_open_customer",
    },
    "crm.value.equity": {
        OFFICERS: f"action_open_profile get_statement {GROUPS}",
    },
    "crm.value.figures": {
        EVERYBODY: "fields_get",
    },
    "crm.value.faq": {
        USERS: "action_open_tickets get_suggestions",
    },
    "crm.value.fit": {
        MANAGERS: "action_fit_again",
        USERS: "action_open_current get_card",
    },
    "crm.value.foretold": {
        NOBODY: TOTALS,
    },
    "crm.value.import": {
        OFFICERS: (
            "action_check action_create_customers action_customers_apart "
            "action_enter_rates action_import action_import_good "
            "action_keep_both_documents action_replace_documents action_same_customer "
            "action_skip_documents action_stop action_try_again action_view_customers "
            "action_view_learnt"
        ),
        USERS: (
            "action_download_bad action_download_template action_view_transactions "
            "action_view_valued"
        ),
        MANAGERS: "action_undo action_value_now",
        EVERYBODY: "default_get",
    },
    "crm.value.index": {
        MANAGERS: "action_estimate",
        USERS: "get_dashboard",
    },
    "crm.value.index.result": {
        MANAGERS: "action_again action_switch_careless action_try_again",
        USERS: "action_open_answers",
        EVERYBODY: "default_get",
    },
    "crm.value.invitation": {
        USERS: "action_open_answers action_open_document",
    },
    "crm.value.invitation.rule": {
        USERS: "action_open_invitations",
        MANAGERS: "action_preview",
    },
    "crm.value.migration": {
        USERS: f"action_open_profile get_cohorts get_matrix {GROUPS}",
        OFFICERS: "get_economics",
    },
    "crm.value.month.stock": {
        NOBODY: GROUPS,
    },
    "crm.value.letter": {
        MANAGERS: "action_try_again",
    },
    "crm.value.onboarding.check": {
        MANAGERS: "action_done",
    },
    "crm.value.onboarding.check.line": {
        MANAGERS: "action_open",
    },
    "crm.value.onboarding.preset": {
        MANAGERS: "action_draft action_keep action_preview",
    },
    "crm.value.override": {
        EVERYBODY: "fields_get",
    },
    "crm.value.overview": {
        USERS: "get_overview get_part",
    },
    "crm.value.parted": {
        EVERYBODY: "fields_get",
    },
    "crm.value.pbx": {
        MANAGERS: "action_new_key action_revoke_keys",
    },
    "crm.value.playbook": {
        USERS: "action_open_starts",
        OFFICERS: "action_open_holdout",  # of the control group
    },
    "crm.value.playbook.launch": {
        USERS: "action_launch",
        EVERYBODY: "default_get",
    },
    "crm.value.playbook.start": {
        USERS: "action_open_activities action_open_customer action_retry action_stop",
    },
    "crm.value.points.issue": {
        MANAGERS: "action_resolve",
    },
    "crm.value.policy": {
        MANAGERS: (
            "action_apply_comparisons action_back action_compare_all "
            "action_new_version action_publish"
        ),
    },
    "crm.value.policy.compare": {
        EVERYBODY: "default_get",
    },
    "crm.value.policy.publish": {
        MANAGERS: "action_publish",
        EVERYBODY: "default_get",
    },
    "crm.value.profile": {
        EVERYBODY: "fields_get get_empty_list_help",
        "salesperson": "action_open_dues",  # invoices are among what they read
        USERS: (
            f"{TOTALS} action_add_wallet action_apply_benefit action_ask_done "
            "action_new_quotation "
            "action_open_answers "
            "action_open_changes action_open_credit_terms action_open_customer "
            "action_open_documents "
            "action_open_ending action_open_fit action_open_loyalty_documents "
            "action_open_participation action_open_playbooks action_open_reviews "
            "action_open_snapshots "
            "action_open_today action_open_transactions action_override "
            "action_override_level "
            "action_override_stage "
            "action_override_tier action_plan_activity action_refresh action_reject "
            "action_review "
            "action_snooze action_start_playbook action_write_mail get_change "
            "get_history get_life get_loyalty_matrix get_pareto_curve "
            "get_satisfaction_matrix "
            "get_timeline get_value_matrix"
        ),
    },
    "crm.value.profile.decide": {
        USERS: "action_done action_month action_reject action_until action_week",
    },
    "crm.value.profile.document": {
        USERS: "action_open",
    },
    "crm.value.quality": {
        OFFICERS: "action_accept action_check action_undo",
        # It adds up all customers: salespersons see their own.
        f"agent user {OFFICERS}": "action_mend",
        USERS: "recount_opened",
        EVERYBODY: "get_empty_list_help",
    },
    "crm.value.quality.customer": {
        USERS: "action_open_customer",
    },
    "crm.value.quality.double": {
        USERS: "action_accept action_merge action_undo",
    },
    "crm.value.quality.product": {
        OFFICERS: "action_open_product",
    },
    "crm.value.response": {
        USERS: "action_open_response",
    },
    "crm.value.recovery": {
        USERS: "action_open_answers action_open_document action_retry",
    },
    # Abstract: there is no record of it to see or to change.
    "crm.value.queue": {
        "": "action_try_again",
        EVERYBODY: "default_get",
    },
    "crm.value.run": {
        USERS: "action_open_fit",
        MANAGERS: "action_run_now action_start action_try_again",
        EVERYBODY: "default_get",
    },
    "crm.value.run.zone": {
        MANAGERS: "action_keep action_run",
    },
    "crm.value.snapshot": {
        USERS: GROUPS,
        EVERYBODY: "fields_get",
    },
    "crm.value.spell": {
        USERS: "action_open_profile get_times",
    },
    "crm.value.theme": {
        USERS: "action_open_answers",
    },
    "crm.value.tier": {
        USERS: "action_open_members action_open_policy",
    },
    "crm.value.tier.report": {
        OFFICERS: "get_report",
    },
    "crm.value.transition": {
        EVERYBODY: "fields_get",
    },
    "crm.value.valuation": {
        OFFICERS: "action_download",
    },
    "helpdesk.ticket": {
        "": (
            "action_insert_faq action_open_value_interactions "
            "action_open_value_profile action_value_confirmed "
            "action_value_dissatisfied action_value_told mark_faq"
        ),
    },
    "loyalty.generate.wizard": {
        "": "generate_coupons",
    },
    "loyalty.program": {
        MANAGERS: "action_value_set_up",
    },
    "onboarding.onboarding": {
        MANAGERS: "action_value_close action_value_reopen get_value_steps",
    },
    "onboarding.onboarding.step": {
        MANAGERS: (
            "action_value_data action_value_preset action_value_publish "
            "action_value_purchases action_value_score action_value_skip "
            "action_value_undo"
        ),
    },
    "res.config.settings": {
        "": "action_open_value_policy",
        "administrator": "action_preview_value_letter set_values",
        MANAGERS: "action_set_up_points",
    },
    "res.partner": {
        MANAGERS: "action_export_value_answers",
        USERS: "action_open_value_fit action_open_value_profile get_interactions",
        READERS: "action_open_referred action_open_value_interactions",
        "salesperson": "action_value_solutions",
    },
    "sale.order": {
        "salesperson": (
            "action_add_suggestion action_apply_benefit action_confirm "
            "action_dismiss_suggestion action_open_value_profile "
            "action_value_solutions copy get_price_memory"
        ),
        "salesperson accountant": ("action_quotation_send action_quotation_sent"),
        EVERYBODY: ("message_post"),
        "accountant salesperson": (
            "action_quotation_send action_value_approve action_value_ask "
            "action_value_open_approvals action_value_refuse"
        ),
    },
    "survey.question": {
        SURVEYORS: "copy",
    },
    "survey.survey": {
        "manager survey_user survey_manager": "action_open_value_answers",
        SURVEYORS: "action_send_survey",
    },
    "crm.value.price.face": {
        "salesperson": "action_answer",  # of an order that may be written
    },
    "crm.value.approval": {
        USERS: "action_open_order",
    },
    "crm.value.authority": {
        NOBODY: "action_preview",  # managers who may read orders as well
    },
    "crm.value.approval.dialog": {
        "salesperson": "action_ask action_refuse",
    },
    "crm.value.credit.terms": {
        NOBODY: "action_accept",  # it asks for Accounting and for customer value
    },
    "crm.value.referral": {
        USERS: TOTALS,
    },
    "crm.value.review": {
        # Of decisions on one's own customers, or by oneself, others may as well.
        MANAGERS: "action_done",
        OFFICERS: "action_open_customer",
    },
    "crm.value.need.report": {
        f"agent user {OFFICERS}": "action_open_lines",  # it adds up all customers
    },
    "crm.value.solution": {
        "salesperson": "action_rank action_unmet",
    },
    "crm.value.solution.option": {
        NOBODY: "action_offer",  # of a dialog that one has opened oneself
    },
    "crm.value.offer": {
        "salesperson": "get_suggestions",
    },
    "crm.value.offer.report": {
        OFFICERS: "get_report",
    },
    "crm.value.lead.double": {
        "salesperson": "action_apart action_link action_merge action_undo",
    },
    "crm.value.measure": {
        MANAGERS: "action_plan_initiative",
    },
    "crm.value.measure.month": {
        MANAGERS: "action_close",  # an officer closes what it answers for
    },
    "crm.value.objective.link": {
        OFFICERS: "get_evidence",
    },
    "crm.value.strategy": {
        MANAGERS: (
            "action_activate action_new_version action_review action_use_template copy"
        ),
        OFFICERS: "get_map",
    },
    "crm.value.strategy.closing": {
        OFFICERS: "action_download action_print",
    },
    "crm.value.strategy.review": {
        EVERYBODY: "default_get",  # it proposes to whoever reads the strategy
        MANAGERS: "action_apply action_walk",
    },
    "crm.value.strategy.review.line": {
        NOBODY: "action_back action_next",  # of a dialog that one has opened oneself
    },
    "crm.value.campaign": {
        OFFICERS: "action_open_members",
        MANAGERS: "action_launch action_measure action_stop action_write_mailing",
    },
    "crm.value.holdout": {
        OFFICERS: "action_open_members",
        MANAGERS: "action_measure",
    },
    "crm.value.plan": {
        OFFICERS: (
            "action_draft action_open_campaigns action_open_plays action_reckon"
        ),
    },
    "crm.value.choice": {
        OFFICERS: "action_review action_take",
    },
    "crm.value.scenario": {
        OFFICERS: ("action_compare action_compute action_use_preset get_comparison"),
        MANAGERS: "action_apply",
    },
    "crm.value.segment": {
        OFFICERS: ("action_new_campaign action_open_customers get_months open_month"),
    },
}
