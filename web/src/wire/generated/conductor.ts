// Generated from docs/reference/openapi/conductor.json by `npm run types`; do not edit.
export interface paths {
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
         * @description Join the orchestra. The same component, host and port is always given the same id.
         */
        post: operations["orchestra.register"];
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Acknowledged
         * @description The answer of ``POST /heartbeat``; ``commands`` has none to give yet.
         */
        Acknowledged: {
            /** Commands */
            commands?: {
                [key: string]: unknown;
            }[];
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
         * @description The answer of ``GET /dashboard``.
         */
        Dashboard: {
            /** Components */
            components: components["schemas"]["ComponentLine"][];
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
         * @description ``POST /heartbeat``. Fields that are not known are ignored.
         *
         *     ``timestamp`` must be one but decides nothing: what counts is when the beat arrives. ``status`` is the component's
         *     own word: ``healthy``, or any other, which is kept and shows the component as degraded.
         */
        Heartbeat: {
            /**
             * Component Id
             * @example sherlock-hub-001
             */
            component_id: string;
            /** Metrics */
            metrics?: {
                [key: string]: number;
            } | null;
            /**
             * Status
             * @default healthy
             */
            status: string;
            /** Timestamp */
            timestamp?: string | null;
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
         * RegisterComponent
         * @description ``POST /register``. ``host`` is the caller's address when it is left out; port 0 listens nowhere.
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
            /** Port */
            port: number;
            /** Version */
            version: string;
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
        };
        /**
         * Services
         * @description The answer of ``GET /services``.
         */
        Services: {
            /** Services */
            services: components["schemas"]["Service"][];
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
                    "application/json": components["schemas"]["Registered"];
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
    "orchestra.services": {
        parameters: {
            query?: {
                capability?: string | null;
                component?: string | null;
                status?: ("healthy" | "degraded" | "offline") | null;
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
}
