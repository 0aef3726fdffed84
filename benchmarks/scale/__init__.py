"""What answers take with 100,000 films and 1,000,000 moments in PostgreSQL."""
