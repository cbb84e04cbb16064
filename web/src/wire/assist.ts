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

export interface OfferView {
  offerId: string;
  requestId: string;
  expertId: string;
  state: string;
  madeAt: string;
  expiresAt: string;
  answeredAt: string | null;
}

export interface RequestItem {
  requestId: string;
  seekerId: string;
  contextId: string;
  spaceId: string | null;
  state: string;
  issueType: string;
  description: string;
  urgency: string;
  sessionId: string | null;
  openedAt: string;
  movedAt: string;
}

/** `offers` are the seeker's to see, newest first; an expert sees their own. */
export interface RequestView extends RequestItem {
  offers: OfferView[];
}

export interface ExpertMatch {
  expertId: string;
  name: string;
  matchScore: number;
  expertise: string[];
  availability: string;
  estimatedResponseTime: string;
  preferredChannel: string;
  reputationScore: number;
  completedSessions: number;
  reasons: string[];
}

export interface Matches {
  matchesFound: boolean;
  experts: ExpertMatch[];
}

export interface ExpertView {
  expertId: string;
  userId: string;
  name: string;
}

/** `hidden` counts what redaction took out of it. */
export interface MessageView {
  messageId: string;
  position: number;
  authorId: string;
  body: string;
  hidden: number;
  sentAt: string;
}

export interface ShareItem {
  shareId: string;
  scope: string[];
  grantedAt: string;
  expiresAt: string;
  revokedAt: string | null;
}

/** With its newest messages, oldest first. `expertId` is the profile, `expertUserId` the person. */
export interface SessionView {
  sessionId: string;
  requestId: string;
  seekerId: string;
  expertId: string;
  expertUserId: string;
  state: string;
  rating: number | null;
  messageCount: number;
  openedAt: string;
  endedAt: string | null;
  messages: MessageView[];
  shares: ShareItem[];
}

/** Tokens and points are decimal strings; factors are 1 for neutral. */
export interface ContributionView {
  contributionId: string;
  sessionId: string;
  state: string;
  formula: number;
  complexity: string;
  score: number;
  rating: number | null;
  base: string;
  qualityFactor: number;
  responseFactor: number;
  capped: boolean;
  value: string;
  asset: string;
  shares: Record<"expert" | "maintenance" | "governance", string>;
  reputationPoints: string;
  valuedAt: string;
  distributedAt: string | null;
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
  actor: string;
  traceId: string;
  payload: Record<string, unknown>;
  occurredAt: string;
}

/** A page of the story; `after` goes on from here, and a page that is not full ends it. */
export interface Timeline {
  items: Fact[];
  after: number;
}
