// Generated from docs/reference/openapi/global-cortex.json by `npm run types`; do not edit.
export interface paths {
    "/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Alerts
         * @description Alerts of these states, newest first; without a state, those that fire or are about to.
         */
        get: operations["alerts.list_alerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts/configure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Configure
         * @description Set up an alert, or change the one of that name. A channel that is not configured is accepted with a warning.
         */
        post: operations["alerts.configure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Dry Run
         * @description What an alert would have done over the samples that are kept; nothing is told.
         */
        post: operations["alerts.dry_run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rules
         * @description The alerts that are configured, the built-in ones among them.
         */
        get: operations["alerts.rules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts/rules/{alert_name}": {
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
         * Remove
         * @description Take an alert away; what of it fires is ended.
         */
        delete: operations["alerts.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts/silences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Silences
         * @description The silences that stand or will begin.
         */
        get: operations["alerts.silences"];
        put?: never;
        /**
         * Silence
         * @description Tell nothing of what matches for a while. Whoever was told of an alert is still told of its end.
         */
        post: operations["alerts.silence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts/silences/{silence_id}": {
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
         * End Silence
         * @description Tell again.
         */
        delete: operations["alerts.end_silence"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Channels
         * @description The channels that are set up, without their secrets, and how their deliveries stand.
         */
        get: operations["channels.list_channels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set Channel
         * @description Set a channel up: mail, Slack or any web hook. Its secrets are never shown again.
         */
        put: operations["channels.set_channel"];
        post?: never;
        /**
         * Remove Channel
         * @description Take a channel away.
         */
        delete: operations["channels.remove_channel"];
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
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics
         * @description Every component's metrics: the last ones, or over a range. With Accept text/plain, as Prometheus text.
         */
        get: operations["metrics.metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics/{component_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Component Metrics
         * @description One component's metrics: the last ones, or over a range.
         */
        get: operations["metrics.component_metrics"];
        put?: never;
        /**
         * Post
         * @description Samples between two beats, or with labels. All are taken or none; they count from now.
         */
        post: operations["metrics.post"];
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
        /** Accepted */
        Accepted: {
            /** Samples */
            samples: number;
            /**
             * Status
             * @default accepted
             */
            status: string;
        };
        /**
         * Alerts
         * @description Newest first; ``next_cursor`` is the ``before`` of the next page.
         */
        Alerts: {
            /** Alerts */
            alerts: components["schemas"]["AlertView"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * AlertView
         * @description One alert. ``told_at``: a message with it went out; null while it is silenced, muted or goes without saying.
         */
        AlertView: {
            /** Alert Id */
            alert_id: string;
            /** Alert Name */
            alert_name: string;
            /** Component Id */
            component_id: string;
            /** End Told At */
            end_told_at: string | null;
            /** Ended At */
            ended_at: string | null;
            /** Fired At */
            fired_at: string | null;
            /** Labels */
            labels: {
                [key: string]: string;
            };
            /** Severity */
            severity: string;
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /**
             * State
             * @enum {string}
             */
            state: "pending" | "firing" | "resolved" | "cancelled";
            /** Summary */
            summary: string;
            /** Told At */
            told_at: string | null;
            /** Value */
            value: number | null;
        };
        /** Channels */
        Channels: {
            /** Channels */
            channels: components["schemas"]["ChannelView"][];
        };
        /** ChannelSetUp */
        ChannelSetUp: {
            /** Name */
            name: string;
            /**
             * Status
             * @default configured
             */
            status: string;
        };
        /** ChannelTakenAway */
        ChannelTakenAway: {
            /** Name */
            name: string;
            /**
             * Status
             * @default removed
             */
            status: string;
        };
        /**
         * ChannelView
         * @description A channel without its secrets: of a web hook only the host is shown. ``held_until``: it asked to be left in
         *     peace.
         */
        ChannelView: {
            /** Failed */
            failed: number;
            /** Held Until */
            held_until: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "email" | "slack" | "webhook";
            /** Last Reason */
            last_reason: string | null;
            /** Name */
            name: string;
            /** Settings */
            settings: {
                [key: string]: unknown;
            };
            /** Waiting */
            waiting: number;
        };
        /**
         * ComponentMetrics
         * @description What a component measures of itself: the last value of each name, and of each labelled series.
         *
         *     ``dropped_samples`` counts what was not taken because there was too much of it.
         */
        ComponentMetrics: {
            /** Component */
            component: string;
            /** Component Id */
            component_id: string;
            /** Dropped Samples */
            dropped_samples: number;
            /**
             * Last Sample
             * Format: date-time
             */
            last_sample: string;
            /** Metrics */
            metrics: {
                [key: string]: number;
            };
            /** Series */
            series: components["schemas"]["LabelledView"][];
        };
        /**
         * Configure
         * @description ``POST /alerts/configure``. The first four are as printed.
         *
         *     ``for``: how long the condition must hold. ``keep_firing_for``: how long the alert goes on once it does not.
         *     ``by``: labels that tell alerts of one component apart. ``group_by``: alerts that agree in them are told in one
         *     message, at most one each ``group_interval``. ``repeat``: tell again while it fires; with the condition ``true``
         *     that is a dead-man's switch. ``condition`` may be left out for a built-in alert only.
         */
        Configure: {
            /** Alert Name */
            alert_name: string;
            /** By */
            by?: string[];
            /** Components */
            components?: string[];
            /** Condition */
            condition?: string | null;
            /**
             * Enabled
             * @default true
             */
            enabled: boolean;
            /**
             * For
             * @description seconds, or with a unit: "30s", "5m", "1h", "1d"
             * @default 0
             */
            for: number;
            /**
             * Group By
             * @default [
             *       "alert_name"
             *     ]
             */
            group_by: string[];
            /**
             * Group Interval
             * @description seconds, or with a unit: "30s", "5m", "1h", "1d"
             * @default 30
             */
            group_interval: number;
            /**
             * Keep Firing For
             * @description seconds, or with a unit: "30s", "5m", "1h", "1d"
             * @default 0
             */
            keep_firing_for: number;
            /** Labels */
            labels?: {
                [key: string]: string;
            };
            /** Mute Times */
            mute_times?: components["schemas"]["MuteTimeView"][];
            /** Notification Channels */
            notification_channels?: string[];
            /** Repeat */
            repeat?: number | null;
            /**
             * Severity
             * @default warning
             * @enum {string}
             */
            severity: "info" | "warning" | "critical";
            /** Summary */
            summary?: string | null;
        };
        /**
         * Configured
         * @description The answer of ``POST /alerts/configure``; ``warnings`` say what is accepted and yet will not work as it is.
         */
        Configured: {
            alert: components["schemas"]["RuleView"];
            /** Alert Name */
            alert_name: string;
            /**
             * Status
             * @default configured
             * @constant
             */
            status: "configured";
            /** Warnings */
            warnings: string[];
        };
        /**
         * DryRun
         * @description ``POST /alerts/dry-run``: an alert as for ``/alerts/configure``, and the time to rehearse it over.
         */
        DryRun: {
            alert: components["schemas"]["Configure"];
            /** End */
            end?: string | null;
            /**
             * Start
             * Format: date-time
             * @description ISO 8601; UTC without a zone
             */
            start: string;
            /**
             * Step Seconds
             * @default 5
             */
            step_seconds: number;
        };
        /**
         * EmailChannel
         * @description Mail by SMTP. ``security`` none is for loopback only.
         */
        EmailChannel: {
            /** Host */
            host: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "email";
            /** Password */
            password?: string | null;
            /**
             * Port
             * @default 587
             */
            port: number;
            /**
             * Security
             * @default starttls
             * @enum {string}
             */
            security: "starttls" | "tls" | "none";
            /** Sender */
            sender: string;
            /** To */
            to: string[];
            /** Username */
            username?: string | null;
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
        /**
         * LabelledView
         * @description The last value of a series that has labels.
         */
        LabelledView: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Labels */
            labels: {
                [key: string]: string;
            };
            /** Metric */
            metric: string;
            /** Value */
            value: number;
        };
        /**
         * MakeSilence
         * @description ``POST /alerts/silences``. ``matchers``: labels and their values, ``*`` at the end for any rest; such as
         *     ``{"alert_name": "high-error-rate", "component": "sherlock-*"}``.
         */
        MakeSilence: {
            /** Duration */
            duration?: number | null;
            /** Ends At */
            ends_at?: string | null;
            /** Matchers */
            matchers: {
                [key: string]: string;
            };
            /** Reason */
            reason: string;
            /** Starts At */
            starts_at?: string | null;
        };
        /**
         * Metrics
         * @description The answer of ``GET /metrics``: how things are now.
         */
        Metrics: {
            /** Components */
            components: components["schemas"]["ComponentMetrics"][];
            /**
             * Timestamp
             * Format: date-time
             */
            timestamp: string;
        };
        /**
         * MetricsOverTime
         * @description The answer to a range. ``step_seconds`` is the one that was used; ``resolution_seconds`` 0: raw samples.
         *
         *     ``truncated``: there are more series; ask for one component or one ``metric``.
         */
        MetricsOverTime: {
            /**
             * End
             * Format: date-time
             */
            end: string;
            /**
             * Function
             * @enum {string}
             */
            function: "avg" | "min" | "max" | "last" | "rate" | "increase" | "p50" | "p90" | "p95" | "p99";
            /** Resolution Seconds */
            resolution_seconds: number;
            /** Series */
            series: components["schemas"]["SeriesView"][];
            /**
             * Start
             * Format: date-time
             */
            start: string;
            /** Step Seconds */
            step_seconds: number;
            /** Truncated */
            truncated: boolean;
        };
        /**
         * MuteTimeView
         * @description On these days from one time of day to another (over midnight if that is earlier), in a time zone.
         */
        MuteTimeView: {
            /**
             * Begins
             * Format: time
             */
            begins: string;
            /** Days */
            days: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[];
            /**
             * Ends
             * Format: time
             */
            ends: string;
            /**
             * Zone
             * @default UTC
             */
            zone: string;
        };
        /**
         * PointView
         * @description ``timestamp`` is where the step begins.
         */
        PointView: {
            /**
             * Timestamp
             * Format: date-time
             */
            timestamp: string;
            /** Value */
            value: number;
        };
        /**
         * PostedSample
         * @description One number under a name, told apart by labels.
         */
        PostedSample: {
            /** Labels */
            labels?: {
                [key: string]: string;
            };
            /** Name */
            name: string;
            /** Value */
            value: number;
        };
        /**
         * PostSamples
         * @description ``POST /metrics/{component_id}``: samples that count from their receipt.
         */
        PostSamples: {
            /** Samples */
            samples: components["schemas"]["PostedSample"][];
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
         * Rehearsed
         * @description What would have fired. ``truncated``: there was more than a dry run looks at.
         */
        Rehearsed: {
            /** Alerts */
            alerts: components["schemas"]["AlertView"][];
            /** Looks */
            looks: number;
            /** Samples */
            samples: number;
            /** Truncated */
            truncated: boolean;
        };
        /** Removed */
        Removed: {
            /** Alert Name */
            alert_name: string;
            /**
             * Status
             * @default removed
             * @constant
             */
            status: "removed";
        };
        /** Rules */
        Rules: {
            /** Alerts */
            alerts: components["schemas"]["RuleView"][];
        };
        /**
         * RuleView
         * @description An alert as it is configured; durations in seconds.
         */
        RuleView: {
            /** Alert Name */
            alert_name: string;
            /** Built In */
            built_in: boolean;
            /** By */
            by: string[];
            /** Components */
            components: string[];
            /** Condition */
            condition: string;
            /** Enabled */
            enabled: boolean;
            /** For */
            for: number;
            /** Group By */
            group_by: string[];
            /** Group Interval */
            group_interval: number;
            /** Keep Firing For */
            keep_firing_for: number;
            /** Labels */
            labels: {
                [key: string]: string;
            };
            /** Mute Times */
            mute_times: components["schemas"]["MuteTimeView"][];
            /** Notification Channels */
            notification_channels: string[];
            /** Repeat */
            repeat: number | null;
            /**
             * Severity
             * @enum {string}
             */
            severity: "info" | "warning" | "critical";
            /** Summary */
            summary: string | null;
            /** Version */
            version: number;
        };
        /** SeriesView */
        SeriesView: {
            /** Component */
            component: string;
            /** Component Id */
            component_id: string;
            /** Labels */
            labels: {
                [key: string]: string;
            };
            /** Metric */
            metric: string;
            /** Points */
            points: components["schemas"]["PointView"][];
        };
        /** SilenceOver */
        SilenceOver: {
            /** Silence Id */
            silence_id: string;
            /**
             * Status
             * @default ended
             * @constant
             */
            status: "ended";
        };
        /** Silences */
        Silences: {
            /** Silences */
            silences: components["schemas"]["SilenceView"][];
        };
        /** SilenceView */
        SilenceView: {
            /** Created By */
            created_by: string;
            /**
             * Ends At
             * Format: date-time
             */
            ends_at: string;
            /** Matchers */
            matchers: {
                [key: string]: string;
            };
            /** Reason */
            reason: string;
            /** Silence Id */
            silence_id: string;
            /**
             * Starts At
             * Format: date-time
             */
            starts_at: string;
        };
        /**
         * SlackChannel
         * @description An incoming web hook of Slack, or of what speaks as Slack does.
         */
        SlackChannel: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "slack";
            /**
             * Url
             * Format: password
             */
            url: string;
        };
        /**
         * WebhookChannel
         * @description Any web hook: the notification as JSON, signed with HMAC-SHA256 where a ``secret`` is agreed.
         */
        WebhookChannel: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "webhook";
            /** Secret */
            secret?: string | null;
            /**
             * Url
             * Format: password
             */
            url: string;
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
    "alerts.list_alerts": {
        parameters: {
            query?: {
                alert_name?: string | null;
                before?: string | null;
                state?: ("pending" | "firing" | "resolved" | "cancelled")[] | null;
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
                    "application/json": components["schemas"]["Alerts"];
                };
            };
        };
    };
    "alerts.configure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Configure"];
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
                    "application/json": components["schemas"]["Configured"];
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
    "alerts.dry_run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DryRun"];
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
                    "application/json": components["schemas"]["Rehearsed"];
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
    "alerts.rules": {
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
    "alerts.remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alert_name: string;
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
                    "application/json": components["schemas"]["Removed"];
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
        };
    };
    "alerts.silences": {
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
                    "application/json": components["schemas"]["Silences"];
                };
            };
        };
    };
    "alerts.silence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MakeSilence"];
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
                    "application/json": components["schemas"]["SilenceView"];
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
    "alerts.end_silence": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                silence_id: string;
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
                    "application/json": components["schemas"]["SilenceOver"];
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
    "channels.list_channels": {
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
                    "application/json": components["schemas"]["Channels"];
                };
            };
        };
    };
    "channels.set_channel": {
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
                "application/json": components["schemas"]["EmailChannel"] | components["schemas"]["SlackChannel"] | components["schemas"]["WebhookChannel"];
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
                    "application/json": components["schemas"]["ChannelSetUp"];
                };
            };
        };
    };
    "channels.remove_channel": {
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
                    "application/json": components["schemas"]["ChannelTakenAway"];
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
    "metrics.metrics": {
        parameters: {
            query?: {
                end?: string | null;
                function?: "avg" | "min" | "max" | "last" | "rate" | "increase" | "p50" | "p90" | "p95" | "p99";
                metric?: string | null;
                start?: string | null;
                step?: number | null;
            };
            header?: {
                accept?: string | null;
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
                    "application/json": components["schemas"]["Metrics"] | components["schemas"]["MetricsOverTime"];
                    "application/openmetrics-text": unknown;
                    "text/plain": string;
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
    "metrics.component_metrics": {
        parameters: {
            query?: {
                end?: string | null;
                function?: "avg" | "min" | "max" | "last" | "rate" | "increase" | "p50" | "p90" | "p95" | "p99";
                metric?: string | null;
                start?: string | null;
                step?: number | null;
            };
            header?: {
                accept?: string | null;
            };
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
                    "application/json": components["schemas"]["ComponentMetrics"] | components["schemas"]["MetricsOverTime"];
                    "application/openmetrics-text": unknown;
                    "text/plain": string;
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
    "metrics.post": {
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
                "application/json": components["schemas"]["PostSamples"];
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
                    "application/json": components["schemas"]["Accepted"];
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
