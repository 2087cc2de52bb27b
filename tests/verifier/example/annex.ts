import type { HashName } from '@dual-random/draw'
import { commitmentSection, logSection, tipsSection, witnessSection } from './commitment-steps.ts'
import { drawnSetSection, openingSection, pulseSection, seedSection, ticketsSection, transcriptSection } from './draw-steps.ts'
import { inspectorsSection } from './inspector-steps.ts'
import { type PlayedExample, playExample } from './played.ts'
import { identitySection, labelsSection, privateSection, rosterSection, snapshotSection } from './pool-steps.ts'
import type { Section, Step } from './steps.ts'

const sectionsOf = (one: PlayedExample): readonly Section[] =>
  [
    identitySection,
    labelsSection,
    rosterSection,
    privateSection,
    snapshotSection,
    tipsSection,
    commitmentSection,
    logSection,
    witnessSection,
    pulseSection,
    seedSection,
    ticketsSection,
    drawnSetSection,
    transcriptSection,
    inspectorsSection,
    openingSection,
  ].map((section) => section(one))

const fenced = (lines: readonly string[]): string => ['```', ...lines, '```'].join('\n')

/** Values one below the other stand in one block. */
function written(steps: readonly Step[]): readonly string[] {
  const parts: string[] = []
  let values: string[] = []
  const close = (): void => {
    if (values.length > 0) parts.push(fenced(values))
    values = []
  }
  for (const step of steps) {
    if (step.kind === 'value') {
      values.push(`${step.name} = ${step.is}`)
      continue
    }
    close()
    parts.push(step.kind === 'block' ? fenced(step.text.split('\n')) : step.text)
  }
  close()
  return parts
}

const introduction = `# The draw, protocol v1: one draw worked through

One small draw with every value on the way, for whoever writes a verifier from [draw-protocol.md](draw-protocol.md). The § are those of that document. Its files stand in \`tests/vectors/draw/example-sha256/\` and
\`tests/vectors/draw/example-sm3/\`, under the names of §2; \`private/\` has what the public does not see. Both verifiers say \`MATCH\` of them:

\`\`\`
node tests/verifier/verify.mjs --keys keys-230300.json transcript-<drawId>.json --opening opening.json
\`\`\`

Nothing of it is secret or real: all keys, K and the secrets follow from a text in \`libs/verify/tests/parties.ts\`. This file and the folders are made by \`npm run example\`; tests compare them with what the code computes (\`tests/verifier/example\`).

Bytes are in hex. A TLV is cut into its items, length and bytes of each on a line; what stands behind a semicolon is for reading. Its bytes are the hex of all lines, one after the other. In a value \`name = …\` everything behind the equals sign is the value.`

export interface Example {
  /** docs/draw-protocol-example.md. */
  readonly annex: string
  /** The files of each draw, by folder and name. */
  readonly files: Readonly<Record<string, Readonly<Record<string, string>>>>
}

const hashes: readonly HashName[] = ['sha256', 'sm3']

/** The annex and its files, made from nothing but the code. */
export function makeExample(): Example {
  const [sha256, sm3] = hashes.map(playExample) as [PlayedExample, PlayedExample]
  const bySha256 = sectionsOf(sha256).flatMap(({ title, steps }, index) => [`## ${index + 1}. ${title}`, ...written(steps)])
  const bySm3 = sectionsOf(sm3).flatMap(({ title, steps }, index) => [
    `### ${index + 1}. ${title}`,
    ...written(steps.filter(({ kind }) => kind === 'value')),
  ])
  const sm3Title = `## The same draw by SM3\n\nThe same steps, with \`hash\` \`sm3\` in genesis, snapshot, S and transcript; values alone.`
  return {
    annex: `${[introduction, ...bySha256, sm3Title, ...bySm3].join('\n\n')}\n`,
    files: { 'example-sha256': sha256.files, 'example-sm3': sm3.files },
  }
}
