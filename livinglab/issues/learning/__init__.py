"""From words to categories: character n-grams and a product of matrices.

Pure. `training` alone needs scikit-learn; it runs in a process of its own, so that the
pages carry neither its megabytes nor its start.
"""
