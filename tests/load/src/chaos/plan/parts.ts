/** What is killed, as the report counts it. */
export const victimKinds = ['broker', 'store', 'relay', 'consumer', 'service'] as const

export type VictimKind = (typeof victimKinds)[number]

/** What a process does: writes and publishes, only publishes, or is a member of one of the two groups. */
export const roles = ['service', 'relay', 'first', 'second'] as const

export type Role = (typeof roles)[number]

/** Two copies of each process. */
export const processNames = roles.flatMap((role) => [`${role}-1`, `${role}-2`] as const)

export type ProcessName = (typeof processNames)[number]

export const roleOf = (name: ProcessName): Role => name.slice(0, -2) as Role

export const servers = ['broker', 'store'] as const

export type ServerName = (typeof servers)[number]

/** The network between a process and a server. */
export const routes = processNames.flatMap((name) => servers.map((server) => `${name}/${server}` as const))

export type Route = (typeof routes)[number]

export const victimKindOf = (name: ServerName | ProcessName): VictimKind => {
  if (name === 'broker' || name === 'store') return name
  const role = roleOf(name)
  return role === 'first' || role === 'second' ? 'consumer' : role
}
