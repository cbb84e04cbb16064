// Generated from docs/reference/openapi/harmony-settlement.json by `npm run types`; do not edit.
export interface paths {
    "/api/v1/harmony/deliverables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload
         * @description Keep the bytes of the body, at most 10 MB; the answer is the address to submit.
         */
        post: operations["verifiers.upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/harmony/deliverables/{sha256}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download
         * @description The bytes, for whoever uploaded them, the parties of an escrow that carries them, and who oversees.
         */
        get: operations["verifiers.download"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/harmony/escrow/{escrow_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read
         * @description An escrow with its terms, history and deadlines.
         */
        get: operations["escrows.read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/harmony/escrow/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept
         * @description Become the seller: the session's expert, or whoever holds the invitation.
         */
        post: operations["escrows.accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/harmony/escrow/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve
         * @description Pay the seller, whatever the score.
         */
        post: operations["escrows.approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/harmony/escrow/create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create
         * @description Hold the price (and on a direct escrow the buyer's fee) until the work is judged.
         */
        post: operations["escrows.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/harmony/escrow/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Escrows
         * @description The caller's escrows, newest first.
         */
        get: operations["escrows.list_escrows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/harmony/escrow/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject
         * @description Refuse the work: refunded when it scored below the agreement, disputed when it was not scored.
         */
        post: operations["escrows.reject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/harmony/escrow/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resolve
         * @description Decide a dispute.
         */
        post: operations["escrows.resolve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/harmony/escrow/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submit
         * @description Deliver the work; acceptance cases of the terms are run.
         */
        post: operations["escrows.submit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/harmony/ledger/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Balance
         * @description What the caller can spend and what is held, by asset: now, or as of a revision.
         */
        get: operations["ledger.balance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/harmony/ledger/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export
         * @description Every sealed transfer, streamed: JSON lines that `harmony inspect ledger --verify` checks, or CSV.
         */
        get: operations["ledger.export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/harmony/ledger/grant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Grant
         * @description Give a principal practice money from its issuer.
         */
        post: operations["ledger.grant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/harmony/ledger/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Proof
         * @description Recompute debits and credits, every balance and the whole chain; name what is wrong.
         */
        get: operations["ledger.proof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/harmony/ledger/signed-proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Signed Proof
         * @description The proof of a day, signed with this installation's key: it can be verified without Harmony.
         */
        get: operations["ledger.signed_proof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/harmony/ledger/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Statement
         * @description The entries of the caller's account with opening and closing balance, oldest first.
         */
        get: operations["ledger.statement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/harmony/verifier/{verification_id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Status
         * @description How far the check is, its score and evidence, and what it led to.
         */
        get: operations["verifiers.status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/harmony/verifier/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Templates
         * @description Criteria that a buyer can begin with.
         */
        get: operations["verifiers.templates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/harmony/whisperer/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Balance
         * @description What is on the shadow balance, what of it is leaving, and what has lately moved it.
         */
        get: operations["balances.balance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/harmony/whisperer/batch-settle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Batch Settle
         * @description Start to pay out every balance of at least so much to its owner; the job nets and pays them.
         */
        post: operations["balances.batch_settle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/harmony/whisperer/deposit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deposit
         * @description Put money of one's own on the shadow balance, from which metered calls are paid.
         */
        post: operations["balances.deposit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/harmony/whisperer/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * History
         * @description What has moved the shadow balance, newest first.
         */
        get: operations["balances.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/harmony/whisperer/settlement/{settlement_id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Settlement
         * @description How far a settlement of one's own has come.
         */
        get: operations["balances.settlement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/harmony/whisperer/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw
         * @description Take money back: held at once, paid to its owner within seconds.
         */
        post: operations["balances.withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Health
         * @description Whether this component answers.
         */
        get: operations["health.health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AcceptanceCase
         * @description One check of the delivered program: what is run, with which files, and what must come of it.
         */
        AcceptanceCase: {
            /**
             * Argv
             * @description Begins with `python` or with a file; one file that is no archive is delivered as `main.py`.
             */
            argv: string[];
            /**
             * Expected Exit
             * @default 0
             */
            expected_exit: number;
            /**
             * Expected Stdout
             * @default
             */
            expected_stdout: string;
            /**
             * Files
             * @description Laid over the delivered files.
             */
            files?: {
                [key: string]: string;
            };
            /**
             * Match
             * @description How stdout is compared with expected_stdout; none leaves it uncompared.
             * @default none
             * @enum {string}
             */
            match: "exact" | "contains" | "none";
            /** Name */
            name: string;
            /**
             * Stdin
             * @default
             */
            stdin: string;
            /**
             * Weight
             * @default 1
             */
            weight: number;
        };
        /** Accepted */
        Accepted: {
            /**
             * Delivery Deadline
             * Format: date-time
             */
            delivery_deadline: string;
            /** Escrow Id */
            escrow_id: string;
            /** Locked Amount Usdc */
            locked_amount_usdc: string;
            /**
             * Status
             * @enum {string}
             */
            status: "pending" | "accepted" | "submitted" | "disputed" | "released" | "refunded" | "expired";
        };
        /** AcceptEscrow */
        AcceptEscrow: {
            /** Escrow Id */
            escrow_id: string;
            /** Estimated Delivery */
            estimated_delivery?: string | null;
            /**
             * Invitation Token
             * @description From the invitation_link of a direct escrow.
             */
            invitation_token?: string | null;
            /**
             * Seller Address
             * @description The caller's principal id.
             */
            seller_address?: string | null;
        };
        /** Actions */
        Actions: {
            /** Auto Released */
            auto_released: boolean;
            /** Payment Released To */
            payment_released_to: string | null;
            /** Release Tx Hash */
            release_tx_hash: string | null;
        };
        /** ApproveWork */
        ApproveWork: {
            /** Escrow Id */
            escrow_id: string;
        };
        /** Balances */
        Balances: {
            /** Account */
            account: string;
            /** Balances */
            balances: components["schemas"]["harmony__settlement__ledger__schemas__BalanceView"][];
            /** Principal */
            principal: string;
        };
        /** BatchSettleBody */
        BatchSettleBody: {
            settlement_criteria?: components["schemas"]["Criteria"];
        };
        /** BatchStarted */
        BatchStarted: {
            /** By Chain */
            by_chain: {
                [key: string]: number;
            };
            /** Estimated Gas Fee Usdc */
            estimated_gas_fee_usdc: string;
            /** Settlement Ids */
            settlement_ids: string[];
            /** Settlements Initiated */
            settlements_initiated: number;
            /** Total Amount Usdc */
            total_amount_usdc: string;
        };
        /** Created */
        Created: {
            /**
             * Acceptance Deadline
             * Format: date-time
             */
            acceptance_deadline: string;
            /** Amount Usdc */
            amount_usdc: string;
            /** Buyer Fee Usdc */
            buyer_fee_usdc: string;
            /** Chain */
            chain: string;
            /** Escrow Address */
            escrow_address: string;
            /** Escrow Id */
            escrow_id: string;
            /** Invitation Link */
            invitation_link: string;
            /**
             * Payment Tx Hash
             * @description The id of the pending transfer that holds the price.
             */
            payment_tx_hash: string;
            /** Priority Score */
            priority_score: number;
            /** Seller Fee Usdc */
            seller_fee_usdc: string;
            /**
             * Status
             * @enum {string}
             */
            status: "pending" | "accepted" | "submitted" | "disputed" | "released" | "refunded" | "expired";
            /** Terms Hash */
            terms_hash: string;
        };
        /** CreateEscrow */
        CreateEscrow: {
            /**
             * Amount Usdc
             * @description USDC with at most 6 decimals; never rounded.
             * @example 20.00
             */
            amount_usdc: string | number;
            /**
             * Buyer Address
             * @description The caller's principal id.
             */
            buyer_address?: string | null;
            /**
             * Chain
             * @default ledger
             * @constant
             */
            chain: "ledger";
            /**
             * Session Id
             * @description Makes it a consultation: its expert is the seller.
             */
            session_id?: string | null;
            terms: components["schemas"]["Terms"];
        };
        /** Criteria */
        Criteria: {
            /** Chains */
            chains?: string[];
            /**
             * Max Settlements
             * @default 100
             */
            max_settlements: number;
            /**
             * Min Balance
             * @description At least the smallest withdrawal.
             * @default 1000.000000
             * @example 20.00
             */
            min_balance: string | number;
        };
        /** CriterionScore */
        CriterionScore: {
            /**
             * Evidence
             * @description The end of what the program wrote, redacted.
             */
            evidence: string;
            /** Reasoning */
            reasoning: string;
            /** Score */
            score: number;
            /** Weight */
            weight: number;
        };
        /** Deadlines */
        Deadlines: {
            /**
             * Acceptance
             * Format: date-time
             */
            acceptance: string;
            /**
             * Delivery
             * Format: date-time
             */
            delivery: string;
            /** Dispute */
            dispute: string | null;
            /**
             * Review
             * Format: date-time
             */
            review: string;
        };
        /** Decided */
        Decided: {
            /** Escrow Id */
            escrow_id: string;
            /**
             * Payout Usdc
             * @description What the seller has got; null when nothing was paid.
             */
            payout_usdc: string | null;
            /** Quality Score */
            quality_score: number | null;
            /**
             * Status
             * @enum {string}
             */
            status: "pending" | "accepted" | "submitted" | "disputed" | "released" | "refunded" | "expired";
        };
        /** DeliverableView */
        DeliverableView: {
            /** Deliverable Hash */
            deliverable_hash: string;
            /**
             * Deliverable Url
             * @description harmony:sha256/<hash>: the address to submit.
             */
            deliverable_url: string;
            /** Size Bytes */
            size_bytes: number;
        };
        /** DepositBody */
        DepositBody: {
            /**
             * Amount Usdc
             * @description USDC with at most 6 decimals; never rounded.
             * @example 20.00
             */
            amount_usdc: string | number;
            /**
             * Chain
             * @default ledger
             */
            chain: string;
            /**
             * Deposit Tx Hash
             * @description Left out on the chain `ledger`.
             */
            deposit_tx_hash?: string | null;
            /**
             * Wallet Address
             * @description Your own id; may be left out.
             */
            wallet_address?: string | null;
        };
        /** Deposited */
        Deposited: {
            /** Amount Deposited */
            amount_deposited: string;
            /** Chain */
            chain: string;
            /** Confirmations */
            confirmations: number;
            /** Created At */
            created_at: string;
            /** Deposit Id */
            deposit_id: string;
            /** Deposit Tx Hash */
            deposit_tx_hash: string;
            /**
             * Estimated Requests
             * @description Calls of 0.10 USDC that the amount pays for.
             */
            estimated_requests: number;
            /** New Balance */
            new_balance: string;
            /** Previous Balance */
            previous_balance: string;
            /** Verified */
            verified: boolean;
        };
        /** EntryView */
        EntryView: {
            /**
             * Balance
             * @description After this entry, without what is reserved.
             */
            balance: string;
            /** Counterpart */
            counterpart: string;
            /**
             * Held
             * @description Newly reserved to leave; freed below zero.
             */
            held: string;
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /**
             * Moved
             * @description Into the account; out of it below zero.
             */
            moved: string;
            /** Posted At */
            posted_at: string;
            /** Purpose */
            purpose: string;
            /** Reference */
            reference: string;
            /** Revision */
            revision: number;
        };
        /** EscrowBrief */
        EscrowBrief: {
            /** Amount Usdc */
            amount_usdc: string;
            /** Buyer Address */
            buyer_address: string;
            /** Chain */
            chain: string;
            /** Completed At */
            completed_at: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            deadlines: components["schemas"]["Deadlines"];
            /** Escrow Address */
            escrow_address: string;
            /** Escrow Id */
            escrow_id: string;
            /** Priority Score */
            priority_score: number;
            /** Quality Score */
            quality_score: number | null;
            /** Seller Address */
            seller_address: string | null;
            /** Session Id */
            session_id: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "pending" | "accepted" | "submitted" | "disputed" | "released" | "refunded" | "expired";
            /** Title */
            title: string;
        };
        /** EscrowList */
        EscrowList: {
            /** Escrows */
            escrows: components["schemas"]["EscrowBrief"][];
            pagination: components["schemas"]["harmony__settlement__escrows__schemas__Pagination"];
            summary: components["schemas"]["SummaryView"];
        };
        /** EscrowView */
        EscrowView: {
            /**
             * Acceptance Deadline
             * Format: date-time
             */
            acceptance_deadline: string;
            /** Amount Usdc */
            amount_usdc: string;
            /** Arbitrator Notes */
            arbitrator_notes: string | null;
            /** Buyer Address */
            buyer_address: string;
            /** Buyer Fee Usdc */
            buyer_fee_usdc: string;
            /** Chain */
            chain: string;
            /** Completed At */
            completed_at: string | null;
            /** Completion Notes */
            completion_notes: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            deadlines: components["schemas"]["Deadlines"];
            /** Deliverable Hash */
            deliverable_hash: string | null;
            /** Deliverable Url */
            deliverable_url: string | null;
            /** Dispute Reason */
            dispute_reason: string | null;
            /** Dispute Resolved By */
            dispute_resolved_by: string | null;
            /** Escrow Address */
            escrow_address: string;
            /** Escrow Id */
            escrow_id: string;
            /** Invitation Link */
            invitation_link: string | null;
            kamiyo_stakes: components["schemas"]["Stakes"];
            /** Negotiation History */
            negotiation_history: components["schemas"]["HistoryView"][];
            /** Payment Tx Hash */
            payment_tx_hash: string;
            /** Payout Usdc */
            payout_usdc: string | null;
            /** Priority Score */
            priority_score: number;
            /** Quality Score */
            quality_score: number | null;
            /** Release Cause */
            release_cause: string | null;
            /** Seller Address */
            seller_address: string | null;
            /** Seller Fee Usdc */
            seller_fee_usdc: string;
            /** Session Id */
            session_id: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "pending" | "accepted" | "submitted" | "disputed" | "released" | "refunded" | "expired";
            /** Submission Time */
            submission_time: string | null;
            /** Terms */
            terms: {
                [key: string]: unknown;
            };
            /** Terms Hash */
            terms_hash: string;
            /** Title */
            title: string;
            /** Verification Id */
            verification_id: string | null;
        };
        /** FaultView */
        FaultView: {
            /** Kind */
            kind: string;
            /** Message */
            message: string;
            /** Subject */
            subject: string;
        };
        /** Grant */
        Grant: {
            /**
             * Amount Usdc
             * @description USDC with at most 6 decimals; never rounded.
             * @example 20.00
             */
            amount_usdc: string | number;
            /** Principal */
            principal: string;
        };
        /** Granted */
        Granted: {
            /** Amount Usdc */
            amount_usdc: string;
            /** Asset */
            asset: string;
            /** Principal */
            principal: string;
            /** Transfer Id */
            transfer_id: string;
        };
        /** BalanceView */
        harmony__settlement__balances__schemas__BalanceView: {
            /** Asset */
            asset: string;
            /** Available Balance Usdc */
            available_balance_usdc: string;
            /** Off Chain Spent Total */
            off_chain_spent_total: string;
            /**
             * On Chain Deposits Total
             * @description All deposits, those of the chain `ledger` among them.
             */
            on_chain_deposits_total: string;
            /** Pending Debits Usdc */
            pending_debits_usdc: string;
            /** Recent Transactions */
            recent_transactions: components["schemas"]["TransactionView"][];
            settlement_info: components["schemas"]["SettlementInfo"];
            /** Shadow Balance Usdc */
            shadow_balance_usdc: string;
            /** Wallet Address */
            wallet_address: string;
        };
        /** Pagination */
        harmony__settlement__balances__schemas__Pagination: {
            /** Has More */
            has_more: boolean;
            /** Limit */
            limit: number;
            /** Offset */
            offset: number;
            /** Total */
            total: number;
        };
        /** Pagination */
        harmony__settlement__escrows__schemas__Pagination: {
            /** Has More */
            has_more: boolean;
            /** Limit */
            limit: number;
            /** Page */
            page: number;
            /** Total */
            total: number;
        };
        /** BalanceView */
        harmony__settlement__ledger__schemas__BalanceView: {
            /** Asset */
            asset: string;
            /**
             * Available
             * @description What can be spent: a decimal string with all decimals of the asset.
             */
            available: string;
            /** Book */
            book: string;
            /**
             * Held
             * @description What is reserved by pending transfers.
             */
            held: string;
        };
        /** Health */
        Health: {
            /** Component */
            component: string;
            /** Status */
            status: string;
            /** Version */
            version: string;
        };
        /** History */
        History: {
            pagination: components["schemas"]["harmony__settlement__balances__schemas__Pagination"];
            summary: components["schemas"]["HistorySummary"];
            /** Transactions */
            transactions: components["schemas"]["TransactionView"][];
        };
        /** HistorySummary */
        HistorySummary: {
            /** Current Balance */
            current_balance: string;
            /** Total Debits */
            total_debits: string;
            /** Total Deposits */
            total_deposits: string;
            /** Total Withdrawals */
            total_withdrawals: string;
        };
        /** HistoryView */
        HistoryView: {
            /** Action */
            action: string;
            /**
             * Actor
             * @enum {string}
             */
            actor: "buyer" | "seller" | "arbitrator" | "system";
            /** Message */
            message: string;
            /**
             * Timestamp
             * Format: date-time
             */
            timestamp: string;
        };
        /** Metadata */
        Metadata: {
            /** Cost Usdc */
            cost_usdc: string;
            /** Deliverable Size Kb */
            deliverable_size_kb: number;
            /** Processing Time Seconds */
            processing_time_seconds: number | null;
            /** Tokens Used */
            tokens_used: number;
            /** Verifier Model */
            verifier_model: string;
        };
        /**
         * Problem
         * @description The wire form of every refusal.
         */
        Problem: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
            /** Details */
            details: {
                [key: string]: unknown;
            };
            /** Error */
            error: string;
            /** Hint */
            hint: string;
            /** Instance */
            instance: string;
            /** Message */
            message: string;
            /** Path */
            path: string;
            /** Status */
            status: number;
            /** Timestamp */
            timestamp: string;
            /** Title */
            title: string;
            /** Type */
            type: string;
        } & {
            [key: string]: unknown;
        };
        /** ProofView */
        ProofView: {
            /** Accounts */
            accounts: number;
            /** Faults */
            faults: components["schemas"]["FaultView"][];
            /**
             * Last Hash
             * @description The hash of the last block; keep it elsewhere to compare.
             */
            last_hash: string;
            /**
             * Last Seal
             * @description The last sealed position; 0 before the first block.
             */
            last_seal: number;
            /** Ok */
            ok: boolean;
            /** Totals */
            totals: components["schemas"]["TotalView"][];
            /** Transfers */
            transfers: number;
            /** Unsealed */
            unsealed: number;
        };
        /** RejectWork */
        RejectWork: {
            /** Escrow Id */
            escrow_id: string;
            /** Reason */
            reason: string;
        };
        /** ResolveDispute */
        ResolveDispute: {
            /**
             * Decision
             * @enum {string}
             */
            decision: "release" | "refund";
            /** Escrow Id */
            escrow_id: string;
            /**
             * Notes
             * @default
             */
            notes: string;
        };
        /** Results */
        Results: {
            /** Confidence */
            confidence: number;
            /** Criteria Scores */
            criteria_scores: {
                [key: string]: components["schemas"]["CriterionScore"];
            };
            /** Detailed Feedback */
            detailed_feedback: string;
            /** Improvements */
            improvements: string[];
            /** Overall Score */
            overall_score: number;
            /** Strengths */
            strengths: string[];
        };
        /** SettlementDetails */
        SettlementDetails: {
            /** Amount Settled */
            amount_settled: string;
            /** Batch Id */
            batch_id: string | null;
            /** Chain */
            chain: string;
            /** Confirmations */
            confirmations: number;
            /** Gas Fee Usdc */
            gas_fee_usdc: string;
            /** Included Transactions */
            included_transactions: number | null;
            /** Net Amount */
            net_amount: string;
            /** Tx */
            tx: string | null;
            /** Wallet */
            wallet: string;
        };
        /** SettlementInfo */
        SettlementInfo: {
            /** Can Withdraw */
            can_withdraw: boolean;
            /** Estimated Gas Fee Usdc */
            estimated_gas_fee_usdc: string;
            /** Min Withdrawal */
            min_withdrawal: string;
            /** Next Auto Settlement Threshold */
            next_auto_settlement_threshold: string;
        };
        /** SettlementPlan */
        SettlementPlan: {
            /** Chain */
            chain: string;
            /**
             * Estimated Confirmation Time
             * @description Seconds.
             */
            estimated_confirmation_time: number;
            /** Estimated Gas Fee */
            estimated_gas_fee: string;
            /** Net Amount */
            net_amount: string;
        };
        /** SettlementStatus */
        SettlementStatus: {
            /** Completed At */
            completed_at: string | null;
            details: components["schemas"]["SettlementDetails"];
            /** Settlement Id */
            settlement_id: string;
            /** Settlement Type */
            settlement_type: string;
            /** Shadow Balance Updated */
            shadow_balance_updated: boolean;
            /** Status */
            status: string;
            /** Timeline */
            timeline: components["schemas"]["TimelineStep"][];
        };
        /** Stakes */
        Stakes: {
            /** Buyer */
            buyer: string;
            /** Seller */
            seller: string;
        };
        /** StatementView */
        StatementView: {
            /** Account */
            account: string;
            /** Asset */
            asset: string;
            /**
             * Closing
             * @description After the last entry of the whole statement.
             */
            closing: string;
            /** Entries */
            entries: components["schemas"]["EntryView"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * Opening
             * @description Before the first entry of the whole statement.
             */
            opening: string;
            /**
             * Revision
             * @description The last sealed revision that counts; the statement of it never changes.
             */
            revision: number;
        };
        /** Submitted */
        Submitted: {
            /** Escrow Id */
            escrow_id: string;
            /**
             * Estimated Verification Time
             * @description Seconds.
             */
            estimated_verification_time: number;
            /**
             * Review Deadline
             * Format: date-time
             */
            review_deadline: string;
            /**
             * Status
             * @enum {string}
             */
            status: "pending" | "accepted" | "submitted" | "disputed" | "released" | "refunded" | "expired";
            /** Verification Id */
            verification_id: string | null;
            /** Verification Initiated */
            verification_initiated: boolean;
        };
        /** SubmitWork */
        SubmitWork: {
            /** Completion Notes */
            completion_notes?: string | null;
            /** Deliverable Hash */
            deliverable_hash: string;
            /** Deliverable Url */
            deliverable_url: string;
            /** Escrow Id */
            escrow_id: string;
            /**
             * Request Verification
             * @default true
             */
            request_verification: boolean;
        };
        /** SummaryView */
        SummaryView: {
            /** Active As Buyer */
            active_as_buyer: number;
            /** Active As Seller */
            active_as_seller: number;
            /** Completed */
            completed: number;
            /** Disputed */
            disputed: number;
            /** Total Volume Usdc */
            total_volume_usdc: string;
        };
        /** Templates */
        Templates: {
            /** Templates */
            templates: components["schemas"]["TemplateView"][];
        };
        /** TemplateView */
        TemplateView: {
            /** Average Score */
            average_score: string | null;
            /** Criteria */
            criteria: {
                [key: string]: unknown;
            };
            /** Deliverable Type */
            deliverable_type: string;
            /** Description */
            description: string;
            /** Id */
            id: number;
            /** Name */
            name: string;
            /** Times Used */
            times_used: number;
        };
        /** Terms */
        Terms: {
            /**
             * Acceptance
             * @description How the delivered program is checked by running it.
             */
            acceptance?: components["schemas"]["AcceptanceCase"][];
            /** Deliverables */
            deliverables: string[];
            /**
             * Delivery Deadline
             * Format: date-time
             */
            delivery_deadline: string;
            /** Description */
            description: string;
            /**
             * Quality Threshold
             * @default 80
             */
            quality_threshold: number;
            /** Title */
            title: string;
        };
        /** TimelineStep */
        TimelineStep: {
            /** Stage */
            stage: string;
            /** Timestamp */
            timestamp: string;
        };
        /** TotalView */
        TotalView: {
            /** Asset */
            asset: string;
            /** Balanced */
            balanced: boolean;
            /** Credits Pending */
            credits_pending: string;
            /** Credits Posted */
            credits_posted: string;
            /** Debits Pending */
            debits_pending: string;
            /** Debits Posted */
            debits_posted: string;
        };
        /** TransactionView */
        TransactionView: {
            /**
             * Amount
             * @description Below zero what left the balance.
             */
            amount: string;
            /** Balance After */
            balance_after: string;
            /** Balance Before */
            balance_before: string;
            /** Description */
            description: string;
            /** Id */
            id: number;
            /** Reference */
            reference: string;
            /** Timestamp */
            timestamp: string;
            /** Type */
            type: string;
        };
        /** VerificationView */
        VerificationView: {
            actions: components["schemas"]["Actions"];
            /** Escrow Id */
            escrow_id: string;
            metadata: components["schemas"]["Metadata"];
            /**
             * Reason
             * @description Why there is no score, when failed; the buyer reviews instead.
             */
            reason: string | null;
            results: components["schemas"]["Results"] | null;
            /**
             * Status
             * @enum {string}
             */
            status: "pending" | "in_progress" | "completed" | "failed";
            /** Verification Id */
            verification_id: string;
        };
        /** WithdrawBody */
        WithdrawBody: {
            /**
             * Amount Usdc
             * @description USDC with at most 6 decimals; never rounded.
             * @example 20.00
             */
            amount_usdc: string | number;
            /**
             * Destination Chain
             * @default ledger
             */
            destination_chain: string;
            /**
             * Wallet Address
             * @description Your own id; may be left out.
             */
            wallet_address?: string | null;
        };
        /** Withdrawn */
        Withdrawn: {
            /** Balance After */
            balance_after: string;
            /** Balance Before */
            balance_before: string;
            settlement: components["schemas"]["SettlementPlan"];
            /** Settlement Id */
            settlement_id: string;
            /** Status */
            status: string;
            /** Tracking Url */
            tracking_url: string;
            /** Withdrawal Amount */
            withdrawal_amount: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "verifiers.upload": {
        parameters: {
            query?: {
                /** @description Refused when the bytes have another. */
                sha256?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description A problem document (RFC 9457). */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliverableView"];
                };
            };
        };
    };
    "verifiers.download": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sha256: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A problem document (RFC 9457). */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
        };
    };
    "escrows.read": {
        parameters: {
            query?: {
                /** @description Lets whoever is invited read the terms. */
                invitation?: string | null;
            };
            header?: never;
            path: {
                escrow_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A problem document (RFC 9457). */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EscrowView"];
                };
            };
        };
    };
    "escrows.accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptEscrow"];
            };
        };
        responses: {
            /** @description A problem document (RFC 9457). */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
        };
    };
    "escrows.approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApproveWork"];
            };
        };
        responses: {
            /** @description A problem document (RFC 9457). */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decided"];
                };
            };
        };
    };
    "escrows.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateEscrow"];
            };
        };
        responses: {
            /** @description A problem document (RFC 9457). */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Created"];
                };
            };
        };
    };
    "escrows.list_escrows": {
        parameters: {
            query?: {
                /** @description Another's: coordinators and administrators. */
                address?: string | null;
                limit?: number;
                page?: number;
                status?: "active" | "completed" | "disputed" | "all";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A problem document (RFC 9457). */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EscrowList"];
                };
            };
        };
    };
    "escrows.reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RejectWork"];
            };
        };
        responses: {
            /** @description A problem document (RFC 9457). */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decided"];
                };
            };
        };
    };
    "escrows.resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResolveDispute"];
            };
        };
        responses: {
            /** @description A problem document (RFC 9457). */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decided"];
                };
            };
        };
    };
    "escrows.submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubmitWork"];
            };
        };
        responses: {
            /** @description A problem document (RFC 9457). */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Submitted"];
                };
            };
        };
    };
    "ledger.balance": {
        parameters: {
            query?: {
                /** @description Another's: administrators only. */
                principal?: string | null;
                /** @description As of this sealed revision. */
                revision?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A problem document (RFC 9457). */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Balances"];
                };
            };
        };
    };
    "ledger.export": {
        parameters: {
            query?: {
                /** @description Begin after this revision. */
                after?: number;
                format?: "jsonl" | "csv";
                /** @description End with this revision. */
                revision?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A problem document (RFC 9457). */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": unknown;
                };
            };
        };
    };
    "ledger.grant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Grant"];
            };
        };
        responses: {
            /** @description A problem document (RFC 9457). */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Granted"];
                };
            };
        };
    };
    "ledger.proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A problem document (RFC 9457). */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProofView"];
                };
            };
        };
    };
    "ledger.signed_proof": {
        parameters: {
            query?: {
                /** @description Left out: the newest. */
                day?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A problem document (RFC 9457). */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    "ledger.statement": {
        parameters: {
            query?: {
                asset?: "practice-USDC" | "ETHIK";
                /** @description Of the page before. */
                cursor?: string | null;
                limit?: number;
                /** @description Another's: administrators only. */
                principal?: string | null;
                /** @description As of this sealed revision. */
                revision?: number | null;
                /** @description Posted at or after. */
                since?: string | null;
                /** @description Posted before. */
                until?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A problem document (RFC 9457). */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatementView"];
                };
            };
        };
    };
    "verifiers.status": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                verification_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A problem document (RFC 9457). */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerificationView"];
                };
            };
        };
    };
    "verifiers.templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A problem document (RFC 9457). */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Templates"];
                };
            };
        };
    };
    "balances.balance": {
        parameters: {
            query?: {
                /** @description Another's: administrators only. */
                wallet_address?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A problem document (RFC 9457). */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["harmony__settlement__balances__schemas__BalanceView"];
                };
            };
        };
    };
    "balances.batch_settle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BatchSettleBody"];
            };
        };
        responses: {
            /** @description A problem document (RFC 9457). */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchStarted"];
                };
            };
        };
    };
    "balances.deposit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DepositBody"];
            };
        };
        responses: {
            /** @description A problem document (RFC 9457). */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deposited"];
                };
            };
        };
    };
    "balances.history": {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
                /** @description Another's: administrators only. */
                wallet_address?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A problem document (RFC 9457). */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["History"];
                };
            };
        };
    };
    "balances.settlement": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                settlement_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A problem document (RFC 9457). */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettlementStatus"];
                };
            };
        };
    };
    "balances.withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WithdrawBody"];
            };
        };
        responses: {
            /** @description A problem document (RFC 9457). */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Withdrawn"];
                };
            };
        };
    };
    "health.health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A problem document (RFC 9457). */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
}
