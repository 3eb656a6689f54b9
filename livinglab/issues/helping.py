"""What a helper may do with somebody's reports."""

from django.utils.translation import gettext_lazy as _

from livinglab.kernel.acting import Area, area

area(
    Area(
        name="issues",
        label=_("Reports"),
        says=_(
            "Sees your reports; reports in your name, follows, adds what is new"
            " and answers."
        ),
        rules={
            "issues.report_issue": _("sent a report"),
            "issues.support_issue": _("said “I met it too” about a report"),
            "issues.follow_issue": _("followed a report"),
            "issues.unfollow_issue": _("stopped following a report"),
            "issues.add_word": _("added a word or a photo to a report"),
            "issues.add_own_photos": _("added photos to a report"),
            "issues.cover_photo": _("covered places in a photo"),
            "issues.reply_to_question": _("answered what the city asked"),
            "issues.give_verdict": _("said whether it is fixed"),
            "issues.reopen_issue": _("opened a report again"),
        },
        quiet=frozenset({"issues.read_issue"}),
        pages=frozenset(
            {
                "issues:mine",
                "issues:issue",
                "issues:photo",
                "issues:lighter-photo",
                "issues:cover",
                "issues:support",
                "issues:follow",
                "issues:unfollow",
                "issues:add-word",
                "issues:reply",
                "issues:reopen",
                "issues:answer-question",
                "issues:let-unsent-go",
                "report:form",
                "report:half",
                "report:done",
                "report:met",
                "api-issues",
                "api-issue",
                "api-my-issues",
                "api-issue-support",
                "api-issue-follow",
                "api-issue-updates",
                "api-issue-reply",
                "api-issue-verdict",
                "api-issue-reopening",
                "api-issue-photos",
                "api-issue-covering",
            }
        ),
        start="issues:mine",
    )
)
