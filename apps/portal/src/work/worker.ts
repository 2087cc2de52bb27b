import { type JobMessage, runJob, type WorkerMessage } from './jobs.ts'

// One job a worker: whoever gives up waiting ends the worker, and the work with it.
self.addEventListener('message', ({ data }: MessageEvent<JobMessage>) => {
  const post = (message: WorkerMessage): void => self.postMessage(message)
  try {
    post({ kind: 'answer', answer: runJob(data, (share) => post({ kind: 'progress', share })) })
  } catch (error) {
    post({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) })
  }
})
