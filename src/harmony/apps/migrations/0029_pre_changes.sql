-- room: adapters/db
-- Tables whose rows processes remember tell of their changes: the notification names the topic (``memory.py``).
CREATE FUNCTION harmony_tell_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('harmony_changed', TG_ARGV[0]);
    RETURN NULL;
END
$$;

CREATE TRIGGER api_tokens_tell AFTER UPDATE OR DELETE OR TRUNCATE ON api_tokens
    FOR EACH STATEMENT EXECUTE FUNCTION harmony_tell_change('proofs');
CREATE TRIGGER principals_tell AFTER UPDATE OR DELETE OR TRUNCATE ON principals
    FOR EACH STATEMENT EXECUTE FUNCTION harmony_tell_change('proofs');
CREATE TRIGGER access_rules_tell AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON access_rules
    FOR EACH STATEMENT EXECUTE FUNCTION harmony_tell_change('access rules');
