import type { FileFault, NamedFile } from '@dual-random/draw/forms'
import type { Result } from '@dual-random/kernel'
import { type Check, type Difference, type Fault, firstOf } from './difference.ts'
import type { MissingFamilyFile } from './family-files.ts'

/** Stops at the first difference; never leaves `verifyBundle`. */
export class Stop extends Error {
  readonly difference: Difference

  constructor(file: string, fault: Fault) {
    super(fault.code)
    this.difference = { file, ...fault }
  }
}

/** Ends without a verdict on the draw; never leaves `verifyBundle`. */
export class MissingFile extends Error {
  readonly missing: MissingFamilyFile

  constructor(missing: MissingFamilyFile) {
    super(missing.file)
    this.missing = missing
  }
}

/** As `MissingFile`, of another city's roster. */
export class MissingRoster extends Error {
  readonly missing: { readonly file: string; readonly regionCode: string }

  constructor(file: string, regionCode: string) {
    super(file)
    this.missing = { file, regionCode }
  }
}

/** What was read, or the end at what is wrong with it. */
export function must<T>(file: NamedFile, result: Result<T, FileFault>): T {
  if (!result.ok) throw new Stop(file.name, result.error)
  return result.value
}

/** Goes on where a check finds nothing. */
export function none(file: NamedFile, check: Check): void {
  const fault = firstOf(check)
  if (fault !== undefined) throw new Stop(file.name, fault)
}

export const optional = <A, B>(value: A | undefined, then: (value: A) => B): B | undefined =>
  value === undefined ? undefined : then(value)
