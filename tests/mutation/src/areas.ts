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

/** Names the reports: `libs-policy-src`, or the files of a part, `libs-kernel-src-ratio.ts-time.ts`, whose run is kept beside that of the whole. */
export function slugOf({ folder, paths }: Area): string {
  const parts = paths.filter((path) => path !== folder).map((path) => path.slice(folder.length + 1))
  return [folder, ...parts].join('-').replaceAll('/', '-').slice(0, 200)
}
