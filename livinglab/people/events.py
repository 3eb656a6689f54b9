"""What happened to people; sent after commit with ids only."""

from django.dispatch import Signal

consent_given = Signal()  # person_id, purpose
consent_withdrawn = Signal()  # person_id, purpose
person_left = Signal()  # person_id: the days of grace begin, nothing is computed
person_stayed = Signal()  # person_id: everything goes on
download_asked = Signal()  # download_id
leavers_due = Signal()  # somebody's days of grace are over
files_due = Signal()  # stored files wait to be erased
letters_due = Signal()  # letters wait to be sent
person_joined = Signal()  # person_id: signed up, with both consents
session_ended = Signal()  # session_key: ended from elsewhere
guardian_answered = Signal()  # person_id of the child, answer
