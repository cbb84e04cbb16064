-- room: settlement/ledger
-- Books: one for each kind of money and one for ETHIK. A code says which; what a book is never changes.
ALTER TABLE ledger_assets ADD CONSTRAINT ledger_assets_book_of_code CHECK (
    (book = 'money') = (code ~ '^(practice-USDC|USDC(:[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32})?)$')
);
CREATE TRIGGER ledger_assets_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_assets
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

-- A pending transfer may be posted in several parts. ``remaining`` is what is still reserved: never below zero, so the
-- parts can never come to more than was pending.
CREATE TABLE ledger_reservations (
    pending_id text PRIMARY KEY REFERENCES ledger_transfers (id),
    amount bigint NOT NULL CHECK (amount > 0),
    remaining bigint NOT NULL CONSTRAINT ledger_reservations_within CHECK (remaining BETWEEN 0 AND amount),
    expires_at timestamptz
) WITH (fillfactor = 70);
INSERT INTO ledger_reservations (pending_id, amount, remaining, expires_at)
SELECT id, amount, amount - (SELECT coalesce(sum(released), 0) FROM ledger_transfers AS ending
    WHERE ending.pending_id = pending.id)::bigint, expires_at
FROM ledger_transfers AS pending WHERE kind = 'pending';
CREATE INDEX ledger_reservations_expiring ON ledger_reservations (expires_at)
    WHERE expires_at IS NOT NULL AND remaining > 0;
CREATE TRIGGER ledger_reservations_stay
    BEFORE DELETE OR TRUNCATE OR UPDATE OF pending_id, amount, expires_at ON ledger_reservations
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

-- ``released`` is how much of a reservation a transfer ends: of a ``part`` what it moves, of the others all that is left.
ALTER TABLE ledger_transfers DROP CONSTRAINT ledger_transfers_pending_id_key;
ALTER TABLE ledger_transfers DROP CONSTRAINT ledger_transfers_kind_check;
ALTER TABLE ledger_transfers DROP CONSTRAINT ledger_transfers_check1;
ALTER TABLE ledger_transfers DROP CONSTRAINT ledger_transfers_check3;
ALTER TABLE ledger_transfers
    ADD CONSTRAINT ledger_transfers_kind CHECK (kind IN ('transfer', 'pending', 'part', 'post', 'void', 'expire')),
    ADD CONSTRAINT ledger_transfers_of_pending CHECK (
        (kind IN ('part', 'post', 'void', 'expire')) = (pending_id IS NOT NULL)
    ),
    ADD CONSTRAINT ledger_transfers_released CHECK (CASE
        WHEN kind IN ('transfer', 'pending') THEN released = 0
        WHEN kind = 'post' THEN amount <= released
        ELSE amount = released
    END);
CREATE INDEX ledger_transfers_pending ON ledger_transfers (pending_id) WHERE pending_id IS NOT NULL;
-- The time-outs to come are found among the reservations now.
DROP INDEX ledger_transfers_expiring;

-- A queue that is filled and emptied thousands of times a second: the proof compares it, no foreign key.
ALTER TABLE ledger_unsealed DROP CONSTRAINT ledger_unsealed_position_fkey;
ALTER TABLE ledger_accounts SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);

DROP FUNCTION ledger_post(jsonb, jsonb);
DROP FUNCTION ledger_apply(jsonb, jsonb);
DROP FUNCTION ledger_lock(jsonb);

-- One move as it is asked for. ``chain`` binds moves that succeed or fail together; null stands alone.
CREATE TYPE ledger_move AS (
    chain integer, id text, kind text, debit text, credit text, asset text, amount bigint, pending_id text,
    expires_at timestamptz, purpose text, reference text, actor text, trace text
);

-- Lock every account that the moves touch, in the one order everybody uses: no two batches can wait for each other.
CREATE FUNCTION ledger_lock(debits text[], credits text[], assets text[], pending_ids text[]) RETURNS void
LANGUAGE plpgsql SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
    IF array_remove(pending_ids, NULL) = '{}' THEN
        PERFORM FROM ledger_accounts AS account
        JOIN (
            SELECT debit AS code, asset FROM unnest(debits, assets) AS one (debit, asset)
            UNION
            SELECT credit, asset FROM unnest(credits, assets) AS one (credit, asset)
        ) AS touched USING (code, asset)
        ORDER BY account.code, account.asset
        FOR NO KEY UPDATE OF account;
        RETURN;
    END IF;
    PERFORM FROM ledger_accounts AS account
    JOIN (
        WITH held AS (
            SELECT debit, credit, asset FROM ledger_transfers WHERE id = ANY (array_remove(pending_ids, NULL))
            UNION ALL
            SELECT * FROM unnest(debits, credits, assets) AS one
        )
        SELECT debit AS code, asset FROM held UNION SELECT credit, asset FROM held
    ) AS touched USING (code, asset)
    ORDER BY account.code, account.asset
    FOR NO KEY UPDATE OF account;
END
$$;

-- Apply one move to locked accounts. The same id with the same content has no effect and the same answer.
CREATE FUNCTION ledger_apply(
    item ledger_move, now_at timestamptz, OUT moved_minor bigint, OUT repeated boolean, OUT in_asset text
) LANGUAGE plpgsql AS $$
DECLARE
    held ledger_transfers;
    earlier ledger_transfers;
    unposted ledger_reservations;
    ends CONSTANT boolean := item.kind IN ('part', 'post', 'void', 'expire');
    amount_given CONSTANT boolean := item.amount IS NOT NULL;
    released bigint := 0;
    reserved bigint;
    moved bigint;
    place bigint;
BEGIN
    IF ends THEN
        SELECT * INTO held FROM ledger_transfers WHERE id = item.pending_id AND kind = 'pending';
        IF held.id IS NULL THEN
            PERFORM ledger_refuse('pending_unknown', item.id);
        END IF;
        item.debit := held.debit;
        item.credit := held.credit;
        item.asset := held.asset;
    END IF;
    in_asset := item.asset;

    SELECT * INTO earlier FROM ledger_transfers WHERE id = item.id;
    IF earlier.id IS NOT NULL THEN
        IF (earlier.kind, earlier.debit, earlier.credit, earlier.asset, earlier.pending_id, earlier.expires_at,
            earlier.purpose, earlier.reference)
            IS DISTINCT FROM
            (item.kind, item.debit, item.credit, item.asset, item.pending_id, item.expires_at, item.purpose,
            item.reference)
            -- An amount that is left out means all that was left.
            OR earlier.amount <> coalesce(item.amount, earlier.released) THEN
            PERFORM ledger_refuse('id_reused', item.id);
        END IF;
        moved_minor := earlier.amount;
        repeated := true;
        RETURN;
    END IF;

    IF ends THEN
        SELECT * INTO unposted FROM ledger_reservations WHERE pending_id = held.id;
        IF unposted.remaining = 0 THEN
            PERFORM ledger_refuse('pending_resolved', item.id);
        ELSIF item.kind IN ('part', 'post') AND held.expires_at <= now_at THEN
            PERFORM ledger_refuse('pending_expired', item.id);
        ELSIF item.kind = 'expire' AND (held.expires_at IS NULL OR held.expires_at > now_at) THEN
            PERFORM ledger_refuse('pending_current', item.id);
        ELSIF item.amount > unposted.remaining THEN
            PERFORM ledger_refuse('exceeds_pending', item.id);
        END IF;
        item.amount := coalesce(item.amount, unposted.remaining);
        released := CASE WHEN item.kind = 'part' THEN item.amount ELSE unposted.remaining END;
        UPDATE ledger_reservations SET remaining = remaining - released WHERE pending_id = held.id;
    ELSIF item.expires_at <= now_at THEN
        PERFORM ledger_refuse('expiry_past', item.id);
    END IF;

    reserved := CASE WHEN item.kind = 'pending' THEN item.amount ELSE -released END;
    moved := CASE WHEN item.kind IN ('transfer', 'part', 'post') THEN item.amount ELSE 0 END;
    UPDATE ledger_accounts SET debits_pending = debits_pending + reserved, debits_posted = debits_posted + moved
    WHERE code = item.debit AND asset = item.asset;
    IF NOT FOUND THEN
        PERFORM ledger_refuse('account_unknown', item.id);
    END IF;
    UPDATE ledger_accounts SET credits_pending = credits_pending + reserved, credits_posted = credits_posted + moved
    WHERE code = item.credit AND asset = item.asset;
    IF NOT FOUND THEN
        PERFORM ledger_refuse('account_unknown', item.id);
    END IF;

    INSERT INTO ledger_transfers (id, kind, debit, credit, asset, amount, released, pending_id, expires_at, purpose,
        reference, actor, trace, posted_at)
    VALUES (item.id, item.kind, item.debit, item.credit, item.asset, item.amount, released, item.pending_id,
        item.expires_at, item.purpose, item.reference, item.actor, item.trace, now_at)
    RETURNING position INTO place;
    INSERT INTO ledger_unsealed (position) VALUES (place);
    IF item.kind = 'pending' THEN
        INSERT INTO ledger_reservations (pending_id, amount, remaining, expires_at)
        VALUES (item.id, item.amount, item.amount, item.expires_at);
    END IF;
    moved_minor := item.amount;
    repeated := false;
END
$$;

-- Apply a chain in its order: all of it, or nothing and the reason. A chain stays within one book.
CREATE FUNCTION ledger_chain(
    items ledger_move[], now_at timestamptz, OUT amounts bigint[], OUT repeats boolean[], OUT refused text,
    OUT refused_id text
) LANGUAGE plpgsql AS $$
DECLARE
    item ledger_move;
    done record;
    broken text;
    its_book text;
    one_book text;
BEGIN
    FOREACH item IN ARRAY items LOOP
        SELECT * INTO done FROM ledger_apply(item, now_at);
        IF cardinality(items) > 1 THEN
            SELECT book INTO its_book FROM ledger_assets WHERE code = done.in_asset;
            IF its_book <> one_book THEN
                PERFORM ledger_refuse('books_mixed', item.id);
            END IF;
            one_book := its_book;
        END IF;
        amounts := amounts || done.moved_minor;
        repeats := repeats || done.repeated;
    END LOOP;
EXCEPTION
    WHEN SQLSTATE 'HL001' THEN
        GET STACKED DIAGNOSTICS refused = MESSAGE_TEXT, refused_id = PG_EXCEPTION_DETAIL;
    WHEN check_violation THEN
        GET STACKED DIAGNOSTICS broken = CONSTRAINT_NAME;
        IF broken NOT IN ('ledger_accounts_debits_within_credits', 'ledger_accounts_credits_within_debits') THEN
            RAISE;
        END IF;
        refused := 'limit_exceeded';
        refused_id := item.id;
    WHEN numeric_value_out_of_range THEN
        refused := 'overflow';
        refused_id := item.id;
    WHEN unique_violation THEN
        -- Only a twin with other accounts gets this far: the same accounts would have waited for each other.
        refused := 'id_reused';
        refused_id := item.id;
END
$$;

-- Post many moves at once whatever order they come in: those that stand alone, are new, and whose accounts can bear
-- all of them together without counting what they receive, so that no order of them could be refused. Answers the ids
-- of what was posted; whatever is left is for ``ledger_chain``.
CREATE FUNCTION ledger_post_together(
    chains integer[], ids text[], kinds text[], debits text[], credits text[], assets text[], amounts bigint[],
    expirations timestamptz[], purposes text[], refs text[], actors text[], traces text[], now_at timestamptz,
    OUT added_ids text[])
LANGUAGE plpgsql SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
    WITH lone AS MATERIALIZED (
        SELECT * FROM unnest(chains, ids, kinds, debits, credits, assets, amounts, expirations, purposes, refs, actors,
            traces) WITH ORDINALITY AS one (chain, id, kind, debit, credit, asset, amount, expires_at, purpose,
            reference, actor, trace, place)
        WHERE chain IS NULL AND kind IN ('transfer', 'pending') AND (expires_at IS NULL OR expires_at > now_at)
    ), asked AS (
        SELECT code, asset, sum(debited) AS debited, sum(credited) AS credited FROM (
            SELECT debit AS code, asset, amount::numeric AS debited, 0::numeric AS credited FROM lone
            UNION ALL
            SELECT credit, asset, 0, amount FROM lone
        ) AS sides GROUP BY code, asset
    ), narrow AS MATERIALIZED (
        SELECT asked.code, asked.asset FROM asked LEFT JOIN ledger_accounts AS account USING (code, asset)
        WHERE account.code IS NULL
           OR account.debits_pending::numeric + account.debits_posted + asked.debited > CASE account.rule
               WHEN 'debits_within_credits' THEN account.credits_posted ELSE 9223372036854775807 END
           OR account.credits_pending::numeric + account.credits_posted + asked.credited > CASE account.rule
               WHEN 'credits_within_debits' THEN account.debits_posted ELSE 9223372036854775807 END
    ), added AS (
        INSERT INTO ledger_transfers (id, kind, debit, credit, asset, amount, released, pending_id, expires_at, purpose,
            reference, actor, trace, posted_at)
        SELECT id, kind, debit, credit, asset, amount, 0, NULL, expires_at, purpose, reference, actor, trace, now_at
        FROM lone
        WHERE NOT EXISTS (SELECT FROM narrow WHERE asset = lone.asset AND code IN (lone.debit, lone.credit))
        ORDER BY place
        ON CONFLICT (id) DO NOTHING
        RETURNING position, id, kind, debit, credit, asset, amount, expires_at
    ), changed AS (
        UPDATE ledger_accounts AS account SET
            debits_pending = debits_pending + debit_reserved, debits_posted = debits_posted + debit_moved,
            credits_pending = credits_pending + credit_reserved, credits_posted = credits_posted + credit_moved
        FROM (
            SELECT code, asset, sum(dr)::bigint AS debit_reserved, sum(dm)::bigint AS debit_moved,
                sum(cr)::bigint AS credit_reserved, sum(cm)::bigint AS credit_moved
            FROM (
                SELECT debit AS code, asset, CASE kind WHEN 'pending' THEN amount ELSE 0 END AS dr,
                    CASE kind WHEN 'transfer' THEN amount ELSE 0 END AS dm, 0::bigint AS cr, 0::bigint AS cm FROM added
                UNION ALL
                SELECT credit, asset, 0, 0, CASE kind WHEN 'pending' THEN amount ELSE 0 END,
                    CASE kind WHEN 'transfer' THEN amount ELSE 0 END FROM added
            ) AS sides GROUP BY code, asset
        ) AS total
        WHERE account.code = total.code AND account.asset = total.asset
    ), queued AS (
        INSERT INTO ledger_unsealed (position) SELECT position FROM added
    ), reserved AS (
        INSERT INTO ledger_reservations (pending_id, amount, remaining, expires_at)
        SELECT id, amount, amount, expires_at FROM added WHERE kind = 'pending'
    )
    SELECT coalesce(array_agg(id), '{}') INTO added_ids FROM added;
END
$$;

-- Post moves: each chain, and each move without one, succeeds or fails by itself; a refusal undoes nothing else, so the
-- caller's transaction stays usable. Answers in order what was not simply posted as it was asked for: ``refused`` null
-- with the amount and whether an earlier post had the effect, or the reason and the move that is to blame.
CREATE FUNCTION ledger_post(
    chains integer[], ids text[], kinds text[], debits text[], credits text[], assets text[], amounts bigint[],
    pending_ids text[], expirations timestamptz[], purposes text[], refs text[], actors text[], traces text[],
    now_at timestamptz
) RETURNS TABLE (place integer, amount_minor bigint, is_repeated boolean, refused text, refused_id text)
LANGUAGE plpgsql AS $$
DECLARE
    added_ids text[] := '{}';
    first_place integer;
    last_place integer;
    items ledger_move[];
    done record;
BEGIN
    PERFORM ledger_lock(debits, credits, assets, pending_ids);
    -- Twins under one id are told apart one by one.
    IF cardinality(ids) > 1 AND array_position(chains, NULL) IS NOT NULL
        AND cardinality(ids) = (SELECT count(DISTINCT id) FROM unnest(ids) AS id) THEN
        added_ids := ledger_post_together(chains, ids, kinds, debits, credits, assets, amounts, expirations, purposes,
            refs, actors, traces, now_at);
        IF cardinality(added_ids) = cardinality(ids) THEN
            RETURN;
        END IF;
    END IF;
    FOR first_place, last_place IN
        SELECT min(n), max(n) FROM unnest(chains, ids) WITH ORDINALITY AS one (chain, id, n)
        WHERE chain IS NOT NULL OR id <> ALL (added_ids)
        GROUP BY coalesce(chain, -n) ORDER BY min(n)
    LOOP
        SELECT array_agg(ROW(chains[n], ids[n], kinds[n], debits[n], credits[n], assets[n], amounts[n],
            pending_ids[n], expirations[n], purposes[n], refs[n], actors[n], traces[n])::ledger_move ORDER BY n)
        INTO items FROM generate_series(first_place, last_place) AS n;
        SELECT * INTO done FROM ledger_chain(items, now_at);
        RETURN QUERY SELECT first_place + n, done.amounts[n + 1], done.repeats[n + 1], done.refused, done.refused_id
            FROM generate_series(0, last_place - first_place) AS n;
    END LOOP;
END
$$;

-- An instant as the digest writes it: ISO 8601 in UTC, microseconds only where there are some.
CREATE FUNCTION ledger_instant(moment timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT to_char(moment AT TIME ZONE 'UTC', CASE WHEN date_trunc('second', moment) = moment
        THEN 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"' ELSE 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"' END)
$$;

-- Chain what has committed: take at most ``many`` from the queue, in the order of posting, into one block; how many.
-- The digest is SHA-256 over the fields as canonical JSON, the same that ``model.digest`` recomputes.
CREATE FUNCTION ledger_seal(many integer, now_at timestamptz) RETURNS integer LANGUAGE sql AS $$
    WITH taken AS (
        DELETE FROM ledger_unsealed
        WHERE position = ANY (ARRAY(SELECT position FROM ledger_unsealed ORDER BY position LIMIT many))
        RETURNING position
    ), before AS (
        SELECT coalesce(max(number), 0) AS number, coalesce(max(last_seal), 0) AS last_seal,
            coalesce((array_agg(hash))[1], decode(repeat('00', 32), 'hex')) AS hash
        FROM (SELECT number, last_seal, hash FROM ledger_blocks ORDER BY number DESC LIMIT 1) AS newest
    ), placed AS (
        SELECT before.last_seal + row_number() OVER (ORDER BY transfer.position) AS seal, transfer.*
        FROM taken JOIN ledger_transfers AS transfer USING (position), before
    ), digested AS MATERIALIZED (
        SELECT seal, position, sha256(convert_to('[' || seal || ',' || position || ',' || to_json(id) || ','
            || to_json(kind) || ',' || to_json(debit) || ',' || to_json(credit) || ',' || to_json(asset) || ','
            || amount || ',' || released || ',' || coalesce(to_json(pending_id)::text, 'null') || ','
            || coalesce('"' || ledger_instant(expires_at) || '"', 'null') || ',' || to_json(purpose) || ','
            || to_json(reference) || ',' || to_json(actor) || ',' || to_json(trace) || ',"'
            || ledger_instant(posted_at) || '"]', 'UTF8')) AS digest
        FROM placed
    ), block AS (
        INSERT INTO ledger_blocks (number, first_seal, last_seal, previous_hash, hash, sealed_at)
        SELECT before.number + 1, min(seal), max(seal), before.hash,
            sha256(before.hash || int8send(before.number + 1) || string_agg(digest, ''::bytea ORDER BY seal)), now_at
        FROM digested, before GROUP BY before.number, before.hash
    ), seals AS (
        INSERT INTO ledger_seals (seal, position, block, digest)
        SELECT seal, position, before.number + 1, digest FROM digested, before
    )
    SELECT count(*)::integer FROM taken
$$;
