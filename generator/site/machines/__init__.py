"""What machines get: structured data, the API, feeds, answers for patient records."""
