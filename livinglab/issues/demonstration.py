"""What reporting adds to the demonstration."""

from livinglab.issues.demo.story import tell_reports
from livinglab.kernel.demonstrating import demonstrates

demonstrates("reports")(tell_reports)
