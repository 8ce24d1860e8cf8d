"""Verdicts: which groups are shown which figure of customers.

A field that is not named fails the walk: say who may read it. ALL are those who may
read its model.
"""

ALL = ""
OFFICER = "crm_value.group_officer"
USER = "crm_value.group_user"
SYSTEM = "base.group_system"
FIGURES = {
    "crm.value.answer": {
        ALL: (
            "audience commercial_partner_id company_id construct_id date index_id item "
            "kind less_is_better origin partner_id quadrant question_id question_title "
            "rfm_segment role scale_max scale_min score stage_id survey_id text "
            "theme_ids tier_id user_id user_input_id value voice"
        ),
    },
    "crm.value.benefit": {
        ALL: (
            "company_id currency_id date document history_id kind order_id "
            "order_line_id partner_id program_id quantity source_key ticket_id tier_id"
        ),
        OFFICER: "amount shown_amount",
    },
    "crm.value.bookmark": {
        ALL: "last_id name started",
    },
    "crm.value.contact": {
        ALL: (
            "channel company_id date message name number origin_id partner_id reason "
            "source_key start_id state template_id tier_id topic"
        ),
        OFFICER: "campaign_member_id",
    },
    "crm.value.decision": {
        ALL: (
            "active company_id date date_until kind may_undo note outcome partner_id "
            "reason_id stage_id user_id worklist"
        ),
    },
    "crm.value.earning": {
        ALL: (
            "amount card_id company_id credited date line_ids move_id order_id "
            "origin_id own_points partner_id points promise_id state usable_date "
            "value_date"
        ),
    },
    "crm.value.ending": {
        ALL: (
            "answer_user_id asked_on began_on by_hand category_id company_id "
            "currency_id duration ended_on note noted_on origin_id partner_id pattern "
            "purchase_count quadrant reason_id returned_on revenue rfm_segment user_id"
        ),
        OFFICER: "margin",
    },
    "crm.value.equity": {
        ALL: (
            "asset_state closing company_id country_id currency_id date grown lost "
            "model_change movement new opening partner_id quadrant re_estimated "
            "relation rfm_segment shrunk state_id user_id"
        ),
        OFFICER: "closing_words",
    },
    "crm.value.cohort.total": {
        ALL: (
            "bought churned company_id currency_id date_from date_to "
            "first_purchase_date kept_from kept_id kept_to kept_to_count key number "
            "sales sales_count"
        ),
        OFFICER: "profit profit_count",
    },
    "crm.value.equity.total": {
        ALL: (
            "asset_state closing company_id currency_id date grown kept_id key lost "
            "model_change movement new number opening quadrant re_estimated relation "
            "rfm_segment shrunk"
        ),
    },
    "crm.value.invitation": {
        ALL: (
            "answered_on audience company_id contact_ids customer_id date event "
            "event_date event_key expires_on message origin_id partner_id reason "
            "reminded_on reminder_on res_id res_model rule_id salesperson_id sent_on "
            "state survey_id survey_title user_input_id"
        ),
        SYSTEM: "link one_click opt_out_link opt_out_token",
    },
    "crm.value.membership": {
        ALL: (
            "company_id date_from date_grace date_to date_until earned_id earned_since "
            "earned_until event evidence_text origin origin_id partner_id run_id since "
            "tier_id"
        ),
        OFFICER: "evidence",
    },
    "crm.value.migration": {
        ALL: (
            "bought churned company_id currency_id date_from date_to "
            "first_purchase_date is_open is_step kept kept_from kept_to move pair "
            "partner_id quadrant_from quadrant_to revenue_from revenue_to "
            "rfm_segment_from rfm_segment_to sales stage_id_from stage_id_to user_id"
        ),
        OFFICER: (
            "margin_at_stake margin_from margin_kept margin_present margin_to profit"
        ),
    },
    "crm.value.migration.total": {
        ALL: (
            "churned company_id currency_id date_from date_to kept kept_from kept_id "
            "kept_to key move number quadrant_from quadrant_to revenue_to "
            "rfm_segment_from rfm_segment_to stage_id_from stage_id_to"
        ),
        OFFICER: "margin_at_stake margin_kept margin_present margin_to",
    },
    "crm.value.month": {
        ALL: "as_of company_id date told_by",
    },
    "crm.value.month.end.total": {
        ALL: (
            "company_id date kept_id loyalty_class month_end number quadrant relation "
            "stage_id"
        ),
        OFFICER: "clv is_valued key",
    },
    "crm.value.month.fact": {
        ALL: (
            "age back_id buyer_id categ_id channel company_id country_id currency_id "
            "discount is_ended is_followed is_running kept_id lost_id month new_id "
            "number origin_id partner_id purchases quantity returned revenue "
            "size state_id user_id"
        ),
        OFFICER: "costed margin",
    },
    "crm.value.month.past": {
        ALL: "categ_id country_id partner_id product_tmpl_id state_id until",
    },
    "crm.value.month.stale": {
        ALL: "company_id partner_id",
    },
    "crm.value.month.kept": {
        ALL: ("company_id date_from date_to is_measured is_open model model_change"),
    },
    "crm.value.response": {
        ALL: (
            "audience commercial_partner_id company_id csat csi date newest_before nps "
            "origin partner_id quadrant rfm_segment stage_id survey_id tier_id user_id"
        ),
    },
    "crm.value.response.sum": {
        ALL: (
            "csat_n csat_total csi detractors index_n index_total loyalty_n "
            "loyalty_total nps_n nps_total other_n other_total promoters satisfied "
            "satisfied_total user_input_id"
        ),
    },
    "crm.value.profile": {
        ALL: (
            "answer_count answer_date as_of asset_state attitude_date benefit_ids "
            "cancelled_order_count category_overdue category_share changes "
            "clv_confidence "
            "company_id country_id credit credit_grade credit_words csat csi "
            "currency_id current_value_score "
            "days_late days_late_recent "
            "decision_id decision_until decline_risk discount_rate discounted_count "
            "email ending_id ending_pattern ending_words exit_reason_id "
            "expected_high expected_low "
            "expected_purchases "
            "expected_purchases_words expected_revenue expected_revenue_words "
            "expected_spend expected_spend_words explanation first_purchase_date "
            "first_spend fit_id "
            "gap_variation gaps growth is_due is_today kept_rate last_purchase_date "
            "last_days_late lead_count "
            "loyalty loyalty_attitude loyalty_behaviour loyalty_class loyalty_kind "
            "loyalty_kind_computed loyalty_override_id median_gap_days membership_ids "
            "next_contact_date next_purchase_date nps open_amount open_since "
            "open_until order_count outlook overdue overdue_basis overdue_category_id "
            "overdue_count overdue_since "
            "overdue_share "
            "override_id p_alive pareto_class pareto_rank partner_id phone "
            "held_out_note "
            "planned_date playbook_count policy_id potential_value_score product_count "
            "purchase_count quadrant quadrant_computed quotation_count "
            "received_value_score recency_days recent_count refund_total "
            "relation relation_level relation_level_text repeat_count "
            "repeat_spend resolution_days return_chance return_rate revenue "
            "revenue_previous "
            "revenue_total reward_count rfm rfm_f rfm_frequency rfm_m rfm_r "
            "review_date review_id review_lever "
            "rfm_segment risk risk_level risk_state run_id satisfaction "
            "satisfaction_quadrant "
            "satisfaction_score score_benefit score_clv score_credit score_granted "
            "score_growth score_loyalty score_margin score_satisfaction score_service "
            "score_support score_trust score_volume season_count season_overdue "
            "signs slow_ticket_count snapshot_ids stage_computed_id stage_id "
            "stage_override_id stage_since stake_band stake_score stale_since "
            "ticket_count "
            "tier_computed_id tier_grace_until tier_id tier_missing tier_override_id "
            "tier_points tier_progress tier_purchases tier_revenue tier_since "
            "tier_state tier_until transition_ids turn_date user_id value_benefits "
            "value_score "
            "value_trend voice wallet_date wallet_ids wallet_is_old wallet_is_over "
            "wallet_share window_count window_order_count window_trend worklist "
            "worklist_reason written_off_share"
        ),
        USER: "is_crowd",
        OFFICER: (
            "benefit_amount benefit_share clv clv_high clv_low clv_restated "
            "clv_label clv_words cost_known_share credit_points loses_much margin "
            "margin_basis "
            "margin_total net_margin "
            "rfm_money "
            "segment_offer "
            "service_cost "
            "stake stake_basis stake_words tier_margin"
        ),
    },
    "crm.value.promise": {
        ALL: (
            "amount card_id company_id earning_ids order_id partner_id points "
            "program_id rate superseded"
        ),
    },
    "crm.value.quality": {
        ALL: (
            "accepted_by_id accepted_on can_open checked_on company_id currency_id "
            "distorts found_on kind opened_on rank record_count"
        ),
        OFFICER: "money share share_before",
    },
    "crm.value.quality.customer": {
        ALL: (
            "changed_on company_id complete country_id crowd currency_id customers "
            "doubled gaps last_purchase_date old partner_id placeless revenue_rank "
            "unattended unreachable user_id"
        ),
        OFFICER: (
            "clear part_cost part_named part_new part_place part_reach part_single "
            "part_user revenue score"
        ),
    },
    "crm.value.quality.double": {
        ALL: (
            "accepted_by_id accepted_on company_id currency_id partner_id sign "
            "twin_id value"
        ),
        OFFICER: "revenue",
    },
    "crm.value.quality.product": {
        ALL: "categ_id company_id currency_id lines product_id",
        OFFICER: "revenue",
    },
    "crm.value.recovery": {
        ALL: (
            "activity_id again begun_on bought_again company_id customer_id date due "
            "is_late kind message partner_id quadrant reaction referred_count rule_id "
            "salesperson_id score solved_on state survey_id ticket_id user_id "
            "user_input_id value_score words"
        ),
    },
    "crm.value.referral": {
        ALL: (
            "buyer_count clv_confidence company_id currency_id first_purchase_date "
            "partner_id profile_id referred_count referrer_id revenue revenue_total "
            "user_id"
        ),
        OFFICER: "clv clv_words margin_total",
    },
    "crm.value.snapshot": {
        ALL: (
            "answer_count answer_date asset_state attitude_date cancelled_order_count "
            "category_overdue category_share clv_confidence company_id credit_grade "
            "csat csi "
            "currency_id current_value_score date days_late days_late_recent "
            "decline_risk discount_rate "
            "discounted_count expected_high expected_low "
            "expected_purchases expected_purchases_words "
            "expected_revenue expected_revenue_words expected_spend "
            "expected_spend_words first_purchase_date first_spend gap_variation "
            "growth kept_rate last_days_late last_purchase_date "
            "lead_count loyalty_attitude loyalty_behaviour loyalty_class loyalty_kind "
            "loyalty_kind_computed median_gap_days month_end next_contact_date "
            "next_purchase_date nps open_amount open_since open_until order_count "
            "origin_id overdue overdue_category_id overdue_count "
            "overdue_share overdue_since p_alive pareto_class "
            "pareto_rank partner_id planned_date policy_id potential_value_score "
            "product_count purchase_count quadrant quadrant_computed quotation_count "
            "received_value_score recency_days recent_count refund_total "
            "relation repeat_count "
            "repeat_spend resolution_days return_chance return_rate revenue "
            "revenue_previous "
            "revenue_total reward_count rfm_f rfm_frequency rfm_m rfm_r rfm_segment "
            "risk_level risk_state run_id satisfaction_quadrant satisfaction_score "
            "score_benefit "
            "score_clv score_credit score_granted score_growth score_loyalty "
            "score_margin score_satisfaction score_service score_support score_trust "
            "score_volume season_count season_overdue slow_ticket_count "
            "stage_computed_id stage_id stage_since stake_score ticket_count "
            "tier_computed_id tier_id tier_points tier_purchases tier_revenue "
            "tier_since tier_state tier_until value_score window_count "
            "window_order_count window_trend worklist written_off_share"
        ),
        OFFICER: (
            "benefit_amount benefit_share clv clv_high clv_low clv_restated "
            "clv_label clv_words cost_known_share credit_points margin margin_total "
            "net_margin rfm_money "
            "service_cost "
            "stake stake_words tier_margin"
        ),
    },
    "crm.value.spell": {
        ALL: (
            "company_id date_from date_to days days_unseen is_running partner_id "
            "stage_id user_id"
        ),
    },
    "crm.value.spell.total": {
        ALL: "company_id days days_unseen is_running kept_id key number stage_id",
    },
    "crm.value.stale": {
        ALL: "company_id partner_id",
    },
    "crm.value.transition": {
        ALL: (
            "company_id date evidence evidence_text is_history kind origin_id "
            "partner_id quadrant_from quadrant_to run_id stage_from_id stage_to_id "
            "tier_from_id tier_to_id user_id"
        ),
    },
    "crm.value.wallet": {
        ALL: (
            "amount_declared company_id currency_id date declared is_old is_over note "
            "partner_id percent_declared revenue_year share source spending user_id"
        ),
    },
    "crm.value.review": {
        ALL: (
            "company_id currency_id date done_date is_due lever outcome outcome_note "
            "partner_id reason review_date state user_id"
        ),
        OFFICER: (
            "margin_after margin_now margin_then net_margin_after net_margin_now "
            "net_margin_then service_cost_after service_cost_now service_cost_then"
        ),
    },
    "crm.value.measure": {
        ALL: (
            "company_id currency_id direction goal_ids initiative initiative_count "
            "is_asked leading light missing_note month_ids name objective_id "
            "off_target owner_id previous_id score sequence soft source state "
            "strategy_id unit weight"
        ),
    },
    "crm.value.measure.goal": {
        ALL: "company_id date_from goal measure_id red strategy_id",
    },
    "crm.value.measure.month": {
        ALL: (
            "closed company_id currency_id goal light measure_id month n objective_id "
            "owner_id red score source strategy_id unit value"
        ),
    },
    "crm.value.objective": {
        ALL: (
            "cause_ids company_id effect_ids measure_ids name owner_id perspective "
            "process sequence state strategy_id theme weight"
        ),
    },
    "crm.value.objective.link": {
        ALL: (
            "cause_id company_id declared_on effect_id effect_size lag level n "
            "p_adjusted p_value power sign state strategy_id tested_on verdict why"
        ),
    },
    "crm.value.strategy": {
        ALL: (
            "change_reason company_id currency_id date_end date_start link_count "
            "link_ids mission name objective_count objective_ids previous_id "
            "proposition state trouble version"
        ),
    },
}
