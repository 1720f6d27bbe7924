"""Archives read by many machines: Dask distributes files, workers write Parquet, one machine loads that."""
