import { Rows } from "@/kit/layout";
import { Moment } from "@/kit/moment";
import { Money } from "@/kit/money";
import { State } from "@/kit/state";
import { sentenceCase } from "@/kit/words";
import { assetOf, meaningOf, running } from "@/settlement/escrows/states";
import type { EscrowBrief } from "@/wire/settlement";

/** Escrows with what they hold and the deadline that runs. */
export function EscrowRows({ escrows }: { escrows: readonly EscrowBrief[] }) {
  return (
    <Rows label="Escrows">
      {escrows.map((escrow) => {
        const deadline = running(escrow);
        return (
          <li key={escrow.escrow_id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
            <div className="min-w-0 flex-1 basis-56">
              <p className="font-medium break-words">{escrow.title}</p>
              {deadline !== null && (
                <p className="text-small text-muted">
                  <Moment at={deadline.at} prefix="deadline " />; then {deadline.after}
                </p>
              )}
            </div>
            <Money amount={escrow.amount_usdc} asset={assetOf(escrow)} />
            <State word={sentenceCase(escrow.status)} meaning={meaningOf(escrow.status)} />
          </li>
        );
      })}
    </Rows>
  );
}
