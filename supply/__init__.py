"""What the program is made with that others have made: read from the lock files, held against the licences that we
accept, and told as a bill of materials. No build needs it, and it needs nothing but Python."""
