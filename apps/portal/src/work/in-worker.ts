import type { JobName, Jobs, WorkerMessage } from './jobs.ts'
import VerifyWorker from './worker.ts?worker&inline'

/** Runs a job beside the page, in a worker that came with the page itself: no request is made. Aborting ends it. */
export function inWorker<Name extends JobName>(
  name: Name,
  request: Jobs[Name]['request'],
  { signal, onProgress }: { readonly signal?: AbortSignal; readonly onProgress?: (share: number) => void } = {},
): Promise<Jobs[Name]['answer']> {
  return new Promise((resolve, reject) => {
    const worker = new VerifyWorker()
    const end = (): void => {
      worker.terminate()
      signal?.removeEventListener('abort', give)
    }
    const give = (): void => {
      end()
      reject(new DOMException('aborted', 'AbortError'))
    }
    if (signal?.aborted === true) return give()
    signal?.addEventListener('abort', give)
    worker.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => {
      if (data.kind === 'progress') return onProgress?.(data.share)
      end()
      if (data.kind === 'answer') resolve(data.answer)
      else reject(new Error(data.reason))
    })
    worker.addEventListener('error', ({ message }) => {
      end()
      reject(new Error(message || 'the worker could not be started'))
    })
    worker.postMessage({ name, request })
  })
}
