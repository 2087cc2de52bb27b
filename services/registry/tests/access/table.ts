import { readFileSync } from 'node:fs'
import { isRole, type Role, roles, signedInRoles } from '@dual-random/auth'

/** Where callers stand to the unit and the region that own what is called for. */
export const places = ['itself', 'beside', 'above', 'below', 'elsewhere'] as const
export type Place = (typeof places)[number]

/** A row of `ACCESS.md`. */
export interface AccessRow {
  /** `GET /v1/objects/:objectId`, or `registry.v1/GetPolicy`. */
  readonly name: string
  readonly roles: readonly Role[]
  readonly isPublic: boolean
  readonly reach: string
}

export interface AccessTable {
  readonly rows: readonly AccessRow[]
  /** Whether a role that may call at all may from a place. */
  reaches(row: AccessRow, role: Role, place: Place): boolean
}

const cellsOf = (line: string): readonly string[] =>
  line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim())

function rolesIn(text: string): readonly Role[] {
  if (text === 'public') return roles
  if (text === 'any') return signedInRoles
  return text.split(', ').map((name) => {
    if (!isRole(name)) throw new Error(`ACCESS.md names no role: ${name}`)
    return name
  })
}

/** Who reaches as `region` whatever a route's reach says: those who look after no unit. */
const beyondUnits: Readonly<Record<string, readonly Role[]>> = {
  pool: ['AUDITOR', 'EVALUATOR', 'SERVICE'],
  unit: ['AUDITOR'],
  party: ['AUDITOR'],
}

export function readAccessTable(): AccessTable {
  const lines = readFileSync(new URL('../../ACCESS.md', import.meta.url), 'utf8').split('\n')
  const table = lines.filter((line) => line.startsWith('|')).map(cellsOf)
  const reaches = new Map(
    table
      .filter((cells) => cells.length === 1 + places.length)
      .map(([reach = '', ...allowed]) => [reach, allowed.map((cell) => cell === 'yes')]),
  )
  const rows = table
    .filter(([name = ''], _index) => name.startsWith('`'))
    .map(([name = '', held = '', reach = '']) => {
      if (!reaches.has(reach)) throw new Error(`ACCESS.md explains no reach ${reach}`)
      return { name: name.replaceAll('`', ''), roles: rolesIn(held), isPublic: held === 'public', reach }
    })
  return {
    rows,
    reaches: ({ reach }, role, place) => {
      if (role === 'SERVICE') return true
      const effective = beyondUnits[reach]?.includes(role) === true ? 'region' : reach
      return reaches.get(effective)?.[places.indexOf(place)] === true
    },
  }
}
