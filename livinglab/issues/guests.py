"""What a guest reported joins the account."""

from livinglab.issues.services.meeting import join_meetings
from livinglab.issues.services.reporting import join_reports
from livinglab.kernel.guests import joins

joins("reports", join_reports)
joins("met it too", join_meetings)
