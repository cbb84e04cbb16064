/** What `/auth` says. */

export interface PrincipalView {
  id: string;
  kind: string;
  name: string;
  roles: string[];
}

export interface TokenView {
  id: string;
  principal_id: string;
  label: string;
  created_at: string;
  expires_at: string;
  revoked_at: string | null;
}

export interface Tokens {
  tokens: TokenView[];
}
