-- Runs after every migration: whatever the role was given by hand is taken away again. One block, so that a serving
-- program never sees the moment between the two halves.
DO $$
BEGIN
    REVOKE ALL ON invoices, charges, sessions, flyway_schema_history FROM ${app_role};
    GRANT USAGE ON SCHEMA public TO ${app_role};
    GRANT SELECT,
          INSERT (is_paid, amount, payment_date, due_date),
          UPDATE (is_paid, amount, payment_date, due_date, updated_at, deleted_at)
        ON invoices TO ${app_role};
    GRANT SELECT, INSERT (invoice_id, type, amount, description) ON charges TO ${app_role};
    GRANT SELECT, INSERT (id_hash, name, expires_at), DELETE ON sessions TO ${app_role};
    GRANT SELECT (version, success) ON flyway_schema_history TO ${app_role};
END
$$;
