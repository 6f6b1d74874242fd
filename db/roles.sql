-- Roles of the database. Run by whoever may create roles, before the migrations, in every start; safe to repeat.
-- antu_owner owns all tables and runs the migrations. antu_app is what the application works as: it owns nothing and may do
-- only what the migrations grant, table by table (evidence, ledger and audit tables: insert and select).
-- Both are made without a password and without login; the embedded database gives them passwords from the key directory,
-- an administrator of an external database decides how they sign in.

do $$
declare
  wanted text;
begin
  -- Roles belong to the whole server: two databases being prepared at once must not both create them.
  perform pg_advisory_xact_lock(hashtext('antu roles'));
  foreach wanted in array array['antu_owner', 'antu_app'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      execute format('create role %I nologin nosuperuser nocreatedb nocreaterole', wanted);
    end if;
  end loop;
end
$$;
