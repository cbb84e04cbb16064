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
         * @description What happened after a position, oldest first.
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
         * @description Follow what happens, from now on or from a position; ``Last-Event-ID`` goes before ``after``.
         *
         *     A position that cannot be continued is answered by a ``reset`` event: read the resource again and go on from it.
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Acknowledged
         * @description The answer of ``POST /heartbeat``.
         */
        Acknowledged: {
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
                    "application/json": components["schemas"]["Acknowledged"];
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
}
