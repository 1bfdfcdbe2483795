"""All documents joined: who is where, who links to whom, which pages there are."""
