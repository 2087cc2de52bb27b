import { type LocalStack, startLocalStack } from '@dual-random/local-stack'
import type { TestProject } from 'vitest/node'
import './stack-address.ts'

// Vitest loads this file once per project, so what the projects of a run share cannot be a variable of this module.
const run = globalThis as { dualRandomStack?: Promise<LocalStack> | undefined }

/** Starts broker and store once for all projects of a run, or takes those that KAFKA_BROKERS and MONGODB_URI name. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  run.dualRandomStack ??= startLocalStack()
  const { kafkaBrokers, mongodbUri } = await run.dualRandomStack
  project.provide('stack', { kafkaBrokers, mongodbUri })
  return async () => {
    const stack = await run.dualRandomStack
    run.dualRandomStack = undefined
    await stack?.[Symbol.asyncDispose]()
  }
}
