import { err, ok, type Result } from '@dual-random/kernel'
import { type PolicyBinding, type PolicyFileError, type Preset, parseBinding, parsePreset } from '@dual-random/policy'
import type { Arguments, Complain, OptionSpecs } from '../arguments.ts'
import { shippedBindings, shippedPresets } from '../package-files.ts'
import { text } from '../text.ts'
import { readYaml, yamlFilesOf } from '../yaml-files.ts'

/** Where presets and bindings are read; what is not given is what the program comes with. */
export interface PolicyPlaces {
  readonly presets: string | undefined
  readonly bindings: string | undefined
  /** The registry that is asked instead. */
  readonly registry: string | undefined
}

export interface PolicyFiles {
  readonly presets: readonly Preset[]
  readonly bindings: readonly PolicyBinding[]
}

export const placeOptions: OptionSpecs = {
  presets: { value: 'DIR', text: text('预设的文件夹，默认为自带的 deploy/presets', 'folder of presets; by default deploy/presets') },
  bindings: {
    value: 'FILE',
    text: text('地区绑定清单，默认为自带的 deploy/bindings.yaml', 'list of bindings; by default deploy/bindings.yaml'),
  },
  registry: {
    value: 'URL',
    text: text('改问运行中的登记服务，如 http://127.0.0.1:8081', 'asks a running registry instead, as in http://127.0.0.1:8081'),
  },
}

/** How the options of places stand in a usage line. */
export const placesUsage = '[--presets DIR] [--bindings FILE] [--registry URL]'

/** Where the answers of these commands come from, and where a deployment’s do. */
export const sourceNote = text(
  '依据本程序自带的预设和地区绑定（或 --presets、--bindings 所指）；--registry 则依据该登记服务中的预设和绑定，需要 DR_TOKEN（任何角色均可）。',
  'Read from the presets and bindings that the program comes with, or those of --presets and --bindings; with --registry from those that a\ndeployment runs under, which takes a DR_TOKEN of any role.',
)

export function placesOf({ values }: Arguments, complain: Complain): PolicyPlaces {
  const [presets, bindings, registry] = [values.get('presets'), values.get('bindings'), values.get('registry')]
  if (registry !== undefined && (presets !== undefined || bindings !== undefined))
    complain('--registry: 不与 --presets、--bindings 同用 (not together with --presets or --bindings)')
  if (registry !== undefined && registry !== '' && !(URL.canParse(registry) && /^https?:$/.test(new URL(registry).protocol)))
    complain(`--registry ${registry}: 应为 http 或 https 地址 (an http or https address)`)
  return { presets, bindings, registry }
}

/** Throws a `UsageError` that names all that is wrong with a file. */
export const readPolicyFiles = ({ presets = shippedPresets(), bindings = shippedBindings() }: Partial<PolicyPlaces>): PolicyFiles => ({
  presets: yamlFilesOf(presets, (name) => !name.startsWith('calendar')).map((file) => readYaml(file, parsePreset)),
  bindings: readYaml(bindings, parseBindings),
})

/** A list of decisions as registry takes them, `POST /v1/policy-bindings`. */
function parseBindings(content: unknown): Result<readonly PolicyBinding[], readonly PolicyFileError[]> {
  if (!Array.isArray(content)) return err([{ code: 'policy-file-invalid', path: '', message: '应为列表' }])
  const parsed = content.map((each: unknown) => parseBinding(each))
  const faults = parsed.flatMap((binding, index) =>
    binding.ok ? [] : binding.error.map((fault) => ({ ...fault, path: `[${index}]/${fault.path}` })),
  )
  return faults.length > 0 ? err(faults) : ok(parsed.flatMap((binding) => (binding.ok ? [binding.value] : [])))
}
