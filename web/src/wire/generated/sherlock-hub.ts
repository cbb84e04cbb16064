// Generated from docs/reference/openapi/sherlock-hub.json by `npm run types`; do not edit.
export interface paths {
    "/api/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Documents */
        get: operations["graph.list_documents"];
        put?: never;
        /**
         * Store Document
         * @description A source that claims name and answers quote; redacted before it is stored.
         */
        post: operations["graph.store_document"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/{document_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read Document */
        get: operations["graph.read_document"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Entities */
        get: operations["graph.list_entities"];
        /**
         * Put Entity
         * @description The entity with this key, made or changed; sent twice it is stored once.
         */
        put: operations["graph.put_entity"];
        /** Create Entity */
        post: operations["graph.create_entity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entity_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read Entity */
        get: operations["graph.read_entity"];
        /** Update Entity */
        put: operations["graph.update_entity"];
        post?: never;
        /** Delete Entity */
        delete: operations["graph.delete_entity"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entity_id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Merge
         * @description Two are one: the other is read as this one until it is undone.
         */
        post: operations["graph.merge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{entity_id}/related": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Related */
        get: operations["graph.related"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/graph": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Picture */
        get: operations["graph.picture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/merges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Merges */
        get: operations["graph.list_merges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/merges/{merge_id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Undo Merge */
        post: operations["graph.undo_merge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/paths/{from_id}/{to_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Paths
         * @description Ways between two, the shortest first, in either direction of the relationships.
         */
        get: operations["graph.paths"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/qa": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Answers
         * @description What you asked, newest first.
         */
        get: operations["graph.list_answers"];
        put?: never;
        /**
         * Ask
         * @description What is stored about it, with its sources; no answer when nothing stored supports one.
         */
        post: operations["graph.ask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/qa/{question_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read Answer */
        get: operations["graph.read_answer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/relationships": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * State Relationship
         * @description What one has to do with another; stated again it is the same relationship.
         */
        post: operations["graph.state_relationship"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/relationships/{relationship_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete Relationship */
        delete: operations["graph.delete_relationship"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search */
        get: operations["graph.search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/search/advanced": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Filtered */
        get: operations["graph.filtered"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metrics */
        get: operations["graph.metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Status */
        get: operations["graph.status"];
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
         * Requested
         * @description What other components ask through the Conductor: ``get-status``.
         */
        post: operations["graph.requested"];
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
        /** AnswerList */
        AnswerList: {
            /** Next Cursor */
            next_cursor: string | null;
            /** Questions */
            questions: components["schemas"]["AnswerView"][];
        };
        /**
         * AnswerView
         * @description ``answered`` is false when nothing stored supports an answer; then nothing is cited.
         */
        AnswerView: {
            /** Answer */
            answer: string;
            /** Answered */
            answered: boolean;
            /** Confidence */
            confidence: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Id */
            id: string;
            /** Question */
            question: string;
            /** Sources */
            sources: components["schemas"]["Source"][];
        };
        /**
         * AskedOver
         * @description A request that the Conductor forwards; what else it carries is not needed here.
         */
        AskedOver: {
            /** Request Type */
            request_type: string;
        };
        /** AskQuestion */
        AskQuestion: {
            /** Question */
            question: string;
        };
        /** CreateEntity */
        CreateEntity: {
            /** Confidence Score */
            confidence_score?: number | null;
            /** Evidence Tier */
            evidence_tier?: ("documented" | "reported" | "alleged") | null;
            /** Key */
            key?: string | null;
            /** Name */
            name: string;
            /**
             * Properties
             * @default {}
             */
            properties: {
                [key: string]: string | boolean | number | (string | boolean | number | null)[] | null;
            };
            /**
             * Source Ids
             * @default []
             */
            source_ids: string[];
            /** Type */
            type: string;
        };
        /** DocumentList */
        DocumentList: {
            /** Documents */
            documents: components["schemas"]["DocumentView"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** DocumentView */
        DocumentView: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Id */
            id: string;
            /** Key */
            key: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "primary" | "reputable" | "unverified";
            /** Text */
            text: string | null;
            /** Title */
            title: string;
        };
        /** Edge */
        Edge: {
            /** Id */
            id: string;
            /** Label */
            label: string;
            /** Properties */
            properties: {
                [key: string]: unknown;
            };
            /** Source */
            source: string;
            /** Target */
            target: string;
        };
        /** EntityList */
        EntityList: {
            /** Entities */
            entities: components["schemas"]["EntityView"][];
            /** Limit */
            limit: number;
            /** Page */
            page: number;
            /** Total */
            total: number;
        };
        /** EntityView */
        EntityView: {
            /** Confidence Score */
            confidence_score: number | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Evidence Tier */
            evidence_tier: ("documented" | "reported" | "alleged") | null;
            /** Id */
            id: string;
            /** Key */
            key: string | null;
            /** Merged Into */
            merged_into: string | null;
            /** Name */
            name: string;
            /** Properties */
            properties: {
                [key: string]: unknown;
            };
            /** Source Ids */
            source_ids: string[];
            /** Type */
            type: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /** FilterResults */
        FilterResults: {
            /** Filters */
            filters: {
                [key: string]: string;
            };
            /** Results */
            results: components["schemas"]["EntityView"][];
            /** Total */
            total: number;
        };
        /** Gone */
        Gone: {
            /** Id */
            id: string;
            /** Message */
            message: string;
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
        /** HitView */
        HitView: {
            /** Id */
            id: string;
            /** Match Score */
            match_score: number;
            /** Matched Fields */
            matched_fields: string[];
            /** Name */
            name: string;
            /** Type */
            type: string;
        };
        /** MergeEntities */
        MergeEntities: {
            /** Merged Id */
            merged_id: string;
            /**
             * Reason
             * @default
             */
            reason: string;
        };
        /** MergeList */
        MergeList: {
            /** Merges */
            merges: components["schemas"]["MergeView"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** MergeView */
        MergeView: {
            /** Id */
            id: string;
            /** Kept Id */
            kept_id: string;
            /**
             * Merged At
             * Format: date-time
             */
            merged_at: string;
            /** Merged By */
            merged_by: string;
            /** Merged Id */
            merged_id: string;
            /** Moved */
            moved: string[];
            /** Reason */
            reason: string;
            /** Undone At */
            undone_at: string | null;
            /** Undone By */
            undone_by: string | null;
        };
        /**
         * MetricsView
         * @description Since the start of this process; null where nothing is counted here: there is no cache, and queries are
         *     PostgreSQL's to count.
         */
        MetricsView: {
            /** Average Response Time Ms */
            average_response_time_ms: number;
            /** Cache Hits */
            cache_hits: number | null;
            /** Cache Misses */
            cache_misses: number | null;
            /** Database Queries */
            database_queries: number | null;
            /** Errors */
            errors: number;
            /** Requests Per Minute */
            requests_per_minute: number;
            /** Requests Total */
            requests_total: number;
        };
        /** Node */
        Node: {
            /** Id */
            id: string;
            /** Label */
            label: string;
            /** Properties */
            properties: {
                [key: string]: unknown;
            };
            /** Type */
            type: string;
        };
        /** PathList */
        PathList: {
            /** From Id */
            from_id: string;
            /** Max Depth */
            max_depth: number;
            /** Paths */
            paths: components["schemas"]["PathView"][];
            /** To Id */
            to_id: string;
        };
        /** PathView */
        PathView: {
            /** Length */
            length: number;
            /** Nodes */
            nodes: components["schemas"]["EntityView"][];
            /** Relationships */
            relationships: components["schemas"]["RelationshipView"][];
        };
        /**
         * Picture
         * @description The newest entities, at most ``limit``, and what is between them.
         */
        Picture: {
            /** Edges */
            edges: components["schemas"]["Edge"][];
            /** Nodes */
            nodes: components["schemas"]["Node"][];
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
        /** PutEntity */
        PutEntity: {
            /** Confidence Score */
            confidence_score?: number | null;
            /** Evidence Tier */
            evidence_tier?: ("documented" | "reported" | "alleged") | null;
            /** Key */
            key: string;
            /** Name */
            name: string;
            /**
             * Properties
             * @default {}
             */
            properties: {
                [key: string]: string | boolean | number | (string | boolean | number | null)[] | null;
            };
            /**
             * Source Ids
             * @default []
             */
            source_ids: string[];
            /** Type */
            type: string;
        };
        /** RelatedItem */
        RelatedItem: {
            /** Distance */
            distance: number;
            entity: components["schemas"]["EntityView"];
            relationship: components["schemas"]["RelationshipView"];
        };
        /** RelatedList */
        RelatedList: {
            /** Entity Id */
            entity_id: string;
            /** Related */
            related: components["schemas"]["RelatedItem"][];
        };
        /**
         * RelationshipView
         * @description ``from_id`` and ``to_id`` are read after merges; the ids that were stated are beside them.
         */
        RelationshipView: {
            /** Confidence Score */
            confidence_score: number | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Evidence Tier */
            evidence_tier: ("documented" | "reported" | "alleged") | null;
            /** From Id */
            from_id: string;
            /** Id */
            id: string;
            /** Properties */
            properties: {
                [key: string]: unknown;
            };
            /** Source Ids */
            source_ids: string[];
            /** Stated From Id */
            stated_from_id: string;
            /** Stated To Id */
            stated_to_id: string;
            /** To Id */
            to_id: string;
            /** Type */
            type: string;
        };
        /** SearchResults */
        SearchResults: {
            /** Query */
            query: string;
            /** Results */
            results: components["schemas"]["HitView"][];
            /** Total */
            total: number;
        };
        /**
         * Source
         * @description One thing that the answer says, and where it is stored.
         */
        Source: {
            /** Document Id */
            document_id: string | null;
            /** Document Title */
            document_title: string | null;
            /** Entity Id */
            entity_id: string | null;
            /** Entity Name */
            entity_name: string | null;
            /** Evidence Tier */
            evidence_tier: ("documented" | "reported" | "alleged") | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "relationship" | "passage" | "entity";
            /** Quote */
            quote: string | null;
            /** Relationship Id */
            relationship_id: string | null;
            /** Relationship Type */
            relationship_type: string | null;
            /** Source Ids */
            source_ids: string[];
        };
        /** StateRelationship */
        StateRelationship: {
            /** Confidence Score */
            confidence_score?: number | null;
            /** Evidence Tier */
            evidence_tier?: ("documented" | "reported" | "alleged") | null;
            /** From Id */
            from_id: string;
            /**
             * Properties
             * @default {}
             */
            properties: {
                [key: string]: string | boolean | number | (string | boolean | number | null)[] | null;
            };
            /**
             * Source Ids
             * @default []
             */
            source_ids: string[];
            /** To Id */
            to_id: string;
            /** Type */
            type: string;
        };
        /**
         * StatusView
         * @description ``cache`` is ``none``: answers come from the database each time.
         */
        StatusView: {
            /**
             * Cache
             * @constant
             */
            cache: "none";
            /** Database */
            database: string;
            /** Entities Count */
            entities_count: number;
            /** Relationships Count */
            relationships_count: number;
            /** Status */
            status: string;
            /** Uptime Seconds */
            uptime_seconds: number;
            /** Version */
            version: string;
        };
        /** StoreDocument */
        StoreDocument: {
            /** Key */
            key?: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "primary" | "reputable" | "unverified";
            /** Text */
            text: string;
            /** Title */
            title: string;
        };
        /**
         * UpdateEntity
         * @description What is left out stays; properties are merged, one that is null goes.
         */
        UpdateEntity: {
            /** Confidence Score */
            confidence_score?: number | null;
            /** Evidence Tier */
            evidence_tier?: ("documented" | "reported" | "alleged") | null;
            /** Name */
            name?: string | null;
            /**
             * Properties
             * @default {}
             */
            properties: {
                [key: string]: string | boolean | number | (string | boolean | number | null)[] | null;
            };
            /** Source Ids */
            source_ids?: string[] | null;
            /** Type */
            type?: string | null;
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
    "graph.list_documents": {
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
                    "application/json": components["schemas"]["DocumentList"];
                };
            };
        };
    };
    "graph.store_document": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StoreDocument"];
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
                    "application/json": components["schemas"]["DocumentView"];
                };
            };
        };
    };
    "graph.read_document": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: string;
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
                    "application/json": components["schemas"]["DocumentView"];
                };
            };
        };
    };
    "graph.list_entities": {
        parameters: {
            query?: {
                limit?: number;
                page?: number;
                type?: string | null;
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
                    "application/json": components["schemas"]["EntityList"];
                };
            };
        };
    };
    "graph.put_entity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutEntity"];
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
                    "application/json": components["schemas"]["EntityView"];
                };
            };
        };
    };
    "graph.create_entity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateEntity"];
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
                    "application/json": components["schemas"]["EntityView"];
                };
            };
        };
    };
    "graph.read_entity": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entity_id: string;
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
                    "application/json": components["schemas"]["EntityView"];
                };
            };
        };
    };
    "graph.update_entity": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entity_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateEntity"];
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
                    "application/json": components["schemas"]["EntityView"];
                };
            };
        };
    };
    "graph.delete_entity": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entity_id: string;
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
                    "application/json": components["schemas"]["Gone"];
                };
            };
        };
    };
    "graph.merge": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entity_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MergeEntities"];
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
                    "application/json": components["schemas"]["MergeView"];
                };
            };
        };
    };
    "graph.related": {
        parameters: {
            query?: {
                depth?: number;
            };
            header?: never;
            path: {
                entity_id: string;
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
                    "application/json": components["schemas"]["RelatedList"];
                };
            };
        };
    };
    "graph.picture": {
        parameters: {
            query?: {
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
                    "application/json": components["schemas"]["Picture"];
                };
            };
        };
    };
    "graph.list_merges": {
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
                    "application/json": components["schemas"]["MergeList"];
                };
            };
        };
    };
    "graph.undo_merge": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                merge_id: string;
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
                    "application/json": components["schemas"]["MergeView"];
                };
            };
        };
    };
    "graph.paths": {
        parameters: {
            query?: {
                max_depth?: number;
            };
            header?: never;
            path: {
                from_id: string;
                to_id: string;
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
                    "application/json": components["schemas"]["PathList"];
                };
            };
        };
    };
    "graph.list_answers": {
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
                    "application/json": components["schemas"]["AnswerList"];
                };
            };
        };
    };
    "graph.ask": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskQuestion"];
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
                    "application/json": components["schemas"]["AnswerView"];
                };
            };
        };
    };
    "graph.read_answer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                question_id: string;
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
                    "application/json": components["schemas"]["AnswerView"];
                };
            };
        };
    };
    "graph.state_relationship": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StateRelationship"];
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
                    "application/json": components["schemas"]["RelationshipView"];
                };
            };
        };
    };
    "graph.delete_relationship": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                relationship_id: string;
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
                    "application/json": components["schemas"]["Gone"];
                };
            };
        };
    };
    "graph.search": {
        parameters: {
            query: {
                limit?: number;
                q: string;
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
                    "application/json": components["schemas"]["SearchResults"];
                };
            };
        };
    };
    "graph.filtered": {
        parameters: {
            query?: {
                evidence_tier?: ("documented" | "reported" | "alleged") | null;
                limit?: number;
                role?: string | null;
                type?: string | null;
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
                    "application/json": components["schemas"]["FilterResults"];
                };
            };
        };
    };
    "graph.metrics": {
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
                    "application/json": components["schemas"]["MetricsView"];
                };
            };
        };
    };
    "graph.status": {
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
                    "application/json": components["schemas"]["StatusView"];
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
    "graph.requested": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskedOver"];
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
                    "application/json": components["schemas"]["StatusView"];
                };
            };
        };
    };
}
