"""What each kind of page is put together of: its text, its template, and all that this is given."""
