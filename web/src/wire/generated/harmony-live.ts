// Generated from docs/reference/openapi/harmony-live.json by `npm run types`; do not edit.
export interface paths {
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
    "/mcp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** MCP: classifyIssue, detectProblem, extractContext, reportActivity */
        post: operations["mcp.mcp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rpc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** JSON-RPC 2.0: classifyIssue, detectProblem, extractContext, findExperts, reportActivity */
        post: operations["rpc.rpc"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report Activity
         * @description Events of an editor or of an agent's run: whether it goes in circles, and what to do. May be sent again.
         */
        post: operations["detection.report_activity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/activity/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Runs
         * @description Your watched runs, the one that spoke last first.
         */
        get: operations["detection.list_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/activity/runs/{watchedRunId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read Run */
        get: operations["detection.read_run"];
        put?: never;
        post?: never;
        /**
         * Forget Run
         * @description Forget what is kept of a run. Its alarms stay.
         */
        delete: operations["detection.forget_run"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ci/hooks/{sourceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive Hook
         * @description A web hook of a CI service. Nothing is parsed or stored before its signature holds.
         */
        post: operations["pipelines.receive_hook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ci/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Sources */
        get: operations["pipelines.list_sources"];
        put?: never;
        /**
         * Add Source
         * @description Let a CI service send web hooks about your pipelines. Its secret is shown this once.
         */
        post: operations["pipelines.add_source"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ci/sources/{sourceId}": {
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
         * Remove Source
         * @description Take the leave back and forget what was delivered. Alarms stay.
         */
        delete: operations["pipelines.remove_source"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ci/sources/{sourceId}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Renew Secret
         * @description A new secret, shown this once; the one before is refused from now on.
         */
        post: operations["pipelines.renew_secret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/detect-problem": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Detect Problem */
        post: operations["problems.detect_problem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/detection/alarms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Alarms
         * @description What was noticed about you, told or not, newest first.
         */
        get: operations["detection.list_alarms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/detection/alarms/{alarmId}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer Alarm
         * @description Say whether an alarm was right. "wrong" halves the alarms that you get; "right" takes one halving back.
         */
        post: operations["detection.answer_alarm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/detection/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read Settings */
        get: operations["detection.read_settings"];
        /**
         * Choose Settings
         * @description How you want to be watched over. Another privacy level begins every watched run anew.
         */
        put: operations["detection.choose_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/path": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Get Path */
        post: operations["environments.get_path"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/quirks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Quirks */
        get: operations["environments.list_quirks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/environments/translate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Translate */
        post: operations["environments.translate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Experts */
        get: operations["experts.list_experts"];
        put?: never;
        /** Register */
        post: operations["experts.register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experts/{expertId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read Expert */
        get: operations["experts.read_expert"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge-base/articles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Articles */
        get: operations["knowledge.list_articles"];
        put?: never;
        /** Write Article */
        post: operations["knowledge.write_article"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge-base/articles/{articleId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read Article */
        get: operations["knowledge.read_article"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge-base/articles/{articleId}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve */
        post: operations["knowledge.approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge-base/articles/{articleId}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Archive */
        post: operations["knowledge.archive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge-base/articles/{articleId}/consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Consent */
        post: operations["knowledge.consent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge-base/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Search */
        post: operations["knowledge.search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge-base/spaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Spaces */
        get: operations["knowledge.list_spaces"];
        put?: never;
        /** Create Space */
        post: operations["knowledge.create_space"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge-base/spaces/{spaceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read Space */
        get: operations["knowledge.read_space"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge-base/spaces/{spaceId}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add Member */
        post: operations["knowledge.add_member"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Notifications
         * @description The caller's notifications, newest first.
         */
        get: operations["notifications.list_notifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/{notificationId}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark Read
         * @description Mark one as read.
         */
        post: operations["notifications.mark_read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Offers */
        get: operations["matching.list_offers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/offers/{offerId}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept Offer
         * @description Opens the session.
         */
        post: operations["sessions.accept_offer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/offers/{offerId}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decline Offer */
        post: operations["matching.decline_offer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview
         * @description What a report of this log would hide and come to. Nothing is stored, nothing is told to anybody.
         */
        post: operations["problems.preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/problem-lessons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Lessons
         * @description What the kept failures of everybody teach, the newest first; `harmony learn --from-here` reads it.
         */
        get: operations["problems.list_lessons"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/problems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Problems */
        get: operations["problems.list_problems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/problems/{contextId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read Problem */
        get: operations["problems.read_problem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/problems/{contextId}/classification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read Classification */
        get: operations["problems.read_classification"];
        /**
         * Correct Classification
         * @description Give a failure its class: by its owner or who was asked to help. The same again changes nothing.
         */
        put: operations["problems.correct_classification"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/problems/fingerprints/{fingerprint}/similar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Similar Fingerprints
         * @description Your failures most like this one, and why each is or is not grouped with it.
         */
        get: operations["problems.similar_fingerprints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/problems/fingerprints/groupings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Groupings */
        get: operations["problems.list_groupings"];
        put?: never;
        /**
         * Decide Grouping
         * @description Say that two of your fingerprints are one failure, or that they are not.
         */
        post: operations["problems.decide_grouping"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/problems/fingerprints/groupings/{groupingId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Undo Grouping */
        delete: operations["problems.undo_grouping"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Requests */
        get: operations["matching.list_requests"];
        put?: never;
        /** Open Request */
        post: operations["matching.open_request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/requests/{requestId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read Request */
        get: operations["matching.read_request"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/requests/{requestId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel Request */
        post: operations["matching.cancel_request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/requests/{requestId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow Story
         * @description Server-sent events; ``Last-Event-ID`` goes on after a lost connection. Ends when the server closes.
         */
        get: operations["matching.follow_story"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/requests/{requestId}/matches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read Matches */
        get: operations["matching.read_matches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/requests/{requestId}/offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make Offer */
        post: operations["matching.make_offer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/requests/{requestId}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read Story */
        get: operations["matching.read_story"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Sessions */
        get: operations["sessions.list_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read Session */
        get: operations["sessions.read_session"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/abandon": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Abandon */
        post: operations["sessions.abandon"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/contribution": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read Contribution */
        get: operations["rewards.read_contribution"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Messages */
        get: operations["sessions.list_messages"];
        put?: never;
        /** Say */
        post: operations["sessions.say"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Resolve */
        post: operations["sessions.resolve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Share */
        post: operations["sessions.share"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/shares/{shareId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read Share */
        get: operations["sessions.read_share"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/shares/{shareId}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke */
        post: operations["sessions.revoke"];
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
        /** ActivityData */
        ActivityData: {
            /**
             * @default {
             *       "language": "",
             *       "os": "",
             *       "recentCodeChanges": false,
             *       "runtime": ""
             *     }
             */
            environmentContext: components["schemas"]["EnvironmentContext"];
            /**
             * Recenterrors
             * @default []
             */
            recentErrors: components["schemas"]["RecentError"][];
            /**
             * @default {
             *       "documentationChecks": 0,
             *       "rapidEdits": false,
             *       "repeatedAttempts": false
             *     }
             */
            userFrustrationSignals: components["schemas"]["FrustrationSignals"];
        };
        /**
         * ActivityView
         * @description What the events come to. ``alarmAt``: the event with which the run was stuck for the first time.
         */
        ActivityView: {
            /** Accepted */
            accepted: number;
            /** Actions */
            actions: components["schemas"]["NextStep"][];
            /** Alarmat */
            alarmAt: number | null;
            /** Alarmid */
            alarmId: string | null;
            /** Alarmstate */
            alarmState: string | null;
            /** Confidencescore */
            confidenceScore: number | null;
            /** Contextid */
            contextId: string | null;
            /** Events */
            events: number;
            /** Evidence */
            evidence: components["schemas"]["LineView"][];
            /** Hints */
            hints: string[];
            /** Kind */
            kind: string | null;
            /** Knownsolutions */
            knownSolutions: components["schemas"]["KnownSolutionView"][];
            /** Nudge */
            nudge: boolean;
            /** Obstacle */
            obstacle: string;
            /** Repeated */
            repeated: number;
            /** Rounds */
            rounds: number;
            /** Runid */
            runId: string;
            /** Score */
            score: number;
            /** Stuck */
            stuck: boolean;
            /**
             * Suggestedaction
             * @enum {string}
             */
            suggestedAction: "none" | "nudge" | "known_solution" | "expert_assistance";
            /** Surmountable */
            surmountable: boolean;
            /** Watchedrunid */
            watchedRunId: string;
        };
        /** AddMember */
        AddMember: {
            /** Userid */
            userId: string;
        };
        /**
         * AddSource
         * @description ``name`` is for you, such as the repository.
         */
        AddSource: {
            /** Name */
            name: string;
            /**
             * Provider
             * @enum {string}
             */
            provider: "github" | "gitlab";
        };
        /** AgentSource */
        AgentSource: {
            /** Events */
            events: components["schemas"]["RunEvent"][];
            /**
             * Runid
             * @description your name for the run
             */
            runId: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            source: "agent";
        };
        /** AlarmList */
        AlarmList: {
            /** Items */
            items: components["schemas"]["AlarmView"][];
            /** Nextcursor */
            nextCursor: string | null;
        };
        /** AlarmView */
        AlarmView: {
            /** Alarmid */
            alarmId: string;
            /** Answer */
            answer: ("right" | "wrong") | null;
            /** Confidencescore */
            confidenceScore: number;
            /** Contextid */
            contextId: string | null;
            /** Evidence */
            evidence: components["schemas"]["LineView"][];
            /** Kind */
            kind: string;
            /** Obstacle */
            obstacle: string;
            /**
             * Raisedat
             * Format: date-time
             */
            raisedAt: string;
            /** Rounds */
            rounds: number;
            /** Said */
            said: string;
            /** Source */
            source: string;
            /** State */
            state: string;
            /** Subject */
            subject: string;
            /**
             * Suggestedaction
             * @enum {string}
             */
            suggestedAction: "none" | "nudge" | "known_solution" | "expert_assistance";
            /** Surmountable */
            surmountable: boolean;
            /** Toldat */
            toldAt: string | null;
        };
        /** AnswerAlarm */
        AnswerAlarm: {
            /**
             * Answer
             * @description "right", or "wrong": this was no problem
             * @enum {string}
             */
            answer: "right" | "wrong";
        };
        /** ArticleEnvironment */
        ArticleEnvironment: {
            /**
             * Os
             * @default
             */
            os: string;
            /**
             * Previousenvironment
             * @default
             */
            previousEnvironment: string;
            /**
             * Runtime
             * @default
             */
            runtime: string;
        };
        /** ArticleItem */
        ArticleItem: {
            /** Articleid */
            articleId: string;
            /** Authorid */
            authorId: string;
            /** Categories */
            categories: string[];
            /**
             * Createdat
             * Format: date-time
             */
            createdAt: string;
            /** Spaceid */
            spaceId: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "draft" | "approved" | "archived";
            /** Title */
            title: string;
            /**
             * Updatedat
             * Format: date-time
             */
            updatedAt: string;
            /** Version */
            version: number;
        };
        /** ArticleList */
        ArticleList: {
            /** Items */
            items: components["schemas"]["ArticleItem"][];
            /** Nextcursor */
            nextCursor: string | null;
        };
        /**
         * ArticleView
         * @description ``document`` is the article as Markdown with front matter.
         */
        ArticleView: {
            /** Approvedat */
            approvedAt: string | null;
            /** Approvedby */
            approvedBy: string | null;
            /** Articleid */
            articleId: string;
            /** Authorid */
            authorId: string;
            /** Categories */
            categories: string[];
            /** Cause */
            cause: string;
            /** Code */
            code: string;
            /** Consents */
            consents: string[];
            /**
             * Createdat
             * Format: date-time
             */
            createdAt: string;
            /** Document */
            document: string;
            /** Effectiveness */
            effectiveness: number | null;
            /** Environment */
            environment: {
                [key: string]: string;
            };
            /** Fingerprint */
            fingerprint: string | null;
            /** Languages */
            languages: string[];
            /** Parties */
            parties: string[];
            /** Platforms */
            platforms: string[];
            /** Problem */
            problem: string;
            /** Requestid */
            requestId: string | null;
            /** Sessionid */
            sessionId: string | null;
            /** Spaceid */
            spaceId: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "draft" | "approved" | "archived";
            /** Steps */
            steps: string[];
            /** Title */
            title: string;
            /**
             * Updatedat
             * Format: date-time
             */
            updatedAt: string;
            /** Verification */
            verification: string;
            /** Version */
            version: number;
        };
        /** AvailabilityEntry */
        AvailabilityEntry: {
            /**
             * Donotdisturb
             * @default []
             */
            doNotDisturb: components["schemas"]["DoNotDisturb"][];
            /** Maxweeklyhours */
            maxWeeklyHours?: number | null;
            /**
             * Schedule
             * @default []
             */
            schedule: components["schemas"]["ScheduleEntry"][];
            /**
             * Timezone
             * @default UTC
             */
            timezone: string;
        };
        /**
         * ChooseSettings
         * @description The words of the specification's help preferences (section 3.2). What is left out takes its default.
         */
        ChooseSettings: {
            /**
             * Alarmsaday
             * @description the most alarms in any 24 hours that you did not confirm
             * @default 3
             */
            alarmsADay: number;
            /**
             * Assistancemode
             * @default Proactive
             * @enum {string}
             */
            assistanceMode: "Proactive" | "On-demand" | "Scheduled";
            /**
             * Digesthour
             * @description in the mode Scheduled
             * @default 9
             */
            digestHour: number;
            /**
             * Privacylevel
             * @default Standard
             * @enum {string}
             */
            privacyLevel: "High" | "Standard" | "Open";
            /**
             * Timezone
             * @default UTC
             */
            timezone: string;
        };
        /** ClassGiven */
        ClassGiven: {
            /** Category */
            category: string;
            /**
             * Correctedat
             * Format: date-time
             */
            correctedAt: string;
            /** Correctedby */
            correctedBy: string;
            /** Reason */
            reason: string;
            /** Subcategory */
            subcategory: string;
        };
        /** ClassificationView */
        ClassificationView: {
            /** Category */
            category: string;
            /**
             * Complexity
             * @enum {string}
             */
            complexity: "low" | "medium" | "high";
            /** Subcategory */
            subcategory: string;
            /**
             * Urgency
             * @enum {string}
             */
            urgency: "low" | "medium" | "high";
        };
        /**
         * ClassOfProblem
         * @description What was read, and what a person said since; ``corrected`` is null where nobody did.
         */
        ClassOfProblem: {
            /** Category */
            category: string;
            /** Contextid */
            contextId: string;
            corrected: components["schemas"]["ClassGiven"] | null;
            /** Subcategory */
            subcategory: string;
        };
        /** CommunicationPreferences */
        CommunicationPreferences: {
            /**
             * Preferredchannels
             * @default []
             */
            preferredChannels: string[];
            /**
             * Responsetimeexpectation
             * @default
             */
            responseTimeExpectation: string;
        };
        /**
         * ContributionView
         * @description Tokens and points are decimals; factors are 1 for neutral. ``formula`` is the version in ``formulas.toml``.
         */
        ContributionView: {
            /** Asset */
            asset: string;
            /** Base */
            base: string;
            /** Capped */
            capped: boolean;
            /**
             * Complexity
             * @enum {string}
             */
            complexity: "low" | "medium" | "high";
            /** Contributionid */
            contributionId: string;
            /** Distributedat */
            distributedAt: string | null;
            /** Expertid */
            expertId: string;
            /** Formula */
            formula: number;
            /** Qualityfactor */
            qualityFactor: number;
            /** Rating */
            rating: number | null;
            /** Reputationpoints */
            reputationPoints: string;
            /** Responsefactor */
            responseFactor: number;
            /** Score */
            score: number;
            /** Sessionid */
            sessionId: string;
            /** Shares */
            shares: {
                [key: string]: string;
            };
            /**
             * State
             * @enum {string}
             */
            state: "valued" | "distributed";
            /** Value */
            value: string;
            /**
             * Valuedat
             * Format: date-time
             */
            valuedAt: string;
        };
        /**
         * CorrectClass
         * @description A class of the taxonomy; ``unknown`` with ``unclassified`` says that none fits.
         */
        CorrectClass: {
            /** Category */
            category: string;
            /**
             * Reason
             * @default
             */
            reason: string;
            /** Subcategory */
            subcategory: string;
        };
        /** CreateSpace */
        CreateSpace: {
            /** Name */
            name: string;
            /**
             * Visibility
             * @default private
             * @enum {string}
             */
            visibility: "public" | "private";
        };
        /**
         * DecideGrouping
         * @description ``one`` and ``other`` are fingerprints of failures that the caller reported.
         */
        DecideGrouping: {
            /** One */
            one: string;
            /** Other */
            other: string;
            /**
             * Reason
             * @default
             */
            reason: string;
            /**
             * Verdict
             * @enum {string}
             */
            verdict: "merge" | "split";
        };
        /** DetectionView */
        DetectionView: {
            /** Actions */
            actions: components["schemas"]["NextStep"][];
            classification: components["schemas"]["ClassificationView"];
            /** Confidencescore */
            confidenceScore: number;
            /** Contextid */
            contextId: string;
            /** Evidence */
            evidence: components["schemas"]["EvidenceView"][];
            /** Fingerprint */
            fingerprint: string;
            /** Knownquirks */
            knownQuirks: components["schemas"]["KnownQuirkView"][];
            /** Knownsolutions */
            knownSolutions: components["schemas"]["KnownSolutionView"][];
            /** Occurrences */
            occurrences: number;
            /** Problemdetected */
            problemDetected: boolean;
            /**
             * Suggestedaction
             * @enum {string}
             */
            suggestedAction: "none" | "nudge" | "known_solution" | "expert_assistance";
        };
        /**
         * DetectProblem
         * @description ``log`` is redacted by the sender already, and here once more.
         */
        DetectProblem: {
            /**
             * @default {
             *       "environmentContext": {
             *         "language": "",
             *         "os": "",
             *         "recentCodeChanges": false,
             *         "runtime": ""
             *       },
             *       "recentErrors": [],
             *       "userFrustrationSignals": {
             *         "documentationChecks": 0,
             *         "rapidEdits": false,
             *         "repeatedAttempts": false
             *       }
             *     }
             */
            activityData: components["schemas"]["ActivityData"];
            /** Command */
            command?: string | null;
            /** Exitcode */
            exitCode?: number | null;
            /** Log */
            log?: string | null;
            /** Spaceid */
            spaceId?: string | null;
            /** Userid */
            userId?: string | null;
        };
        /** DoNotDisturb */
        DoNotDisturb: {
            /**
             * From
             * Format: date-time
             */
            from: string;
            /**
             * Until
             * Format: date-time
             */
            until: string;
        };
        /**
         * EditorActivity
         * @description What an editor saw: ``edit`` and ``undo`` of a file (``path``), ``run`` of a command, what the person does
         *     ``say``. The exit code of a run that was broken off is left out.
         */
        EditorActivity: {
            /**
             * Command
             * @default
             */
            command: string;
            /** Eventid */
            eventId: string;
            /** Exitcode */
            exitCode?: number | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "edit" | "run" | "undo" | "say";
            /**
             * Output
             * @default
             */
            output: string;
            /**
             * Path
             * @default
             */
            path: string;
            /**
             * Text
             * @default
             */
            text: string;
        };
        /** EditorRun */
        EditorRun: {
            /** Events */
            events: components["schemas"]["EditorActivity"][];
            /**
             * Runid
             * @description your name for the run, such as a working folder and a day
             */
            runId: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            source: "editor";
        };
        /** EnvironmentContext */
        EnvironmentContext: {
            /**
             * Language
             * @default
             */
            language: string;
            /**
             * Os
             * @default
             */
            os: string;
            /** Previousenvironment */
            previousEnvironment?: string | null;
            /**
             * Recentcodechanges
             * @default false
             */
            recentCodeChanges: boolean;
            /**
             * Runtime
             * @default
             */
            runtime: string;
        };
        /**
         * EvidenceView
         * @description ``line`` counts the lines of the log from 1; None for what was not in it.
         */
        EvidenceView: {
            /** Line */
            line: number | null;
            /** Reason */
            reason: string;
            /** Text */
            text: string;
        };
        /** ExpertList */
        ExpertList: {
            /** Items */
            items: components["schemas"]["ExpertView"][];
            /** Nextcursor */
            nextCursor: string | null;
        };
        /** ExpertMatch */
        ExpertMatch: {
            /**
             * Availability
             * @enum {string}
             */
            availability: "available" | "away" | "do_not_disturb" | "busy";
            /** Completedsessions */
            completedSessions: number;
            /** Estimatedresponsetime */
            estimatedResponseTime: string;
            /** Expertid */
            expertId: string;
            /** Expertise */
            expertise: string[];
            /** Matchscore */
            matchScore: number;
            /** Name */
            name: string;
            /** Preferredchannel */
            preferredChannel: string;
            /** Reasons */
            reasons: string[];
            /** Reputationscore */
            reputationScore: number;
        };
        /**
         * ExpertView
         * @description ``reputationScore`` is 0 to 5; ``reputationPoints`` a decimal that is never money.
         */
        ExpertView: {
            availability: components["schemas"]["AvailabilityEntry"];
            communicationPreferences: components["schemas"]["CommunicationPreferences"];
            /** Completedsessions */
            completedSessions: number;
            /** Expertid */
            expertId: string;
            /** Expertise */
            expertise: components["schemas"]["SkillEntry"][];
            /** Languages */
            languages: components["schemas"]["LanguageEntry"][];
            /** Name */
            name: string;
            /** Platformexperience */
            platformExperience: string[];
            /**
             * Presence
             * @enum {string}
             */
            presence: "available" | "away" | "do_not_disturb" | "busy";
            /**
             * Registeredat
             * Format: date-time
             */
            registeredAt: string;
            /** Reputationpoints */
            reputationPoints: string;
            /** Reputationscore */
            reputationScore: number;
            /** Specializations */
            specializations: string[];
            /** Userid */
            userId: string;
        };
        /** FittingRule */
        FittingRule: {
            /** Rule */
            rule: string;
            /** Share */
            share: number;
        };
        /** FoundView */
        FoundView: {
            /** Articleid */
            articleId: string;
            /** Categories */
            categories: string[];
            /** Effectiveness */
            effectiveness: number | null;
            /** Languages */
            languages: string[];
            /**
             * Matchedby
             * @enum {string}
             */
            matchedBy: "fingerprint" | "text";
            /** Platforms */
            platforms: string[];
            /** Relevancescore */
            relevanceScore: number;
            /** Spaceid */
            spaceId: string | null;
            /** Summary */
            summary: string;
            /** Title */
            title: string;
        };
        /** FrustrationSignals */
        FrustrationSignals: {
            /**
             * Documentationchecks
             * @default 0
             */
            documentationChecks: number;
            /**
             * Rapidedits
             * @default false
             */
            rapidEdits: boolean;
            /**
             * Repeatedattempts
             * @default false
             */
            repeatedAttempts: boolean;
        };
        /**
         * GetPath
         * @description ``platform`` is the system whose spelling is wanted; without it, the one that answers.
         */
        GetPath: {
            /** Components */
            components: string[];
            /** Platform */
            platform?: ("windows" | "linux" | "macos" | "wsl" | "git-bash" | "cygwin" | "container" | "portable") | null;
            /**
             * Type
             * @default relative
             * @enum {string}
             */
            type: "absolute" | "relative";
        };
        /**
         * GrantShare
         * @description The seeker's consent: what is shown, and for how long.
         */
        GrantShare: {
            /**
             * Expiresinminutes
             * @default 1440
             */
            expiresInMinutes: number;
            /** Scope */
            scope: ("error" | "evidence" | "environment" | "command" | "log" | "snippet")[];
            /**
             * Snippet
             * @default
             */
            snippet: string;
        };
        /** GroupingList */
        GroupingList: {
            /** Items */
            items: components["schemas"]["GroupingView"][];
            /** Nextcursor */
            nextCursor: string | null;
        };
        /** GroupingView */
        GroupingView: {
            /**
             * Decidedat
             * Format: date-time
             */
            decidedAt: string;
            /** Groupingid */
            groupingId: string;
            /** One */
            one: string;
            /** Other */
            other: string;
            /** Reason */
            reason: string;
            /**
             * Verdict
             * @enum {string}
             */
            verdict: "merge" | "split";
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
         * HiddenSpanView
         * @description ``start`` and ``end`` count the characters (Unicode code points) of the given log; a ``secret`` never leaves.
         */
        HiddenSpanView: {
            /** End */
            end: number;
            /** Placeholder */
            placeholder: string;
            /** Rule */
            rule: string;
            /** Secret */
            secret: boolean;
            /** Start */
            start: number;
            /** Type */
            type: string;
        };
        /**
         * HookView
         * @description ``accepted``: whether it was judged now; ``reason`` says why not. ``outcomes``: how many were new.
         */
        HookView: {
            /** Accepted */
            accepted: boolean;
            /** Alarms */
            alarms: number;
            /** Outcomes */
            outcomes: number;
            /** Reason */
            reason: string;
        };
        JsonValue: unknown;
        /**
         * KnownQuirkView
         * @description A difference between systems that may explain the failure: shipped with Harmony, not an article of a space.
         */
        KnownQuirkView: {
            /** Cause */
            cause: string;
            /** Confidencescore */
            confidenceScore: number;
            /** Quirkid */
            quirkId: string;
            /** Reasons */
            reasons: components["schemas"]["EvidenceView"][];
            /** Remedy */
            remedy: string[];
            /**
             * Source
             * @default quirk
             * @constant
             */
            source: "quirk";
            /** Systems */
            systems: string[];
            /** Title */
            title: string;
            /** Verification */
            verification: string;
        };
        /** KnownSolutionView */
        KnownSolutionView: {
            /** Articleid */
            articleId: string;
            /** Matchedby */
            matchedBy: string;
            /** Relevancescore */
            relevanceScore: number;
            /** Title */
            title: string;
        };
        /** LanguageEntry */
        LanguageEntry: {
            /**
             * Fluency
             * @default
             */
            fluency: string;
            /** Language */
            language: string;
        };
        /** LessonList */
        LessonList: {
            /** Items */
            items: components["schemas"]["LessonView"][];
            /** Nextcursor */
            nextCursor: string | null;
        };
        /**
         * LessonView
         * @description A kept failure as far as learning looks at it: rules that fit, single words, no sentence.
         */
        LessonView: {
            /** Category */
            category: string;
            /** Contextid */
            contextId: string;
            /**
             * Correctedcategory
             * @description What a person said; null where nobody did.
             */
            correctedCategory: string | null;
            /**
             * Createdat
             * Format: date-time
             */
            createdAt: string;
            /** Fingerprint */
            fingerprint: string;
            /** Fitting */
            fitting: components["schemas"]["FittingRule"][];
            /** Words */
            words: string[];
        };
        /**
         * LineView
         * @description ``at`` counts the events of the run from 0.
         */
        LineView: {
            /** At */
            at: number;
            /** Text */
            text: string;
        };
        /**
         * LogDigestView
         * @description ``failedTests`` holds the first hundred names; ``nFailed`` counts them all.
         */
        LogDigestView: {
            /** Decisive */
            decisive: components["schemas"]["EvidenceView"][];
            /** Failedtests */
            failedTests: string[];
            /** Framework */
            framework: string;
            /** Nfailed */
            nFailed: number;
            /** Nrun */
            nRun: number;
            /** Nskipped */
            nSkipped: number;
            /** Status */
            status: string;
        };
        /** MakeOffer */
        MakeOffer: {
            /** Expertid */
            expertId: string;
        };
        /** Matches */
        Matches: {
            /** Experts */
            experts: components["schemas"]["ExpertMatch"][];
            /** Matchesfound */
            matchesFound: boolean;
            /** Recommendedexpert */
            recommendedExpert: string | null;
        };
        /**
         * MessageList
         * @description ``after`` goes on from here.
         */
        MessageList: {
            /** After */
            after: number;
            /** Items */
            items: components["schemas"]["MessageView"][];
        };
        /**
         * MessageView
         * @description ``hidden`` counts what redaction took out of it.
         */
        MessageView: {
            /** Authorid */
            authorId: string;
            /** Body */
            body: string;
            /** Hidden */
            hidden: number;
            /** Messageid */
            messageId: string;
            /** Position */
            position: number;
            /**
             * Sentat
             * Format: date-time
             */
            sentAt: string;
        };
        /**
         * MountBody
         * @description A folder of the source system and where the target system sees it.
         */
        MountBody: {
            /** Source */
            source: string;
            /** Target */
            target: string;
        };
        /**
         * NextStep
         * @description A call that goes on from here.
         */
        NextStep: {
            /**
             * Action
             * @enum {string}
             */
            action: "none" | "nudge" | "known_solution" | "expert_assistance";
            /** Body */
            body?: {
                [key: string]: string;
            } | null;
            /** Method */
            method: string;
            /** Path */
            path: string;
        };
        /** Notifications */
        Notifications: {
            /** Nextcursor */
            nextCursor: string | null;
            /** Notifications */
            notifications: components["schemas"]["NotificationView"][];
        };
        /** NotificationView */
        NotificationView: {
            /** Body */
            body: string;
            /**
             * Createdat
             * Format: date-time
             */
            createdAt: string;
            /** Kind */
            kind: string;
            /** Notificationid */
            notificationId: string;
            /** Readat */
            readAt: string | null;
            /** Subject */
            subject: string;
            /** Title */
            title: string;
        };
        /** OfferList */
        OfferList: {
            /** Items */
            items: components["schemas"]["OfferView"][];
            /** Nextcursor */
            nextCursor: string | null;
        };
        /** OfferView */
        OfferView: {
            /** Answeredat */
            answeredAt: string | null;
            /** Expertid */
            expertId: string;
            /**
             * Expiresat
             * Format: date-time
             */
            expiresAt: string;
            /**
             * Madeat
             * Format: date-time
             */
            madeAt: string;
            /** Offerid */
            offerId: string;
            /** Requestid */
            requestId: string;
            /**
             * State
             * @enum {string}
             */
            state: "pending" | "accepted" | "declined" | "expired" | "withdrawn";
        };
        /**
         * OpenRequest
         * @description Help with a reported failure; what is left out is taken from its context.
         */
        OpenRequest: {
            /**
             * Attemptedsolutions
             * @default []
             */
            attemptedSolutions: string[];
            /** Contextid */
            contextId: string;
            /**
             * Description
             * @default
             */
            description: string;
            /**
             * Issuetype
             * @default
             */
            issueType: string;
            /**
             * Languagepreference
             * @default
             */
            languagePreference: string;
            /**
             * Requiredexpertise
             * @default []
             */
            requiredExpertise: string[];
            /** Spaceid */
            spaceId?: string | null;
            /** Urgency */
            urgency?: string | null;
        };
        /** PathView */
        PathView: {
            /** Normalized */
            normalized: string;
            /** Path */
            path: string;
            /**
             * Platform
             * @enum {string}
             */
            platform: "windows" | "linux" | "macos" | "wsl" | "git-bash" | "cygwin" | "container" | "portable";
        };
        /**
         * PreviewLog
         * @description A log as it is, not redacted yet: what is asked is what would be hidden.
         */
        PreviewLog: {
            /**
             * @default {
             *       "language": "",
             *       "os": "",
             *       "recentCodeChanges": false,
             *       "runtime": ""
             *     }
             */
            environmentContext: components["schemas"]["EnvironmentContext"];
            /**
             * Log
             * @description at most 256 kB of UTF-8
             */
            log: string;
        };
        /** PreviewView */
        PreviewView: {
            classification: components["schemas"]["ClassificationView"];
            /** Confidencescore */
            confidenceScore: number;
            digest: components["schemas"]["LogDigestView"];
            /** Fingerprint */
            fingerprint: string;
            /** Problemdetected */
            problemDetected: boolean;
            /** Redacted */
            redacted: string;
            /** Spans */
            spans: components["schemas"]["HiddenSpanView"][];
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
        /** ProblemItem */
        ProblemItem: {
            classification: components["schemas"]["ClassificationView"];
            /** Confidencescore */
            confidenceScore: number;
            /** Contextid */
            contextId: string;
            /**
             * Createdat
             * Format: date-time
             */
            createdAt: string;
            /** Errormessage */
            errorMessage: string;
            /** Errortype */
            errorType: string;
            /** Fingerprint */
            fingerprint: string;
            /** Occurrences */
            occurrences: number;
            /** Problemdetected */
            problemDetected: boolean;
            /**
             * Suggestedaction
             * @enum {string}
             */
            suggestedAction: "none" | "nudge" | "known_solution" | "expert_assistance";
        };
        /** ProblemList */
        ProblemList: {
            /** Items */
            items: components["schemas"]["ProblemItem"][];
            /** Nextcursor */
            nextCursor: string | null;
        };
        /**
         * ProblemView
         * @description A kept context; ``log`` and ``command`` are shown to its owner only.
         */
        ProblemView: {
            classification: components["schemas"]["ClassificationView"];
            /** Command */
            command: string | null;
            /** Confidencescore */
            confidenceScore: number;
            /** Contextid */
            contextId: string;
            /**
             * Createdat
             * Format: date-time
             */
            createdAt: string;
            /** Errormessage */
            errorMessage: string;
            /** Errortype */
            errorType: string;
            /** Evidence */
            evidence: components["schemas"]["EvidenceView"][];
            /** Exitcode */
            exitCode: number | null;
            /** Fingerprint */
            fingerprint: string;
            /** Knownquirks */
            knownQuirks: components["schemas"]["KnownQuirkView"][];
            /** Knownsolutions */
            knownSolutions: components["schemas"]["KnownSolutionView"][];
            /** Language */
            language: string;
            /** Log */
            log: string | null;
            /** Occurrences */
            occurrences: number;
            /** Os */
            os: string;
            /** Previousenvironment */
            previousEnvironment: string;
            /** Problemdetected */
            problemDetected: boolean;
            /** Spaceid */
            spaceId: string | null;
            /**
             * Suggestedaction
             * @enum {string}
             */
            suggestedAction: "none" | "nudge" | "known_solution" | "expert_assistance";
            /** Userid */
            userId: string;
        };
        /** QuirkList */
        QuirkList: {
            /** Items */
            items: components["schemas"]["QuirkView"][];
        };
        /** QuirkView */
        QuirkView: {
            /** Cause */
            cause: string;
            /** Examples */
            examples: string[];
            /** Id */
            id: string;
            /** Remedy */
            remedy: string[];
            /** Subject */
            subject: string;
            /** Systems */
            systems: string[];
            /** Title */
            title: string;
            /** Verification */
            verification: string;
        };
        /** Read */
        Read: {
            /**
             * Read
             * @default true
             */
            read: boolean;
        };
        /** RecentError */
        RecentError: {
            /** Errortype */
            errorType: string;
            /**
             * Frequency
             * @default 1
             */
            frequency: number;
            /**
             * Message
             * @default
             */
            message: string;
            /** Timestamp */
            timestamp?: string | null;
        };
        /** RegisterExpert */
        RegisterExpert: {
            /**
             * @default {
             *       "doNotDisturb": [],
             *       "schedule": [],
             *       "timezone": "UTC"
             *     }
             */
            availability: components["schemas"]["AvailabilityEntry"];
            /**
             * @default {
             *       "preferredChannels": [],
             *       "responseTimeExpectation": ""
             *     }
             */
            communicationPreferences: components["schemas"]["CommunicationPreferences"];
            /** Expertise */
            expertise: components["schemas"]["SkillEntry"][];
            /**
             * Languages
             * @default []
             */
            languages: components["schemas"]["LanguageEntry"][];
            /**
             * Platformexperience
             * @default []
             */
            platformExperience: string[];
            /**
             * Specializations
             * @default []
             */
            specializations: string[];
            /** Userid */
            userId?: string | null;
        };
        /** RequestItem */
        RequestItem: {
            /** Attemptedsolutions */
            attemptedSolutions: string[];
            /** Contextid */
            contextId: string;
            /** Description */
            description: string;
            /** Issuetype */
            issueType: string;
            /** Languagepreference */
            languagePreference: string;
            /**
             * Movedat
             * Format: date-time
             */
            movedAt: string;
            /**
             * Openedat
             * Format: date-time
             */
            openedAt: string;
            /** Requestid */
            requestId: string;
            /** Requiredexpertise */
            requiredExpertise: string[];
            /** Seekerid */
            seekerId: string;
            /** Sessionid */
            sessionId: string | null;
            /** Spaceid */
            spaceId: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "open" | "offered" | "in_session" | "resolved" | "cancelled";
            /** Traceid */
            traceId: string;
            /**
             * Urgency
             * @enum {string}
             */
            urgency: "low" | "medium" | "high";
        };
        /** RequestList */
        RequestList: {
            /** Items */
            items: components["schemas"]["RequestItem"][];
            /** Nextcursor */
            nextCursor: string | null;
        };
        /**
         * RequestView
         * @description ``offers`` are the seeker's to see, newest first.
         */
        RequestView: {
            /** Attemptedsolutions */
            attemptedSolutions: string[];
            /** Contextid */
            contextId: string;
            /** Description */
            description: string;
            /** Issuetype */
            issueType: string;
            /** Languagepreference */
            languagePreference: string;
            /**
             * Movedat
             * Format: date-time
             */
            movedAt: string;
            /** Offers */
            offers: components["schemas"]["OfferView"][];
            /**
             * Openedat
             * Format: date-time
             */
            openedAt: string;
            /** Requestid */
            requestId: string;
            /** Requiredexpertise */
            requiredExpertise: string[];
            /** Seekerid */
            seekerId: string;
            /** Sessionid */
            sessionId: string | null;
            /** Spaceid */
            spaceId: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "open" | "offered" | "in_session" | "resolved" | "cancelled";
            /** Traceid */
            traceId: string;
            /**
             * Urgency
             * @enum {string}
             */
            urgency: "low" | "medium" | "high";
        };
        /** Resolve */
        Resolve: {
            /**
             * Consenttopublish
             * @default false
             */
            consentToPublish: boolean;
            /** Rating */
            rating: number;
        };
        /**
         * RunEvent
         * @description One event of an agent's run, as ``harmony stuck`` reads it. ``eventId`` is yours, one for each event of a run.
         */
        RunEvent: {
            args?: components["schemas"]["JsonValue"];
            /** Error */
            error?: boolean | null;
            /** Eventid */
            eventId: string;
            /**
             * Name
             * @default
             */
            name: string;
            /**
             * Role
             * @description user, agent or tool; others count as nothing but a place
             */
            role?: string | null;
            text?: components["schemas"]["JsonValue"];
            /**
             * Tool
             * @default
             */
            tool: string;
        };
        /** RunList */
        RunList: {
            /** Items */
            items: components["schemas"]["RunView"][];
        };
        /** RunView */
        RunView: {
            /** Alarmat */
            alarmAt: number | null;
            /** Alarmid */
            alarmId: string | null;
            /**
             * Begunat
             * Format: date-time
             */
            begunAt: string;
            /** Confidencescore */
            confidenceScore: number | null;
            /** Events */
            events: number;
            /** Evidence */
            evidence: components["schemas"]["LineView"][];
            /** Hints */
            hints: string[];
            /** Kind */
            kind: string | null;
            /** Nudge */
            nudge: boolean;
            /** Obstacle */
            obstacle: string;
            /** Privacylevel */
            privacyLevel: string;
            /** Rounds */
            rounds: number;
            /** Runid */
            runId: string;
            /** Score */
            score: number;
            /**
             * Seenat
             * Format: date-time
             */
            seenAt: string;
            /** Source */
            source: string;
            /** Stuck */
            stuck: boolean;
            /** Surmountable */
            surmountable: boolean;
            /** Watchedrunid */
            watchedRunId: string;
        };
        /** Say */
        Say: {
            /**
             * Body
             * @description at most 8 kB of UTF-8
             */
            body: string;
        };
        /** ScheduleEntry */
        ScheduleEntry: {
            /**
             * Day
             * @enum {string}
             */
            day: "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday";
            /** Endtime */
            endTime: string;
            /** Starttime */
            startTime: string;
        };
        /** Search */
        Search: {
            /**
             * @default {
             *       "categories": [],
             *       "languages": [],
             *       "platforms": []
             *     }
             */
            filters: components["schemas"]["SearchFilters"];
            /** Fingerprint */
            fingerprint?: string | null;
            /**
             * Limit
             * @default 10
             */
            limit: number;
            /** Query */
            query: string;
        };
        /** SearchFilters */
        SearchFilters: {
            /**
             * Categories
             * @default []
             */
            categories: string[];
            /**
             * Languages
             * @default []
             */
            languages: string[];
            /**
             * Platforms
             * @default []
             */
            platforms: string[];
        };
        /** SearchResults */
        SearchResults: {
            /** Items */
            items: components["schemas"]["FoundView"][];
            /** Totalresults */
            totalResults: number;
        };
        /** SessionItem */
        SessionItem: {
            /** Contextid */
            contextId: string;
            /** Endedat */
            endedAt: string | null;
            /** Expertid */
            expertId: string;
            /** Expertuserid */
            expertUserId: string;
            /** Messagecount */
            messageCount: number;
            /**
             * Openedat
             * Format: date-time
             */
            openedAt: string;
            /** Rating */
            rating: number | null;
            /** Requestid */
            requestId: string;
            /** Seekerid */
            seekerId: string;
            /** Sessionid */
            sessionId: string;
            /** Spaceid */
            spaceId: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "open" | "resolved" | "abandoned";
            /** Traceid */
            traceId: string;
        };
        /** SessionList */
        SessionList: {
            /** Items */
            items: components["schemas"]["SessionItem"][];
            /** Nextcursor */
            nextCursor: string | null;
        };
        /**
         * SessionView
         * @description With its newest messages, oldest first, and its newest shares, newest first.
         */
        SessionView: {
            /** Contextid */
            contextId: string;
            /** Endedat */
            endedAt: string | null;
            /** Expertid */
            expertId: string;
            /** Expertuserid */
            expertUserId: string;
            /** Messagecount */
            messageCount: number;
            /** Messages */
            messages: components["schemas"]["MessageView"][];
            /**
             * Openedat
             * Format: date-time
             */
            openedAt: string;
            /** Rating */
            rating: number | null;
            /** Requestid */
            requestId: string;
            /** Seekerid */
            seekerId: string;
            /** Sessionid */
            sessionId: string;
            /** Shares */
            shares: components["schemas"]["ShareItem"][];
            /** Spaceid */
            spaceId: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "open" | "resolved" | "abandoned";
            /** Traceid */
            traceId: string;
        };
        /**
         * SettingsView
         * @description ``updatedAt`` is null for who never chose. ``alarmsAllowed`` is what "this was no problem" has left of
         *     ``alarmsADay``, in ``alarmsAllowedHours``.
         */
        SettingsView: {
            /** Alarmsaday */
            alarmsADay: number;
            /** Alarmsallowed */
            alarmsAllowed: number;
            /** Alarmsallowedhours */
            alarmsAllowedHours: number;
            /**
             * Assistancemode
             * @enum {string}
             */
            assistanceMode: "Proactive" | "On-demand" | "Scheduled";
            /** Digesthour */
            digestHour: number;
            /**
             * Privacylevel
             * @enum {string}
             */
            privacyLevel: "High" | "Standard" | "Open";
            /** Timezone */
            timezone: string;
            /** Updatedat */
            updatedAt: string | null;
        };
        /** ShareItem */
        ShareItem: {
            /**
             * Expiresat
             * Format: date-time
             */
            expiresAt: string;
            /**
             * Grantedat
             * Format: date-time
             */
            grantedAt: string;
            /** Revokedat */
            revokedAt: string | null;
            /** Scope */
            scope: ("error" | "evidence" | "environment" | "command" | "log" | "snippet")[];
            /** Shareid */
            shareId: string;
        };
        /**
         * ShareView
         * @description ``content`` holds one member for each named scope.
         */
        ShareView: {
            /** Content */
            content: {
                [key: string]: unknown;
            };
            /**
             * Expiresat
             * Format: date-time
             */
            expiresAt: string;
            /**
             * Grantedat
             * Format: date-time
             */
            grantedAt: string;
            /** Revokedat */
            revokedAt: string | null;
            /** Scope */
            scope: ("error" | "evidence" | "environment" | "command" | "log" | "snippet")[];
            /** Shareid */
            shareId: string;
        };
        /**
         * SimilarItem
         * @description ``verdict``: same, similar or different; ``reasons`` say what is equal and what differs, best first.
         */
        SimilarItem: {
            /** Fingerprint */
            fingerprint: string;
            /** Reasons */
            reasons: string[];
            /** Similarity */
            similarity: number;
            /** Verdict */
            verdict: string;
        };
        /** SimilarList */
        SimilarList: {
            /** Fingerprint */
            fingerprint: string;
            /** Group */
            group: string[];
            /** Items */
            items: components["schemas"]["SimilarItem"][];
        };
        /** SkillEntry */
        SkillEntry: {
            /**
             * Level
             * @enum {string}
             */
            level: "Beginner" | "Intermediate" | "Advanced" | "Expert";
            /** Skill */
            skill: string;
            /**
             * Yearsexperience
             * @default 0
             */
            yearsExperience: number;
        };
        /** SourceList */
        SourceList: {
            /** Items */
            items: components["schemas"]["SourceView"][];
        };
        /**
         * SourceSecret
         * @description ``secret`` is shown this once. GitHub: the webhook's secret. GitLab: the signing token, or the secret token.
         */
        SourceSecret: {
            /**
             * Createdat
             * Format: date-time
             */
            createdAt: string;
            /** Deliveredat */
            deliveredAt: string | null;
            /** Events */
            events: string[];
            /** Hookpath */
            hookPath: string;
            /** Name */
            name: string;
            /**
             * Provider
             * @enum {string}
             */
            provider: "github" | "gitlab";
            /** Secret */
            secret: string;
            /** Sourceid */
            sourceId: string;
        };
        /**
         * SourceView
         * @description ``hookPath``: where the provider sends to; ``events``: which of its events say something here.
         */
        SourceView: {
            /**
             * Createdat
             * Format: date-time
             */
            createdAt: string;
            /** Deliveredat */
            deliveredAt: string | null;
            /** Events */
            events: string[];
            /** Hookpath */
            hookPath: string;
            /** Name */
            name: string;
            /**
             * Provider
             * @enum {string}
             */
            provider: "github" | "gitlab";
            /** Sourceid */
            sourceId: string;
        };
        /** SpaceItem */
        SpaceItem: {
            /** Name */
            name: string;
            /** Ownerid */
            ownerId: string;
            /** Spaceid */
            spaceId: string;
            /**
             * Visibility
             * @enum {string}
             */
            visibility: "public" | "private";
        };
        /** SpaceList */
        SpaceList: {
            /** Items */
            items: components["schemas"]["SpaceItem"][];
            /** Nextcursor */
            nextCursor: string | null;
        };
        /** SpaceView */
        SpaceView: {
            /**
             * Createdat
             * Format: date-time
             */
            createdAt: string;
            /** Members */
            members: string[];
            /** Name */
            name: string;
            /** Ownerid */
            ownerId: string;
            /** Spaceid */
            spaceId: string;
            /**
             * Visibility
             * @enum {string}
             */
            visibility: "public" | "private";
        };
        /**
         * Timeline
         * @description ``after`` goes on from here; a page that is not full ends the story so far.
         */
        Timeline: {
            /** After */
            after: number;
            /** Items */
            items: components["schemas"]["TimelineEntry"][];
        };
        /**
         * TimelineEntry
         * @description A fact of the journal; ``payload`` is the message of this ``kind`` and ``version``.
         */
        TimelineEntry: {
            /** Actor */
            actor: string;
            /** Kind */
            kind: string;
            /**
             * Occurredat
             * Format: date-time
             */
            occurredAt: string;
            /** Payload */
            payload: {
                [key: string]: unknown;
            };
            /** Revision */
            revision: number;
            /** Subject */
            subject: string;
            /** Traceid */
            traceId: string;
            /** Version */
            version: number;
        };
        /**
         * TranslateBody
         * @description ``from`` and ``to`` name a system (windows, linux, macos, wsl, git-bash, cygwin, container) or a shell.
         */
        TranslateBody: {
            /** From */
            from: string;
            /**
             * Kind
             * @default path
             * @enum {string}
             */
            kind: "path" | "command";
            /**
             * Mounts
             * @default []
             */
            mounts: components["schemas"]["MountBody"][];
            /** Text */
            text: string;
            /** To */
            to: string;
        };
        /**
         * TranslationView
         * @description ``notes`` say what behaves differently although the words are right.
         */
        TranslationView: {
            /** Notes */
            notes: string[];
            /** Text */
            text: string;
        };
        /**
         * WriteArticle
         * @description With ``sessionId`` a draft from that session, whose facts fill what is left out; without, a draft by hand.
         */
        WriteArticle: {
            /**
             * Categories
             * @default []
             */
            categories: string[];
            /**
             * Cause
             * @default
             */
            cause: string;
            /**
             * Code
             * @default
             */
            code: string;
            environment?: components["schemas"]["ArticleEnvironment"] | null;
            /**
             * Languages
             * @default []
             */
            languages: string[];
            /**
             * Platforms
             * @default []
             */
            platforms: string[];
            /**
             * Problem
             * @default
             */
            problem: string;
            /** Sessionid */
            sessionId?: string | null;
            /** Spaceid */
            spaceId?: string | null;
            /**
             * Steps
             * @default []
             */
            steps: string[];
            /** Title */
            title: string;
            /**
             * Verification
             * @default
             */
            verification: string;
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
    "mcp.mcp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
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
            /** @description The response, as JSON or as one server-sent event. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                    "text/event-stream": unknown;
                };
            };
            /** @description A notification was taken. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "rpc.rpc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id?: string | number;
                    /** @enum {string} */
                    jsonrpc: "2.0";
                    /** @enum {string} */
                    method: "classifyIssue" | "detectProblem" | "extractContext" | "findExperts" | "reportActivity";
                    params?: Record<string, never>;
                } | {
                    id?: string | number;
                    /** @enum {string} */
                    jsonrpc: "2.0";
                    /** @enum {string} */
                    method: "classifyIssue" | "detectProblem" | "extractContext" | "findExperts" | "reportActivity";
                    params?: Record<string, never>;
                }[];
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
                    "application/json": unknown;
                };
            };
        };
    };
    "detection.report_activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditorRun"] | components["schemas"]["AgentSource"];
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
                    "application/json": components["schemas"]["ActivityView"];
                };
            };
        };
    };
    "detection.list_runs": {
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
                    "application/json": components["schemas"]["RunList"];
                };
            };
        };
    };
    "detection.read_run": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                watchedRunId: string;
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
                    "application/json": components["schemas"]["RunView"];
                };
            };
        };
    };
    "detection.forget_run": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                watchedRunId: string;
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
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "pipelines.receive_hook": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sourceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
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
                    "application/json": components["schemas"]["HookView"];
                };
            };
        };
    };
    "pipelines.list_sources": {
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
                    "application/json": components["schemas"]["SourceList"];
                };
            };
        };
    };
    "pipelines.add_source": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddSource"];
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
                    "application/json": components["schemas"]["SourceSecret"];
                };
            };
        };
    };
    "pipelines.remove_source": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sourceId: string;
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
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "pipelines.renew_secret": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sourceId: string;
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
                    "application/json": components["schemas"]["SourceSecret"];
                };
            };
        };
    };
    "problems.detect_problem": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DetectProblem"];
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
                    "application/json": components["schemas"]["DetectionView"];
                };
            };
        };
    };
    "detection.list_alarms": {
        parameters: {
            query?: {
                cursor?: string | null;
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
                    "application/json": components["schemas"]["AlarmList"];
                };
            };
        };
    };
    "detection.answer_alarm": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alarmId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswerAlarm"];
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
                    "application/json": components["schemas"]["AlarmView"];
                };
            };
        };
    };
    "detection.read_settings": {
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
                    "application/json": components["schemas"]["SettingsView"];
                };
            };
        };
    };
    "detection.choose_settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChooseSettings"];
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
                    "application/json": components["schemas"]["SettingsView"];
                };
            };
        };
    };
    "environments.get_path": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GetPath"];
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
                    "application/json": components["schemas"]["PathView"];
                };
            };
        };
    };
    "environments.list_quirks": {
        parameters: {
            query?: {
                q?: string;
                system?: string;
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
                    "application/json": components["schemas"]["QuirkList"];
                };
            };
        };
    };
    "environments.translate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TranslateBody"];
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
                    "application/json": components["schemas"]["TranslationView"];
                };
            };
        };
    };
    "experts.list_experts": {
        parameters: {
            query?: {
                cursor?: string | null;
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
                    "application/json": components["schemas"]["ExpertList"];
                };
            };
        };
    };
    "experts.register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterExpert"];
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
                    "application/json": components["schemas"]["ExpertView"];
                };
            };
        };
    };
    "experts.read_expert": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                expertId: string;
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
                    "application/json": components["schemas"]["ExpertView"];
                };
            };
        };
    };
    "knowledge.list_articles": {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                status?: ("draft" | "approved" | "archived") | null;
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
                    "application/json": components["schemas"]["ArticleList"];
                };
            };
        };
    };
    "knowledge.write_article": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteArticle"];
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
                    "application/json": components["schemas"]["ArticleView"];
                };
            };
        };
    };
    "knowledge.read_article": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                articleId: string;
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
                    "application/json": components["schemas"]["ArticleView"];
                };
            };
        };
    };
    "knowledge.approve": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                articleId: string;
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
                    "application/json": components["schemas"]["ArticleView"];
                };
            };
        };
    };
    "knowledge.archive": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                articleId: string;
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
                    "application/json": components["schemas"]["ArticleView"];
                };
            };
        };
    };
    "knowledge.consent": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                articleId: string;
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
                    "application/json": components["schemas"]["ArticleView"];
                };
            };
        };
    };
    "knowledge.search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Search"];
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
                    "application/json": components["schemas"]["SearchResults"];
                };
            };
        };
    };
    "knowledge.list_spaces": {
        parameters: {
            query?: {
                cursor?: string | null;
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
                    "application/json": components["schemas"]["SpaceList"];
                };
            };
        };
    };
    "knowledge.create_space": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateSpace"];
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
                    "application/json": components["schemas"]["SpaceView"];
                };
            };
        };
    };
    "knowledge.read_space": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                spaceId: string;
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
                    "application/json": components["schemas"]["SpaceView"];
                };
            };
        };
    };
    "knowledge.add_member": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                spaceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddMember"];
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
                    "application/json": components["schemas"]["SpaceView"];
                };
            };
        };
    };
    "notifications.list_notifications": {
        parameters: {
            query?: {
                cursor?: string | null;
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
                    "application/json": components["schemas"]["Notifications"];
                };
            };
        };
    };
    "notifications.mark_read": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                notificationId: string;
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
                    "application/json": components["schemas"]["Read"];
                };
            };
        };
    };
    "matching.list_offers": {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                state?: ("pending" | "accepted" | "declined" | "expired" | "withdrawn") | null;
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
                    "application/json": components["schemas"]["OfferList"];
                };
            };
        };
    };
    "sessions.accept_offer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                offerId: string;
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
                    "application/json": components["schemas"]["SessionView"];
                };
            };
        };
    };
    "matching.decline_offer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                offerId: string;
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
                    "application/json": components["schemas"]["OfferView"];
                };
            };
        };
    };
    "problems.preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewLog"];
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
                    "application/json": components["schemas"]["PreviewView"];
                };
            };
        };
    };
    "problems.list_lessons": {
        parameters: {
            query?: {
                cursor?: string | null;
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
                    "application/json": components["schemas"]["LessonList"];
                };
            };
        };
    };
    "problems.list_problems": {
        parameters: {
            query?: {
                cursor?: string | null;
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
                    "application/json": components["schemas"]["ProblemList"];
                };
            };
        };
    };
    "problems.read_problem": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contextId: string;
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
                    "application/json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "problems.read_classification": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contextId: string;
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
                    "application/json": components["schemas"]["ClassOfProblem"];
                };
            };
        };
    };
    "problems.correct_classification": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contextId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CorrectClass"];
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
                    "application/json": components["schemas"]["ClassOfProblem"];
                };
            };
        };
    };
    "problems.similar_fingerprints": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                fingerprint: string;
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
                    "application/json": components["schemas"]["SimilarList"];
                };
            };
        };
    };
    "problems.list_groupings": {
        parameters: {
            query?: {
                cursor?: string | null;
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
                    "application/json": components["schemas"]["GroupingList"];
                };
            };
        };
    };
    "problems.decide_grouping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideGrouping"];
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
                    "application/json": components["schemas"]["GroupingView"];
                };
            };
        };
    };
    "problems.undo_grouping": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                groupingId: string;
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
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "matching.list_requests": {
        parameters: {
            query?: {
                cursor?: string | null;
                /** @description Everybody's: for an administrator. */
                everyone?: boolean;
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
                    "application/json": components["schemas"]["RequestList"];
                };
            };
        };
    };
    "matching.open_request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenRequest"];
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
                    "application/json": components["schemas"]["RequestView"];
                };
            };
        };
    };
    "matching.read_request": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                requestId: string;
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
                    "application/json": components["schemas"]["RequestView"];
                };
            };
        };
    };
    "matching.cancel_request": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                requestId: string;
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
                    "application/json": components["schemas"]["RequestItem"];
                };
            };
        };
    };
    "matching.follow_story": {
        parameters: {
            query?: {
                after?: number | null;
            };
            header?: never;
            path: {
                requestId: string;
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
            /** @description TimelineEntry objects as they happen */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
        };
    };
    "matching.read_matches": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                requestId: string;
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
                    "application/json": components["schemas"]["Matches"];
                };
            };
        };
    };
    "matching.make_offer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                requestId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MakeOffer"];
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
                    "application/json": components["schemas"]["OfferView"];
                };
            };
        };
    };
    "matching.read_story": {
        parameters: {
            query?: {
                after?: number | null;
            };
            header?: never;
            path: {
                requestId: string;
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
                    "application/json": components["schemas"]["Timeline"];
                };
            };
        };
    };
    "sessions.list_sessions": {
        parameters: {
            query?: {
                cursor?: string | null;
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
                    "application/json": components["schemas"]["SessionList"];
                };
            };
        };
    };
    "sessions.read_session": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
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
                    "application/json": components["schemas"]["SessionView"];
                };
            };
        };
    };
    "sessions.abandon": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
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
                    "application/json": components["schemas"]["SessionView"];
                };
            };
        };
    };
    "rewards.read_contribution": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
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
                    "application/json": components["schemas"]["ContributionView"];
                };
            };
        };
    };
    "sessions.list_messages": {
        parameters: {
            query?: {
                after?: number;
                limit?: number;
            };
            header?: never;
            path: {
                sessionId: string;
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
                    "application/json": components["schemas"]["MessageList"];
                };
            };
        };
    };
    "sessions.say": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Say"];
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
                    "application/json": components["schemas"]["MessageView"];
                };
            };
        };
    };
    "sessions.resolve": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Resolve"];
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
                    "application/json": components["schemas"]["SessionView"];
                };
            };
        };
    };
    "sessions.share": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GrantShare"];
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
                    "application/json": components["schemas"]["ShareView"];
                };
            };
        };
    };
    "sessions.read_share": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
                shareId: string;
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
                    "application/json": components["schemas"]["ShareView"];
                };
            };
        };
    };
    "sessions.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
                shareId: string;
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
                    "application/json": components["schemas"]["ShareItem"];
                };
            };
        };
    };
}
