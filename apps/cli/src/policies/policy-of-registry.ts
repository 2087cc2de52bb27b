import { assertNever, type Result } from '@dual-random/kernel'
import { type PolicyBinding, type PolicyFileError, type Preset, parseBinding, parsePreset } from '@dual-random/policy'
import { CommandError, type Session, UsageError } from '../command.ts'
import { jsonAt } from '../registry-calls.ts'
import { text } from '../text.ts'
import { type PolicyFiles, type PolicyPlaces, readPolicyFiles } from './policy-files.ts'
import type { Subject } from './subject.ts'

/** The presets and bindings that some subjects are read from: those of files, or those a running registry has for them. */
export async function readPolicies(
  { registry, ...files }: PolicyPlaces,
  subjects: readonly Subject[],
  { terminal }: Session,
): Promise<PolicyFiles> {
  if (registry === undefined) return readPolicyFiles(files)
  const { DR_TOKEN } = terminal.env
  if (DR_TOKEN === undefined || DR_TOKEN === '')
    throw new UsageError(['DR_TOKEN: 缺少，--registry 需要登录令牌 (missing; --registry takes the token of a session)'])
  const at = { DR_REGISTRY_URL: registry, DR_TOKEN }
  const presets = (await jsonAt(at, '/v1/policy-presets?files=true')) as PresetsAnswer
  const regions = [...new Set(subjects.flatMap(regionsOf))]
  const bound = await Promise.all(
    regions.map(async (region) => (await jsonAt(at, `/v1/policy-bindings?regionCode=${region}`)) as BindingsAnswer),
  )
  // Regions have superiors in common, and so bindings.
  const bindings = new Map(bound.flatMap((answer) => answer.bindings.map((each) => [`${each.regionCode} ${each.version}`, each] as const)))
  return {
    presets: presets.presets.flatMap(({ versions }) => versions.map(({ file }): Preset => understood(registry, parsePreset(file)))),
    bindings: [...bindings.values()].map((each): PolicyBinding => understood(registry, parseBinding(each))),
  }
}

interface PresetsAnswer {
  readonly presets: readonly { readonly versions: readonly { readonly file: unknown }[] }[]
}

interface BindingsAnswer {
  readonly bindings: readonly { readonly regionCode: string; readonly version: number }[]
}

function regionsOf(subject: Subject): readonly string[] {
  switch (subject.kind) {
    case 'region':
      return [subject.regionCode]
    case 'preset':
      return []
    default:
      return assertNever(subject)
  }
}

/** Registry may be of another version than this program, and know policy keys that it does not. */
function understood<T>(registry: string, parsed: Result<T, readonly PolicyFileError[]>): T {
  if (parsed.ok) return parsed.value
  const faults = parsed.error.map(({ path, message }) => `${path} ${message}`).join('; ')
  throw new CommandError(
    text(`读不懂 ${registry} 的策略，版本或不一致：${faults}`, `the policy of ${registry} is of another version: ${faults}`),
  )
}
