"""Verdicts: which groups are shown which field of rules, dialogs and of Odoo's models.

A field that is not named fails the walk: say who may read it. ALL are those who may
read its model.
"""

ALL = ""
EMPLOYEE = "base.group_user"
SYSTEM = "base.group_system"
USER = "crm_value.group_user"
OFFICER = "crm_value.group_officer"
MANAGER = "crm_value.group_manager"
SELLING = "crm_value.group_part_selling"
FIELDS = {
    "crm.lead": {
        USER: (
            "value_call_id value_created_quadrant value_created_tier_id "
            "value_industry_id value_profile_id value_quadrant value_score "
            "value_stage_id value_strip value_tier_id"
        ),
        SELLING: (
            "value_currency_id value_double_ids value_expected value_is_worth_most "
            "value_need_line_ids value_why"
        ),
        OFFICER: "value_expected_margin",
    },
    "crm.value.call": {
        ALL: (
            "answered_at call_key cause chosen_by_id company_id customer_id date "
            "direction ended_at lead_ids line minutes number number_raw "
            "number_shown partner_id pbx_id queue rung_at rung_user_ids state "
            "ticket_ids user_id"
        ),
    },
    "crm.value.number": {
        ALL: "company_id count last_date number partner_id user_id",
    },
    "crm.value.pbx": {
        ALL: (
            "active company_id country_id extension_ids floor_seconds ip_ranges name "
            "outside_prefix queue rate_limit route_ids user_id"
        ),
        MANAGER: "key_until",
    },
    "crm.value.pbx.extension": {
        ALL: "number pbx_id queue user_id",
    },
    "crm.value.pbx.route": {
        ALL: "company_id pbx_id queue tier_id",
    },
    "crm.value.construct": {
        ALL: "active code description less_is_better name sequence",
    },
    "crm.value.contact.note": {
        ALL: "channel_id date direction note partner_id res_id res_model",
    },
    "crm.value.decision.reason": {
        ALL: "active name sequence",
    },
    "crm.value.exit.reason": {
        ALL: "active description name sequence",
    },
    "crm.value.faq": {
        ALL: (
            "active answer category_ids company_id question unhelpful_count "
            "unhelpful_share use_count words"
        ),
        SYSTEM: "use_ids",
    },
    "crm.value.faq.use": {
        ALL: "faq_id is_marked is_unhelpful reopened_before ticket_id",
    },
    "crm.value.fit": {
        ALL: (
            "as_of company_id confidence currency_id customer_count policy_id "
            "repeater_count rule run_ids"
        ),
        MANAGER: "card credit_card parameters risk_card risk_parameters",
    },
    "crm.value.import": {
        ALL: (
            "amount_total asking_count asking_total asks_date_format asks_number_style "
            "asks_zone asks_run attempts "
            "bad_count bad_filename column_ids company_currency_id company_id "
            "company_tz conflict_count conflict_question create_missing "
            "currencies_lacking currency_id customer_count date_format "
            "date_format_chosen date_from date_to decimal_comma delimiter "
            "documents_there done_at encoding error_count filename "
            "good_count header_row kind "
            "known_count learnt_count line_count match_by message "
            "missing_customer_count missing_question name new_customer_count next_note "
            "number_style number_style_chosen once_per_document program progress "
            "rate_question row_count rows_read seen shared_customer_count "
            "shared_email shared_question sheet_name skip_bad skipped skipped_count "
            "skipped_note state task undone_at undone_by_id user_id value_ids "
            "waiting_note waits_in_vain walk_in_id"
        ),
        OFFICER: (
            "bad_file encoding_preview encodings file missing_names preview "
            "problem_table problems "
            "reading_note sample shared_table"
        ),
    },
    "crm.value.import.column": {
        ALL: "carried example import_id name position target",
    },
    "crm.value.import.customer": {
        ALL: (
            "country created email email_learnt error import_id key kind name outcome "
            "partner_id ref ref_learnt same_id several vat"
        ),
    },
    "crm.value.import.line": {
        ALL: (
            "amount amount_original channel conflict country currency_id date document "
            "email error import_id key kind margin name number old_key "
            "own_key product_name quantity ref source_key vat zone"
        ),
    },
    "crm.value.import.replaced": {
        ALL: (
            "amount amount_original channel company_id currency_id date document "
            "import_id margin origin_id partner_id product_name quantity source_key"
        ),
    },
    "crm.value.import.value": {
        ALL: "import_id line_count meaning target value",
    },
    "crm.value.index": {
        ALL: (
            "active comparison_ids construct_ids description leave_out_careless "
            "min_answers name path_ids period_months scheme sequence survey_ids "
            "target_id weights"
        ),
    },
    "crm.value.index.comparison": {
        ALL: "first index_id ratio second",
    },
    "crm.value.index.construct": {
        ALL: "construct_id index_id sequence",
    },
    "crm.value.index.path": {
        ALL: "cause_id effect_id index_id",
    },
    "crm.value.index.result": {
        ALL: (
            "answer_count attempts automatic company_id construct_ids date_from "
            "careless_count date_to done_times ended_at fast_count filled_count "
            "given_count has_interval has_model high leave_out straight_count "
            "value_with value_without "
            "index_id is_staff item_ids left_out_count low message path_ids progress "
            "rule seed state times user_id value waiting_note waits_in_vain"
        ),
        "crm_value.group_manager": "drawn",
    },
    "crm.value.index.result.construct": {
        ALL: (
            "construct_id high low points r2 result_id sequence total total_high "
            "total_low value"
        ),
    },
    "crm.value.index.result.item": {
        ALL: "answer_count construct_id item loading mean result_id sequence share",
    },
    "crm.value.index.result.path": {
        ALL: "cause_id coefficient effect_id high low result_id sequence significant",
    },
    "crm.value.indicator": {
        ALL: (
            "code description direct documents floor inverted is_margin missing name "
            "raw_field score_field sequence side unit"
        ),
    },
    "crm.value.invitation.preview": {
        ALL: "day_count event_count invited_count line_ids rule_id staff words",
    },
    "crm.value.invitation.preview.line": {
        ALL: "customer_id event_date partner_id preview_id reason",
    },
    "crm.value.invitation.rule": {
        ALL: (
            "active address_type answered_count ask_referral audience company_id "
            "csat_limit customer_days due_hours event expires_days hold_open_ticket "
            "invitation_count mail_template_id months name nps_limit nps_promoter "
            "person person_days quiet_days recovery reminder_days reminder_template_id "
            "response_rate running running_since sampling sent_count sequence "
            "skipped_count stage_id survey_id tag_ids team_id tier_id user_id "
            "wait_days"
        ),
    },
    "crm.value.letter": {
        ALL: "company_id date message sent_at state user_id",
    },
    "crm.value.override": {
        ALL: (
            "company_id date_from date_to kind loyalty_kind partner_id quadrant reason "
            "relation_level stage_id tier_id user_id"
        ),
    },
    "crm.value.onboarding.check": {
        ALL: "company_id line_ids",
    },
    "crm.value.onboarding.check.line": {
        ALL: "blurs finding is_wrong name opens wizard_id",
    },
    "crm.value.onboarding.preset": {
        ALL: "company_id has_draft line_ids policy_id preset",
    },
    "crm.value.onboarding.preset.line": {
        ALL: "name rule_now rule_then why wizard_id",
    },
    "crm.value.playbook": {
        ALL: (
            "description hold_days hold_share mail_delay mail_template_id plan_id "
            "running_count send_mail sequence stage_id user_id"
        ),
        OFFICER: "hold_told",
    },
    "crm.value.playbook.launch": {
        ALL: (
            "company_ids customer_count description foreign_count held_out_count "
            "held_text mail_count playbook_id profile_ids running_count send_mail "
            "stage_ids start_count step_count"
        ),
    },
    "crm.value.playbook.start": {
        ALL: (
            "company_id contact_ids date message needs_owner open_count origin_id "
            "partner_id playbook_id salesperson_id stage_id state step_count step_ids "
            "transition_id user_id"
        ),
    },
    "crm.value.playbook.step": {
        ALL: (
            "activity_id company_id date_deadline origin_id start_id state summary "
            "template_id user_id"
        ),
    },
    "crm.value.points.issue": {
        ALL: (
            "card_id company_id date expected found kind message note partner_id state "
            "user_id"
        ),
    },
    "crm.value.policy": {
        ALL: (
            "answer_days answer_half_life attitude_months basis company_id "
            "comparison_ids consistency_text contact_cap contact_days currency_id "
            "current_cut day_cap decline_gap decline_share "
            "default_margin_rate discount_rate "
            "explore_days explore_purchases history_months horizon_months limit_ids "
            "line_ids lost_below lost_days lost_gap loyalty_attitude_cut "
            "loyalty_behaviour_cut loyalty_incentive_share loyalty_price_share name "
            "note pareto_share pareto_share_b potential_cut preset published_by "
            "published_date quadrant_cut quadrant_share rest_days rfm_money "
            "rfm_window_days risk_days risk_limit satisfaction_cut stable_days "
            "stable_growth stable_purchases stage_window_days state ticket_cost "
            "tier_grace_days tier_ids tier_landing "
            "tier_mails tier_period_months tier_upgrade tier_warn_days "
            "tier_window_months value_weight version window_days"
        ),
    },
    "crm.value.policy.compare": {
        ALL: "company_id line_ids other_id policy_id",
    },
    "crm.value.policy.compare.line": {
        ALL: "name rule_after rule_before wizard_id",
    },
    "crm.value.policy.comparison": {
        ALL: "first_id policy_id ratio second_id side",
    },
    "crm.value.policy.indicator": {
        ALL: (
            "indicator_id interval_ids method policy_id policy_state sequence share "
            "side weight"
        ),
    },
    "crm.value.policy.interval": {
        ALL: "line_id lower_bound score",
    },
    "crm.value.policy.limit": {
        ALL: "dimension limit_2 limit_3 limit_4 limit_5 policy_id",
    },
    "crm.value.policy.publish": {
        ALL: (
            "company_id customer_count line_ids moved_count moved_text offer_text "
            "offered_count platinum_count platinum_share platinum_text policy_id "
            "tier_line_ids tier_lost_text tier_moved_count tier_moved_text"
        ),
    },
    "crm.value.policy.publish.line": {
        ALL: "count quadrant_from quadrant_to wizard_id",
    },
    "crm.value.policy.publish.tier": {
        ALL: (
            "cost count currency_id lost_count margin revenue tier_from_id tier_to_id "
            "wizard_id"
        ),
    },
    "crm.value.policy.tier": {
        ALL: (
            "combine company_id currency_id keep_percent min_points min_purchases "
            "min_revenue min_tenure_months min_value_score policy_id sequence tier_id"
        ),
        OFFICER: "min_margin",
    },
    "crm.value.profile.decide": {
        ALL: (
            "date_until kind note outcome profile_count profile_ids profile_name "
            "reason_id"
        ),
    },
    "crm.value.strategy.closing": {
        ALL: "date_from date_to strategy_id",
    },
    "crm.value.strategy.review": {
        ALL: "is_change learned line_ids strategy_id walked",
    },
    "crm.value.strategy.review.line": {
        ALL: (
            "choice date_deadline goal light measure_id month month_id month_ids "
            "objective_id off_target red review_id score seen task unit user_id value"
        ),
    },
    "crm.value.profile.document": {
        ALL: (
            "agreed amount broken counted currency_id date days_late discount kind "
            "late lost open overdue owed period profile_id res_id res_model returned "
            "trace"
        ),
        OFFICER: "margin",
    },
    "crm.value.rfm.segment": {
        ALL: (
            "active age_max age_min color description f_max f_min lost m_max m_min "
            "name purchases_max purchases_min r_max r_min sequence"
        ),
    },
    "crm.value.role": {
        ALL: "active description name sequence weight",
    },
    "crm.value.run": {
        ALL: (
            "as_of attempts buyer_count buyer_shift company_id currency_id "
            "customer_count ended_at fit_id is_past issue_count issue_ids message "
            "pareto_count pareto_percent policy_id progress refit release restated_at "
            "revenue_total seconds started_at state step_ids user_id waiting_note "
            "waits_in_vain"
        ),
        MANAGER: "cuts",
    },
    "crm.value.run.issue": {
        ALL: "company_id message partner_id run_id",
    },
    "crm.value.run.step": {
        ALL: "code run_id seconds",
    },
    "crm.value.run.zone": {
        ALL: "tz",
    },
    "crm.value.stage": {
        ALL: (
            "code color description expected_cost expected_price expected_profit "
            "expected_volume fold matters name playbook_ids sequence"
        ),
    },
    "crm.value.theme": {
        ALL: "active answer_count name sequence word_line words",
    },
    "crm.value.tier": {
        ALL: (
            "active color company_id contact_user_id credit_limit currency_id "
            "description limits_text matters member_count name payment_term_id "
            "points_rate policy_id pricelist_for_all pricelist_id program_ids "
            "resolution_hours response_hours sequence ticket_priority"
        ),
    },
    "crm.value.cause": {
        ALL: "active description fault name sequence",
    },
    "crm.value.complaint.close": {
        ALL: "archive reason stage_id ticket_ids",
    },
    "crm.value.need": {
        ALL: "active color measure name",
    },
    "crm.value.need.line": {
        ALL: ("amount company_id lead_id measure need_id order_id partner_id unmet_on"),
    },
    "crm.value.need.report": {
        ALL: (
            "company_id currency_id decided expected last_on measure need_id offers "
            "rate rate_high rate_low unmet unmet_amount unmet_complaints unmet_offers "
            "won"
        ),
    },
    "crm.value.solution": {
        ALL: (
            "company_id currency_id has_lines has_suggestions lead_id need_ids "
            "option_ids order_id partner_id"
        ),
        OFFICER: "payment_term_id",
    },
    "crm.value.solution.need": {
        ALL: "amount measure need_id solution_id",
    },
    "crm.value.solution.option": {
        ALL: (
            "amount currency_id decided_count left_ids met met_count need_count rate "
            "sequence solution_id template_ids won_count won_of"
        ),
        OFFICER: "margin",
    },
    "sale.order.template": {
        SELLING: "value_need_ids",
    },
    "sale.order.template.line": {
        SELLING: "value_need_id value_need_minimum value_need_rate",
    },
    "crm.value.service.target": {
        ALL: "category_id company_id resolution_hours response_hours tier_id",
    },
    "crm.value.transaction": {
        ALL: (
            "amount amount_original channel company_currency_id company_id currency_id "
            "date document import_id partner_id product_name quantity source_key"
        ),
        OFFICER: "margin",
    },
    "helpdesk.ticket.category": {
        USER: "value_own_defect value_target_ids",
        f"{USER},helpdesk_mgmt.group_helpdesk_user_own": "value_complaint",
    },
    "helpdesk.ticket": {
        ALL: "category_id priority value_currency_id",
        EMPLOYEE: "value_due value_late",  # lists are sorted by it
        OFFICER: (
            "value_credit_cost value_goods_cost value_ticket_cost value_time_cost"
        ),
        f"{USER},helpdesk_mgmt.group_helpdesk_user_own,crm_value.group_part_service": (
            "value_complaint value_duty"
        ),
        f"{USER},helpdesk_mgmt.group_helpdesk_user_own": (
            "value_acknowledged_at value_assessed_at value_assessed_by value_cause_id "
            "value_close_reason value_closed_by value_confirmed_at "
            "value_confirmed_share value_days_acknowledge value_days_assess "
            "value_days_confirm value_days_decide value_days_investigate "
            "value_days_tell value_decided_at value_dissatisfied_at value_duty_since "
            "value_fault value_heard_by value_hours value_investigated_at "
            "value_need_ids value_need_note value_product_ids value_remedy "
            "value_remedy_note value_severity value_told_at value_upheld "
            "value_overdue_at value_reopened "
            "value_resolution_due value_resolution_hours value_resolution_kept "
            "value_resolved_at value_responded_at value_response_due "
            "value_response_hours value_response_kept value_waiting_since"
        ),
        USER: (
            "value_call_id value_opened_tier_id value_panel value_place value_points "
            "value_priority_before value_profile_id value_quadrant value_queue "
            "value_risk_level value_score value_stage_id value_strip value_tier_id"
        ),
        SYSTEM: "value_faq_use_ids value_pauses",
    },
    "helpdesk.ticket.channel": {
        USER: "value_code",
    },
    "helpdesk.ticket.stage": {
        ALL: "value_waiting",
    },
    "helpdesk.ticket.team": {
        ALL: "value_calendar_id",
    },
    "loyalty.card": {
        ALL: "value_earning_ids value_ledger value_locked_points value_lot_ids",
        OFFICER: "value_liability",
    },
    "loyalty.history": {
        ALL: (
            "value_date value_day value_earning_id value_expires_on value_key "
            "value_kind value_left value_lot_id value_move_id value_order_id "
            "value_partner_id value_points value_unclaimed"
        ),
    },
    "loyalty.program": {
        ALL: (
            "value_claim value_expiry value_expiry_from value_expiry_months "
            "value_ledger value_notice_days value_point_worth value_return_days "
            "value_tier_ids"
        ),
    },
    "digest.digest": {
        ALL: "kpi_value_decline kpi_value_equity kpi_value_lost kpi_value_new",
        OFFICER: "kpi_value_equity_value",
        USER: "kpi_value_decline_value kpi_value_lost_value kpi_value_new_value",
    },
    "mail.activity.plan": {
        ALL: "name",
    },
    "mail.activity.plan.template": {
        ALL: "note responsible_type summary",
    },
    "mail.compose.message": {
        USER: "value_faq_id",
    },
    "mail.message": {
        USER: "value_channel_id value_direction",
    },
    "onboarding.progress.step": {
        ALL: "value_mark",
    },
    "res.company": {
        SYSTEM: (
            "value_face value_holdout value_holdout_share value_hour_cost "
            "value_letter value_letter_user_ids "
            "value_offer_seed value_own_companies value_resolution_hours "
            "value_response_hours value_sight"
        ),
    },
    "res.config.settings": {
        SYSTEM: (
            "value_face value_holdout value_holdout_share value_hour_cost "
            "value_letter value_letter_user_ids "
            "value_own_companies value_resolution_hours value_response_hours "
            "value_sight"
        ),
        ALL: (
            "group_value_loyalty group_value_playbook group_value_satisfaction "
            "group_value_selling group_value_service group_value_strategy value_as_of "
            "value_points_program_id value_policy_id value_run_id value_tz"
        ),
    },
    "res.partner": {
        SELLING: "value_need_line_ids",
        OFFICER: "value_clv value_clv_label value_clv_words",
        USER: (
            "value_as_of value_currency_id value_decline_risk value_is_crowd "
            "value_last_purchase_date "
            "value_loyalty_class value_more_phones value_nps value_p_alive "
            "value_pareto_class "
            "value_prefers_channel_id value_points value_points_expire_on "
            "value_points_expiring "
            "value_points_expiring_text value_points_locked value_points_text "
            "value_profile_id "
            "value_prefers_contact value_prefers_hours value_prefers_packaging "
            "value_prefers_products value_quadrant value_referred_count "
            "value_referred_ids "
            "value_referrer_id value_return_chance value_rfm value_risk_level "
            "value_risk_state "
            "value_role_id "
            "value_satisfaction value_satisfaction_quadrant value_score "
            "value_segment_id value_stage_id value_stale_since value_strip "
            "value_tier_id "
            "value_trend value_wallet_date value_wallet_is_old value_wallet_is_over "
            "value_wallet_share value_worklist_reason"
        ),
    },
    "res.users": {
        ALL: "value_letter",
    },
    "sale.order": {
        EMPLOYEE: ("value_confirmed"),
        USER: (
            "value_benefits value_confirmed_tier_id value_delivered_on "
            "value_face_answered value_panel value_points value_points_earned "
            "value_points_most value_points_rate value_points_spent "
            "value_points_usable value_profile_id value_quadrant "
            "value_quoted_tier_id value_score value_stage_id value_strip "
            "value_tier_id value_tier_pricelist_id"
        ),
        SELLING: (
            "value_approval_count value_approval_ids value_approval_state "
            "value_approval_text value_may_approve value_need_line_ids "
            "value_solution_ids"
        ),
    },
    "sale.order.line": {
        USER: ("value_price value_regular_price value_tier_price"),
        EMPLOYEE: "value_priced_by_id",
    },
    "survey.question": {
        ALL: "value_construct_id value_item value_reversed value_role",
    },
    "survey.question.answer": {
        ALL: "value_counts value_meaning value_use",
    },
    "survey.survey": {
        ALL: "value_audience value_index_id value_kind value_missing",
    },
    "survey.user_input": {
        ALL: "value_company_id value_round value_round_end",
        USER: "value_invitation_ids",
    },
    "crm.value.price.face": {
        ALL: "offers order_id reason step",
    },
    "crm.value.approval": {
        ALL: (
            "allowed_discount approver_id asked_at company_id decided_at decided_by_id "
            "discount note order_id partner_id reason state user_id"
        ),
        USER: "credit_words",
        OFFICER: "margin margin_floor",
        SYSTEM: "discounts",
    },
    "crm.value.approval.dialog": {
        ALL: "approver_id candidate_ids kind note order_id",
        SELLING: "told",
    },
    "crm.value.authority": {
        ALL: "active company_id group_id max_discount quadrant sequence tier_id",
        OFFICER: "margin_floor",
    },
    "crm.value.credit.terms": {
        ALL: (
            "credit_grade credit_limit credit_words currency_id limit_now "
            "limit_suggested limit_works partner_id payment_term_id profile_id "
            "terms_now_id terms_suggested_id"
        ),
    },
    "crm.value.likeness": {
        ALL: ("buyers company_id currency_id day likeness other_id product_id shared"),
        OFFICER: "worth",
    },
    "crm.value.offer": {
        ALL: (
            "base because_id company_id currency_id cycle_days date hits is_bought "
            "is_held_out is_kept is_settled kind order_id outcome partner_id period "
            "product_id quantity reason revenue since_days user_id"
        ),
        OFFICER: "margin",
    },
    "crm.value.lead.double": {
        ALL: (
            "company_id decided_by_id decided_on lead_id older_id partner_id place "
            "sign state value"
        ),
    },
    "crm.value.lead.group": {
        ALL: (
            "company_id count country_id currency_id industry_id kind revenue "
            "revenue_high revenue_low revenue_mean revenue_weight source_id worth_id"
        ),
        OFFICER: "margin margin_high margin_low margin_mean margin_weight",
    },
    "crm.value.lead.worth": {
        ALL: (
            "as_of company_id currency_id customer_count gain_high gain_low group_ids "
            "lead_count verdict"
        ),
        OFFICER: "actual error expected naive naive_error",
    },
    "crm.value.campaign": {
        ALL: (
            "activity_type_id approach break_even chance company_id conclusion cost "
            "cost_contact cost_fixed currency_id date_end date_planned date_start "
            "days editions foresight gain gain_high gain_low gain_trimmed "
            "has_mailings held_count invoiced invoiced_return is_mailed kind lift "
            "lift_error mail_template_id means measured_on member_ids message name "
            "offer overlap plan_id plan_line_id playbook_id pooled progress "
            "ratio_chance response response_held roi roi_high roi_low seed "
            "segment_id share state treated_count user_id utm_id verdict weeks"
        ),
    },
    "crm.value.campaign.member": {
        ALL: (
            "activity_id arm campaign_id company_id contact_ids currency_id is_bought "
            "is_merged left_out margin_after margin_before origin_id partner_id "
            "reached stratum"
        ),
    },
    "crm.value.holdout": {
        ALL: (
            "chance company_id conclusion currency_id date_start held_count kind lift "
            "lift_error lift_high lift_low lift_trimmed look_count looked_on "
            "member_ids message playbook_id progress ratio_chance seed share "
            "treated_count verdict year"
        ),
    },
    "crm.value.holdout.member": {
        ALL: (
            "arm company_id currency_id date_end date_start holdout_id is_merged "
            "margin_after margin_before origin_id partner_id share stratum"
        ),
    },
    "crm.value.plan": {
        ALL: (
            "budget company_id conclusion cost currency_id date expected expected_high "
            "expected_low free_cost free_expected kind line_ids name outcome "
            "reckoned_on segment_ids state target user_id"
        ),
    },
    "crm.value.plan.line": {
        ALL: (
            "campaign_ids company_id cost currency_id customer_count date_end "
            "date_start days expected expected_high expected_low is_seen is_taken lift "
            "lift_error measured plan_id play_id ratio reason segment_id sequence "
            "share size_limit treated_count"
        ),
    },
    "crm.value.play": {
        ALL: (
            "active company_id cost_contact cost_fixed currency_id kind "
            "mail_template_id means name offer playbook_id sequence source uplift "
            "uplift_error"
        ),
    },
    "crm.value.choice": {
        ALL: (
            "actual actual_words chosen_id company_id "
            "currency_id figure high hit_rate is_hit learnt low option_ids question "
            "range_words reason review_date reviewed_on span state taken_on user_id"
        ),
    },
    "crm.value.choice.option": {
        ALL: (
            "choice_id company_id currency_id equity_change is_chosen name "
            "scenario_id sequence"
        ),
    },
    "crm.value.scenario": {
        ALL: (
            "as_of claim claim_high claim_low company_id conclusion contact_cost "
            "currency_id customers digest elasticity elasticity_high elasticity_low "
            "equity equity_change is_older line_ids margin name note own_claim report "
            "result revenue run_id seed source user_id"
        ),
    },
    "crm.value.scenario.line": {
        ALL: (
            "amount company_id parameter quadrant rfm_segment_id scenario_id sequence "
            "tier_id tier_limit to_do told"
        ),
    },
    "crm.value.segment": {
        ALL: (
            "active campaign_ids company_id customer_count domain name offer_ids "
            "playbook_id sequence strategy"
        ),
    },
    "crm.value.segment.offer": {
        ALL: ("company_id description edition segment_id stage_id stage_sequence"),
    },
}
