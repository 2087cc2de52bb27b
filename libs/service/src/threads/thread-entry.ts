import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { movedBuffers } from './moved-buffers.ts'

/** What a thread is told to do, and what it answers: a value, or what the function threw. */
export type ThreadRequest = { readonly task: string; readonly input: unknown }
export type ThreadAnswer = { readonly value: unknown } | { readonly thrown: unknown }

// Whoever starts this module is a pool, and gives the address of the module with the functions.
const port = parentPort as MessagePort
const tasks = (await import(workerData as string)) as Readonly<Record<string, (input: unknown) => unknown>>

port.on('message', ({ task, input }: ThreadRequest) => {
  try {
    answer({ value: tasks[task]?.(input) })
  } catch (thrown) {
    answer({ thrown })
  }
})

const answer = (message: ThreadAnswer): void => port.postMessage(message, movedBuffers(message))
