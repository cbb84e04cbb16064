-- room: settlement/balances
-- Whose wallet on which chain, by the wallet's own signature. One a principal and chain: that is where money goes.
CREATE TABLE chain_wallets (
    chain text NOT NULL,
    address text NOT NULL CHECK (address ~ '^0x[0-9a-f]{40}$'),
    principal text NOT NULL CHECK (length(principal) BETWEEN 1 AND 255),
    signature text NOT NULL,
    bound_at timestamptz NOT NULL,
    PRIMARY KEY (chain, address),
    UNIQUE (chain, principal)
);

-- Up to where each vault's logs have been taken in, and the places before it, to which a chain may go back.
CREATE TABLE chain_follows (
    chain text PRIMARY KEY,
    number bigint NOT NULL CHECK (number >= 0),
    hash text NOT NULL CHECK (hash ~ '^0x[0-9a-f]{64}$')
);
CREATE TABLE chain_marks (
    chain text NOT NULL REFERENCES chain_follows (chain),
    number bigint NOT NULL CHECK (number >= 0),
    hash text NOT NULL CHECK (hash ~ '^0x[0-9a-f]{64}$'),
    PRIMARY KEY (chain, number)
);

-- What a vault told, as it was taken in at finality. A chain that goes back behind that makes it undone, never gone.
CREATE TABLE chain_logs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    chain text NOT NULL,
    block_number bigint NOT NULL CHECK (block_number >= 0),
    block_hash text NOT NULL,
    tx_hash text NOT NULL CHECK (tx_hash ~ '^0x[0-9a-f]{64}$'),
    log_index bigint NOT NULL CHECK (log_index >= 0),
    kind text NOT NULL CHECK (kind IN ('deposited', 'published', 'exited', 'reclaimed')),
    number bigint NOT NULL CHECK (number >= 0),
    account text CHECK (account ~ '^0x[0-9a-f]{40}$'),
    amount bigint NOT NULL CHECK (amount >= 0),
    deposit_id text,
    taken_at timestamptz NOT NULL,
    undone_at timestamptz
);
CREATE UNIQUE INDEX chain_logs_once ON chain_logs (chain, tx_hash, log_index) WHERE undone_at IS NULL;
CREATE INDEX chain_logs_kind ON chain_logs (chain, kind, number) WHERE undone_at IS NULL;
CREATE INDEX chain_logs_block ON chain_logs (chain, block_number) WHERE undone_at IS NULL;

-- What shall happen on a chain: one nonce each, and every transaction that was ever signed for it, before it is sent.
CREATE TABLE chain_sendings (
    id text PRIMARY KEY,
    chain text NOT NULL,
    sender text NOT NULL,
    nonce bigint NOT NULL CHECK (nonce >= 0),
    receiver text NOT NULL,
    data bytea NOT NULL,
    gas bigint NOT NULL CHECK (gas > 0),
    status text NOT NULL CHECK (status IN ('open', 'done', 'refused')),
    created_at timestamptz NOT NULL,
    UNIQUE (chain, sender, nonce)
);
CREATE INDEX chain_sendings_open ON chain_sendings (chain, nonce) WHERE status = 'open';
CREATE TABLE chain_signed (
    chain text NOT NULL,
    tx_hash text NOT NULL CHECK (tx_hash ~ '^0x[0-9a-f]{64}$'),
    sending_id text NOT NULL REFERENCES chain_sendings (id),
    attempt integer NOT NULL CHECK (attempt >= 1),
    raw bytea NOT NULL,
    fee_most numeric(30) NOT NULL,
    fee_tip numeric(30) NOT NULL,
    signed_at timestamptz NOT NULL,
    PRIMARY KEY (chain, tx_hash),
    UNIQUE (sending_id, attempt)
);

-- Epochs of the vaults: who is owed what, published as a root, with those who are paid in the same transaction.
CREATE TABLE shadow_epochs (
    id text PRIMARY KEY,
    chain text NOT NULL,
    number bigint NOT NULL CHECK (number >= 1),
    root bytea NOT NULL CHECK (length(root) = 32),
    total bigint NOT NULL CHECK (total >= 0),
    included bigint NOT NULL CHECK (included >= 0),
    paid bigint NOT NULL CHECK (paid >= 0),
    document text NOT NULL,
    status text NOT NULL CHECK (status IN ('sent', 'published', 'failed')),
    sending_id text NOT NULL REFERENCES chain_sendings (id),
    prepared_at timestamptz NOT NULL,
    published_at timestamptz,
    tx_hash text,
    CONSTRAINT shadow_epochs_published CHECK ((status = 'published') = (tx_hash IS NOT NULL))
);
CREATE UNIQUE INDEX shadow_epochs_sending ON shadow_epochs (sending_id);
-- Whom an epoch pays, also one that failed: a chain that goes back may carry it out after all.
CREATE TABLE shadow_epoch_payments (
    epoch_id text NOT NULL REFERENCES shadow_epochs (id),
    settlement_id text NOT NULL REFERENCES shadow_settlements (id),
    PRIMARY KEY (epoch_id, settlement_id)
);
CREATE INDEX shadow_epochs_chain ON shadow_epochs (chain, number DESC);

ALTER TABLE shadow_deposits DROP CONSTRAINT shadow_deposits_chain_check;
ALTER TABLE shadow_deposits DROP CONSTRAINT shadow_deposits_deposit_tx_hash_key;
ALTER TABLE shadow_deposits
    ADD COLUMN payer text,
    ADD COLUMN undone_at timestamptz,
    ADD CONSTRAINT shadow_deposits_payer CHECK ((chain = 'ledger') = (payer IS NULL));
CREATE UNIQUE INDEX shadow_deposits_once ON shadow_deposits (chain, deposit_tx_hash, coalesce(payer, ''));

ALTER TABLE shadow_settlements DROP CONSTRAINT shadow_settlements_chain_check;
ALTER TABLE shadow_settlements DROP CONSTRAINT shadow_settlements_settlement_tx_hash_key;
ALTER TABLE shadow_settlements DROP CONSTRAINT shadow_settlements_status_check;
ALTER TABLE shadow_settlements
    ADD COLUMN destination text,
    ADD COLUMN kept boolean NOT NULL DEFAULT false,
    ADD COLUMN holds integer NOT NULL DEFAULT 1 CHECK (holds >= 1),
    ADD COLUMN epoch_id text REFERENCES shadow_epochs (id),
    ADD CONSTRAINT shadow_settlements_status CHECK (status IN ('pending_settlement', 'confirmed', 'cancelled')),
    ADD CONSTRAINT shadow_settlements_destination CHECK ((chain = 'ledger') = (destination IS NULL));
CREATE UNIQUE INDEX shadow_settlements_paid_once ON shadow_settlements (settlement_tx_hash) WHERE chain = 'ledger';
CREATE INDEX shadow_settlements_epoch ON shadow_settlements (epoch_id) WHERE epoch_id IS NOT NULL;

-- room: settlement/ledger
-- As before, each asset by itself.
DROP VIEW shadow_transactions;
CREATE VIEW shadow_transactions AS
SELECT entry.position AS id, substr(entry.code, 8) AS wallet_address,
    CASE entry.purpose WHEN 'shadow.deposit' THEN 'deposit' WHEN 'shadow.meter' THEN 'debit'
        WHEN 'shadow.withdrawal' THEN 'withdrawal' WHEN 'shadow.settlement' THEN 'settlement'
        ELSE CASE WHEN entry.moved < 0 THEN 'debit' ELSE 'credit' END END AS transaction_type,
    round(entry.moved / 1000000.0, 6) AS amount_usdc,
    round((sum(entry.moved) OVER account - entry.moved) / 1000000.0, 6) AS balance_before,
    round(sum(entry.moved) OVER account / 1000000.0, 6) AS balance_after,
    entry.id AS reference_id, entry.reference AS description, entry.posted_at AS created_at, entry.asset
FROM (
    SELECT position, id, asset, debit AS code, -amount AS moved, purpose, reference, posted_at FROM ledger_transfers
    WHERE kind IN ('transfer', 'part', 'post') AND debit LIKE 'shadow:%'
    UNION ALL
    SELECT position, id, asset, credit, amount, purpose, reference, posted_at FROM ledger_transfers
    WHERE kind IN ('transfer', 'part', 'post') AND credit LIKE 'shadow:%'
) AS entry
WINDOW account AS (PARTITION BY entry.code, entry.asset ORDER BY entry.position);
