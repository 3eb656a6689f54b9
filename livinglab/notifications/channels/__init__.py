"""The ways out of the house: e-mail, web push, text message.

Each says what became of a parcel in one `Outcome`, and above all whether the message
may have left: what may have left is never sent again.
"""
