-- room: settlement/verifiers
-- Delivered content by the hash of its bytes.
CREATE TABLE deliverables (
    sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    content bytea NOT NULL CHECK (length(content) BETWEEN 1 AND 10485760),
    uploader text NOT NULL,
    uploaded_at timestamptz NOT NULL
);

-- Who has brought the content: the same bytes may come from several hands.
CREATE TABLE deliverable_uploads (
    sha256 text NOT NULL REFERENCES deliverables (sha256),
    uploader text NOT NULL,
    uploaded_at timestamptz NOT NULL,
    PRIMARY KEY (sha256, uploader)
);
CREATE INDEX deliverable_uploads_uploader ON deliverable_uploads (uploader, uploaded_at);

-- Columns of the specification, then (from ``reason``) what running needs.
CREATE TABLE harmony_verifications (
    id text PRIMARY KEY,
    escrow_id text NOT NULL,
    deliverable_url text NOT NULL,
    deliverable_type text NOT NULL DEFAULT 'code' CHECK (deliverable_type IN ('document', 'code', 'design', 'data')),
    deliverable_hash text NOT NULL,
    criteria_json jsonb NOT NULL,
    verifier_model text NOT NULL,
    verifier_version text NOT NULL,
    overall_score integer CHECK (overall_score BETWEEN 0 AND 100),
    criteria_scores jsonb,
    detailed_feedback text,
    strengths text[] NOT NULL DEFAULT '{}',
    improvements text[] NOT NULL DEFAULT '{}',
    status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'in_progress', 'completed', 'failed')),
    confidence_score numeric(3, 2) CHECK (confidence_score BETWEEN 0 AND 1),
    tokens_used integer NOT NULL DEFAULT 0,
    cost_usdc numeric(18, 6) NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    started_at timestamptz,
    completed_at timestamptz,
    processing_time_seconds numeric(12, 3),
    reason text CHECK (
        reason IN ('no_acceptance_cases', 'deliverable_elsewhere', 'isolation_unavailable', 'attempts_spent')
    ),
    attempts integer NOT NULL DEFAULT 0,
    lease_until timestamptz,
    trace text NOT NULL,
    CHECK ((status = 'completed') = (overall_score IS NOT NULL)),
    CHECK ((status = 'failed') = (reason IS NOT NULL)),
    CHECK ((status IN ('completed', 'failed')) = (completed_at IS NOT NULL))
);
CREATE INDEX harmony_verifications_escrow ON harmony_verifications (escrow_id);
CREATE INDEX harmony_verifications_due ON harmony_verifications (created_at)
    WHERE status IN ('pending', 'in_progress');

CREATE TABLE verifier_templates (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    template_name text NOT NULL UNIQUE,
    deliverable_type text NOT NULL CHECK (deliverable_type IN ('document', 'code', 'design', 'data')),
    description text NOT NULL,
    criteria_json jsonb NOT NULL,
    times_used integer NOT NULL DEFAULT 0,
    average_score numeric(5, 2) CHECK (average_score BETWEEN 0 AND 100),
    is_public boolean NOT NULL DEFAULT true,
    created_by text
);
INSERT INTO verifier_templates (template_name, deliverable_type, description, criteria_json) VALUES
    ('code_quality', 'code', 'Is the code readable, efficient, documented and tested?',
     '{"readability": {"weight": 0.30, "description": "Names, structure and size let a reader follow."},
       "efficiency": {"weight": 0.25, "description": "No needless work in time or memory."},
       "documentation": {"weight": 0.25, "description": "What it does and how to use it is written down."},
       "testing": {"weight": 0.20, "description": "Tests cover what matters and pass."}}'),
    ('technical_report', 'document', 'Is the report accurate, deep, clear and sourced?',
     '{"accuracy": {"weight": 0.40, "description": "What it states is true."},
       "depth": {"weight": 0.30, "description": "It goes to the causes."},
       "clarity": {"weight": 0.20, "description": "A reader of the field understands it at once."},
       "sources": {"weight": 0.10, "description": "Claims can be looked up."}}'),
    ('design_assets', 'design', 'Is the design beautiful, usable, on brand and delivered in good files?',
     '{"aesthetic": {"weight": 0.30, "description": "Form, colour and type belong together."},
       "usability": {"weight": 0.30, "description": "It can be used by those it is for."},
       "brand_compliance": {"weight": 0.20, "description": "It keeps the rules of the brand."},
       "file_quality": {"weight": 0.20, "description": "Formats, sizes and layers are as agreed."}}');

-- room: settlement/escrows
-- Columns of the specification, then (from ``seller_fee_usdc``) what keeping the agreement needs.
CREATE TABLE harmony_escrows (
    id text PRIMARY KEY,
    escrow_address text NOT NULL UNIQUE,
    chain text NOT NULL CHECK (chain IN ('ledger')),
    buyer_address text NOT NULL,
    seller_address text,
    amount_usdc numeric(18, 6) NOT NULL CHECK (amount_usdc > 0),
    payment_tx_hash text NOT NULL UNIQUE,
    terms_hash text NOT NULL CHECK (terms_hash ~ '^[0-9a-f]{64}$'),
    terms_json jsonb NOT NULL,
    status text NOT NULL DEFAULT 'pending' CHECK (
        status IN ('pending', 'accepted', 'submitted', 'disputed', 'released', 'refunded', 'expired')
    ),
    deliverable_url text,
    deliverable_hash text,
    submission_time timestamptz,
    verification_id text REFERENCES harmony_verifications (id) ON DELETE SET NULL,
    quality_score integer CHECK (quality_score BETWEEN 0 AND 100),
    dispute_reason text,
    dispute_initiated_by text,
    dispute_resolved_by text CHECK (dispute_resolved_by IN ('buyer', 'seller', 'arbitrator', 'timeout')),
    arbitrator_notes text,
    acceptance_deadline timestamptz NOT NULL,
    delivery_deadline timestamptz NOT NULL,
    review_deadline timestamptz NOT NULL,
    buyer_kamiyo_staked numeric(18, 6) NOT NULL DEFAULT 0,
    seller_kamiyo_staked numeric(18, 6) NOT NULL DEFAULT 0,
    priority_score integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    completed_at timestamptz,
    seller_fee_usdc numeric(18, 6) NOT NULL CHECK (seller_fee_usdc >= 0),
    buyer_fee_usdc numeric(18, 6) NOT NULL CHECK (buyer_fee_usdc >= 0),
    session_id text,
    invitation_token text,
    completion_notes text,
    verified_at timestamptz,
    disputed_at timestamptz,
    release_cause text CHECK (release_cause IN ('score', 'buyer', 'arbitrator', 'timeout')),
    trace text NOT NULL,
    CHECK (seller_address <> buyer_address),
    CHECK (status IN ('pending', 'expired', 'refunded') OR seller_address IS NOT NULL),
    CHECK ((status = 'disputed') <= (disputed_at IS NOT NULL)),
    CHECK ((status IN ('released', 'refunded', 'expired')) = (completed_at IS NOT NULL)),
    CHECK ((status = 'released') = (release_cause IS NOT NULL))
);
CREATE INDEX harmony_escrows_buyer ON harmony_escrows (buyer_address, created_at DESC);
CREATE INDEX harmony_escrows_seller ON harmony_escrows (seller_address, created_at DESC);
CREATE INDEX harmony_escrows_session ON harmony_escrows (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX harmony_escrows_deliverable ON harmony_escrows (deliverable_hash) WHERE deliverable_hash IS NOT NULL;
CREATE INDEX harmony_escrows_unsettled ON harmony_escrows (id)
    WHERE status IN ('pending', 'accepted', 'submitted', 'disputed');

-- A verification goes with its escrow.
ALTER TABLE harmony_verifications ADD FOREIGN KEY (escrow_id) REFERENCES harmony_escrows (id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;

-- What the parties and the system said and did, in order; ``action`` and ``actor`` name state changes.
CREATE TABLE escrow_negotiations (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    escrow_id text NOT NULL REFERENCES harmony_escrows (id) ON DELETE CASCADE,
    sender_address text NOT NULL,
    message_type text NOT NULL CHECK (message_type IN (
        'proposal', 'counter_proposal', 'question', 'clarification', 'acceptance', 'rejection'
    )),
    message_content text NOT NULL,
    proposed_terms_json jsonb,
    is_accepted boolean NOT NULL DEFAULT false,
    ai_suggested_response text,
    created_at timestamptz NOT NULL,
    actor text NOT NULL CHECK (actor IN ('buyer', 'seller', 'arbitrator', 'system')),
    action text NOT NULL
);
CREATE INDEX escrow_negotiations_escrow ON escrow_negotiations (escrow_id, id);
