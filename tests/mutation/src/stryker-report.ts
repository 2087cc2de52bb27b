/** The part of the mutation testing report schema (https://github.com/stryker-mutator/mutation-testing-elements) that is read here. */
export interface StrykerReport {
  readonly files: Readonly<Record<string, ReportedFile>>
  /** Tests by the file they stand in, each with the id by which `killedBy` names it. */
  readonly testFiles?: Readonly<Record<string, { readonly tests: readonly { readonly id: string; readonly name: string }[] }>>
}

export interface ReportedFile {
  readonly source: string
  readonly mutants: readonly ReportedMutant[]
}

export interface ReportedMutant {
  readonly mutatorName: string
  readonly replacement?: string
  readonly statusReason?: string
  readonly killedBy?: readonly string[]
  readonly status: 'Killed' | 'Timeout' | 'Survived' | 'NoCoverage' | 'RuntimeError' | 'CompileError' | 'Ignored' | 'Pending'
  /** Lines and columns from 1, the end excluded. */
  readonly location: { readonly start: Position; readonly end: Position }
}

interface Position {
  readonly line: number
  readonly column: number
}

/** One change and what the tests made of it. Texts are on one line, runs of white space being one space. */
export interface Mutant {
  readonly file: string
  readonly line: number
  /** The line it begins on, which finds it again after the file has grown above it. */
  readonly in: string
  readonly before: string
  readonly after: string
  /** Where it stands as StrykerJS wants it told, `3:6-4:11`: lines from 1, columns from 0. */
  readonly range: string
  /** What kind of change it is, in StrykerJS' words. */
  readonly kind: string
  /** The test file that noticed it, from the area's folder; absent where none did, or the tests did not end. */
  readonly noticedBy?: string
  /** A change that keeps the code from loading says nothing about a rule, nor does one left out on purpose: neither counts. */
  readonly fate: 'killed' | 'timeout' | 'survived' | 'not-reached' | 'not-counted'
}

const fates = {
  Killed: 'killed',
  Timeout: 'timeout',
  Survived: 'survived',
  NoCoverage: 'not-reached',
  RuntimeError: 'not-counted',
  CompileError: 'not-counted',
  Ignored: 'not-counted',
  Pending: 'not-counted',
} as const

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

function textBetween(lines: readonly string[], { start, end }: ReportedMutant['location']): string {
  const taken = lines.slice(start.line - 1, end.line)
  return taken
    .map((line, index) => line.slice(index === 0 ? start.column - 1 : 0, index === taken.length - 1 ? end.column - 1 : undefined))
    .join('\n')
}

const rangeOf = ({ start, end }: ReportedMutant['location']): string => `${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`

/** StrykerJS counts how often a spot is reached, and stops at a hundred times what the tests need: that is a loop, which tests notice. */
const fateOf = ({ status, statusReason = '' }: ReportedMutant): Mutant['fate'] =>
  status === 'Timeout' && statusReason.startsWith('Hit limit reached') ? 'killed' : fates[status]

/** The name of a test is `<test file> > <title>`, as `allTestsFile` groups them. */
const fileOfTest = (name: string): string => name.split(' > ')[0] ?? name

/** All changes of a report, by file and line. */
export function mutantsOf(report: StrykerReport): readonly Mutant[] {
  const tests = Object.values(report.testFiles ?? {}).flatMap((file) => file.tests)
  const testFiles = new Map(tests.map(({ id, name }) => [id, fileOfTest(name)]))
  return Object.entries(report.files)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([file, { source, mutants }]) => {
      const lines = source.split('\n')
      return mutants
        .map((mutant) => {
          const { location, replacement = '', mutatorName, killedBy = [] } = mutant
          const [noticedBy] = killedBy.flatMap((id) => testFiles.get(id) ?? [])
          return {
            file,
            line: location.start.line,
            in: oneLine(lines[location.start.line - 1] ?? ''),
            before: oneLine(textBetween(lines, location)),
            after: oneLine(replacement),
            range: rangeOf(location),
            kind: mutatorName,
            fate: fateOf(mutant),
            ...(noticedBy === undefined ? {} : { noticedBy }),
          }
        })
        .sort((a, b) => a.line - b.line)
    })
}
