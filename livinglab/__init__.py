"""livinglab: the residents' side of the smart-city living labs."""
