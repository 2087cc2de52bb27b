// What the use cases ask of the outside, by subject.
export type * from './ports/background.ts'
export type * from './ports/draws.ts'
export type * from './ports/files.ts'
export type * from './ports/imports.ts'
export type * from './ports/lists.ts'
export type * from './ports/policies.ts'
export type * from './ports/pools.ts'
export type * from './ports/records.ts'
