export const violationKinds = [
  /** In a document's seq or acknowledged, and not on its topic or without its effect. */
  'lost',
  /** An effect, or an operation, that happened more than once. */
  'duplicated',
  /** Applied, or first published, after a successor of its key. */
  'inverted',
  /** Acknowledged, published or applied, and not in the document it is of. */
  'absent',
  /** A document whose seq is not the count of its events. */
  'gap',
  /** A record that says something else than the document does. */
  'diverged',
  /** A record that was given up, though nothing was wrong with it. */
  'dead-letter',
] as const

export type ViolationKind = (typeof violationKinds)[number]

export interface Violation {
  readonly kind: ViolationKind
  /** Of an operation, a topic, or an effect. */
  readonly where: string
  /** `<aggregate id>:<seq>`, or the name of an operation. */
  readonly what: string
  readonly detail: string
}
