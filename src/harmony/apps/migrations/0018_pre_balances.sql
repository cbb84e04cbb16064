-- room: settlement/balances
-- What was put on a shadow balance. ``deposit_tx_hash`` is, on the chain ``ledger``, the id of the transfer.
CREATE TABLE shadow_deposits (
    id text PRIMARY KEY,
    wallet_address text NOT NULL CHECK (length(wallet_address) BETWEEN 1 AND 255),
    chain text NOT NULL CHECK (chain = 'ledger'),
    deposit_tx_hash text NOT NULL UNIQUE,
    amount_usdc numeric(18, 6) NOT NULL CHECK (amount_usdc > 0),
    previous_balance numeric(18, 6) NOT NULL CHECK (previous_balance >= 0),
    new_balance numeric(18, 6) NOT NULL,
    confirmations integer NOT NULL CHECK (confirmations >= 0),
    verified_at timestamptz,
    created_at timestamptz NOT NULL,
    CONSTRAINT shadow_deposits_add_up CHECK (new_balance = previous_balance + amount_usdc)
);
CREATE INDEX shadow_deposits_wallet ON shadow_deposits (wallet_address, created_at DESC);

-- What leaves a shadow balance for its owner: held when it is asked for, paid by a job, several of one owner as one.
CREATE TABLE shadow_settlements (
    id text PRIMARY KEY,
    wallet_address text NOT NULL CHECK (length(wallet_address) BETWEEN 1 AND 255),
    settlement_type text NOT NULL
        CHECK (settlement_type IN ('withdrawal', 'auto_threshold', 'force_settle', 'dispute_refund')),
    status text NOT NULL CHECK (status IN ('pending_settlement', 'confirmed')),
    shadow_balance_before numeric(18, 6) NOT NULL,
    settlement_amount numeric(18, 6) NOT NULL CHECK (settlement_amount > 0),
    shadow_balance_after numeric(18, 6) NOT NULL CHECK (shadow_balance_after >= 0),
    chain text NOT NULL CHECK (chain = 'ledger'),
    settlement_tx_hash text UNIQUE,
    gas_fee_usdc numeric(18, 6) NOT NULL CHECK (gas_fee_usdc >= 0),
    batch_id text,
    included_transactions integer CHECK (included_transactions >= 1),
    initiated_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    processing_time_seconds integer CHECK (processing_time_seconds >= 0),
    trace text NOT NULL,
    CONSTRAINT shadow_settlements_add_up CHECK (shadow_balance_after = shadow_balance_before - settlement_amount),
    CONSTRAINT shadow_settlements_confirmed CHECK (
        (status = 'confirmed') = (settlement_tx_hash IS NOT NULL)
        AND (status = 'confirmed') = (confirmed_at IS NOT NULL)
        AND (status = 'confirmed') = (batch_id IS NOT NULL)
    )
);
CREATE INDEX shadow_settlements_wallet ON shadow_settlements (wallet_address, initiated_at DESC);
CREATE INDEX shadow_settlements_pending ON shadow_settlements (initiated_at, id) WHERE status = 'pending_settlement';

-- room: settlement/ledger
-- The specification's table of shadow transactions, read from the ledger: what moved a shadow balance, and what it came to.
CREATE VIEW shadow_transactions AS
SELECT entry.position AS id, substr(entry.code, 8) AS wallet_address,
    CASE entry.purpose WHEN 'shadow.deposit' THEN 'deposit' WHEN 'shadow.meter' THEN 'debit'
        WHEN 'shadow.withdrawal' THEN 'withdrawal' WHEN 'shadow.settlement' THEN 'settlement'
        ELSE CASE WHEN entry.moved < 0 THEN 'debit' ELSE 'credit' END END AS transaction_type,
    round(entry.moved / 1000000.0, 6) AS amount_usdc,
    round((sum(entry.moved) OVER account - entry.moved) / 1000000.0, 6) AS balance_before,
    round(sum(entry.moved) OVER account / 1000000.0, 6) AS balance_after,
    entry.id AS reference_id, entry.reference AS description, entry.posted_at AS created_at
FROM (
    SELECT position, id, debit AS code, -amount AS moved, purpose, reference, posted_at FROM ledger_transfers
    WHERE kind IN ('transfer', 'part', 'post') AND debit LIKE 'shadow:%'
    UNION ALL
    SELECT position, id, credit, amount, purpose, reference, posted_at FROM ledger_transfers
    WHERE kind IN ('transfer', 'part', 'post') AND credit LIKE 'shadow:%'
) AS entry
WINDOW account AS (PARTITION BY entry.code ORDER BY entry.position);
