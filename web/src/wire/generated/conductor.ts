// Generated from docs/reference/openapi/conductor.json by `npm run types`; do not edit.
export interface paths {
    "/access-control": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Rules
         * @description Every rule there is, by its sender.
         */
        get: operations["access.list_rules"];
        put?: never;
        /**
         * Set Rule
         * @description Restrict which components may communicate: the sender may do only what its rules allow.
         */
        post: operations["access.set_rule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access-control/{rule_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove Rule
         * @description Take a rule away.
         */
        delete: operations["access.remove_rule"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access-control/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Explain
         * @description Would it be allowed, and which rule says so? Nothing is done.
         */
        get: operations["access.explain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/broadcast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Broadcast
         * @description Tell everybody who listens. An Idempotency-Key makes repeating harmless.
         */
        post: operations["events.broadcast"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dashboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Dashboard
         * @description Every component, and one word for the whole.
         */
        get: operations["orchestra.dashboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deregister": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deregister
         * @description Leave the orchestra: nobody waits for beats, and the id is kept for this component alone.
         */
        post: operations["orchestra.deregister"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events
         * @description What happened after a position, or since a time, oldest first.
         */
        get: operations["events.events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/subscribe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Subscribe
         * @description Follow what happens, from now on, from a position, or since a time; ``Last-Event-ID`` goes before ``after``.
         *
         *     A position that cannot be continued is answered by a ``reset`` event, which tells how things stand; the stream
         *     goes on from there. A ``bookmark`` moves the position on when nothing that is wanted happened for a while.
         */
        get: operations["events.subscribe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Graces
         * @description When the Conductor doubted itself, why, and whom it spared.
         */
        get: operations["orchestra.graces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grace/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End Grace
         * @description Trust what is heard again, before the bound: whoever is silent is then let go, a few at a time.
         */
        post: operations["orchestra.end_grace"];
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
         * @description 200 once every component that was started is registered, 503 before.
         */
        get: operations["orchestra.health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/heartbeat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Heartbeat
         * @description Say that the component is alive, how it is, and what it counted. Unknown ids are told to register again.
         */
        post: operations["orchestra.heartbeat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/heartbeat/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Heartbeat Batch
         * @description The beats of many components at once; each is accepted or refused by itself.
         */
        post: operations["orchestra.heartbeat_batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Depths
         * @description How much waits in each queue and group, and since when.
         */
        get: operations["queue.depths"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Acknowledge
         * @description Finish messages. Repeating an acknowledgement is harmless.
         */
        post: operations["queue.acknowledge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue/dead": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Dead
         * @description Messages that are not delivered any more, and why.
         */
        get: operations["queue.dead"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue/extend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Extend
         * @description Hold a message for so many seconds from now.
         */
        post: operations["queue.extend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create Group
         * @description Give a group of consumers its own copy of what is sent from now on. Repeating it changes nothing.
         */
        post: operations["queue.create_group"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue/groups/{component}/{group}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End Group
         * @description End a group; its copies are dropped.
         */
        delete: operations["queue.end_group"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue/messages/{message_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Message
         * @description The biography of a message: where it is, and all that happened to it.
         */
        get: operations["queue.message"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue/receive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Receive
         * @description Take messages in hand; each answer names the call that finishes it. What is not finished comes again.
         *
         *     A registered component that names itself as ``consumer`` holds its messages while it lives, at most an hour unless
         *     it extends; anybody else holds them for 30 seconds.
         */
        get: operations["queue.receive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue/redrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Redrive
         * @description Put dead messages back at the end of their queue.
         */
        post: operations["queue.redrive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue/reject": {
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
         * @description Give a message back: it comes again after a back-off, or is dead after its last attempt.
         */
        post: operations["queue.reject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send
         * @description Put a message into a queue; the answer comes once it is durable. An Idempotency-Key makes repeating harmless.
         */
        post: operations["queue.send"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue/send-batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send Batch
         * @description Put up to 500 messages into queues; each is answered for itself, in order. A body that is wrong sends nothing.
         */
        post: operations["queue.send_batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue/terminate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Terminate
         * @description Make a message dead at once: it can never be done.
         */
        post: operations["queue.terminate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register
         * @description Join the orchestra. The same namespace, component, host and port is always given the same id.
         */
        post: operations["orchestra.register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Request
         * @description Ask another component and wait for its answer, at most ``timeout_seconds``.
         *
         *     Nobody who could answer is refused at once (503), a component that cannot be reached (503) or stays silent (504)
         *     at its deadline. With an Idempotency-Key the request has one effect, however often it is sent.
         */
        post: operations["requests.request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Services
         * @description Who takes part, in the order of names; all filters given must hold.
         *
         *     The header ``X-Harmony-Index`` says as of which revision. Given back as ``index`` the answer comes as soon as the
         *     registry has changed after it, or after ``wait`` seconds. ``revision`` asks for the registry as it was then.
         */
        get: operations["orchestra.services"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/services/{component_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Service
         * @description One component and how it is.
         */
        get: operations["orchestra.service"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/services/{component_id}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Commands
         * @description What a component has still to acknowledge.
         */
        get: operations["orchestra.commands"];
        put?: never;
        /**
         * Command
         * @description Tell a component to do something, in the answers to its beats until it acknowledges.
         */
        post: operations["orchestra.command"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/services/{component_id}/drain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Drain
         * @description Give a component nothing new, so that it can end what it has; or give it work again.
         */
        post: operations["orchestra.drain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/services/{component_id}/why": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why
         * @description Why a component is as it is: every change of its status with the evidence for it, newest first.
         */
        get: operations["orchestra.why"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Keys
         * @description The keys that begin with a prefix, in their order.
         */
        get: operations["state.list_keys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/state/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get
         * @description A key as it stands.
         */
        get: operations["state.get"];
        /**
         * Put
         * @description Set a key; with ``if_version`` only if it stands as it was read.
         */
        put: operations["state.put"];
        post?: never;
        /**
         * Delete
         * @description Delete a key; one that does not exist is as good as deleted.
         */
        delete: operations["state.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/state/{key}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * History
         * @description Earlier values of a key, the newest first.
         */
        get: operations["state.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/state/leases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Grant Lease
         * @description A life that keys may share: they go when it is not renewed.
         */
        post: operations["state.grant_lease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/state/leases/{lease_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End Lease
         * @description End a lease, and its keys with it.
         */
        delete: operations["state.end_lease"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/state/leases/{lease_id}/renew": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Renew Lease
         * @description Let a lease and its keys live on for its whole time from now.
         */
        post: operations["state.renew_lease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/state/locks/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find Lock
         * @description Who holds a lock: in an election, who leads.
         */
        get: operations["state.find_lock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/state/locks/{name}/acquire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Acquire
         * @description Take a lock, or stand for an election, waiting up to ``wait`` seconds; 409 names who holds it.
         */
        post: operations["state.acquire"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/state/locks/{name}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release
         * @description Let a lock go.
         */
        post: operations["state.release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/state/locks/{name}/renew": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Renew Lock
         * @description Hold a lock for so many seconds from now.
         */
        post: operations["state.renew_lock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/state/subscribe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch
         * @description Watch keys by their beginning, from now on or from a position; the promises are those of ``/events/subscribe``.
         *
         *     Each frame holds the value that its change gave the key. A ``reset`` holds the keys as they stand.
         */
        get: operations["state.watch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/state/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Transact
         * @description Change keys all or nothing, if others have the versions that were read; send a message and an event with it.
         */
        post: operations["state.transact"];
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
         * Acknowledge
         * @description One message, or several under ``messages``.
         */
        Acknowledge: {
            /** Lease Id */
            lease_id?: string | null;
            /** Message Id */
            message_id?: string | null;
            /** Messages */
            messages?: components["schemas"]["Held"][];
        };
        /**
         * AcknowledgedMany
         * @description The answer of ``POST /heartbeat/batch``, in the order of the beats.
         */
        AcknowledgedMany: {
            /** Results */
            results: (components["schemas"]["AcknowledgedOne"] | components["schemas"]["RefusedOne"])[];
            /**
             * Status
             * @default acknowledged
             * @constant
             */
            status: "acknowledged";
        };
        /** AcknowledgedOne */
        AcknowledgedOne: {
            /** Commands */
            commands?: components["schemas"]["CommandView"][];
            /** Component Id */
            component_id: string;
            /**
             * Next Heartbeat
             * Format: date-time
             */
            next_heartbeat: string;
            /**
             * Status
             * @default acknowledged
             * @constant
             */
            status: "acknowledged";
        };
        /**
         * Acquire
         * @description ``owner`` is how the lock's holder is called, a component_id for an election.
         */
        Acquire: {
            /** Owner */
            owner: string;
            /**
             * Seconds
             * @default 30
             */
            seconds: number;
            /**
             * Wait
             * @default 0
             */
            wait: number;
        };
        /**
         * Agreed
         * @description The answer to a component that said which protocol versions it speaks: with the one that is used.
         */
        Agreed: {
            /** Component Id */
            component_id: string;
            /** Heartbeat Interval */
            heartbeat_interval: number;
            /** Incarnation */
            incarnation: number;
            /**
             * Next Heartbeat
             * Format: date-time
             */
            next_heartbeat: string;
            /** Protocol Version */
            protocol_version: number;
            /**
             * Status
             * @default registered
             * @constant
             */
            status: "registered";
        };
        /**
         * Answered
         * @description The answer of ``POST /request``: which component answered, and what.
         */
        Answered: {
            /** Component Id */
            component_id: string;
            /** From */
            from: string;
            /** Request Id */
            request_id: string;
            /** Request Type */
            request_type: string;
            /** Response */
            response: unknown;
            /**
             * Status
             * @default answered
             * @constant
             */
            status: "answered";
            /** To */
            to: string;
        };
        /**
         * Biography
         * @description Everything known of a message but its payload; ``standing`` is empty once it is finished everywhere.
         */
        Biography: {
            /** History */
            history: components["schemas"]["Chapter"][];
            /** Message Id */
            message_id: string;
            /** Standing */
            standing: components["schemas"]["Standing"][];
        };
        /**
         * BroadcastEvent
         * @description ``POST /broadcast``. Names have no dots: those are the orchestra's own.
         */
        BroadcastEvent: {
            /** Data */
            data?: {
                [key: string]: unknown;
            };
            /**
             * Event Type
             * @example entity-created
             */
            event_type: string;
            /**
             * From
             * @example sherlock-hub
             */
            from: string;
        };
        /**
         * Call
         * @description A call as it is to be made.
         */
        Call: {
            /** Body */
            body: {
                [key: string]: string;
            };
            /** Method */
            method: string;
            /** Path */
            path: string;
        };
        /**
         * ChangeView
         * @description One change of status: the cause, and in ``evidence`` what was known at that moment.
         */
        ChangeView: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Cause */
            cause: string;
            /** Evidence */
            evidence: {
                [key: string]: unknown;
            };
            /** Previous */
            previous: ("healthy" | "degraded" | "offline") | null;
            /** State */
            state: string;
            /**
             * Status
             * @enum {string}
             */
            status: "healthy" | "degraded" | "offline";
            /** Trace */
            trace: string;
        };
        /**
         * Chapter
         * @description One thing that happened to a message.
         */
        Chapter: {
            /** Actor */
            actor: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Data */
            data: {
                [key: string]: unknown;
            };
            /** Event */
            event: string;
            /** Revision */
            revision: number;
        };
        /** Commands */
        Commands: {
            /** Commands */
            commands: components["schemas"]["CommandView"][];
        };
        /**
         * CommandView
         * @description What a component is to do; it is told again with each answer until the id comes back in ``acknowledged``.
         */
        CommandView: {
            /** Arguments */
            arguments: {
                [key: string]: unknown;
            };
            /** Command */
            command: string;
            /** Command Id */
            command_id: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /**
             * Issued At
             * Format: date-time
             */
            issued_at: string;
        };
        /**
         * ComponentLine
         * @description One component: with the counters (``…_total``) that it reports beside ``errors``, and all its ``metrics``.
         */
        ComponentLine: {
            /** Component Id */
            component_id: string;
            /** Errors */
            errors: number;
            /**
             * Last Heartbeat
             * Format: date-time
             */
            last_heartbeat: string;
            /** Metrics */
            metrics: {
                [key: string]: number;
            };
            /**
             * Status
             * @enum {string}
             */
            status: "healthy" | "degraded" | "offline";
            /** Uptime Seconds */
            uptime_seconds: number;
        } & {
            [key: string]: number;
        };
        /** Condition */
        Condition: {
            /**
             * Key
             * @description begins with echo:
             * @example echo:global:state
             */
            key: string;
            /** Version */
            version: number;
        };
        /**
         * Dashboard
         * @description The answer of ``GET /dashboard``. ``doubt`` is there only while the Conductor doubts itself: then silence moves
         *     nobody who was heard of before, and the statuses are as old as that.
         */
        Dashboard: {
            /** Components */
            components: components["schemas"]["ComponentLine"][];
            doubt?: components["schemas"]["GraceView"] | null;
            /**
             * Overall Status
             * @enum {string}
             */
            overall_status: "healthy" | "degraded" | "offline";
            /**
             * Timestamp
             * Format: date-time
             */
            timestamp: string;
        };
        /**
         * DeadLetter
         * @description A message that is not delivered any more, and why.
         */
        DeadLetter: {
            /** Attempts */
            attempts: number;
            /** Component */
            component: string;
            /** Died At */
            died_at: string | null;
            /** From */
            from: string;
            /** Group */
            group: string;
            /** Message Id */
            message_id: string;
            /** Message Type */
            message_type: string;
            /** Payload */
            payload: unknown;
            /** Reason */
            reason: string | null;
            /**
             * Sent At
             * Format: date-time
             */
            sent_at: string;
        };
        /** DeadLetters */
        DeadLetters: {
            /** Messages */
            messages: components["schemas"]["DeadLetter"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** Deleted */
        Deleted: {
            /** Key */
            key: string;
            /**
             * Status
             * @default deleted
             * @constant
             */
            status: "deleted";
        };
        /** DeleteOne */
        DeleteOne: {
            /**
             * Key
             * @description begins with echo:
             * @example echo:global:state
             */
            key: string;
        };
        /** Depths */
        Depths: {
            /** Queues */
            queues: components["schemas"]["DepthView"][];
        };
        /** DepthView */
        DepthView: {
            /** Component */
            component: string;
            /** Dead */
            dead: number;
            /** Group */
            group: string;
            /** Leased */
            leased: number;
            /** Oldest Sent At */
            oldest_sent_at: string | null;
            /** Ready */
            ready: number;
            /** Scheduled */
            scheduled: number;
        };
        /**
         * Deregister
         * @description ``POST /deregister``.
         */
        Deregister: {
            /**
             * Component Id
             * @example sherlock-hub-001
             */
            component_id: string;
            /**
             * Reason
             * @default it left
             */
            reason: string;
        };
        /** Deregistered */
        Deregistered: {
            /** Component Id */
            component_id: string;
            /**
             * Status
             * @default deregistered
             * @constant
             */
            status: "deregistered";
        };
        /**
         * Drain
         * @description ``POST /services/{component_id}/drain``.
         */
        Drain: {
            /**
             * Draining
             * @default true
             */
            draining: boolean;
        };
        /**
         * Events
         * @description The answer of ``GET /events``; ``next_after`` is the position to go on from.
         */
        Events: {
            /** Events */
            events: components["schemas"]["EventView"][];
            /** Next After */
            next_after: string;
        };
        /**
         * EventView
         * @description One event. ``prev`` is the revision of the matching event before it (0: none is kept).
         */
        EventView: {
            /** Data */
            data: {
                [key: string]: unknown;
            };
            /** Event */
            event: string;
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /**
             * Occurred At
             * Format: date-time
             */
            occurred_at: string;
            /** Prev */
            prev: number;
            /** Revision */
            revision: number;
            /** Subject */
            subject: string;
            /** Trace */
            trace: string;
        };
        /**
         * Explained
         * @description Whether it would be allowed, and which rule decided.
         */
        Explained: {
            /** Allowed */
            allowed: boolean;
            /** Reason */
            reason: string;
            rule: components["schemas"]["RuleView"] | null;
        };
        /** Extend */
        Extend: {
            /** Lease Id */
            lease_id: string;
            /** Message Id */
            message_id: string;
            /** Seconds */
            seconds: number;
        };
        /** Extended */
        Extended: {
            /**
             * Leased Until
             * Format: date-time
             */
            leased_until: string;
            /**
             * Status
             * @default extended
             */
            status: string;
        };
        /**
         * FenceView
         * @description Only while this lock has this token.
         */
        FenceView: {
            /**
             * Lock
             * @example sync-leader
             */
            lock: string;
            /** Token */
            token: number;
        };
        /**
         * Graces
         * @description The answer of ``GET /grace``, newest first.
         */
        Graces: {
            /** Doubting */
            doubting: boolean;
            /** Graces */
            graces: components["schemas"]["GraceView"][];
        };
        /**
         * GraceView
         * @description A time in which the Conductor doubted itself: why, how many leases it spared, until when, and who ended it.
         */
        GraceView: {
            /**
             * Began At
             * Format: date-time
             */
            began_at: string;
            /**
             * Cause
             * @enum {string}
             */
            cause: "restarted" | "lagged" | "clock" | "mass";
            /** Ended At */
            ended_at: string | null;
            /** Ended By */
            ended_by: string | null;
            /**
             * Ends At
             * Format: date-time
             */
            ends_at: string;
            /** Evidence */
            evidence: {
                [key: string]: unknown;
            };
            /** Grace Id */
            grace_id: string;
            /** Leases */
            leases: number;
        };
        /** GrantLease */
        GrantLease: {
            /** Ttl Seconds */
            ttl_seconds: number;
        };
        /** GroupGone */
        GroupGone: {
            /** Dropped */
            dropped: number;
            /**
             * Status
             * @default ended
             */
            status: string;
        };
        /** GroupOf */
        GroupOf: {
            /** Component */
            component: string;
            /** Group */
            group: string;
        };
        /** GroupView */
        GroupView: {
            /** Component */
            component: string;
            /** Created */
            created: boolean;
            /** Group */
            group: string;
        };
        /**
         * Acknowledged
         * @description The answer of ``POST /heartbeat``.
         */
        harmony__coordination__heartbeats__schemas__Acknowledged: {
            /** Commands */
            commands?: components["schemas"]["CommandView"][];
            /**
             * Next Heartbeat
             * Format: date-time
             */
            next_heartbeat: string;
            /**
             * Status
             * @default acknowledged
             * @constant
             */
            status: "acknowledged";
        };
        /**
         * Acknowledged
         * @description ``lost`` are those whose lease was over: somebody else has them, or will.
         */
        harmony__coordination__queue__schemas__Acknowledged: {
            /** Acknowledged */
            acknowledged: string[];
            /** Lost */
            lost: string[];
            /**
             * Status
             * @default acknowledged
             */
            status: string;
        };
        /**
         * HealthView
         * @description The answer of ``GET /health``: ``starting`` (503) until every expected component is there.
         */
        HealthView: {
            /** Expected */
            expected: string[];
            /** Missing */
            missing: string[];
            /**
             * Status
             * @enum {string}
             */
            status: "healthy" | "starting";
            /**
             * Timestamp
             * Format: date-time
             */
            timestamp: string;
        };
        /**
         * Heartbeat
         * @description ``POST /heartbeat``. The time that is written in it decides nothing; metrics are kept until others are sent.
         *
         *     ``acknowledged`` names commands that need not be told again. With ``incarnation`` and a growing ``sequence`` a beat
         *     that comes twice or too late changes nothing.
         */
        Heartbeat: {
            /** Acknowledged */
            acknowledged?: string[];
            /**
             * Component Id
             * @example sherlock-hub-001
             */
            component_id: string;
            /** Incarnation */
            incarnation?: number | null;
            /** Metrics */
            metrics?: {
                [key: string]: number;
            } | null;
            /** Sequence */
            sequence?: number | null;
            /**
             * Status
             * @default healthy
             */
            status: string;
            /** Timestamp */
            timestamp?: string | null;
        };
        /**
         * Heartbeats
         * @description ``POST /heartbeat/batch``: the beats of many, each judged by itself.
         */
        Heartbeats: {
            /** Heartbeats */
            heartbeats: components["schemas"]["Heartbeat"][];
        };
        /** Held */
        Held: {
            /** Lease Id */
            lease_id: string;
            /** Message Id */
            message_id: string;
        };
        /** History */
        History: {
            /** Key */
            key: string;
            /** Versions */
            versions: components["schemas"]["PastView"][];
        };
        /**
         * IssueCommand
         * @description ``POST /services/{component_id}/commands``.
         */
        IssueCommand: {
            /**
             * Arguments
             * @description at most 4096 bytes as JSON
             */
            arguments?: {
                [key: string]: unknown;
            };
            /** Command */
            command: string;
            /**
             * Life Seconds
             * @default 86400
             */
            life_seconds: number;
        };
        /** LeaseEnded */
        LeaseEnded: {
            /** Lease Id */
            lease_id: string;
            /**
             * Status
             * @default ended
             * @constant
             */
            status: "ended";
        };
        /** LeaseView */
        LeaseView: {
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Lease Id */
            lease_id: string;
            /** Ttl Seconds */
            ttl_seconds: number;
        };
        /**
         * LockView
         * @description ``owner`` null: nobody holds it. Show ``token`` as a fence with every change that the lock protects.
         */
        LockView: {
            /** Expires At */
            expires_at: string | null;
            /** Name */
            name: string;
            /** Owner */
            owner: string | null;
            /** Token */
            token: number;
        };
        /**
         * PastView
         * @description ``text`` null: from then on the key did not exist.
         */
        PastView: {
            /**
             * Changed At
             * Format: date-time
             */
            changed_at: string;
            /** Changed By */
            changed_by: string;
            /** Text */
            text: string | null;
            /** Value */
            value: unknown;
            /** Version */
            version: number;
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
        /**
         * Received
         * @description A message in hand: its lease, and the call that finishes it.
         */
        Received: {
            acknowledge: components["schemas"]["Call"];
            /** Attempt */
            attempt: number;
            /** From */
            from: string;
            /** Lease Id */
            lease_id: string;
            /**
             * Leased Until
             * Format: date-time
             */
            leased_until: string;
            /** Max Attempts */
            max_attempts: number;
            /** Message Id */
            message_id: string;
            /** Message Type */
            message_type: string;
            /** Ordering Key */
            ordering_key: string | null;
            /** Payload */
            payload: unknown;
            /** Priority */
            priority: number;
            /**
             * Sent At
             * Format: date-time
             */
            sent_at: string;
            /** To */
            to: string;
            /** Trace */
            trace: string;
        };
        /** ReceivedMessages */
        ReceivedMessages: {
            /** Messages */
            messages: components["schemas"]["Received"][];
        };
        /**
         * Redrive
         * @description ``message_ids`` left out: the oldest dead messages of the queue, at most ``limit``.
         */
        Redrive: {
            /** Component */
            component: string;
            /** Group */
            group?: string | null;
            /**
             * Limit
             * @default 100
             */
            limit: number;
            /** Message Ids */
            message_ids?: string[] | null;
        };
        /** Redriven */
        Redriven: {
            /** Message Ids */
            message_ids: string[];
            /**
             * Status
             * @default redriven
             */
            status: string;
        };
        /**
         * RefusedOne
         * @description A beat of a batch that was refused; the others are not touched by it.
         */
        RefusedOne: {
            /** Code */
            code: string;
            /** Component Id */
            component_id: string;
            /** Hint */
            hint: string;
            /** Message */
            message: string;
            /**
             * Status
             * @default refused
             * @constant
             */
            status: "refused";
        };
        /**
         * RegisterComponent
         * @description ``POST /register``. ``host`` is the caller's address when it is left out; port 0 listens nowhere.
         *
         *     ``request_url`` is where requests of others are brought to, ``http://<host>:<port>/request`` when it is left out.
         *     ``protocol_versions`` are those that the component speaks; the answer then says which one is used.
         */
        RegisterComponent: {
            /** Capabilities */
            capabilities?: string[];
            /**
             * Component
             * @description lower-case words joined by hyphens
             * @example sherlock-hub
             */
            component: string;
            /** Health Check Url */
            health_check_url?: string | null;
            /**
             * Heartbeat Interval
             * @default 5
             */
            heartbeat_interval: number;
            /** Host */
            host?: string | null;
            /**
             * Namespace
             * @default default
             */
            namespace: string;
            /** Port */
            port: number;
            /** Protocol Versions */
            protocol_versions?: number[] | null;
            /** Request Url */
            request_url?: string | null;
            /** Version */
            version: string;
            /**
             * Weight
             * @default 100
             */
            weight: number;
            /** Zone */
            zone?: string | null;
        };
        /**
         * Registered
         * @description The answer of ``POST /register``.
         */
        Registered: {
            /** Component Id */
            component_id: string;
            /** Heartbeat Interval */
            heartbeat_interval: number;
            /**
             * Next Heartbeat
             * Format: date-time
             */
            next_heartbeat: string;
            /**
             * Status
             * @default registered
             * @constant
             */
            status: "registered";
        };
        /**
         * Reject
         * @description ``delay_seconds`` instead of the back-off; ``reason`` is kept with the message.
         */
        Reject: {
            /** Delay Seconds */
            delay_seconds?: number | null;
            /** Lease Id */
            lease_id: string;
            /** Message Id */
            message_id: string;
            /** Reason */
            reason?: string | null;
        };
        /** Release */
        Release: {
            /** Token */
            token: number;
        };
        /** Renew */
        Renew: {
            /**
             * Seconds
             * @default 30
             */
            seconds: number;
            /** Token */
            token: number;
        };
        /** RuleRemoved */
        RuleRemoved: {
            /** Rule Id */
            rule_id: string;
            /**
             * Status
             * @default removed
             * @constant
             */
            status: "removed";
        };
        /** Rules */
        Rules: {
            /** Rules */
            rules: components["schemas"]["RuleView"][];
        };
        /**
         * RuleSet
         * @description The answer of ``POST /access-control``.
         */
        RuleSet: {
            /** Allowed Operations */
            allowed_operations: string[];
            /** From */
            from: string;
            /** Rule Id */
            rule_id: string;
            /**
             * Set At
             * Format: date-time
             */
            set_at: string;
            /** Set By */
            set_by: string;
            /**
             * Status
             * @default configured
             * @constant
             */
            status: "configured";
            /** To */
            to: string[];
        };
        /**
         * RuleView
         * @description One rule.
         */
        RuleView: {
            /** Allowed Operations */
            allowed_operations: string[];
            /** From */
            from: string;
            /** Rule Id */
            rule_id: string;
            /**
             * Set At
             * Format: date-time
             */
            set_at: string;
            /** Set By */
            set_by: string;
            /** To */
            to: string[];
        };
        /**
         * SendRequest
         * @description ``POST /request``. ``to`` is a component's name or the id of one.
         *
         *     ``idempotent`` says that it may be sent twice; ``via`` is passed on from the request that this one serves.
         */
        SendRequest: {
            /**
             * From
             * @description lower-case words joined by hyphens
             * @example sherlock-hub
             */
            from: string;
            /**
             * Idempotent
             * @default false
             */
            idempotent: boolean;
            /**
             * Payload
             * @description JSON of at most 262144 bytes
             */
            payload?: unknown;
            /**
             * Request Type
             * @example get-sync-status
             * @example ping
             */
            request_type: string;
            /**
             * Timeout Seconds
             * @default 10
             */
            timeout_seconds: number;
            /**
             * To
             * @example sherlock-hub-001
             */
            to: string;
            /** Via */
            via?: string[];
        };
        /**
         * Sent
         * @description A message is durable; ``replayed`` when its key had been used for it before.
         */
        Sent: {
            /** Message Id */
            message_id: string;
            /**
             * Replayed
             * @default false
             */
            replayed: boolean;
            /**
             * Status
             * @default queued
             */
            status: string;
        };
        /**
         * SentMany
         * @description The outcomes in the order of the messages.
         */
        SentMany: {
            /** Results */
            results: components["schemas"]["SentOne"][];
            /** Status */
            status: string;
        };
        /**
         * SentOne
         * @description What became of one message of a batch: ``queued`` with its id, or ``refused`` with the code and its reason.
         */
        SentOne: {
            /** Code */
            code?: string | null;
            /** Message */
            message?: string | null;
            /** Message Id */
            message_id?: string | null;
            /**
             * Replayed
             * @default false
             */
            replayed: boolean;
            /** Status */
            status: string;
        };
        /**
         * Service
         * @description One component of ``GET /services``. From ``host`` on, beyond the specification's print.
         *
         *     ``routable`` false marks a component that gave itself the name of one of Harmony's own without their token: it is
         *     listed, requests are never routed to it. ``reported_status`` is the component's own last word, ``since`` when it
         *     became as it is.
         */
        Service: {
            /** Capabilities */
            capabilities: string[];
            /** Component */
            component: string;
            /** Component Id */
            component_id: string;
            /** Draining */
            draining: boolean;
            /** Health Check Url */
            health_check_url: string | null;
            /** Host */
            host: string;
            /** Incarnation */
            incarnation: number;
            /**
             * Last Heartbeat
             * Format: date-time
             */
            last_heartbeat: string;
            /** Namespace */
            namespace: string;
            /** Port */
            port: number;
            /** Reported Status */
            reported_status: string;
            /** Routable */
            routable: boolean;
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /**
             * Status
             * @enum {string}
             */
            status: "healthy" | "degraded" | "offline";
            /** Version */
            version: string;
            /** Weight */
            weight: number;
            /** Zone */
            zone: string | null;
        };
        /**
         * Services
         * @description The answer of ``GET /services``.
         */
        Services: {
            /** Services */
            services: components["schemas"]["Service"][];
        };
        /**
         * SetKey
         * @description ``PUT /state/{key}``. ``if_version`` 0: only if the key does not exist.
         */
        SetKey: {
            fence?: components["schemas"]["FenceView"] | null;
            /** If Version */
            if_version?: number | null;
            /** Lease Id */
            lease_id?: string | null;
            /** Ttl Seconds */
            ttl_seconds?: number | null;
            /** Value */
            value: unknown;
        };
        /** SetOne */
        SetOne: {
            /**
             * Key
             * @description begins with echo:
             * @example echo:global:state
             */
            key: string;
            /** Lease Id */
            lease_id?: string | null;
            /** Ttl Seconds */
            ttl_seconds?: number | null;
            /** Value */
            value: unknown;
        };
        /**
         * SetRule
         * @description ``POST /access-control``. From then on ``from`` may do only what its rules allow.
         */
        SetRule: {
            /** Allowed Operations */
            allowed_operations: string[];
            /**
             * From
             * @description a component's name, or a beginning followed by *
             * @example echo-git-sync
             * @example global-*
             */
            from: string;
            /** To */
            to: string[];
        };
        /**
         * Settled
         * @description What became of the message: ``scheduled`` or ``ready`` again from ``available_at``, or ``dead``.
         */
        Settled: {
            /** Available At */
            available_at: string | null;
            /** Status */
            status: string;
        };
        /**
         * Standing
         * @description Where a message is in a group.
         */
        Standing: {
            /** Attempts */
            attempts: number;
            /**
             * Available At
             * Format: date-time
             */
            available_at: string;
            /** Consumer */
            consumer: string | null;
            /** Group */
            group: string;
            /** Leased Until */
            leased_until: string | null;
            /** Reason */
            reason: string | null;
            /** State */
            state: string;
        };
        /**
         * Step
         * @description One of both.
         */
        Step: {
            delete?: components["schemas"]["DeleteOne"] | null;
            set?: components["schemas"]["SetOne"] | null;
        };
        /** Terminate */
        Terminate: {
            /** Lease Id */
            lease_id: string;
            /** Message Id */
            message_id: string;
            /** Reason */
            reason?: string | null;
        };
        /**
         * Told
         * @description A broadcast is durable and on its way.
         */
        Told: {
            /** Event */
            event: string;
            /**
             * Status
             * @default broadcast
             */
            status: string;
        };
        /**
         * Transacted
         * @description How each key stands, null for a deleted one.
         */
        Transacted: {
            /** Event */
            event?: string | null;
            /** Message Id */
            message_id?: string | null;
            /**
             * Status
             * @default done
             * @constant
             */
            status: "done";
            /** Values */
            values: {
                [key: string]: components["schemas"]["ValueView"] | null;
            };
        };
        /**
         * Transaction
         * @description ``POST /state/transactions``: all or nothing, with a message and an event if they are given.
         */
        Transaction: {
            event?: components["schemas"]["BroadcastEvent"] | null;
            fence?: components["schemas"]["FenceView"] | null;
            /** If */
            if?: components["schemas"]["Condition"][];
            /** Message */
            message?: {
                [key: string]: unknown;
            } | null;
            /** Then */
            then?: components["schemas"]["Step"][];
        };
        /**
         * Values
         * @description ``next_after`` goes on behind this page; None on the last.
         */
        Values: {
            /** Next After */
            next_after: string | null;
            /** Values */
            values: components["schemas"]["ValueView"][];
        };
        /**
         * ValueView
         * @description A key as it stands: ``text`` as it was set, ``value`` what that says as JSON.
         */
        ValueView: {
            /**
             * Changed At
             * Format: date-time
             */
            changed_at: string;
            /** Changed By */
            changed_by: string;
            /** Expires At */
            expires_at: string | null;
            /** Key */
            key: string;
            /** Text */
            text: string;
            /** Value */
            value: unknown;
            /** Version */
            version: number;
        };
        /**
         * Why
         * @description The answer of ``GET /services/{component_id}/why``, newest change first.
         *
         *     ``spared_until`` is set while the Conductor doubts itself rather than this component.
         */
        Why: {
            /** Changes */
            changes: components["schemas"]["ChangeView"][];
            /** Component Id */
            component_id: string;
            /** Damped Until */
            damped_until: string | null;
            /** Good Beats */
            good_beats: number;
            /**
             * Last Heartbeat
             * Format: date-time
             */
            last_heartbeat: string;
            /** Lease Ends At */
            lease_ends_at: string | null;
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /** Spared Until */
            spared_until: string | null;
            /** State */
            state: string;
            /**
             * Status
             * @enum {string}
             */
            status: "healthy" | "degraded" | "offline";
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
    "access.list_rules": {
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
                    "application/json": components["schemas"]["Rules"];
                };
            };
        };
    };
    "access.set_rule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetRule"];
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
                    "application/json": components["schemas"]["RuleSet"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "access.remove_rule": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rule_id: string;
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
                    "application/json": components["schemas"]["RuleRemoved"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "access.explain": {
        parameters: {
            query: {
                /** @description a component's name, or a beginning followed by * */
                from: string;
                /** @description a request's type, read, write, or a beginning followed by * */
                operation: string;
                /** @description a component's name, or a beginning followed by * */
                to: string;
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
                    "application/json": components["schemas"]["Explained"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "events.broadcast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BroadcastEvent"];
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
                    "application/json": components["schemas"]["Told"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "orchestra.dashboard": {
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
                    "application/json": components["schemas"]["Dashboard"];
                };
            };
        };
    };
    "orchestra.deregister": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Deregister"];
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
                    "application/json": components["schemas"]["Deregistered"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Gone */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "events.events": {
        parameters: {
            query?: {
                after?: string | null;
                event_type?: string | null;
                limit?: number;
                since?: string | null;
                trace?: string | null;
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
                    "application/json": components["schemas"]["Events"];
                };
            };
            /** @description Gone */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "events.subscribe": {
        parameters: {
            query?: {
                after?: string | null;
                event_type?: string | null;
                since?: string | null;
                trace?: string | null;
            };
            header?: {
                "last-event-id"?: string | null;
            };
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
                    "text/event-stream": unknown;
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "orchestra.graces": {
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
                    "application/json": components["schemas"]["Graces"];
                };
            };
        };
    };
    "orchestra.end_grace": {
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
                    "application/json": components["schemas"]["GraceView"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "orchestra.health": {
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
                    "application/json": components["schemas"]["HealthView"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthView"];
                };
            };
        };
    };
    "orchestra.heartbeat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Heartbeat"];
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
                    "application/json": components["schemas"]["harmony__coordination__heartbeats__schemas__Acknowledged"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Gone */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "orchestra.heartbeat_batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Heartbeats"];
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
                    "application/json": components["schemas"]["AcknowledgedMany"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "queue.depths": {
        parameters: {
            query?: {
                component?: string | null;
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
                    "application/json": components["schemas"]["Depths"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "queue.acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Acknowledge"];
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
                    "application/json": components["schemas"]["harmony__coordination__queue__schemas__Acknowledged"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "queue.dead": {
        parameters: {
            query: {
                component: string;
                cursor?: string | null;
                group?: string | null;
                limit?: number;
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
                    "application/json": components["schemas"]["DeadLetters"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "queue.extend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Extend"];
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
                    "application/json": components["schemas"]["Extended"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "queue.create_group": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupOf"];
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
                    "application/json": components["schemas"]["GroupView"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "queue.end_group": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                component: string;
                group: string;
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
                    "application/json": components["schemas"]["GroupGone"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "queue.message": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_id: string;
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
                    "application/json": components["schemas"]["Biography"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "queue.receive": {
        parameters: {
            query: {
                /** @description whose messages */
                component: string;
                /** @description the component_id that works on them */
                consumer?: string | null;
                group?: string;
                lease_seconds?: number | null;
                limit?: number;
                /** @description seconds to wait for a first one */
                wait?: number;
            };
            header?: {
                "sec-fetch-site"?: string | null;
            };
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
                    "application/json": components["schemas"]["ReceivedMessages"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "queue.redrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Redrive"];
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
                    "application/json": components["schemas"]["Redriven"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "queue.reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reject"];
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
                    "application/json": components["schemas"]["Settled"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "queue.send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    delay_seconds?: number | null;
                    deliver_at?: string | null;
                    from: string;
                    idempotency_key?: string | null;
                    /** @default 5 */
                    max_attempts?: number;
                    message_type: string;
                    ordering_key?: string | null;
                    payload?: unknown;
                    /** @default 4 */
                    priority?: number;
                    to: string;
                    ttl_seconds?: number | null;
                };
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
                    "application/json": components["schemas"]["Sent"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "queue.send_batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    messages: {
                        delay_seconds?: number | null;
                        deliver_at?: string | null;
                        from: string;
                        idempotency_key?: string | null;
                        /** @default 5 */
                        max_attempts?: number;
                        message_type: string;
                        ordering_key?: string | null;
                        payload?: unknown;
                        /** @default 4 */
                        priority?: number;
                        to: string;
                        ttl_seconds?: number | null;
                    }[];
                };
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
                    "application/json": components["schemas"]["SentMany"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "queue.terminate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Terminate"];
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
                    "application/json": components["schemas"]["Settled"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "orchestra.register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterComponent"];
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
                    "application/json": components["schemas"]["Registered"] | components["schemas"]["Agreed"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "requests.request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendRequest"];
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
                    "application/json": components["schemas"]["Answered"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Bad Gateway */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Gateway Timeout */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Loop Detected */
            508: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "orchestra.services": {
        parameters: {
            query?: {
                capability?: string | null;
                component?: string | null;
                index?: number | null;
                namespace?: string | null;
                revision?: number | null;
                status?: ("healthy" | "degraded" | "offline") | null;
                version?: string | null;
                wait?: number;
                zone?: string | null;
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
                    "application/json": components["schemas"]["Services"];
                };
            };
            /** @description Gone */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "orchestra.service": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                component_id: string;
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
                    "application/json": components["schemas"]["Service"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Gone */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "orchestra.commands": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                component_id: string;
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
                    "application/json": components["schemas"]["Commands"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Gone */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "orchestra.command": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                component_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IssueCommand"];
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
                    "application/json": components["schemas"]["CommandView"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Gone */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "orchestra.drain": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                component_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Drain"];
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
                    "application/json": components["schemas"]["Service"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Gone */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "orchestra.why": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                component_id: string;
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
                    "application/json": components["schemas"]["Why"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Gone */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "state.list_keys": {
        parameters: {
            query?: {
                /** @description how keys begin */
                after?: string;
                limit?: number;
                /** @description how keys begin */
                prefix?: string;
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
                    "application/json": components["schemas"]["Values"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "state.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description begins with echo: */
                key: string;
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
                    "application/json": components["schemas"]["ValueView"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "state.put": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description begins with echo: */
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetKey"];
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
                    "application/json": components["schemas"]["ValueView"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "state.delete": {
        parameters: {
            query?: {
                if_version?: number | null;
            };
            header?: never;
            path: {
                /** @description begins with echo: */
                key: string;
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
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "state.history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description begins with echo: */
                key: string;
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
                    "application/json": components["schemas"]["History"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "state.grant_lease": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GrantLease"];
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
                    "application/json": components["schemas"]["LeaseView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "state.end_lease": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                lease_id: string;
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
                    "application/json": components["schemas"]["LeaseEnded"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "state.renew_lease": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                lease_id: string;
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
                    "application/json": components["schemas"]["LeaseView"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "state.find_lock": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
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
                    "application/json": components["schemas"]["LockView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "state.acquire": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Acquire"];
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
                    "application/json": components["schemas"]["LockView"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "state.release": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Release"];
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
                    "application/json": components["schemas"]["LockView"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "state.renew_lock": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Renew"];
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
                    "application/json": components["schemas"]["LockView"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "state.watch": {
        parameters: {
            query?: {
                after?: string | null;
                /** @description how keys begin */
                prefix?: string;
            };
            header?: {
                "last-event-id"?: string | null;
            };
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
                    "text/event-stream": unknown;
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "state.transact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Transaction"];
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
                    "application/json": components["schemas"]["Transacted"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
