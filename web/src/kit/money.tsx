import { amountParts } from "@/kit/amounts";

/** An amount with its asset and all its decimals; zeros that carry nothing are quiet, never dropped. */
export function Money({ amount, asset }: { amount: string; asset: string }) {
  const parts = amountParts(amount);
  return (
    <span>
      {parts === null ? (
        amount
      ) : (
        <span className="font-medium whitespace-nowrap">
          {parts.sign}
          {parts.whole}
          {(parts.fraction !== "" || parts.rest !== "") && "."}
          {parts.fraction}
          {parts.rest !== "" && <span className="font-normal text-muted">{parts.rest}</span>}
        </span>
      )}{" "}
      <span className="text-small whitespace-nowrap text-muted">{asset}</span>
    </span>
  );
}
