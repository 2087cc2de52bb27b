import { err, ok, type Result } from '@dual-random/kernel'
import { z } from 'zod'

/** A fault of a policy file; `path` names the member, such as `values/publish.due/source/document`. */
export interface PolicyFileError {
  readonly code: 'policy-file-invalid'
  readonly path: string
  readonly message: string
}

const chinese = z.locales.zhCN().localeError

/** Checks plain data against a schema; reports every fault, in Chinese. */
export function validate<S extends z.ZodType>(schema: S, input: unknown): Result<z.output<S>, readonly PolicyFileError[]> {
  const parsed = schema.safeParse(input, { error: chinese })
  if (parsed.success) return ok(parsed.data)
  return err(parsed.error.issues.map(({ path, message }) => fileError(path, message)))
}

export const fileError = (path: readonly PropertyKey[], message: string): PolicyFileError => ({
  code: 'policy-file-invalid',
  path: path.map(String).join('/'),
  message,
})
