import type { Fault } from '../difference.ts'

/** What only the key K and the private files can show. */
export type AuditFault =
  | Fault
  | ({ readonly where: string } & (
      | /** One id under two labels: its other label stands at `other` of the same file, or of that which it names first. */
      { readonly code: 'clone'; readonly id: string; readonly other: string }
      /** The salt is not the one that K gives for this id, so its label could have been chosen. */
      | { readonly code: 'wrong-salt'; readonly expected: string; readonly found: string }
      /** The label is not that of this id and this salt. */
      | { readonly code: 'foreign-label'; readonly expected: string; readonly found: string }
      /** The label stands in no line of the file `missingFrom`, where it must. */
      | { readonly code: 'label-missing'; readonly label: string; readonly missingFrom: string }
      /** The roster says otherwise whether this label may be drawn. */
      | { readonly code: 'not-excluded'; readonly label: string }
      /** The object of this label is said to be replaced, and no commitment of a replacement that was given names it. */
      | { readonly code: 'no-replacement'; readonly label: string }
      /** A matching unit's file that S names was not given. */
      | { readonly code: 'not-given' }
      /** The key is not the one whose digest registry signed. */
      | { readonly code: 'wrong-key' }
    ))

/** A fault with its file; an empty place is the whole file. */
export type Finding = AuditFault & { readonly file: string }

export type Findings = Generator<Finding, void, undefined>
