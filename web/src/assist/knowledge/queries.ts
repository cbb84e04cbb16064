import { useQuery } from "@tanstack/react-query";
import type { ArticleView } from "@/wire/assist";
import { ask } from "@/wire/client";
import { live } from "@/wire/paths";

export function useArticle(articleId: string) {
  return useQuery({
    queryKey: ["articles", articleId],
    queryFn: () => ask<ArticleView>("GET", live("knowledge-base", "articles", articleId)),
  });
}
