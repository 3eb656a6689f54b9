"""Reports of what is wrong in the city, from the kerb to "is it fixed?".

Stands on people, places and notifications; tells upper floors by its events.
"""
