-- room: settlement/ledger
-- One signed proof a day. ``document`` is the text that was signed, with its key and signature; it stands for itself.
CREATE TABLE ledger_proofs (
    day date PRIMARY KEY,
    document text NOT NULL,
    signed_at timestamptz NOT NULL
);
CREATE TRIGGER ledger_proofs_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_proofs
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
