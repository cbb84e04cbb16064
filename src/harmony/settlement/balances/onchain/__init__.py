"""Shadow balances whose money lies in a vault on a chain: deposits proven, withdrawals pushed, epochs published."""
