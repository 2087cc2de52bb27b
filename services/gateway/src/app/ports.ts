import type { RoleBinding } from '../domain/session.ts'

/** Says who somebody is: the outside OpenID Connect provider. Throws `unauthenticated` for a token it did not issue. */
export type VerifyIdToken = (idToken: string) => Promise<{ readonly subject: string }>

export type FindBindings = (subject: string) => Promise<readonly RoleBinding[]>

export interface PlatformToken {
  readonly token: string
  readonly expiresAt: string
}

export type MintToken = (claims: { readonly subject: string } & RoleBinding) => Promise<PlatformToken>
