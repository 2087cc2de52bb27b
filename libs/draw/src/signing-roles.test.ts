import { expect, it } from 'vitest'
import type { EntryKind } from './signature.ts'
import { type KeyRole, rolesFor } from './signing-roles.ts'

// docs/draw-protocol.md §8 and §16.
const roles: Readonly<Record<EntryKind, readonly KeyRole[]>> = {
  genesis: ['drawing'],
  key: ['superior'],
  definition: ['superior'],
  tip: ['unit', 'superior'],
  snapshot: ['registry'],
  commitment: ['drawing'],
  reveal: ['unit', 'superior'],
  numbers: ['unit', 'superior'],
  void: ['drawing'],
  approval: ['superior'],
  transcript: ['drawing'],
  match: ['drawing'],
  audited: ['unit', 'superior'],
  failed: ['superior'],
  closed: ['drawing'],
}

it.each(Object.entries(roles) as readonly (readonly [EntryKind, readonly KeyRole[]])[])('DRW-31 %s is signed by %j', (kind, expected) => {
  expect(rolesFor(kind)).toEqual(expected)
})
