"""What do the contracts cost beside their peers, and from how many payments on does the vault save 98 % of the gas?

Every figure of ours and of the specification's contract is the receipt of a real transaction in this run, on one chain
(npm's anvil, Prague rules), one compiler, one token that behaves as USDC does but without USDC's proxy. The last two
peers are cited: their code is not ours to carry.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from contracts.tools import anvil, gas  # noqa: E402  # the folders above must be known first

CITED = {"ERC-8183 reference, full cycle": 457_000, "AuthCaptureEscrow, no submission": 207_000}
SAVING_ASKED = 0.98
CURVE = (1, 2, 5, 10, 20, 50, 70, 100, 200, 500, 1_000, 10_000)


def main() -> None:
    with anvil.running() as chain:
        ours = gas.measure(chain)
    with anvil.running() as chain:
        specified = gas.specified(chain)
    for name, units in {**ours, **specified}.items():
        print(f"{units:>9,}  {name}")
    for name, units in CITED.items():
        print(f"{units:>9,}  {name} (cited)")
    _curve(ours, specified)


def _curve(ours: dict[str, int], specified: dict[str, int]) -> None:
    """One holder pays ``n`` times from a vault (deposit, one payment in a batch of 100, its share of the epoch)."""
    share = ours["vault.publish"] // gas.PAYEES
    once = ours["vault.deposit"] + ours["vault payment, each of 100"] + share
    single = ours["token transfer"]
    print(f"\npayments, each on chain ({single:,} a transfer), against one deposit and one batched payment ({once:,}):")
    for count in CURVE:
        print(f"{count:>9,}  {1 - once / (count * single):7.2%} saved")
    least = next(count for count in range(1, 10**6) if 1 - once / (count * single) >= SAVING_ASKED)
    print(f"{SAVING_ASKED:.0%} is saved from {least:,} payments on")
    ratio = specified["specified cycle by allowance"] / ours["escrow cycle by allowance"]
    print(f"the specified escrow costs {ratio:.2f} times ours, without terms, submission or fee")


if __name__ == "__main__":
    main()
