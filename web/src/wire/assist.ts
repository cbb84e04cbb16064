/** What HARMONY.Live says: camelCase, as its specification prints it. */

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

export interface Classification {
  category: string;
  subcategory: string;
  complexity: string;
  urgency: string;
}

/** A line of the report that speaks for the class; `line` counts from 1, null for an error that came by itself. */
export interface Evidence {
  line: number | null;
  text: string;
  reason: string;
}

export interface KnownSolution {
  articleId: string;
  title: string;
  relevanceScore: number;
  matchedBy: string;
}

export interface ProblemView {
  contextId: string;
  userId: string;
  problemDetected: boolean;
  confidenceScore: number;
  classification: Classification;
  suggestedAction: string;
  evidence: Evidence[];
  occurrences: number;
  knownSolutions: KnownSolution[];
  fingerprint: string;
  errorType: string;
  errorMessage: string;
  command: string | null;
  exitCode: number | null;
  spaceId: string | null;
  createdAt: string;
}

export interface ProblemItem {
  contextId: string;
  problemDetected: boolean;
  classification: Classification;
  suggestedAction: string;
  errorType: string;
  errorMessage: string;
  occurrences: number;
  createdAt: string;
}

export interface RequestItem {
  requestId: string;
  contextId: string;
  seekerId: string;
  title: string;
  status: string;
  urgency: string;
  createdAt: string;
  updatedAt: string;
}

export interface RequestView extends RequestItem {
  spaceId: string | null;
  offerId: string | null;
  sessionId: string | null;
}

export interface ExpertMatch {
  expertId: string;
  name: string;
  matchScore: number;
  expertise: string[];
  availability: string;
  estimatedResponseTime: string;
  reputationScore: number;
  completedSessions: number;
  reasons: string[];
}

export interface Matches {
  matchesFound: boolean;
  experts: ExpertMatch[];
}

export interface OfferView {
  offerId: string;
  requestId: string;
  expertId: string;
  status: string;
  title: string;
  createdAt: string;
  expiresAt: string;
  answeredAt: string | null;
  sessionId: string | null;
}

export interface MessageView {
  messageId: string;
  authorId: string;
  text: string;
  createdAt: string;
}

export interface ShareView {
  shareId: string;
  scope: string[];
  content: string;
  createdAt: string;
  expiresAt: string;
  revokedAt: string | null;
}

export interface SessionView {
  sessionId: string;
  requestId: string;
  seekerId: string;
  expertId: string;
  status: string;
  openedAt: string;
  endedAt: string | null;
  rating: number | null;
  messages: MessageView[];
  shares: ShareView[];
}

export interface ContributionView {
  contributionId: string;
  sessionId: string;
  formula: number;
  asset: string;
  amount: string;
  expert: string;
  maintenance: string;
  governance: string;
  status: string;
  valuedAt: string;
}

export interface ArticleView {
  articleId: string;
  title: string;
  status: string;
  version: number;
  problem: string;
  cause: string;
  steps: string[];
  verification: string;
  code: string;
  sessionId: string | null;
  createdAt: string;
  approvedBy: string | null;
  approvedAt: string | null;
}

/** One fact of the journal. */
export interface Fact {
  revision: number;
  kind: string;
  subject: string;
  at: string;
  actor: string;
  trace: string;
  payload: Record<string, unknown>;
}

export interface Timeline {
  items: Fact[];
}

export interface NotificationView {
  notificationId: string;
  kind: string;
  subject: string;
  title: string;
  body: string;
  createdAt: string;
  readAt: string | null;
}

export interface Notifications {
  notifications: NotificationView[];
  nextCursor: string | null;
}
