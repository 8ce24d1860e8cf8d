import re

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL, html2plaintext, ormcache
from odoo.tools.misc import remove_accents

from ... import given
from ...analytics.faq import likeness
from ...const import USER

CHINESE = re.compile(r"([\u3400-\u9fff\uf900-\ufaff])")
LONGEST = 1000  # characters of what is typed that are compared
SHORTEST = 2
MOST = 3
COMPARED = 30  # of the most alike, those whose question is compared as well
LEARNT_FROM = 1000  # questions by which trigrams are rare
ALIKE = 0.16  # share of the trigrams typed; below, as many are alike by chance
QUESTION = 0.5  # what the share of the question counts besides
LIKELY = 0.4  # of both; below, it is more often wrong than right
FEWEST_TRIGRAMS = 4  # of a short text: a word, two Chinese characters
SAME_CATEGORY = 0.1
SET_LIKENESS = """
    SELECT set_config(
        'pg_trgm.word_similarity_threshold',
        LEAST(
            1, GREATEST(%s / NULLIF(CARDINALITY(show_trgm(%s)), 0)::numeric, %s)
        )::text,
        TRUE
    )
"""
# PostgreSQL takes a comparison of two texts for as cheap as one of two numbers, and
# would make it with every question there is.
USE_INDEX = "SELECT set_config('enable_seqscan', %s, TRUE)"


class CrmValueFaq(models.Model):
    """Finds the questions that read like what somebody types.

    The likeness is ``word_similarity`` of pg_trgm: the share of the trigrams of what is
    typed that a stretch of the question and its answer has. Of the most alike, the
    share of the question counts as well, by how rare its trigrams are. Chinese has no
    spaces, so its characters are set apart: each is a word, in whatever order.
    """

    _inherit = "crm.value.faq"

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()  # of what is rare
        return super().create(vals_list)

    def write(self, vals):
        if not vals.keys().isdisjoint(("question", "answer", "active", "company_id")):
            self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    def _set_apart(self, text):
        return CHINESE.sub(r" \1 ", text)

    @api.readonly
    @api.model
    def get_suggestions(self, title, text=None, category=None, ticket=None):
        """Return the questions that read like a ticket, the most alike first.

        :param text: what the ticket says, as HTML or plain
        :param category: id of its category, whose questions are preferred
        :param ticket: id of the ticket, if it is saved: what was used there is said
        """
        if not self.env.user.has_group(USER):
            raise AccessError(
                self.env._("Suggestions are for users of customer value.")
            )
        typed = f"{title or ''} {html2plaintext(str(text or ''))}".replace(
            "\0", ""
        ).strip()[:LONGEST]
        found = self.browse()
        if len(typed) >= SHORTEST:
            find = self._alike if self.pool.has_trigram else self._with_equal_words
            found = find(self._set_apart(typed), given.number(category))
        used = self._used_on(given.number(ticket))
        return {
            "suggestions": [faq._suggestion(used) for faq in used.faq_id | found],
            "is_simple": not self.pool.has_trigram,
        }

    @api.model
    def _alike(self, typed, category):
        """Return those that are likely enough, those of the category first."""
        weight = self._weights(tuple(self.env.companies.ids))
        plain, found = remove_accents(typed), []
        for faq, alike in self._most_alike(typed):
            asked = remove_accents(self._set_apart(faq.question))
            likely = alike + QUESTION * likeness.said(asked, plain, weight)
            if likely >= LIKELY:
                likely += SAME_CATEGORY * faq._is_in(category)
                found.append((-likely, faq.id))
        return self.browse(faq for _likely, faq in sorted(found)[:MOST])

    @api.model
    @ormcache("company_ids")
    def _weights(self, company_ids):
        """Return how much each trigram of the questions of some companies weighs."""
        # Of all of them, whoever may read which: it names none.
        faqs = self.sudo().search_fetch(
            [("company_id", "in", company_ids)], ["words"], limit=LEARNT_FROM
        )
        return likeness.weights([remove_accents(faq.words) for faq in faqs])

    @api.model
    def _most_alike(self, typed):
        """Find (question, likeness) by the index: it asks for a likeness set before.

        Some trigrams are alike by chance, so that a short text has to be more alike.
        """
        compared = self.pool.unaccent(SQL("%s", typed))
        self.env.cr.execute(SQL(SET_LIKENESS, FEWEST_TRIGRAMS, compared, ALIKE))
        query = self._search([("company_id", "in", self.env.companies.ids)])
        words = self.pool.unaccent(self._field_to_sql(query.table, "words", query))
        alike = SQL("word_similarity(%s, %s)", compared, words)
        number = SQL.identifier(query.table, "id")
        query.add_where(SQL("%s %%> %s", words, compared))
        query.order = SQL("%s DESC, %s", alike, number)
        query.limit = COMPARED
        self.env.cr.execute(SQL(USE_INDEX, "off"))
        rows = self.env.execute_query(query.select(number, alike))
        self.env.cr.execute(SQL(USE_INDEX, "on"))
        faqs = self.browse(number for number, _alike in rows)
        return zip(faqs, (alike for _number, alike in rows), strict=True)

    @api.model
    def _with_equal_words(self, typed, category):
        """Find them where PostgreSQL cannot compare words: most equal ones first."""
        typed_words = {word for word in typed.lower().split() if len(word) > 3}
        typed_words |= set(CHINESE.findall(typed))
        if not typed_words:
            return self.browse()
        equal = Domain.OR(Domain("words", "ilike", word) for word in typed_words)
        found = self.search(Domain("company_id", "in", self.env.companies.ids) & equal)

        def rank(faq):
            have = faq.words.lower()
            hits = sum(word in have for word in typed_words)
            return (
                hits / len(typed_words) + SAME_CATEGORY * faq._is_in(category),
                faq.id,
            )

        return found.sorted(rank, reverse=True)[:MOST]

    def _is_in(self, category):
        return category in self.category_ids.ids

    @api.model
    def _used_on(self, ticket):
        """Return the uses on a ticket that the user may read."""
        found = self.env["helpdesk.ticket"].browse(ticket).exists() if ticket else None
        if not found or not found.has_access("read"):
            return self.env["crm.value.faq.use"].sudo()
        return found.sudo().value_faq_use_ids  # the ticket's reader reads what it holds

    def _suggestion(self, used):
        faq = self.sudo()  # found by the reader's rules, or on a ticket to be read
        use = used.filtered(lambda one: one.faq_id == faq)
        return {
            "id": faq.id,
            "question": faq.question,
            "answer": html2plaintext(faq.answer).strip(),
            "use_count": faq.use_count,
            "used": bool(use),
            "unhelpful": bool(use.is_marked),
        }
