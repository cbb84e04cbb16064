import type { components } from "@/wire/generated/harmony-live";

/** What HARMONY.Live says: camelCase, as its specification prints it. */
type Schemas = components["schemas"];

export type ArticleView = Schemas["ArticleView"];
export type ContributionView = Schemas["ContributionView"];
export type DetectionView = Schemas["DetectionView"];
export type Evidence = Schemas["EvidenceView"];
export type ExpertMatch = Schemas["ExpertMatch"];
export type ExpertView = Schemas["ExpertView"];
export type Fact = Schemas["TimelineEntry"];
export type HiddenSpan = Schemas["HiddenSpanView"];
export type KnownSolution = Schemas["KnownSolutionView"];
export type Matches = Schemas["Matches"];
export type LogDigest = Schemas["LogDigestView"];
export type MessageView = Schemas["MessageView"];
export type OfferList = Schemas["OfferList"];
export type OfferView = Schemas["OfferView"];
export type PreviewView = Schemas["PreviewView"];
export type ProblemItem = Schemas["ProblemItem"];
export type ProblemList = Schemas["ProblemList"];
export type ProblemView = Schemas["ProblemView"];
export type RequestItem = Schemas["RequestItem"];
export type RequestList = Schemas["RequestList"];
export type RequestView = Schemas["RequestView"];
export type SessionView = Schemas["SessionView"];
export type ShareItem = Schemas["ShareItem"];
export type Timeline = Schemas["Timeline"];
