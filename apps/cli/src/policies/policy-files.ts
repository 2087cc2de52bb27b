import { err, ok, type Result } from '@dual-random/kernel'
import { type PolicyBinding, type PolicyFileError, type Preset, parseBinding, parsePreset } from '@dual-random/policy'
import type { Arguments, OptionSpecs } from '../arguments.ts'
import { shippedBindings, shippedPresets } from '../package-files.ts'
import { text } from '../text.ts'
import { readYaml, yamlFilesOf } from '../yaml-files.ts'

/** Where presets and bindings are read; what is not given is what the program comes with. */
export interface PolicyPlaces {
  readonly presets: string | undefined
  readonly bindings: string | undefined
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
}

/** Where the answers of these commands come from, and where a deployment’s do. */
export const sourceNote = text(
  '依据本程序自带的预设和地区绑定（或 --presets、--bindings 所指）；运行中的绑定由登记服务记录，见其 GET /v1/policies。',
  'Read from the presets and bindings that the program comes with, or those of --presets and --bindings. What a deployment runs under is\nbound in registry; ask its GET /v1/policies.',
)

export const placesOf = ({ values }: Arguments): PolicyPlaces => ({ presets: values.get('presets'), bindings: values.get('bindings') })

/** Throws a `UsageError` that names all that is wrong with a file. */
export const readPolicyFiles = ({ presets = shippedPresets(), bindings = shippedBindings() }: PolicyPlaces): PolicyFiles => ({
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
