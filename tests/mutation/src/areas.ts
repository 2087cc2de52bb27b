/** What is changed and judged together: the paths of one folder of a package, and the unit tests that must notice. */
export interface Area {
  /** `services/registry/src/domain`, `libs/policy/src`. */
  readonly folder: string
  readonly paths: readonly string[]
}

const service = /^((?:services|apps)\/[^/]+\/src\/[^/]+)(?:\/.+)$/
const anySource = /^((?:services|apps|libs)\/[^/]+\/src)(?:\/.+)?$/

/** A layer of a service is judged by its own tests, a lib by all of its: that is where its rules are stated. */
function folderOf(path: string): string | undefined {
  if (/^(?:services|apps)\/[^/]+\/src\/[^/.]+$/.test(path)) return path
  return (service.exec(path) ?? anySource.exec(path))?.[1]
}

/** Groups paths by area, in the order given; a string names the path that is no source. */
export function areasOf(paths: readonly string[]): readonly Area[] | string {
  const byFolder = new Map<string, string[]>()
  for (const path of paths) {
    const folder = folderOf(path)
    if (folder === undefined || path.endsWith('.test.ts')) return path
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), path])
  }
  return [...byFolder].map(([folder, own]) => ({ folder, paths: own }))
}

/** `libs-policy-src`, for the names of reports. */
export const slugOf = ({ folder }: Area): string => folder.replaceAll('/', '-')
