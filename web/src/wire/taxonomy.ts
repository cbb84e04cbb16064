import kept from "../../../src/harmony/assist/problems/kinds/taxonomy.json";

/** The classes that a problem may have, as the server keeps them: its own file, so none can be missing here. */
export interface Category {
  id: string;
  about: string;
  subcategories: readonly { id: string; about: string }[];
}

/** What fits no class: the server knows it beside its list. */
const NONE: Category = {
  id: "unknown",
  about: "none of the classes fits",
  subcategories: [{ id: "unclassified", about: "none of the classes fits" }],
};

export const TAXONOMY: readonly Category[] = [...kept.categories, NONE];
