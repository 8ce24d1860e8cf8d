"""The page behind a mail's link to stop such mails: it asks first, without a login."""

from odoo.http import request

# Mail programs post here (RFC 8058); the token of the address is the secret.
STOP_ROUTE = {
    "type": "http",
    "auth": "public",
    "methods": ["GET", "POST"],
    "csrf": False,
    "website": True,
    "sitemap": False,
}


def stop_case(found, stop):
    """Return what the page says. A GET, as mail scanners send it, changes nothing.

    :param found: the record whose mails would stop, empty where the token is wrong
    :param stop: what stops them
    """
    if not found:
        return "unknown"
    if request.httprequest.method != "POST":
        return "stop"
    stop()
    return "stopped"


def case_page(template, case, lang, **values):
    """Return a page that says one of its cases in a language."""
    request.update_context(lang=lang or request.env.lang)
    response = request.render(template, {"case": case, **values})
    response.status_code = 404 if case == "unknown" else 200
    return response
