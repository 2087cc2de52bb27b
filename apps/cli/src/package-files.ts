import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The nearest folder above this file that holds the path: the same from `src` and from `dist/src`, in a checkout and in an image. */
function above(path: string, folder: string = import.meta.dirname): string {
  const found = join(folder, path)
  if (existsSync(found)) return found
  if (dirname(folder) === folder) throw new Error(`no ${path} above ${import.meta.dirname}`)
  return above(path, dirname(folder))
}

export function version(): string {
  const manifest = JSON.parse(readFileSync(above('package.json'), 'utf8')) as { readonly version: string }
  return manifest.version
}

/** The topic list that the program comes with. */
export const shippedTopicList = (): string => above('deploy/topics/topics.yaml')

/** The folder of policy presets that the program comes with. */
export const shippedPresets = (): string => above('deploy/presets')

/** The folder of yearly working calendars that the program comes with. */
export const shippedCalendars = (): string => above('deploy/presets/calendar')

/** Which region is bound to which preset where nobody has decided otherwise. */
export const shippedBindings = (): string => above('deploy/bindings.yaml')
