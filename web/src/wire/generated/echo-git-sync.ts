// Generated from docs/reference/openapi/echo-git-sync.json by `npm run types`; do not edit.
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
    "/repositories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Repositories */
        get: operations["mirrors.list_repositories"];
        put?: never;
        /** Add Repository */
        post: operations["mirrors.add_repository"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/repositories/{repository}": {
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
         * Remove Repository
         * @description Forget it; its remotes are not touched.
         */
        delete: operations["mirrors.remove_repository"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/repositories/{repository}/remotes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add Remote */
        post: operations["mirrors.add_remote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/repositories/{repository}/remotes/{remote}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove Remote */
        delete: operations["mirrors.remove_remote"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/repositories/{repository}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Runs */
        get: operations["mirrors.list_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/repositories/{repository}/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask Sync
         * @description Compare now and bring forward what lacks; the answer is what was found.
         */
        post: operations["mirrors.ask_sync"];
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
         * @description What other components ask through the Conductor: ``get-sync-status``, for one repository by its payload.
         */
        post: operations["mirrors.requested"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sync-status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sync Status
         * @description How a repository stands; without a name the first one.
         */
        get: operations["mirrors.sync_status"];
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
        /** AddRemote */
        AddRemote: {
            /** Name */
            name: string;
            /** Url */
            url: string;
        };
        /**
         * AddRepository
         * @description ``branch`` is the one whose commit a status names.
         */
        AddRepository: {
            /**
             * Branch
             * @default main
             */
            branch: string;
            /** Name */
            name: string;
        };
        /**
         * AskedOver
         * @description A request that the Conductor forwards; what else it carries is not needed here.
         */
        AskedOver: {
            /** Payload */
            payload?: unknown;
            /** Request Type */
            request_type: string;
        };
        /**
         * AskSync
         * @description ``dry_run`` says what would be done; ``force`` is refused, always.
         */
        AskSync: {
            /**
             * Dry Run
             * @default false
             */
            dry_run: boolean;
            /**
             * Force
             * @default false
             */
            force: boolean;
        };
        /**
         * DivergenceView
         * @description The remotes' object ids of one reference, and what to do about it.
         */
        DivergenceView: {
            /** Hint */
            hint: string;
            /** Ref */
            ref: string;
            /** Tips */
            tips: {
                [key: string]: string;
            };
        };
        /** Gone */
        Gone: {
            /** Message */
            message: string;
            /** Name */
            name: string;
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
         * Integrity
         * @description When all remotes were last alike: ``hash`` is over every reference with its object id.
         */
        Integrity: {
            /** Commit */
            commit: string | null;
            /** Hash */
            hash: string;
            /**
             * Timestamp
             * Format: date-time
             */
            timestamp: string;
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
        /** RemoteView */
        RemoteView: {
            /** Error */
            error: string | null;
            /** Last Result */
            last_result: string | null;
            /** Name */
            name: string;
            /** Online */
            online: boolean | null;
            /** Seen At */
            seen_at: string | null;
            /** Url */
            url: string;
        };
        /** RepositoryList */
        RepositoryList: {
            /** Repositories */
            repositories: components["schemas"]["RepositoryView"][];
        };
        /** RepositoryView */
        RepositoryView: {
            /** Branch */
            branch: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Errors */
            errors: number;
            /** Name */
            name: string;
            /** Syncs Total */
            syncs_total: number;
        };
        /** RunList */
        RunList: {
            /** Next Cursor */
            next_cursor: string | null;
            /** Runs */
            runs: components["schemas"]["RunView"][];
        };
        /** RunView */
        RunView: {
            /** Commit */
            commit: string | null;
            /** Divergences */
            divergences: components["schemas"]["DivergenceView"][];
            /** Dry Run */
            dry_run: boolean;
            /** Ended At */
            ended_at: string | null;
            /** Error */
            error: string | null;
            /** Hash */
            hash: string | null;
            /** Id */
            id: string;
            /** Remotes */
            remotes: {
                [key: string]: unknown;
            }[];
            /** Repository */
            repository: string;
            /** Request Id */
            request_id: string | null;
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
            /** State */
            state: string;
        };
        /**
         * SyncStatus
         * @description ``repository`` is null while nothing is kept alike; ``state`` is that of the last run, null before the first.
         */
        SyncStatus: {
            /** Branch */
            branch: string | null;
            /** Divergences */
            divergences: components["schemas"]["DivergenceView"][];
            /** Dry Run */
            dry_run: boolean;
            /** Errors */
            errors: number;
            /** Failed Count */
            failed_count: number;
            last_integrity: components["schemas"]["Integrity"] | null;
            /** Last Run At */
            last_run_at: string | null;
            /** Remotes */
            remotes: components["schemas"]["RemoteView"][];
            /** Repositories */
            repositories: string[];
            /** Repository */
            repository: string | null;
            /** State */
            state: string | null;
            /** Syncs Total */
            syncs_total: number;
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
    "mirrors.list_repositories": {
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
                    "application/json": components["schemas"]["RepositoryList"];
                };
            };
        };
    };
    "mirrors.add_repository": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddRepository"];
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
                    "application/json": components["schemas"]["RepositoryView"];
                };
            };
        };
    };
    "mirrors.remove_repository": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                repository: string;
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
    "mirrors.add_remote": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                repository: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddRemote"];
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
                    "application/json": components["schemas"]["RemoteView"];
                };
            };
        };
    };
    "mirrors.remove_remote": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                remote: string;
                repository: string;
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
    "mirrors.list_runs": {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                repository: string;
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
                    "application/json": components["schemas"]["RunList"];
                };
            };
        };
    };
    "mirrors.ask_sync": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                repository: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskSync"];
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
                    "application/json": components["schemas"]["RunView"];
                };
            };
        };
    };
    "mirrors.requested": {
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
                    "application/json": components["schemas"]["SyncStatus"];
                };
            };
        };
    };
    "mirrors.sync_status": {
        parameters: {
            query?: {
                repository?: string | null;
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
                    "application/json": components["schemas"]["SyncStatus"];
                };
            };
        };
    };
}
