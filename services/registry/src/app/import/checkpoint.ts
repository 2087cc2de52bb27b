import type { AppliedRowsOptions } from './applied-rows.ts'
import type { ImportCommand, ImportDeps } from './finish.ts'

/** Notes how far an import has come, and begins behind what a run of the same import over the same file had done before it broke off. */
export async function checkpointed(
  { checkpoints }: Pick<ImportDeps, 'checkpoints'>,
  { importId, upload }: ImportCommand,
): Promise<Pick<AppliedRowsOptions<never>, 'resume' | 'onProgress'>> {
  const found = await checkpoints.get(importId)
  return {
    resume: found?.fileDigest === upload.digest ? found.progress : undefined,
    onProgress: (progress) => checkpoints.put({ id: importId, fileDigest: upload.digest, progress }),
  }
}
