DO $do$
DECLARE
    one record;
BEGIN
    FOR one IN VALUES ('{owner}', '/stepzero/owner-password'), ('{role}', '/stepzero/role-password') LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = one.column1) THEN
            EXECUTE format('CREATE ROLE %I', one.column1);
        END IF;
        EXECUTE format(
            'ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD %L',
            one.column1, pg_read_file(one.column2));
    END LOOP;
END
$do$;

