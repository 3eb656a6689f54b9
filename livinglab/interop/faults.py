"""Below /open311/ a fault is a GeoReport v2 error, in the format that was asked for."""

from livinglab.interop.views.answering import fault_in_form
from livinglab.kernel.faults import faults_below

faults_below("/open311/", fault_in_form)
