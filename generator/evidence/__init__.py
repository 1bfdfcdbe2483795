"""The field itself: references, claims and their wording, red flags."""
