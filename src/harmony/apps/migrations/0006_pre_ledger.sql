-- room: settlement/ledger
-- What is counted, and in which book: an account and a transfer each name one asset, so neither assets nor books can mix.
CREATE TABLE ledger_assets (
    code text PRIMARY KEY,
    scale smallint NOT NULL CHECK (scale BETWEEN 0 AND 18),
    book text NOT NULL CHECK (book IN ('money', 'ethik', 'reputation'))
);
INSERT INTO ledger_assets (code, scale, book) VALUES ('practice-USDC', 6, 'money'), ('ETHIK', 6, 'ethik');

-- Running balances in minor units. ``pending`` is reserved by two-phase transfers, ``posted`` has moved. The rule of an
-- account is a constraint, so no code path can break it; sums are taken as numeric, so they cannot overflow.
CREATE TABLE ledger_accounts (
    code text NOT NULL CHECK (length(code) BETWEEN 1 AND 200),
    asset text NOT NULL REFERENCES ledger_assets (code),
    rule text NOT NULL CHECK (rule IN ('debits_within_credits', 'credits_within_debits', 'unlimited')),
    debits_pending bigint NOT NULL DEFAULT 0 CHECK (debits_pending >= 0),
    debits_posted bigint NOT NULL DEFAULT 0 CHECK (debits_posted >= 0),
    credits_pending bigint NOT NULL DEFAULT 0 CHECK (credits_pending >= 0),
    credits_posted bigint NOT NULL DEFAULT 0 CHECK (credits_posted >= 0),
    opened_at timestamptz NOT NULL,
    PRIMARY KEY (code, asset),
    CONSTRAINT ledger_accounts_debits_within_credits CHECK (
        rule <> 'debits_within_credits' OR debits_pending::numeric + debits_posted <= credits_posted
    ),
    CONSTRAINT ledger_accounts_credits_within_debits CHECK (
        rule <> 'credits_within_debits' OR credits_pending::numeric + credits_posted <= debits_posted
    )
);

-- Append only. ``amount`` is what moves, or for a pending, void or expire what is reserved or freed; ``released`` is how
-- much of a reservation this transfer ends: the whole of it, since a pending transfer is resolved once.
CREATE TABLE ledger_transfers (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 200),
    kind text NOT NULL CHECK (kind IN ('transfer', 'pending', 'post', 'void', 'expire')),
    debit text NOT NULL,
    credit text NOT NULL,
    asset text NOT NULL,
    amount bigint NOT NULL CHECK (amount > 0),
    released bigint NOT NULL CHECK (released >= 0),
    pending_id text UNIQUE REFERENCES ledger_transfers (id),
    expires_at timestamptz,
    purpose text NOT NULL CHECK (length(purpose) BETWEEN 1 AND 100),
    reference text NOT NULL CHECK (length(reference) <= 200),
    actor text NOT NULL,
    trace text NOT NULL,
    posted_at timestamptz NOT NULL,
    FOREIGN KEY (debit, asset) REFERENCES ledger_accounts (code, asset),
    FOREIGN KEY (credit, asset) REFERENCES ledger_accounts (code, asset),
    CHECK (debit <> credit),
    CHECK ((kind IN ('post', 'void', 'expire')) = (pending_id IS NOT NULL)),
    CHECK (expires_at IS NULL OR kind = 'pending'),
    CHECK (CASE
        WHEN kind IN ('transfer', 'pending') THEN released = 0
        WHEN kind = 'post' THEN amount <= released
        ELSE amount = released
    END)
);
CREATE INDEX ledger_transfers_debit ON ledger_transfers (debit, asset, position);
CREATE INDEX ledger_transfers_credit ON ledger_transfers (credit, asset, position);
CREATE INDEX ledger_transfers_expiring ON ledger_transfers (expires_at) WHERE expires_at IS NOT NULL;

-- What is committed and not yet sealed: a queue, emptied by the sealer.
CREATE TABLE ledger_unsealed (
    position bigint PRIMARY KEY REFERENCES ledger_transfers (position)
);

-- The chain: a block hashes its predecessor and the digests of its transfers.
CREATE TABLE ledger_blocks (
    number bigint PRIMARY KEY CHECK (number >= 1),
    first_seal bigint NOT NULL UNIQUE,
    last_seal bigint NOT NULL UNIQUE CHECK (last_seal >= first_seal),
    previous_hash bytea NOT NULL CHECK (length(previous_hash) = 32),
    hash bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
    sealed_at timestamptz NOT NULL
);

-- The place of each transfer in the chain: ``seal`` counts without gaps in the order in which the sealer saw commits.
CREATE TABLE ledger_seals (
    seal bigint PRIMARY KEY CHECK (seal >= 1),
    position bigint NOT NULL UNIQUE REFERENCES ledger_transfers (position),
    block bigint NOT NULL REFERENCES ledger_blocks (number),
    digest bytea NOT NULL CHECK (length(digest) = 32)
);

CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER ledger_transfers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_transfers
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_blocks_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_blocks
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_seals_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_seals
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_accounts_stay BEFORE DELETE OR TRUNCATE OR UPDATE OF code, asset, rule ON ledger_accounts
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

-- Refuse the batch that is being posted: the code is the reason, the detail the id of the transfer.
CREATE FUNCTION ledger_refuse(reason text, transfer_id text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', reason USING ERRCODE = 'HL001', DETAIL = transfer_id;
END
$$;

-- Lock every account that the batch touches, in the one order everybody uses: no two batches can wait for each other.
CREATE FUNCTION ledger_lock(batch jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM ledger_accounts AS account
    WHERE (account.code, account.asset) IN (
        WITH items AS (
            SELECT item ->> 'debit' AS debit, item ->> 'credit' AS credit, item ->> 'asset' AS asset
            FROM jsonb_array_elements(batch) AS item WHERE item ->> 'pending_id' IS NULL
            UNION ALL
            SELECT held.debit, held.credit, held.asset
            FROM jsonb_array_elements(batch) AS item
            JOIN ledger_transfers AS held ON held.id = item ->> 'pending_id'
        )
        SELECT debit, asset FROM items UNION SELECT credit, asset FROM items
    )
    ORDER BY account.code, account.asset
    FOR NO KEY UPDATE OF account;
END
$$;

-- Apply one transfer to locked accounts. The same id with the same content has no effect and the same answer.
CREATE FUNCTION ledger_apply(item jsonb, origin jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    fresh ledger_transfers;
    held ledger_transfers;
    earlier ledger_transfers;
    now_at CONSTANT timestamptz := (origin ->> 'at')::timestamptz;
    reserved bigint;
    moved bigint;
BEGIN
    fresh := jsonb_populate_record(NULL::ledger_transfers, item);
    fresh.released := 0;
    IF fresh.kind IN ('post', 'void', 'expire') THEN
        SELECT * INTO held FROM ledger_transfers WHERE id = fresh.pending_id AND kind = 'pending';
        IF held.id IS NULL THEN
            PERFORM ledger_refuse('pending_unknown', fresh.id);
        END IF;
        fresh.debit := held.debit;
        fresh.credit := held.credit;
        fresh.asset := held.asset;
        fresh.released := held.amount;
        fresh.amount := coalesce(fresh.amount, held.amount);
    END IF;

    SELECT * INTO earlier FROM ledger_transfers WHERE id = fresh.id;
    IF earlier.id IS NOT NULL THEN
        IF (earlier.kind, earlier.debit, earlier.credit, earlier.asset, earlier.amount, earlier.pending_id,
            earlier.expires_at, earlier.purpose, earlier.reference)
            IS DISTINCT FROM
            (fresh.kind, fresh.debit, fresh.credit, fresh.asset, fresh.amount, fresh.pending_id,
            fresh.expires_at, fresh.purpose, fresh.reference) THEN
            PERFORM ledger_refuse('id_reused', fresh.id);
        END IF;
        RETURN jsonb_build_object('id', earlier.id, 'amount', earlier.amount, 'repeated', true);
    END IF;

    IF held.id IS NOT NULL THEN
        IF EXISTS (SELECT FROM ledger_transfers WHERE pending_id = held.id) THEN
            PERFORM ledger_refuse('pending_resolved', fresh.id);
        ELSIF fresh.kind = 'post' AND held.expires_at <= now_at THEN
            PERFORM ledger_refuse('pending_expired', fresh.id);
        ELSIF fresh.kind = 'expire' AND (held.expires_at IS NULL OR held.expires_at > now_at) THEN
            PERFORM ledger_refuse('pending_current', fresh.id);
        ELSIF fresh.amount > held.amount THEN
            PERFORM ledger_refuse('exceeds_pending', fresh.id);
        END IF;
    ELSIF fresh.expires_at <= now_at THEN
        PERFORM ledger_refuse('expiry_past', fresh.id);
    END IF;

    reserved := CASE WHEN fresh.kind = 'pending' THEN fresh.amount ELSE -fresh.released END;
    moved := CASE WHEN fresh.kind IN ('transfer', 'post') THEN fresh.amount ELSE 0 END;
    UPDATE ledger_accounts SET debits_pending = debits_pending + reserved, debits_posted = debits_posted + moved
    WHERE code = fresh.debit AND asset = fresh.asset;
    IF NOT FOUND THEN
        PERFORM ledger_refuse('account_unknown', fresh.id);
    END IF;
    UPDATE ledger_accounts SET credits_pending = credits_pending + reserved, credits_posted = credits_posted + moved
    WHERE code = fresh.credit AND asset = fresh.asset;
    IF NOT FOUND THEN
        PERFORM ledger_refuse('account_unknown', fresh.id);
    END IF;

    WITH added AS (
        INSERT INTO ledger_transfers (id, kind, debit, credit, asset, amount, released, pending_id, expires_at,
            purpose, reference, actor, trace, posted_at)
        VALUES (fresh.id, fresh.kind, fresh.debit, fresh.credit, fresh.asset, fresh.amount, fresh.released,
            fresh.pending_id, fresh.expires_at, fresh.purpose, fresh.reference,
            origin ->> 'actor', origin ->> 'trace', now_at)
        RETURNING position
    )
    INSERT INTO ledger_unsealed (position) SELECT position FROM added;
    RETURN jsonb_build_object('id', fresh.id, 'amount', fresh.amount, 'repeated', false);
END
$$;

-- Post a linked batch: all of it or nothing. Answers ``{"posted": [...]}`` or ``{"refused": reason, "id": transfer}``;
-- a refusal undoes only the batch, so the caller's transaction stays usable.
CREATE FUNCTION ledger_post(batch jsonb, origin jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    item jsonb;
    posted jsonb := '[]';
    reason text;
    broken text;
    refused_id text;
BEGIN
    PERFORM ledger_lock(batch);
    FOR item IN SELECT value FROM jsonb_array_elements(batch) WITH ORDINALITY ORDER BY ordinality LOOP
        posted := posted || ledger_apply(item, origin);
    END LOOP;
    RETURN jsonb_build_object('posted', posted);
EXCEPTION
    WHEN SQLSTATE 'HL001' THEN
        GET STACKED DIAGNOSTICS reason = MESSAGE_TEXT, refused_id = PG_EXCEPTION_DETAIL;
        RETURN jsonb_build_object('refused', reason, 'id', refused_id);
    WHEN check_violation THEN
        GET STACKED DIAGNOSTICS broken = CONSTRAINT_NAME;
        IF broken NOT IN ('ledger_accounts_debits_within_credits', 'ledger_accounts_credits_within_debits') THEN
            RAISE;
        END IF;
        RETURN jsonb_build_object('refused', 'limit_exceeded', 'id', item ->> 'id');
    WHEN numeric_value_out_of_range THEN
        RETURN jsonb_build_object('refused', 'overflow', 'id', item ->> 'id');
    WHEN unique_violation THEN
        -- Only a twin with other accounts gets this far: the same accounts would have waited for each other.
        RETURN jsonb_build_object('refused', 'id_reused', 'id', item ->> 'id');
END
$$;
