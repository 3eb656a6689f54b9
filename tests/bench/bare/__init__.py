"""The peer of `bench_pages`: a stock Django project that lists twenty rows."""
